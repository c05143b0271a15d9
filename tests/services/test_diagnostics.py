"""Diagnostic sessions through their verbs: consents, answers, states, and what others may not see."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from support import CHEAP, PASSWORD, YEAR

from profdesk.domain import questions
from profdesk.domain.access import Actor, Role
from profdesk.domain.answers import WrongAnswerError
from profdesk.domain.consents import ConsentKind
from profdesk.domain.diagnostics import Attendance, SheetState
from profdesk.domain.people import GroupName, PersonName, Pupil
from profdesk.errors import AccessError, WrongInputError
from profdesk.services import conclusions, consents, diagnostics, instruments
from profdesk.storage import database, vault
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

DAY = date(2026, 11, 20)
CODE = "ddo_klimov_20"


@pytest.fixture
def pupils(workspace: Workspace) -> list[Pupil]:
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("8 «Б»", 8, "Б"), "basic", YEAR)
        for surname in ("Алексеева", "Баранов", "Власов"):
            made = unit.pupils.add(PersonName(surname, "Саша"), date(2012, 5, 6), None)
            unit.pupils.enrol(made, group.id, YEAR)
        return list(unit.pupils.in_group(group.id))


def allow(workspace: Workspace, *pupils: Pupil) -> None:
    given = [pupil.id for pupil in pupils]
    consents.give(workspace, workspace.actor, given, ConsentKind.PSYCHOLOGICAL, date(2026, 9, 1))


def planned(workspace: Workspace, pupils: list[Pupil]) -> str:
    allow(workspace, *pupils)
    instrument = instruments.called(CODE)
    made, _ = diagnostics.plan(workspace, workspace.actor, instrument, pupils, DAY, "каб. 12", "8 «Б»")
    return made.id


def test_nobody_is_planned_without_the_parents_consent(workspace: Workspace, pupils: list[Pupil]) -> None:
    actor, instrument = workspace.actor, instruments.called(CODE)
    allow(workspace, pupils[0])
    group = pupils[0].group
    assert group is not None
    there = diagnostics.candidates(workspace, actor, group.id, DAY)
    assert [one.consented for one in there] == [True, False, False]
    with pytest.raises(WrongInputError, match="Нет согласия родителей: Баранов Саша, Власов Саша"):
        diagnostics.plan(workspace, actor, instrument, pupils, DAY)
    assert diagnostics.journal(workspace, actor, YEAR) == []
    diagnostics.plan(workspace, actor, instrument, pupils[:1], DAY)
    assert len(diagnostics.journal(workspace, actor, YEAR)) == 1


def test_consent_ends_with_its_term_and_with_its_withdrawal(workspace: Workspace, pupils: list[Pupil]) -> None:
    actor, one = workspace.actor, pupils[0].id
    kind = ConsentKind.PSYCHOLOGICAL
    consents.give(workspace, actor, [one], kind, date(2026, 9, 1), valid_until=DAY)
    assert set(consents.valid(workspace, actor, [one], kind, DAY)) == {one}
    assert not consents.valid(workspace, actor, [one], kind, DAY + timedelta(1))
    assert not consents.valid(workspace, actor, [one], kind, date(2026, 8, 31))
    assert not consents.valid(workspace, actor, [one], ConsentKind.PUBLICATION, DAY)
    consents.withdraw(workspace, actor, one, kind, DAY)
    assert not consents.valid(workspace, actor, [one], kind, DAY)
    assert consents.valid(workspace, actor, [one], kind, DAY - timedelta(1))
    consents.keep(workspace, actor, one, kind)
    assert consents.valid(workspace, actor, [one], kind, DAY)
    with pytest.raises(WrongInputError, match="раньше"):
        consents.give(workspace, actor, [one], kind, DAY, valid_until=DAY - timedelta(1))


def test_sheet_goes_through_its_states(workspace: Workspace, pupils: list[Pupil]) -> None:
    actor, instrument = workspace.actor, instruments.called(CODE)
    session = planned(workspace, pupils)
    first, second, third = (one.sheet.id for one in diagnostics.session(workspace, actor, session).sheets)

    def states() -> list[SheetState]:
        found = diagnostics.session(workspace, actor, session)
        return [one.sheet.state(found.instrument) for one in found.sheets]

    assert states() == [SheetState.NOT_BEGUN] * 3
    diagnostics.put_answers(workspace, actor, instrument, first, {1: "а", 2: "b"})
    diagnostics.put_answers(workspace, actor, instrument, second, dict.fromkeys(range(1, 21), "a"))
    diagnostics.mark_attendance(workspace, actor, third, Attendance.REFUSED)
    assert states() == [SheetState.INCOMPLETE, SheetState.COMPLETE, SheetState.REFUSED]
    diagnostics.mark_doubtful(workspace, actor, second, "отвечал за полминуты")
    assert states()[1] is SheetState.DOUBTFUL
    assert not states()[1].counts
    diagnostics.put_answers(workspace, actor, instrument, first, {1: None, 2: None})
    diagnostics.mark_doubtful(workspace, actor, second, "")
    assert states() == [SheetState.NOT_BEGUN, SheetState.COMPLETE, SheetState.REFUSED]
    found = diagnostics.session(workspace, actor, session).sheets[1].sheet
    assert {one.scale.code: one.raw for one in diagnostics.result(instrument, found).scores}["nature"] == 6


def test_impossible_answer_writes_nothing(workspace: Workspace, pupils: list[Pupil]) -> None:
    actor, instrument = workspace.actor, instruments.called(CODE)
    session = planned(workspace, pupils)
    sheet = diagnostics.session(workspace, actor, session).sheets[0].sheet.id
    with pytest.raises(WrongAnswerError, match="Вопрос 3"):
        diagnostics.put_answers(workspace, actor, instrument, sheet, {2: "a", 3: "я"})
    assert diagnostics.session(workspace, actor, session).sheets[0].sheet.answers == {}


def test_second_entry_shows_where_it_differs(workspace: Workspace, pupils: list[Pupil]) -> None:
    actor, instrument = workspace.actor, instruments.called(CODE)
    session = planned(workspace, pupils)
    sheet = diagnostics.session(workspace, actor, session).sheets[0].sheet.id
    diagnostics.put_answers(workspace, actor, instrument, sheet, {1: "a", 2: "a", 3: "a"})
    diagnostics.put_answers(workspace, actor, instrument, sheet, {1: "a", 2: "b", 4: "b"}, second=True)
    found = diagnostics.session(workspace, actor, session).sheets[0].sheet
    assert found.differences() == (2, 4)
    assert found.answers == {1: "a", 2: "a", 3: "a"}


def test_result_keeps_the_instrument_it_was_made_with(workspace: Workspace, pupils: list[Pupil], tmp_path) -> None:
    actor, shipped = workspace.actor, instruments.called(CODE)
    session = planned(workspace, pupils)
    text = instruments.source(shipped)
    assert text is not None
    own = tmp_path / "мой ДДО.toml"
    own.write_text(text.replace("version = 1", "version = 2").replace("Человек — природа", "Живое"), encoding="utf-8")
    taken, _ = diagnostics.add_instrument(workspace, actor, own)
    known = {one.code: one for one in diagnostics.known_instruments(workspace, actor)}
    assert known[CODE] == taken
    assert known[CODE].version == 2
    assert len(known) == len(instruments.shipped())
    assert diagnostics.session(workspace, actor, session).instrument == shipped
    later, _ = diagnostics.plan(workspace, actor, taken, pupils, DAY)
    assert diagnostics.session(workspace, actor, later.id).instrument.scales[0].title == "Живое"


def test_an_earlier_own_file_taken_again_is_the_one_in_use(workspace: Workspace, tmp_path: Path) -> None:
    text = instruments.source(instruments.called(CODE))
    assert text is not None
    first, second = tmp_path / "первая.toml", tmp_path / "вторая.toml"
    first.write_text(text.replace("version = 1", "version = 2"), encoding="utf-8")
    second.write_text(text.replace("version = 1", "version = 3"), encoding="utf-8")
    for path, version in ((first, 2), (second, 3), (first, 2)):
        diagnostics.add_instrument(workspace, workspace.actor, path)
        known = {one.code: one for one in diagnostics.known_instruments(workspace, workspace.actor)}
        assert known[CODE].version == version


@pytest.mark.parametrize("code", [CODE, "pvq_40", "matrix_rezapkina"])
def test_wording_is_loaded_from_the_filled_template_and_replaced(workspace: Workspace, tmp_path, code: str) -> None:
    actor, instrument = workspace.actor, instruments.called(code)
    assert diagnostics.wording(workspace, actor, instrument) == questions.Wording()
    for mark in ("первый", "второй"):
        path = tmp_path / "тексты.xlsx"
        path.write_bytes(instruments.template(instrument, as_workbook=True))
        book = openpyxl.load_workbook(path)
        for row in book.worksheets[0].iter_rows(min_row=2):
            row[-1].value = f"{mark} {row[0].value}"
        book.save(path)
        taken, _ = diagnostics.add_wording(workspace, actor, instrument, path)
        assert any(mark in words for texts in (taken.questions, taken.options, taken.cells) for words in texts.values())
        assert diagnostics.wording(workspace, actor, instrument) == taken


def test_finished_session_keeps_the_wording_it_was_held_with(
    workspace: Workspace, pupils: list[Pupil], tmp_path: Path
) -> None:
    """The values of Rokeach are told by the school's own words: another list must not rename old results."""
    actor, instrument = workspace.actor, instruments.called("rokeach_18_18")
    allow(workspace, *pupils)
    path = tmp_path / "тексты.csv"

    def load(mark: str) -> None:
        path.write_text("№;Вопрос\n" + "\n".join(f"{n};{mark} {n}" for n in range(1, 37)), encoding="utf-8")
        diagnostics.add_wording(workspace, actor, instrument, path)

    def told(session: str) -> str:
        return conclusions.of_session(workspace, actor, session).wording.questions[1]

    sessions = []
    for mark in ("прежнее", "новое"):
        made, _ = diagnostics.plan(workspace, actor, instrument, pupils, DAY)
        sessions.append(made.id)
        if mark == "прежнее":
            diagnostics.close(workspace, actor, made.id)
        load(mark)
    assert [told(one) for one in sessions] == ["прежнее 1", "новое 1"]
    diagnostics.close(workspace, actor, sessions[1])
    load("последнее")
    assert [told(one) for one in sessions] == ["прежнее 1", "новое 1"]
    diagnostics.reopen(workspace, actor, sessions[1])
    assert told(sessions[1]) == "последнее 1"


