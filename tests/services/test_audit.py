"""The journal tells who did what to whom, to those who may hear it, and whether it was tampered with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from diagnostic_school import INCLINATIONS, add_class, held, new_workspace, some_answers
from sqlalchemy import text
from support import FIRST, LINES, YEAR, listed, mark, pupil_ids

from profdesk.domain import audit_words
from profdesk.domain.access import Actor, Role
from profdesk.domain.audit import Area, Verb, Wanted
from profdesk.domain.consents import ConsentKind
from profdesk.domain.deeds import DeedKind
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.people import Group
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.domain.registers_of_work import DEMAND
from profdesk.domain.users import Draft
from profdesk.errors import AccessError
from profdesk.services import (
    audit,
    batches,
    class_teachers,
    consents,
    deeds,
    erasure,
    instruments,
    programmes,
    pupils,
    registers,
    roster,
    users,
)
from profdesk.storage.workspace import Workspace

TEACHER = Actor("teacher", "Седова Ольга Ивановна", "учитель", frozenset({Role.COORDINATOR}))
KEEPER = Actor("keeper", "Юдин Пётр Ильич", "инженер", frozenset({Role.ADMINISTRATOR}))
ALL = Wanted()


def told(workspace: Workspace, wanted: Wanted = ALL, actor: Actor | None = None) -> list[str]:
    return [audit_words.what(act) for act in audit.acts(workspace, actor or workspace.actor, wanted).acts]


def test_an_act_says_who_did_what_to_whom_when(workspace: Workspace, group: Group) -> None:
    ids = pupil_ids(workspace, group)
    mark(workspace, FIRST, (ids[0], "planning", 2), (ids[1], "planning", 3))
    reading = audit.acts(workspace, workspace.actor, Wanted(area=Area.PORTFOLIO))
    (act,) = reading.acts
    assert audit_words.what(act) == "Оценка компетенции: добавлено 2"
    assert sorted(act.pupils) == sorted(ids[:2])
    assert (act.about, act.operations, act.psy) == (2, 2, False)
    assert reading.who(act) == workspace.actor.name
    assert {reading.pupils[one] for one in act.pupils} == {
        "Абрамова Полина Игоревна, 7 «А»",
        "Белов Матвей Сергеевич, 7 «А»",
    }


def test_a_change_of_a_field_is_told_with_both_values(workspace: Workspace, group: Group) -> None:
    (first, *_) = pupil_ids(workspace, group)
    entry = PupilEntry("Абрамова-Юн", "Полина", "Игоревна", "02.06.2013", None, "7А")
    pupils.edit(workspace, workspace.actor, first, entry, YEAR)
    act = audit.acts(workspace, workspace.actor, Wanted(pupil=first)).acts[0]
    (detail,) = [one for one in audit.details(workspace, workspace.actor, act) if one.operation.table == "pupil"]
    assert detail.operation.verb is Verb.UPDATE
    assert ("фамилия", "Абрамова → Абрамова-Юн") in detail.lines
    assert detail.pupil.startswith("Абрамова-Юн Полина")


def test_it_is_narrowed_by_person_pupil_area_and_day(workspace: Workspace, group: Group) -> None:
    ids = pupil_ids(workspace, group)
    consents.give(workspace, TEACHER, ids[:1], ConsentKind.PERSONAL, date(2026, 9, 1))
    mark(workspace, FIRST, (ids[1], "planning", 2))
    assert told(workspace, Wanted(who=TEACHER.id)) == ["Согласие: добавлено 1"]
    assert told(workspace, Wanted(area=Area.CONSENTS)) == ["Согласие: добавлено 1"]
    of_first = told(workspace, Wanted(pupil=ids[0]))
    assert of_first[0] == "Согласие: добавлено 1"
    assert not any(words.startswith("Оценка") for words in of_first)
    today = pupils.today()
    assert told(workspace, Wanted(since=today, until=today)) == told(workspace)
    assert told(workspace, Wanted(since=today + timedelta(days=1))) == []
    assert told(workspace, Wanted(until=today - timedelta(days=1))) == []


def test_pages_follow_each_other_without_a_gap(workspace: Workspace, group: Group) -> None:
    (first, *_) = pupil_ids(workspace, group)
    for stage in (0, 1, 2, 3, 2, 1, 0):
        mark(workspace, FIRST, (first, "planning", stage))
    whole = audit.acts(workspace, workspace.actor, Wanted())
    found, before, more = [], "", True
    while more:
        part = audit.acts(workspace, workspace.actor, Wanted(), before, 3)
        found += [act.batch for act in part.acts]
        before, more = part.acts[-1].reading, part.more
    assert found == [act.batch for act in whole.acts]
    assert not whole.more


def test_deeds_stand_among_the_acts(workspace: Workspace, group: Group) -> None:
    ids = pupil_ids(workspace, group)
    deeds.record(workspace, TEACHER, DeedKind.PRINTED, "список класса", ids)
    deeds.record(workspace, TEACHER, DeedKind.EXPORTED, "карточка ученика", ids[:1])
    assert told(workspace, Wanted(area=Area.DEEDS)) == ["Выгрузка в файл: карточка ученика", "Печать: список класса"]
    (act,) = [one for one in audit.acts(workspace, workspace.actor, Wanted(pupil=ids[0])).acts if one.done]
    assert (act.actor, act.done[0].count) == (TEACHER.id, 1)


def test_changes_of_rights_say_whose(workspace: Workspace, group: Group) -> None:
    made, _ = users.add(workspace, workspace.actor, Draft("Ким Ян", "", frozenset({Role.TEACHER})), "первый-пароль")
    for classes in ([group.id], []):
        class_teachers.give(workspace, workspace.actor, made, classes, YEAR)
    reading = audit.acts(workspace, workspace.actor, Wanted(area=Area.USERS))
    named = [(audit_words.what(act), list(reading.whom(act))) for act in reading.acts if made in act.users]
    assert named == [
        ("Классный руководитель: удалено 1", ["Ким Ян"]),
        ("Классный руководитель: добавлено 1", ["Ким Ян"]),
        ("Пользователь: добавлено 1", ["Ким Ян"]),
    ]


def test_classes_and_professions_are_named_and_not_coded(workspace: Workspace, group: Group) -> None:
    draft = {**DEMAND.blank(), "profession": "vet-rehabilitation", "year": 2026, "source": "центр занятости"}
    registers.add(workspace, workspace.actor, DEMAND, draft)
    acts = audit.acts(workspace, workspace.actor, ALL).acts
    told = {line for act in acts for one in audit.details(workspace, workspace.actor, act) for line in one.lines}
    programme = programmes.current(workspace, workspace.actor)
    assert (("уровень", "basic") in told, ("уровень", programme.level("basic").title) in told) == (False, True), group
    assert ("профессия", "ветеринар-реабилитолог") in told


def test_a_login_was_about_nobody_and_says_so_by_nothing(workspace: Workspace, group: Group) -> None:
    assert group
    deeds.record(workspace, workspace.actor, DeedKind.PRINTED, "бланки")
    (act, *_) = audit.acts(workspace, workspace.actor, Wanted(area=Area.DEEDS)).acts
    (detail,) = audit.details(workspace, workspace.actor, act)
    assert list(detail.lines) == []


def test_only_those_who_may_read_it_do(workspace: Workspace, group: Group) -> None:
    assert group
    for role in Role:
        actor = Actor("somebody", "Кто-то", "", frozenset({role}))
        if role in (Role.OWNER, Role.ADMINISTRATOR, Role.HEAD):
            assert told(workspace, actor=actor)
        else:
            with pytest.raises(AccessError, match="читать журнал действий"):
                told(workspace, actor=actor)


def test_who_may_not_see_pupils_reads_neither_names_nor_values(workspace: Workspace, group: Group) -> None:
    ids = pupil_ids(workspace, group)
    mark(workspace, FIRST, (ids[0], "planning", 2))
    reading = audit.acts(workspace, KEEPER, Wanted())
    assert set(reading.pupils.values()) == {"ученик"}
    lines = [line for act in reading.acts for one in audit.details(workspace, KEEPER, act) for line in one.lines]
    words = " ".join(value for line in lines for value in line)
    assert "Абрамова" not in words
    assert "стадия" not in words
    assert "краткое" in words or "кратко" in words


def test_psychologists_changes_are_read_by_those_who_hold_their_key(tmp_path: Path) -> None:
    made = new_workspace(tmp_path / "школа")
    children = add_class(made)
    instrument = instruments.called(INCLINATIONS)
    held(made, INCLINATIONS, children[:1], [some_answers(instrument)])
    reading = audit.acts(made, made.actor, Wanted(area=Area.DIAGNOSTICS, pupil=children[0].id))
    assert any(act.psy for act in reading.acts)
    assert any("бланк ответов" in audit_words.what(act).lower() for act in reading.acts)
    assert [chain.broken_at for chain in audit.check(made, made.actor)] == [None, None]
    made.close()


def test_a_chain_that_was_tampered_with_is_told(workspace: Workspace, group: Group) -> None:
    assert group
    (whole,) = [chain for chain in audit.check(workspace, workspace.actor) if not chain.psy]
    assert whole.broken_at is None
    assert f"{whole.operations}"[0] in whole.told
    with workspace._engine.connect() as connection:
        connection.execute(text("DROP TRIGGER operation_no_update"))
        connection.execute(text("UPDATE operation SET actor = 'другой' WHERE seq = 5"))
        connection.commit()
    (broken,) = [chain for chain in audit.check(workspace, workspace.actor) if not chain.psy]
    assert broken.broken_at == 5
    assert "нарушен на записи № 5" in broken.told
    assert replace(broken, broken_at=None) == whole


def test_what_was_found_is_written_out_and_that_is_journaled(
    workspace: Workspace, group: Group, tmp_path: Path
) -> None:
    ids = pupil_ids(workspace, group)
    mark(workspace, FIRST, (ids[0], "planning", 2))
    target = tmp_path / "Журнал.xlsx"
    number, changes = audit.export(workspace, workspace.actor, Wanted(), target)
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Когда", "Кто", "Что сделано", "О ком")
    assert len(rows) == number + 1
    assert rows[1][1:4] == (workspace.actor.name, "Оценка компетенции: добавлено 1", "Абрамова Полина Игоревна, 7 «А»")
    assert changes.batch
    assert told(workspace)[0] == "Выгрузка в файл: журнал действий"


def test_an_act_is_called_by_what_it_changed(workspace: Workspace, tmp_path: Path) -> None:
    plan = roster.preview(workspace, workspace.actor, listed(tmp_path, *LINES), YEAR)
    roster.apply(workspace, workspace.actor, plan)
    assert told(workspace, Wanted(area=Area.PUPILS))[0].startswith("Сведения об ученике: добавлено 3;")


def test_what_was_taken_back_still_tells_about_whom_it_was(workspace: Workspace, group: Group) -> None:
    first, second, _ = pupil_ids(workspace, group)
    _, given = consents.give(workspace, workspace.actor, [first], ConsentKind.PERSONAL, date(2026, 9, 1))
    entry = PupilEntry("Юн", "Ян", "", "02.06.2013", None, "7А")
    added, made = pupils.add(workspace, workspace.actor, entry, YEAR)
    for changes in (given, made):
        batches.turn_back(workspace, workspace.actor, changes.batch or "")
    of_consents = audit.acts(workspace, workspace.actor, Wanted(area=Area.CONSENTS, pupil=first))
    assert [audit_words.what(act) for act in of_consents.acts] == ["Согласие: удалено 1", "Согласие: добавлено 1"]
    assert [act.pupils for act in of_consents.acts] == [(first,), (first,)]
    assert not audit.acts(workspace, workspace.actor, Wanted(area=Area.CONSENTS, pupil=second)).acts
    of_pupils = audit.acts(workspace, workspace.actor, Wanted(area=Area.PUPILS, pupil=added.records[0]))
    assert {name for act in of_pupils.acts for name in of_pupils.whom(act)} == {"Юн Ян"}


def test_answers_are_found_by_the_pupil_who_gave_them(tmp_path: Path) -> None:
    made = new_workspace(tmp_path / "школа")
    child, other, *_ = add_class(made)
    held(made, INCLINATIONS, [child], [some_answers(instruments.called(INCLINATIONS))])
    found = audit.acts(made, made.actor, Wanted(area=Area.DIAGNOSTICS, pupil=child.id)).acts
    assert any(part.table == "answer" for act in found for part in act.parts)
    assert not [act for act in audit.acts(made, made.actor, Wanted(pupil=other.id)).acts if act.psy]
    made.close()


def test_who_was_erased_or_merged_hinders_nobody_to_read_on(workspace: Workspace, group: Group) -> None:
    stays, goes, erased = pupil_ids(workspace, group)
    for pupil in (goes, erased):
        deeds.record(workspace, workspace.actor, DeedKind.PRINTED, "карточка", [pupil])
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.merge(stays, goes, YEAR, stays)
    targets = [Target(erased)]
    erasure.erase(workspace, workspace.actor, targets, ErasureKind.WITHDRAWN, "заявление № 5")
    reading = audit.acts(workspace, workspace.actor, ALL)
    printed = {one.pupils[0]: one for one in reading.acts if any(done.kind is DeedKind.PRINTED for done in one.done)}
    assert reading.pupils[goes] == "Белов Матвей Сергеевич"
    assert erased not in reading.pupils
    for act in (*printed.values(), *reading.acts):
        audit.details(workspace, workspace.actor, act)
