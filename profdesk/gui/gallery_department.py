"""Pictures of a department's window: what came, the answers for files, organisations and their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from profdesk.domain.senders import KeyState, Listed
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Page
from profdesk.gui.common.pages import Pages
from profdesk.gui.department.consolidation_page import MATRIX, ConsolidationPage
from profdesk.gui.department.issued_page import IssuedPage
from profdesk.gui.department.senders_page import SendersPage
from profdesk.gui.department.summaries_page import SummariesPage
from profdesk.gui.main_window import MainWindow
from profdesk.gui.start import opened
from profdesk.gui.start.opened import Opened
from profdesk.services import demo, demo_department, received, workspaces

Shot = tuple[str, QWidget | None]
_FIRST = 60


def prepare(place: Path) -> Sequence[Path]:
    """Build the demonstration department in a folder; gives the files that are yet to be taken in."""
    made = demo_department.build(place, demo.password(), lambda *_: None)
    made.workspace.close()
    return made.mail


def shots(
    place: Path,
    mail: Sequence[Path],
    pages: Callable[[Desk], Pages],
    drawn: Callable[[Desk, QWidget], QWidget],
) -> Iterator[tuple[str, QWidget]]:
    """Every page of the department's window, and what opens on its own ones."""
    desk = Desk()
    try:
        found = opened.read(workspaces.open_workspace(place / demo_department.FOLDER, None, demo.password()))
        yield from _window(desk, found, mail, pages, drawn)
    finally:
        desk.close()


def _window(
    desk: Desk,
    found: Opened,
    mail: Sequence[Path],
    pages: Callable[[Desk], Pages],
    drawn: Callable[[Desk, QWidget], QWidget],
) -> Iterator[tuple[str, QWidget]]:
    desk.use(found.workspace, found.programme, found.organisation)
    made = pages(desk)
    window = MainWindow(desk, made)
    window.resize(1366, 768)
    window.show()
    for number, kind in enumerate(made.kinds, _FIRST):
        window.activateWindow()
        window.show_page(kind.name)
        page = window.page
        yield f"{number}-{page.name}", drawn(desk, window)
        for name, widget in _further(desk, page, mail, lambda: drawn(desk, window)):
            yield f"{number}-{page.name}-{name}", drawn(desk, widget or window)
    window.close()


def _further(desk: Desk, page: Page, mail: Sequence[Path], settle: Callable[[], object]) -> Iterator[Shot]:
    if isinstance(page, SummariesPage):
        page.take(mail)
        yield "answers", None
        for answer in page.answers.rows():
            if answer.receipt is not None:  # so that it is new in the other theme as well
                received.withdraw(desk.workspace, desk.actor, answer.receipt.id)
    if isinstance(page, IssuedPage):
        page.issued.open_chosen()
        yield "opened", None
    if isinstance(page, ConsolidationPage):
        for view in page.view.keys[1:]:
            page.view.choose(view)
            yield view, None
        page.view.choose(MATRIX)
        page.matrix.choose_section(1)
        yield "section", None
    if isinstance(page, SendersPage):
        yield from _keys(page, settle)


def _keys(page: SendersPage, settle: Callable[[], object]) -> Iterator[Shot]:
    for state in (KeyState.WAITING, KeyState.REVOKED):
        page.show_sender(_of_state(page, state))
        yield state.value, None
    page.show_sender(_of_state(page, KeyState.WAITING))
    for name, act in (("edit", page.edit), ("mismatch", page.panel.mismatch_button.click)):
        act()
        settle()
        for dialog in [one for one in page.findChildren(QDialog) if one.isVisible()]:
            yield name, dialog
            dialog.reject()


def _of_state(page: SendersPage, state: KeyState) -> str:
    lines: Sequence[Listed] = page.table.rows()
    now = datetime.now(UTC)
    return next(one.sender.id for one in lines if any(key.state(now) is state for key in one.keys))
