"""Two computers, each at its own windows: both change one class and pupil, exchange files, and show the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_rooms import shown
from journey_user import User, make_class
from keyboard import CTRL, back, dialog, press, tab_to, type_here
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from profdesk import app
from profdesk.domain.access import Role
from profdesk.domain.differences import Difference
from profdesk.domain.users import Draft
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.exchange.add_computer import AddComputerDialog
from profdesk.gui.exchange.differences import DifferencesPage
from profdesk.gui.exchange.page import ExchangePage
from profdesk.gui.exchange.preview import PreviewDialog
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.pupils.pupil_dialog import PupilDialog
from profdesk.gui.start import opened
from profdesk.services import computers, joining
from profdesk.storage.models import OperationRow, PsyOperationRow
from profdesk.storage.workspace import Session, Workspace

COLLEAGUE = Draft("Лаптева Ирина Сергеевна", "завуч", frozenset({Role.COORDINATOR, Role.PSYCHOLOGIST}))
OWN = "пароль второго компьютера"
ANSWER: list[Path] = []
"""What the file dialogs of both computers are answered, the last one."""


@pytest.fixture
def two(user: User, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """Somebody at a second computer that has just joined; the first one has a class of three."""
    make_class(user, tmp_path)
    desk, package = user.windows.desk, tmp_path / "пакет.profdesk"
    code, _ = computers.kit(desk.workspace, desk.actor, COLLEAGUE, "Ноутбук завуча", True, package)
    made = joining.join(package, code, tmp_path / "ноутбук", OWN).workspace
    second = User(app.Windows(), qtbot, monkeypatch)
    for ask in ("file_to_open", "file_to_save"):
        monkeypatch.setattr(file_dialogs, ask, lambda *_: ANSWER[-1])
    second.windows.show_main(opened.read(made))
    second.wait()
    yield second
    second.windows.close()


def workspace(user: User) -> Workspace:
    return user.windows.desk.workspace


def exchange_page(user: User) -> ExchangePage:
    page = user.page("exchange")
    assert isinstance(page, ExchangePage)
    return page


def rename(user: User, surname: str) -> None:
    """Give the first pupil of the class another surname."""
    page = user.page("pupils")
    assert isinstance(page, PupilsPage)
    page.list.table.choose_first()
    page.list.table.setFocus()
    press(user, Qt.Key.Key_F2)
    form = dialog(user, PupilDialog)
    form.surname.selectAll()
    tab_to(user, form.surname)
    form.surname.clear()
    type_here(user, surname)
    tab_to(user, form.save_button)
    press(user, Qt.Key.Key_Space)
    back(user)


def mark(user: User, key: Qt.Key) -> None:
    """Put a stage into the first cell of the class."""
    page = user.page("portfolio")
    assert isinstance(page, PortfolioPage)
    page.table.setFocus()
    user.press(page.table, key)


def send(user: User, path: Path) -> None:
    page = exchange_page(user)
    ANSWER.append(path)
    page.table.setFocus()
    press(user, Qt.Key.Key_S, CTRL)
    assert path.is_file(), page.message.words
    assert "Откроет его только этот компьютер" in page.message.words


def accept(user: User, path: Path) -> PreviewDialog:
    page = exchange_page(user)
    ANSWER.append(path)
    page.table.setFocus()
    press(user, Qt.Key.Key_O, CTRL)
    form = dialog(user, PreviewDialog)
    assert form.accept_button.hasFocus()
    return form


def take(user: User, path: Path) -> None:
    accept(user, path)
    press(user, Qt.Key.Key_Space)
    back(user)
    page = exchange_page(user)
    assert page.past.rows()[0].package.taken


def journals(user: User) -> list[frozenset[tuple[str, int, str, str]]]:
    """Every operation of both journals but deeds, whoever made it, as its chain holds it."""
    with Session(workspace(user)._engine) as session:
        return [
            frozenset(
                (row.device, row.number, row.hash, row.fields)
                for row in session.scalars(select(kind).where(kind.table_name != "deed"))
            )
            for kind in (OperationRow, PsyOperationRow)
        ]


def test_both_change_one_pupil_and_end_alike(user: User, two: User, tmp_path: Path) -> None:
    there, here = tmp_path / "туда.profdesk", tmp_path / "обратно.profdesk"
    rename(user, "Абрамченко")
    mark(user, Qt.Key.Key_1)
    rename(two, "Абрамцева")
    mark(two, Qt.Key.Key_3)
    send(user, there)
    form = accept(two, there)
    assert "Абрам" in form.about.text()
    assert any(one.title and one.made for one in form.counts.rows())
    press(two, Qt.Key.Key_Space)
    back(two)
    send(two, here)
    take(user, here)
    back_there = tmp_path / "ответ.profdesk"
    send(user, back_there)
    take(two, back_there)
    last = tmp_path / "и снова.profdesk"
    send(two, last)
    take(user, last)
    check_alike(user, two)
    page = two.page("differences")
    assert isinstance(page, DifferencesPage)
    shown_there = [one for one in page.table.rows() if isinstance(one, Difference)]
    assert [(one.field, one.stands, one.other) for one in shown_there] == [("Фамилия", "Абрамцева", "Абрамченко")]


def check_alike(user: User, two: User) -> None:
    """Rows and journals are the same, but for the deeds of the last exchange itself and the key that stays at home."""
    assert journals(user) == journals(two)
    for schema in ("main", "psy"):
        first, second = (
            {
                place: row
                for place, row in shown(workspace(one), schema).items()
                if place[0] not in ("deed", "signing_key")
            }
            for one in (user, two)
        )
        assert first == second


def test_an_acceptance_is_taken_back_and_a_foreign_file_refused(user: User, two: User, tmp_path: Path) -> None:
    before, there = shown(workspace(two)), tmp_path / "туда.profdesk"
    rename(user, "Абрамченко")
    send(user, there)
    take(two, there)
    page = exchange_page(two)
    page.past.choose_first()
    tab_to(two, page.undo_button)
    press(two, Qt.Key.Key_Space)
    question = dialog(two, Dialog)
    tab_to(two, question.verb)
    press(two, Qt.Key.Key_Space)
    back(two)
    assert "Приём отменён" in page.message.words
    pupils = {place: row for place, row in shown(workspace(two)).items() if place[0] == "pupil"}
    assert pupils == {place: row for place, row in before.items() if place[0] == "pupil"}
    ANSWER.append(tmp_path / "чужой.profdesk")
    ANSWER[-1].write_bytes(there.read_bytes()[:-1] + b"?")
    page.table.setFocus()
    press(two, Qt.Key.Key_O, CTRL)
    assert "повреждён" in page.message.words


def test_keys_of_the_page_work_wherever_the_cursor_is(user: User, two: User, tmp_path: Path) -> None:
    page = exchange_page(user)
    for item in (user.main.items.itemAt(0).widget(), user.main.lock, page.past):
        item.setFocus(Qt.FocusReason.TabFocusReason)
        assert item.hasFocus()
        press(user, Qt.Key.Key_N, CTRL)
        form = dialog(user, AddComputerDialog)
        user.press(form, Qt.Key.Key_Escape)
        back(user)
        item.setFocus(Qt.FocusReason.TabFocusReason)
        ANSWER.append(tmp_path / f"{item.objectName() or 'первая'}.profdesk")
        press(user, Qt.Key.Key_S, CTRL)
        assert ANSWER[-1].is_file(), page.message.words
        item.setFocus(Qt.FocusReason.TabFocusReason)
        press(user, Qt.Key.Key_O, CTRL)
        assert "сделан для другого компьютера" in page.message.words
    ANSWER.append(tmp_path / "с другой страницы.profdesk")
    user.page("pupils").setFocus()
    press(user, Qt.Key.Key_S, CTRL)
    assert not ANSWER[-1].exists()
