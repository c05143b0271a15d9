"""Answer sheets: every kind of answer, circles where the layout says, a code that is read back."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from diagnostic_cases import CODES, DAY, LONGEST, SESSION, session, worded
from paper_checks import assert_fonts, assert_inside, codes, pictures, raw_pages
from pypdfium2 import PdfDocument

from profdesk.documents.answer_sheet import answer_sheets
from profdesk.domain import answer_sheet as geometry
from profdesk.domain.instrument import Kind
from profdesk.services import instruments

DPI = 150
WHOLE_CLASS = ("yovaysha_rezapkina_24", "golomshtok_174")
MORE_PAGES = {"golomshtok_144": 2, "golomshtok_174": 2}


def dark(picture: np.ndarray, x: float, y: float, reach: int = 1) -> int:
    """The darkest of the pixels around a place in millimetres."""
    column, row = round(x / 25.4 * DPI), round(y / 25.4 * DPI)
    return int(picture[row - reach : row + reach + 1, column - reach : column + reach + 1].min())


@pytest.mark.parametrize("code", CODES)
def test_every_question_is_there_once_and_nothing_overlaps(code: str) -> None:
    instrument = instruments.called(code)
    found = geometry.pages(instrument)
    assert len(found) == MORE_PAGES.get(code, 1)
    assert sorted(field.item for page in found for field in page.fields) == list(range(1, instrument.items + 1))
    for page in found:
        assert page.radius >= 2.5
        circles = [circle for field in page.fields for circle in field.circles]
        for number, one in enumerate(circles):
            assert one.x - page.radius > geometry.LEFT
            assert one.x + page.radius < geometry.RIGHT
            for other in circles[number + 1 :]:
                assert math.hypot(one.x - other.x, one.y - other.y) > 2.15 * page.radius
        for field in page.fields:
            assert field.y >= geometry.TOP
            assert field.y + field.height <= geometry.BOTTOM + 0.01
            for circle in field.circles:
                assert field.y < circle.y - page.radius
                assert circle.y + page.radius < field.y + field.height


@pytest.mark.parametrize("code", CODES)
def test_circles_of_a_question_stand_for_each_possible_answer(code: str) -> None:
    instrument = instruments.called(code)
    answering = instrument.answering
    for page in geometry.pages(instrument):
        for field in page.fields:
            marks = [(circle.part, circle.code) for circle in field.circles]
            if instrument.kind in (Kind.CHOICE, Kind.RATING, Kind.MATRIX):
                assert marks == [("", option.code) for option in instrument.options_of(field.item)]
            elif instrument.kind is Kind.SHARING:
                points = range(answering.total + 1)
                assert marks == [(option.code, str(point)) for option in answering.options for point in points]
            elif instrument.kind is Kind.TRIPLE:
                dashed = {part for part, mark in marks if mark == "-"}
                assert dashed == {aspect.code for aspect in answering.aspects if aspect.dash}
            else:
                assert len(field.boxes) == (2 if instrument.kind is Kind.RANKING else 0)


@pytest.mark.parametrize("code", CODES)
def test_marks_circles_and_boxes_are_printed_where_the_layout_says(code: str) -> None:
    instrument = instruments.called(code)
    drawn = pictures(answer_sheets(session(code, 1), DAY), DPI)
    for page, picture in zip(geometry.pages(instrument), drawn, strict=True):
        middles = [dark(picture, x, y, reach=3) for x, y in geometry.CORNERS]
        assert middles[0] > 250
        assert max(middles[1:]) < 20
        assert all(dark(picture, x - 2.4, y + 2.4) < 20 for x, y in geometry.CORNERS)
        for field in page.fields:
            for circle in field.circles:
                for turn in np.arange(0, 2 * math.pi, math.pi / 8):
                    across, down = math.cos(turn), math.sin(turn)
                    ring = dark(picture, circle.x + page.radius * across, circle.y + page.radius * down)
                    assert ring < 170
                inside = picture[
                    round((circle.y - page.radius * 0.7) / 25.4 * DPI) : round(
                        (circle.y + page.radius * 0.7) / 25.4 * DPI
                    ),
                    round((circle.x - page.radius * 0.7) / 25.4 * DPI) : round(
                        (circle.x + page.radius * 0.7) / 25.4 * DPI
                    ),
                ]
                assert (inside < 128).mean() < 0.3
            for x in field.boxes:
                assert dark(picture, x, field.y + field.height / 2) < 120


@pytest.mark.parametrize(("code", "dpi"), [("yovaysha_rezapkina_24", 150), ("golomshtok_174", 150), ("pvq_40", 300)])
def test_the_code_is_read_back_and_names_session_sheet_and_page_alone(code: str, dpi: int) -> None:
    facts = session(code, 3)
    total = MORE_PAGES.get(code, 1)
    drawn = pictures(answer_sheets(facts, DAY), dpi)
    expected = [(one.sheet.id, page) for one in facts.result.view.sheets for page in range(1, total + 1)]
    for (sheet, page), picture in zip(expected, drawn, strict=True):
        for seen in (picture, np.ascontiguousarray(picture[::-1, ::-1]), np.ascontiguousarray(picture.T[::-1])):
            (read,) = codes(seen)
            parts = read.text.lower().split("-")
            assert parts == ["pd1", SESSION.replace("-", ""), sheet.replace("-", ""), str(page)]


@pytest.mark.parametrize("code", CODES)
def test_sheets_of_a_class_are_whole(code: str, tmp_path: Path) -> None:
    pupils = 30 if code in WHOLE_CLASS else 2
    facts = session(code, pupils)
    pdf = answer_sheets(facts, DAY)
    assert answer_sheets(facts, DAY) == pdf
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)
    found = raw_pages(pdf, tmp_path)
    total = MORE_PAGES.get(code, 1)
    assert len(found) == pupils * total
    for number, one in enumerate(facts.result.view.sheets):
        for page in range(total):
            text = found[number * total + page]
            assert one.pupil.name.full in text
            assert f"Бланк {number + 1}" in text
            assert facts.result.view.instrument.short in text
            assert "8 «Б» класс" in text
            assert "14 октября 2026 г." in text
    with PdfDocument(pdf) as document:
        marks = [mark.get_title() for mark in document.get_toc()]
    assert marks == [one.pupil.name.short for one in facts.result.view.sheets]
    assert LONGEST.full in found[0]


@pytest.mark.parametrize("code", CODES)
def test_questions_are_printed_only_where_the_school_loaded_them(code: str, tmp_path: Path) -> None:
    instrument = instruments.called(code)
    bare = raw_pages(answer_sheets(session(code, 2), DAY), tmp_path)
    pdf = answer_sheets(session(code, 2, wording=worded(instrument)), DAY)
    found = raw_pages(pdf, tmp_path)
    assert not any("Ухаживать" in text for text in bare)
    assert_inside(pdf)
    told = " ".join(found[: len(found) // 2])
    if instrument.kind is Kind.MATRIX:
        assert found == bare
        return
    for item in range(1, instrument.items + 1):
        assert f"Ухаживать за животными и растениями, {item}" in told
    sheets = MORE_PAGES.get(code, 1)
    apart = found[sheets : len(found) // 2]
    assert bool(apart) == (instrument.kind not in (Kind.RANKING, Kind.RECORD))
    assert not any(LONGEST.surname in text for text in apart)


def test_where_circles_stand_depends_on_the_instrument_alone() -> None:
    instrument = instruments.called("yovaysha_30")
    (bare,) = pictures(answer_sheets(session("yovaysha_30", 1), DAY), DPI)
    asked = pictures(answer_sheets(session("yovaysha_30", 1, wording=worded(instrument)), DAY), DPI)
    assert (asked[0] == bare).all()
    assert len(asked) > 1
