"""What parents answered after a meeting: keyed in form by form, or written as totals."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSpinBox, QWidget
from typing_extensions import override

from profdesk.domain import activity_words as words
from profdesk.domain.activities import Activity
from profdesk.domain.plural import counted
from profdesk.domain.satisfaction import Tally
from profdesk.gui.activities.answer_grid import AnswerGrid
from profdesk.gui.activities.writing import WritingDialog
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.tones import Tone
from profdesk.services import satisfaction

_ONE_BY_ONE, _TOTALS = "forms", "totals"
_ASK = "Введённое не записано. Ещё раз Esc — закрыть без записи."


def print_forms(parent: QWidget, desk: Desk, one: Activity) -> None:
    """Show the sheet of forms for an activity, four of them on it or two."""
    workspace = desk.workspace

    def draw(four: bool) -> bytes:
        return satisfaction.form_paper(workspace, workspace.actor, one.id, four=four)

    PaperDialog(parent, desk, f"Анкета, {one.entry.title}", draw, "По четыре анкеты на листе", ticked=True).open()


class SatisfactionDialog(WritingDialog):
    """Nothing is written before Ctrl+Enter; ``saved`` gives the Activity and the Step."""

    heading: QLabel
    facts: QLabel
    mode: Segmented
    forms: QSpinBox
    grid: AnswerGrid
    told: QLabel
    print_button: QPushButton
    back_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, one: Activity, tally: Tally) -> None:
        super().__init__(parent, desk, "satisfaction_dialog")
        self._one = one
        self._former = tally
        self._warned = False
        reached = satisfaction.reached(one)
        self.setWindowTitle("Анкеты родителей")
        self.heading.setText(f"Анкеты родителей: {one.entry.title}")
        self.facts.setText(", ".join((words.when(one.entry), f"родителей было: {reached}")))
        self.mode.set_choices([(_ONE_BY_ONE, "По одной анкете"), (_TOTALS, "Сразу итоги")])
        self.grid.take(satisfaction.form(), tally)
        self._connect()
        self._show()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.mode.chosen.connect(self._turn)
        self.forms.valueChanged.connect(self.grid.set_forms)
        self.grid.changed.connect(self._show)
        self.grid.left_empty.connect(lambda: self.message.say("Отметьте хотя бы один ответ.", Tone.WARN))
        self.print_button.clicked.connect(partial(print_forms, self, self._desk, self._one))
        self.back_button.clicked.connect(self.grid.take_out_last)
        self.leave_button.clicked.connect(self._leave)
        self.save_button.clicked.connect(self._save)
        for key, act in (("Ctrl+Return", self._save), ("Ctrl+Enter", self._save), ("Ctrl+Z", self.grid.take_out_last)):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _turn(self, mode: str) -> None:
        self.grid.key_in(by_form=mode == _ONE_BY_ONE)
        self._show()

    def _show(self) -> None:
        self._warned = False
        self.message.clear()
        by_form, tally = self.grid.by_form, self.grid.tally
        with QSignalBlocker(self.forms):
            self.forms.setValue(tally.forms)
        self.forms.setReadOnly(by_form)
        self.back_button.setVisible(by_form)
        self.back_button.setEnabled(bool(self.grid.keyed))
        keys = (
            f"1–{len(satisfaction.form().answers)} — ответ, 0 — без ответа, Backspace — назад, Enter — следующая анкета"
        )
        self.told.setText(
            f"Анкета {tally.forms + 1}: {keys}, Ctrl+Z — убрать последнюю"
            if by_form
            else "Цифры — сколько ответили, Enter — следующая клетка, Del — стереть"
        )
        number = counted(tally.forms, "анкету", "анкеты", "анкет")
        self.save_button.setText(f"Записать {number}" if tally.forms else "Записать")

    # -- writing ---------------------------------------------------------------------------------

    def _save(self) -> None:
        workspace, one, tally = self._desk.workspace, self._one, self.grid.tally
        if self.grid.sheet:
            self.message.say("Последняя анкета не закончена: нажмите Enter, чтобы её посчитать.", Tone.WARN)
            return
        self.write(
            f"анкеты родителей, «{one.entry.title}»",
            lambda: satisfaction.write(workspace, workspace.actor, one.id, tally),
        )

    def _leave(self) -> None:
        super().reject()

    @override
    def reject(self) -> None:
        """Esc asks once where something was keyed in."""
        if not self._warned and (self.grid.sheet or self.grid.tally != self._former):
            self._warned = True
            self.message.say(_ASK, Tone.WARN)
            return
        super().reject()
