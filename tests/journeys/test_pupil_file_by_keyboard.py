"""A child goes from a kindergarten to a school by keyboard: the file, the code apart, the preview, one act undone."""

from __future__ import annotations

from pathlib import Path

from journey_user import User
from keyboard import CTRL, back, dialog, press, tab_to, type_here
from pupil_file_rooms import NAME, House, add_child, consent, fill, house, kindergarten
from PySide6.QtCore import QPoint, Qt
from role_walk import acting

from profdesk.domain.access import Role
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.pupil_card.give_dialog import GiveDialog
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.pupils.take_dialog import TakeDialog
from profdesk.gui.start import opened
from profdesk.services import evidence, keys
from profdesk.signing import known_keys


def open_house(user: User, here: House) -> PupilsPage:
    user.windows.show_main(opened.read(here.workspace))
    page = user.page("pupils")
    assert isinstance(page, PupilsPage)
    return page


def give(user: User, page: PupilsPage, path: Path) -> str:
    """Through the card: everything ticked, saved, the code printed on a sheet of its own; gives the code."""
    page.list.table.setFocus()
    page.list.table.choose_first()
    press(user, Qt.Key.Key_Return)
    card = user.main.page
    assert isinstance(card, PupilCardPage)
    tab_to(user, card.give_button)
    press(user, Qt.Key.Key_Space)
    giving = dialog(user, GiveDialog)
    assert giving.heading.text() == "Передать в другую организацию: Зорина Вера"
    for field in (giving.with_notes, giving.works, giving.conclusions):
        tab_to(user, field)
        press(user, Qt.Key.Key_Space)
    user.given = path
    tab_to(user, giving.save_button)
    assert not giving.code.isVisible()
    press(user, Qt.Key.Key_Space)
    assert giving.message.words == f"Сохранено: {path.name}. Код передайте отдельно."
    assert giving.print_button.hasFocus()
    press(user, Qt.Key.Key_Space)
    (paper,) = [one for one in giving.findChildren(PaperDialog) if one.isVisible()]
    assert paper.windowTitle()
    user.press(paper, Qt.Key.Key_Escape)
    code = giving.code.text()
    user.press(giving, Qt.Key.Key_Escape)
    back(user)
    return code


def test_a_coordinator_alone_is_told_who_sends_conclusions(user: User, tmp_path: Path) -> None:
    garden = house(tmp_path / "garden", kindergarten())
    child = add_child(garden)
    consent(garden, child)
    fill(garden, child, tmp_path)
    acting(garden.workspace, Role.COORDINATOR)
    page = open_house(user, garden)
    page.list.table.setFocus()
    page.list.table.choose_first()
    press(user, Qt.Key.Key_Return)
    card = user.main.page
    assert isinstance(card, PupilCardPage)
    tab_to(user, card.give_button)
    press(user, Qt.Key.Key_Space)
    giving = dialog(user, GiveDialog)
    assert not giving.conclusions.isVisible()
    assert giving.withheld.isVisible()
    assert "у вас нет права вести диагностику" in giving.withheld.words
    assert "Климова Татьяна Аркадьевна" in giving.withheld.words
    user.press(giving, Qt.Key.Key_Escape)


def begin_taking(user: User, page: PupilsPage, path: Path) -> TakeDialog:
    user.given = path
    menu = page.list.more
    menu.popup(QPoint())
    for _ in menu.actions():
        user.qtbot.keyClick(menu, Qt.Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text() == "Принять из другой организации…":
            break
    user.qtbot.keyClick(menu, Qt.Key.Key_Return)
    user.wait()
    return dialog(user, TakeDialog)


def test_a_child_goes_from_a_kindergarten_to_a_school(user: User, tmp_path: Path) -> None:
    garden = house(tmp_path / "garden", kindergarten())
    child = add_child(garden)
    consent(garden, child)
    fill(garden, child, tmp_path)
    certificate = keys.certificate(*garden.both)
    path = tmp_path / "Зорина Вера.profpupil"
    code = give(user, open_house(user, garden), path)
    user.windows.desk.release()

    school = house(tmp_path / "school")
    page = open_house(user, school)
    take(user, begin_taking(user, page, path), code)
    assert [row.pupil.name for row in page.list.table.rows()] == [NAME]
    assert [row.pupil.name for row in page.list.selected()] == [NAME]
    there = school.pupil()
    assert [one.title for one in evidence.of_pupil(*school.both, there)] == ["Рисунок сада"]
    known_keys.remember(certificate)
    look_again(user, begin_taking(user, page, path), code, there)
    press(user, Qt.Key.Key_Z, CTRL)
    assert page.list.table.rows() == []
    press(user, Qt.Key.Key_Y, CTRL)
    assert [row.pupil.name for row in page.list.table.rows()] == [NAME]


def take(user: User, taking: TakeDialog, code: str) -> None:
    """A wrong code first; then who it is, and a class for a new pupil."""
    assert taking.code.hasFocus()
    type_here(user, "совсем не то")
    press(user, Qt.Key.Key_Return)
    assert taking.message.words.startswith("Файл этим кодом не открывается")
    assert not taking.whom.isVisible()
    taking.code.selectAll()
    type_here(user, code.lower())
    press(user, Qt.Key.Key_Return)
    assert taking.who.text() == "Зорина Вера Павловна, 14\u00a0мая 2019\u00a0г."
    assert taking.origin.text().startswith("Детский сад № 5, ")
    assert "1 заметка" in taking.inside.text()
    assert "1 вывод психолога" in taking.inside.text()
    assert "Позвоните туда и сверьте отпечаток" in taking.key_message.words
    assert taking.whom.hasFocus()
    assert taking.whom.currentText() == "Новый ученик"
    assert "нет согласия родителей" in taking.notices.text()
    press(user, Qt.Key.Key_Tab)
    assert taking.group.hasFocus()
    type_here(user, "1А")
    tab_to(user, taking.save_button)
    press(user, Qt.Key.Key_Space)
    back(user)


def look_again(user: User, again: TakeDialog, code: str, there: str) -> None:
    """The pupil is known by name and birth date, the key by now, and nothing is new."""
    type_here(user, code)
    press(user, Qt.Key.Key_Return)
    assert again.whom.currentData() == there
    assert again.key_message.words.startswith("Подписано ключом, который здесь известен")
    assert again.will.text() == "Нового для этого ученика в файле нет."
    assert not again.save_button.isEnabled()
    press(user, Qt.Key.Key_Escape)
    back(user)
