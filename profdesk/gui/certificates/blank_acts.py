"""What the register does with certificates on the school's blank in Word: the same files saved again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from profdesk.domain import file_names, plural
from profdesk.domain.certificate_register import Issued
from profdesk.domain.changes import Changes
from profdesk.domain.progress import Progress
from profdesk.gui.certificates.folder_saving import FolderSaving
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.view import RecordsView
from profdesk.services import certificate_blanks, deeds


def save_again(view: RecordsView, saving: FolderSaving, some: Sequence[Issued]) -> None:
    """Ask where, and write what was issued: one certificate as a file, several as files of a folder."""
    if len(some) == 1:
        _save_one(view, some[0])
    elif not saving.busy:
        _save_several(view, saving, [one.number for one in some])


def _save_one(view: RecordsView, one: Issued) -> None:
    name = f"{file_names.tidy(f'Сертификат {one.number}')}{certificate_blanks.ENDING}"
    path = file_dialogs.file_to_save(view, "Сохранить ещё раз", name, file_dialogs.DOCX)

    def write(target: Path) -> tuple[None, Changes]:
        workspace, actor = view.desk.workspace, view.desk.actor
        again = certificate_blanks.reprint(workspace, actor, one.number)
        return deeds.write_out(workspace, actor, target, again, "сертификат на бланке Word", [one.pupil_id])

    if path is not None:
        told = f"Сертификат № {one.number} сохранён, каким он был выдан: {path}."
        view.desk.write(partial(write, path), owner=view, done=lambda _: view.tell_saved(told, path), failed=view.fail)


def _save_several(view: RecordsView, saving: FolderSaving, numbers: Sequence[str]) -> None:
    folder = file_dialogs.folder(view, "Папка для сертификатов")
    if folder is None:
        return
    workspace, actor = view.desk.workspace, view.desk.actor

    def write(report: Progress) -> Sequence[Path]:
        return certificate_blanks.reprint_each(workspace, actor, numbers, folder, report)

    saving.begin("Сертификаты", write, folder, lambda count: plural.counted(count, "файл", "файла", "файлов"))
