"""The first page by keyboard: from what is left to do to where it is done, and back to the same line."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from journey_user import PASSWORD, User, make_workspace
from paper_checks import raw_pages
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from support import mark

from profdesk.domain.activities import Activity, ActivityEntry, Sort
from profdesk.domain.consents import ConsentKind
from profdesk.domain.overview import Subject
from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.registers import AGREEMENTS, PARTNERS
from profdesk.domain.registers_of_pupils import PROFILE_CHOICES
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.activities.activity_dialog import ActivityDialog
from profdesk.gui.activities.page import ActivitiesPage
from profdesk.gui.certificates.page import CertificatesPage
from profdesk.gui.choices.page import ChoicesPage
from profdesk.gui.common.consents_dialog import ConsentsDialog
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.copies.page import CopiesPage
from profdesk.gui.overview.page import OverviewPage
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.registers.page import RegistersPage
from profdesk.services import activities, consents, pupils, registers, workspaces
from profdesk.services.pupils import today

CTRL = Qt.KeyboardModifier.ControlModifier


def press(user: User, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the cursor is."""
    user.qtbot.keyClick(QApplication.focusWidget() or user.main, key, modifiers)
    user.wait()


def overview(user: User) -> OverviewPage:
    shown = user.main.page
    assert isinstance(shown, OverviewPage)
    return shown


def subjects(page: OverviewPage) -> list[Subject]:
    return [line.task.subject for line in page.tasks.lines()]


