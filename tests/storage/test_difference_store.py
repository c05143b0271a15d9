"""Nothing that a computer overwrote unseen is lost: it is shown, stands, was overwritten knowingly, or was settled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from exchange_rooms import bring, copied, exchange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_workspaces import create
from support import PASSWORD, YEAR, often

from profdesk.domain.access import NewUser
from profdesk.domain.differences import Found
from profdesk.domain.people import GroupName, PersonName, fold
from profdesk.storage import opening
from profdesk.storage.models import GroupRow, PupilRow, new_id
from profdesk.storage.register_models import PartnerRow
from profdesk.storage.workspace import Session, Workspace

FIELDS = ("name", "phone")
WORDS = ("а", "б", "в")
Pair = tuple[Workspace, Workspace]
_MORE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


class Deed(NamedTuple):
    """What one of two computers does to one of two records."""

    what: str
    who: int
    record: int
    field: str
    word: str


class Write(NamedTuple):
    """A value that somebody put into a field: when, and in place of which."""

    at: int
    record: str
    field: str
    value: str | None
    before: str | None


DEED = st.builds(
    Deed,
    st.sampled_from(("edit", "edit", "edit", "bring", "delete", "take", "leave", "undo")),
    st.integers(0, 1),
    st.integers(0, 1),
    st.sampled_from(FIELDS),
    st.sampled_from(WORDS),
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("расхождения")
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(folder / "школа", owner, programme="title = 'x'").workspace
    two = copied(made, folder / "ноутбук", PASSWORD)
    one = opening.open_workspace(folder / "школа", None, PASSWORD)
    yield one, two
    one.close()
    two.close()


class Life:
    """Two records on two computers, with what each did to them, told apart from how the program finds differences."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.writes: list[Write] = []
        self.known: tuple[set[Write], set[Write]] = (set(), set())
        self.settled: dict[str, set[Write]] = {}
        self.taken: list[tuple[int, str]] = []
        self.records = (new_id(), new_id())
        for record in self.records:
            with pair[0].unit(pair[0].actor) as unit:
                row = PartnerRow(id=record, name="Завод", phone="1", kind="", person="", email="", site="")
                row.note, row.actor, row.recorded_at = "", "", ""
                unit.registers._session.add(row)
        bring(*pair)

    def do(self, deed: Deed) -> None:
        who, record = deed.who, self.records[deed.record]
        if deed.what == "bring":
            bring(self.pair[1 - who], self.pair[who])
            self.known[who].update(self.known[1 - who])
        elif deed.what == "edit":
            self._edit(who, record, deed.field, deed.word)
        elif deed.what == "delete":
            self._delete(who, record)
        elif deed.what == "undo":
            self._undo(who)
        else:
            self._decide(deed.what, who)

    def told(self, who: int) -> list[Found]:
        with self.pair[who].unit(self.pair[who].actor) as unit:
            return [one for one in unit.differences.all() if one.record in self.records]

    def shown(self, who: int, record: str) -> dict[str, str] | None:
        with Session(self.pair[who]._engine) as session:
            row = session.get(PartnerRow, record)
            return None if row is None else {field: getattr(row, field) for field in FIELDS}

    def _wrote(self, who: int, record: str, before: dict[str, str] | None, after: dict[str, str] | None) -> None:
        for field in FIELDS:
            was, put = (before or {}).get(field), (after or {}).get(field)
            if was != put:
                made = Write(len(self.writes), record, field, put, was)
                self.writes.append(made)
                self.known[who].add(made)

    def _edit(self, who: int, record: str, field: str, word: str) -> None:
        before = self.shown(who, record)
        if before is not None:
            with self.pair[who].unit(self.pair[who].actor) as unit:
                setattr(unit.registers._session.get(PartnerRow, record), field, word)
            self._wrote(who, record, before, self.shown(who, record))

    def _delete(self, who: int, record: str) -> None:
        before = self.shown(who, record)
        if before is not None:
            with self.pair[who].unit(self.pair[who].actor) as unit:
                unit.registers._session.delete(unit.registers._session.get(PartnerRow, record))
            self._wrote(who, record, before, None)

    def _decide(self, what: str, who: int) -> None:
        told, before = self.told(who)[:1], {record: self.shown(who, record) for record in self.records}
        if not told:
            return
        with self.pair[who].unit(self.pair[who].actor) as unit:
            (unit.differences.take if what == "take" else unit.differences.leave)(told)
            batch = unit.batch
        self.taken.append((who, batch))
        for record in self.records:
            self._wrote(who, record, before[record], self.shown(who, record))
        if what == "leave":
            (one,) = told
            told_of = {(one.record, field, value) for field, value in one.other.items()}
            self.settled[batch] = {
                write for write in self.known[who] if (write.record, write.field, write.value) in told_of
            }

    def _undo(self, who: int) -> None:
        if not self.taken or self.taken[-1][0] != who:
            return
        before = {record: self.shown(who, record) for record in self.records}
        _, batch = self.taken.pop()
        with self.pair[who].unit(self.pair[who].actor) as unit:
            if not unit.batches.obstacles(batch):
                unit.batches.take_back(batch)
                self.settled.pop(batch, None)
        for record in self.records:
            self._wrote(who, record, before[record], self.shown(who, record))

    def check(self) -> None:
        """Once everybody knows everything, nothing that anybody wrote is out of sight."""
        one, two = self.pair
        bring(two, one)
        bring(one, two)
        here, there = self.told(0), self.told(1)
        assert {one.writes for one in here} == {one.writes for one in there}
        settled = {write for some in self.settled.values() for write in some}
        for write in self.writes:
            stands = self.shown(0, write.record)
            assert stands == self.shown(1, write.record)
            if write.value is None or write in settled:
                continue
            told = {one.other.get(write.field) for one in here if one.record == write.record}
            seen = {
                one.before
                for one in self.writes
                if (one.record, one.field) == (write.record, write.field) and (stands is None or one.at > write.at)
            }
            assert write.value in {*told, *seen, *([] if stands is None else [stands[write.field]])}
        for one in here:
            assert one.deleted is (self.shown(0, one.record) is None)
            assert all(one.holds[field] != value or one.deleted for field, value in one.other.items())

    def end(self) -> None:
        """Leave no difference to the next life."""
        with self.pair[0].unit(self.pair[0].actor) as unit:
            unit.differences.leave(unit.differences.all())
        bring(*self.pair)
        assert self.told(0) == self.told(1) == []


