"""A route on paper: one sheet for any usual one, whole words however long, more pages for a very long one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from paper_checks import assert_fonts, assert_inside, raw_pages
from pupil_history import attended
from support import organisation

from profdesk.documents.route_sheet import route_sheet
from profdesk.domain import route_words
from profdesk.domain.people import PersonName, Pupil, Sex
from profdesk.domain.route import LONGEST, LineKind, LineState, Route, RouteEntry, RouteLine
from profdesk.domain.route_paper import RoutePaper

DAY = date(2026, 11, 25)
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
LONG = PersonName("Константинопольская-Преображенская", "Александра-Виктория", "Владиславовна кызы")
WORDS = "поступить на природообустройство и водопользование, "


def line(number: int, kind: LineKind, words: str, **more) -> RouteLine:
    state = more.pop("state", LineState.OPEN)
    return RouteLine(f"{number:03}", "p", RouteEntry(kind, words, **more), state, "u", NOON)


USUAL = (
    line(1, LineKind.FAR, "стать инженером-экологом", way="химия и география, потом УрФУ", due=date(2034, 7, 1)),
    line(2, LineKind.NEAR, "сдать экзамен по химии на 5", due=date(2027, 6, 15)),
    line(3, LineKind.STEP, "пробы «Лаборант-эколог»", way="Седова О. И.", due=DAY, state=LineState.DONE),
    line(4, LineKind.STEP, "олимпиада по экологии", due=DAY + timedelta(days=60)),
    line(5, LineKind.STEP, "день открытых дверей в горном колледже"),
    line(6, LineKind.RESERVE, "лаборант химического анализа", way="те же предметы"),
    line(7, LineKind.DIFFICULTY, "не хватает баллов по математике", way="занятия по средам"),
    line(8, LineKind.DIFFICULTY, "страшно выступать", way="защитить проект в паре", state=LineState.DONE),
)


def paper(lines: tuple[RouteLine, ...], grade: int | None = 9, name: PersonName = LONG) -> RoutePaper:
    last = attended(2026, grade)
    pupil = Pupil("p", name, date(2011, 3, 14), Sex.FEMALE, last.group)
    return RoutePaper(organisation(), pupil, last, route_words.voice(last.group.level), Route(lines), DAY)


@pytest.mark.parametrize("grade", [None, 1, 7, 11])
def test_a_usual_route_stands_on_one_sheet_whole(tmp_path: Path, grade: int | None) -> None:
    pdf = route_sheet(paper(USUAL, grade))
    (text,) = raw_pages(pdf, tmp_path)
    assert_inside(pdf, 6.6)
    assert_fonts(pdf, tmp_path)
    for one in USUAL:
        assert one.entry.words in text
        assert one.entry.way in text
    assert "Сделано шагов: 1 из 3" in text
    assert "24 января 2027" in text
    assert LONG.full in text
    assert "Родитель (законный представитель)" in text


def test_who_signs_and_how_it_is_headed_follows_from_the_child(tmp_path: Path) -> None:
    said = {grade: " ".join(raw_pages(route_sheet(paper(USUAL, grade)), tmp_path)) for grade in (None, 2, 9)}
    assert "ЛИЧНЫЙ ПРОФЕССИОНАЛЬНЫЙ ПЛАН" in said[9]
    for grade in (None, 2):
        assert "МАРШРУТ РЕБЁНКА" in said[grade]
        assert "Мечты" in said[grade]
        assert "Запасные варианты" not in said[grade]
    assert "Воспитатель" in said[None]
    assert "Ученица" not in said[None]
    assert "Ученица" in said[9]
    assert "Классный руководитель" in said[2]


def test_many_long_lines_go_on_to_further_pages_and_none_is_cut(tmp_path: Path) -> None:
    words = (WORDS * 5)[:LONGEST].strip(" ,")
    many = tuple(
        line(number, kind, f"{number} {words}", way=words, due=DAY if kind.is_dated else None)
        for number, kind in enumerate(kind for kind in LineKind for _ in range(9))
    )
    pdf = route_sheet(paper(many))
    pages = raw_pages(pdf, tmp_path)
    assert_inside(pdf, 6.6)
    text = " ".join(pages)
    assert text.count("поступить на") == 2 * sum(one.entry.words.count("поступить на") for one in many)
    assert f"Страница {len(pages)} из {len(pages)}" in pages[-1]
    assert "Классный руководитель" in pages[-1]
    assert len(pages) > 3


def test_one_word_without_end_is_torn_and_stays_on_the_sheet(tmp_path: Path) -> None:
    endless = tuple(line(number, kind, "q" * LONGEST, way="z" * LONGEST) for number, kind in enumerate(LineKind))
    pdf = route_sheet(paper(endless))
    assert_inside(pdf, 6.6)
    letters = "".join(raw_pages(pdf, tmp_path)).replace(" ", "")
    assert (letters.count("q"), letters.count("z")) == (5 * LONGEST, 5 * LONGEST)


def test_what_no_face_can_print_is_left_out(tmp_path: Path) -> None:
    (text,) = raw_pages(route_sheet(paper((line(1, LineKind.FAR, "стать лётчиком \U0001f680"),))), tmp_path)
    assert "стать лётчиком" in text


def test_equal_routes_give_equal_bytes() -> None:
    assert route_sheet(paper(USUAL)) == route_sheet(replace(paper(USUAL)))
