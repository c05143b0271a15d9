"""What the register does with digital badges: the chosen certificates as files for pupils to take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from profdesk.domain import certificate_register, file_names, open_badge, plural
from profdesk.domain.certificate_register import Issued
from profdesk.domain.progress import Progress
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Task
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import RecordsView
from profdesk.services import badges

WHAT = (
    "Тот же сертификат файлом, который можно взять с собой и загрузить в электронное портфолио "
    "(Open Badges 3.0). Файл подписан, его проверит и эта программа"
)


class BadgeActs(QObject):
    """Joins the verb with its button and key; ``chosen`` gives the selected certificates in their order."""

    def __init__(
        self, view: RecordsView, button: QPushButton, progress: ProgressStrip, chosen: Callable[[], Sequence[Issued]]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._button = button
        self._progress = progress
        self._chosen = chosen
        self._task: Task | None = None
        button.setToolTip(f"{WHAT}. Ctrl+B")
        button.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+B"), view).activated.connect(self.save)
        progress.stop_pressed.connect(self._stop)

    def offer(self) -> None:
        """Word the button by how many are chosen, and let it be pressed if any are and no files are being made."""
        count = len(self._chosen())
        self._button.setText(f"Цифровые значки, {count}…" if count > 1 else "Цифровой значок…")
        self._button.setEnabled(count > 0 and self._progress.isHidden())

    def save(self) -> None:
        """Ask where to save the badges of the chosen certificates, a file each, and write them."""
        chosen = self._chosen()
        if not chosen or not self._progress.isHidden():
            return
        try:
            certificate_register.check_for_badges(chosen)
        except ProfdeskError as error:
            self._view.fail(error)
            return
        if len(chosen) == 1:
            self._save_one(chosen[0])
        else:
            self._save_several([one.number for one in chosen])

    def _save_one(self, one: Issued) -> None:
        name = file_names.filled(file_names.USUAL, one.pupil, one.group, one.number, open_badge.ENDING)
        path = file_dialogs.file_to_save(self._view, "Сохранить цифровой значок", name, file_dialogs.BADGE)
        if path is not None:
            desk = self._view.desk
            desk.run(
                partial(badges.export_one, desk.workspace, desk.actor, one.number, path),
                owner=self._view,
                done=lambda _: self._tell(f"Цифровой значок сохранён: {path}.", path.parent),
                failed=self._view.fail,
            )

    def _save_several(self, numbers: Sequence[str]) -> None:
        folder = file_dialogs.folder(self._view, "Папка для цифровых значков")
        if folder is None:
            return
        desk = self._view.desk
        workspace, actor = desk.workspace, desk.actor

        def export(report: Progress) -> Sequence[Path]:
            return badges.export(workspace, actor, numbers, folder, progress=report)

        self._progress.begin("Цифровые значки")
        self.offer()
        self._task = desk.run(
            export,
            owner=self._view,
            done=lambda written: self._written(written, folder),
            failed=self._failed,
            progress=self._progress.report,
            stopped=self._stopped,
        )

    def _written(self, written: Sequence[Path], folder: Path) -> None:
        self._end()
        words = plural.counted(len(written), "цифровой значок", "цифровых значка", "цифровых значков")
        self._tell(f"Сохранено: {words}, папка: {folder}.", folder)

    def _failed(self, error: ProfdeskError) -> None:
        self._end()
        self._view.fail(error)

    def _stopped(self) -> None:
        self._end()
        self._view.say("Остановлено. Ни одного файла не сохранено.", Tone.WARN)

    def _end(self) -> None:
        self._progress.end()
        self.offer()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _tell(self, words: str, folder: Path) -> None:
        show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(folder)))
        self._view.say(words, Tone.OK, "Открыть папку", show)
