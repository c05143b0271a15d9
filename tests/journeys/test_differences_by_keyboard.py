"""Two computers name the head and a pupil otherwise; what differs is looked at, taken, undone and left by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from differing import rename
from journey_user import User, make_class
from keyboard import CTRL, back, dialog, press, tab_to
from PySide6.QtCore import Qt

from profdesk.domain.access import Role
from profdesk.domain.users import Draft
from profdesk.gui.exchange.differences import DifferencesPage
from profdesk.gui.exchange.page import ExchangePage
from profdesk.gui.exchange.preview import PreviewDialog
from profdesk.services import computers, differences, exchange, joining, organisation, pupils
from profdesk.storage.workspace import Workspace

COORDINATOR = Draft("Гусева Марина Олеговна", "заместитель директора", frozenset({Role.COORDINATOR}))


def test_what_two_computers_wrote_apart_is_decided_about(user: User, tmp_path: Path) -> None:
    make_class(user, tmp_path)
    workspace, file = user.windows.desk.workspace, tmp_path / "завуч.profdesk"
    code, _ = computers.kit(
        workspace, workspace.actor, COORDINATOR, "Кабинет завуча", True, tmp_path / "пакет.profdesk"
    )
    other = joining.join(tmp_path / "пакет.profdesk", code, tmp_path / "завуч", "длинный пароль завуча").workspace
    write(workspace, "Белов-Седых", "Никонова Алла")
    write(other, "Белый", "Никонов Андрей")
    exchange.send(other, other.actor, computers.own_id(workspace, workspace.actor), file)
    takes_in(user, file)
    decides(user, workspace)
    back_to_exchange(user)
    exchange.send(workspace, workspace.actor, computers.own_id(other, other.actor), tmp_path / "обратно.profdesk")
    exchange.accept(other, other.actor, tmp_path / "обратно.profdesk")
    assert differences.count(other, other.actor) == 0
    assert told(other) == told(workspace) == ("Белов-Седых", "Никонов Андрей")
    other.close()


def write(workspace: Workspace, surname: str, head: str) -> None:
    rename(workspace, "Белов", surname)
    own = organisation.get(workspace, workspace.actor)
    organisation.save(workspace, workspace.actor, replace(own, head_name=head))


def told(workspace: Workspace) -> tuple[str, str]:
    own = organisation.get(workspace, workspace.actor)
    surnames = [one.name.surname for one in pupils.pupils(workspace, workspace.actor, own.period.year)]
    return next(one for one in surnames if one.startswith("Бел")), own.head_name


def takes_in(user: User, file: Path) -> None:
    page = user.page("exchange")
    assert isinstance(page, ExchangePage)
    user.given = file
    press(user, Qt.Key.Key_O, CTRL)
    preview = dialog(user, PreviewDialog)
    assert preview.accept_button.hasFocus()
    press(user, Qt.Key.Key_Space)
    back(user)
    assert page.unlike.isVisible(), user.complaint()
    tab_to(user, page.unlike.button)
    press(user, Qt.Key.Key_Space)


def decides(user: User, workspace: Workspace) -> None:
    page = user.main.page
    assert isinstance(page, DifferencesPage)
    assert page.table.hasFocus()
    assert told(workspace) == ("Белый", "Никонов Андрей")
    assert (page.standing_words.text(), page.other_words.text()) == ("Белый", "Белов-Седых")
    assert page.standing_author.text().endswith("«Кабинет завуча»")
    press(user, Qt.Key.Key_Return)
    assert page.take_button.hasFocus()
    press(user, Qt.Key.Key_Space)
    assert told(workspace)[0] == "Белов-Седых"
    press(user, Qt.Key.Key_Z, CTRL)
    assert told(workspace)[0] == "Белый"
    page.table.choose_first()
    press(user, Qt.Key.Key_F9)
    press(user, Qt.Key.Key_F8)
    assert page.empty.isVisible()


def back_to_exchange(user: User) -> None:
    press(user, Qt.Key.Key_Escape)
    page = user.main.page
    assert isinstance(page, ExchangePage)
    assert not page.unlike.isVisible()
