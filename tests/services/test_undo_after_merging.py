"""What was done before two computers met is undone after it, though a class that both entered is one by then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange_rooms import copied, exchange, shown
from inspection import faults
from support import PASSWORD, YEAR

from profdesk.domain.people import Group
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.services import batches, pupils
from profdesk.storage import opening
from profdesk.storage.workspace import Workspace

Pair = tuple[Workspace, Workspace]


@pytest.fixture
def pair(workspace: Workspace, group: Group, tmp_path: Path) -> Iterator[Pair]:
    assert group
    other = copied(workspace, tmp_path / "ноутбук", PASSWORD)
    one = opening.open_workspace(workspace.path, None, PASSWORD)
    yield one, other
    one.close()
    other.close()


def enter(desk: Workspace, surname: str, title: str) -> str:
    entry = PupilEntry(surname, "Саша", "", "5.2.13", None, title)
    step, _ = pupils.add(desk, desk.actor, entry, YEAR)
    assert step.batch is not None
    return step.batch


def classes(desk: Workspace) -> dict[str, list[str]]:
    with desk.unit(desk.actor) as unit:
        groups = unit.pupils.groups(YEAR)
        return {one.name.title: [each.name.surname for each in unit.pupils.in_group(one.id)] for one in groups}


@pytest.mark.parametrize("at", [0, 1])
def test_new_pupil_of_a_class_that_both_entered_is_taken_back(pair: Pair, at: int) -> None:
    done = [enter(desk, surname, "7Б") for desk, surname in zip(pair, ("Ким", "Лим"), strict=True)]
    exchange(*pair)
    assert classes(pair[0])["7 «Б»"] == ["Ким", "Лим"]
    batches.turn_back(pair[at], pair[at].actor, done[at])
    exchange(*pair)
    for desk in pair:
        assert classes(desk)["7 «Б»"] == [("Лим", "Ким")[at]]
        assert not faults(desk)
    assert shown(pair[0]) == shown(pair[1])


@pytest.mark.parametrize("at", [0, 1])
def test_pupil_goes_back_into_a_class_that_both_entered(pair: Pair, at: int) -> None:
    for desk, surname in zip(pair, ("Ким", "Лим"), strict=True):
        enter(desk, surname, "7Б")
    desk, surname = pair[at], ("Ким", "Лим")[at]
    with desk.unit(desk.actor) as unit:
        (pupil,) = (one.id for one in unit.pupils.all(YEAR) if one.name.surname == surname)
    step, _ = pupils.move(desk, desk.actor, [pupil], "7В", YEAR)
    exchange(*pair)
    assert classes(desk)["7 «В»"] == [surname]
    assert step.batch is not None
    batches.turn_back(desk, desk.actor, step.batch)
    exchange(*pair)
    for each in pair:
        assert classes(each)["7 «Б»"] == ["Ким", "Лим"]
        assert not faults(each)
    assert shown(pair[0]) == shown(pair[1])
