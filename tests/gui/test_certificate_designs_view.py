"""The view of designs and their editor: what cannot be done is told, nothing typed is lost, everything fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PIL import Image
from portfolio_class import add_class, new_workspace, programme
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from support import organisation

from profdesk.domain.certificate_design import CertificateDesign, Direction, Ornament, flaws
from profdesk.domain.people import GroupName
from profdesk.gui.certificates import colours
from profdesk.gui.certificates.design_editor import DesignEditor
from profdesk.gui.certificates.each_dialog import EachDialog
from profdesk.gui.certificates.page import DESIGNS, ISSUE, CertificatesPage
from profdesk.gui.common import file_dialogs, theme
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.pages import Pages
from profdesk.gui.main_window import MainWindow
from profdesk.services import certificate_designs
from profdesk.storage.workspace import Workspace

ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
SMALLEST = (1366, 697)


class Room:
    """The window with the page, and what the user answers to file dialogs."""

    def __init__(self, workspace: Workspace) -> None:
        self.given: Path | None = None
        self.workspace, self.desk = workspace, Desk()
        self.desk.use(workspace, programme(), organisation())
        self.window = MainWindow(self.desk, Pages([CertificatesPage], lambda kind: kind(self.desk)))
        self.page = self.window.pages[CertificatesPage]
        self.view = self.page.designs
        self.window.resize(*SMALLEST)
        self.window.show()
        self.wait()

    def wait(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.desk.settle()

    def own(self) -> list[CertificateDesign]:
        offered = certificate_designs.offered(self.workspace, self.workspace.actor)
        return [one for one in offered if not certificate_designs.is_shipped(one)]

    def editor(self) -> DesignEditor:
        """A copy of the first design that ships, being changed."""
        self.page.view.choose(DESIGNS)
        self.wait()
        self.view.table.choose("preschool")
        self.view.copy()
        return self.opened()

    def opened(self) -> DesignEditor:
        self.wait()
        assert self.view.editor is not None
        return self.view.editor

    def key(self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(widget, key, modifiers)
        self.wait()

    def close(self) -> None:
        self.window.close()
        self.desk.close()
        self.window.deleteLater()


@pytest.fixture(scope="module")
def shared(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """One window for all these tests; each leaves the editor closed."""
    theme.apply(qapp, False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROFDESK_HOME", str(tmp_path_factory.mktemp("home")))
        workspace = new_workspace(tmp_path_factory.mktemp("designs") / "школа")
        for name in (GroupName("7 «А»", 7, "А"), GroupName("10 «А»", 10, "А")):
            add_class(workspace, 2, name)
        opened = Room(workspace)
        patch.setattr(file_dialogs, "file_to_open", lambda *_: opened.given)
        yield opened
        opened.close()


@pytest.fixture
def room(shared: Room) -> Iterator[Room]:
    yield shared
    if shared.view.editor is not None:
        QDialog.reject(shared.view.editor)
    shared.wait()


def test_changes_are_not_lost_without_asking(room: Room) -> None:
    editor = room.editor()
    editor.content.name.setText("Наше")
    room.key(editor, Qt.Key.Key_Escape)
    assert editor.isVisible()
    assert "не записаны" in editor.message.words
    editor.words.owner.setText("Хозяин портфолио")
    assert not editor.message.isVisible(), "who goes on typing is asked anew"
    room.key(editor, Qt.Key.Key_Escape)
    room.key(editor, Qt.Key.Key_Escape)
    assert room.view.editor is None
    assert room.own() == []


def test_what_stands_unchanged_is_not_written_again(room: Room) -> None:
    room.editor().save()
    room.wait()
    assert room.own()[0].title == "Цветок в зелёной рамке, свой"
    batch = room.view.steps.next_undo, room.desk.saved_at
    room.view.edit()
    room.opened().save()
    room.wait()
    assert room.view.editor is None
    assert (room.view.steps.next_undo, room.desk.saved_at) == batch


def test_what_the_program_brings_is_neither_changed_nor_taken_away(room: Room) -> None:
    room.page.view.choose(DESIGNS)
    room.wait()
    view = room.view
    view.table.choose("preschool")
    room.window.activateWindow()
    room.wait()
    view.table.setFocus()
    room.key(view.table, Qt.Key.Key_Delete)
    assert "не убирается" in view.message.words
    room.key(view.table, Qt.Key.Key_Return)
    editor = room.opened()
    assert editor.heading.text() == "Копия оформления «Цветок в зелёной рамке»"
    assert editor.origin.text() == "«Цветок в зелёной рамке» останется как есть"


def test_margins_that_leave_no_room_are_told_and_the_page_stays(room: Room) -> None:
    editor = room.editor()
    editor.sheet.left_margin.setValue(60)
    editor.save()
    remark = editor.preview.remark
    assert "Поля оставляют 150 × 297 мм" in remark.words
    assert editor.preview.pages.pages == 1
    assert editor.parts[editor.tabs.currentIndex()] is editor.sheet
    editor.tabs.setCurrentIndex(0)
    remark.button.click()
    assert editor.focusWidget() is editor.sheet.left_margin
    editor.sheet.left_margin.setValue(20)
    editor.save()
    room.wait()
    assert room.own()[0].page.margins.left == 20


def test_enter_in_a_field_shows_at_once_what_was_typed(room: Room) -> None:
    editor = room.editor()
    editor.sheet.direction.choose(Direction.LANDSCAPE.value)
    editor.content.name.setText("")
    room.key(editor.content.name, Qt.Key.Key_Return)
    assert editor.isVisible()
    assert editor.content.name_note.words == "Дайте оформлению имя, не длиннее 60 знаков."
    assert editor.preview.remark.words.startswith("Дайте оформлению имя")
    assert editor.design.page.direction is Direction.LANDSCAPE, "no button was pressed"


def test_only_the_last_look_of_a_design_is_waited_for(room: Room) -> None:
    editor, held = room.editor(), Event()
    room.desk.run(lambda: held.wait(5), owner=room.desk, done=lambda _: None)
    drawn: list[int] = []
    editor.preview.pages.page_changed.connect(lambda page, _: drawn.append(page))
    for direction in (Direction.LANDSCAPE, Direction.PORTRAIT, Direction.LANDSCAPE):
        editor.sheet.direction.choose(direction.value)
        QTest.keyClick(editor.content.name, Qt.Key.Key_Return)
    assert editor.preview.paper_chip.words == "A4, альбомная"
    held.set()
    room.wait()
    assert drawn == [1]


def test_signatures_are_marked_where_they_stand_and_empty_lines_left_out(room: Room) -> None:
    editor = room.editor()
    part = editor.signatures
    part.post_2.setText("")
    part.signer_3.setText("О. Л. Фёдорова")
    editor.save()
    assert part.post_3_note.words == "Напишите, кто подписывает, или уберите строку."
    assert part.post_2_note.words == ""
    part.post_3.setText("Наставник")
    editor.save()
    room.wait()
    (first, second) = room.own()[0].signatures
    assert (first.post, second.post, second.name) == ("{должность руководителя}", "Наставник", "О. Л. Фёдорова")


def test_pictures_are_kept_shown_and_taken_away(room: Room, tmp_path: Path) -> None:
    editor = room.editor()
    blank = editor.sheet.blank
    assert not editor.sheet.preprinted.isEnabled()
    room.given = tmp_path / "Бланк.png"
    room.given.write_bytes(b"not a picture")
    blank.ask()
    room.wait()
    assert blank.note.words == "«Бланк.png» не открывается как картинка. Нужен файл PNG или JPEG."
    Image.new("RGB", (300, 424), "#8B6A35").save(room.given)
    blank.ask()
    room.wait()
    assert len(editor.design.page.blank) == 64
    assert "JPEG всего листа" in blank.note.words
    Image.new("RGB", (600, 300), "#8B6A35").save(room.given)
    blank.ask()
    room.wait()
    assert editor.design.page.direction is Direction.LANDSCAPE, "the sheet is turned as the blank lies"
    assert blank.note.words == "Картинка другой формы, чем лист: она растянется"
    editor.sheet.preprinted.click()
    assert editor.design.page.preprinted
    blank.remove_button.click()
    assert editor.design.page.blank == ""
    assert not editor.design.page.preprinted


def test_a_colour_is_taken_from_those_offered_by_keys(room: Room) -> None:
    editor = room.editor()
    line = editor.look.title_colour
    editor.tabs.setCurrentIndex(3)
    room.key(line, Qt.Key.Key_Down, ALT)
    swatches = line.swatches
    assert swatches.accessibleName() == "каштановый, #7A3B16", "that of the design is the current one"
    room.key(swatches, Qt.Key.Key_Right)
    room.key(swatches, Qt.Key.Key_Up)
    room.key(swatches, Qt.Key.Key_Return)
    assert line.text() == colours.INKS["ультрамарин"] == editor.design.style.title
    assert not swatches.isVisible()


def test_every_colour_offered_will_do() -> None:
    design = certificate_designs.shipped()[0]
    offered = {"title": colours.INKS, "kicker": colours.INKS, "second": colours.ACCENTS, "seal": colours.TINTS}
    for name, there in {**offered, "panel": colours.PAPERS}.items():
        for colour in there.values():
            assert not list(flaws(replace(design, style=replace(design.style, **{name: colour})))), (name, colour)


def test_nothing_of_the_editor_is_cut_on_the_smallest_screen(room: Room) -> None:
    editor = room.editor()
    for number in range(editor.tabs.count()):
        editor.tabs.setCurrentIndex(number)
        room.wait()
        assert editor.area.verticalScrollBar().maximum() == 0, editor.tabs.tabText(number)
        assert editor.room.minimumSize().width() <= editor.area.viewport().width()
    assert editor.height() < SMALLEST[1]
    assert room.window.rect().contains(editor.rect())


def test_tab_leads_through_the_fields_to_the_page_and_the_verbs(room: Room) -> None:
    editor = room.editor()
    editor.activateWindow()
    editor.tabs.setCurrentIndex(4)
    editor.tabs.setFocus()
    met = []
    for _ in range(16):
        focus = QApplication.focusWidget()
        assert focus is not None
        met.append(focus.objectName() or focus.accessibleName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    fields = ["size_box", "left_margin", "top_margin", "right_margin", "bottom_margin"]
    preview = ["level", "magnifier", "trial_button", "pages"]
    expected = ["tabs", *fields, "Выбрать картинку: фон или бланк", *preview, "leave_button", "save_button", "tabs"]
    assert [one for one in met if one][:14] == expected, "switches have no names of their own"


def test_everything_chosen_in_the_editor_is_written(room: Room) -> None:
    editor = room.editor()
    editor.content.growth.click()
    assert not editor.content.years.isEnabled()
    editor.content.deeds.click()
    editor.content.years.setCurrentIndex(1)
    editor.look.ornament.setCurrentIndex(editor.look.ornament.findText("Мозаика"))
    editor.sheet.direction.choose(Direction.LANDSCAPE.value)
    editor.save()
    room.wait()
    made = room.own()[0]
    assert (made.content.growth, made.content.deeds, made.content.all_years) == (True, True, True)
    assert (made.style.ornament, made.page.direction) == (Ornament.MOSAIC, Direction.LANDSCAPE)
    former = certificate_designs.shipped()[0]
    assert (made.texts, made.signatures, made.levels) == (former.texts, former.signatures, former.levels)


def test_the_design_of_issuing_follows_the_level_and_what_was_taken_for_it(room: Room) -> None:
    view, group = room.page.issuing, room.page.group

    def take(title: str) -> None:
        view.design.setCurrentIndex(view.design.findText(title))
        view.design.activated.emit(view.design.currentIndex())
        room.wait()

    assert (view.design.currentText(), view.paper_chip.words) == ("Альбомный с колесом", "A4, альбомная")
    take("Мозаика и ступени")
    assert view.paper_chip.words == "A4, книжная"
    group.setCurrentIndex(1)
    room.wait()
    assert view.design.currentText() == "Строгий для выпускников"
    group.setCurrentIndex(0)
    room.wait()
    assert view.design.currentText() == "Мозаика и ступени"


def test_the_pattern_of_files_is_remembered_on_this_computer(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    view = room.page.issuing
    room.page.view.choose(ISSUE)
    view.table.set_checked(lambda _: True)
    view.ask_each()
    (asked,) = view.findChildren(EachDialog)
    monkeypatch.setattr(file_dialogs, "folder", lambda *_: None)
    asked.pattern.setText("{фамилия}, {номер}")
    asked.accept()
    room.wait()
    after = CertificatesPage(room.desk)
    after.issuing.table.set_rows(view.table.rows())
    after.issuing.table.set_checked(lambda _: True)
    after.issuing.ask_each()
    (asked,) = after.issuing.findChildren(EachDialog)
    assert asked.pattern.text() == "{фамилия}, {номер}"
    asked.reject()
    after.deleteLater()