def test_sheet_follows_a_pupil_merged_into_another(workspace: Workspace, pupils: list[Pupil]) -> None:
    session = planned(workspace, pupils)
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.merge(pupils[1].id, pupils[0].id, YEAR, pupils[1].id)
    found = diagnostics.session(workspace, workspace.actor, session)
    assert [one.pupil.id for one in found.sheets] == [pupils[1].id, pupils[1].id, pupils[2].id]


def test_others_see_that_a_session_took_place_and_nothing_of_it(workspace: Workspace, pupils: list[Pupil]) -> None:
    actor = workspace.actor
    record = instruments.called("early_records")
    allow(workspace, *pupils)
    made, _ = diagnostics.plan(workspace, actor, record, pupils, DAY, "МАРКЕР-МЕСТО", "8 «Б»")
    sheet = diagnostics.session(workspace, actor, made.id).sheets[0].sheet.id
    diagnostics.put_answers(workspace, actor, record, sheet, {1: "МАРКЕР-ОТВЕТ"})
    diagnostics.mark_doubtful(workspace, actor, sheet, "МАРКЕР-ПРИЧИНА")
    with workspace.unit(actor) as unit:
        assert unit.conclusions.write(sheet, "МАРКЕР-ВЫВОД", "МАРКЕР-ЧЕРНОВИК", datetime.now(UTC))
    diagnostics.close(workspace, actor, made.id)
    keys = vault.load(workspace.path).unlock(actor.id, PASSWORD)
    teacher = Actor("teacher", "Седова Ольга", "учитель", frozenset({Role.TEACHER}))
    vault.save(workspace.path, vault.load(workspace.path).with_user(teacher, "пароль-учителя", keys, CHEAP))
    workspace.close()
    opened = storage.open_workspace(workspace.path, teacher.id, "пароль-учителя")
    with opened.unit(opened.actor) as unit:
        for store in ("diagnostics", "conclusions"):
            with pytest.raises(AccessError, match="только психологи"):
                getattr(unit, store)
    opened.close()
    own = vault.load(workspace.path).unlock(teacher.id, "пароль-учителя")
    assert own.psy is None
    connection = database.keyed(workspace.path / database.DESK, own.desk)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    dump = "\n".join(str(row) for table in tables for row in connection.execute(f"SELECT * FROM {table}"))
    connection.close()
    assert "2026-11-20" in dump
    assert "МАРКЕР" not in dump
    locked = database.keyed(workspace.path / database.PSY, own.desk)
    with pytest.raises(database.sqlcipher.DatabaseError):
        locked.execute("SELECT count(*) FROM sqlite_master").fetchone()
    locked.close()


def test_pupil_who_came_late_gets_a_sheet_on_the_same_terms(workspace: Workspace, pupils: list[Pupil]) -> None:
    actor = workspace.actor
    session = planned(workspace, pupils[:1])
    with pytest.raises(WrongInputError, match="Нет согласия родителей: Баранов Саша"):
        diagnostics.add_sheets(workspace, actor, session, pupils[1:2])
    allow(workspace, pupils[1])
    diagnostics.add_sheets(workspace, actor, session, pupils[:2])
    found = diagnostics.session(workspace, actor, session).sheets
    assert [(one.sheet.number, one.pupil.id) for one in found] == [(1, pupils[0].id), (2, pupils[1].id)]
    assert diagnostics.years(workspace, actor) == [YEAR]
