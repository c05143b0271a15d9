"""Codes of certificates told: from their text, from a picture however it is held, proven or not."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import segno
from PIL import Image
from support import YEAR

from profdesk.domain.certificate_claim import Claim, set_digest
from profdesk.domain.verification import Verdict
from profdesk.errors import WrongInputError
from profdesk.services import programmes, verification
from profdesk.signing import certificate_code, keys
from profdesk.signing.keys import SigningKey

NOW = datetime(2026, 11, 23, 10, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return keys.make_key("МБОУ «Школа № 12»", "Школа № 12", NOW)


@pytest.fixture(scope="module")
def claim() -> Claim:
    (programme,) = programmes.shipped()
    level = programme.level("basic")
    return Claim(
        number="2026-0203",
        issued_on=NOW.date(),
        organisation="Школа № 12",
        pupil="Ильин Даниил Евгеньевич",
        group="7 «А»",
        year=YEAR,
        level="basic",
        competencies=set_digest(level.competencies),
        highest=3,
        stages=(0, 1, 2, 3, None) * 4,
    )


@pytest.fixture
def trusted(tmp_path: Path, key: SigningKey) -> Path:
    path = tmp_path / "ключ.pem"
    path.write_bytes(key.certificate_pem)
    return path


def drawn(folder: Path, text: str) -> Path:
    path = folder / "код.png"
    segno.make(text, error="m").save(path, scale=6, border=4)
    return path


def test_a_text_is_proven_with_the_titles_of_the_competencies(claim: Claim, key: SigningKey, trusted: Path) -> None:
    answer = verification.verify_code(certificate_code.write(claim, key), [trusted])
    assert answer.verdict is Verdict.TRUSTED
    assert answer.claim == claim
    assert len(answer.lines) == 20
    assert answer.lines[3][1] == "3 из 3"
    assert answer.lines[4][1] == "не оценено"
    assert answer.names is not None


def test_a_set_nobody_knows_is_told_by_numbers(claim: Claim, key: SigningKey, trusted: Path) -> None:
    foreign = replace(claim, competencies=b"\x00" * 8)
    assert verification.verify_code(certificate_code.write(foreign, key), [trusted]).lines[0][0] == "Компетенция 1"


def test_without_the_key_nothing_is_proven(claim: Claim, key: SigningKey) -> None:
    answer = verification.verify_code(certificate_code.write(claim, key))
    assert (answer.verdict, answer.claim) == (Verdict.UNKNOWN_KEY, claim)


def test_a_changed_code_is_refused(claim: Claim, key: SigningKey, trusted: Path) -> None:
    text = certificate_code.write(claim, key)
    changed = text[:-9] + ("A" if text[-9] != "A" else "B") + text[-8:]
    assert verification.verify_code(changed, [trusted]).verdict is Verdict.REFUSED


@pytest.mark.parametrize(("turn", "scale"), [(0, 1.0), (5, 1.0), (5, 0.5), (90, 1.0), (183, 0.7)])
def test_a_picture_is_read_however_it_is_held(
    claim: Claim, key: SigningKey, trusted: Path, tmp_path: Path, turn: int, scale: float
) -> None:
    path = drawn(tmp_path, certificate_code.write(claim, key))
    with Image.open(path) as image:
        turned = image.convert("L").rotate(turn, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
        size = (int(turned.width * scale), int(turned.height * scale))
        turned.resize(size, Image.Resampling.LANCZOS).save(tmp_path / "снимок.jpg", quality=80)
    (answer,) = verification.verify_picture(tmp_path / "снимок.jpg", [trusted])
    assert answer.verdict is Verdict.TRUSTED


def test_a_picture_without_our_code_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(WrongInputError, match="нет кода сертификата"):
        verification.verify_picture(drawn(tmp_path, "https://example.org"))
    (tmp_path / "код.jpg").write_bytes(b"GIF89a")
    with pytest.raises(WrongInputError, match="не открывается"):
        verification.verify_picture(tmp_path / "код.jpg")


def test_a_code_is_found_among_the_pictures_of_a_word_document(
    claim: Claim, key: SigningKey, trusted: Path, tmp_path: Path
) -> None:
    path = tmp_path / "сертификат.docx"
    with zipfile.ZipFile(path, "w") as document:
        document.writestr("word/media/image1.emf", b"vectors")
        document.write(drawn(tmp_path, "https://example.org"), "word/media/image2.png")
    with pytest.raises(WrongInputError, match="В документе Word нет кода"):
        verification.verify_picture(path)
    with zipfile.ZipFile(path, "a") as document:
        document.write(drawn(tmp_path, certificate_code.write(claim, key)), "word/media/image3.png")
    (answer,) = verification.verify_picture(path, [trusted])
    assert (answer.verdict, answer.claim) == (Verdict.TRUSTED, claim)
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(WrongInputError, match="не читается как документ Word"):
        verification.verify_picture(path)


def test_the_command_tells_what_was_certified(claim: Claim, key: SigningKey, trusted: Path, tmp_path: Path) -> None:
    def shell(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "profdesk", "verify", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    path = drawn(tmp_path, certificate_code.write(claim, key))
    told = shell(path, "--key", trusted)
    assert told.returncode == 0
    assert "Ильин Даниил Евгеньевич" in told.stdout
    unknown = shell("--code", certificate_code.write(claim, key), "--json")
    assert unknown.returncode == 1
    (answer,) = json.loads(unknown.stdout)
    assert answer["verdict"] == "unknown_key"
    assert answer["claim"]["stages"][:5] == [0, 1, 2, 3, None]
    assert shell("--code", "PD1:ABC").returncode == 2
    assert "Назовите файл" in shell().stderr