def live(pair: Pair, deeds: list[Deed]) -> None:
    life = Life(pair)
    for deed in deeds:
        life.do(deed)
    life.check()
    life.end()


@often(0.4, **_MORE)
@given(deeds=st.lists(DEED, min_size=6, max_size=14))
def test_nothing_overwritten_unseen_is_out_of_sight(pair: Pair, deeds: list[Deed]) -> None:
    live(pair, deeds)


@pytest.mark.slow
@settings(max_examples=300, **_MORE)
@given(deeds=st.lists(DEED, min_size=3, max_size=20))
def test_nothing_overwritten_unseen_is_out_of_sight_in_hundreds_of_lives(pair: Pair, deeds: list[Deed]) -> None:
    live(pair, deeds)


def test_what_lists_are_searched_by_follows_a_name_that_was_taken(pair: Pair) -> None:
    one, two = pair
    with one.unit(one.actor) as unit:
        pupil = unit.pupils.add(PersonName("Ким", "Иван"), date(2013, 5, 6), None)
    exchange(one, two)
    for each, surname in ((one, "Ёлкин"), (two, "Цой")):
        with each.unit(each.actor) as unit:
            unit.pupils.update(pupil, PersonName(surname, "Иван"), date(2013, 5, 6), None)
    exchange(one, two)
    with two.unit(two.actor) as unit:
        unit.differences.take(unit.differences.all())
    with Session(two._engine) as session:
        row = session.get(PupilRow, pupil)
        assert row is not None
        assert (row.surname, row.folded) == ("Ёлкин", fold("Ёлкин Иван"))


def test_a_class_entered_on_both_and_left_alone_differs_in_nothing(pair: Pair) -> None:
    one, two = pair
    for each, title in ((one, "7 «Б»"), (two, "7 «Б»")):
        with each.unit(each.actor) as unit:
            unit.pupils.ensure_group(GroupName(title, 7, "Б"), "basic", YEAR)
    exchange(one, two)
    with two.unit(two.actor) as unit:
        assert [found for found in unit.differences.all() if found.table == GroupRow.__tablename__] == []


def test_a_change_of_what_stands_for_two_records_is_undone(pair: Pair, tmp_path: Path) -> None:
    """What both computers entered is one row: its changes are journaled for both records, and undone as one."""
    assert tmp_path
    one, two = pair
    for each in pair:
        with each.unit(each.actor) as unit:
            unit.pupils.ensure_group(GroupName("8 «В»", 8, "В"), "basic", YEAR)
    exchange(one, two)
    with two.unit(two.actor) as unit:
        group = next(found for found in unit.pupils.groups(YEAR) if found.name.title == "8 «В»")
        row = unit.pupils._session.get(GroupRow, group.id)
        assert row is not None
        row.level = "secondary"
        batch = unit.batch
    with two.unit(two.actor) as unit:
        assert unit.batches.obstacles(batch) == []
        unit.batches.take_back(batch)
    with two.unit(two.actor) as unit:
        assert unit.pupils.group(group.id).level == "basic"
