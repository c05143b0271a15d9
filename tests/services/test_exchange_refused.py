"""Files that must not be taken: each is refused in a sentence that says what to do, and nothing is written."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from exchange_files import Room, added, everything, frames_of, joined, remade, sent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_workspaces import create
from support import FIRST, LINES, PASSWORD, YEAR, listed, mark, pupil_ids

from profdesk import paths
from profdesk.domain.access import NewUser
from profdesk.domain.exchange import Kind
from profdesk.errors import ProfdeskError
from profdesk.services import computers, exchange, pupils, roster
from profdesk.signing import exchange_file
from profdesk.signing.exchange_file import Frame
from profdesk.storage import journal
from profdesk.storage.exchange import packed, unpacked
from profdesk.storage.migrate import HEAD

Rooms = tuple[Room, Room]
Made = Callable[[Rooms, Path], Path]
Operation = dict[str, Any]


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    """The school's computer with a class, a laptop that knows of all but two stages, and one that was stopped."""
    folder = tmp_path_factory.mktemp("отказы")
    with paths.moved_to(folder / "home"):
        school = create(folder / "школа", NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)).workspace
        roster.apply(school, school.actor, roster.preview(school, school.actor, listed(folder, *LINES), YEAR))
        stopped, _ = added(school, "Старый компьютер", "К9")
        computers.stop(school, school.actor, stopped)
        one, two = joined(school, folder / "ноутбук")
        pupil = pupil_ids(one.workspace, pupils.group_called(one.workspace, one.workspace.actor, YEAR, "7а"))[0]
        mark(one.workspace, FIRST, (pupil, "planning", 1), (pupil, "flexibility", 1))
        yield one, two
        one.workspace.close()
        two.workspace.close()


