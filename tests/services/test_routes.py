"""The verbs of a route: written, changed, done, removed and put back, offered from the pupil's own choices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from support import YEAR, pupil_ids

from profdesk.domain import records
from profdesk.domain.changes import Kind
from profdesk.domain.people import Group
from profdesk.domain.records import RecordKind, Standing
from profdesk.domain.register import Values
from profdesk.domain.registers import ALL
from profdesk.domain.registers_of_pupils import PROFESSION_CHOICES, PROFILE_CHOICES
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.route import LineKind, LineState, RouteEntry, RouteLine
from profdesk.errors import WrongInputError
from profdesk.services import batches, pupil_card, registers, routes
from profdesk.storage.workspace import Workspace

STEP = RouteEntry(LineKind.STEP, "побывать на пробе", "мастер", date(2026, 12, 10))


@pytest.fixture
def pupil(workspace: Workspace, group: Group) -> str:
    return pupil_ids(workspace, group)[0]


def write(workspace: Workspace, pupil: str, entry: RouteEntry = STEP, line: str | None = None) -> RouteLine:
    return routes.write(workspace, workspace.actor, pupil, entry, line)[0]


def lines(workspace: Workspace, pupil: str) -> list[tuple[str, LineState]]:
    found = routes.read(workspace, workspace.actor, pupil).route.lines
    return [(one.entry.words, one.state) for one in found]


def test_a_line_is_written_changed_done_removed_and_put_back(workspace: Workspace, pupil: str) -> None:
    actor = workspace.actor
    line = write(workspace, pupil, replace(STEP, words="  побывать   на пробе "))
    assert lines(workspace, pupil) == [("побывать на пробе", LineState.OPEN)]
    write(workspace, pupil, replace(STEP, words="побывать на двух пробах"), line.line)
    routes.set_state(workspace, actor, line.line, LineState.DONE)
    assert lines(workspace, pupil) == [("побывать на двух пробах", LineState.DONE)]
    routes.remove(workspace, actor, line.line)
    found = routes.read(workspace, actor, pupil)
    assert (found.route.lines, found.has_history) == ((), True)
    routes.put_back(workspace, actor, line.line)
    assert lines(workspace, pupil) == [("побывать на двух пробах", LineState.DONE)]
    assert len(routes.history(workspace, actor, pupil)) == 5


def test_what_changes_nothing_is_not_written(workspace: Workspace, pupil: str) -> None:
    line = write(workspace, pupil)
    for _, changes in (
        routes.write(workspace, workspace.actor, pupil, STEP, line.line),
        routes.set_state(workspace, workspace.actor, line.line, LineState.OPEN),
    ):
        assert changes.batch is None
    assert len(routes.history(workspace, workspace.actor, pupil)) == 1


def test_what_is_impossible_is_refused_and_nothing_written(workspace: Workspace, pupil: str) -> None:
    with pytest.raises(WrongInputError, match="раньше дня рождения"):
        write(workspace, pupil, replace(STEP, due=date(2001, 1, 1)))
    assert not routes.read(workspace, workspace.actor, pupil).has_history


def test_a_step_is_undone_by_its_batch(workspace: Workspace, pupil: str) -> None:
    line, changes = routes.write(workspace, workspace.actor, pupil, STEP)
    assert changes.touches(Kind.ROUTES)
    assert changes.batch is not None
    again, _ = batches.turn_back(workspace, workspace.actor, changes.batch)
    assert lines(workspace, pupil) == []
    batches.turn_back(workspace, workspace.actor, again)
    assert lines(workspace, pupil) == [(line.entry.words, LineState.OPEN)]


def choose(workspace: Workspace, pupil: str, register: str, **values: object) -> None:
    said: Values = {"pupil_id": pupil, **values}  # type: ignore[dict-item]
    registers.add(workspace, workspace.actor, ALL[register], said)


def profession(workspace: Workspace, title: str) -> str:
    entry, _ = registers.add(workspace, workspace.actor, PROFESSIONS, {"title": title, "industry": "Транспорт"})
    return entry.id


def test_the_latest_choices_are_offered_until_they_are_taken(workspace: Workspace, group: Group, pupil: str) -> None:
    other = pupil_ids(workspace, group)[1]
    driver, cook = profession(workspace, "машинист"), profession(workspace, "повар")
    decided = {"basis": "проба", "decided_on": date(2026, 3, 1)}
    choose(workspace, pupil, PROFESSION_CHOICES.code, profession=cook, **decided)
    decided["decided_on"] = date(2026, 10, 1)
    choose(workspace, pupil, PROFESSION_CHOICES.code, profession=driver, reserve=cook, goal="колледж", **decided)
    choose(workspace, pupil, PROFILE_CHOICES.code, profile="technological", subjects="физика", **decided)
    found = routes.read(workspace, workspace.actor, pupil)
    assert found.offers == (
        RouteEntry(LineKind.FAR, "Профессия: машинист", "колледж"),
        RouteEntry(LineKind.RESERVE, "Профессия: повар"),
        RouteEntry(LineKind.NEAR, "Профиль обучения: технологический", "углублённо: физика"),
    )
    assert routes.read(workspace, workspace.actor, other).offers == ()
    own = write(workspace, pupil, RouteEntry(LineKind.FAR, "водить поезда"))
    kinds = [one.kind for one in routes.read(workspace, workspace.actor, pupil).offers]
    assert kinds == [LineKind.RESERVE, LineKind.NEAR]
    routes.remove(workspace, workspace.actor, own.line)
    taken, changes = routes.take(workspace, workspace.actor, pupil, found.offers)
    assert [one.entry for one in taken] == list(found.offers)
    assert routes.read(workspace, workspace.actor, pupil).offers == ()
    routes.remove(workspace, workspace.actor, taken[0].line)
    assert routes.read(workspace, workspace.actor, pupil).offers == ()
    assert changes.batch is not None


def test_all_records_of_the_card_tell_the_route(workspace: Workspace, pupil: str) -> None:
    line = write(workspace, pupil)
    write(workspace, pupil, replace(STEP, words="побывать на двух пробах"), line.line)
    gone = write(workspace, pupil, RouteEntry(LineKind.RESERVE, "повар"))
    routes.remove(workspace, workspace.actor, gone.line)
    card = pupil_card.card(workspace, workspace.actor, pupil, YEAR)
    found = records.of_kind(records.entries(card.history, card.programme), RecordKind.ROUTE)
    assert {(one.title, one.words, one.standing) for one in found} == {
        ("Шаг", "побывать на пробе", Standing.REPLACED),
        ("Шаг", "побывать на двух пробах, было «побывать на пробе»", Standing.STANDS),
        ("Запасной вариант", "повар", Standing.REPLACED),
        ("Запасной вариант", "повар, убрано", Standing.WITHDRAWN),
    }
    recent = records.recent(card.history, card.programme, 8)
    assert [(one.title, one.words) for one in recent if one.kind is RecordKind.ROUTE] == [
        ("Маршрут", "побывать на двух пробах, было «побывать на пробе»")
    ]
    write(workspace, pupil, RouteEntry(LineKind.FAR, "стать врачом"))
    card = pupil_card.card(workspace, workspace.actor, pupil, YEAR)
    (together,) = [one for one in records.recent(card.history, card.programme, 8) if one.kind is RecordKind.ROUTE]
    assert together.words == "Записаны 2 строки"
