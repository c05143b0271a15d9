"""What the register does with digital badges: the chosen certificates as files for pupils to take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from profdesk.domain import certificate_register, file_names, open_badge, plural
from profdesk.domain.certificate_register import Issued
from profdesk.domain.progress import Progress
from profdesk.errors import ProfdeskError
from profdesk.gui.certificates.folder_saving import FolderSaving
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.view import RecordsView
from profdesk.services import badges

WHAT = (
    "Тот же сертификат файлом, который можно взять с собой и загрузить в электронное портфолио "
    "(Open Badges 3.0). Файл подписан, его проверит и эта программа"
)


class BadgeActs(QObject):
    """Joins the verb with its button and key; ``chosen`` gives the selected certificates in their order."""

    def __init__(
        self, view: RecordsView, button: QPushButton, saving: FolderSaving, chosen: Callable[[], Sequence[Issued]]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._button = button
        self._saving = saving
        self._chosen = chosen
        button.setToolTip(f"{WHAT}. Ctrl+B")
        button.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+B"), view).activated.connect(self.save)
        saving.turned.connect(self.offer)

    def offer(self) -> None:
        """Word the button by how many are chosen, and let it be pressed if any are and no files are being made."""
        count = len(self._chosen())
        self._button.setText(f"Цифровые значки, {count}…" if count > 1 else "Цифровой значок…")
        self._button.setEnabled(count > 0 and not self._saving.busy)

    def save(self) -> None:
        """Ask where to save the badges of the chosen certificates, a file each, and write them."""
        chosen = self._chosen()
        if not chosen or self._saving.busy:
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
                done=lambda _: self._saving.tell(f"Цифровой значок сохранён: {path}.", path.parent),
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

        self._saving.begin("Цифровые значки", export, folder, _counted)


def _counted(count: int) -> str:
    return plural.counted(count, "цифровой значок", "цифровых значка", "цифровых значков")
