"""Pictures of the page of users: several of them, what is asked of a new one, of one to be removed, and a new sheet."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QDialog, QWidget

from profdesk.domain.access import Role
from profdesk.domain.users import Draft
from profdesk.gui.common.page import Page
from profdesk.gui.users.keys_dialog import KeysDialog
from profdesk.gui.users.page import UsersPage
from profdesk.gui.users.sheet_dialog import SheetDialog
from profdesk.gui.users.user_dialog import UserDialog
from profdesk.services import computers, users

_PASSWORD = "бако-рими-туса-лено-47"  # noqa: S105 - of somebody made up for a picture

_GONE, _ELSEWHERE, _LAPTOP = "Белых Олег Семёнович", "Ершова Инна Павловна", "Ноутбук в корпусе 2"


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """The table, and every dialog of the page."""
    if not isinstance(page, UsersPage):
        return
    _lose_one(page)
    _add_elsewhere(page)
    page.desk.settle()
    page.removed_box.setChecked(True)
    yield "several", None
    page.show_owed([_GONE])
    yield "owed", None
    page.owed.button.click()
    for question in page.findChildren(KeysDialog):
        yield "renew", question
        question.reject()
    page.show_owed(())
    for name, ask in (
        ("add", page.add),
        ("edit", page.edit),
        ("forgot", page.give_password),
        ("remove", page.ask_removal),
        ("sheet", page.ask_sheet),
        ("password", page.change_own),
    ):
        page.table.choose(next(line.user.id for line in page.table.rows() if line.user.roles == {Role.TEACHER}))
        ask()
        for dialog in page.findChildren(QDialog):
            if dialog.isVisible():
                if name == "add" and isinstance(dialog, UserDialog):
                    dialog.roles.set_roles({Role.TEACHER})
                yield name, dialog
                if isinstance(dialog, SheetDialog):
                    dialog.make_button.click()
                    page.desk.settle()
                    yield "sheet-made", dialog
                    dialog.accept()
                dialog.reject()
    page.removed_box.setChecked(False)


def _add_elsewhere(page: UsersPage) -> None:
    """One who comes in on another computer, unless there is one already."""
    workspace, actor = page.desk.workspace, page.desk.actor
    if any(one.here is None and one.removed_at is None for one in users.listed(workspace, actor)):
        return
    draft = Draft(_ELSEWHERE, "педагог-психолог", frozenset({Role.PSYCHOLOGIST}))
    _, changes = computers.kit(workspace, actor, draft, _LAPTOP, False, workspace.path.with_name(f"{_LAPTOP}.profdesk"))
    page.on_changes(changes)


def _lose_one(page: UsersPage) -> None:
    """One who is gone beside the people of the demonstration school, unless there is one already."""
    workspace, actor = page.desk.workspace, page.desk.actor
    if any(one.removed_at for one in users.listed(workspace, actor)):
        return
    gone, _ = users.add(workspace, actor, Draft(_GONE, "учитель", frozenset({Role.READER})), _PASSWORD)
    _, changes = users.remove(workspace, actor, gone)
    page.on_changes(changes)
