"""Cards of professions by keyboard: read, searched, filled, printed, and on to the pupil who met the profession."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User
from kept_workspaces import create
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from support import LINES, PASSWORD, YEAR, listed

from profdesk.domain.access import NewUser
from profdesk.domain.activities import ActivityEntry
from profdesk.domain.registers import PARTNERS
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.gui.common.columns import Heading
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.gui.registers.page import RegistersPage
from profdesk.gui.start import opened
from profdesk.services import activities, pupils, registers, roster

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
WELDER = "сварщик"


@pytest.fixture
def page(user: User, tmp_path: Path) -> RegistersPage:
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(tmp_path / "desk", owner).workspace
    actor = made.actor
    roster.apply(made, actor, roster.preview(made, actor, listed(tmp_path, *LINES), YEAR))
    welder, _ = registers.add(made, actor, PROFESSIONS, {"title": WELDER})
    group = pupils.group_called(made, actor, YEAR, "7а")
    entry = ActivityEntry("excursion", "Цех", date(2026, 10, 12), groups=(group.id,), professions=(welder.id,))
    activities.hold(made, actor, activities.write(made, actor, entry)[0].id)
    user.windows.show_main(opened.read(made))
    shown = user.page("registers")
    assert isinstance(shown, RegistersPage)
    shown.list.show_register(PROFESSIONS, WELDER)
    user.wait()
    shown.list.enter_table()
    return shown


def key(user: User, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key where the cursor is."""
    window = QApplication.activeModalWidget() or user.main
    window.activateWindow()
    QApplication.processEvents()
    user.qtbot.keyClick(QApplication.focusWidget() or window, pressed, modifiers)
    user.wait()


def met(page: RegistersPage) -> list[str]:
    return [row.text if isinstance(row, Heading) else row.name for row in page.profession.table.rows()]


def test_a_card_is_read_searched_and_leads_to_a_pupil_and_back(user: User, page: RegistersPage) -> None:
    key(user, Qt.Key.Key_Space)
    view = page.profession
    assert view.isVisible()
    assert view.header.title == "Сварщик"
    assert view.met_count.text() == "3 ученика, 3 встречи"
    assert met(page) == [
        "12.10.2026 · Цех (экскурсия)",
        "Абрамова Полина Игоревна, 7 «А»",
        "Белов Матвей Сергеевич, 7 «А»",
        "Ёлкина Дарья Олеговна, 7 «А»",
    ]
    key(user, Qt.Key.Key_F, CTRL)
    user.type(view.search_field, "елк")
    user.qtbot.waitUntil(lambda: len(met(page)) == 2)
    key(user, Qt.Key.Key_Down)
    key(user, Qt.Key.Key_Return)
    card = user.main.page
    assert isinstance(card, PupilCardPage)
    assert card.card is not None
    assert card.card.pupil.name.surname == "Ёлкина"
    key(user, Qt.Key.Key_Escape)
    assert view.isVisible()
    key(user, Qt.Key.Key_Escape)  # the words looked for go first
    if view.isVisible():
        key(user, Qt.Key.Key_Escape)
    assert page.list.isVisible()
    assert page.list.table.hasFocus()


def test_a_bare_card_asks_to_be_filled_and_shows_what_was_written(user: User, page: RegistersPage) -> None:
    key(user, Qt.Key.Key_Space)
    view = page.profession
    assert view.message.words.startswith("Карточка почти пуста")
    key(user, Qt.Key.Key_F2)
    dialog = page.acts.dialog
    assert dialog is not None
    user.type(dialog.rows["history"].box, "Дугу открыл Петров.")
    key(user, Qt.Key.Key_Return, CTRL)
    assert view.isVisible()
    assert view.card is not None
    assert view.card.texts == (("История", "Дугу открыл Петров."),)
    assert view.message.words == ""
    assert user.main.status.undo_words.startswith("Отменить: правка, сварщик")
    key(user, Qt.Key.Key_Z, CTRL)
    assert view.card.texts == ()


def test_a_card_is_printed_for_the_wall(user: User, page: RegistersPage, tmp_path: Path) -> None:
    key(user, Qt.Key.Key_Space)
    key(user, Qt.Key.Key_P, CTRL)
    (paper,) = page.findChildren(PaperDialog)
    assert paper.heading.text() == "Карточка профессии: сварщик"
    user.given = tmp_path / "Сварщик.pdf"
    user.press(paper.save_button, Qt.Key.Key_Space)
    assert user.given.read_bytes().startswith(b"%PDF")
    key(user, Qt.Key.Key_Escape)
    assert page.profession.isVisible()


def test_other_registers_have_no_card(user: User, page: RegistersPage) -> None:
    assert page.list.card_button.isVisible()
    page.list.show_register(PARTNERS)
    user.wait()
    assert not page.list.card_button.isVisible()
    key(user, Qt.Key.Key_Space)
    assert not page.profession.isVisible()
