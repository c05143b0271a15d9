"""docs/exchange-format.md is enough: a reader and a writer made by it alone understand the program, and it them."""

from __future__ import annotations

import json
import uuid
from base64 import b64decode
from datetime import date
from pathlib import Path

import exchange_reader
from exchange_files import Room, accepted, sent
from exchange_rooms import shown
from support import FIRST, mark, pupil_ids

from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import Group
from profdesk.services import consents, diagnostics, evidence, instruments
from profdesk.storage.workspace import Workspace

DAY = date(2026, 11, 3)
Rooms = tuple[Room, Room]


def work(workspace: Workspace, group: Group, tmp_path: Path) -> bytes:
    """Stages, a kept file, and an answer that psychologists alone read."""
    pupil = pupil_ids(workspace, group)[0]
    mark(workspace, FIRST, (pupil, "planning", 2))
    file = tmp_path / "Работа.pdf"
    file.write_bytes(b"%PDF- " * 1_000)
    evidence.add(workspace, workspace.actor, pupil, None, FIRST, [file])
    consents.give(workspace, workspace.actor, [pupil], ConsentKind.PSYCHOLOGICAL, date(2026, 9, 1))
    with workspace.unit(workspace.actor) as unit:
        there = [one for one in unit.pupils.in_group(group.id) if one.id == pupil]
    instrument = instruments.called("ddo_klimov_20")
    session, _ = diagnostics.plan(workspace, workspace.actor, instrument, there, DAY)
    (sheet,) = diagnostics.session(workspace, workspace.actor, session.id).sheets
    diagnostics.put_answers(workspace, workspace.actor, instrument, sheet.sheet.id, {1: "a"})
    return file.read_bytes()


def read(path: Path, sender: Room, receiver: Room, *, psy: bool = True) -> exchange_reader.Told:
    with receiver.workspace.unit(receiver.workspace.actor) as unit:
        key, secrets = unit.computers.get(sender.id).verifying_key, unit.computers.secrets()
    assert secrets is not None
    return exchange_reader.read(path.read_bytes(), b64decode(key), secrets.desk, secrets.psy if psy else None)


def test_a_reader_made_by_the_document_reads_what_the_program_wrote(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    content = work(one.workspace, group, tmp_path)
    before = {schema: shown(one.workspace, schema) for schema in ("main", "psy")}
    told = read(sent(one, two, tmp_path / "всё.profdesk", from_beginning=True), one, two)
    assert told.head["sender"] == one.id
    assert told.manifest["counts"] == {name: len(found) for name, found in told.operations.items()}
    assert list(told.files.values()) == [content]
    assert len(told.files) == told.manifest["files"]
    for journal, schema in (("desk", "main"), ("psy", "psy")):
        assert exchange_reader.rows(told.operations[journal]) == before[schema]
    closed = read(tmp_path / "всё.profdesk", one, two, psy=False)
    assert closed.operations["desk"] == told.operations["desk"]
    assert closed.operations["psy"] == []


def test_a_writer_made_by_the_document_is_understood(rooms: Rooms, group: Group, tmp_path: Path) -> None:
    one, two = rooms
    pupil = pupil_ids(two.workspace, group)[0]
    mark(two.workspace, FIRST, (pupil, "planning", 2))
    told = read(sent(two, one, tmp_path / "сделано.profdesk"), two, one)
    last = max((each for each in told.operations["desk"] if each["device"] == two.id), key=lambda each: each["number"])
    made = {
        **last,
        "id": str(uuid.uuid4()),
        "clock": f"{int(last['clock'][:13]) + 1}-000000",
        "batch": str(uuid.uuid4()),
        "verb": "update",
        "table_name": "pupil",
        "record": pupil,
        "fields": json.dumps({"given": ["Полина", "Марина"]}, ensure_ascii=False),
        "previous": last["hash"],
        "number": last["number"] + 1,
    }
    made["hash"] = exchange_reader.hash_of(made)
    operations = [*told.operations["desk"], made]
    manifest = {**told.manifest, "counts": {"desk": len(operations), "psy": 0}, "files": 0}
    with two.workspace.unit(two.workspace.actor) as unit:
        address, secrets = unit.computers.get(one.id).address, unit.computers.secrets()
    assert secrets is not None
    path = tmp_path / "чужой программой.profdesk"
    path.write_bytes(exchange_reader.write(told.head, manifest, operations, address, secrets.signing_key))
    preview = accepted(one, path).preview
    assert (preview.operations, preview.known) == (2, len(operations) - 2)
    with one.workspace.unit(one.workspace.actor) as unit:
        assert [each.name.given for each in unit.pupils.in_group(group.id) if each.id == pupil] == ["Марина"]
