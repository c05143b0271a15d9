"""What somebody who programs puts into a file, signed by the own computer: neither power nor a word nobody can read."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from exchange_files import Room, accepted, everything, frames_of, joined, remade, secrets_of, sent
from kept_workspaces import create
from support import CHEAP, FIRST, LINES, PASSWORD, YEAR, listed, mark, pupil_ids

from profdesk import paths
from profdesk.domain.access import NewUser, Reach, Role
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.retention import RecordKind
from profdesk.domain.users import Draft
from profdesk.errors import WrongInputError
from profdesk.services import computers, erasure, exchange, exchange_frames, joining, pupils, roster
from profdesk.signing import exchange_file
from profdesk.signing.exchange_file import Frame
from profdesk.storage import journal, opening
from profdesk.storage.computers import key_text
from profdesk.storage.exchange import packed, unpacked
from profdesk.storage.exchange_rows import Rows
from profdesk.storage.models import new_id
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Session, Workspace

Operation = dict[str, Any]
Forged = Mapping[str, Any]


class School(NamedTuple):
    """The school's computer, one with all records, and a teacher's with the own class; two pupils."""

    whole: Room
    other: Room
    teacher: Room
    own: str
    foreign: str

    @property
    def owner(self) -> str:
        return self.whole.workspace.actor.id


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    folder, patch = tmp_path_factory.mktemp("школа"), pytest.MonkeyPatch()
    patch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))
    with paths.moved_to(folder / "home"):
        made = create(folder / "школа", NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)).workspace
        roster.apply(
            made,
            made.actor,
            roster.preview(made, made.actor, listed(folder, *LINES, "Яшин;Иван;Петрович;06.05.2013;7Б"), YEAR),
        )
        mine, other_class = sorted(pupils.groups(made, made.actor, YEAR), key=lambda one: one.name.title)[:2]
        own, foreign = pupil_ids(made, mine)[0], pupil_ids(made, other_class)[0]
        erasure.erase(made, made.actor, [Target(pupil_ids(made, mine)[1])], ErasureKind.WITHDRAWN, "№ 5")
        with made.unit(made.actor) as unit:
            person = unit.users.add(Draft("Ромашкина Ольга", "учитель", frozenset({Role.TEACHER})), datetime.now(UTC))
            unit.class_teachers.give(person, [mine.id], YEAR)
        code, _ = computers.kit(made, made.actor, person, "Кабинет 12", False, folder / "пакет.profdesk")
        part = joining.join(folder / "пакет.profdesk", code, folder / "часть", "пароль второго").workspace
        part.actor = replace(part.actor, reach=Reach.ALL)
        whole, other = joined(made, folder / "ноутбук")
        mark(part, FIRST, (own, "planning", 3))
        with part.unit(part.actor) as unit:
            teacher = Room(unit.computers.own_id, part)
        yield School(whole, other, teacher, own, foreign)
        for room in (whole, other, teacher):
            room.workspace.close()
    patch.undo()


def forged(school: School, sender: Room, path: Path, *told: Forged, psy: bool = False) -> Path:
    """A file for the school's computer with more operations at its end; ``psy``: in the psychologists' journal."""
    receiver = school.whole
    sent(sender, receiver, path)
    frames = frames_of(path, sender, receiver)
    operations = [dict(one) for one in unpacked(zlib.decompress(frames[1].data))]
    more, last = list[Operation](), operations[-1]
    for one in told:
        first = {"previous": journal.FIRST, "number": 1} if psy or "device" in one else {}
        made = {**last, "id": new_id(), "batch": new_id(), "verb": "insert", "record": new_id()}
        made |= {"previous": last["hash"], "number": last["number"] + 1} | first | dict(one)
        made["fields"] = made["fields"] if isinstance(made["fields"], str) else json.dumps(made["fields"])
        last = {**made, "hash": "" if "\ud800" in made["batch"] else journal.hash_of(made)}
        more.append(last)
    if psy:
        address = exchange_file.address(secrets_of(receiver).psy or "")
        sealed = exchange_file.seal_piece(zlib.compress(packed(more)), address)
        inside = [*frames[:2], Frame(b"P", sealed), *frames[2:-1]]
    else:
        data = json.dumps([list(one.values()) for one in _in_order([*operations, *more])]).encode()
        inside = [frames[0], Frame(b"O", zlib.compress(data)), *frames[2:-1]]
    return remade(path, sender, receiver, [*inside, exchange_frames.end_frame(len(inside))])


def _in_order(operations: list[Operation]) -> list[Operation]:
    (names,) = {tuple(unpacked(packed([one]))[0]) for one in operations[:1]}
    return [{name: one[name] for name in names} for one in operations]


def new(**fields: object) -> dict[str, list[object]]:
    return {name: [None, value] for name, value in fields.items()}


def row(school: School, table: str) -> dict[str, Any]:
    with Session(school.whole.workspace._engine) as session:
        rows = Rows(session, "main")
        (first, *_) = session.execute(rows.tables[table].select().order_by(rows.tables[table].c.id))
        return {"id": first.id, **rows.read([(table, first.id)])[table, first.id]}


def known(school: School, room: Room) -> dict[str, Any]:
    with Session(school.whole.workspace._engine) as session:
        return dict(Rows(session, "main").read([("computer", room.id)])["computer", room.id])


def update(table: str, record: str, **fields: object) -> Forged:
    return {"verb": "update", "table_name": table, "record": record, "fields": new(**fields)}


def newcomer(school: School) -> Forged:
    """A computer with all records that says of itself that it is there."""
    key, secret = exchange_file.new_keys()
    address, fresh = exchange_file.address(secret), new_id()
    told = {name: value for name, value in row(school, "computer").items() if name != "id"}
    keys = {"verifying_key": key_text(exchange_file.verifying_key(key)), "address": address, "psy_address": address}
    return {"device": fresh, "table_name": "computer", "record": fresh, "fields": new(**{**told, **keys})}


def former(school: School, **more: object) -> Forged:
    """An id that the teacher's computer says it had before a restore."""
    told = known(school, school.teacher)
    told["series"] += "-В2711-0900"
    return {"table_name": "computer", "fields": new(**{**told, **more})}


