"""What became of each file that was dropped, and what would let those be taken that were not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain.received_answers import State
from profdesk.gui.common.card import Card
from profdesk.gui.common.forms import fill
from profdesk.gui.common.table import DeskTable
from profdesk.gui.department import summary_rows
from profdesk.services.received import Answer

_MOST_ROWS = 5
_EDGE = 4
_VERBS = {
    State.UNLISTED: "Добавить организацию и ключ",
    State.UNKNOWN_KEY: "Взять ключ из файла",
    State.WAITING: "Сверить ключ",
}


class AnswersCard(Card):
    """Hidden until there are answers; «Скрыть ответы» takes them away."""

    wanted_sender = Signal(str)
    """The id of an organisation whose key is to be looked at."""
    wanted_offer = Signal(object)
    """An Answer whose organisation and key are to be put on the list."""
    wanted_again = Signal(object)
    """Paths of the files that may be taken by now."""

    answers_title: QLabel
    answer_table: DeskTable
    solve_button: QPushButton
    retry_button: QPushButton
    hide_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "department_answers")
        self.answer_table.set_columns(summary_rows.ANSWERS, key=lambda answer: answer.path)
        self.answer_table.chosen.connect(lambda _: self._offer())
        self.answer_table.opened.connect(lambda _: self._solve())
        self.answer_table.addAction("Скопировать\tCtrl+C").triggered.connect(self.answer_table.copy_selected)
        self.solve_button.clicked.connect(self._solve)
        self.retry_button.clicked.connect(self._retry)
        self.hide_button.clicked.connect(self._clear)
        self.hide()

    def rows(self) -> Sequence[Answer]:
        """The answers shown."""
        return self.answer_table.rows()

    def show_answers(self, answers: Sequence[Answer]) -> None:
        """Show other answers, those first of which something can be done."""
        ordered = sorted(answers, key=lambda one: (not summary_rows.can_be_solved(one), one.state.is_kept))
        self.answer_table.set_rows(ordered)
        kept = sum(one.receipt is not None for one in answers)
        self.answers_title.setText(f"Принято {kept} из {len(answers)}")
        header, rows = self.answer_table.horizontalHeader(), min(len(ordered), _MOST_ROWS)
        self.answer_table.setFixedHeight(header.height() + rows * self.answer_table.rowHeight(0) + _EDGE)
        self.answer_table.choose_first()
        self.retry_button.setVisible(any(map(summary_rows.can_be_solved, answers)))
        self.show()
        self._offer()

    def take_focus(self) -> None:
        """Put the cursor on the first answer."""
        self.answer_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        answer: Answer | None = self.answer_table.row()
        verb = self._verb(answer)
        self.solve_button.setVisible(bool(verb))
        self.solve_button.setText(verb)

    def _verb(self, answer: Answer | None) -> str:
        if answer is None:
            return ""
        if answer.state in (State.REVOKED, State.EXPIRED):
            return "К организации"
        return _VERBS.get(answer.state, "")

    def _solve(self) -> None:
        answer: Answer | None = self.answer_table.row()
        if answer is None or not self._verb(answer):
            return
        if answer.offer is not None:
            self.wanted_offer.emit(answer)
        elif answer.sender is not None:
            self.wanted_sender.emit(answer.sender.id)

    def _retry(self) -> None:
        self.wanted_again.emit([one.path for one in self.rows() if summary_rows.can_be_solved(one)])

    def _clear(self) -> None:
        self.answer_table.set_rows(())
        self.hide()
