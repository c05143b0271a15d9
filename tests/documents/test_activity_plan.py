"""The year's plan on paper: months in order, every line with its words, nothing near the edge, pages counted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from paper_checks import assert_fonts, assert_inside, raw_pages
from support import YEAR, organisation

from profdesk.documents.activity_plan import activity_plan
from profdesk.domain import activity_words
from profdesk.domain.activities import Activity, ActivityEntry, ActivityType, Audience, Sort, State
from profdesk.domain.people import Group, GroupName

DAY = date(2026, 11, 23)
LONG = "Экскурсия на производство современных крепёжных изделий «Северный крепёж» и встреча с наставниками"
TYPES = {"trial": ActivityType("trial", "Профессиональная проба", ("", "", ""), Sort.TRIAL, Audience.PUPILS, "")}
GROUPS = {"9": Group("9", GroupName("9 «А»", 9, "А"), "secondary", 2026, 25)}
TITLES = {"partners": {"p": "Завод «Северный крепёж»"}}


def plan(number: int) -> list[Activity]:
    def one(at: int) -> Activity:
        entry = ActivityEntry(
            "trial", LONG if at % 3 else "Проба", date(2026, 9, 1) + timedelta(days=5 * at), at="14:30",
            hours=4, responsible="Щербаков Илья Николаевич", partner="p", groups=("9",), place="учебный участок",
        )  # fmt: skip
        return Activity(str(at), entry, list(State)[at % 3], 25, 23)

    return [one(at) for at in range(number)]


def drawn(number: int, about: str = "") -> bytes:
    months = activity_words.lines(plan(number), TYPES, GROUPS, TITLES)
    return activity_plan(organisation(), YEAR, about, months, DAY)


@pytest.mark.parametrize(("number", "pages"), [(0, 1), (3, 1), (40, 4)])
def test_every_line_is_there_and_pages_are_counted(tmp_path: Path, number: int, pages: int) -> None:
    pdf = drawn(number, "9 «А»")
    found = raw_pages(pdf, tmp_path)
    assert len(found) == pages
    whole = " ".join(found)
    assert "План проб и событий, 2026/27 учебный год" in found[0]
    assert "9 «А»" in found[0]
    assert whole.count("Щербаков Илья Николаевич") == number
    assert whole.count("23 из 25") == sum(one.state is State.HELD for one in plan(number))
    assert whole.count("отменено") == sum(one.state is State.CANCELLED for one in plan(number))
    assert f"Страница {pages} из {pages}" in found[-1]
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)


def test_months_stand_in_the_order_of_the_calendar_and_the_same_facts_give_the_same_file(tmp_path: Path) -> None:
    whole = " ".join(raw_pages(drawn(40), tmp_path))
    places = [whole.index(month) for month in ("Сентябрь 2026", "Октябрь 2026", "Декабрь 2026", "Январь 2027")]
    assert places == sorted(places)
    assert drawn(5) == drawn(5)


def test_an_empty_plan_says_so(tmp_path: Path) -> None:
    assert "В плане пока ничего нет." in raw_pages(drawn(0), tmp_path)[0]
