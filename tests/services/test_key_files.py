"""Keys and programmes that travel as sealed files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from profdesk.domain import key_file
from profdesk.domain.key_file import KeyFile
from profdesk.errors import WrongInputError
from profdesk.services import key_files, keys, organisation, programmes
from profdesk.signing import keys as signing_keys
from profdesk.signing import known_keys, parcel
from profdesk.signing.keys import SigningKey
from profdesk.storage.workspace import Workspace

NOW = datetime(2026, 11, 26, 10, 40, tzinfo=UTC)
Change = Callable[[KeyFile], KeyFile]


@pytest.fixture(scope="module")
def foreign() -> SigningKey:
    return signing_keys.make_key("МБОУ «Лицей № 21»", "Лицей № 21", NOW)


@pytest.fixture
def told(foreign: SigningKey) -> KeyFile:
    return KeyFile(
        key_file.OrganisationKind.SCHOOL, "МБОУ", "Лицей № 21", "Лицей № 21", "Артёмовский", (foreign.certificate_pem,),
        NOW,
    )  # fmt: skip


def test_a_key_file_names_the_organisation_and_its_persons(workspace: Workspace, tmp_path: Path) -> None:
    own = keys.certificate(workspace, workspace.actor)
    head = signing_keys.make_key("Школа № 12", "Черепанова Н. В.", datetime.now(UTC), "директор")
    stranger = signing_keys.make_key("Лицей № 21", "Ильин Д. Е.", datetime.now(UTC), "директор")
    former = signing_keys.make_key("Школа № 12", "Школа № 12", datetime.now(UTC))
    for key in (head, stranger, former):
        known_keys.remember(key.certificate_pem)
    path = tmp_path / "Школа № 12.profkey"
    key_files.save_key_file(workspace, workspace.actor, path)
    found = key_files.read_key_file(path)
    assert found.full_name == organisation.get(workspace, workspace.actor).full_name
    assert found.certificates == (own, head.certificate_pem)
    for pem in known_keys.known():
        known_keys.forget(signing_keys.describe(pem).fingerprint)
    assert [one.person for one in key_files.remember(path)] == ["Школа № 12", "Черепанова Н. В., директор"]
    assert set(known_keys.known()) == {own, head.certificate_pem}


def test_a_key_file_is_of_the_organisation_as_it_is_named(workspace: Workspace, tmp_path: Path) -> None:
    here = organisation.get(workspace, workspace.actor)
    organisation.save(workspace, workspace.actor, replace(here, name="Гимназия", short_name="Гимназия"))
    with pytest.raises(WrongInputError, match="Школа № 12"):
        key_files.save_key_file(workspace, workspace.actor, tmp_path / "ключ.profkey")
    assert not list(tmp_path.glob("*.profkey"))


@pytest.mark.parametrize(
    "change",
    [
        lambda file: replace(file, name="Лицей № 22", short_name="Лицей № 22"),
        lambda file: replace(file, certificates=(_of("Лицей № 21"),)),
        lambda file: replace(file, certificates=(*file.certificates, _of("Управление образования"))),
        lambda file: replace(file, certificates=(*file.certificates, b"-----BEGIN CERTIFICATE-----")),
        lambda file: replace(file, certificates=()),
        lambda file: replace(file, certificates=file.certificates * 21),
        lambda file: replace(file, short_name=""),
        lambda file: replace(file, municipality="Артёмовский\x1b[2J"),
        lambda file: replace(file, made_at=NOW.replace(tzinfo=None)),
    ],
)
def test_key_files_that_cannot_be_are_refused(
    told: KeyFile, foreign: SigningKey, tmp_path: Path, change: Change
) -> None:
    (tmp_path / "ключ.profkey").write_bytes(parcel.seal(key_file.to_json(change(told)), foreign, NOW))
    with pytest.raises(WrongInputError):
        key_files.read_key_file(tmp_path / "ключ.profkey")


def _of(organisation: str) -> bytes:
    return signing_keys.make_key(organisation, "Ильин Д. Е.", NOW).certificate_pem


def test_a_key_file_has_one_form(told: KeyFile) -> None:
    data = key_file.to_json(told)
    assert key_file.read(data) == told
    found = json.loads(data)
    others = [
        json.dumps(found).encode(),
        json.dumps({**found, "more": 1}, ensure_ascii=False, indent=1).encode() + b"\n",
        data.replace(b"profdesk-key/1", b"profdesk-key/2"),
        data.replace('"Лицей № 21"'.encode(), b"21"),
        data.replace(b'"school"', b'"shop"'),
        data + b" ",
        b"[" * 50_000,
        b"null",
        b"\xff",
    ]
    for other in others:
        with pytest.raises(WrongInputError):
            key_file.read(other)


def test_a_programme_travels_as_it_is_and_is_taken_from_known_keys(
    workspace: Workspace, foreign: SigningKey, tmp_path: Path
) -> None:
    path = tmp_path / "Программа.profprogramme"
    key_files.save_programme_file(workspace, workspace.actor, path)
    with workspace.unit(workspace.actor) as unit:
        text = unit.programme.text()
    assert parcel.opened(path.read_bytes(), 1 << 20).content == text.encode()
    newer = text.replace("edition = 1\n", "edition = 2\n", 1)
    assert newer != text
    path.write_bytes(parcel.seal(newer.encode(), foreign, NOW))
    spoken = signing_keys.describe(foreign.certificate_pem).spoken_fingerprint
    with pytest.raises(WrongInputError, match=spoken):
        key_files.take_programme_file(workspace, workspace.actor, path)
    known_keys.remember(foreign.certificate_pem)
    taken, _ = key_files.take_programme_file(workspace, workspace.actor, path)
    assert taken.edition == 2
    assert programmes.current(workspace, workspace.actor) == taken
    person = signing_keys.make_key("МБОУ «Лицей № 21»", "Ильин Д. Е.", NOW, "директор")
    known_keys.remember(person.certificate_pem)
    path.write_bytes(parcel.seal(newer.encode(), person, NOW))
    with pytest.raises(WrongInputError, match="личным ключом"):
        key_files.take_programme_file(workspace, workspace.actor, path)
    path.write_bytes(parcel.seal(b"edition = 3", foreign, NOW))
    with pytest.raises(WrongInputError):
        key_files.take_programme_file(workspace, workspace.actor, path)
    path.write_bytes(newer.encode())
    with pytest.raises(WrongInputError):
        key_files.take_programme_file(workspace, workspace.actor, path)
    bare = path.rename(tmp_path / "Программа.toml")
    assert key_files.take_programme_file(workspace, workspace.actor, bare)[0].edition == 2