def erased_by_owner(school: School) -> Forged:
    """Somebody else's pupil as one more of an erasure that was."""
    act = row(school, "erasure")["id"]
    told = {
        "erasure_id": act,
        "pupil_id": school.foreign,
        "kinds": ",".join(RecordKind),
        "psy_erased_at": None,
        "psy_operations": 0,
    }
    return {"actor": school.owner, "batch": act, "table_name": "erased_pupil", "fields": new(**told)}


FROM_PART: Mapping[str, tuple[Callable[[School], Forged], str]] = {
    "a role, in the owner's name": (
        lambda it: {**update("app_user", it.teacher.workspace.actor.id, roles="owner"), "actor": it.owner},
        "сделать не могли",
    ),
    "a pupil of another class, in the owner's name": (
        lambda it: {**update("pupil", it.foreign, given="Х"), "actor": it.owner},
        "сделать не могли",
    ),
    "a pupil of another class, as if an erasure had left that": (
        lambda it: {
            **update("pupil", it.foreign, given="Х"),
            "actor": it.owner,
            "batch": row(it, "erasure")["id"],
        },
        "чужого класса",
    ),
    "one more pupil of an erasure": (erased_by_owner, "сделать не могли"),
    "another computer's chain": (
        lambda it: {**update("pupil", it.own, given="Х"), "device": it.other.id},
        "сделать не могли|нет права",
    ),
    "the receiver's own chain": (
        lambda it: {**update("deed", row(it, "deed")["id"], title="Х"), "device": it.whole.id},
        "сделать не могли",
    ),
    "all records": (lambda it: update("computer", it.teacher.id, whole=True), "нет права"),
    "another person": (lambda it: update("computer", it.teacher.id, person=it.owner), "нет права"),
    "an address for psychologists' records": (
        lambda it: update("computer", it.teacher.id, psy_address=row(it, "computer")["psy_address"]),
        "сделать не могли",
    ),
    "another computer's address": (lambda it: update("computer", it.whole.id, address="age1" + "q" * 58), "нет права"),
    "another computer turned into the own one": (
        lambda it: update("computer", it.whole.id, replaced_by=it.teacher.id),
        "сделать не могли",
    ),
    "a computer that nobody let join": (newcomer, "сделать не могли"),
    "all records, under an id of before": (lambda it: former(it, whole=True), "сделать не могли"),
    "another person, under an id of before": (lambda it: former(it, person=it.owner), "сделать не могли"),
    "psychologists' records, under an id of before": (
        lambda it: former(it, psy_address=row(it, "computer")["psy_address"]),
        "сделать не могли",
    ),
    "another computer's key, under an id of before": (
        lambda it: former(it, verifying_key=row(it, "computer")["verifying_key"]),
        "нет права",
    ),
    "a class": (
        lambda it: {
            "table_name": "group_teacher",
            "fields": new(group_id=row(it, "study_group")["id"], user_id=it.teacher.workspace.actor.id),
        },
        "нет права|не сходятся",
    ),
}


