"""Answers from a file, shown before they are written: whose they are, whom nobody could find, what is unclear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.domain.answer_table import AnswerTable, Doubt
from profdesk.domain.answers import Answers
from profdesk.domain.diagnostics import SessionView
from profdesk.errors import ProfdeskError
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import answer_files

_WIDTH, _HEIGHT = 860, 620


@dataclass(frozen=True)
class _Line:
    name: str
    place: str
    words: str
    look: Look


_COLUMNS: tuple[Column[_Line], ...] = (
    Column("Ученик", lambda row: row.name, width=240),
    Column("Строка", lambda row: row.place, width=80, right=True),
    Column("Что прочитано", lambda row: row.words, look=lambda row: row.look),
)


class AnswersDialog(QDialog):
    """``saved`` gives how many sheets were filled."""

    saved = Signal(int)

    heading: QLabel
    summary: QLabel
    table: DeskTable
    message: InlineMessage
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, view: SessionView, name: str, found: AnswerTable) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = view.session.id
        self._found = found
        fill(self, "diagnostics_answers")
        self.resize(_WIDTH, _HEIGHT)
        count = sum(bool(one.answers) for one in found.sheets)
        self.heading.setText(f"Ответы из файла «{name}»")
        self.summary.setText(_summary(view, found))
        self.table.set_columns(_COLUMNS, key=id)
        self.table.set_rows(_lines(view, found))
        self.save_button.setText(f"Загрузить: {plural.counted(count, 'бланк', 'бланка', 'бланков')}")
        self.save_button.setEnabled(bool(count))
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.table.setFocus()

    def _save(self) -> None:
        workspace, actor, session, found = self._desk.workspace, self._desk.actor, self._session, self._found
        self.save_button.setEnabled(False)
        self._desk.write(
            lambda: answer_files.apply(workspace, actor, session, found),
            owner=self,
            done=self._written,
            failed=self._failed,
            stopped=lambda: self.save_button.setEnabled(True),
        )

    def _written(self, count: int) -> None:
        self.saved.emit(count)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self.save_button.setEnabled(True)
        self.message.say(error.message, Tone.BAD)


def _summary(view: SessionView, found: AnswerTable) -> str:
    """What will become of answers that are there already; the rest the table says."""
    there = {one.pupil.id: one.sheet.answers for one in view.sheets}
    changed = sum(_differs(there.get(one.pupil.id, {}), one.answers) for one in found.sheets)
    if not changed:
        return "Ничего ещё не записано. Введённые раньше ответы не изменятся."
    count = plural.counted(changed, "бланк", "бланка", "бланков")
    return f"Ничего ещё не записано. Другие ответы встанут на место введённых раньше: {count}."


def _differs(there: Answers, read: Answers) -> bool:
    return any(there.get(item, words) != words for item, words in read.items())


def _lines(view: SessionView, found: AnswerTable) -> Sequence[_Line | Heading]:
    total = view.instrument.items
    rows: list[_Line | Heading] = []
    for title, doubts in (("Чьи ответы, не ясно", found.unmatched), ("Клетки, которые не прочитать", found.unclear)):
        rows += [Heading(f"{title}: {len(doubts)}"), *map(_doubt, doubts)] if doubts else []
    if found.sheets:
        rows.append(Heading(f"Нашли: {len(found.sheets)}"))
        for one in found.sheets:
            whole = len(one.answers) == total
            look = Look("check-circle-fill", Tone.OK) if whole else Look("circle-half", Tone.WARN)
            rows.append(_Line(one.pupil.name.short, str(one.line), f"{len(one.answers)} из {total}", look))
    if found.absent:
        rows.append(Heading(f"В файле нет: {len(found.absent)}"))
        rows += [
            _Line(one.name.short, "", "останется как есть", Look("minus-circle", Tone.MUTED)) for one in found.absent
        ]
    return rows


def _doubt(one: Doubt) -> _Line:
    return _Line(one.name, str(one.line), one.reason, Look("warning", Tone.WARN))
