"""A question whose answer renews keys: what happens, the code where it is needed, then progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain.changes import Changes
from profdesk.domain.progress import Progress
from profdesk.errors import CodeNeededError, ProfdeskError
from profdesk.gui.common import growing
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.users.code_field import CodeField
from profdesk.gui.users.rows import Line

Renewing: TypeAlias = Callable[[str, Progress], tuple[str | None, Changes]]
"""A verb to which the code and the progress are still to be given."""


_COPIES = "Копии, снятые раньше, по-прежнему открываются прежними паролями: ненужные удалите."
_FOR_EVER = "Всё сделанное останется под этим именем. Вернуть удалённого нельзя, только добавить заново."


@dataclass(frozen=True)
class Question:
    """What is asked, what follows from a yes, and the verb that says yes."""

    heading: str
    told: str
    verb: str


def removal(line: Line) -> Question:
    """Asks whether a user is to be removed, be it one of another computer."""
    heading = f"Удалить пользователя «{line.user.name}»?"
    if line.user.here is None:
        told = f"Войти под этим именем на другом компьютере будет нельзя, когда там примут изменения. {_FOR_EVER}"
        return Question(heading, told, "Удалить")
    keys = "Войти под этим именем будет нельзя, а ключи рабочей папки сменятся: прежними её уже не открыть."
    return Question(heading, f"{keys} {_FOR_EVER}\n\n{_COPIES}", "Удалить и сменить ключи")


def renewal(names: Sequence[str]) -> Question:
    """Asks whether keys are to be renewed that some know who may no more."""
    told = f"Их ещё знают: {', '.join(names)}. Прежними ключами папку будет не открыть, пароли остальных не изменятся."
    return Question("Сменить ключи рабочей папки?", f"{told}\n\n{_COPIES}", "Сменить ключи")


class KeysDialog(QDialog):
    """What it does can be stopped until it is done, and leaves everything as it was then."""

    renewed = Signal(object)
    """A new recovery code where the printed one went, else None."""

    heading: QLabel
    told: QLabel
    code: CodeField
    progress: ProgressStrip
    message: InlineMessage
    leave_button: QPushButton
    do_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, question: Question, act: Renewing) -> None:
        super().__init__(parent)
        fill(self, "users_keys")
        self._desk = desk
        self._act = act
        self._task: Task | None = None
        self.heading.setText(question.heading)
        self.told.setText(question.told)
        self.do_button.setText(question.verb)
        self.leave_button.clicked.connect(self.reject)
        self.do_button.clicked.connect(self._do)
        self.progress.stop_pressed.connect(self._stop)
        self.finished.connect(self._stop)
        self.finished.connect(self.deleteLater)
        self.leave_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self) -> None:
        act, code = self._act, self.code.code
        self.do_button.setEnabled(False)
        self.message.clear()
        self.progress.begin("Меняем ключи, МБ")
        growing.make_room(self)

        def write(progress: Progress) -> tuple[str | None, Changes]:
            return act(code, progress)

        self._task = self._desk.write(
            write,
            owner=self,
            progress=self.progress.report,
            done=self._written,
            failed=self._failed,
            stopped=partial(self._end, "Остановлено. Ничего не изменено."),
        )

    def _written(self, recovery: str | None) -> None:
        self._task = None
        self.renewed.emit(recovery)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        needed = isinstance(error, CodeNeededError)
        self._end(error.message, Tone.WARN if needed else Tone.BAD)
        if needed:
            self.code.ask()

    def _end(self, words: str, tone: Tone = Tone.INFO) -> None:
        self._task = None
        self.progress.end()
        self.do_button.setEnabled(True)
        self.message.say(words, tone)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
