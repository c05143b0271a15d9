"""Computers that get a part: all that their person's rights reach, nothing else, and what comes back loses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from erasure_room import Room
from exchange_rooms import device_of, shown
from part_rooms import NOW, Sent, empty, relay, send, take
from sqlalchemy import select, text
from support import FIRST, YEAR

from profdesk.domain.access import Actor, Reach, Role
from profdesk.domain.activities import ActivityEntry, State
from profdesk.domain.computers import Computer
from profdesk.domain.people import GroupName
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS
from profdesk.errors import AccessError, WrongInputError
from profdesk.storage import exchange_plan, exchange_shapes, journal
from profdesk.storage.activity_models import ActivityRow, ParticipationRow
from profdesk.storage.erasure_plan import tables
from profdesk.storage.models import GroupRow, PsyOperationRow
from profdesk.storage.register_models import PartnerRow
from profdesk.storage.workspace import Session, Workspace

TEACHER = Actor("teacher", "Ёлкина", "учитель", frozenset({Role.TEACHER}))
PSYCHOLOGIST = Actor("psychologist", "Орлова", "психолог", frozenset({Role.PSYCHOLOGIST}))


@dataclass
class Rooms:
    """The coordinator's computer with two classes, a teacher's of the first, and a psychologist's."""

    whole: Workspace
    teacher: Workspace
    psychologist: Workspace
    own: Room
    other: Room
    groups: tuple[str, str]
    kits: Mapping[str, Sent]
    """What the two began with, by whose computer it is."""

    def everybody(self) -> None:
        """Everybody takes from everybody what they have not seen, by the coordinator."""
        for one in (self.teacher, self.psychologist):
            relay(one, self.whole)
        for one in (self.teacher, self.psychologist):
            relay(self.whole, one)


def computer(device: str, name: str, person: Actor | None, *, psy: bool = False) -> Computer:
    return Computer(
        id=device,
        name=name,
        person=person.id if person else None,
        series="",
        whole=person is None,
        verifying_key="",
        address="",
        psy_address="age1" if psy else None,
        added_at=NOW,
    )


@pytest.fixture
def rooms(workspace: Workspace, tmp_path: Path) -> Iterator[Rooms]:
    device = device_of(workspace)
    with workspace.unit(workspace.actor) as unit:
        unit.users.match([workspace.actor, TEACHER, PSYCHOLOGIST], NOW)
        one, two = (unit.pupils.ensure_group(GroupName(f"7 «{one}»", 7, one), "basic", YEAR).id for one in "АБ")
        unit.class_teachers.give(TEACHER.id, [one], YEAR)
        for made in (
            computer(device, "методкабинет", None, psy=True),
            computer("teacher-1", "кабинет 12", TEACHER),
            computer("psychologist-1", "ноутбук", PSYCHOLOGIST, psy=True),
        ):
            unit.computers.put(made)
    codes = {("attachment", "register"): ACHIEVEMENTS.code}
    own, other = Room(workspace, "-СВОЙ", codes), Room(workspace, "-ЧУЖОЙ", codes)
    for room, group in ((own, one), (other, two)):
        with workspace.unit(workspace.actor) as unit:
            unit.pupils.enrol(room.pupil, group, YEAR)
        room.made[GroupRow] = group
        room.fill()
    with workspace.unit(workspace.actor) as unit:
        teacher, psychologist = unit.computers.get("teacher-1"), unit.computers.get("psychologist-1")
    made = Rooms(
        workspace,
        empty(tmp_path / "кабинет" / "школа", teacher, psy=False),
        empty(tmp_path / "ноутбук" / "школа", psychologist, psy=True),
        own,
        other,
        (one, two),
        kits := {},
    )
    for joined in (made.teacher, made.psychologist):
        kits[joined.actor.id] = send(workspace, joined)
        take(joined, kits[joined.actor.id])
    yield made
    made.teacher.close()
    made.psychologist.close()


def in_reach(workspace: Workspace, actor: Actor) -> dict[str, set[str]]:
    """What a user sees of each table that is sent by right, on the computer that has all."""
    with workspace.unit(replace(actor, reach=Reach.OWN)) as unit:
        session = unit.pupils._session
        named = {name: tables()[name] for name in (*exchange_plan.BY_RIGHT, *exchange_plan.BY_ENTRY)}
        return {name: set(session.scalars(select(table.id))) for name, table in named.items()}


