"""docs/workspace-package.md is enough: packages are read and written by it alone, with none of the program's code."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import exchange_reader
import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from exchange_rooms import shown
from support import CHEAP, FIRST, mark, pupil_ids

from profdesk.domain.access import Role
from profdesk.domain.people import Group
from profdesk.domain.users import Draft
from profdesk.services import computers, joining, workspaces
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Workspace

PURPOSE = b"profdesk code 1"
OWN_CODE = "K7QX-4MHW-9RTA-2EYC-PV6D-UJ3N-B8ZF"
PASSWORD = "пароль второго компьютера"
PSYCHOLOGIST = Draft("Лаптева Ирина Сергеевна", "психолог", frozenset({Role.PSYCHOLOGIST}))


@dataclass(frozen=True)
class Package:
    """What a package says: its head, what its code opens, and its frames."""

    head: Mapping[str, str]
    lock: Mapping[str, Any]
    frames: list[tuple[bytes, bytes]]


def key_of(code: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, PURPOSE).derive(code.replace("-", "").encode()))


def read(data: bytes, code: str) -> Package:
    first, head, _ = data.split(b"\n", 2)
    told, locked = json.loads(head), base64.b64decode(json.loads(head)["lock"])
    lock = json.loads(key_of(code).decrypt(locked[:12], locked[12:], PURPOSE))
    signed, signature = data[:-64], data[-64:]
    maker = Ed25519PublicKey.from_public_bytes(base64.b64decode(lock["maker_key"]))
    maker.verify(signature, exchange_reader.PURPOSE + hashlib.sha256(signed).digest())
    identity = pyrage.x25519.Identity.from_str(lock["secrets"]["desk"])
    body = pyrage.decrypt(signed[len(first) + len(head) + 2 :], [identity])
    return Package(told, lock, list(exchange_reader.frames(body)))


def write(package: Package, code: str) -> bytes:
    """Locked, encrypted and signed anew, by another key of the maker's."""
    maker, nonce = Ed25519PrivateKey.generate(), os.urandom(12)
    told = {**package.lock, "maker_key": base64.b64encode(maker.public_key().public_bytes_raw()).decode()}
    locked = nonce + key_of(code).encrypt(nonce, json.dumps(told).encode(), PURPOSE)
    head = {**package.head, "lock": base64.b64encode(locked).decode()}
    opened = b"profdesk exchange 1\n" + json.dumps(head).encode() + b"\n"
    body = b"".join(struct.pack(">cI", kind, len(data)) + data for kind, data in package.frames)
    signed = opened + pyrage.encrypt(body, [pyrage.x25519.Recipient.from_str(told["computer"]["address"])])
    return bytes(signed + maker.sign(exchange_reader.PURPOSE + hashlib.sha256(signed).digest()))


@pytest.fixture
def made(workspace: Workspace, group: Group, tmp_path: Path) -> tuple[Path, str]:
    mark(workspace, FIRST, *((pupil, "planning", 2) for pupil in pupil_ids(workspace, group)))
    path = tmp_path / "пакет.profdesk"
    code, _ = computers.kit(workspace, workspace.actor, PSYCHOLOGIST, "Ноутбук", whole=True, path=path)
    return path, code


def test_a_reader_made_by_the_document_reads_what_the_program_wrote(
    made: tuple[Path, str], workspace: Workspace
) -> None:
    package = read(made[0].read_bytes(), made[1])
    lock, computer = package.lock, package.lock["computer"]
    assert lock.keys() == {"computer", "user", "organisation", "maker", "pupils", "secrets", "maker_key"}
    assert computer.keys() == {
        "id", "name", "person", "series", "whole", "verifying_key", "address", "psy_address", "added_at",
    }  # fmt: skip
    assert (package.head["kind"], package.head["receiver"], computer["person"]) == (
        "workspace",
        computer["id"],
        lock["user"]["id"],
    )
    assert lock["user"] == {**lock["user"], "name": PSYCHOLOGIST.name, "post": "психолог", "roles": ["psychologist"]}
    assert lock["user"].keys() == {"id", "name", "post", "roles"}
    assert (lock["organisation"], lock["pupils"], computer["name"]) == ("Школа № 12", 3, "Ноутбук")
    own = Ed25519PrivateKey.from_private_bytes(base64.b64decode(lock["secrets"]["signing_key"]))
    assert base64.b64encode(own.public_key().public_bytes_raw()).decode() == computer["verifying_key"]
    for name, address in (("desk", "address"), ("psy", "psy_address")):
        assert str(pyrage.x25519.Identity.from_str(lock["secrets"][name]).to_public()) == computer[address]
    (keys, signing), *frames = package.frames
    assert keys == b"K"
    (kept,) = json.loads(signing)
    assert kept.keys() == {"id", "certificate", "private", "made_at"}
    assert kept["private"] is None
    told = exchange_reader.told_by(package.head, frames, lock["secrets"]["psy"])
    assert told.manifest["base"] == {"desk": {}, "psy": {}}
    rows = exchange_reader.rows(told.operations["desk"])
    assert rows == {place: row for place, row in shown(workspace).items() if place in rows}
    assert {table for table, _ in shown(workspace)} - {table for table, _ in rows} == set()


def test_a_writer_made_by_the_document_is_understood(
    made: tuple[Path, str], workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cost.__init__, "__defaults__", (CHEAP.memory, CHEAP.passes, CHEAP.lanes))
    made[0].write_bytes(write(read(made[0].read_bytes(), made[1]), OWN_CODE))
    found = joining.look(made[0], OWN_CODE)
    assert (found.user.name, found.computer.name, found.pupils) == (PSYCHOLOGIST.name, "Ноутбук", 3)
    joining.join(made[0], OWN_CODE, tmp_path / "второй", PASSWORD).workspace.close()
    second = workspaces.open_workspace(tmp_path / "второй", None, PASSWORD)
    for table in ("pupil", "assessment", "app_user", "computer"):
        here, there = (
            {place: row for place, row in shown(one).items() if place[0] == table} for one in (second, workspace)
        )
        assert here == there, table
    second.close()
