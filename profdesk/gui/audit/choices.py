"""What the journal is narrowed by: a time, and a pupil found by the first letters of the name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from profdesk.domain.people import Pupil, fold
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk

PERIODS = (
    ("Сегодня", "1"),
    ("Последние 7 дней", "7"),
    ("Последние 30 дней", "30"),
    ("Учебный год", "year"),
    ("Всё время", ""),
)
"""Titles and codes: a number of days, the school year, or everything."""


def period(code: str, today: date, year: SchoolYear) -> tuple[date | None, date | None]:
    """The first and the last day of a period; None where it has no end."""
    if not code:
        return None, None
    if code == "year":
        return year.first_day, year.last_day
    return today - timedelta(days=int(code) - 1), None


class PupilChoice(QObject):
    """A field in which a pupil is chosen by name; emptied, it means everybody. Hidden from who may not see pupils."""

    changed = Signal()

    def __init__(self, edit: QLineEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._ids: dict[str, str] = {}
        self.chosen: str | None = None
        completer = QCompleter(self)
        completer.setModel(QStringListModel(self))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        edit.setCompleter(completer)
        completer.activated.connect(self._choose)
        edit.textChanged.connect(self._look)
        edit.editingFinished.connect(lambda: self._choose(edit.text()))

    def offer(self, read: Callable[[], Sequence[Pupil]], desk: Desk) -> None:
        """Read whom there is to choose from."""
        desk.run(read, owner=self, done=self._show, failed=self._hide)

    def _show(self, found: Sequence[Pupil]) -> None:
        self._ids = {_title(one): one.id for one in found}
        model = self._edit.completer().model()
        if isinstance(model, QStringListModel):
            model.setStringList(sorted(self._ids, key=fold))

    def _hide(self, _error: ProfdeskError) -> None:
        self._edit.hide()

    def _look(self, words: str) -> None:
        if not words.strip():
            self._choose("")

    def _choose(self, words: str) -> None:
        wanted = self._ids.get(words.strip())
        if wanted != self.chosen and (wanted is not None or not words.strip()):
            self.chosen = wanted
            self.changed.emit()


def _title(pupil: Pupil) -> str:
    group = f", {pupil.group.name.title}" if pupil.group else ""
    return f"{pupil.name.full}{group}"
