"""Erasure by the keyboard: a pupil is chosen, looked at, destroyed by a typed word, and the act is saved."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from journey_user import User, make_class
from keyboard import CTRL, back, dialog, press, tab_to
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt

from profdesk.domain import audit_words
from profdesk.domain.audit import Area, Wanted
from profdesk.domain.erasure import WORD
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.held_dialog import HeldDialog
from profdesk.gui.erasure.page import ACTS, RULES, ErasurePage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.services import audit, pupils


def surnames(user: User) -> list[str]:
    desk = user.windows.desk
    there = pupils.pupils(desk.workspace, desk.actor, desk.organisation.period.year)
    return sorted(one.name.surname for one in there)


@pytest.fixture
def page(user: User, tmp_path: Path) -> ErasurePage:
    """The page with the first pupil of the list ticked, reached from the list."""
    make_class(user, tmp_path)
    listed = user.page("pupils")
    assert isinstance(listed, PupilsPage)
    listed.list.table.choose_first()
    user.wait()
    listed.list.more.aboutToShow.emit()
    listed._erasure.trigger()
    user.wait()
    made = user.main.page
    assert isinstance(made, ErasurePage)
    return made


def look(user: User, page: ErasurePage) -> None:
    page.choosing.table.setFocus()
    press(user, Qt.Key.Key_Return, CTRL)
    assert page.views.currentWidget() is page.looking


def test_a_pupil_is_destroyed_and_the_act_is_saved(user: User, page: ErasurePage, tmp_path: Path) -> None:
    before = surnames(user)
    look(user, page)
    assert page.looking.subjects.text().startswith("Абрамова Полина Игоревна")
    assert not page.looking.erase_button.isEnabled()
    user.type(page.looking.basis, "заявление от 12.11.2026 № 5")
    tab_to(user, page.looking.word)
    user.type(page.looking.word, WORD)
    press(user, Qt.Key.Key_Return)
    assert page.views.currentWidget() is page.done, user.complaint()
    assert surnames(user) == [one for one in before if one != "Абрамова"]
    user.given = tmp_path / "акт.pdf"
    assert page.done.save_button.hasFocus()
    press(user, Qt.Key.Key_Space)
    with PdfDocument(user.given) as paper:
        words = " ".join(sheet.get_textpage().get_text_range() for sheet in paper)
    assert "Абрамова Полина Игоревна" in " ".join(words.split())
    told = audit.acts(page.desk.workspace, page.desk.actor, Wanted(area=Area.DEEDS)).acts[0]
    assert audit_words.what(told).startswith("Выгрузка в файл: Акт об уничтожении №")
    tab_to(user, page.done.finish_button)
    press(user, Qt.Key.Key_Space)
    assert page.views.currentWidget() is page.choosing
    page.view.choose(ACTS)
    user.wait()
    assert [row.basis for row in page.acts.table.rows()] == ["заявление от 12.11.2026 № 5"]


def test_without_the_word_nothing_goes_and_esc_leads_back(user: User, page: ErasurePage) -> None:
    before = surnames(user)
    look(user, page)
    tab_to(user, page.looking.word)
    user.type(page.looking.word, "уничтож")
    press(user, Qt.Key.Key_Return)
    assert page.views.currentWidget() is page.looking
    press(user, Qt.Key.Key_Escape)
    assert page.views.currentWidget() is page.choosing
    assert surnames(user) == before


def test_a_name_in_the_basis_is_told_in_place(user: User, page: ErasurePage) -> None:
    look(user, page)
    user.type(page.looking.basis, "заявление Абрамовой")
    user.type(page.looking.word, WORD)
    press(user, Qt.Key.Key_Return)
    assert "названа фамилия" in page.looking.message.words
    assert page.looking.erase_button.isEnabled()


def test_the_act_is_not_left_behind_by_mistake(user: User, page: ErasurePage) -> None:
    look(user, page)
    user.type(page.looking.word, WORD)
    press(user, Qt.Key.Key_Return)
    page.done.finish_button.setFocus()
    press(user, Qt.Key.Key_Escape)
    asked = dialog(user, Dialog)
    press(user, Qt.Key.Key_Escape)
    back(user)
    assert not asked.isVisible()
    assert page.views.currentWidget() is page.done


def test_terms_are_shown_and_a_wrong_file_is_told(user: User, page: ErasurePage, tmp_path: Path) -> None:
    page.view.choose(RULES)
    user.wait()
    assert len(page.rules.table.rows()) == 11
    user.given = tmp_path / "сроки.toml"
    user.given.write_text("[[rules]]\nkind = 'card'", encoding="utf-8")
    user.click(page.take_rules_button)
    assert "записано неверно" in page.rules.message.words
    user.click(page.save_rules_button)
    user.click(page.take_rules_button)
    assert "Сроки взяты" in page.rules.message.words


def test_everything_kept_of_a_child_is_handed_out(user: User, page: ErasurePage, tmp_path: Path) -> None:
    listed = user.page("pupils")
    assert isinstance(listed, PupilsPage)
    listed._held.trigger()
    user.wait()
    asked = dialog(user, HeldDialog)
    user.given = tmp_path / "Сведения.zip"
    tab_to(user, asked.save_button)
    press(user, Qt.Key.Key_Space)
    assert "Сохранено" in asked.message.words
    with ZipFile(user.given) as archive:
        assert "Абрамова Полина Игоревна" in archive.read("Сведения.html").decode()
