"""The choice of a profile by keyboard: a class teacher looks at the facts, writes what was chosen, takes it back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from diagnostic_school import TEACHER, TEACHERS_PASSWORD, add_teacher, new_workspace
from journey_user import User
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from support import YEAR

from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, PROFILE_CHOICES, PUPIL
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.gui.choices.page import ChoicesPage
from profdesk.gui.common.entry_dialog import EntryDialog
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.start import opened
from profdesk.services import consents, pupils, registers, talks
from profdesk.storage import opening as storage

CTRL, ALT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
SECRET, TOLD = "боится выступать", "Склонность к технике."
NAMES = ((9, "Алексеева"), (9, "Баранов"), (9, "Власова"), (10, "Громова"), (10, "Дроздов"))


@pytest.fixture
def page(user: User, tmp_path: Path) -> ChoicesPage:
    """The page of a class teacher in a school where the psychologist and others have written."""
    made = new_workspace(tmp_path / "desk")
    with made.unit(made.actor) as unit:
        ids = []
        for grade, surname in NAMES:
            group = unit.pupils.ensure_group(GroupName(f"{grade} «А»", grade, "А"), "secondary", YEAR)
            ids.append(unit.pupils.add(PersonName(surname, "Саша"), date(2010, 5, 6), None))
            unit.pupils.enrol(ids[-1], group.id, YEAR)
        unit.released.release(ids[1], "sheet", date(2026, 11, 20), TOLD, datetime(2026, 11, 20, 9, tzinfo=UTC))
    consents.give(made, made.actor, ids, ConsentKind.PSYCHOLOGICAL, date(2026, 9, 1))
    talk = TalkEntry(TalkKind.CONSULTATION, date(2026, 11, 20), ids[1], reason="тревога", words=SECRET)
    talks.write(made, made.actor, talk)
    won = {"title": "Олимпиада по физике", "kind": "olympiad", "level": "municipal", "place": "prize"}
    registers.add(made, made.actor, ACHIEVEMENTS, {PUPIL: ids[1], **won, "held_on": date(2026, 11, 3)})
    for pupil, profile in ((ids[3], "natural"), (ids[4], "economic")):
        chosen = {PUPIL: pupil, "decided_on": date(2026, 5, 12), "profile": profile, "basis": "портфолио"}
        registers.add(made, made.actor, PROFILE_CHOICES, chosen)
    add_teacher(made)
    user.windows.show_main(opened.read(storage.open_workspace(made.path, TEACHER.id, TEACHERS_PASSWORD)))
    shown = user.page("choices")
    assert isinstance(shown, ChoicesPage)
    return shown


def key(user: User, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key where the cursor is."""
    window = QApplication.activeModalWidget() or user.main
    window.activateWindow()
    QApplication.processEvents()
    user.qtbot.keyClick(QApplication.focusWidget() or window, pressed, modifiers)
    user.wait()


def form(user: User) -> EntryDialog:
    user.wait()
    return next(one for one in user.main.findChildren(EntryDialog) if one.isVisible())


def type_in(user: User, **fields: str) -> None:
    for code, words in fields.items():
        box = form(user).rows[code].box
        user.type(box.lineEdit() if isinstance(box, QComboBox) and box.isEditable() else box, words)


def states(page: ChoicesPage) -> list[str]:
    return [row.state for row in page.choice.table.rows()]


def facts(page: ChoicesPage) -> str:
    """Everything that can be read of the pupil at right."""
    return " ".join(one.text() for one in page.choice.side.findChildren(QLabel) if one.isVisible())


def test_a_class_teacher_writes_what_was_chosen_after_looking_at_the_facts(user: User, page: ChoicesPage) -> None:
    view = page.choice
    assert (page.group.currentText(), states(page)) == ("9 «А»", ["не выбран"] * 3)
    assert view.table.hasFocus()
    key(user, Qt.Key.Key_Down, ALT)
    assert view.name.text() == "Баранов Саша"
    for known in (TOLD, "Олимпиада по физике", "призёр, муниципалитет", "Проб ещё не было", "Профиль пока не выбран"):
        assert known in facts(page)
    assert SECRET not in facts(page)
    key(user, Qt.Key.Key_N, CTRL)
    dialog = form(user)
    assert dialog.rows[PUPIL].typed == "Баранов Саша, 9 «А»"
    assert dialog.rows["decided_on"].typed == f"{pupils.today():%d.%m.%Y}"
    assert dialog.rows["decided_on"].box.hasFocus()
    dialog.rows["decided_on"].put(None)
    type_in(user, wish="Хочет собирать роботов", profile="тех", conscious="осо", decided_on="31.02.2026")
    key(user, Qt.Key.Key_Return, CTRL)
    wrong = {code: row.note.words for code, row in dialog.rows.items() if row.box.property("wrong")}
    assert wrong == {
        "decided_on": "Дата не понята: «31.02.2026». Напишите так: 05.09.2026.",
        "basis": "Заполните поле «На чём основан выбор».",
        "judged_by": "Заполните поле «Кто так считает».",
    }
    dialog.rows["decided_on"].put(pupils.today())
    type_in(user, basis="проба и олимпиада", judged_by="классный руководитель Седова О. И.")
    key(user, Qt.Key.Key_Return, CTRL)
    assert states(page) == ["не выбран", "технологический", "не выбран"]
    assert view.choice.headline.text() == "Профиль: технологический"
    assert view.choice.chip.accessibleName() == "осознанный"
    assert view.count.text() == "Выбрали 1 из 3, осознанно 1"
    assert "Желание: Хочет собирать роботов" in facts(page)
    assert user.main.status.undo_words.startswith("Отменить: добавление, Баранов Саша")
    key(user, Qt.Key.Key_Z, CTRL)
    assert states(page) == ["не выбран"] * 3
    assert view.message.words.startswith("Отменено: добавление, Баранов Саша")
    key(user, Qt.Key.Key_Y, CTRL)
    assert states(page)[1] == "технологический"


