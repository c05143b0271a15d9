"""The page of references: what it shows of a pupil, what stays of the user's edits, what it saves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from portfolio_class import add_class, codes, programme
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support import FIRST, YEAR, mark, organisation

from profdesk import settings
from profdesk.domain.people import Group, GroupName, PersonName
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.pages import Pages
from profdesk.gui.main_window import MainWindow
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.reference.fields_dialog import FieldsDialog
from profdesk.gui.reference.page import ReferencePage
from profdesk.gui.reference.sections import SectionEditor
from profdesk.services import portfolio, references
from profdesk.storage.workspace import Workspace


class Room:
    """The window with the page in front, and what the user answers to file dialogs."""

    def __init__(self, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        self.given: Path | None = None
        self.opened: list[QUrl] = []
        for name in ("file_to_open", "file_to_save", "folder"):
            monkeypatch.setattr(file_dialogs, name, lambda *_: self.given)
        monkeypatch.setattr(QDesktopServices, "openUrl", self.opened.append)
        self.desk = Desk()
        self.desk.use(workspace, programme(), organisation())
        self.window = MainWindow(self.desk, Pages([PupilsPage, ReferencePage], lambda kind: kind(self.desk)))
        self.page = self.window.pages[ReferencePage]
        self.window.resize(1366, 697)
        self.window.show()

    def show(self, pupil: str) -> None:
        self.page.choose_pupil(pupil)
        self.window.show_page("reference")
        self.wait()

    def wait(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.desk.settle()

    def section(self, key: str) -> SectionEditor:
        return next(one for one in self.page.sections.editors if one.section.key == key)

    @property
    def keys(self) -> list[str]:
        return [one.section.key for one in self.page.sections.editors]

    def click(self, widget: QWidget) -> None:
        assert widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.wait()

    def close(self) -> None:
        self.window.close()
        self.desk.close()
        self.window.deleteLater()


@pytest.fixture
def class_of_three(workspace: Workspace) -> tuple[Group, list[str]]:
    group, pupils = add_class(workspace, 3, GroupName("7 «А»", 7, "А"))
    mark(workspace, FIRST, *((pupils[0], code, number % 4) for number, code in enumerate(codes(group))))
    mark(workspace, FIRST, (pupils[1], "planning", 3))
    return group, pupils


@pytest.fixture
def room(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    made = Room(workspace, monkeypatch)
    yield made
    made.close()


def lines(path: Path) -> list[str]:
    return [paragraph.text.replace("\u00a0", " ") for paragraph in Document(str(path)).paragraphs]


def test_a_pupil_is_shown_with_draft_and_paper(class_of_three: tuple[Group, list[str]], room: Room) -> None:
    _, pupils = class_of_three
    room.show(pupils[0])
    assert room.keys[:3] == ["general", "portfolio", "strengths"]
    assert room.section("general").box.isChecked()
    assert not room.section("purpose").box.isChecked()
    assert not room.section("purpose").words.isVisible()
    assert room.page.pages.pages == 1
    assert (room.page.group.currentText(), room.page.pupil.currentText()) == ("7 «А»", "Абрамов Иван")
    assert room.page.pupil.count() == 3
    assert not room.page.restore_button.isEnabled()
    assert room.page.teacher.text() == "Седова Ольга Ивановна"


def test_a_class_without_a_pupil_chosen_shows_its_first(class_of_three: tuple[Group, list[str]], room: Room) -> None:
    group, _ = class_of_three
    room.page.choose_group(group.id)
    room.window.show_page("reference")
    room.wait()
    assert room.page.pupil.currentText() == "Абрамов Иван"


def test_there_is_nobody_to_write_about(room: Room) -> None:
    asked: list[bool] = []
    room.page.wanted_pupils.connect(lambda: asked.append(True))
    room.window.show_page("reference")
    room.wait()
    assert room.page.empty.isVisible()
    assert not room.page.save_button.isVisible()
    room.click(room.page.empty.primary)
    assert asked == [True]


def test_a_pupil_in_no_class_is_told(workspace: Workspace, class_of_three: tuple[Group, list[str]], room: Room) -> None:
    with workspace.unit(workspace.actor) as unit:
        pupil = unit.pupils.add(PersonName("Ничей", "Иван"), date(2013, 1, 2), None)
    room.show(pupil)
    assert room.page.message.words.startswith("Этот ученик не записан ни в один класс 2026/27")
    assert room.page.pupil.currentText() == "Абрамов Иван"


def test_a_pupil_nobody_has_assessed_leads_to_the_portfolio(
    class_of_three: tuple[Group, list[str]], room: Room
) -> None:
    group, pupils = class_of_three
    asked: list[str] = []
    room.page.wanted_portfolio.connect(asked.append)
    room.show(pupils[2])
    assert room.page.message.words.startswith("Портфолио за этот год не отмечено")
    room.click(room.page.message.button)
    assert asked == [group.id]


def test_what_is_edited_stays_while_the_window_is_open(class_of_three: tuple[Group, list[str]], room: Room) -> None:
    _, pupils = class_of_three
    room.show(pupils[0])
    room.section("general").words.setPlainText("Переписано.")
    room.click(room.section("portfolio").box)
    assert not room.section("portfolio").words.isVisible()
    room.show(pupils[1])
    assert room.section("general").words.text().startswith("Белов Иван")
    room.show(pupils[0])
    assert room.section("general").words.text() == "Переписано."
    assert not room.section("portfolio").box.isChecked()
    assert room.page.restore_button.isEnabled()


def test_the_cursor_stays_in_its_section_from_pupil_to_pupil(
    class_of_three: tuple[Group, list[str]], room: Room
) -> None:
    room.show(class_of_three[1][0])
    room.window.activateWindow()
    room.section("strengths").words.setFocus()
    QTest.keyClick(room.section("strengths").words, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    room.wait()
    assert room.page.pupil.currentText() == "Белов Иван"
    assert room.section("strengths").words.hasFocus()
    QTest.keyClick(room.section("strengths").words, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    room.wait()
    assert room.page.pupil.currentText() == "Абрамов Иван"


def test_the_draft_comes_back_and_the_edit_after_it(class_of_three: tuple[Group, list[str]], room: Room) -> None:
    room.show(class_of_three[1][0])
    words = room.section("strengths").words
    drafted = words.text()
    words.setFocus()
    words.selectAll()
    QTest.keyClicks(words, "Other")
    assert words.text() == "Other"
    room.click(room.page.restore_button)
    assert words.text() == drafted
    assert not room.page.restore_button.isEnabled()
    words.undo()
    assert words.text() == "Other"


def test_stages_set_meanwhile_reach_the_draft_but_not_what_was_edited(
    workspace: Workspace, class_of_three: tuple[Group, list[str]], room: Room
) -> None:
    _, pupils = class_of_three
    room.show(pupils[1])
    room.section("portfolio").words.setPlainText("Моё.")
    marks = [portfolio.Mark(portfolio.Cell(pupils[1], "speech"), 3)]
    room.desk.write(
        lambda: portfolio.set_stages(workspace, workspace.actor, FIRST, marks), owner=room.page, done=lambda _: None
    )
    room.wait()
    assert "говорит ясно" in room.section("strengths").words.text()
    assert room.section("portfolio").words.text() == "Моё."


def test_the_paper_is_drawn_anew_after_an_edit(
    class_of_three: tuple[Group, list[str]], room: Room, qtbot: object
) -> None:
    room.show(class_of_three[1][0])
    shown = room.page.pages._data
    room.section("general").words.setPlainText("Длинное. " * 900)
    room.page._rest.timeout.emit()
    room.wait()
    assert room.page.pages._data != shown
    assert room.page.pages.pages > 1


def test_saving_for_word_writes_what_is_in_the_fields(
    class_of_three: tuple[Group, list[str]], room: Room, tmp_path: Path
) -> None:
    room.show(class_of_three[1][0])
    room.section("general").words.setPlainText("Первый абзац.\nВторой абзац.")
    room.page.teacher.setText("Иванова Анна Петровна")
    room.given = tmp_path / "x.docx"
    room.click(room.page.save_button)
    assert room.page.message.words == f"Сохранено: {room.given}"
    shown = lines(room.given)
    assert shown[6:8] == ["Первый абзац.", "Второй абзац."]
    assert shown[-2].endswith("А. П. Иванова")
    room.click(room.page.message.button)
    assert room.opened == [QUrl.fromLocalFile(str(room.given))]


def test_saving_pdf(class_of_three: tuple[Group, list[str]], room: Room, tmp_path: Path) -> None:
    room.show(class_of_three[1][0])
    room.given = tmp_path / "x.pdf"
    room.click(room.page.pdf_button)
    assert room.given.read_bytes().startswith(b"%PDF")


def test_a_place_that_cannot_be_written_is_told(
    class_of_three: tuple[Group, list[str]], room: Room, tmp_path: Path
) -> None:
    room.show(class_of_three[1][0])
    room.given = tmp_path / "нет такой" / "x.docx"
    room.click(room.page.save_button)
    assert room.page.message.words.startswith("Не удалось сохранить")


# -- a whole class ----------------------------------------------------------------------------------


def test_the_whole_class_with_what_was_edited(
    class_of_three: tuple[Group, list[str]], room: Room, tmp_path: Path
) -> None:
    _, pupils = class_of_three
    room.show(pupils[0])
    room.section("general").words.setPlainText("Переписано.")
    room.show(pupils[1])
    room.given = tmp_path / "класс"
    room.given.mkdir()
    room.click(room.page.class_button)
    assert room.page.message.words == f"Сохранено: 3 файла в папке {room.given}"
    assert "Переписано." in lines(room.given / "Характеристика, Абрамов Иван.docx")
    assert room.page.class_button.isEnabled()
    assert not room.page.progress.isVisible()


def test_the_whole_class_can_be_stopped(class_of_three: tuple[Group, list[str]], room: Room, tmp_path: Path) -> None:
    room.show(class_of_three[1][0])
    room.given = tmp_path
    QTest.mouseClick(room.page.class_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(room.page.progress.button, Qt.MouseButton.LeftButton)
    room.wait()
    assert room.page.message.words == f"Остановлено. Что успело сохраниться, лежит в папке {tmp_path}"
    assert len(list(tmp_path.glob("Характеристика*.docx"))) < 3
    assert room.page.class_button.isEnabled()


# -- the school's own template ----------------------------------------------------------------------


@pytest.fixture
def template(workspace: Workspace, class_of_three: tuple[Group, list[str]], tmp_path: Path) -> Path:
    path = tmp_path / "Наш шаблон.docx"
    reference = references.as_left(references.draft(workspace, workspace.actor, class_of_three[1][0]))
    path.write_bytes(references.sample(reference))
    return path


def test_a_template_is_used_until_it_is_put_away(
    class_of_three: tuple[Group, list[str]], room: Room, template: Path, tmp_path: Path
) -> None:
    room.show(class_of_three[1][0])
    room.given = template
    room.click(room.page.template_button)
    assert room.page.message.words.startswith("Шаблон подходит")
    assert room.page.template_name.text() == "Шаблон: Наш шаблон.docx"
    assert settings.load().reference_template == str(template)
    room.given = tmp_path / "по шаблону.docx"
    room.click(room.page.save_button)
    assert len(Document(str(room.given)).tables) == 1
    room.click(room.page.template_button)
    assert room.page.template_name.text() == "Обычный вид"
    room.click(room.page.save_button)
    assert len(Document(str(room.given)).tables) == 0


def test_a_template_that_does_not_fit_is_not_taken(
    class_of_three: tuple[Group, list[str]], room: Room, tmp_path: Path
) -> None:
    room.show(class_of_three[1][0])
    document = Document()
    document.add_paragraph("{{ фио_дателный }}")
    room.given = tmp_path / "плохой.docx"
    document.save(str(room.given))
    room.click(room.page.template_button)
    assert room.page.message.words == (
        "В шаблоне названо поле «фио_дателный», такого поля нет. Похожее: «фио_дательный»."
    )
    assert settings.load().reference_template == ""


def test_a_template_that_is_gone_is_told(
    class_of_three: tuple[Group, list[str]], room: Room, template: Path, tmp_path: Path
) -> None:
    room.show(class_of_three[1][0])
    room.given = template
    room.click(room.page.template_button)
    template.unlink()
    room.given = tmp_path / "x.docx"
    room.click(room.page.save_button)
    assert "Наш шаблон.docx" in room.page.message.words
    assert not room.given.exists()


def test_fields_are_copied_and_the_sample_is_saved(
    class_of_three: tuple[Group, list[str]], room: Room, tmp_path: Path
) -> None:
    room.show(class_of_three[1][0])
    room.click(room.page.fields_button)
    (dialog,) = room.page.findChildren(FieldsDialog)
    shown = {field.name: field.example for field in dialog.table.rows()}
    assert shown["фио_дательный"] == "Абрамову Ивану Петровичу"
    assert dialog.table.choose("фио_дательный")
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "{{ фио_дательный }}"
    room.given = tmp_path / "образец.docx"
    room.click(dialog.sample_button)
    assert "{{ на_кого }}" in lines(room.given)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_sex_nobody_wrote_down_needs_no_slashes(workspace: Workspace, room: Room) -> None:
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("Солнышко"), "preschool", YEAR)
        pupil = unit.pupils.add(PersonName("Ан", "Саша"), date(2020, 1, 2), None)
        unit.pupils.enrol(pupil, group.id, YEAR)
    mark(workspace, FIRST, (pupil, "leadership", 2), (pupil, "taste", 3))
    room.show(pupil)
    assert room.section("strengths").words.text().startswith("Саша ")
    assert room.section("developing").words.text().startswith("Ребёнок чаще всего")
