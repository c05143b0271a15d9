"""Pictures of a computer that joins: the package asked for and found, and the dialog that lets it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from profdesk.domain import shared_disk
from profdesk.domain.access import Actor, Role
from profdesk.domain.computers import Computer
from profdesk.domain.joining import Invitation
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Page
from profdesk.gui.common.tones import Tone
from profdesk.gui.exchange.add_computer import AddComputerDialog
from profdesk.gui.start.window import StartWindow

_CODE = "7KQM-4XWP-2HTN-9RDC-6VBJ-3ZLF-8YGS"
_FOUND = Invitation(
    computer=Computer("", "Кабинет психолога", "", "К2", True, "", "", "age", datetime(2026, 11, 23, tzinfo=UTC)),
    user=Actor("", "Лаптева Ирина Сергеевна", "психолог", frozenset({Role.PSYCHOLOGIST})),
    organisation="Школа № 12",
    maker="Кабинет завуча",
    pupils=612,
)


def start_shots(
    desk: Desk, start: StartWindow, drawn: Callable[[Desk, QWidget], QWidget]
) -> Iterator[tuple[str, QWidget]]:
    """The step of the start window, before the code was looked at and after; what is told of a shared disk."""
    start.choose.wanted_joining.emit()
    step = start.join_step
    step.file.setText("F:/Кабинет психолога, пакет.profdesk")
    yield "09-join", drawn(desk, start)
    step.code.setText(_CODE)
    step.show_found(_FOUND)
    yield "10-join-found", drawn(desk, start)
    step.folder.setText("//server/школа/profdesk")
    step.place_message.say(shared_disk.AT_CHOOSING, Tone.WARN)
    yield "11-join-shared-disk", drawn(desk, start)
    start.steps.setCurrentWidget(start.unlock)
    start.unlock.place_message.say(shared_disk.AT_OPENING, Tone.WARN)
    yield "12-unlock-shared-disk", drawn(desk, start)
    start.unlock.place_message.clear()


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """The dialog of the page of exchange: as it asks, with a new person, and with the code of a package."""
    if page.name != "exchange":
        return
    dialog = AddComputerDialog(page, page.desk)
    dialog.open()
    page.desk.settle()
    dialog.name.setText("Кабинет психолога")
    yield "add-computer", dialog
    dialog.person.setCurrentIndex(dialog.person.count() - 1)
    dialog.name.setText("Кабинет 12")
    dialog.full_name.setText("Ромашкина Ольга Юрьевна")
    dialog.post.setText("учитель")
    dialog.roles.set_roles({Role.TEACHER})
    yield "add-computer-new", dialog
    dialog.name.setText("Кабинет психолога")
    dialog.show_code(Path("F:/Кабинет психолога, пакет.profdesk"), _CODE)
    yield "add-computer-code", dialog
    dialog.accept()
