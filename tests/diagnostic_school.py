"""A class with diagnostic sessions in a real workspace: what tests of results and consultations start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from kept_workspaces import create
from support import CHEAP, PASSWORD, YEAR

from profdesk.domain.access import Actor, NewUser, Role
from profdesk.domain.answers import Answers
from profdesk.domain.consents import ConsentKind
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.people import GroupName, PersonName, Pupil
from profdesk.services import class_teachers, consents, diagnostics, instruments, pupils
from profdesk.storage import vault
from profdesk.storage.workspace import Workspace

INCLINATIONS = "yovaysha_rezapkina_24"
BEFORE, DAY = date(2025, 11, 14), date(2026, 11, 20)
SURNAMES = ("Алексеева", "Баранов", "Власов", "Громова")
TEACHER = Actor("teacher", "Седова Ольга Ивановна", "классный руководитель", frozenset({Role.TEACHER}))
TEACHERS_PASSWORD = "пароль-учителя"


def new_workspace(folder: Path) -> Workspace:
    owner = NewUser("Лаптева Ирина Сергеевна", "педагог-психолог", PASSWORD)
    return create(folder, owner).workspace


def add_class(workspace: Workspace, surnames: Sequence[str] = SURNAMES) -> list[Pupil]:
    """Pupils of 8 «Б», in 7 «Б» the year before, whose parents consented."""
    with workspace.unit(workspace.actor) as unit:
        years = ((YEAR.previous, GroupName("7 «Б»", 7, "Б")), (YEAR, GroupName("8 «Б»", 8, "Б")))
        groups = {year: unit.pupils.ensure_group(name, "basic", year) for year, name in years}
        for surname in surnames:
            made = unit.pupils.add(PersonName(surname, "Саша"), date(2012, 5, 6), None)
            for year, group in groups.items():
                unit.pupils.enrol(made, group.id, year)
        there = list(unit.pupils.in_group(groups[YEAR].id))
    ids = [one.id for one in there]
    consents.give(workspace, workspace.actor, ids, ConsentKind.PSYCHOLOGICAL, date(2025, 9, 1))
    return there


def held(
    workspace: Workspace, code: str, pupils: Sequence[Pupil], answers: Sequence[Answers], day: date = DAY
) -> list[str]:
    """Hold a session with these answers, one sheet a pupil; gives the ids of the sheets."""
    actor, instrument = workspace.actor, instruments.called(code)
    made, _ = diagnostics.plan(workspace, actor, instrument, pupils, day, "каб. 12", "8 «Б»")
    sheets = [one.sheet for one in diagnostics.session(workspace, actor, made.id).sheets]
    for sheet, given in zip(sheets, answers, strict=False):
        diagnostics.put_answers(workspace, actor, instrument, sheet.id, given)
    diagnostics.close(workspace, actor, made.id)
    return [sheet.id for sheet in sheets]


def school_with_answers(folder: Path) -> Workspace:
    """A class with one answered session: something in either database."""
    made = new_workspace(folder)
    held(made, INCLINATIONS, add_class(made), [some_answers(instruments.called(INCLINATIONS))])
    return made


def session_of(workspace: Workspace, sheet: str) -> str:
    with workspace.unit(workspace.actor) as unit:
        return unit.diagnostics.sheet(sheet).session


def some_answers(instrument: Instrument, seed: int = 0) -> dict[int, str]:
    """Whole answers of any kind, the same for the same seed."""
    items = range(1, instrument.items + 1)
    if instrument.kind is Kind.RECORD:
        return {item: f"Рассказал о работе мамы, запись {item}" for item in items}
    if instrument.kind is Kind.MATRIX:
        return {1: "1+3", 2: str(1 + seed % 3)}
    if instrument.kind is Kind.RANKING:
        return {
            item: str(1 + (item - scale.items[0] + seed) % 18) for scale in instrument.scales for item in scale.items
        }
    if instrument.kind is Kind.SHARING:
        total = instrument.answering.total
        return {item: f"{(item + seed) % (total + 1)}-{total - (item + seed) % (total + 1)}" for item in items}
    codes = [option.code for option in instrument.answering.options]
    if instrument.kind is Kind.TRIPLE:
        return {item: "/".join(codes[(item * 3 + seed + n) % (len(codes) - 1)] for n in range(3)) for item in items}
    return {item: codes[(item * item + seed * item) % len(codes)] for item in items}


def towards(instrument: Instrument, points: Mapping[str, int]) -> dict[int, str]:
    """Answers of a choice that give the scales named the points wanted, as far as the key lets them."""
    found: dict[int, str] = {}
    for code, wanted in points.items():
        for entry in instrument.scale(code).entries:
            if (
                entry.item not in found
                and sum(found.get(e.item) == e.code for e in instrument.scale(code).entries) < wanted
            ):
                found[entry.item] = entry.code
    return found


def add_teacher(workspace: Workspace) -> None:
    """Let a teacher in who leads every class; the workspace is closed then, so that the teacher can open it."""
    actor, groups = workspace.actor, pupils.groups(workspace, workspace.actor, YEAR)
    class_teachers.give(workspace, actor, TEACHER.id, [one.id for one in groups], YEAR)
    keys = vault.load(workspace.path).unlock(workspace.actor.id, PASSWORD)
    vault.save(workspace.path, vault.load(workspace.path).with_user(TEACHER, TEACHERS_PASSWORD, keys, CHEAP))
    workspace.close()
