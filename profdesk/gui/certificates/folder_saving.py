"""Files for a folder, written with progress and stopped by the user, told of by the view they are asked for in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from profdesk.domain.progress import Progress
from profdesk.errors import ProfdeskError
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import RecordsView


class FolderSaving(QObject):
    """One such work at a time in a view."""

    turned = Signal()
    """Work has begun or ended."""

    def __init__(self, view: RecordsView, progress: ProgressStrip) -> None:
        super().__init__(view)
        self._view = view
        self._progress = progress
        self._task: Task | None = None
        progress.stop_pressed.connect(self._stop)

    @property
    def busy(self) -> bool:
        """Whether files are being written."""
        return not self._progress.isHidden()

    def begin(
        self, what: str, write: Callable[[Progress], Sequence[Path]], folder: Path, told: Callable[[int], str]
    ) -> None:
        """Write files off the GUI thread, all or none; ``told`` says how many they are: «3 файла»."""
        self._progress.begin(what)
        self.turned.emit()
        self._task = self._view.desk.run(
            write,
            owner=self._view,
            done=lambda written: self._written(told(len(written)), folder),
            failed=self._failed,
            progress=self._progress.report,
            stopped=self._stopped,
        )

    def tell(self, words: str, folder: Path) -> None:
        """Tell that something was saved, and offer to open its folder."""
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(folder)))
        self._view.say(words, Tone.OK, "Открыть папку", show)

    def _written(self, count: str, folder: Path) -> None:
        self._end()
        self.tell(f"Сохранено: {count}, папка: {folder}.", folder)

    def _failed(self, error: ProfdeskError) -> None:
        self._end()
        self._view.fail(error)

    def _stopped(self) -> None:
        self._end()
        self._view.say("Остановлено. Ни одного файла не сохранено.", Tone.WARN)

    def _end(self) -> None:
        self._progress.end()
        self.turned.emit()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
