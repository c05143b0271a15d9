"""A reference by keyboard alone: from the class to a document for Word, with the teacher's own words in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from docx import Document
from journey_user import User
from kept_workspaces import create
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from support import FIRST, PASSWORD, YEAR, mark

from profdesk.domain.access import NewUser
from profdesk.domain.people import GroupName, PersonName, Sex
from profdesk.gui.class_overview.page import ClassOverviewPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.reference.page import ReferencePage
from profdesk.gui.start import opened
from profdesk.storage.workspace import Workspace

CTRL = Qt.KeyboardModifier.ControlModifier


def new_workspace(folder: Path) -> Workspace:
    owner = NewUser("Седова Ольга Ивановна", "классный руководитель", PASSWORD)
    made = create(folder, owner).workspace
    with made.unit(made.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("7 «А»", 7, "А"), "basic", YEAR)
        pupils = [
            unit.pupils.add(PersonName("Абрамова", "Полина", "Игоревна"), date(2013, 6, 2), Sex.FEMALE),
            unit.pupils.add(PersonName("Ильин", "Даниил", "Евгеньевич"), date(2013, 5, 6), Sex.MALE),
        ]
        for pupil in pupils:
            unit.pupils.enrol(pupil, group.id, YEAR)
    mark(made, FIRST.previous, (pupils[1], "planning", 2))
    mark(made, FIRST, (pupils[1], "planning", 3), (pupils[1], "speech", 1))
    return made


def tab_to(user: User, widget: QWidget) -> None:
    """Press Tab until the widget has the focus; not by any other way."""
    for _ in range(60):
        if QApplication.focusWidget() is widget:
            return
        user.press(QApplication.focusWidget() or user.main, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not reach {widget.objectName() or widget.accessibleName()}")


def press_with_ctrl(user: User, key: Qt.Key) -> None:
    user.qtbot.keyClick(QApplication.focusWidget() or user.main, key, CTRL)
    user.wait()


def test_from_the_class_to_word(user: User, tmp_path: Path) -> None:
    user.windows.show_main(opened.read(new_workspace(tmp_path / "desk")))
    overview = user.page("class-overview")
    assert isinstance(overview, ClassOverviewPage)
    overview.setFocus()
    tab_to(user, overview.references_button)
    user.press(overview.references_button, Qt.Key.Key_Space)
    page = user.main.page
    assert isinstance(page, ReferencePage)
    assert page.pupil.currentText() == "Абрамова Полина"

    press_with_ctrl(user, Qt.Key.Key_PageDown)
    assert page.pupil.currentText() == "Ильин Даниил"
    strengths = next(one for one in page.sections.editors if one.section.key == "strengths")
    assert strengths.words.text() == "Даниил уверенно планирует свою работу и сверяется с планом."
    tab_to(user, strengths.words)
    press_with_ctrl(user, Qt.Key.Key_End)
    user.type(strengths.words, " Ведёт дневник проекта.")
    purpose = next(one for one in page.sections.editors if one.section.key == "purpose")
    tab_to(user, purpose.box)
    user.press(purpose.box, Qt.Key.Key_Space)
    assert purpose.words.isVisible()

    user.given = tmp_path / "Характеристика.docx"
    press_with_ctrl(user, Qt.Key.Key_S)
    user.qtbot.waitUntil(lambda: page.message.words != "")  # the button stays down for a moment
    assert page.message.words == f"Сохранено: {user.given}"
    lines = [paragraph.text.replace("\u00a0", " ") for paragraph in Document(str(user.given)).paragraphs]
    assert lines[3:6] == ["ХАРАКТЕРИСТИКА", "на обучающегося 7 «А» класса", "Ильина Даниила Евгеньевича"]
    assert "Даниил уверенно планирует свою работу и сверяется с планом. Ведёт дневник проекта." in lines
    assert "По сравнению с прошлым учебным годом обучающийся увереннее планирует свою работу." in lines
    assert lines[-4] == "Характеристика дана для предъявления по месту требования."
    assert lines[-2] == "Классный руководитель\t\t\tО. И. Седова"

    back = page.header.findChildren(QPushButton)[0]
    tab_to(user, back)
    user.press(back, Qt.Key.Key_Space)
    assert user.main.page is overview


def test_from_the_list_of_pupils(user: User, tmp_path: Path) -> None:
    user.windows.show_main(opened.read(new_workspace(tmp_path / "desk")))
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    pupils.list.enter_table()
    user.press(pupils.list.table, Qt.Key.Key_Down)
    (write,) = (action for action in pupils.list.more.actions() if action.text() == "Составить характеристику")
    assert write.isVisible()
    write.trigger()
    user.wait()
    page = user.main.page
    assert isinstance(page, ReferencePage)
    assert page.pupil.currentText() == "Ильин Даниил"
    page.header.back_pressed.emit()
    user.wait()
    assert user.main.page is pupils
