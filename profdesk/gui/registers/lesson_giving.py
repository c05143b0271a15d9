"""Lessons given to other schools and taken from them, from «Ещё» of the register «Банк уроков»."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from profdesk.domain.registers_of_work import LESSONS
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.registers.list_view import ListView
from profdesk.services import lesson_exchange
from profdesk.services.lesson_exchange import Exported

_SLOW_MS = 300


class LessonGiving(QObject):
    """Gives the selected lessons, or all that are shown; ``file_given`` asks for the preview of a file of lessons."""

    file_given = Signal(object)

    def __init__(self, desk: Desk, view: ListView) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._task: Task | None = None
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(lambda: view.progress.begin("Собираем файлы уроков"))
        self._give = view.offer_more("", "share-network")
        self._give.triggered.connect(self.export)
        self._take = view.offer_more("Загрузить уроки из другой школы…", "tray")
        self._take.triggered.connect(self.take_in)
        view.more.aboutToShow.connect(self.offer)
        view.progress.stop_pressed.connect(self._stop)

    def offer(self) -> None:
        """Say in «Ещё» how many lessons would be given; in other registers neither is there."""
        is_bank, count = self._view.register is LESSONS, len(self._view.meant)
        self._give.setVisible(is_bank and count > 0)
        self._give.setText(f"Выгрузить {LESSONS.counted(count)} одним файлом…")
        self._take.setVisible(is_bank and self._view.may_write)

    def export(self) -> None:
        """Ask where to, and write the lessons with their files as one file."""
        lessons = [row.entry.id for row in self._view.meant]
        name = lesson_exchange.proposed_name(self._desk.organisation.short_name)
        path = file_dialogs.file_to_save(self._view, LESSONS.title, name, file_dialogs.LESSONS)
        if path is None or self._task is not None:
            return
        workspace, actor = self._desk.workspace, self._desk.actor
        self._slow.start()
        self._task = self._desk.run(
            lambda progress: lesson_exchange.export(workspace, actor, lessons, path, progress),
            owner=self,
            done=lambda exported: self._given(exported, path),
            failed=self._not_given,
            progress=self._view.progress.report,
            stopped=self._end,
        )

    def take_in(self) -> None:
        """Ask for a file of lessons from another school."""
        path = file_dialogs.file_to_open(self._view, LESSONS.title, file_dialogs.LESSONS)
        if path is not None:
            self.file_given.emit(path)

    # -- inside ----------------------------------------------------------------------------------

    def _given(self, exported: Exported, path: Path) -> None:
        self._end()
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path.parent)))
        self._view.say(
            f"Выгружено без заметок: {exported.words}. Файл для другой школы: {path}.", Tone.OK, "Открыть папку", show
        )

    def _not_given(self, error: ProfdeskError) -> None:
        self._end()
        self._view.say(error.message, Tone.BAD)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _end(self) -> None:
        self._task = None
        self._slow.stop()
        self._view.progress.end()
