"""Two computers' journals brought together in real databases: both show the same, and what the domain's rule says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from exchange_rooms import bring, copied, exchange, shown, told
from sqlalchemy import select, text
from support import FIRST, PASSWORD, YEAR, mark, pupil_ids

from profdesk.domain.people import Group, GroupName, PersonName, Sex, fold
from profdesk.domain.portfolio import Cell
from profdesk.errors import WrongInputError
from profdesk.storage import exchange_merge, journal, opening
from profdesk.storage.exchange import packed, unpacked
from profdesk.storage.models import GroupRow, PsyOperationRow
from profdesk.storage.workspace import Session, Workspace

Pair = tuple[Workspace, Workspace]


@pytest.fixture(autouse=True, params=[1, 2_000])
def at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes to the same, however many records are settled at a time."""
    monkeypatch.setattr(exchange_merge, "_AT_ONCE", request.param)


@pytest.fixture
def pair(workspace: Workspace, group: Group, tmp_path: Path) -> Pair:
    """A workspace with a class, and another computer that begins with all of it."""
    assert group
    other = copied(workspace, tmp_path / "ноутбук", PASSWORD)
    return opening.open_workspace(workspace.path, None, PASSWORD), other


def enter(workspace: Workspace, surname: str) -> None:
    """Enter class 7 «Б» with a pupil, as a computer does that knows of no such class."""
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("7 «Б»", 7, "Б"), "basic", YEAR)
        pupil = unit.pupils.add(PersonName(surname, "Иван", "Петрович"), date(2013, 5, 6), Sex.MALE)
        unit.pupils.enrol(pupil, group.id, YEAR)


def class_b(workspace: Workspace) -> list[str]:
    with workspace.unit(workspace.actor) as unit:
        groups = [group for group in unit.pupils.groups(YEAR) if group.name.title == "7 «Б»"]
        return [pupil.name.surname for group in groups for pupil in unit.pupils.in_group(group.id)]


def check_equal(one: Workspace, two: Workspace) -> None:
    for schema in ("main", "psy"):
        assert shown(one, schema) == shown(two, schema) == told(one, schema).rows == told(two, schema).rows
    for workspace in (one, two):
        with Session(workspace._engine) as session:
            assert journal.broken_link(session) is None
            assert journal.broken_link(session, PsyOperationRow) is None
            for check in ("foreign_key_check", "integrity_check"):
                assert [row[0] for row in session.execute(text(f"PRAGMA {check}"))] in ([], ["ok"])


def test_one_class_entered_on_both_is_one_with_the_pupils_of_both(pair: Pair) -> None:
    one, two = pair
    enter(one, "Ёлкин")
    enter(two, "Жуков")
    exchange(one, two)
    check_equal(one, two)
    assert class_b(one) == class_b(two) == ["Ёлкин", "Жуков"]


def test_the_later_stage_stands_and_both_stay_in_the_history(pair: Pair, group: Group) -> None:
    one, two = pair
    pupil = pupil_ids(one, group)[0]
    mark(one, FIRST, (pupil, "planning", 1))
    mark(two, FIRST, (pupil, "planning", 2))
    exchange(one, two)
    check_equal(one, two)
    for workspace in pair:
        with workspace.unit(workspace.actor) as unit:
            assert unit.portfolio.stages(group.id, FIRST) == {Cell(pupil, "planning"): 2}
            assert len(unit.portfolio.history(Cell(pupil, "planning"), YEAR)) == 2


def test_a_pupil_is_found_by_the_surname_of_one_and_the_given_name_of_another(pair: Pair, group: Group) -> None:
    one, two = pair
    pupil, born = pupil_ids(one, group)[0], date(2013, 5, 6)
    for each, name in ((one, PersonName("Ёлкин", "Иван", "Петрович")), (two, PersonName("Абрамов", "Ян", "Петрович"))):
        with each.unit(each.actor) as unit:
            unit.pupils.update(pupil, name, born, Sex.MALE)
    exchange(one, two)
    check_equal(one, two)
    found = shown(one)["pupil", pupil]
    assert (found["surname"], found["given"]) == ("Ёлкин", "Ян")
    assert found["folded"] == fold("Ёлкин Ян Петрович")


def test_repeating_changes_nothing_and_a_class_of_both_is_renamed_as_one(pair: Pair) -> None:
    one, two = pair
    enter(one, "Ёлкин")
    enter(two, "Жуков")
    exchange(one, two)
    before = shown(one)
    assert all(not taken.chains and not taken.merged.touched for taken in bring(two, one))
    assert shown(one) == before
    with two.unit(two.actor) as unit:
        session = unit.pupils._session
        row = session.scalars(select(GroupRow).where(GroupRow.title == "7 «Б»")).one()
        row.title, row.folded, row.letter = "7 «В»", "7в", "В"
    exchange(one, two)
    check_equal(one, two)
    assert class_b(one) == []


def test_changes_after_a_gap_and_of_a_copied_folder_are_refused_and_write_nothing(pair: Pair) -> None:
    one, two = pair
    enter(one, "Ёлкин")
    with one.unit(one.actor) as unit:
        operations = unpacked(packed(list(unit.exchange.unseen("desk", {}))))
    own = [operation for operation in operations if operation["device"] == one._device]
    before = shown(two)
    with pytest.raises(WrongInputError, match="Не хватает 2 записей"), two.unit(two.actor) as unit:
        unit.exchange.take("desk", [own[-1]], {})
    with pytest.raises(WrongInputError, match="не сходятся"), two.unit(two.actor) as unit:
        unit.exchange.take("desk", [{**own[-1], "clock": "0"}], {})
    assert shown(two) == before
