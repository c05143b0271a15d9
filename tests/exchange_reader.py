"""Files of exchange read and written by docs/exchange-format.md alone, with none of the program's code."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAMES = (
    "id", "clock", "device", "actor", "batch", "verb", "table_name", "record", "fields", "previous", "hash", "number",
    "erased",
)  # fmt: skip
PURPOSE = b"profdesk exchange signature 1\x00"
SEALED = {b"P": b"O", b"Q": b"B", b"G": b"F"}
ORDER = b"MOPBQFGE"


@dataclass
class Told:
    """What a file says: operations and bytes by journal."""

    head: Mapping[str, str]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    operations: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {"desk": [], "psy": []})
    contents: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def read(data: bytes, verifying_key: bytes, secret: str, psy_secret: str | None = None) -> Told:
    first, head, _ = data.split(b"\n", 2)
    assert first == b"profdesk exchange 1"
    signed, signature = data[:-64], data[-64:]
    Ed25519PublicKey.from_public_bytes(verifying_key).verify(signature, PURPOSE + hashlib.sha256(signed).digest())
    body = pyrage.decrypt(signed[len(first) + len(head) + 2 :], [pyrage.x25519.Identity.from_str(secret)])
    return told_by(json.loads(head), frames(body), psy_secret)


def told_by(head: Mapping[str, str], found: Iterable[tuple[bytes, bytes]], psy_secret: str | None) -> Told:
    """What frames from M to E say."""
    told = Told(head)
    kinds = b""
    for count, (kind, sealed) in enumerate(found):
        journal, plain = ("psy", SEALED[kind]) if kind in SEALED else ("desk", kind)
        if kind in SEALED and psy_secret is None:
            continue
        own = [pyrage.x25519.Identity.from_str(psy_secret)] if kind in SEALED else []
        part = pyrage.decrypt(sealed, own) if own else sealed
        if plain == b"M":
            told.manifest = json.loads(part)
        elif plain == b"O":
            told.operations[journal] += [
                dict(zip(NAMES, one, strict=True)) for one in json.loads(zlib.decompress(part))
            ]
        elif plain == b"B":
            told.contents[part[:71].decode()] = told.contents.get(part[:71].decode(), b"") + part[71:]
        elif plain == b"F":
            told.files[part[:64].decode()] = told.files.get(part[:64].decode(), b"") + part[64:]
        else:
            assert plain == b"E"
            assert part == str(count).encode()
        kinds += kind
    assert kinds == bytes(sorted(kinds, key=ORDER.index))
    assert kinds[:1] + kinds[-1:] == b"ME"
    prove(told)
    return told


def frames(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    while body:
        kind, length = struct.unpack(">cI", body[:5])
        yield kind, body[5 : 5 + length]
        body = body[5 + length :]


def prove(told: Told) -> None:
    for name, content in {**told.contents, **{f"sha256:{one}": file for one, file in told.files.items()}}.items():
        assert name == f"sha256:{hashlib.sha256(content).hexdigest()}"
    for journal, operations in told.operations.items():
        heads = dict(told.manifest["base"].get(journal, {}))
        hashes: dict[str, str] = {}
        for one in sorted(operations, key=lambda one: (one["device"], one["number"])):
            device = one["device"]
            assert one["number"] == heads.get(device, 0) + 1
            assert one["erased"] or one["hash"] == hash_of(one)
            assert one["previous"] == hashes.get(device, one["previous"] if one["number"] > 1 else "0" * 64)
            heads[device], hashes[device] = one["number"], one["hash"]


def hash_of(one: Mapping[str, Any]) -> str:
    text = json.dumps([one[name] for name in NAMES[:10]], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def rows(operations: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Rules 1 and 2 of what stands."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    gone: set[tuple[str, str]] = set()
    for one in sorted(operations, key=lambda one: (one["clock"], one["device"], one["number"])):
        place = one["table_name"], one["record"]
        if one["verb"] == "delete":
            gone.add(place)
            continue
        if one["verb"] == "insert":
            gone.discard(place)
        after = {name: after for name, (_, after) in json.loads(one["fields"]).items()}
        found[place] = {**found.get(place, {}), **after}
    return {place: row for place, row in found.items() if place not in gone}


def write(
    head: Mapping[str, str],
    manifest: Mapping[str, Any],
    operations: Iterable[Mapping[str, Any]],
    address: str,
    signing_key: bytes,
) -> bytes:
    """A file with operations of desk alone."""
    packed = zlib.compress(json.dumps([[one[name] for name in NAMES] for one in operations]).encode())
    parts = [(b"M", json.dumps(manifest).encode()), (b"O", packed), (b"E", b"2")]
    body = b"".join(struct.pack(">cI", kind, len(part)) + part for kind, part in parts)
    opened = b"profdesk exchange 1\n" + json.dumps(head).encode() + b"\n"
    signed = opened + pyrage.encrypt(body, [pyrage.x25519.Recipient.from_str(address)])
    key = Ed25519PrivateKey.from_private_bytes(signing_key)
    return bytes(signed + key.sign(PURPOSE + hashlib.sha256(signed).digest()))