@pytest.mark.parametrize("what", FROM_PART)
def test_a_teachers_computer_gains_nothing(school: School, tmp_path: Path, what: str) -> None:
    make, words = FROM_PART[what]
    check_refused(school, forged(school, school.teacher, tmp_path / "1.profdesk", make(school)), words)


def test_two_ids_of_before_do_not_vouch_for_each_other(school: School, tmp_path: Path) -> None:
    both = former(school, whole=True), former(school, whole=True)
    check_refused(school, forged(school, school.teacher, tmp_path / "1.profdesk", *both), "сделать не могли")


def theirs(school: School, **more: object) -> Forged:
    """An id that the teacher's computer says another computer had before."""
    return {"table_name": "computer", "fields": new(**{**known(school, school.other), **more})}


ADDRESS = exchange_file.address(exchange_file.new_keys()[1])
ONE = new_id()
UNDER_ONE_ID: Mapping[str, Callable[[School], tuple[Forged, ...]]] = {
    "then psychologists' records": lambda it: (former(it), update("computer", ONE, psy_address=ADDRESS)),
    "then another address": lambda it: (former(it), update("computer", ONE, address=ADDRESS)),
    "then another computer's key": lambda it: (
        former(it),
        update("computer", ONE, verifying_key=known(it, it.other)["verifying_key"]),
    ),
    "the first computer's series": lambda it: (former(it, series=""),),
    "replaced by another computer": lambda it: (former(it, replaced_by=it.whole.id),),
    "then replaced by another computer": lambda it: (former(it), update("computer", ONE, replaced_by=it.whole.id)),
    "replaced before it is known": lambda it: (update("computer", ONE, replaced_by=it.whole.id),),
    "another computer as well, and replacing that": lambda it: (
        former(it),
        theirs(it),
        {**update("computer", it.other.id, replaced_by=ONE), "device": ONE},
    ),
    "another computer as well, which came before": lambda it: (
        theirs(it),
        {**former(it), "clock": "0000000000001-000000"},
        {**update("computer", it.other.id, replaced_by=ONE), "device": ONE},
    ),
}


@pytest.mark.parametrize("what", UNDER_ONE_ID)
def test_an_id_of_before_becomes_nothing_else(school: School, tmp_path: Path, what: str) -> None:
    """Whatever comes with it: else what goes to another computer could be led to this one."""
    told = [{"record": ONE, **one} for one in UNDER_ONE_ID[what](school)]
    check_refused(school, forged(school, school.teacher, tmp_path / "1.profdesk", *told), "сделать не могли|нет права")


def test_an_id_of_before_is_taken(school: School, tmp_path: Path) -> None:
    told = exchange.look(*at(school.whole), forged(school, school.teacher, tmp_path / "1.profdesk", former(school)))
    assert told.counts


def test_a_teachers_computer_writes_nothing_for_psychologists(school: School, tmp_path: Path) -> None:
    told = {name: value for name, value in row(school, "deed").items() if name != "id"}
    consultation = {"kind": "consultation", "whom": "pupil", "reason": "", "words": "Х", "outcome": ""}
    told = {**consultation, "pupil_id": school.own, "held_on": "2026-11-03", "actor": told["actor"]}
    forgery = {"table_name": "consultation", "actor": school.owner, "fields": new(**told)}
    check_refused(school, forged(school, school.teacher, tmp_path / "1.profdesk", forgery, psy=True), "не могли")


def test_what_the_teacher_did_is_taken_though_it_was_forged_before(school: School, tmp_path: Path) -> None:
    found = exchange.look(*at(school.whole), sent(school.teacher, school.whole, tmp_path / "1.profdesk"))
    assert found.counts
    assert found.pupils


def at(room: Room) -> tuple[Workspace, Any]:
    return room.workspace, room.workspace.actor


def check_refused(school: School, path: Path, words: str) -> None:
    before = everything(school.whole.workspace)
    for verb in (exchange.look, exchange.accept):
        with pytest.raises(WrongInputError, match=words):
            verb(*at(school.whole), path)
        assert everything(school.whole.workspace) == before


