"""The competencies that a trial lets one see: told in words, chosen in a dialog from the sets of those invited."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain.programme import Competency, Programme
from profdesk.gui.activities.competency_choice import CompetencyChoice
from profdesk.gui.common.forms import fill

_NONE = "Пока никаких. Выбранные появятся в таблице «Записать стадии»."


class CompetencyField(QWidget):
    """``changed`` when others are chosen by hand."""

    changed = Signal()

    named: QLabel
    choose_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "activity_competencies")
        self._programme: Programme | None = None
        self._levels: Collection[str] = ()
        self._chosen: Sequence[str] = ()
        self.choose_button.clicked.connect(self._ask)

    def take(self, programme: Programme) -> None:
        """Say whose competencies there are."""
        self._programme = programme
        self.narrow(())

    def narrow(self, levels: Collection[str]) -> None:
        """Offer the sets of some levels, of all where none is named; others that were chosen wait for their level."""
        if self._programme is not None:
            self._levels = levels or [level.code for level in self._programme.levels]
            self._show()

    def put(self, codes: Sequence[str]) -> None:
        """Choose exactly some."""
        self._chosen = codes
        self._show()

    @property
    def codes(self) -> tuple[str, ...]:
        """Those chosen that the levels have, in the programme's order."""
        return tuple(one.code for one in self._offered if one.code in self._chosen)

    @property
    def _offered(self) -> Sequence[Competency]:
        return self._programme.competencies_of(self._levels) if self._programme else ()

    def _show(self) -> None:
        words = ", ".join(one.plain.lower() for one in self._offered if one.code in self._chosen)
        self.named.setText(words or _NONE)
        self.named.setToolTip(words)
        self.choose_button.setAccessibleDescription(self.named.text())

    def _ask(self) -> None:
        if self._programme is not None:
            dialog = CompetencyChoice(self.window(), self._programme, self._levels, self.codes)
            dialog.taken.connect(self._take)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _take(self, codes: Sequence[str]) -> None:
        self.put(codes)
        self.choose_button.setFocus()
        self.changed.emit()
