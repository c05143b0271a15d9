"""A school year's answers of parents, level by level, to be looked at and printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain import satisfaction as domain
from profdesk.domain.plural import counted
from profdesk.domain.satisfaction import LevelAnswers, Question, YearAnswers
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.table import DeskTable
from profdesk.services import satisfaction

_LEFT, _AROUND, _ROW = 80, 190, 28
_NONE = "Анкет за этот год нет. Их раздают на встречах с родителями, а числа вносят кнопкой «Анкеты родителей…»."


@dataclass(frozen=True)
class _Line:
    """A question at a level."""

    level: LevelAnswers
    question: Question


class SatisfactionYear(QDialog):
    """All levels together stand first; the question about it all is bold."""

    heading: QLabel
    facts: QLabel
    table: DeskTable
    print_button: QPushButton
    leave_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, found: YearAnswers) -> None:
        super().__init__(parent)
        fill(self, "satisfaction_year")
        self._desk = desk
        self._found = found
        self._form = satisfaction.form()
        self.setWindowTitle("Что думают родители")
        self.heading.setText(f"Что думают родители, {found.year.title}")
        meetings = counted(found.meetings, "встреча", "встречи", "встреч")
        asked = f"анкеты собраны после {found.whole.activities}"
        self.facts.setText(f"Для родителей: {meetings}, {asked}. Анкеты без подписи, здесь только числа.")
        self.table.set_columns(self._columns(), key=lambda line: (line.level.title, line.question.code))
        self.table.set_rows(self._rows(), _NONE)
        self.table.choose_first()
        self.print_button.setEnabled(bool(found.levels))
        self.print_button.setShortcut("Ctrl+P")
        self.print_button.clicked.connect(self._print)
        self.leave_button.clicked.connect(self.accept)
        if parent is not None:
            needed = _AROUND + _ROW * len(self.table.rows())
            self.resize(self.minimumWidth(), min(needed, parent.window().height() - _LEFT))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rows(self) -> Sequence[_Line | Heading]:
        levels = self._found.levels
        rows: list[_Line | Heading] = []
        for level in (self._found.whole, *levels) if len(levels) > 1 else levels:
            held = counted(level.activities, "встреча", "встречи", "встреч")
            forms = counted(level.tally.forms, "анкета", "анкеты", "анкет")
            rows += [Heading(f"{level.title}: {held}, {forms}"), *(_Line(level, one) for one in self._form.questions)]
        return rows

    def _columns(self) -> tuple[Column[_Line], ...]:
        def count(code: str) -> Callable[[_Line], str]:
            return lambda line: str(line.level.tally.counts.get((line.question.code, code), "") or "")

        answers = (Column[_Line](one.title, count(one.code), width=90, right=True) for one in self._form.answers)
        return (
            Column("Вопрос", lambda line: line.question.text, look=self._look),
            *answers,
            Column("Довольны", self._content, width=92, right=True, look=self._look),
        )

    def _content(self, line: _Line) -> str:
        percent = domain.share(self._form, line.level.tally, line.question.code)
        return "" if percent is None else f"{percent} %".replace(".", ",")

    def _look(self, line: _Line) -> Look:
        return Look(bold=line.question.code == self._form.whole)

    def _print(self) -> None:
        workspace, found = self._desk.workspace, self._found
        title = f"Что думают родители {found.year.title}"
        draw = partial(satisfaction.year_paper, workspace, workspace.actor, found)
        PaperDialog(self, self._desk, title, lambda _: draw()).open()
