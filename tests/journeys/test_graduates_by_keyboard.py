"""Where graduates went, by keyboard: a list is loaded, those missing are found and marked at once, undone, printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from openpyxl import Workbook, load_workbook
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog

from profdesk.domain.graduates import Met
from profdesk.domain.people import GroupName, Leave, LeaveReason, PersonName
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES
from profdesk.domain.registers_of_work import DEMAND, PROFESSIONS
from profdesk.gui.choices.graduates_view import GraduatesView
from profdesk.gui.choices.page import ChoicesPage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.registers.page import RegistersPage
from profdesk.services import pupils, registers

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
NINE = ("Ан", "Белов", "Гусев", "Ежов")
ELEVEN = ("Жуков", "Зимин")


@pytest.fixture
def view(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GraduatesView:
    """Four finished grade 9 and two grade 11 last summer; two are in grade 10 now, one meant to become a cook."""
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    workspace, actor, year = desk.workspace, desk.actor, desk.organisation.period.year
    last = year.previous
    monkeypatch.setattr(pupils, "today", lambda: date(year.start, 11, 26))
    with workspace.unit(actor) as unit:
        ids = {name: unit.pupils.add(PersonName(name, "Иван"), date(2010, 5, 6), None) for name in (*NINE, *ELEVEN)}
        for grade, there in ((9, NINE), (11, ELEVEN)):
            group = unit.pupils.ensure_group(GroupName(f"{grade} «А»", grade, "А"), "basic", last)
            unit.pupils.enrol_all([ids[name] for name in there], group.id, last)
        ten = unit.pupils.ensure_group(GroupName("10 «А»", 10, "А"), "secondary", year)
        unit.pupils.enrol_all([ids["Ан"], ids["Белов"]], ten.id, year)
        left = [ids[name] for name in (*NINE[2:], *ELEVEN)]
        unit.pupils.leave(left, last, Leave(last.last_day, LeaveReason.GRADUATED))
    cook, _ = registers.add(workspace, actor, PROFESSIONS, {"title": "повар"})
    registers.add(workspace, actor, DEMAND, {"profession": cook.id, "year": year.start, "source": "центр занятости"})
    chosen = {"pupil_id": ids["Гусев"], "decided_on": date(year.start, 3, 3), "profession": cook.id}
    registers.add(workspace, actor, PROFESSION_CHOICES, chosen)
    page = user.page("choices")
    assert isinstance(page, ChoicesPage)
    page.view.setFocus()
    key(user, Qt.Key.Key_Right)
    assert page.front is page.graduates
    return page.graduates


def key(user: User, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key where the cursor is."""
    popup = QApplication.activePopupWidget()
    window = QApplication.activeModalWidget() or user.main
    if popup is None:
        window.activateWindow()
        QApplication.processEvents()
    user.qtbot.keyClick(popup or QApplication.focusWidget() or window, pressed, modifiers)
    user.wait()


def shown(view: GraduatesView) -> list[tuple[str, str]]:
    return [(line.name.split()[0], line.where) for line in view.table.rows()]


def destinations(view: GraduatesView, folder: Path) -> Path:
    year = view.desk.organisation.period.year.start
    book = Workbook()
    sheet = book.worksheets[0]
    for line in (
        ("Выпускник", "После какого класса", "Год выпуска", "Куда", "Профессия", "Специальность"),
        ("Гусев Иван", "после 9 класса", year, "колледж или техникум", "повар", "Поварское дело"),
        ("Жуков Иван", "после 11 класса", year, "вуз", "", "Прикладная математика"),
        ("Никто Иван", "после 11 класса", year, "вуз", "", ""),
        ("Зимин Иван", "после 11 класса", year - 200, "вуз", "", ""),
    ):
        sheet.append(line)
    path = folder / "выпускники.xlsx"
    book.save(path)
    return path


def test_a_list_is_loaded_and_told_beside_what_was_meant(user: User, view: GraduatesView, tmp_path: Path) -> None:
    assert len(shown(view)) == 6
    user.given = destinations(view, tmp_path)
    key(user, Qt.Key.Key_O, CTRL)
    registers_page = user.main.page
    assert isinstance(registers_page, RegistersPage)
    preview = registers_page.preview
    assert [row.fate.name for row in preview.table.rows()] == ["NEW", "NEW", "REFUSED", "REFUSED"]
    told = [row.told for row in preview.table.rows()][2:]
    assert "Никто Иван" in told[0]
    assert told[1] == "Год выпуска: от 2000 до 2099."
    user.press(preview.load_button, Qt.Key.Key_Space)
    assert user.main.page.name == "choices"
    assert view.message.words == "Загружено: 2 новые записи."
    assert dict(shown(view))["Гусев"] == "колледж или техникум"
    (cook,) = [line for line in view.table.rows() if line.name == "Гусев Иван"]
    year = view.desk.organisation.period.year.start
    assert (cook.demand, cook.graduate.met) == (f"востребована в {year}", Met.INTENDED)
    assert view.board.accessibleDescription().startswith(
        "После 9 класса: записано 1 из 4; колледж или техникум 1, не записано 3; востребована: 1 из 1; по намерению 1."
    )
    key(user, Qt.Key.Key_Z, CTRL)
    assert {where for _, where in shown(view)} == {"не записано"}


