"""Erasure as a user's verb: what is due, what it takes, the act, and rights."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from support import CODES, FIRST, PASSWORD, YEAR, mark, pupil_ids

from profdesk.domain.access import Actor, Role
from profdesk.domain.backups import KEPT
from profdesk.domain.certificate_register import Issued
from profdesk.domain.consents import ConsentKind
from profdesk.domain.erasure import GONE, ErasureKind, Target
from profdesk.domain.people import Group, Leave, LeaveReason
from profdesk.domain.registers import ALL
from profdesk.domain.retention import RecordKind
from profdesk.errors import AccessError, NotFoundError, WrongInputError
from profdesk.services import (
    audit,
    backups,
    batches,
    certificates,
    consents,
    erasure,
    evidence,
    pupils,
    registers,
    workspaces,
)
from profdesk.storage.register_models import PartnerRow
from profdesk.storage.workspace import Workspace


def left_long_ago(workspace: Workspace, group: Group) -> str:
    """A pupil of the class who left five years ago with stages and a consent."""
    pupil = pupil_ids(workspace, group)[0]
    mark(workspace, FIRST, *((pupil, code, 2) for code in CODES))
    consents.give(workspace, workspace.actor, [pupil], ConsentKind.PERSONAL, date(2021, 9, 1))
    with workspace.unit(workspace.actor) as unit:
        unit.pupils.leave([pupil], YEAR, Leave(date(2021, 6, 25), LeaveReason.LEFT))
    return pupil


def test_who_left_long_ago_is_due_and_says_by_which_rule(workspace: Workspace, group: Group) -> None:
    pupil = left_long_ago(workspace, group)
    found = erasure.review(workspace, workspace.actor, date(2026, 11, 26))
    assert len(found.everyone) == 3
    (one,) = found.leavers
    assert one.kept.pupil == pupil
    assert {due.kind for due in one.due} == {RecordKind.PORTFOLIO, RecordKind.CONSENTS, RecordKind.CARD}
    assert all(due.rule.basis for due in one.due)
    assert erasure.due_targets(found.leavers) == [
        Target(pupil, frozenset({RecordKind.PORTFOLIO, RecordKind.CONSENTS, RecordKind.CARD}))
    ]


def test_what_is_destroyed_is_told_before_and_in_the_act(workspace: Workspace, group: Group) -> None:
    pupil = left_long_ago(workspace, group)
    targets = [Target(pupil)]
    outlook = erasure.look(workspace, workspace.actor, targets)
    assert outlook.records == {RecordKind.CARD: 2, RecordKind.PORTFOLIO: 3, RecordKind.CONSENTS: 1}
    assert [one.name.surname for one in outlook.subjects] == ["Абрамова"]
    act, changes = erasure.erase(workspace, workspace.actor, targets, ErasureKind.WITHDRAWN, "заявление № 5")
    assert act.done.records == outlook.records
    assert act.done.operations == outlook.operations
    assert changes.batch
    assert act.done.number == f"{act.done.made_on.year}/1"
    assert [one.name.full for one in act.subjects] == ["Абрамова Полина Игоревна"]
    (kept,) = erasure.acts(workspace, workspace.actor)
    assert "Абрамова" not in repr(kept)
    assert erasure.act_again(workspace, workspace.actor, kept.id).subjects == ()
    assert erasure.paper(act).startswith(b"%PDF")


def test_whoever_is_gone_is_in_no_list_and_cannot_go_twice(workspace: Workspace, group: Group) -> None:
    pupil = left_long_ago(workspace, group)
    erasure.erase(workspace, workspace.actor, [Target(pupil)], ErasureKind.TERM, "")
    assert pupil not in {one.id for one in pupils.pupils(workspace, workspace.actor, YEAR)}
    with pytest.raises(NotFoundError):
        erasure.look(workspace, workspace.actor, [Target(pupil)])


def test_an_import_that_brought_the_pupil_takes_back_the_others_alone(workspace: Workspace, group: Group) -> None:
    first, *others = pupil_ids(workspace, group)
    (act,) = batches.done(workspace, workspace.actor)
    erasure.erase(workspace, workspace.actor, [Target(first)], ErasureKind.UNLAWFUL, "")
    assert batches.outlook(workspace, workspace.actor, act.id).removed == len(others)
    undone, changes = batches.take_back(workspace, workspace.actor, act.id)
    assert undone.id == act.id
    assert pupils.pupils(workspace, workspace.actor, YEAR) == ()
    assert changes.batch
    batches.turn_back(workspace, workspace.actor, changes.batch)
    assert {one.id for one in pupils.pupils(workspace, workspace.actor, YEAR)} == set(others)


def test_a_certificate_of_who_is_gone_keeps_its_line(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    pupil, other, _ = pupil_ids(workspace, group)
    made = tmp_path / "сертификаты.pdf"
    certificates.issue(workspace, workspace.actor, group.id, [pupil, other], made)
    erasure.erase(workspace, workspace.actor, [Target(pupil)], ErasureKind.WITHDRAWN, "")
    lines: list[Issued] = list(certificates.register(workspace, workspace.actor))
    assert len(lines) == 2
    (gone,) = [line for line in lines if line.pupil.surname == GONE.capitalize()]
    assert (gone.code, gone.group) == ("", "")
    with pytest.raises(WrongInputError, match="уничтожены"):
        certificates.reprint(workspace, workspace.actor, [gone.number])


def test_a_name_in_the_basis_is_refused_and_nothing_goes(workspace: Workspace, group: Group) -> None:
    pupil = left_long_ago(workspace, group)
    with pytest.raises(WrongInputError, match="фамилия"):
        erasure.erase(workspace, workspace.actor, [Target(pupil)], ErasureKind.WITHDRAWN, "заявление Абрамовой")
    assert erasure.acts(workspace, workspace.actor) == []


@pytest.mark.parametrize("role", [Role.TEACHER, Role.PSYCHOLOGIST, Role.READER, Role.HEAD, Role.ADMINISTRATOR])
def test_others_may_not(workspace: Workspace, group: Group, role: Role) -> None:
    actor = Actor("1", "Петрова", "", frozenset({role}))
    with pytest.raises(AccessError):
        erasure.erase(workspace, actor, [Target("1")], ErasureKind.TERM, "")


def test_the_school_edits_the_rules(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    pupil = left_long_ago(workspace, group)
    file = tmp_path / "сроки.toml"
    erasure.save_rules(workspace, workspace.actor, file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("years = 3", "years = 50"), encoding="utf-8")
    erasure.take_rules(workspace, workspace.actor, file)
    found = erasure.review(workspace, workspace.actor)
    assert found.own_rules
    assert [one.due for one in found.leavers if one.kept.pupil == pupil] == [()]


def test_an_opening_finishes_what_was_stopped(workspace: Workspace, group: Group) -> None:
    """Stopped between the commit and cleaning up, the next opening cleans up."""
    pupil = left_long_ago(workspace, group)
    erasure.erase(workspace, workspace.actor, [Target(pupil)], ErasureKind.TERM, "")
    memory = workspace.path / "erased.json"
    raw = json.loads(memory.read_text(encoding="utf-8"))
    memory.write_text(json.dumps({**raw, "scrubbed": False}), encoding="utf-8")
    workspace.close()
    again = workspaces.open_workspace(workspace.path, None, PASSWORD)
    assert json.loads(memory.read_text(encoding="utf-8"))["scrubbed"] is True
    again.close()


def test_a_restored_copy_brings_nobody_back_and_says_so(workspace: Workspace, group: Group) -> None:
    pupil = left_long_ago(workspace, group)
    copy, _ = backups.make(workspace, workspace.actor)
    act, _ = erasure.erase(workspace, workspace.actor, [Target(pupil)], ErasureKind.TERM, "")
    assert act.copies.until == datetime.now().astimezone().date() + KEPT
    assert "последняя из них уйдёт сама" in act.copies.told
    backups.restore(workspace, workspace.actor, copy)
    workspace.close()
    again = workspaces.open_workspace(workspace.path, None, PASSWORD)
    assert "вернулись с копией и уничтожены снова" in again.notice
    assert pupil not in {one.id for one in pupils.pupils(again, again.actor, YEAR)}
    assert [one.kind for one in erasure.acts(again, again.actor)] == [ErasureKind.RESTORED]
    assert all(chain.broken_at is None for chain in audit.check(again, again.actor))
    again.close()


def test_whoever_leads_classes_alone_finishes_without_harm_to_others(workspace: Workspace, group: Group) -> None:
    """A file that somebody else's record names stays, though the one who opens sees neither."""
    pupil, other, _ = pupil_ids(workspace, group)
    evidence.add(workspace, workspace.actor, other, None, FIRST, [work(workspace.path.parent)])
    (kept,) = [path for path in workspace.path.glob("files/*/*") if not path.name.startswith(".")]
    erasure.erase(workspace, workspace.actor, [Target(pupil)], ErasureKind.TERM, "")
    memory = workspace.path / "erased.json"
    raw = json.loads(memory.read_text(encoding="utf-8"))
    memory.write_text(json.dumps({**raw, "files": [kept.name], "scrubbed": False}), encoding="utf-8")
    teacher = Actor("nobody", "Петрова", "", frozenset({Role.TEACHER}))
    erasure.apply_again(workspace, teacher)
    assert kept.is_file()
    assert json.loads(memory.read_text(encoding="utf-8"))["files"] == []


