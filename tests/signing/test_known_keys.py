"""The keys this computer knows: remembered once, sound files only."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from profdesk.errors import WrongInputError
from profdesk.signing import keys, known_keys


def test_remembered_once() -> None:
    pem = keys.make_key("Школа", "Школа", datetime.now(UTC)).certificate_pem
    assert known_keys.known() == ()
    known_keys.remember(pem)
    known_keys.remember(pem)
    assert known_keys.known() == (pem,)


def test_forgotten_key_is_known_no_more() -> None:
    pem = keys.make_key("Школа", "Школа", datetime.now(UTC)).certificate_pem
    known_keys.remember(pem)
    for _ in range(2):
        known_keys.forget(keys.describe(pem).fingerprint)
        assert known_keys.known() == ()


def test_spoiled_and_misnamed_files_do_not_count(home: Path) -> None:
    pem = keys.make_key("Школа", "Школа", datetime.now(UTC)).certificate_pem
    known_keys.remember(pem)
    (home / "known-keys" / "junk.pem").write_bytes(b"junk")
    (home / "known-keys" / ("0" * 64 + ".pem")).write_bytes(pem)
    assert known_keys.known() == (pem,)


def test_what_is_no_certificate_is_refused() -> None:
    with pytest.raises(WrongInputError, match="не сертификат"):
        known_keys.remember(b"-----BEGIN NONSENSE")


@pytest.mark.parametrize(
    ("name", "holder"),
    [
        ("Школа № 12", "Школа № 12"),
        ("Управление образования Артёмовского городского округа", "Управление обра…родского округа"),
        ("МБОУ «Средняя общеобразовательная школа № 16»", "МБОУ «Средняя об…ьная школа № 16»"),
        ("ы" * 400, "ы" * 15 + "…" + "ы" * 14 + "…"),
    ],
)
def test_a_key_can_be_made_for_any_name_and_a_cut_one_proves_nothing(name: str, holder: str) -> None:
    info = keys.describe(keys.make_key("Организация", name, datetime.now(UTC)).certificate_pem)
    assert info.holder == holder
    assert keys.belongs(info, "Организация", "другая")
    assert keys.belongs(info, "другая", name) == ("…" not in holder)