SPOILED: Mapping[str, Callable[[School], Forged]] = {
    "half of a sign": lambda it: {**update("pupil", it.own), "fields": '{"given": [null, "\\ud800"]}'},
    "half of a sign in an id": lambda it: {**update("pupil", it.own, given="Х"), "batch": "\ud800"},
    "other digits in a clock": lambda it: {**update("pupil", it.own, given="Х"), "clock": f"{'٩' * 13}-000000"},
    "a role of no program": lambda it: update("app_user", it.owner, roles="owner,царь"),
    "no role": lambda it: update("app_user", it.owner, roles=""),
    "a user removed at no time": lambda it: update("app_user", it.teacher.workspace.actor.id, removed_at="вчера"),
    "a computer stopped at no time": lambda it: update("computer", it.teacher.id, stopped_at="вчера"),
    "a key that is none": lambda it: update("computer", it.other.id, verifying_key="%%"),
    "a key too short": lambda it: update("computer", it.other.id, verifying_key="AAAA"),
    "an address that is none": lambda it: update("computer", it.other.id, address="age1"),
    "an erasure of something else": lambda it: {
        "table_name": "erased_pupil",
        "fields": new(
            erasure_id=row(it, "erasure")["id"], pupil_id=it.own, kinds="душа", psy_erased_at=None, psy_operations=0
        ),
    },
    "an erasure that counted souls": lambda it: update("erasure", row(it, "erasure")["id"], counts='{"душа": 1}'),
    "a correction to no reading": lambda it: {
        "table_name": "clock_correction",
        "fields": new(
            device=it.whole.id,
            after=0,
            until=9,
            psy_after=0,
            psy_until=9,
            counts_as="0",
            actor=it.owner,
            recorded_at="2026-11-03T10:00:00+00:00",
        ),
    },
    "a file of no register": lambda _: {"table_name": "attachment", "fields": new(register="нет", entry="x")},
    "two values that are a text": lambda it: {**update("pupil", it.own), "fields": '{"given": "ab"}'},
    "two values that are an object": lambda it: {**update("pupil", it.own), "fields": '{"given": {"a": 1, "b": 2}}'},
    "a number for yes": lambda it: {**update("computer", it.other.id), "fields": '{"whole": [null, 1.0]}'},
    "another organisation": lambda it: {
        "table_name": "organisation",
        "fields": new(**{name: value for name, value in row(it, "organisation").items() if name != "id"}),
    },
    "an id that another operation has": lambda it: {**update("pupil", it.own, given="Х"), "id": an_operation(it)},
}


def an_operation(school: School) -> str:
    with Session(school.whole.workspace._engine) as session:
        found: str = session.execute(Rows(session, "main")._journal.select()).mappings().first()["id"]  # type: ignore[index]
        return found


@pytest.mark.parametrize("what", SPOILED)
def test_a_word_that_nobody_can_read_is_not_taken(school: School, tmp_path: Path, what: str) -> None:
    mark(school.other.workspace, FIRST, (school.own, "planning", 2))
    check_refused(school, forged(school, school.other, tmp_path / "1.profdesk", SPOILED[what](school)), "не сходятся")


@pytest.mark.parametrize("table", ["app_user", "computer", "organisation", "erasure", "erased_pupil"])
def test_nothing_that_all_hangs_on_is_taken_away(school: School, tmp_path: Path, table: str) -> None:
    mark(school.other.workspace, FIRST, (school.own, "planning", 2))
    there = row(school, table)
    fields = {name: [value, None] for name, value in there.items() if name != "id"}
    gone = {"verb": "delete", "table_name": table, "record": there["id"], "fields": fields}
    check_refused(school, forged(school, school.other, tmp_path / "1.profdesk", gone), "нет права")


def test_a_record_without_its_day_waits_and_hinders_nothing(school: School, tmp_path: Path) -> None:
    half = {"table_name": "pupil", "fields": new(surname="Х", given="Х", folded="х х")}
    folder = Path(shutil.copytree(school.whole.workspace.path, tmp_path / "копия"))
    mark(school.other.workspace, FIRST, (school.own, "planning", 2))
    path = forged(school, school.other, tmp_path / "1.profdesk", half)
    copy = Room(school.whole.id, opening.open_workspace(folder, school.owner, PASSWORD))
    assert accepted(copy, path).preview.operations
    with copy.workspace.unit(copy.workspace.actor) as unit:
        assert len(unit.pupils.all(YEAR)) == len(LINES)
    copy.workspace.close()
    opening.open_workspace(folder, school.owner, PASSWORD).close()
