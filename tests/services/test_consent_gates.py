"""What a consent lets be done, what its withdrawal hides in every verb that reads diagnostics, and what counts on."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from diagnostic_school import DAY, INCLINATIONS, add_class, held, session_of, some_answers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from paper_checks import raw_pages
from support import FIRST, YEAR, mark

from profdesk.domain import consent_gates
from profdesk.domain.access import Actor
from profdesk.domain.answer_table import AnswerTable, MatchedSheet
from profdesk.domain.audit import Area, Wanted
from profdesk.domain.batch import Step
from profdesk.domain.changes import Kind
from profdesk.domain.consents import ConsentKind, ConsentState, NewConsent, standing
from profdesk.domain.diagnostics import Attendance, SheetState
from profdesk.domain.merging import Merge
from profdesk.domain.people import PersonName, Pupil
from profdesk.domain.portfolio import Cell, Mark
from profdesk.domain.rights import Right
from profdesk.domain.route import LineKind, RouteEntry
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services import (
    answer_files,
    audit,
    batches,
    certificates,
    choices,
    conclusions,
    consents,
    diagnostic_papers,
    diagnostics,
    evidence,
    guard,
    instruments,
    notes,
    portfolio,
    pupil_card,
    pupil_screen,
    pupils,
    routes,
    talks,
)
from profdesk.services import held as held_out
from profdesk.storage import consents as consents_store
from profdesk.storage.workspace import Workspace

PSYCH, PERSONAL = ConsentKind.PSYCHOLOGICAL, ConsentKind.PERSONAL
SECRET = "ТАЙНОЕ"
MODULES = (diagnostics, conclusions, talks, diagnostic_papers, pupil_screen, answer_files)
WITHOUT_PUPILS = {
    "diagnostics.known_instruments", "diagnostics.add_instrument", "diagnostics.add_wording", "diagnostics.wording",
    "diagnostics.worded", "diagnostics.years", "diagnostics.close", "diagnostics.reopen",
}  # fmt: skip
"""Verbs that neither read nor write anything of a pupil."""


@dataclass
class Room:
    workspace: Workspace
    pupils: list[Pupil]
    sheets: list[str]
    session: str
    talk: str
    released: str
    tmp_path: Path

    @property
    def one(self) -> Pupil:
        return self.pupils[0]

    def withdraw(self, kind: ConsentKind = PSYCH) -> Step:
        return consents.withdraw(self.workspace, self.workspace.actor, self.one.id, kind, consents._today(), "мать")[0]


@pytest.fixture
def room(workspace: Workspace, tmp_path: Path) -> Room:
    there, actor = add_class(workspace), workspace.actor
    answers = [some_answers(instruments.called(INCLINATIONS), seed) for seed in range(4)]
    sheets = held(workspace, INCLINATIONS, there, answers)
    diagnostics.mark_doubtful(workspace, actor, sheets[0], f"{SECRET} сомнение")
    conclusions.write(workspace, actor, sheets[0], f"{SECRET} заключение", f"{SECRET} вывод")
    conclusions.release(workspace, actor, sheets[0], f"{SECRET} вывод")
    entry = TalkEntry(TalkKind.CONSULTATION, DAY, there[0].id, reason="выбор", words=f"{SECRET} беседа")
    talk, _ = talks.write(workspace, actor, entry)
    released = conclusions.told(workspace, actor, there[0].id).released[0].id
    return Room(workspace, there, sheets, session_of(workspace, sheets[0]), talk, released, tmp_path)


def shown(room: Room, verb: Callable[..., object], *args: object) -> str:
    """Everything a reading verb gives, in words; what it refuses with counts as an answer."""
    try:
        found = verb(room.workspace, room.workspace.actor, *args)
    except (WrongInputError, NotFoundError) as error:
        return error.message
    if isinstance(found, bytes) and found.startswith(b"PK"):
        path = room.tmp_path / "книга.xlsx"
        path.write_bytes(found)
        return repr([[cell.value for cell in row] for page in load_workbook(path) for row in page.iter_rows()])
    return " ".join(raw_pages(found, room.tmp_path)) if isinstance(found, bytes) else repr(found)


def journal_of_diagnostics(workspace: Workspace, actor: Actor) -> object:
    acts = audit.acts(workspace, actor, Wanted(area=Area.DIAGNOSTICS)).acts
    return [[one.lines for one in audit.details(workspace, actor, act)] for act in acts]


def readers(room: Room) -> dict[str, str]:
    one, sheet, session = room.one.id, room.sheets[0], room.session
    said = {
        "diagnostics.journal": shown(room, diagnostics.journal, YEAR),
        "diagnostics.session": shown(room, diagnostics.session, session),
        "conclusions.of_sheet": shown(room, conclusions.of_sheet, sheet),
        "conclusions.of_pupil": shown(room, conclusions.of_pupil, one),
        "conclusions.of_session": shown(room, conclusions.of_session, session),
        "conclusions.told": shown(room, conclusions.told, one),
        "conclusions.records": shown(room, conclusions.records, one),
        "talks.book": shown(room, talks.book, YEAR),
        "talks.open_copy": shown(room, talks.open_copy, room.talk),
        "diagnostic_papers.answer_sheets": shown(room, diagnostic_papers.answer_sheets, session),
        "diagnostic_papers.protocol": shown(room, diagnostic_papers.protocol, session),
        "diagnostic_papers.class_report": shown(room, diagnostic_papers.class_report, session),
        "diagnostic_papers.leaflets": shown(room, diagnostic_papers.leaflets, session),
        "diagnostic_papers.journal": shown(room, diagnostic_papers.journal, YEAR),
        "diagnostic_papers.results_workbook": shown(room, diagnostic_papers.results_workbook, session),
        "pupil_screen.read": shown(room, pupil_screen.read, sheet),
    }
    said["audit.details"] = shown(room, journal_of_diagnostics)
    said["pupil_card.card"] = shown(room, pupil_card.card, one, YEAR)
    said["choices.facts"] = shown(room, choices.facts, one, YEAR)
    return said


def writers(room: Room) -> dict[str, Callable[[], object]]:
    workspace, actor, one, sheet = room.workspace, room.workspace.actor, room.one, room.sheets[0]
    instrument = instruments.called(INCLINATIONS)
    table = AnswerTable(instrument, (MatchedSheet(2, one.name.full, one, {1: "a"}),), (), (), ())
    entry = TalkEntry(TalkKind.INTERVIEW, DAY, one.id, words="о профиле")
    return {
        "diagnostics.plan": lambda: diagnostics.plan(workspace, actor, instrument, [one], DAY),
        "diagnostics.add_sheets": lambda: diagnostics.add_sheets(workspace, actor, room.session, [one]),
        "diagnostics.put_answers": lambda: diagnostics.put_answers(workspace, actor, instrument, sheet, {1: "b"}),
        "diagnostics.mark_attendance": lambda: diagnostics.mark_attendance(workspace, actor, sheet, Attendance.ABSENT),
        "diagnostics.mark_doubtful": lambda: diagnostics.mark_doubtful(workspace, actor, sheet, ""),
        "conclusions.write": lambda: conclusions.write(workspace, actor, sheet, "новое", ""),
        "conclusions.release": lambda: conclusions.release(workspace, actor, sheet, "новое"),
        "talks.write": lambda: talks.write(workspace, actor, entry),
        "talks.withdraw": lambda: talks.withdraw(workspace, actor, room.talk),
        "talks.put_back": lambda: talks.put_back(workspace, actor, room.talk),
        "answer_files.apply": lambda: answer_files.apply(workspace, actor, room.session, table),
    }


def test_every_verb_of_diagnostics_is_tried_here(room: Room) -> None:
    rights = (Right.DIAGNOSTICS, Right.CONCLUSIONS_READ)
    there = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, verb in vars(module).items()
        if isinstance(verb, types.FunctionType) and getattr(verb, guard.NAMED, None) in rights
    }
    elsewhere = {"diagnostics.candidates", "conclusions.withdraw"}
    tried = {*readers(room), *writers(room), *WITHOUT_PUPILS, *elsewhere}
    assert there <= tried


def test_a_withdrawal_hides_what_was_diagnosed_from_every_reader_until_it_is_taken_back(room: Room) -> None:
    workspace, actor = room.workspace, room.workspace.actor
    before = readers(room)
    assert [name for name, said in before.items() if SECRET in said] == [
        "diagnostics.journal", "diagnostics.session", "conclusions.of_sheet", "conclusions.of_pupil",
        "conclusions.of_session", "conclusions.told", "conclusions.records", "talks.book",
        "diagnostic_papers.protocol", "diagnostic_papers.results_workbook", "audit.details", "pupil_card.card",
        "choices.facts",
    ]  # fmt: skip
    room.withdraw()
    hidden = readers(room)
    assert not [name for name, said in hidden.items() if SECRET in said]
    assert hidden["conclusions.of_pupil"] == "[]"
    assert "результат скрыт" in hidden["conclusions.of_sheet"]
    assert "запись скрыта" in hidden["talks.open_copy"]
    assert "Алексеева" not in hidden["diagnostic_papers.answer_sheets"]
    consents.keep(workspace, actor, room.one.id, PSYCH)
    assert readers(room) == before


@pytest.mark.parametrize("back", [1, 5_000])
def test_a_clock_put_back_shows_and_allows_nothing_again(
    room: Room, monkeypatch: pytest.MonkeyPatch, back: int
) -> None:
    room.withdraw()
    monkeypatch.setattr(consents_store, "today", lambda: pupils.today() - timedelta(days=back))
    assert not [name for name, said in readers(room).items() if SECRET in said]
    with room.workspace.unit(room.workspace.actor) as unit:
        day = consents_store.today()
        assert unit.consents.barred(consent_gates.Deed.DIAGNOSE, [room.one.id], day, day)[0] == {room.one.id}


def test_parents_who_withdrew_are_given_all_that_there_is(room: Room) -> None:
    room.withdraw()
    given = held_out.gather(room.workspace, room.workspace.actor, room.one.id, psy=True)
    assert SECRET in repr(given)


def test_a_withdrawal_of_one_hides_nothing_of_others(room: Room) -> None:
    room.withdraw()
    view = diagnostics.session(room.workspace, room.workspace.actor, room.session)
    assert [one.sheet.state(view.instrument) for one in view.sheets] == [SheetState.HIDDEN, *[SheetState.COMPLETE] * 3]
    assert (view.entered, view.awaited) == (3, 3)
    assert conclusions.of_pupil(room.workspace, room.workspace.actor, room.pupils[1].id)


def test_nothing_new_is_made_of_a_pupil_whose_parents_withdrew(room: Room) -> None:
    room.withdraw()
    for verb in writers(room).values():
        with pytest.raises((WrongInputError, NotFoundError), match="отозвано"):
            verb()


def test_nothing_new_is_made_of_a_pupil_without_a_paper_of_that_day(room: Room) -> None:
    workspace, actor = room.workspace, room.workspace.actor
    with workspace.unit(actor) as unit:
        made = unit.pupils.add(PersonName("Дроздов", "Саша"), date(2012, 5, 6), None)
        (one,) = unit.pupils.some([made], YEAR)
    consents.give(workspace, actor, [made], PSYCH, date(2026, 9, 1), valid_until=DAY)
    instrument = instruments.called(INCLINATIONS)
    (sheet,) = held(workspace, INCLINATIONS, [one], [{1: "a"}])
    diagnostics.put_answers(workspace, actor, instrument, sheet, {1: "b"})
    conclusions.write(workspace, actor, sheet, "заключение", "")
    later = DAY + timedelta(1)
    with pytest.raises(WrongInputError, match="Нет согласия родителей: Дроздов Саша"):
        diagnostics.plan(workspace, actor, instrument, [one], later)
    with pytest.raises(WrongInputError, match="Нет согласия родителей: Дроздов Саша"):
        talks.write(workspace, actor, TalkEntry(TalkKind.INTERVIEW, later, made, words="о профиле"))
    with pytest.raises(WrongInputError, match="Нет согласия родителей: Дроздов Саша"):
        pupil_screen.read(workspace, actor, sheet)
    talks.write(workspace, actor, TalkEntry(TalkKind.CONSULTATION, later, None, words="о классе"))


def test_coverage_of_the_past_stays_whatever_is_withdrawn(room: Room) -> None:
    room.withdraw()
    card = pupil_card.card(room.workspace, room.workspace.actor, room.one.id, YEAR)
    assert [one.day for one in card.history.diagnosed] == [DAY]
    assert conclusions.told(room.workspace, room.workspace.actor, room.one.id).held == (DAY,)


def test_a_new_paper_shows_again_what_a_withdrawal_hid(room: Room) -> None:
    workspace, actor = room.workspace, room.workspace.actor
    room.withdraw()
    consents.give(workspace, actor, [room.one.id], PSYCH, consents._today())
    assert SECRET in repr(conclusions.told(workspace, actor, room.one.id))


def test_withdrawing_is_one_step_that_is_undone(room: Room) -> None:
    workspace, actor = room.workspace, room.workspace.actor
    consents.give(workspace, actor, [room.one.id], PSYCH, date(2026, 9, 1), given_by="отец")
    step = room.withdraw()
    assert step.words == "согласие на работу психолога отозвано, Алексеева Саша"
    papers = consents.of_pupil(workspace, actor, room.one.id)
    assert [(one.withdrawn_on, one.withdrawn_by) for one in papers] == [(consents._today(), "мать")] * 2
    assert step.batch is not None
    _, changes = batches.turn_back(workspace, actor, step.batch)
    assert changes.touches(Kind.CONSENTS)
    assert SECRET in repr(conclusions.told(workspace, actor, room.one.id))
    with pytest.raises(NotFoundError, match="не отозвано"):
        consents.keep(workspace, actor, room.one.id, PSYCH)


def test_a_withdrawn_consent_to_personal_data_stops_the_portfolio_and_no_missing_one_does(room: Room) -> None:
    workspace, actor, one = room.workspace, room.workspace.actor, room.one.id
    group = room.one.group
    assert group is not None
    cell = Cell(one, "planning")
    portfolio.set_stages(workspace, actor, FIRST, [Mark(cell, 1)])
    consents.give(workspace, actor, [one], PERSONAL, date(2026, 9, 1))
    room.withdraw(PERSONAL)
    work = room.tmp_path / "работа.txt"
    work.write_text("работа", encoding="utf-8")
    stopped: list[Callable[[], object]] = [
        lambda: portfolio.set_stages(workspace, actor, FIRST, [Mark(cell, 2)]),
        lambda: notes.write(workspace, actor, cell, FIRST, "слова"),
        lambda: evidence.add(workspace, actor, one, None, FIRST, [work]),
        lambda: routes.write(workspace, actor, one, RouteEntry(LineKind.FAR, "цель")),
        lambda: certificates.issue(workspace, actor, group.id, [one], room.tmp_path / "7А.pdf"),
    ]
    for verb in stopped:
        with pytest.raises(WrongInputError, match="Согласие на обработку персональных данных отозвано: Алексеева Саша"):
            verb()
    assert len(portfolio.history(workspace, actor, cell, YEAR)) == 1
    mark(workspace, FIRST, (room.pupils[1].id, "planning", 2))


_DAYS = st.dates(date(2026, 9, 1), date(2026, 9, 6))
_ACTS = st.lists(st.tuples(st.sampled_from(["give", "withdraw", "keep"]), _DAYS, st.none() | _DAYS), max_size=6)


@given(acts=_ACTS, day=_DAYS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_tells_the_same_as_the_rule(
    workspace: Workspace, acts: list[tuple[str, date, date | None]], day: date
) -> None:
    with workspace.unit(workspace.actor) as unit:
        pupil = unit.pupils.add(PersonName("Ильин", "Лев"), date(2012, 5, 6), None)
        for act, on, until in acts:
            if act == "give":
                unit.consents.give([NewConsent(pupil, PSYCH)], on, until, datetime.now(UTC))
            elif act == "withdraw":
                unit.consents.withdraw(pupil, PSYCH, on, "мать")
            else:
                unit.consents.keep(pupil, PSYCH)
        state = standing(unit.consents.of_pupil(pupil), day).state
        assert (pupil in unit.consents.valid(PSYCH, day)) == state.allows
        assert (pupil in unit.consents.withdrawn(PSYCH, day)) == (state is ConsentState.WITHDRAWN)


def test_records_written_before_two_pupils_were_made_one_are_hidden_too(room: Room) -> None:
    workspace, actor, (goes, stays) = room.workspace, room.workspace.actor, room.pupils[:2]
    wanted = Merge(stays.id, goes.id, stays.name, stays.birth_date, None, stays.id)
    pupils.merge(workspace, actor, wanted, YEAR)
    assert SECRET in repr(conclusions.records(workspace, actor, stays.id))
    consents.withdraw(workspace, actor, stays.id, PSYCH, consents._today())
    assert SECRET not in repr(conclusions.records(workspace, actor, stays.id))
    assert SECRET not in repr(diagnostics.session(workspace, actor, room.session))
    assert talks.book(workspace, actor, YEAR).talks == ()


def test_a_card_says_quietly_what_is_missing_and_plainly_what_was_withdrawn(room: Room) -> None:
    workspace, actor, one = room.workspace, room.workspace.actor, room.one.id

    def said() -> tuple[str, str]:
        standing_now = pupil_card.card(workspace, actor, one, YEAR).consents
        return consent_gates.quiet_notice(standing_now), consent_gates.withdrawal_notice(standing_now)

    assert said() == ("нет согласия на обработку персональных данных", "")
    consents.give(workspace, actor, [one], PERSONAL, date(2026, 9, 1))
    assert said() == ("", "")
    room.withdraw()
    room.withdraw(PERSONAL)
    day = f"{consents._today():%d.%m.%Y}"
    assert said() == (
        "",
        (
            f"Согласие на обработку персональных данных отозвано {day}: новых записей в портфолио не будет. "
            f"Согласие на работу психолога отозвано {day}: диагностика скрыта, новой не будет."
        ),
    )
