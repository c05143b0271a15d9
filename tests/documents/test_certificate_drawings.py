"""Drawings of stages: more is darker, a blank is no zero, and every value stands for itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from certificate_pages import paper
from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

from profdesk.documents.drawing_cells import cells
from profdesk.documents.drawing_petals import Petal, flower, petal
from profdesk.documents.drawing_steps import steps
from profdesk.documents.drawing_wheel import wheel
from profdesk.documents.sheet import Sheet
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.people import PersonName
from profdesk.domain.programme import Competency, CompetencySet, SetPart

Facts = Callable[..., CertificateFacts]
Draw = Callable[[Sheet, int | None], None]
LEVELS = ("preschool", "primary", "basic", "secondary")
MM = 72 / 25.4
SIDE = 80.0

ONE = {
    "cells": lambda sheet, stage: cells(sheet, 20, 20, stage, 3),
    "steps": lambda sheet, stage: steps(sheet, 20, 40, stage, 3, size=14),
    "petal": lambda sheet, stage: petal(sheet, 40, 60, stage, 3, radius=40, count=10),
    "wheel": lambda sheet, stage: wheel(sheet, 40, 40, 30, (stage,) * 20, 3),
}


def picture(pdf: bytes, scale: float = 2) -> Image.Image:
    with PdfDocument(pdf) as document:
        return document[0].render(scale=scale).to_pil().convert("L")


def drawn(draw: Callable[[Sheet], None]) -> Image.Image:
    sheet = Sheet((SIDE, SIDE), "Проба", "profdesk", date(2026, 11, 23))
    draw(sheet)
    sheet.next_page()
    return picture(sheet.finish())


def ink(image: Image.Image) -> float:
    return sum((255 - grey) * count for grey, count in enumerate(image.histogram()))


def boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    with PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        return [page.get_rect(number) for number in range(page.count_rects())]


def words(pdf: bytes) -> str:
    with PdfDocument(pdf) as document:
        return " ".join(document[0].get_textpage().get_text_bounded().replace("\u00a0", " ").split())


def check_no_overlap(pdf: bytes) -> None:
    found = [box for box in boxes(pdf) if box[2] - box[0] > 1]
    for number, (left, bottom, right, top) in enumerate(found):
        for other in found[number + 1 :]:
            across = min(right, other[2]) - max(left, other[0])
            down = min(top, other[3]) - max(bottom, other[1])
            assert across <= 0.5 or down <= 2.5, (found[number], other)


@pytest.mark.parametrize("kind", ONE)
def test_higher_stages_are_darker_and_a_blank_is_no_zero(kind: str) -> None:
    draw: Draw = ONE[kind]
    shown = {stage: drawn(lambda sheet, stage=stage: draw(sheet, stage)) for stage in (None, 0, 1, 2, 3)}
    inks = [ink(shown[stage]) for stage in (0, 1, 2, 3)]
    assert all(darker > lighter * 1.05 for lighter, darker in pairwise(inks)), inks
    apart = ImageChops.difference(shown[None], shown[0])
    assert ink(ImageChops.invert(apart)) > 0.3 * inks[0]


def test_changing_one_sector_leaves_the_others() -> None:
    def turn(sheet: Sheet, stages: Sequence[int]) -> None:
        wheel(sheet, 40, 40, 30, stages, 3)

    before = drawn(lambda sheet: turn(sheet, (1,) * 20))
    after = drawn(lambda sheet: turn(sheet, (3,) + (1,) * 19))
    left, top, right, bottom = ImageChops.difference(before, after).getbbox()
    scale = 2 * MM
    assert left >= 40 * scale - 1
    assert right <= 50 * scale
    assert top >= 9.5 * scale
    assert bottom <= 40 * scale


def test_names_of_a_flower_stay_in_their_room() -> None:
    def draw(sheet: Sheet) -> None:
        long = [Petal("Умение продуктивно общаться с другими", 0, "пока не проявляется")] * 10
        flower(sheet, (105, 100), 52, 78, long, 3)

    sheet = Sheet((210, 200), "Проба", "profdesk", date(2026, 11, 23))
    draw(sheet)
    sheet.next_page()
    pdf = sheet.finish()
    check_no_overlap(pdf)
    for left, _, right, _ in boxes(pdf):
        assert left >= 25 * MM
        assert right <= 185 * MM


@pytest.mark.parametrize("level", LEVELS)
def test_blank_is_worded(facts: Facts, level: str) -> None:
    assert "не оценено" in words(paper([facts(level, stage=None)]))
    assert "не оценено" not in words(paper([facts(level, stage=0)]))


@pytest.mark.parametrize("level", LEVELS)
def test_stages_are_counted(facts: Facts, level: str) -> None:
    one = facts(level, stage=3)
    text = words(paper([one]))
    if level == "basic":
        assert f"{one.stages.count(3)} сформирована" in text
    else:
        assert f"сформирована {one.stages.count(3)}" in text


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (7, 2), (21, 2), (72, 3)])
def test_any_other_number_of_values_becomes_a_list(facts: Facts, count: int, columns: int) -> None:
    items = tuple(Competency(f"c{n}", f"Умение номер {n}", "", "", "") for n in range(count))
    own = CompetencySet("own", "Свой набор", (SetPart("Часть", items),))
    one = facts("basic")
    one = replace(
        one, competencies=own, level=replace(one.level, competencies=own), stages=tuple(n % 4 for n in range(count))
    )
    pdf = paper([one])
    text = words(pdf)
    assert {1: "1 компетенция", 7: "7 компетенций", 21: "21 компетенция", 72: "72 компетенции"}[count] in text
    assert all(item.title in text for item in items)
    check_no_overlap(pdf)
    rows = [box for box in boxes(pdf) if 130.5 * MM < box[0] < 131.5 * MM]
    assert len(rows) == math.ceil(count / columns)
    for one, other in pairwise(rows):
        assert one[1] - other[1] >= 1.3 * (one[3] - one[1])


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("number", ["2026-0203", None])
def test_longest_words_of_all_find_room(facts: Facts, level: str, number: str | None) -> None:
    one = facts(level, stage=0, number=number)
    organisation = replace(
        one.organisation,
        legal_form="Муниципальное автономное общеобразовательное учреждение Артемовского городского округа",
        name="Средняя общеобразовательная школа № 56 с углубленным изучением отдельных предметов имени Героя "
        "Советского Союза Серова А. К.",
        head_post="Исполняющая обязанности директора",
        head_name="Константинопольская Александра Владиславовна",
    )
    one = replace(
        one,
        organisation=organisation,
        group="Разновозрастная подготовительная группа компенсирующей направленности «Почемучки»",
        teacher_post="Воспитатель",
    )
    pdf = paper([one])
    check_no_overlap(pdf)
    for left, bottom, right, top in boxes(pdf):
        assert bottom >= 17 * MM
        assert top <= 193 * MM
        assert left >= 17 * MM
        assert right <= 280.5 * MM
        assert right <= 111 * MM or left >= 117 * MM


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_printed_near_the_edges(facts: Facts, level: str) -> None:
    image = picture(paper([facts(level, stage=None)]))
    edge = round(6.6 * MM * 2)
    image.paste(255, (edge, edge, image.width - edge, image.height - edge))
    assert image.getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (PersonName("Ким", "Ян"), ["Ким Ян"]),
        (PersonName("Ильин", "Даниил", "Евгеньевич"), ["Ильин", "Даниил Евгеньевич"]),
        (
            PersonName("Салтыкова-Щедринская", "Александра-Виктория", "Константиновна кызы"),
            ["Салтыкова-Щедринская", "Александра-Виктория", "Константиновна кызы"],
        ),
        (
            PersonName("Константинопольская-Преображенская", "Александра", "Владиславовна"),
            ["Константинопольская-", "Преображенская", "Александра Владиславовна"],
        ),
    ],
)
@pytest.mark.parametrize("level", ["preschool", "basic"])
def test_names_are_set_in_whole_words(facts: Facts, level: str, name: PersonName, lines: list[str]) -> None:
    with PdfDocument(paper([facts(level, name)])) as document:
        text = document[0].get_textpage().get_text_bounded().replace("\u00a0", " ")
    after = [line.strip() for line in text.replace("\x02", "-\r\n").split("\r\n")]
    start = after.index("Владелец портфолио") + 1
    assert after[start : start + len(lines)] == lines


def test_what_pages_repeat_is_in_the_file_once(facts: Facts) -> None:
    one, many = len(paper([facts("basic")])), len(paper([facts("basic")] * 31))
    assert (many - one) / 30 < 6_000
    assert paper([facts("basic")]).count(b"/Subtype /Form") == paper([facts("basic")] * 5).count(b"/Subtype /Form")


def test_file_tells_readers_its_language_title_and_date(facts: Facts) -> None:
    pdf = paper([facts("basic", PersonName("Ким", "Ян"))])
    assert b"/Lang (ru-RU)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert b"D:20261224" in pdf
    with PdfDocument(pdf) as document:
        assert document.get_metadata_value("Title") == "Сертификат портфолио, Ким Ян"