def test_a_change_of_mind_keeps_the_former_choice_and_a_withdrawn_one_comes_back(user: User, page: ChoicesPage) -> None:
    view = page.choice
    for day, profile in (("12.05.2026", "гум"), ("20.10.2026", "тех")):
        key(user, Qt.Key.Key_N, CTRL)
        form(user).rows["decided_on"].put(None)
        type_in(user, decided_on=day, profile=profile, basis="собеседование")
        key(user, Qt.Key.Key_Return, CTRL)
    assert view.choice.headline.text() == "Профиль: технологический"
    assert "Профиль: гуманитарный" in facts(page)
    key(user, Qt.Key.Key_Return)
    assert form(user).rows["profile"].read() == "technological"
    type_in(user, reserve="уни")
    key(user, Qt.Key.Key_Return, CTRL)
    assert "В запасе: универсальный" in view.choice.more.text()
    key(user, Qt.Key.Key_Delete)
    assert view.choice.headline.text() == "Профиль: гуманитарный"
    assert view.message.words == "Запись убрана: Алексеева Саша, технологический."
    user.press(view.message.button, Qt.Key.Key_Space)
    assert view.choice.headline.text() == "Профиль: технологический"


def test_a_profession_is_written_with_its_reserve(user: User, page: ChoicesPage) -> None:
    key(user, Qt.Key.Key_F, CTRL)
    user.type(page.choice.search_field, "влас")
    user.qtbot.wait(200)
    key(user, Qt.Key.Key_Down)
    assert page.choice.name.text() == "Власова Саша"
    page.subject.setFocus()
    key(user, Qt.Key.Key_Right)
    assert states(page) == ["не выбрана"]
    key(user, Qt.Key.Key_N, CTRL)
    type_in(user, profession="сетевой врач", reserve="архитектор территорий", goal="поступить в колледж")
    key(user, Qt.Key.Key_Return, CTRL)
    assert states(page) == ["сетевой врач"]
    assert page.choice.more.text() == "Цель: поступить в колледж. В запасе: архитектор территорий"
    assert page.choice.words.text() == "Основание не записано"
    key(user, Qt.Key.Key_K, CTRL)
    assert user.main.page.name == "pupil-card"


def test_a_class_of_grade_10_is_recorded_in_one_act_and_taken_back(user: User, page: ChoicesPage) -> None:
    page.group.setFocus()
    key(user, Qt.Key.Key_Down)
    assert (page.group.currentText(), page.subject.key) == ("10 «А»", "profile_studies")
    assert states(page) == ["не записан"] * 2
    assert page.choice.words.text() == "Выбран раньше: естественно-научный, 12\u00a0мая 2026\u00a0г."
    assert page.choice.all_button.text() == "Записать 2 по выбранному профилю"
    user.press(page.choice.all_button, Qt.Key.Key_Space)
    assert states(page) == ["естественно-научный", "социально-экономический"]
    assert page.choice.choice.chip.accessibleName() == "по выбранному профилю"
    assert not page.choice.all_button.isVisible()
    assert page.choice.message.words == "Записано: 10 «А», обучение 2 учеников по выбранному профилю."
    user.press(page.choice.message.button, Qt.Key.Key_Space)
    assert states(page) == ["не записан"] * 2


def test_the_facts_go_on_one_sheet(user: User, page: ChoicesPage, tmp_path: Path) -> None:
    papers = lambda: [one for one in user.main.findChildren(PaperDialog) if one.isVisible()]  # noqa: E731
    key(user, Qt.Key.Key_P, CTRL)
    user.qtbot.waitUntil(lambda: bool(papers()))
    user.wait()
    (paper,) = papers()
    assert paper.heading.text() == "Факты для выбора, Алексеева Саша"
    user.given = tmp_path / "Факты.pdf"
    user.click(paper.save_button)
    assert user.given.read_bytes().startswith(b"%PDF")
    key(user, Qt.Key.Key_Escape)
    assert not papers()


def test_where_nobody_chooses_yet_the_way_leads_to_the_lists(user: User, tmp_path: Path) -> None:
    user.windows.show_main(opened.read(new_workspace(tmp_path / "desk")))
    page = user.page("choices")
    assert isinstance(page, ChoicesPage)
    assert not page.add_button.isVisible()
    assert page.choice.empty.primary.hasFocus()
    key(user, Qt.Key.Key_Space)
    assert user.main.page.name == "pupils"