def work(folder: Path) -> Path:
    path = folder / "грамота.txt"
    path.write_text("грамота", encoding="utf-8")
    return path


def test_a_withdrawn_consent_has_its_own_term(workspace: Workspace, group: Group) -> None:
    pupil, other, _ = pupil_ids(workspace, group)
    given = date(2026, 9, 2)
    consents.give(workspace, workspace.actor, [pupil, other], ConsentKind.PERSONAL, given)
    for one in (pupil, other):
        consents.withdraw(workspace, workspace.actor, one, ConsentKind.PERSONAL, date(2026, 11, 12))
    consents.give(workspace, workspace.actor, [other], ConsentKind.PERSONAL, date(2026, 11, 20))
    found = {one.pupil: one.to_go_by for one in erasure.review(workspace, workspace.actor).everyone}
    assert found[pupil] == date(2026, 12, 12)
    assert found[other] is None


def test_a_name_in_another_case_is_blotted_out_too(workspace: Workspace, group: Group) -> None:
    """The list tells no sex: the patronymic does."""
    pupil = pupil_ids(workspace, group)[0]
    words = "Отзыв Абрамовой П. И. и рассказ Полины Абрамовой; мама Абрамовой поможет"
    kind = next(field for field in ALL["partners"].fields if field.code == "kind").choices[0].code
    registers.add(workspace, workspace.actor, ALL["partners"], {"name": "Завод", "kind": kind, "note": words})
    outlook = erasure.look(workspace, workspace.actor, [Target(pupil)])
    assert outlook.masked == 1
    assert [one.where for one in outlook.mentions] == ["партнёр"]
    erasure.erase(workspace, workspace.actor, [Target(pupil)], ErasureKind.WITHDRAWN, "")
    with workspace.unit(workspace.actor) as unit:
        (row,) = unit.erasure._session.scalars(select(PartnerRow))
        assert row.note == f"Отзыв [{GONE}] и рассказ [{GONE}]; мама Абрамовой поможет"
