"""The code on paper: read back from every design however it was scanned, with nothing in its white."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from certificate_pages import Box, boxes, check_room, designed, paper, scan, shipped_for, words
from paper_checks import codes
from PIL import Image

from profdesk.documents.certificates.code import SIDE
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_claim import claim_of
from profdesk.domain.certificate_design import Direction, Margins, Page, PaperSize
from profdesk.domain.people import PersonName
from profdesk.domain.programme import CompetencySet, SetPart
from profdesk.domain.verification import Verdict
from profdesk.errors import WrongInputError
from profdesk.services import verification
from profdesk.signing import certificate_code, keys
from profdesk.signing.keys import SigningKey

Facts = Callable[..., CertificateFacts]
Papers = dict[tuple[str, bool], tuple[CertificateFacts, bytes]]
LEVELS = ("preschool", "primary", "basic", "secondary")
SHORT = PersonName("Ким", "Ян")
MM = 72 / 25.4
WAYS = {
    "150 dpi": lambda pdf: scan(pdf, 150),
    "300 dpi": lambda pdf: scan(pdf, 300),
    "half of 300 dpi": lambda pdf: halved(scan(pdf, 300)),
    "turned by 5 degrees, 150 dpi": lambda pdf: turned(scan(pdf, 150)),
    "turned by 5 degrees, half of 300 dpi": lambda pdf: halved(turned(scan(pdf, 300))),
}


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return keys.make_key("МБОУ «Школа № 12»", "Школа № 12", datetime(2026, 11, 23, 10, 40, tzinfo=UTC))


@pytest.fixture
def trusted(tmp_path: Path, key: SigningKey) -> Path:
    path = tmp_path / "ключ.pem"
    path.write_bytes(key.certificate_pem)
    return path


@pytest.fixture(scope="module")
def papers(facts: Facts, key: SigningKey) -> Papers:
    """Of every level a short case and a long one."""
    made = {}
    for level in LEVELS:
        for longest in (False, True):
            one = coded(facts(level, stage=None) if longest else facts(level, SHORT), key)
            made[level, longest] = one, paper([one])
    return made


def coded(one: CertificateFacts, key: SigningKey) -> CertificateFacts:
    return replace(one, code=certificate_code.write(claim_of(one), key))


def long_claim(one: CertificateFacts, letters: int) -> CertificateFacts:
    return replace(one, organisation=replace(one.organisation, short_name="Ш" * letters))


def halved(image: Image.Image) -> Image.Image:
    return image.resize((image.width // 2, image.height // 2), Image.Resampling.BILINEAR)


def turned(image: Image.Image) -> Image.Image:
    return image.rotate(5, Image.Resampling.BILINEAR, expand=True, fillcolor=255)


def found(image: Image.Image) -> zxingcpp.Barcode:
    (one,) = codes(image)
    return one


def place(pdf: bytes) -> Box:
    """Left, top, right and bottom of the black of the code, in millimetres."""
    at = found(scan(pdf, 300)).position
    return tuple(value * 25.4 / 300 for value in (at.top_left.x, at.top_left.y, at.bottom_right.x, at.bottom_right.y))


def check_white(pdf: bytes, level: str) -> None:
    """Every text has its room, and the white around the code is white."""
    check_room(pdf, shipped_for(level))
    left, top, right, bottom = place(pdf)
    white = (SIDE - (right - left)) / 2 - 0.15
    image = scan(pdf, 300)
    around = (left - white, top - white, right + white, bottom + white)
    ring = image.crop(tuple(round(value * 300 / 25.4) for value in around))
    edge = round((white - 0.25) * 300 / 25.4)
    ring.paste(255, (edge, edge, ring.width - edge, ring.height - edge))
    assert ring.getextrema() == (255, 255)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("longest", [False, True])
def test_code_is_read_back_and_proven(papers: Papers, trusted: Path, level: str, way: str, longest: bool) -> None:
    one, pdf = papers[level, longest]
    read = found(WAYS[way](pdf))
    answer = verification.verify_code(read.text, [trusted])
    assert (answer.verdict, answer.claim) == (Verdict.TRUSTED, claim_of(one))


def grey(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("L", (width, height), 200).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize("way", ["150 dpi", "turned by 5 degrees, half of 300 dpi"])
@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("margins", [Margins(), Margins(25, 15, 20, 15)])
def test_code_is_read_from_a_blank_and_from_other_sheets(
    facts: Facts, key: SigningKey, direction: Direction, margins: Margins, way: str
) -> None:
    one = coded(long_claim(facts("basic"), 30), key)
    for level, size, blank in (
        ("preschool", PaperSize.A4, ""),
        ("secondary", PaperSize.A4, "grey"),
        ("basic", PaperSize.A3, "grey"),
    ):
        page = Page(size=size, direction=direction, margins=margins, blank=blank)
        pdf = designed(one, replace(shipped_for(level), page=page), {"grey": grey(210, 297)})
        assert found(WAYS[way](pdf)).text == one.code


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbarimg is not installed")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("level", LEVELS)
def test_another_reader_reads_the_same(papers: Papers, tmp_path: Path, level: str, way: str) -> None:
    one, pdf = papers[level, True]
    path = tmp_path / "скан.bmp"
    WAYS[way](pdf).save(path)
    asked = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", path]
    answer = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert answer.stdout.removesuffix("\n") == one.code


@pytest.mark.parametrize("way", WAYS)
def test_largest_code_is_read_back(facts: Facts, key: SigningKey, way: str) -> None:
    one = coded(long_claim(facts("basic"), 70), key)
    read = found(WAYS[way](paper([one])))
    assert (read.text, read.ec_level) == (one.code, "L")


@pytest.mark.parametrize("letters", [0, 40, 70])
def test_a_module_is_at_least_half_a_millimetre(facts: Facts, key: SigningKey, letters: int) -> None:
    pdf = paper([coded(long_claim(facts("basic"), letters), key)])
    left, top, right, bottom = place(pdf)
    assert right - left >= SIDE * 61 / (61 + 8) - 0.2
    assert bottom - top == pytest.approx(right - left, abs=0.2)
    check_white(pdf, "basic")


def test_a_claim_too_long_for_the_paper_is_refused(facts: Facts, key: SigningKey) -> None:
    with pytest.raises(WrongInputError, match="не помещаются"):
        paper([coded(long_claim(facts("basic"), 200), key)])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("stage", [0, 3, None])
def test_longest_words_leave_the_code_its_room(facts: Facts, key: SigningKey, level: str, stage: int | None) -> None:
    one = replace(facts(level, stage=stage, number=f"ПРОФПОРТФОЛИО-{'7' * 18}-2026/0203"), duplicate_of="2026/" * 7)
    check_white(paper([coded(one, key)]), level)


@pytest.mark.parametrize("level", ["basic", "secondary"])
def test_twenty_long_competencies_fit(facts: Facts, key: SigningKey, level: str) -> None:
    one = facts(level, stage=None)
    items = one.competencies.items
    longest = max((item.title for item in items), key=len)
    own = CompetencySet("own", "Свой набор", (SetPart("Часть", tuple(replace(item, title=longest) for item in items)),))
    pdf = paper([coded(replace(one, competencies=own, level=replace(one.level, competencies=own)), key)])
    check_white(pdf, level)
    assert words(pdf).count(longest.split()[-1]) == 20


@pytest.mark.parametrize("level", LEVELS)
def test_preview_keeps_the_place_of_the_code(facts: Facts, key: SigningKey, level: str) -> None:
    issued, preview = paper([coded(facts(level), key)]), paper([facts(level, number=None)])
    assert "Здесь будет код" in words(preview)
    assert "Здесь будет код" not in words(issued)
    assert not codes(scan(preview, 150))
    left, top, right, bottom = place(issued)
    apart = set(boxes(issued)) ^ set(boxes(preview))
    within = [box for box in apart if left < box[0] < right and top < box[1] < bottom]
    upright = shipped_for(level).page.direction is Direction.PORTRAIT
    number = [box for box in apart if (box[1] > top - 2 and box[3] < top + 10 if upright else box[0] < 116)]
    assert set(apart) == {*within, *number}
    assert within


def test_issued_before_there_were_codes_promises_none(facts: Facts) -> None:
    for level in LEVELS:
        told = words(paper([facts(level)]))
        assert "№ 2026-0203" in told
        assert "код" not in told.lower()


@pytest.mark.parametrize("level", LEVELS)
def test_words_come_in_reading_order(facts: Facts, key: SigningKey, level: str) -> None:
    one = coded(replace(facts(level, SHORT), duplicate_of="2026-0107"), key)
    told = words(paper([one]))
    stages = [item.plain.split()[0] for item in one.competencies.items[:3]]
    head = ["Средняя школа № 12", "СЕРТИФИКАТ", "Ким Ян", "2026/27"]
    foot = ["Сертификат № 2026-0203", "Дубликат сертификата № 2026-0107", "Директор", "Файл этого сертификата"]
    above = [told.index(part) for part in head]
    shown = [told.index(part, above[-1]) for part in stages]
    below = [told.index(part) for part in foot]
    at = [*above, *shown, *below]
    assert at == sorted(at)
    caption = ("Код подтверждает подлинность без интернета", "в программе profdesk, страница «Проверка»")
    assert shown[-1] < told.index(caption[0]) < told.index(caption[1])