def there(workspace: Workspace) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, record in (*shown(workspace), *(shown(workspace, "psy") if workspace.keys.psy else ())):
        found.setdefault(table, set()).add(record)
    return found


def test_every_table_has_its_one_place() -> None:
    places = [
        exchange_plan.STAYS,
        exchange_plan.EVERYBODY,
        exchange_plan.WHOLE_ALONE,
        exchange_plan.BY_RIGHT.keys(),
        exchange_plan.BY_ENTRY,
        exchange_plan.BY_RECORD,
        exchange_shapes.tables("psy").keys(),
    ]
    assert sorted(table for place in places for table in place) == sorted(tables())


def test_a_teacher_is_sent_what_the_own_class_is_seen_by_and_nothing_else(rooms: Rooms) -> None:
    rows, seen = there(rooms.teacher), in_reach(rooms.whole, TEACHER)
    not_given = {"issued_summary", "summary_signature", "told_figure", "sender", "sender_key"}
    not_given |= {"received_summary", "partner", "agreement", "staff", "training", "working_group", "document"}
    not_given |= {"web_page"}
    for name in (*exchange_plan.BY_RIGHT, *exchange_plan.BY_ENTRY):
        assert rows.get(name, set()) == (set() if name in not_given else seen[name]), name
    assert rows["pupil"] == {rooms.own.pupil}
    assert not rows.keys() & (exchange_plan.WHOLE_ALONE | exchange_plan.STAYS | exchange_shapes.tables("psy").keys())
    sent = rooms.kits[TEACHER.id]
    assert not [mark for mark in rooms.other.marks if mark in sent]
    assert not [one for one in (rooms.other.pupil, *rooms.other.files.values()) if one in sent]
    psy = {mark for mark in rooms.own.marks if of(mark) in exchange_shapes.tables("psy")}
    assert psy
    assert {mark for mark in rooms.own.marks if mark not in sent} == psy
    assert {"desk"} == sent.operations.keys()


def test_a_psychologist_is_sent_pupils_consents_and_diagnostics(rooms: Rooms) -> None:
    rows, everything = there(rooms.psychologist), there(rooms.whole)
    for name in ("pupil", "enrolment", "consent", "assessment", "route_line", *exchange_shapes.tables("psy")):
        assert rows.get(name, set()) == everything.get(name, set()), name
    assert not rows.keys() & {"certificate", "partner", "issued_summary", "sender", "batch", "deed"}
    sent = rooms.kits[PSYCHOLOGIST.id]
    for room in (rooms.own, rooms.other):
        assert {of(mark) for mark in room.marks if mark not in sent} == {"certificate"}


def test_changes_reach_by_the_coordinator_whom_they_may(rooms: Rooms) -> None:
    for workspace, pupil in ((rooms.teacher, rooms.own.pupil), (rooms.psychologist, rooms.other.pupil)):
        with workspace.unit(workspace.actor) as unit:
            unit.portfolio.append([Mark(Cell(pupil, "planning"), 2)], FIRST, Basis.OBSERVATION, date(2026, 11, 2), NOW)
    rooms.everybody()
    rooms.everybody()
    assert len(there(rooms.whole)["assessment"]) == len(there(rooms.psychologist)["assessment"]) == 4
    assert len(there(rooms.teacher)["assessment"]) == 2
    assert all(not send(rooms.whole, one).operations["desk"] for one in (rooms.teacher, rooms.psychologist))
    for workspace in (rooms.whole, rooms.teacher, rooms.psychologist):
        sound(workspace)


def of(mark: str) -> str:
    """The table in which a mark stands."""
    return mark.split("-")[2]


def sound(workspace: Workspace) -> None:
    with Session(workspace._engine) as session:
        assert journal.broken_link(session) is None
        assert not session.execute(text("PRAGMA foreign_key_check")).all()
        if workspace.keys.psy is not None:
            assert journal.broken_link(session, PsyOperationRow) is None


