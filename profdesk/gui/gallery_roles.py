"""Pictures of the window as each role has it: where it begins, and where less is offered than to others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from profdesk.domain.access import Role
from profdesk.domain.registers import PARTNERS
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Page
from profdesk.gui.common.pages import Pages
from profdesk.gui.main_window import MainWindow
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.registers.page import RegistersPage
from profdesk.gui.start import opened
from profdesk.services import class_teachers, demo, demo_users

_SIZE = (1366, 768)
_FIRST = 95
_SHOWN = {
    Role.TEACHER: ("portfolio", "pupils", "class-overview", "activities", "certificates", "registers"),
    Role.PSYCHOLOGIST: ("diagnostics", "pupils", "portfolio", "choices"),
    Role.HEAD: ("overview", "summary", "pupils"),
    Role.READER: ("overview", "pupils", "portfolio", "activities", "choices", "certificates", "registers", "summary"),
    Role.ADMINISTRATOR: ("settings",),
    Role.COORDINATOR: ("users",),
}
"""The pages of each role that are drawn, the one it begins with first."""
PagesOf = Callable[[Desk], Pages]
Drawn = Callable[[Desk, QWidget], QWidget]


def shots(path: Path, pages: PagesOf, drawn: Drawn) -> Iterator[tuple[str, QWidget]]:
    """The window of one of each role in the demonstration school, then of a class teacher without a class."""
    for number, (role, names) in enumerate(_SHOWN.items(), _FIRST):
        yield from _window(path, role, names, pages, drawn, f"{number}-{role.value}")
    led = _give_classes(path, ())
    try:
        yield from _window(path, Role.TEACHER, ("portfolio",), pages, drawn, f"{_FIRST}-teacher-no-class")
    finally:
        _give_classes(path, led)


def _window(
    path: Path, role: Role, names: Sequence[str], pages: PagesOf, drawn: Drawn, title: str
) -> Iterator[tuple[str, QWidget]]:
    desk = Desk()
    try:
        found = opened.read(demo_users.open_as(path, role))
        desk.use(found.workspace, found.programme, found.organisation)
        window = MainWindow(desk, pages(desk), page=names[0], lock=lambda: None)
        window.resize(*_SIZE)
        window.show()
        for name in names:
            window.activateWindow()
            window.show_page(name)
            yield f"{title}-{name}", drawn(desk, window)
            for dialog in _read_only(window.page) if role is Role.READER else ():
                yield f"{title}-{name}-dialog", drawn(desk, dialog)
                dialog.reject()
        window.close()
    finally:
        desk.close()


def _read_only(page: Page) -> Iterator[QDialog]:
    """What opens to be read where others change it."""
    if isinstance(page, PortfolioPage):
        page.opening.open()
    elif isinstance(page, ActivitiesPage):
        page.edit_button.click()
    elif isinstance(page, RegistersPage):
        page.show_register(PARTNERS)
        page.desk.settle()
        page.list.enter_table()
        page.acts.edit()
    page.desk.settle()
    yield from [one for one in page.window().findChildren(QDialog) if one.isVisible()]


def _give_classes(path: Path, groups: Sequence[str]) -> Sequence[str]:
    """Let the class teacher lead other classes; gives those led before."""
    workspace = demo.open_demo(path)
    try:
        actor, year = workspace.actor, demo.organisation().period.year
        teacher = demo_users.of_role(path, Role.TEACHER).id
        led = [one for one, who in class_teachers.of_year(workspace, actor, year).items() if teacher in who]
        class_teachers.give(workspace, actor, teacher, groups, year)
        return led
    finally:
        workspace.close()
