"""A second person signs: with an own key in a file, over a document that is whole, once."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from PIL import Image, ImageChops
from published_schools import school

from profdesk.documents.sheet import MM
from profdesk.documents.summary_pdf import summary_pdf
from profdesk.domain import summary_data
from profdesk.domain.published import publish
from profdesk.domain.verification import MOST_SIGNATURES, Verdict
from profdesk.errors import AccessError, WrongInputError
from profdesk.services import countersigning, keys, personal_keys, verification
from profdesk.signing import keys as signing_keys
from profdesk.signing import pdf, personal_key, verify
from profdesk.signing.keys import SigningKey

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PASSWORD = "длинный пароль"
SUMMARY = replace(school(Random(12), 30), number="2026/01")  # noqa: S311  # a school to look at, not a key


@pytest.fixture(scope="module")
def own() -> SigningKey:
    named = SUMMARY.organisation
    return signing_keys.make_key(named.full_name, named.short_name, NOW - timedelta(days=1))


@pytest.fixture(scope="module")
def signed(own: SigningKey) -> bytes:
    told = publish(SUMMARY)
    drawn = summary_pdf(told, summary_data.to_json(told), signing_keys.describe(own.certificate_pem), NOW)
    return pdf.sign(drawn, own, reason="Сводка", at=NOW)


@pytest.fixture(scope="module")
def head() -> SigningKey:
    return person("Черепанова Нина Васильевна", NOW - timedelta(days=1))


def person(name: str, since: datetime = NOW, post: str = "директор") -> SigningKey:
    return signing_keys.make_key(SUMMARY.organisation.full_name, name, since, post)


@pytest.fixture(scope="module")
def p12(head: SigningKey) -> bytes:
    return personal_key.pack(head, PASSWORD)


@pytest.fixture(scope="module")
def both(signed: bytes, p12: bytes) -> bytes:
    return countersigning.countersign(signed, p12, PASSWORD, NOW + timedelta(minutes=5))


def test_both_signers_are_told_and_both_keys_must_be_known(
    both: bytes, signed: bytes, own: SigningKey, head: SigningKey
) -> None:
    assert both.startswith(signed)
    answer = verify.verify(both, [own.certificate_pem, head.certificate_pem])
    assert (answer.verdict, answer.key) == (Verdict.TRUSTED, signing_keys.describe(own.certificate_pem))
    assert [(one.key.holder, one.key.post, one.known) for one in answer.signatures] == [
        (SUMMARY.organisation.short_name, "", True), ("Черепанова Нина Васильевна", "директор", True),
    ]  # fmt: skip
    assert answer.signatures[1].signed_at == NOW + timedelta(minutes=5)
    for known, stranger in ((own, head), (head, own)):
        answer = verify.verify(both, [known.certificate_pem])
        key = signing_keys.describe(stranger.certificate_pem)
        assert (answer.verdict, answer.key) == (Verdict.UNKNOWN_KEY, key)
        assert key.owner in answer.reason
        assert [one.known for one in answer.signatures] == [known is own, known is head]


def test_the_second_signer_is_shown_in_the_place_for_it(both: bytes, signed: bytes) -> None:
    pages = [_last_page(one) for one in (signed, both)]
    changed = ImageChops.difference(*pages).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert left > pages[0].width / 2
    assert (right - left, bottom - top) < (92 * MM, 54 * MM)
    assert right - left > 70 * MM


def _last_page(document: bytes) -> Image.Image:
    shown = pypdfium2.PdfDocument(document)
    shown.init_forms()
    drawn: Image.Image = shown[len(shown) - 1].render(scale=1).to_pil()
    return drawn


def test_who_signs_second_is_of_the_same_organisation(signed: bytes) -> None:
    stranger = signing_keys.make_key("Лицей № 21", "Ильин Д. Е.", NOW, "директор")
    with pytest.raises(WrongInputError, match=r"другая организация: Лицей № 21\..*названа так: .*№ 12"):
        countersigning.countersign(signed, personal_key.pack(stranger, PASSWORD), PASSWORD, NOW)


def test_each_signs_once(both: bytes, p12: bytes) -> None:
    with pytest.raises(WrongInputError, match="уже подписан: Черепанова Нина Васильевна, директор"):
        countersigning.countersign(both, p12, PASSWORD, NOW + timedelta(minutes=9))


@pytest.mark.slow
def test_a_document_holds_so_many_signatures_and_no_more(signed: bytes, p12: bytes) -> None:
    document = signed
    for place in range(1, MOST_SIGNATURES):
        document = pdf.countersign(document, person(f"Заместитель {place}"), reason="Подпись", at=NOW)
    assert len(verify.verify(document, []).signatures) == MOST_SIGNATURES
    with pytest.raises(WrongInputError, match="уже столько"):
        countersigning.countersign(document, p12, PASSWORD, NOW)


@pytest.mark.parametrize(
    ("spoil", "at", "told"),
    [
        (lambda data: data[:-1], NOW, "обрезан"),
        (lambda data: data.replace(b"/Root", b"/Rood", 1), NOW, "изменён"),
        (lambda _: b"%PDF-1.7", NOW, "нет подписи"),
        (lambda data: data, NOW - timedelta(hours=1), "часам"),
        (lambda data: data, NOW + timedelta(days=4 * 365), "Сделайте новый"),
    ],
)  # fmt: skip
def test_what_cannot_be_signed_is_told(
    signed: bytes, p12: bytes, spoil: Callable[[bytes], bytes], at: datetime, told: str
) -> None:
    with pytest.raises(WrongInputError, match=told):
        countersigning.countersign(spoil(signed), p12, PASSWORD, at)


def test_a_key_file_opens_with_its_password_alone(head: SigningKey, p12: bytes) -> None:
    assert personal_key.unpack(p12, PASSWORD) == head
    with pytest.raises(AccessError, match="не подходит"):
        personal_key.unpack(p12, "другой пароль")
    with pytest.raises(WrongInputError, match="короче"):
        personal_key.pack(head, "коротко")
    for data in (b"", b"PK", p12[:-1], p12[:400], head.certificate_pem, b"\x30\x80" * 50_000):
        with pytest.raises(WrongInputError, match="не файл личного ключа"):
            personal_key.unpack(data, PASSWORD)
    assert b"PRIVATE" not in p12


def test_keys_of_other_kinds_do_not_sign(own: SigningKey) -> None:
    with pytest.raises(WrongInputError, match="сделала другая программа"):
        personal_key.unpack(personal_key.pack(own, PASSWORD), PASSWORD)


def test_a_key_is_made_once_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "Черепанова.p12"
    made = personal_keys.make(path, PASSWORD, " Черепанова  Н. В.", "директор", "Школа № 12")
    assert (made.person, made.organisation) == ("Черепанова Н. В., директор", "Школа № 12")
    assert made in keys.known()
    assert signing_keys.describe(path.with_suffix(".pem").read_bytes()) == made
    assert signing_keys.describe(personal_key.unpack(path.read_bytes(), PASSWORD).certificate_pem) == made
    before = path.read_bytes()
    with pytest.raises(WrongInputError, match="уже есть"):
        personal_keys.make(path, PASSWORD, "Другой", "директор", "Школа № 12")
    path.rename(tmp_path / "другой.p12")
    with pytest.raises(WrongInputError, match="уже есть"):
        personal_keys.make(path, PASSWORD, "Другой", "директор", "Школа № 12")
    for wrong in ({"name": " "}, {"post": ""}, {"organisation": ""}, {"password": "коротко"}):
        told = {"password": PASSWORD, "name": "Ильин", "post": "директор", "organisation": "Школа", **wrong}
        with pytest.raises(WrongInputError):
            personal_keys.make(tmp_path / "ключ.p12", **told)
    assert not (tmp_path / "ключ.p12").exists()
    assert (tmp_path / "другой.p12").read_bytes() == before


def test_files_are_signed_into_a_new_one(signed: bytes, p12: bytes, tmp_path: Path) -> None:
    document, key, target = tmp_path / "Сводка.pdf", tmp_path / "ключ.p12", tmp_path / "Сводка с подписью.pdf"
    document.write_bytes(signed)
    key.write_bytes(p12)
    with pytest.raises(WrongInputError, match="иначе"):
        countersigning.countersign_file(document, key, PASSWORD, document)
    made = countersigning.countersign_file(document, key, PASSWORD, target)
    assert made.person == "Черепанова Нина Васильевна, директор"
    assert document.read_bytes() == signed
    assert len(verification.verify(target).signatures) == 2


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_reads_the_key_and_finds_it_well_protected(p12: bytes, head: SigningKey, tmp_path: Path) -> None:
    (tmp_path / "key.p12").write_bytes(p12)
    command = ["openssl", "pkcs12", "-in", "key.p12", "-passin", f"pass:{PASSWORD}", "-info", "-nodes"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    assert "BEGIN PRIVATE KEY" in answer.stdout
    assert head.certificate_pem.decode().split("\n")[1] in answer.stdout
    assert [int(rounds) for rounds in re.findall(r"Iteration (\d+)", answer.stderr)] == [600_000] * 3
    assert answer.stderr.count("AES-256-CBC") == 2