def test_who_comes_into_the_class_is_sent_from_the_beginning_and_who_leaves_no_more(rooms: Rooms) -> None:
    rooms.everybody()
    with rooms.whole.unit(rooms.whole.actor) as unit:
        unit.pupils.enrol(rooms.other.pupil, rooms.groups[0], YEAR)
        unit.pupils.enrol(rooms.own.pupil, rooms.groups[1], YEAR)
    rooms.everybody()
    rows, seen = there(rooms.teacher), in_reach(rooms.whole, TEACHER)
    assert seen["pupil"] == {rooms.other.pupil}
    for name in ("pupil", "assessment", "consent", "activity", "achievement", "attachment"):
        assert seen[name] <= rows[name], name
    with rooms.teacher.unit(replace(TEACHER, reach=Reach.OWN)) as unit:
        assert [one.id for one in unit.pupils.in_group(rooms.groups[0])] == [rooms.other.pupil]
    before = shown(rooms.teacher)
    with rooms.whole.unit(rooms.whole.actor) as unit:
        unit.portfolio.append(
            [Mark(Cell(rooms.own.pupil, "planning"), 2)], FIRST, Basis.OBSERVATION, date(2026, 11, 2), NOW
        )
    rooms.everybody()
    assert shown(rooms.teacher) == before
    sound(rooms.teacher)


def lead(rooms: Rooms, *groups: str) -> None:
    with rooms.whole.unit(rooms.whole.actor) as unit:
        unit.class_teachers.give(TEACHER.id, groups, YEAR)


def move_away(rooms: Rooms, pupil: str) -> None:
    """Into a class that the teacher does not lead."""
    with rooms.whole.unit(rooms.whole.actor) as unit:
        unit.pupils.enrol(pupil, unit.pupils.ensure_group(GroupName("8 «В»", 8, "В"), "basic", YEAR).id, YEAR)


def in_class(rooms: Rooms, group: str) -> list[str]:
    with rooms.teacher.unit(replace(TEACHER, reach=Reach.OWN)) as unit:
        return [one.id for one in unit.pupils.in_group(group)]


def test_who_left_goes_though_nobody_was_told_that_the_file_with_the_class_was_taken(rooms: Rooms) -> None:
    rooms.everybody()
    lead(rooms, *rooms.groups)
    take(rooms.teacher, send(rooms.whole, rooms.teacher))
    assert rooms.other.pupil in in_class(rooms, rooms.groups[1])
    move_away(rooms, rooms.other.pupil)
    take(rooms.teacher, send(rooms.whole, rooms.teacher))
    assert rooms.other.pupil not in in_class(rooms, rooms.groups[1])


def test_who_left_while_the_class_was_somebody_elses_is_gone_when_it_is_given_back(rooms: Rooms) -> None:
    rooms.everybody()
    lead(rooms)
    rooms.everybody()
    move_away(rooms, rooms.own.pupil)
    rooms.everybody()
    lead(rooms, rooms.groups[0])
    rooms.everybody()
    assert in_class(rooms, rooms.groups[0]) == []


def test_an_activity_that_asks_another_class_now_is_seen_no_more(rooms: Rooms) -> None:
    first, second = (ActivityEntry("game", "Игра", date(2026, 11, 3), groups=(one,)) for one in rooms.groups)
    with rooms.whole.unit(rooms.whole.actor) as unit:
        activity = unit.activities.write(first, NOW)
    rooms.everybody()
    assert activity in in_reach(rooms.teacher, TEACHER)["activity"]
    with rooms.whole.unit(rooms.whole.actor) as unit:
        unit.activities.write(second, NOW, activity)
    rooms.everybody()
    assert activity not in in_reach(rooms.teacher, TEACHER)["activity"]


def test_a_link_to_what_was_not_sent_is_empty_there_and_is_not_lost(rooms: Rooms) -> None:
    with rooms.whole.unit(rooms.whole.actor) as unit:
        session = unit.pupils._session
        row = session.scalars(
            select(ActivityRow)
            .join(ParticipationRow, ParticipationRow.activity_id == ActivityRow.id)
            .where(ParticipationRow.pupil_id == rooms.own.pupil)
        ).one()
        partner = PartnerRow(
            name="Депо", kind="", person="Кулик", phone="", email="", site="", note="", actor="", recorded_at="",
            withdrawn_at=None,
        )  # fmt: skip
        session.add(partner)
        session.flush()
        row.partner, activity = partner.id, row.id
    rooms.everybody()
    with rooms.teacher.unit(rooms.teacher.actor) as unit:
        there_ = unit.pupils._session.get_one(ActivityRow, activity)
        assert there_.partner is None
        there_.title = "Поездка в депо"
    rooms.everybody()
    rooms.everybody()
    with rooms.whole.unit(rooms.whole.actor) as unit:
        here = unit.pupils._session.get_one(ActivityRow, activity)
        assert (here.title, here.partner) == ("Поездка в депо", partner.id)
    assert "Кулик" not in send(rooms.whole, rooms.teacher)


