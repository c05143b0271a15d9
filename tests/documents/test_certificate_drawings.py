"""Drawings of stages: more is darker, a blank is no zero, and every value stands for itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from certificate_pages import check_apart, check_room, designed, paper, scan, shipped_for, words
from PIL import Image, ImageChops
from pypdfium2 import PdfDocument

from profdesk.documents.drawing_cells import cells
from profdesk.documents.drawing_petals import Flower, Petal, petal
from profdesk.documents.drawing_steps import steps
from profdesk.documents.drawing_wheel import wheel
from profdesk.documents.sheet import Sheet
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_design import Drawing
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


def drawn(draw: Callable[[Sheet], None]) -> Image.Image:
    sheet = Sheet((SIDE, SIDE), "Проба", "profdesk", date(2026, 11, 23))
    draw(sheet)
    sheet.next_page()
    return scan(sheet.finish(), 144)


def ink(image: Image.Image) -> float:
    return sum((255 - grey) * count for grey, count in enumerate(image.histogram()))


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


def flower_of(count: int, title: str) -> Flower:
    return Flower([Petal(title, 0, "пока не проявляется", grown=True)] * count, 42, 78, 3)


@pytest.mark.parametrize("count", range(4, 13))
def test_names_of_a_flower_stay_in_their_room(count: int) -> None:
    flower = flower_of(count, "Умение работать")
    assert flower.fits

    def draw(sheet: Sheet) -> None:
        flower.draw(sheet, (105, 100), lambda _x, _y: None)

    sheet = Sheet((210, 200), "Проба", "profdesk", date(2026, 11, 23))
    draw(sheet)
    sheet.next_page()
    for left, top, right, bottom in check_apart(sheet.finish()):
        assert left >= 27
        assert right <= 183
        assert top >= 100 + flower.above - 0.5
        assert bottom <= 100 + flower.below + 0.5


def test_a_flower_knows_when_names_are_too_long() -> None:
    assert not flower_of(12, "Умение выявлять трудности в достижении профессиональных целей").fits


@pytest.mark.parametrize("level", LEVELS)
def test_blank_is_worded(facts: Facts, level: str) -> None:
    assert "не оценено" in words(paper([facts(level, stage=None)]))
    assert "не оценено" not in words(paper([facts(level, stage=0)]))


def test_stages_are_counted(facts: Facts) -> None:
    one = facts("basic", stage=3)
    assert f"{one.stages.count(3)} сформирована" in words(paper([one]))
    wide = replace(shipped_for("basic"), content=replace(shipped_for("basic").content, drawing=Drawing.LIST))
    assert f"сформирована {one.stages.count(3)}" in words(designed(one, wide))


@pytest.mark.parametrize("level", LEVELS)
def test_every_name_comes_with_its_stage(facts: Facts, level: str) -> None:
    one = facts(level, PersonName("Ким", "Ян"), number=None)
    said = {stage.value: stage.print_title for stage in one.scale}
    text = re.sub(r"[\s\u00a0\x02-]", "", words(paper([one])))
    for item, stage in zip(one.competencies.items, one.stages, strict=True):
        assert re.sub(r"[\s-]", "", f"{item.plain}{said[stage]}") in text, item.plain


def with_items(one: CertificateFacts, titles: Sequence[str]) -> CertificateFacts:
    items = tuple(Competency(f"c{n}", title, "", "", "") for n, title in enumerate(titles))
    own = CompetencySet("own", "Свой набор", (SetPart("Часть", items),))
    stages = tuple(n % 4 for n in range(len(items)))
    return replace(one, competencies=own, level=replace(one.level, competencies=own), stages=stages)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("count", [1, 2, 7, 21, 72])
def test_any_number_of_competencies_has_room(facts: Facts, level: str, count: int) -> None:
    one = with_items(facts(level), [f"Умение номер {n}" for n in range(count)])
    pdf = designed(one, shipped_for(level))
    assert all(f"Умение номер {n}" in words(pdf) for n in range(count))
    check_room(pdf, shipped_for(level))


@pytest.mark.parametrize(
    ("count", "told"), [(1, "1 компетенция"), (7, "7 компетенций"), (21, "21 компетенция"), (72, "72 компетенции")]
)
def test_a_wide_sheet_says_how_many_there_are(facts: Facts, count: int, told: str) -> None:
    one = with_items(facts("basic"), [f"Умение номер {n}" for n in range(count)])
    assert told in words(paper([one]))


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
    check_room(paper([one]), shipped_for(level))


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_is_printed_near_the_edges(facts: Facts, level: str) -> None:
    image = scan(paper([facts(level, stage=None)]), 144)
    edge = round(6.6 * MM * 2)
    image = image.copy()
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
@pytest.mark.parametrize("level", ["basic"])
def test_names_are_set_in_whole_words(facts: Facts, level: str, name: PersonName, lines: list[str]) -> None:
    with PdfDocument(paper([facts(level, name)])) as document:
        text = document[0].get_textpage().get_text_bounded().replace("\u00a0", " ")
    after = [line.strip() for line in text.replace("\x02", "-\r\n").split("\r\n")]
    start = after.index(shipped_for(level).texts.owner) + 1
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