def go_to(
    user: User,
    subject: Subject,
    measure: str = "",
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """From the first line down to the one that is meant, then Enter."""
    page = overview(user)
    for _ in page.tasks.lines():
        press(user, Qt.Key.Key_Up)
    for _ in page.tasks.lines():
        line = page.tasks.line()
        assert line is not None
        figure = line.task.figure
        if line.task.subject is subject and (not measure or (figure and figure.indicator.rule.measure == measure)):
            press(user, Qt.Key.Key_Return, modifiers)
            return
        press(user, Qt.Key.Key_Down)
    raise AssertionError(f"no line of {subject} {measure}: {[line.sentence for line in page.tasks.lines()]}")


@pytest.fixture
def school(user: User, tmp_path: Path) -> OverviewPage:
    """Two ninth classes, one with a finished portfolio, somebody in no class, and an agreement that ends."""
    make_workspace(user, tmp_path / "desk")
    desk = user.windows.desk
    period = desk.organisation.period
    with desk.workspace.unit(desk.actor) as unit:
        for letter in "АБ":
            group = unit.pupils.ensure_group(GroupName(f"9 «{letter}»", 9, letter), "secondary", period.year)
            for given in ("Вера", "Мария"):
                pupil = unit.pupils.add(PersonName(f"Цой{letter}", given), date(2011, 5, 6), None)
                unit.pupils.enrol(pupil, group.id, period.year)
        unit.pupils.add(PersonName("Новиков", "Лев"), date(2011, 1, 2), None)
    codes = desk.programme.codes["secondary"]
    mark(desk.workspace, period, *((pupil, code, 3) for code in codes))
    partner, _ = registers.add(desk.workspace, desk.actor, PARTNERS, {"name": "Колледж", "kind": "college"})
    day = datetime.now(UTC).astimezone().date()
    values = {"partner": partner.id, "kind": "network", "signed_on": day - timedelta(300)}
    soon = {"number": "14", "valid_until": day + timedelta(19)}
    over = {"number": "99", "valid_until": day - timedelta(9)}
    registers.add(desk.workspace, desk.actor, AGREEMENTS, {**values, **over})
    for title, when in (("Экскурсия", -2), ("Встреча", 2)):
        activities.write(desk.workspace, desk.actor, ActivityEntry("lesson", title, day + timedelta(when)))
    work = partial(registers.add, desk.workspace, desk.actor, AGREEMENTS, {**values, **soon})
    desk.write(work, owner=user.main, done=lambda _: None)
    user.page("pupils")
    press(user, Qt.Key.Key_1, CTRL)
    return overview(user)


def test_an_empty_school_is_told_to_load_a_list(user: User, tmp_path: Path) -> None:
    make_workspace(user, tmp_path / "desk")
    user.main.activateWindow()
    page = overview(user)
    assert page.empty.isVisible()
    assert not page.content.isVisible()
    page.empty.primary.setFocus()
    press(user, Qt.Key.Key_Space)
    assert isinstance(user.main.page, PupilsPage)


def test_a_line_leads_to_the_pupils_it_counts_and_the_way_back_ends_at_it(user: User, school: OverviewPage) -> None:
    go_to(user, Subject.REACH, "trials_any", CTRL)
    page = user.main.page
    assert isinstance(page, PupilsPage)
    shown = page.list.shown_ids()
    assert len(shown) == 4
    assert "4 ученика ещё без пробы" in page.list.narrowing.words
    assert page.isAncestorOf(QApplication.focusWidget() or QWidget())
    press(user, Qt.Key.Key_1, CTRL)
    line = overview(user).tasks.line()
    assert line is not None
    assert set(shown) == line.task.pupils
    assert school.tasks.hasFocus()
    user.page("pupils")
    user.click(page.list.narrowing.button)
    assert page.list.narrowing.words == ""
    assert len(page.list.shown_ids()) == 4


def test_each_line_leads_where_it_is_done(user: User, school: OverviewPage) -> None:
    assert Subject.EXPIRED not in subjects(school)
    go_to(user, Subject.PORTFOLIOS)
    page = user.main.page
    assert isinstance(page, PortfolioPage)
    assert page.group.currentText() == "9 «А»"
    press(user, Qt.Key.Key_1, CTRL)
    go_to(user, Subject.ENDING)
    page = user.main.page
    assert isinstance(page, RegistersPage)
    assert [row.words["number"] for row in page.list.table.rows()] == ["14"]
    press(user, Qt.Key.Key_1, CTRL)
    go_to(user, Subject.OVERDUE)
    page = user.main.page
    assert isinstance(page, ActivitiesPage)
    assert page.overdue_filter.isChecked()
    assert [row.entry.title for row in page.table.rows() if isinstance(row, Activity)] == ["Экскурсия"]
    press(user, Qt.Key.Key_1, CTRL)
    go_to(user, Subject.CERTIFICATES)
    page = user.main.page
    assert isinstance(page, CertificatesPage)
    assert page.group.currentText() == "9 «Б»"
    assert "1" in page.save_button.text()
    press(user, Qt.Key.Key_1, CTRL)
    go_to(user, Subject.REACH, "profile_choice")
    page = user.main.page
    assert isinstance(page, ChoicesPage)
    assert (page.group.currentText(), page.choice.subject) == ("9 «А»", PROFILE_CHOICES)
    assert [row.state for row in page.choice.table.rows()] == ["не выбран"] * 2
    press(user, Qt.Key.Key_1, CTRL)
    go_to(user, Subject.HOMELESS)
    page = user.main.page
    assert isinstance(page, PupilsPage)
    assert [row.pupil.name.surname for row in page.list.table.rows()] == ["Новиков"]


def test_whom_portfolios_lack_is_one_key_away_in_the_scope_chosen(user: User, school: OverviewPage) -> None:
    school.scope.setFocus()
    press(user, Qt.Key.Key_End)
    assert school.scope.currentText() == "9 «Б»"
    assert school.chosen.group
    assert Subject.HOMELESS not in subjects(school)
    school.uncovered_button.setFocus()
    press(user, Qt.Key.Key_Space)
    page = user.main.page
    assert isinstance(page, PupilsPage)
    assert page.list.uncovered.isChecked()
    assert [row.pupil.name.short for row in page.list.table.rows()] == ["ЦойБ Вера"]


def test_what_is_done_is_gone_from_the_list(user: User, school: OverviewPage) -> None:
    desk = user.windows.desk
    before = subjects(school)
    (homeless,) = next(line.task.pupils for line in school.tasks.lines() if line.task.subject is Subject.HOMELESS)
    year = desk.organisation.period.year
    desk.write(
        lambda: pupils.move(desk.workspace, desk.actor, [homeless], "9А", year), owner=school, done=lambda _: None
    )
    user.wait()
    assert subjects(school) == [one for one in before if one is not Subject.HOMELESS]


def test_consents_are_entered_from_their_line_and_taken_back(user: User, school: OverviewPage) -> None:
    desk = user.windows.desk
    go_to(user, Subject.CONSENTS)
    dialog = school.findChild(ConsentsDialog)
    assert dialog is not None
    assert [dialog.group.itemText(row) for row in range(3)] == ["Все классы: 4", "9 «А»: 2", "9 «Б»: 2"]
    press(user, Qt.Key.Key_Space)
    dialog.group.setFocus()
    press(user, Qt.Key.Key_End)
    dialog.table.setFocus()
    press(user, Qt.Key.Key_Down)
    press(user, Qt.Key.Key_Space)
    assert dialog.save_button.text() == "Записать согласия: 2"
    given = {row.id for row in dialog.table.checked()}
    dialog.save_button.setFocus()
    press(user, Qt.Key.Key_Space)
    user.main.activateWindow()
    user.wait()
    assert school.message.words == "Записано 2 согласия."
    there = consents.missing(desk.workspace, desk.actor, school_pupils(school), ConsentKind.PSYCHOLOGICAL, today())
    assert len(there) == 2
    assert not given & {one.id for one in there}
    assert count(school, Subject.CONSENTS) == 2
    press(user, Qt.Key.Key_Z, CTRL)
    assert count(school, Subject.CONSENTS) == 4
    assert school.message.words == "Отменено: записано 2 согласия."
    press(user, Qt.Key.Key_Y, CTRL)
    assert count(school, Subject.CONSENTS) == 2


def test_a_trial_is_planned_from_the_line_of_those_who_lack_one(user: User, school: OverviewPage) -> None:
    desk, year = user.windows.desk, user.windows.desk.organisation.period.year
    first, *others = sorted(school_pupils(school))
    plan = partial(activities.write, desk.workspace, desk.actor)
    made, _ = plan(ActivityEntry("trial", "Проба", today() - timedelta(3), pupils=(first,)))
    hold = partial(activities.hold, desk.workspace, desk.actor, made.id)
    desk.write(hold, owner=school, done=lambda _: None)
    user.wait()
    go_to(user, Subject.REACH, "trials_any")
    page = user.main.page
    assert isinstance(page, ActivitiesPage)
    dialog = page.findChild(ActivityDialog)
    assert dialog is not None
    dialog.name.setFocus()
    user.type(dialog.name, "Проба пера")
    dialog.save_button.setFocus()
    press(user, Qt.Key.Key_Space)
    planned = activities.plan(desk.workspace, desk.actor, year)
    entry = next(one.entry for one in planned.activities if one.entry.title == "Проба пера")
    assert planned.types[entry.type].sort is Sort.TRIAL
    assert len(entry.groups) == len(entry.pupils) == 1
    there = pupils.pupils(desk.workspace, desk.actor, year)
    whole = {one.id for one in there if one.group and one.group.id in entry.groups}
    assert whole | set(entry.pupils) == set(others)
    assert not whole & set(entry.pupils)


def test_a_copy_is_made_from_its_line_and_put_on_another_disk(user: User, school: OverviewPage, tmp_path: Path) -> None:
    desk = user.windows.desk
    go_to(user, Subject.COPY)
    page = user.main.page
    assert isinstance(page, CopiesPage)
    assert page.message.words.startswith("Копия сделана")
    (copy,) = page.table.rows()
    user.given = tmp_path / "флешка"
    user.given.mkdir()
    page.choose_button.setFocus()
    press(user, Qt.Key.Key_Space)
    (there,) = (one for one in user.given.rglob(copy.folder.name))
    assert page.message.words == f"Копия лежит в папке «{there}»."
    assert "Подключено" in page.second_state.text()
    press(user, Qt.Key.Key_Escape)
    user.page("overview")
    assert Subject.COPY not in subjects(school)
    wanted = school_pupils(school)
    desk.release()
    for folder in (shutil.copytree(copy.folder, tmp_path / "рядом"), there):
        restored = workspaces.open_workspace(folder, None, PASSWORD)
        found = pupils.pupils(restored, restored.actor, SchoolYear.containing(today()))
        assert wanted <= {one.id for one in found}
        restored.close()


def test_what_is_left_is_printed_by_its_key(user: User, school: OverviewPage, tmp_path: Path) -> None:
    press(user, Qt.Key.Key_P, CTRL)
    user.qtbot.waitUntil(lambda: school.findChild(PaperDialog) is not None)
    user.wait()
    user.given = tmp_path / "дела.pdf"
    press(user, Qt.Key.Key_S, CTRL)
    user.qtbot.waitUntil(user.given.exists)
    user.wait()
    whole = " ".join(raw_pages(user.given.read_bytes(), tmp_path))
    for line in school.tasks.lines():
        assert f"{line.task.count} {line.told.words}" in whole
    assert "ЦойА" not in whole
    assert "Новиков" not in whole


def school_pupils(page: OverviewPage) -> set[str]:
    assert page._reading is not None
    return set(page._reading.now.pupils)


def count(page: OverviewPage, subject: Subject) -> int:
    return next((line.task.count for line in page.tasks.lines() if line.task.subject is subject), 0)
