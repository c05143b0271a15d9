"""What the page says of the marking: how far the class is, what is being saved, what was not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton

from profdesk.domain import plural
from profdesk.gui.common import fonts
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Status, saved_at
from profdesk.gui.common.progress import TargetBar
from profdesk.gui.common.tones import Tone
from profdesk.gui.portfolio.marking import Marking
from profdesk.gui.portfolio.sheet import Sheet

_SLOW_MS = 400


class Coverage:
    """How many portfolios of the class are complete and how many cells are blank, in words and as a bar."""

    def __init__(self, complete: QLabel, blanks: QPushButton, bar: TargetBar) -> None:
        self._complete = complete
        self._blanks = blanks
        blanks.setFont(fonts.font(fonts.CAPTION))
        self._bar = bar

    def show(self, sheet: Sheet) -> None:
        """Say it of a class."""
        complete, total, blanks = sheet.complete, len(sheet.grid.pupils), sheet.blanks
        words = self._complete.tr("Заполнено {complete} из {total}").format(complete=complete, total=total)
        self._complete.setText(words)
        self._blanks.setText(plural.counted(blanks, "пустая", "пустые", "пустых") if blanks else "пустых нет")
        self._bar.show_share(complete / total if total else 0, words=words)


class Telling(QObject):
    """Says «Сохраняем…» only when it lasts, and keeps in view what could not be saved.

    A loss stands above any other message until it has been written after all.
    """

    changed = Signal()
    """The status is another."""

    def __init__(self, desk: Desk, marking: Marking, message: InlineMessage) -> None:
        super().__init__(message)
        self._desk = desk
        self._marking = marking
        self._message = message
        self._loss_here = False
        self._act: Callable[[], bool] = _hide
        self._late = False
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._grow_late)
        marking.changed.connect(self._follow)
        marking.lost.connect(self._tell_loss)
        message.acted.connect(self._answer)

    @property
    def status(self) -> Status:
        """What the status bar says, with what can be undone and redone."""
        said = Status(self.tr("Сохраняем…")) if self._late else saved_at(self._desk.saved_at)
        redo = self._marking.redo_words
        keys = (("Ctrl+Y", self.tr("вернуть: {what}").format(what=redo)),) if redo else ()
        return replace(said, undo=self._marking.undo_words, keys=keys)

    def begin(self) -> None:
        """Another class or term is shown: nothing is to be said of it yet."""
        self._loss_here = False
        self._message.clear()

    def say(self, words: str, tone: Tone, action: str, act: Callable[[], bool]) -> None:
        """Say a sentence; it stays as long as ``act``, run by the action's button, gives True."""
        if self._loss_here:
            self._desk.said.emit(words)
            return
        self._act = act
        self._message.say(words, tone, action)

    def forget(self) -> None:
        """Take away what was said, unless something is not saved."""
        if not self._loss_here:
            self._message.clear()

    def _follow(self) -> None:
        if self._loss_here and not self._marking.unsaved:
            self.begin()
        if not self._marking.waiting:
            self._late = False
            self._slow.stop()
        elif not self._late and not self._slow.isActive():
            self._slow.start()
        self.changed.emit()

    def _grow_late(self) -> None:
        self._late = True
        self.changed.emit()

    def _tell_loss(self, words: str, why: str) -> None:
        unsaved = self._marking.unsaved
        self._loss_here = unsaved > 0
        if unsaved > 1:
            what = self.tr("Не сохранено клеток: {count}.").format(count=unsaved)
        else:
            what = self.tr("Не сохранено: {what}.").format(what=words)
        action = self.tr("Повторить") if unsaved else self.tr("Скрыть")
        self._act = self._retry if unsaved else _hide
        self._message.say(f"{what} {why}".strip(), Tone.BAD, action)

    def _retry(self) -> bool:
        self.begin()
        self._marking.retry()
        return self._loss_here

    def _answer(self) -> None:
        if not self._act():
            self.begin()


def _hide() -> bool:
    return False
