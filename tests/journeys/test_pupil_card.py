"""The card of a pupil by keyboard: found in the list, compared with earlier, tabs, the next pupil, back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from journey_user import User, make_workspace
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel
from support import mark

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import GroupName, PersonName, Sex
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.pupil_card.files_tab import FilesTab
from profdesk.gui.pupil_card.page import PupilCardPage
from profdesk.gui.pupils.page import PupilsPage

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def card(user: User, tmp_path: Path) -> PupilCardPage:
    """A school with two girls who were in its kindergarten a year ago; the first is assessed."""
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    year = desk.organisation.period.year
    with desk.workspace.unit(desk.actor) as unit:
        nursery = unit.pupils.ensure_group(GroupName("Подготовительная «Радуга»"), "preschool", year.previous)
        school = unit.pupils.ensure_group(GroupName("1 «А»", 1, "А"), "primary", year)
        ids = []
        for surname in ("Алексеева", "Белова"):
            born = date(year.start - 7, 3, 14)
            ids.append(unit.pupils.add(PersonName(surname, "Мария", "Андреевна"), born, Sex.FEMALE))
            unit.pupils.enrol(ids[-1], nursery.id, year.previous)
            unit.pupils.enrol(ids[-1], school.id, year)
    before, now = Period(year.previous, Term.SECOND), Period(year, Term.FIRST)
    mark(desk.workspace, before, (ids[0], "creativity", 1))
    mark(desk.workspace, now, (ids[0], "creative", 3), (ids[0], "responsibility", 2))
    mark(desk.workspace, now, (ids[0], "creative", 1), basis=Basis.SELF)
    user.page("portfolio")
    pupils = user.page("pupils")
    assert isinstance(pupils, PupilsPage)
    pupils.list.reload()
    user.wait()
    user.press(pupils.list.table, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert isinstance(user.main.page, PupilCardPage)
    return user.main.page


def test_card_is_opened_from_the_list_and_leads_on_and_back(user: User, card: PupilCardPage) -> None:
    assert card.header.title == "Алексеева Мария Андреевна"
    assert card.place.text() == "Ученица 1 из 2"
    assert "до этого Подготовительная «Радуга»" in card.header.findChildren(type(card.place))[1].accessibleName()
    user.qtbot.keyClick(card.tabs, Qt.Key.Key_Down, ALT)
    user.wait()
    assert card.header.title == "Белова Мария Андреевна"
    assert card.state.words == "Портфолио не начато"
    assert card.portfolio.no_radar.isVisible()
    assert not card.next_button.isEnabled()
    user.qtbot.keyClick(card.tabs, Qt.Key.Key_Up, ALT)
    user.wait()
    assert card.state.words == "Не хватает 13 из 15"
    user.press(card.tabs, Qt.Key.Key_Escape)
    assert user.main.page.name == "pupils"


def test_growth_is_followed_from_the_kindergarten(user: User, card: PupilCardPage) -> None:
    assert card.card is not None
    assert [group.name.grade for group in card.card.growth.years] == [None, 1]
    said = card.portfolio.growth.accessibleDescription()
    assert "Креативность: сад 1, 1 3" in said
    assert "Креативность: стадия 3, раньше 1" in card.portfolio.radar.accessibleDescription()
    assert card.portfolio.figures.accessibleName().startswith("2 стадии прибавились ")
    assert card.portfolio.growth_note.isVisible()


def test_everything_recorded_is_listed_filtered_and_found(user: User, card: PupilCardPage) -> None:
    records = card.records
    for _ in range(card.tabs.count() - 1):
        assert not records.isVisible()
        user.qtbot.keyClick(card.tabs, Qt.Key.Key_Tab, CTRL)
    user.wait()
    assert records.isVisible()
    assert {entry.basis for entry in records.table.rows() if hasattr(entry, "basis")} >= {"Наблюдение", "Самооценка"}
    user.qtbot.keyClick(card.tabs, Qt.Key.Key_F, CTRL)
    assert records.search_field.hasFocus()
    user.type(records.search_field, "самооценка")
    records.search_field.searched.emit("самооценка")
    assert records.count.text().replace("\u00a0", " ") == "1 запись"
    records.search_field.clear()
    records.search_field.searched.emit("")
    records.kinds.setCurrentIndex(records.kinds.findText("Классы и выбытие"))
    assert records.count.text().replace("\u00a0", " ") == "2 записи"
    records.search_field.setText("такого нет")
    records.search_field.searched.emit("такого нет")
    assert records.table.nothing == "Таких записей нет"


def test_a_file_given_to_the_card_is_counted_on_its_tab(user: User, card: PupilCardPage, tmp_path: Path) -> None:
    work = tmp_path / "Проект.txt"
    work.write_text("Вода нашего округа", encoding="utf-8")
    place, tab = next((at, tab) for at, tab in enumerate(card.shown_tabs) if isinstance(tab, FilesTab))
    card.tabs.setCurrentIndex(place)
    tab.files.add([work])
    user.wait()
    assert card.tabs.tabText(place).split() == ["Файлы", "1"]


def test_a_mark_set_elsewhere_is_seen_at_once(user: User, card: PupilCardPage) -> None:
    from profdesk.services import portfolio

    desk = user.windows.desk
    assert card.card is not None
    marks = [Mark(Cell(card.card.pupil.id, "responsibility"), 3)]
    now = Period(desk.organisation.period.year, Term.FIRST)
    desk.write(lambda: portfolio.set_stages(desk.workspace, desk.actor, now, marks), owner=card, done=lambda _: None)
    user.wait()
    assert "Ответственность: 1 3" in card.portfolio.growth.accessibleDescription()


def test_the_card_is_printed_on_one_sheet(user: User, card: PupilCardPage) -> None:
    user.qtbot.keyClick(card.tabs, Qt.Key.Key_P, CTRL)
    user.wait()
    (dialog,) = card.findChildren(PaperDialog)
    data = dialog._data
    with PdfDocument(data) as pdf:
        assert len(pdf) == 1
        words = pdf[0].get_textpage().get_text_range()
    assert "Алексеева Мария Андреевна" in words
    assert "Креативность" in words
    dialog.done(QDialog.DialogCode.Rejected)


def test_school_years_are_named(card: PupilCardPage) -> None:
    assert card.card is not None
    assert card.card.year == SchoolYear(card.card.growth.years[-1].year)


def test_whoever_is_gone_meanwhile_is_told_and_passed_over(user: User, card: PupilCardPage) -> None:
    assert card.card is not None
    first, second = card.card.among
    card.choose_pupil(first, (first, "gone", second))
    user.wait()
    user.qtbot.keyClick(card.tabs, Qt.Key.Key_Down, ALT)
    user.wait()
    assert card.message.words == "Такого ученика больше нет. Вернитесь к списку."
    assert card.header.title == "Алексеева Мария Андреевна"
    user.qtbot.keyClick(card.tabs, Qt.Key.Key_Down, ALT)
    user.wait()
    assert card.header.title == "Белова Мария Андреевна"
    assert not card.message.isVisible()


def test_a_name_too_long_for_the_head_is_cut_with_a_mark(card: PupilCardPage) -> None:
    name = "Константинопольская-Вознесенская-Преображенская Александра-Виктория Аполлинариевна"
    card.header.set_title(name)
    card.header.resize(600, 48)
    assert card.header.title == name
    assert card.header.findChildren(QLabel)[0].text().endswith("…")


def test_a_tab_is_given_the_card_when_it_is_looked_at(user: User, card: PupilCardPage) -> None:
    assert card.records.table.rows() == []
    user.qtbot.keyClick(card.tabs, Qt.Key.Key_Tab, CTRL | Qt.KeyboardModifier.ShiftModifier)
    user.wait()
    assert card.records.isVisible()
    assert any(getattr(entry, "basis", "") == "Самооценка" for entry in card.records.table.rows())
    user.qtbot.keyClick(card.tabs, Qt.Key.Key_Down, ALT)
    user.wait()
    assert not any(getattr(entry, "basis", "") == "Самооценка" for entry in card.records.table.rows())


def test_the_way_back_is_named_after_where_it_leads(user: User, card: PupilCardPage) -> None:
    assert card.back_button.text() == "Обучающиеся"
    assert card.card is not None
    pupil = card.card.pupil.id
    user.page("class-overview").wanted_card.emit(pupil)  # type: ignore[attr-defined]
    user.wait()
    assert card.back_button.text() == "Обзор класса"
    user.press(card.tabs, Qt.Key.Key_Escape)
    assert user.main.page.name == "class-overview"


def test_another_earlier_date_is_chosen_by_keyboard_and_printed(user: User, card: PupilCardPage) -> None:
    desk = user.windows.desk
    assert card.card is not None
    pupil = card.card.pupil.id
    autumn = Period(desk.organisation.period.year.previous, Term.FIRST)
    with desk.workspace.unit(desk.actor) as unit:
        day = date(autumn.year.start, 10, 1)
        unit.portfolio.append([Mark(Cell(pupil, "creativity"), 0)], autumn, Basis.OBSERVATION, day, datetime.now(UTC))
    card.on_changes(Changes.of("b", Kind.ASSESSMENTS))
    user.wait()
    former = card.portfolio.earlier.currentText()
    card.portfolio.earlier.setFocus()
    user.press(card.portfolio.earlier, Qt.Key.Key_Down if card.portfolio.earlier.currentIndex() == 0 else Qt.Key.Key_Up)
    assert card.portfolio.earlier.currentText() != former
    assert card.portfolio.earlier_for(card.card) == card.portfolio.earlier.currentData()
    user.qtbot.keyClick(card.tabs, Qt.Key.Key_Down, ALT)
    user.wait()
    user.qtbot.keyClick(card.tabs, Qt.Key.Key_Up, ALT)
    user.wait()
    assert card.portfolio.earlier_for(card.card) == card.card.usual_earlier