def test_a_list_that_is_left_leads_back(user: User, view: GraduatesView, tmp_path: Path) -> None:
    user.given = destinations(view, tmp_path)
    key(user, Qt.Key.Key_O, CTRL)
    assert user.main.page.name == "registers"
    key(user, Qt.Key.Key_Escape)
    assert user.main.page.name == "choices"
    assert {where for _, where in shown(view)} == {"не записано"}


def test_the_missing_are_marked_at_once_and_undone(user: User, view: GraduatesView) -> None:
    view.table.setFocus()
    for _ in range(5):
        key(user, Qt.Key.Key_Down)
    mark(user, view, 2)
    assert shown(view)[-1] == ("Зимин", "вуз")
    user.press(view.open_filter, Qt.Key.Key_Space)
    assert [name for name, _ in shown(view)] == ["Ан", "Белов", "Гусев", "Ежов", "Жуков"]
    view.table.setFocus()
    for _ in range(5):
        key(user, Qt.Key.Key_Up)
    key(user, Qt.Key.Key_Down, SHIFT)
    assert view.mark_button.text() == "Записать 2 выпускников"
    mark(user, view, 0)
    assert [name for name, _ in shown(view)] == ["Гусев", "Ежов", "Жуков"]
    assert view.message.words == "Записано: 10 класс, 2 выпускника."
    assert "10 класс 2, не записано 2" in view.board.accessibleDescription()
    key(user, Qt.Key.Key_Z, CTRL)
    assert len(shown(view)) == 5
    key(user, Qt.Key.Key_Y, CTRL)
    assert len(shown(view)) == 3
    key(user, Qt.Key.Key_Z, CTRL)
    key(user, Qt.Key.Key_Z, CTRL)
    user.press(view.open_filter, Qt.Key.Key_Space)
    assert {where for _, where in shown(view)} == {"не записано"}


def test_the_year_is_printed_without_names_until_they_are_asked_for(user: User, view: GraduatesView) -> None:
    view.table.setFocus()
    key(user, Qt.Key.Key_P, CTRL)
    (dialog,) = view.findChildren(PaperDialog)
    assert pages(dialog)[0].startswith("Выпускники 20")
    assert "Гусев" not in " ".join(pages(dialog))
    user.press(dialog.option, Qt.Key.Key_Space)
    assert "Гусев Иван" in pages(dialog)[1]
    dialog.done(QDialog.DialogCode.Rejected)


def mark(user: User, view: GraduatesView, number: int) -> None:
    """Open the menu of the button and take a line of it by number."""
    view.menu.popup(view.mark_button.mapToGlobal(view.mark_button.rect().bottomLeft()))
    for _ in range(number + 1):
        key(user, Qt.Key.Key_Down)
    key(user, Qt.Key.Key_Return)


def pages(dialog: PaperDialog) -> list[str]:
    with PdfDocument(dialog._data) as pdf:
        return [page.get_textpage().get_text_range().replace("\u00a0", " ") for page in pdf]


def test_those_in_grade_ten_are_offered_and_one_is_written_in_the_dialog(user: User, view: GraduatesView) -> None:
    assert view.message.words == "После 9 класса учатся здесь дальше, но это ещё не записано: 2."
    user.press(view.message.button, Qt.Key.Key_Space)
    assert [where for _, where in shown(view)][:2] == ["10 класс"] * 2
    assert view.message.words == "Записано: 10 класс, 2 выпускника."
    view.table.setFocus()
    for _ in range(5):
        key(user, Qt.Key.Key_Down)
    key(user, Qt.Key.Key_Return)
    dialog = view.acts.dialog
    assert dialog is not None
    assert str(dialog.rows["pupil_id"].typed).startswith("Зимин Иван, 11 «А»")
    assert dialog.rows["year"].typed == str(view.desk.organisation.period.year.start)
    box = dialog.rows["kind"].box
    assert isinstance(box, QComboBox)
    user.type(box, "вуз")
    key(user, Qt.Key.Key_Return)
    assert shown(view)[-1] == ("Зимин", "вуз")
    key(user, Qt.Key.Key_Delete)
    assert view.message.words == "Убрано из реестра: Зимин Иван."
    assert shown(view)[-1] == ("Зимин", "не записано")
    user.press(view.message.button, Qt.Key.Key_Space)
    assert shown(view)[-1] == ("Зимин", "вуз")


def test_graduates_are_found_ordered_copied_and_written_to_a_workbook(
    user: User, view: GraduatesView, tmp_path: Path
) -> None:
    key(user, Qt.Key.Key_F, CTRL)
    user.type(view.search_field, "повар")
    view.search_field.searched.emit("повар")
    assert [name for name, _ in shown(view)] == ["Гусев"]
    assert view.count.text() == "1 из 6"
    key(user, Qt.Key.Key_Return)
    key(user, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text().startswith("Гусев Иван\t9 «А»\tповар")
    view.search_field.clear()
    view.search_field.searched.emit("")
    view.table.horizontalHeader().sectionClicked.emit(1)
    view.table.horizontalHeader().sectionClicked.emit(1)
    assert [name for name, _ in shown(view)][:2] == ["Жуков", "Зимин"]
    user.given = tmp_path / "год.xlsx"
    user.press(view.tools.export_button, Qt.Key.Key_Space)
    rows = list(load_workbook(user.given).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 7
    assert view.message.words == f"Сохранено: {user.given}."
