"""The dialog that lets a computer in: who is offered, what is proposed, what is told, and the sheet with the code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kept_workspaces import create
from PySide6.QtWidgets import QWidget
from role_walk import acting
from support import PASSWORD, YEAR

from profdesk import app
from profdesk.domain.access import NewUser, Role
from profdesk.domain.users import Draft
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.exchange.add_computer import AddComputerDialog
from profdesk.gui.start import opened
from profdesk.services import computers, pupils, users
from profdesk.storage import opening as storage

Shown = Callable[..., AddComputerDialog]


@pytest.fixture
def made(tmp_path: Path) -> storage.Created:
    created = create(tmp_path / "школа", NewUser("Климова Татьяна Аркадьевна", "завуч", PASSWORD))
    with created.workspace.unit(created.workspace.actor) as unit:
        for title in ("7а", "7б"):
            unit.pupils.ensure_group(pupils.group_name(title), "basic", YEAR)
    return created


@pytest.fixture
def shown(qapp, made: storage.Created) -> Iterator[Shown]:
    """Opens the dialog, to whoever has the roles; the owner's unless said."""
    app.application()
    desk, parent = Desk(), QWidget()

    def show(*roles: Role) -> AddComputerDialog:
        found = opened.read(acting(made.workspace, *roles) if roles else made.workspace)
        desk.use(found.workspace, found.programme, found.organisation)
        parent.show()
        dialog = AddComputerDialog(parent, desk)
        dialog.open()
        desk.settle()
        return dialog

    yield show
    desk.settle()
    parent.close()
    desk.release()
    desk.close()
    parent.deleteLater()


def offered(dialog: AddComputerDialog) -> list[str]:
    return [dialog.person.itemText(row) for row in range(dialog.person.count())]


def test_who_keeps_no_users_lets_only_known_ones_in(shown: Shown) -> None:
    dialog = shown(Role.COORDINATOR)
    assert offered(dialog) == ["Климова Татьяна Аркадьевна, завуч"]
    assert dialog.new_box.isHidden()


def test_a_class_teacher_is_offered_the_own_classes_alone(shown: Shown) -> None:
    dialog = shown()
    assert dialog.whole_box.isChecked()
    dialog.person.setCurrentIndex(dialog.person.count() - 1)
    assert offered(dialog)[-1] == "Новый человек…"
    assert dialog.classes_box.isHidden()
    dialog.roles.set_roles({Role.TEACHER})
    assert dialog.part_box.isChecked()
    assert [group.name.title for group in dialog.classes.rows()] == ["7 «А»", "7 «Б»"]
    dialog.roles.set_roles({Role.TEACHER, Role.PSYCHOLOGIST})
    assert dialog.whole_box.isChecked()
    assert dialog.height() <= 697


def test_what_is_missing_is_told_and_nothing_is_made(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "пакет.profdesk"
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: package)
    dialog = shown()
    dialog.save_button.click()
    dialog._desk.settle()
    assert "Назовите компьютер" in dialog.message.words
    assert dialog.save_button.isEnabled()
    dialog.name.setText("Кабинет 5")
    dialog.person.setCurrentIndex(dialog.person.count() - 1)
    dialog.save_button.click()
    dialog._desk.settle()
    assert "фамилию" in dialog.message.words
    assert not package.exists()
    assert computers.all_of(dialog._desk.workspace, dialog._desk.actor) == []


def test_the_code_is_shown_and_printed(
    shown: Shown, made: storage.Created, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_dialogs, "file_to_save", lambda *_: tmp_path / "пакет.profdesk")
    users.add(made.workspace, made.workspace.actor, Draft("Седов Пётр", "", frozenset({Role.HEAD})), PASSWORD)
    dialog = shown()
    dialog.person.setCurrentIndex(1)
    dialog.name.setText("Приёмная")
    told: list[str] = []
    dialog.added.connect(told.append)
    dialog.save_button.click()
    dialog._desk.settle()
    assert told == ["Приёмная"]
    assert len(dialog.code.text()) == 34
    assert not dialog.ask_box.isVisible()
    dialog.print_button.click()
    dialog._desk.settle()
    (paper,) = dialog.findChildren(PaperDialog)
    assert paper.turner.isVisible() or paper.pages.isVisible()
    paper.close()
    dialog.done_button.click()