@pytest.fixture(scope="module")
def original(rooms: Rooms, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the laptop would take."""
    return sent(*rooms, tmp_path_factory.mktemp("файл") / "1.profdesk")


def head(**fields: str) -> Made:
    return lambda rooms, path: remade(path, *rooms, head=fields)


def with_frames(change: Callable[[list[Frame]], list[Frame]]) -> Made:
    return lambda rooms, path: remade(path, *rooms, change(frames_of(path, *rooms)))


def with_operations(change: Callable[[list[Operation]], list[Operation]]) -> Made:
    def changed(frames: list[Frame]) -> list[Frame]:
        operations = [dict(one) for one in unpacked(zlib.decompress(frames[1].data))]
        return [frames[0], Frame(b"O", zlib.compress(packed(change(operations)))), *frames[2:]]

    return with_frames(changed)


def last(**fields: Any) -> Made:
    """The last operation otherwise, and chained again, as only a dishonest program of a known computer could."""

    def changed(operations: list[Operation]) -> list[Operation]:
        one = operations[-1] | {
            name: value(operations[-1]) if callable(value) else value for name, value in fields.items()
        }
        return [*operations[:-1], {**one, "hash": journal.hash_of(one)}]

    return with_operations(changed)


def one_id(told: list[Operation]) -> list[Operation]:
    """The last operation under the id of the one before."""
    one = {**told[-1], "id": told[-2]["id"]}
    return [*told[:-1], {**one, "hash": journal.hash_of(one)}]


def bytes_changed(at: float) -> Made:
    def made(_rooms: Rooms, path: Path) -> Path:
        raw = bytearray(path.read_bytes())
        raw[int(len(raw) * at)] ^= 1
        path.write_bytes(raw)
        return path

    return made


def cut(_rooms: Rooms, path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-100])
    return path


def something_else(_rooms: Rooms, path: Path) -> Path:
    path.write_text("Фамилия;Имя\n", encoding="utf-8")
    return path


def nothing(_rooms: Rooms, path: Path) -> Path:
    return path.with_name("нет.profdesk")


def for_another(rooms: Rooms, path: Path) -> Path:
    other, _ = added(rooms[0].workspace, "Кабинет 5", "К3")
    exchange.send(rooms[0].workspace, rooms[0].workspace.actor, other, path)
    return path


def from_a_stopped_one(rooms: Rooms, path: Path) -> Path:
    one, _ = rooms
    computer = next(one for one in computers.all_of(one.workspace, one.workspace.actor) if one.stopped_at)
    return remade(path, *rooms, head={"sender": computer.id})


def manifest(frames: list[Frame], **fields: object) -> list[Frame]:
    return [Frame(b"M", json.dumps({**json.loads(frames[0].data), **fields}).encode()), *frames[1:]]


def bomb(frames: list[Frame]) -> list[Frame]:
    return [frames[0], Frame(b"O", zlib.compress(bytes(65 * 1024 * 1024))), *frames[2:]]


def with_fields(**fields: list[Any]) -> Callable[[Operation], str]:
    return lambda one: json.dumps({**json.loads(one["fields"]), **fields})


def _chained(one: Operation) -> Operation:
    return {**one, "hash": journal.hash_of(one)}


REFUSED: Mapping[str, tuple[Made, str]] = {
    "another organisation": (head(workspace="другая"), "в другой организации"),
    "a newer program": (head(schema=f"{int(HEAD) + 1:04}"), "более новой программой. Обновите"),
    "another receiver": (for_another, "для другого компьютера"),
    "another receiver, by the head alone": (head(receiver="никто"), "для другого компьютера"),
    "a stopped computer": (from_a_stopped_one, "прекращён"),
    "an unknown computer": (head(sender="никто"), "ещё не знают"),
    "a package of a workspace": (head(kind=Kind.WORKSPACE.value), "Это пакет рабочей папки"),
    "a byte in the head": (bytes_changed(0.1), "повреждён|другой|ещё не знают"),
    "a byte in the middle": (bytes_changed(0.5), "повреждён"),
    "a byte of the signature": (bytes_changed(0.999), "повреждён"),
    "cut off": (cut, "повреждён"),
    "a table": (something_else, "не файл обмена"),
    "no file": (nothing, "не открывается"),
    "no end": (with_frames(lambda frames: frames[:-1]), "не по правилам"),
    "a wrong end": (with_frames(lambda frames: [*frames[:-1], Frame(b"E", b"7")]), "не по правилам"),
    "more after the end": (with_frames(lambda frames: [*frames, frames[-1]]), "не по правилам"),
    "no manifest": (with_frames(lambda frames: frames[1:]), "не по правилам"),
    "two manifests": (with_frames(lambda frames: [frames[0], *frames]), "не по правилам"),
    "a manifest of nothing": (with_frames(lambda frames: [Frame(b"M", b"[]"), *frames[1:]]), "не по правилам"),
    "a manifest of wrong numbers": (with_frames(lambda frames: manifest(frames, files=-1)), "не по правилам"),
    "an unknown frame": (with_frames(lambda frames: [frames[0], Frame(b"Z", b""), *frames[1:]]), "не по правилам"),
    "a wrong order": (with_frames(lambda frames: [frames[0], Frame(b"F", b"a" * 65), *frames[1:]]), "не по правилам"),
    "a bomb": (with_frames(bomb), "не по правилам"),
    "no zlib": (with_frames(lambda frames: [frames[0], Frame(b"O", b"abc"), *frames[2:]]), "не по правилам"),
    "bytes of another hash": (
        with_frames(lambda frames: [*frames[:-1], Frame(b"B", b"sha256:" + b"0" * 64 + b"x"), Frame(b"E", b"3")]),
        "не по правилам",
    ),
    "a gap": (
        with_frames(lambda frames: manifest(frames, base={"desk": {"device": 7}, "psy": {}})),
        "Не хватает 7 записей",
    ),
    "a gap in the operations": (with_operations(lambda told: told[:-2] + told[-1:]), "Не хватает 1 записи"),
    "two operations of one number": (
        with_operations(lambda told: [*told, _chained({**told[-1], "record": "другая"})]),
        "одни и те же номера",
    ),
    "a changed operation": (with_operations(lambda told: [*told[:-1], {**told[-1], "record": "я"}]), "не сходятся"),
    "two operations of one id": (with_operations(one_id), "не сходятся"),
    "a number too large": (last(number=2**63), "не сходятся|Не хватает"),
    "a clock of nothing": (last(clock="завтра"), "не сходятся"),
    "an unknown table": (last(table_name="sqlite_master"), "не сходятся"),
    "a table of the other journal": (last(table_name="answer"), "не сходятся"),
    "an unknown field": (last(fields=with_fields(colour=[None, "red"])), "не сходятся"),
    "a wrong day": (last(fields=with_fields(made_on=[None, "2026-02-31"])), "не сходятся"),
    "a word for a number": (last(fields=with_fields(school_year=[None, "год"])), "не сходятся"),
    "nothing where something must be": (last(fields=with_fields(basis=[None, None])), "не сходятся"),
    "no fields": (last(fields="{}"), "не сходятся"),
    "an erased one that says something": (last(erased="x"), "не сходятся"),
    "a stranger": (last(actor="никто"), "нет права: неизвестный пользователь, «оценка компетенции»"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_nothing_of_it_is_taken(rooms: Rooms, original: Path, tmp_path: Path, what: str) -> None:
    make, words = REFUSED[what]
    _, two = rooms
    path = make(rooms, Path(shutil.copy(original, tmp_path / "1.profdesk")))
    before = everything(two.workspace)
    for verb in (exchange.look, exchange.accept):
        with pytest.raises(ProfdeskError, match=words):
            verb(two.workspace, two.workspace.actor, path)
        assert everything(two.workspace) == before


FAR = 10**6
"""Past the end of every part of a file: a place is drawn and taken modulo the length."""
PARTS = ("first line", "head", "letter of the body", "body", "signature")
NEWER = st.integers(int(HEAD) + 1, 9_999).map(lambda number: f"{number:04}")
TO_OTHERS = st.one_of(
    st.fixed_dictionaries({"workspace": st.uuids().map(str)}),
    st.fixed_dictionaries({"receiver": st.uuids().map(str)}),
    st.fixed_dictionaries({"receiver": st.just("the sender")}),
    st.fixed_dictionaries({"sender": st.uuids().map(str)}),
    st.fixed_dictionaries({"schema": NEWER}),
    st.fixed_dictionaries({"schema": NEWER, "workspace": st.uuids().map(str), "receiver": st.uuids().map(str)}),
)


def part_of(raw: bytes, part: str) -> tuple[int, int]:
    """Where a part of a file begins and ends."""
    first = raw.index(b"\n") + 1
    second = raw.index(b"\n", first) + 1
    third = raw.index(b"\n---", second)
    ends = (0, first, second, third, len(raw) - 64, len(raw))
    at = PARTS.index(part)
    return ends[at], ends[at + 1]


def check_refused(rooms: Rooms, path: Path, before: Mapping[str, list[str]]) -> None:
    two = rooms[1].workspace
    for verb in (exchange.look, exchange.accept):
        with pytest.raises(ProfdeskError):
            verb(two, two.actor, path)
    assert everything(two) == before


def check_bytes(rooms: Rooms, original: Path, path: Path, part: str, places: list[tuple[int, int]]) -> None:
    """A file some bytes of which are others."""
    before, raw = everything(rooms[1].workspace), original.read_bytes()
    start, end = part_of(raw, part)
    for place, change in places:
        spoiled = bytearray(raw)
        spoiled[start + place % (end - start)] ^= change
        path.write_bytes(spoiled)
        check_refused(rooms, path, before)


def check_heads(rooms: Rooms, original: Path, path: Path, fields: Mapping[str, str]) -> None:
    """A file whose head says something else, signed as if its maker had made it so."""
    told = {name: rooms[0].id if value == "the sender" else value for name, value in fields.items()}
    made = remade(Path(shutil.copy(original, path)), *rooms, head=told)
    assert asdict(exchange_file.head(made)).items() >= told.items()
    check_refused(rooms, made, everything(rooms[1].workspace))


PLACES = st.lists(st.tuples(st.integers(0, FAR), st.integers(1, 255)), min_size=1, max_size=4)
SEVERAL = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}


@settings(max_examples=25, **SEVERAL)
@given(part=st.sampled_from(PARTS), places=PLACES)
def test_no_byte_may_be_another(
    rooms: Rooms, original: Path, tmp_path: Path, part: str, places: list[tuple[int, int]]
) -> None:
    check_bytes(rooms, original, tmp_path / "1.profdesk", part, places)


@settings(max_examples=15, **SEVERAL)
@given(fields=TO_OTHERS)
def test_no_file_for_others_or_from_the_future_is_taken(
    rooms: Rooms, original: Path, tmp_path: Path, fields: Mapping[str, str]
) -> None:
    check_heads(rooms, original, tmp_path / "1.profdesk", fields)


@settings(max_examples=15, **SEVERAL)
@given(length=st.integers(0, FAR), more=st.binary(max_size=80))
def test_no_file_that_was_cut_or_goes_on_is_taken(
    rooms: Rooms, original: Path, tmp_path: Path, length: int, more: bytes
) -> None:
    raw, path = original.read_bytes(), tmp_path / "1.profdesk"
    for spoiled in (raw[: length % len(raw)] + more, raw + more):
        path.write_bytes(spoiled)
        if spoiled != raw:
            check_refused(rooms, path, everything(rooms[1].workspace))


@pytest.mark.slow
@settings(max_examples=600, **SEVERAL)
@given(part=st.sampled_from(PARTS), places=PLACES)
def test_no_byte_anywhere_may_be_another(
    rooms: Rooms, original: Path, tmp_path: Path, part: str, places: list[tuple[int, int]]
) -> None:
    check_bytes(rooms, original, tmp_path / "1.profdesk", part, places)


@pytest.mark.slow
@settings(max_examples=400, **SEVERAL)
@given(fields=TO_OTHERS)
def test_many_files_for_others_or_from_the_future(
    rooms: Rooms, original: Path, tmp_path: Path, fields: Mapping[str, str]
) -> None:
    check_heads(rooms, original, tmp_path / "1.profdesk", fields)
