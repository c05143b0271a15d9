"""Files of changes between two real workspaces: written, looked at, taken in, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from exchange_files import AFTER_UNDO, Room, accepted, check_chains, everything, reopened, sent, taken_back
from exchange_rooms import shown
from support import FIRST, YEAR, mark, pupil_ids

from profdesk.domain.access import Actor, Reach, Role
from profdesk.domain.exchange import DESK
from profdesk.domain.people import Group, PersonName
from profdesk.domain.portfolio import Cell
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.errors import WrongInputError
from profdesk.services import exchange, pupils

Rooms = tuple[Room, Room]


def test_what_was_done_on_one_stands_on_the_other(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    pupil = pupil_ids(one.workspace, group)[0]
    mark(one.workspace, FIRST, (pupil, "planning", 1), (pupil, "flexibility", 3))
    path = sent(one, two, tmp_path / "к ноутбуку.profdesk")
    before = shown(two.workspace)
    preview = exchange.look(two.workspace, two.workspace.actor, path)
    assert shown(two.workspace) == before
    assert [(one.title, one.made) for one in preview.counts if one.made] == [("Оценки компетенций", 2)]
    assert preview.pupils == ["Абрамова Полина Игоревна"]
    done = accepted(two, path)
    assert done.preview == preview
    with two.workspace.unit(two.workspace.actor) as unit:
        assert unit.portfolio.stages(group.id, FIRST) == {Cell(pupil, "planning"): 1, Cell(pupil, "flexibility"): 3}


def test_a_package_holds_what_the_receiver_has_not_said_it_knows(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    pupil = pupil_ids(one.workspace, group)[0]
    mark(one.workspace, FIRST, (pupil, "planning", 1))
    accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    accepted(one, sent(two, one, tmp_path / "2.profdesk"))
    assert exchange.waiting(one.workspace, one.workspace.actor) == {two.id: 0}
    mark(one.workspace, FIRST, (pupil, "planning", 2))
    assert exchange.waiting(one.workspace, one.workspace.actor) == {two.id: 1}
    with one.workspace.unit(one.workspace.actor) as unit:
        assert unit.computers.seen(two.id)[DESK][one.id] > 0
    found, _ = exchange.send(one.workspace, one.workspace.actor, two.id, tmp_path / "3.profdesk")
    assert accepted(two, tmp_path / "3.profdesk").preview.operations == found.operations


def test_an_acceptance_is_undone_to_the_row_and_can_be_made_again(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    pupil, other, _ = pupil_ids(one.workspace, group)
    mark(two.workspace, FIRST, (pupil, "planning", 2))
    mark(one.workspace, FIRST, (pupil, "planning", 1), (other, "planning", 3))
    path, before = sent(one, two, tmp_path / "1.profdesk"), everything(two.workspace, but=AFTER_UNDO)
    done = accepted(two, path)
    assert everything(two.workspace, but=AFTER_UNDO) != before
    undone = taken_back(two, done)
    assert undone.package.undone_at is not None
    assert everything(two.workspace, but=AFTER_UNDO) == before
    two = reopened(two)
    with pytest.raises(WrongInputError, match="уже отменён"):
        taken_back(two, done)
    assert accepted(two, path).preview.counts == done.preview.counts
    told = exchange.history(two.workspace, two.workspace.actor)
    assert [line.can_be_undone for line in told] == [True, False]
    check_chains(two)
    two.workspace.close()


def test_what_was_built_on_is_not_undone(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    pupils.add(one.workspace, one.workspace.actor, PupilEntry("Новый", "Саша", "", "02.06.2013", group="7А"), YEAR)
    first = accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    newcomer = pupil_ids(two.workspace, group)[3]
    mark(two.workspace, FIRST, (newcomer, "planning", 1))
    before = everything(two.workspace)
    with pytest.raises(WrongInputError, match="с тех пор принятое изменили"):
        taken_back(two, first)
    assert everything(two.workspace) == before


def test_acceptances_are_undone_from_the_last(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    pupil = pupil_ids(one.workspace, group)[0]
    mark(one.workspace, FIRST, (pupil, "planning", 1))
    first = accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    mark(one.workspace, FIRST, (pupil, "flexibility", 1))
    second = accepted(two, sent(one, two, tmp_path / "2.profdesk"))
    with pytest.raises(WrongInputError, match="приняли следующий файл"):
        taken_back(two, first)
    taken_back(two, second)
    taken_back(two, first)


def test_an_acceptance_stays_under_one_that_brought_deeds_alone(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    mark(one.workspace, FIRST, (pupil_ids(one.workspace, group)[0], "planning", 1))
    first = accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    second = accepted(two, sent(one, two, tmp_path / "2.profdesk"))
    assert second.preview.operations == 1, "that the first file was written"
    with pytest.raises(WrongInputError, match="приняли следующий файл"):
        taken_back(two, first)
    check_chains(two)
    taken_back(two, second)
    taken_back(two, first)
    check_chains(two)


def test_what_was_taken_is_told_and_harmless_again(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    pupil = pupil_ids(one.workspace, group)[0]
    mark(one.workspace, FIRST, (pupil, "planning", 1))
    first = sent(one, two, tmp_path / "1.profdesk")
    mark(one.workspace, FIRST, (pupil, "planning", 2))
    second = sent(one, two, tmp_path / "2.profdesk")
    assert not accepted(two, second).preview.is_known, "the first flash drive was lost: the second file holds all"
    before = everything(two.workspace)
    for path in (second, first):
        done = accepted(two, path)
        assert done.package is None
        assert done.preview.told == "Всё это уже принято."
    now = everything(two.workspace)
    assert {name: rows for name, rows in now.items() if name != "peer"} == {
        name: rows for name, rows in before.items() if name != "peer"
    }


def test_what_a_late_file_acknowledges_is_not_taken_for_new(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    early, late = sent(two, one, tmp_path / "1.profdesk"), tmp_path / "2.profdesk"
    mark(one.workspace, FIRST, (pupil_ids(one.workspace, group)[0], "planning", 1))
    accepted(two, sent(one, two, tmp_path / "3.profdesk"))
    accepted(one, sent(two, one, late))
    left = exchange.waiting(one.workspace, one.workspace.actor)[two.id]
    accepted(one, early)
    assert exchange.waiting(one.workspace, one.workspace.actor)[two.id] == left


def test_after_an_undo_the_next_file_is_a_gap_until_it_is_known(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    pupil = pupil_ids(one.workspace, group)[0]
    mark(one.workspace, FIRST, (pupil, "planning", 1))
    done = accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    accepted(one, sent(two, one, tmp_path / "2.profdesk"))
    taken_back(two, done)
    mark(one.workspace, FIRST, (pupil, "planning", 2))
    following = sent(one, two, tmp_path / "3.profdesk")
    with pytest.raises(WrongInputError, match=r"Не хватает \d+ запис"):
        accepted(two, following)
    accepted(two, sent(one, two, tmp_path / "4.profdesk", from_beginning=True))
    accepted(one, sent(two, one, tmp_path / "5.profdesk"))
    check_chains(one)
    check_chains(two)
    here, there = ({place: row for place, row in shown(room.workspace).items() if place[0] != "deed"} for room in rooms)
    assert here == there


def test_who_wrote_it_must_have_had_the_right(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    teacher, coordinator = (Actor(name, f"Некто {name}", "", frozenset(), Reach.ALL) for name in ("учитель", "завуч"))
    with one.workspace.unit(one.workspace.actor) as unit:
        unit.users.match(
            [
                one.workspace.actor,
                replace(teacher, roles=frozenset({Role.TEACHER})),
                replace(coordinator, roles=frozenset({Role.COORDINATOR})),
            ],
            datetime.now(UTC),
        )
    with one.workspace.unit(coordinator) as unit:
        unit.pupils.add(PersonName("Новый", "Саша"), date(2013, 6, 2), None)
    assert accepted(two, sent(one, two, tmp_path / "1.profdesk")).package, "the users come with the same file"
    with one.workspace.unit(teacher) as unit:
        unit.pupils.add(PersonName("Чужой", "Саша"), date(2013, 6, 2), None)
    path, before = sent(one, two, tmp_path / "2.profdesk"), everything(two.workspace)
    with pytest.raises(WrongInputError, match="нет права: Некто учитель, «сведения об ученике»"):
        accepted(two, path)
    assert everything(two.workspace) == before


@pytest.mark.parametrize("role", [Role.TEACHER, Role.COORDINATOR])
def test_nobody_gives_themselves_rights(rooms: Rooms, tmp_path: Path, role: Role) -> None:
    one, two = rooms
    somebody = Actor("некто", "Некто", "", frozenset({role}))
    with one.workspace.unit(one.workspace.actor) as unit:
        unit.users.match([one.workspace.actor, somebody], datetime.now(UTC))
    accepted(two, sent(one, two, tmp_path / "1.profdesk"))
    with one.workspace.unit(replace(somebody, reach=Reach.ALL)) as unit:
        unit.users.match([one.workspace.actor, replace(somebody, roles=frozenset({Role.OWNER}))], datetime.now(UTC))
    with pytest.raises(WrongInputError, match="нет права: Некто, «пользователь»"):
        accepted(two, sent(one, two, tmp_path / "2.profdesk"))
