"""Pictures of a pupil's file: what goes into it and its code, and what is told of one before it is taken in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from profdesk.domain.pupil_file import Chosen
from profdesk.errors import ProfdeskError
from profdesk.gui.common.page import Page
from profdesk.gui.pupil_card.give_dialog import GiveDialog
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.pupils.take_dialog import TakeDialog
from profdesk.services import pupil_files


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """The dialog of the card (of who sends no conclusions, then saved), and that of the list with a file opened."""
    if isinstance(page, PupilCardPage):
        yield from _giving(page)
    elif isinstance(page, PupilsPage):
        yield from _taking(page)


def _giving(page: PupilCardPage) -> Iterator[tuple[str, QWidget | None]]:
    if page.card is None:
        return
    pupil, desk = page.card.pupil.id, page.desk
    offer = pupil_files.offer(desk.workspace, desk.actor, pupil)
    without = GiveDialog(page, desk, pupil, replace(offer, conclusions=(), withheld=True))
    without.open()
    yield "give-without-conclusions", without
    without.reject()
    without.deleteLater()
    page.give()
    desk.settle()
    for dialog in page.findChildren(GiveDialog):
        yield "give", dialog
        path = Path(tempfile.gettempdir()) / pupil_files.file_name(page.card.pupil.name)
        counts = pupil_files.Written("K7QX-4MHW-9RTA-2EYC-PV6D-UJ3N-B8ZF", ())
        dialog.show_saved(path, counts)
        yield "given", dialog
        dialog.reject()


def _taking(page: PupilsPage) -> Iterator[tuple[str, QWidget | None]]:
    desk = page.desk
    with tempfile.TemporaryDirectory() as folder:
        for row in page.list.table.rows():
            path = Path(folder) / pupil_files.file_name(row.pupil.name)
            try:
                written, _ = pupil_files.write(desk.workspace, desk.actor, row.pupil.id, Chosen(notes=True), path)
            except ProfdeskError:
                continue
            dialog = TakeDialog(page, desk, page.list.reading, path)
            dialog.open()
            yield "take", dialog
            dialog.show_found(pupil_files.look(desk.workspace, desk.actor, pupil_files.read(path, written.code)))
            desk.settle()
            yield "taken", dialog
            dialog.reject()
            return