def asked_singly(rooms: Rooms, *pupils: str, activity: str | None = None) -> str:
    """An activity for the teacher's class, with pupils asked one by one besides."""
    entry = ActivityEntry("excursion", "Завод", date(2026, 11, 20), groups=(rooms.groups[0],), pupils=pupils)
    with rooms.whole.unit(rooms.whole.actor) as unit:
        return unit.activities.write(entry, NOW, activity)


def shared_with(workspace: Workspace, activity: str) -> bool:
    """Whether the teacher is shown an activity as one that may only be read."""
    with workspace.unit(replace(TEACHER, reach=Reach.OWN)) as unit:
        return bool(unit.activities.shared([unit.activities.get(activity)]))


def test_an_activity_to_which_others_were_asked_singly_is_read_alone_on_both_computers(rooms: Rooms) -> None:
    rooms.everybody()
    activity = asked_singly(rooms, rooms.other.pupil)
    rooms.everybody()
    assert (shared_with(rooms.whole, activity), shared_with(rooms.teacher, activity)) == (True, True)
    with pytest.raises(AccessError), rooms.teacher.unit(replace(TEACHER, reach=Reach.OWN)) as unit:
        unit.activities.set_state(activity, State.CANCELLED)
    assert rooms.other.pupil not in send(rooms.whole, rooms.teacher)
    late = send(rooms.whole, rooms.teacher)
    asked_singly(rooms, activity=activity)
    rooms.everybody()
    take(rooms.teacher, late)
    assert (shared_with(rooms.whole, activity), shared_with(rooms.teacher, activity)) == (False, False)
    with rooms.teacher.unit(replace(TEACHER, reach=Reach.OWN)) as unit:
        unit.activities.set_state(activity, State.CANCELLED)
    rooms.everybody()
    with rooms.whole.unit(rooms.whole.actor) as unit:
        assert unit.activities.get(activity).state is State.CANCELLED


def test_every_activity_is_shown_alike_on_both_computers(rooms: Rooms) -> None:
    """By whom it was planned, whom it asks and whether it asks anybody: what may be written is the same."""
    teacher = replace(TEACHER, reach=Reach.OWN)
    made = []
    for actor in (rooms.whole.actor, teacher):
        groups = ((), (rooms.groups[0],), rooms.groups) if actor is not teacher else ((), (rooms.groups[0],))
        with rooms.whole.unit(actor) as unit:
            for of in groups:
                for pupils in ((), (rooms.own.pupil,)):
                    entry = ActivityEntry("excursion", "Завод", date(2026, 11, 20), groups=of, pupils=pupils)
                    made.append(unit.activities.write(entry, NOW))
    rooms.everybody()
    told = {one: (shared_with(rooms.whole, one), shared_with(rooms.teacher, one)) for one in made}
    assert all(whole == part for whole, part in told.values()), told
    assert len(set(told.values())) == 2


def test_a_lost_a_late_and_a_repeated_file_do_no_harm_and_a_gap_is_told(rooms: Rooms) -> None:
    def note(code: str) -> None:
        with rooms.whole.unit(rooms.whole.actor) as unit:
            marks = [Mark(Cell(rooms.own.pupil, code), 2)]
            unit.portfolio.append(marks, FIRST, Basis.OBSERVATION, date(2026, 11, 2), NOW)

    device = device_of(rooms.teacher)
    rooms.everybody()
    note("planning")
    first = send(rooms.whole, rooms.teacher)
    note("flexibility")
    second = send(rooms.whole, rooms.teacher)
    take(rooms.teacher, second)
    before, known = shown(rooms.teacher), known_by(rooms.teacher)
    for again in (first, second):
        assert all(not taken.chains for taken in take(rooms.teacher, again))
        assert (shown(rooms.teacher), known_by(rooms.teacher)) == (before, known)
    relay(rooms.teacher, rooms.whole)
    note("initiative")
    with rooms.whole.unit(rooms.whole.actor) as unit:
        ahead = unit.exchange.known()
        unit.computers.note(device, ahead, unit.computers.pupils(device), NOW)
    note("planning")
    with pytest.raises(WrongInputError, match="Не хватает"):
        take(rooms.teacher, send(rooms.whole, rooms.teacher))
    assert shown(rooms.teacher) == before


def known_by(workspace: Workspace) -> object:
    with workspace.unit(workspace.actor) as unit:
        return unit.exchange.known(), unit.computers.pupils(unit.computers.own_id)
