"""What a design has shown: growth, what is formed, deeds and achievements, emblem, blank, signatures, size."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from certificate_pages import check_room, designed, scan, shipped_for, words
from PIL import Image
from pypdfium2 import PdfDocument

from profdesk.documents.certificate import certificates
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_design import (
    Certificate,
    CertificateDesign,
    Direction,
    Drawing,
    Margins,
    Ornament,
    PaperSize,
    SignatureLine,
)
from profdesk.domain.people import PersonName

Facts = Callable[..., CertificateFacts]
LEVELS = ("preschool", "primary", "basic", "secondary")
SHORT = PersonName("Ким", "Ян")
ACHIEVEMENTS = tuple(f"Олимпиада № {number}: призёр, региональный уровень, 2026" for number in range(1, 31))


def on(level: str, direction: Direction) -> CertificateDesign:
    design = shipped_for(level)
    return replace(design, page=replace(design.page, direction=direction))


def picture(colour: str, size: tuple[int, int] = (210, 297)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("level", LEVELS)
def test_what_has_grown_is_marked_and_explained(facts: Facts, level: str, direction: Direction) -> None:
    one, design = facts(level, SHORT, stage=2), on(level, direction)
    risen = replace(
        one, former=tuple(max(0, (stage or 0) - 1) if place < 5 else 3 for place, stage in enumerate(one.stages))
    )
    assert len(risen.grown) == 4
    pdf = designed(risen, design)
    assert "Выросло за год: 4 компетенции" in words(pdf)
    check_room(pdf, design)
    for former in ((), tuple(3 for _ in one.stages), tuple(None for _ in one.stages)):
        assert "Выросло" not in words(designed(replace(one, former=former), design))


@pytest.mark.parametrize("drawing", Drawing)
@pytest.mark.parametrize("direction", Direction)
def test_every_drawing_marks_growth(facts: Facts, drawing: Drawing, direction: Direction) -> None:
    design = on("preschool", direction)
    design = replace(
        design, content=replace(design.content, drawing=drawing), style=replace(design.style, kicker="#FF0000")
    )
    one = facts("preschool", SHORT, stage=1)

    def red(shown: CertificateFacts) -> int:
        with PdfDocument(designed(shown, design)) as document:
            colours = document[0].render(scale=2).to_pil().convert("RGB").getcolors(1 << 20)
        return sum(count for count, (red, green, blue) in colours if red > 200 and max(green, blue) < 60)

    bare = red(one)
    marks = [red(replace(one, former=tuple(0 if place < grown else 3 for place in range(10)))) for grown in (2, 6)]
    assert bare < marks[0] < marks[1]


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("level", LEVELS)
def test_only_what_is_formed_stands_there(facts: Facts, level: str, direction: Direction) -> None:
    one, design = facts(level, SHORT, stage=2), on(level, direction)
    stages = tuple(stage if stage == 3 else None for stage in one.stages)
    shown = replace(one, stages=stages, formed_only=True)
    pdf = designed(shown, design)
    text = re.sub(r"[\s-]", "", words(pdf))
    formed = [item.plain for item, stage in zip(one.competencies.items, stages, strict=True) if stage == 3]
    hidden = [item.plain for item, stage in zip(one.competencies.items, stages, strict=True) if stage != 3]
    assert formed
    assert all(re.sub(r"[\s-]", "", title) in text for title in formed)
    assert not any(re.sub(r"[\s-]", "", title) in text for title in hidden)
    said = words(pdf)
    assert re.search(rf"Сформирован\w+ {len(formed)} компетенц", said)
    assert not any(word in said for word in ("не оценено", "пока не", "формируется", f"из {len(stages)}"))
    check_room(pdf, design)


@pytest.mark.parametrize("direction", Direction)
def test_a_paper_with_nothing_formed_is_kind(facts: Facts, direction: Direction) -> None:
    one, design = facts("primary", SHORT), on("primary", direction)
    nothing = replace(one, stages=(None,) * len(one.stages), formed_only=True)
    pdf = designed(nothing, design)
    assert "каждый шаг сюда войдёт" in words(pdf)
    assert "0" not in re.sub(r"№ \S+|2026\S*", "", words(pdf))
    check_room(pdf, design)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("level", LEVELS)
def test_as_many_achievements_as_there_is_room_for(facts: Facts, level: str, direction: Direction) -> None:
    one, design = facts(level), on(level, direction)
    for count in (1, 3, 30):
        pdf = designed(replace(one, achievements=ACHIEVEMENTS[:count], deeds=("Профессиональные пробы: 4",)), design)
        text = words(pdf)
        told = [line for line in ACHIEVEMENTS[:count] if line in text]
        assert told == list(ACHIEVEMENTS[: len(told)])
        assert told
        assert (f"и ещё {count - len(told)}" in text) is (len(told) < count)
        assert "Профессиональные пробы: 4" in text
        check_room(pdf, design)


@pytest.mark.parametrize("direction", Direction)
def test_texts_are_those_of_the_design_and_empty_ones_leave_no_hole(facts: Facts, direction: Direction) -> None:
    design = on("basic", direction)
    own = replace(
        design.texts,
        heading="{краткое название}, {муниципалитет}",
        kicker="Почётный лист",
        title="За смелые шаги в профессию",
        owner="Вручается",
        about="{класс}, {уровень}",
        statement="Проверен {дата выдачи}",
    )
    one = facts("basic", SHORT)
    text = words(designed(one, replace(design, texts=own)))
    for wanted in (
        "Школа № 12, Артёмовский",
        "ПОЧЁТНЫЙ ЛИСТ",
        "За смелые шаги",
        "Вручается",
        "Проверен 24 декабря 2026",
    ):
        assert wanted in text
    bare = replace(own, heading="", kicker="", owner="", about="", statement="")
    pdf = designed(one, replace(design, texts=bare))
    assert words(pdf).startswith("За смелые шаги")
    check_room(pdf, design)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_signature_lines_are_those_of_the_design(facts: Facts, direction: Direction, count: int) -> None:
    lines = tuple(SignatureLine(f"Член комиссии {number}", f"И. И. Петров-{number}") for number in range(3))
    design = replace(on("basic", direction), signatures=lines[:count])
    pdf = designed(facts("basic"), design)
    text = words(pdf)
    assert [f"Член комиссии {number}" in text for number in range(3)] == [number < count for number in range(3)]
    assert [f"Петров-{number}" in text for number in range(3)] == [number < count for number in range(3)]
    check_room(pdf, design)


def test_a_blank_lies_under_everything_and_is_printed_unless_the_paper_bears_it(facts: Facts) -> None:
    shipped = shipped_for("primary")
    margins = Margins(20, 20, 20, 20)
    plain = replace(
        shipped, style=replace(shipped.style, ornament=Ornament.NONE), page=replace(shipped.page, margins=margins)
    )
    one, pictures = facts("primary", SHORT), {"blank": picture("#DDDDDD")}

    def corner(*, preprinted: bool, preview: bool) -> int:
        page = replace(plain.page, blank="blank", preprinted=preprinted)
        pdf = designed(one, replace(plain, page=page), pictures, preview=preview)
        check_room(pdf, plain)
        return scan(pdf, 72).getpixel((5, 5))

    assert corner(preprinted=False, preview=False) == corner(preprinted=True, preview=True) == 0xDD
    assert corner(preprinted=True, preview=False) == 255


def test_a_picture_is_in_the_file_once(facts: Facts) -> None:
    noise = Image.effect_noise((300, 300), 90)
    made = io.BytesIO()
    noise.save(made, "PNG")
    shipped = shipped_for("basic")
    design = replace(shipped, style=replace(shipped.style, emblem="emblem"))
    one = Certificate(facts("basic"), design)
    read = {"emblem": made.getvalue()}.__getitem__
    single, many = (certificates([one] * count, read) for count in (1, 9))
    assert len(single) > 60_000
    assert len(many) - len(single) < 8 * 8_000
    assert many.count(b"/Subtype /Image") == single.count(b"/Subtype /Image")


def test_pages_of_one_file_have_their_own_sizes(facts: Facts) -> None:
    one = facts("basic", SHORT)
    pages = [
        Certificate(one, replace(on("basic", direction), page=replace(on("basic", direction).page, size=size)))
        for direction in Direction
        for size in PaperSize
    ]
    with PdfDocument(certificates(pages, {}.__getitem__)) as document:
        sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]
        rendered = [page.render(scale=72 / page.get_width()).to_pil().convert("L") for page in document]
    assert sizes == [(210, 297), (297, 420), (297, 210), (420, 297)]
    for small, large in (rendered[:2], rendered[2:]):
        apart = [abs(a - b) for a, b in zip(small.tobytes(), large.tobytes(), strict=False)]
        assert math.fsum(apart) / len(apart) < 4


@pytest.mark.parametrize("level", LEVELS)
def test_a_strict_design_has_no_round_cells(facts: Facts, level: str) -> None:
    shipped = shipped_for(level)
    loose, strict = (
        replace(
            shipped, style=replace(shipped.style, strict=flag), content=replace(shipped.content, drawing=Drawing.LIST)
        )
        for flag in (False, True)
    )
    one = facts(level, SHORT)
    assert designed(one, loose) != designed(one, strict)
    check_room(designed(one, strict), strict)
