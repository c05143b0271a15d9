"""The papers of a class entered in one act, printed, withdrawn and given back, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from diagnostic_school import INCLINATIONS, some_answers
from journey_user import User, make_class
from keyboard import CTRL, back, dialog, press, tab_to
from PySide6.QtCore import Qt

from profdesk.domain.consents import ConsentKind
from profdesk.gui.common.consents_dialog import ConsentsDialog
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.consents.page import ConsentsPage
from profdesk.gui.consents.withdraw_dialog import WithdrawDialog
from profdesk.services import conclusions, diagnostics, instruments, pupils

Key = Qt.Key
WORDS = "Склонность к работе с людьми."


@pytest.fixture
def page(user: User, tmp_path: Path) -> ConsentsPage:
    make_class(user, tmp_path)
    shown = user.page("consents")
    assert isinstance(shown, ConsentsPage)
    user.wait()
    return shown


def told(page: ConsentsPage, kind: ConsentKind = ConsentKind.PSYCHOLOGICAL) -> list[str]:
    return [one.by_kind[kind].words for one in page.table.rows()]


def enter_two(user: User, page: ConsentsPage) -> None:
    """The mother of the first and the father of the second brought a paper; the third is not ticked."""
    page.table.setFocus()
    press(user, Key.Key_N, CTRL)
    asked = dialog(user, ConsentsDialog)
    assert asked.heading.text() == "Согласия родителей: 7 «А»"
    user.type(asked.table, "С")
    assert "до 14 лет" in asked.message.words
    user.type(asked.table, "МО")
    assert asked.save_button.text() == "Записать согласия: 2"
    tab_to(user, asked.limited)
    press(user, Key.Key_Space)
    tab_to(user, asked.number)
    user.type(asked.number, "14")
    tab_to(user, asked.save_button)
    press(user, Key.Key_Space)
    back(user)


def test_a_class_is_entered_in_one_act_and_taken_back_in_one_step(user: User, page: ConsentsPage) -> None:
    assert told(page) == ["нет"] * 3
    assert page.lacking_filter.count == 3
    enter_two(user, page)
    until = f"до 31.08.{page.desk.organisation.period.year.start + 1}"
    assert told(page) == [until, until, "нет"]
    assert [one.by_kind[ConsentKind.PSYCHOLOGICAL].second.split(" от ")[0] for one in page.table.rows()[:2]] == [
        "№ 14", "№ 15",
    ]  # fmt: skip
    assert [one.papers[0].given_by for one in page.table.rows()[:2]] == ["мать", "отец"]
    assert page.message.words == "Записано 2 согласия."
    page.table.setFocus()
    press(user, Key.Key_Z, CTRL)
    assert told(page) == ["нет"] * 3
    press(user, Key.Key_Y, CTRL)
    assert told(page) == [until, until, "нет"]
    tab_to(user, page.lacking_filter)
    press(user, Key.Key_Space)
    assert [one.pupil.name.surname for one in page.table.rows()] == ["Ёлкина"]


def diagnose(user: User, page: ConsentsPage) -> str:
    """A session of today with the first pupil, whose conclusion is released; gives the pupil's id."""
    desk, row = page.desk, page.table.rows()[0]
    workspace, actor, instrument = desk.workspace, desk.actor, instruments.called(INCLINATIONS)

    def hold() -> object:
        made, _ = diagnostics.plan(workspace, actor, instrument, [row.pupil], pupils.today(), "", "7 «А»")
        (sheet,) = diagnostics.session(workspace, actor, made.id).sheets
        diagnostics.put_answers(workspace, actor, instrument, sheet.sheet.id, some_answers(instrument))
        diagnostics.close(workspace, actor, made.id)
        return conclusions.release(workspace, actor, sheet.sheet.id, WORDS)

    desk.write(hold, owner=desk, done=lambda _: None)
    user.wait()
    return str(row.pupil.id)


def released(user: User, page: ConsentsPage, pupil: str) -> list[str]:
    found: list[str] = []
    desk = page.desk
    read = lambda: conclusions.told(desk.workspace, desk.actor, pupil)  # noqa: E731
    desk.run(read, owner=desk, done=lambda answer: found.extend(one.words for one in answer.released))
    user.wait()
    return found


def test_a_withdrawal_hides_what_was_told_until_it_is_taken_back(user: User, page: ConsentsPage) -> None:
    enter_two(user, page)
    pupil = diagnose(user, page)
    assert released(user, page, pupil) == [WORDS]
    page.table.setFocus()
    page.table.choose(pupil)
    press(user, Key.Key_Delete)
    asked = dialog(user, WithdrawDialog)
    assert asked.heading.text() == "Отозвать согласие на работу психолога: Абрамова Полина"
    assert "скроются для всех" in asked.consequences.text()
    tab_to(user, asked.save_button)
    press(user, Key.Key_Space)
    back(user)
    assert told(page)[0] == f"отозвано {pupils.today():%d.%m.%Y}"
    assert page.withdraw_button.text() == "Снять отзыв"
    assert released(user, page, pupil) == []
    page.table.setFocus()
    press(user, Key.Key_Delete)
    assert page.message.words == "Отзыв согласия на работу психолога снят, Абрамова Полина."
    assert released(user, page, pupil) == [WORDS]


def test_forms_and_the_list_are_printed(user: User, page: ConsentsPage) -> None:
    page.table.setFocus()
    press(user, Key.Key_B, CTRL)
    paper = dialog(user, PaperDialog)
    assert paper.turner.isVisible()
    assert paper.pages.pages == 6
    press(user, Key.Key_Escape)
    back(user)
    page.table.setFocus()
    press(user, Key.Key_P, CTRL)
    paper = dialog(user, PaperDialog)
    assert paper.heading.text() == "Список согласий, 7 «А»"
    assert paper.pages.pages == 1
