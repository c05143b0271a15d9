"""A pupil's achievements on the card, by keyboard: added, changed, taken out, put back, told among all records."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox

from profdesk.domain.people import GroupName, PersonName, Sex
from profdesk.gui.common.columns import Heading
from profdesk.gui.common.entry_dialog import EntryDialog
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.gui.registers.achievements_tab import AchievementsTab
from profdesk.services import pupils

ALT, CTRL, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def card(user: User, tmp_path: Path) -> PupilCardPage:
    """The card of the first of two boys of a class, with the tab of achievements in front."""
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    year = desk.organisation.period.year
    with desk.workspace.unit(desk.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("9 «А»", 9, "А"), "basic", year)
        ids = [unit.pupils.add(PersonName(one, "Пётр", None), date(2011, 3, 14), Sex.MALE) for one in ("Ан", "Белов")]
        unit.pupils.enrol_all(ids, group.id, year)
    page = user.page("pupil-card")
    assert isinstance(page, PupilCardPage)
    page.choose_pupil(ids[0])
    user.wait()
    page.tabs.setCurrentIndex(page.shown_tabs.index(tab(page)))
    user.wait()
    return page


def tab(card: PupilCardPage) -> AchievementsTab:
    return next(one for one in card.shown_tabs if isinstance(one, AchievementsTab))


def key(user: User, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    window = QApplication.activeModalWidget() or user.main
    window.activateWindow()
    QApplication.processEvents()
    user.qtbot.keyClick(QApplication.focusWidget() or window, pressed, modifiers)
    user.wait()
    user.wait()


def type_in(user: User, dialog: EntryDialog, **fields: str) -> None:
    for code, words in fields.items():
        box = dialog.rows[code].box
        user.type(box.lineEdit() if isinstance(box, QComboBox) and box.isEditable() else box, words)


def form(card: PupilCardPage) -> EntryDialog:
    dialog = tab(card).verbs.dialog
    assert dialog is not None
    return dialog


def shown(card: PupilCardPage) -> list[str]:
    rows = tab(card).table.rows()
    return [one.text if isinstance(one, Heading) else one.words["title"] for one in rows]


def test_an_achievement_is_written_mended_taken_out_and_put_back(user: User, card: PupilCardPage) -> None:
    mine, this_year = tab(card), card.desk.organisation.period.year
    assert mine.empty.isVisible()
    mine.empty.primary.setFocus()
    key(user, Qt.Key.Key_N, CTRL)
    dialog = form(card)
    assert dialog.rows["pupil_id"].typed == "Ан Пётр, 9 «А»"
    assert dialog.rows["held_on"].typed == f"{pupils.today():%d.%m.%Y}"
    day = date(this_year.start, 10, 2)
    dialog.rows["held_on"].put(day)
    type_in(user, dialog, title="Олимпиада по физике", kind="олимп", level="муниц", place="призёр")
    dialog.rows["on_profile"].put(True)
    key(user, Qt.Key.Key_Return)
    assert shown(card) == [f"{this_year.title} учебный год", "Олимпиада по физике"]
    assert mine.count.text() == "1 достижение, по выбранному профилю 1"
    at = card.shown_tabs.index(mine)
    assert card.tabs.tabText(at).split() == ["Достижения", "1"]
    assert user.main.status.undo_words.startswith("Отменить: добавление, Ан Пётр, 9 «А», Олимпиада по физике")
    assert user.main.focusWidget() is mine.table
    key(user, Qt.Key.Key_Return)
    form(card).rows["held_on"].put(day.replace(year=day.year - 1))
    key(user, Qt.Key.Key_Return)
    assert shown(card)[0] == f"{this_year.previous.title} учебный год"
    key(user, Qt.Key.Key_Delete)
    assert mine.empty.isVisible()
    assert mine.message.words == "Убрано из реестра: Ан Пётр, 9 «А», Олимпиада по физике."
    key(user, Qt.Key.Key_Z, CTRL)
    key(user, Qt.Key.Key_Z, CTRL)
    assert shown(card)[0] == f"{this_year.title} учебный год"
    key(user, Qt.Key.Key_Y, CTRL)
    assert shown(card)[0] == f"{this_year.previous.title} учебный год"


def test_only_the_pupil_of_the_card_is_read_and_offered(user: User, card: PupilCardPage) -> None:
    key(user, Qt.Key.Key_N, CTRL)
    type_in(user, form(card), title="Кросс", kind="соревн", level="школа", place="участ")
    box = form(card).rows["pupil_id"].box
    assert isinstance(box, QComboBox)
    assert box.count() == 1
    key(user, Qt.Key.Key_Return)
    assert shown(card)[1:] == ["Кросс"]
    card.tabs.setFocus()
    key(user, Qt.Key.Key_Down, ALT)
    assert card.header.title == "Белов Пётр"
    assert shown(card) == []
    assert tab(card).empty.isVisible()
    key(user, Qt.Key.Key_Z, CTRL)
    assert tab(card).message.words == "Отменено: добавление, Ан Пётр, 9 «А», Кросс."
    key(user, Qt.Key.Key_Up, ALT)
    assert tab(card).empty.isVisible()


def test_all_records_tell_of_it_and_say_when_it_was_taken_out(user: User, card: PupilCardPage) -> None:
    key(user, Qt.Key.Key_N, CTRL)
    type_in(user, form(card), title="Кросс", kind="соревн", level="школа", place="участ")
    key(user, Qt.Key.Key_Return)
    key(user, Qt.Key.Key_Delete)
    card.tabs.setCurrentIndex(card.shown_tabs.index(card.records))
    user.wait()
    kinds = card.records.kinds
    kinds.setCurrentIndex(kinds.findText("Достижения"))
    (_, told) = card.records.table.rows()
    assert (told.title, told.words, told.standing.label) == (
        "Достижение", "Кросс, соревнования, школа или сад, участник", "снято",
    )  # fmt: skip
