"""Where those missing from a figure are brought in, and when it is too late."""

from __future__ import annotations

from datetime import date

import pytest
from support import YEAR

from profdesk import assets
from profdesk.domain import programme_file
from profdesk.domain.people import Group, GroupName
from profdesk.domain.registers import TRAININGS, WEB_PAGES
from profdesk.domain.school_year import Term
from profdesk.domain.span import Span
from profdesk.domain.summary_people import Behind, Line
from profdesk.gui.summary import leads
from profdesk.gui.summary.leads import Place, Way

NAME = "artemovsky-2022-2025"
PROGRAMME = programme_file.parse(assets.resource("programmes", f"{NAME}.toml").read_text(encoding="utf-8"), NAME)
TODAY = date(YEAR.start + 1, 2, 3)
WHOLE_YEAR = Span.of_year(YEAR)
NINTH, TENTH = (
    Group(f"g{number}", GroupName(f"{number} «А»", number, "А"), "secondary", YEAR.start) for number in (9, 10)
)
LINES = tuple(Line(key, key, "", "", key, group) for key, group in (("a", NINTH), ("b", NINTH), ("c", TENTH)))


def behind(measure: str, span: Span = WHOLE_YEAR) -> Behind:
    indicator = next(one for one in PROGRAMME.indicators if one.rule.measure == measure)
    return Behind(indicator, span, LINES[2:], LINES[:2])


def way(measure: str, span: Span = WHOLE_YEAR) -> Way | None:
    found = behind(measure, span)
    return leads.way(found, found.missing, LINES[1], TODAY)


@pytest.mark.parametrize(
    ("measure", "wanted"),
    [
        ("portfolio_begun", Way("Отметить портфолио: 9 «А»", Place.PORTFOLIO, "g9")),
        ("trials_any", Way("Назначить пробу: 2 ученика", Place.ACTIVITY, ("trials_any", ["g9"], []))),
        ("conscious_choice", Way("Записать выбор: 9 «А»", Place.CHOICES, ("conscious_choice", "g9"))),
        ("destinations_in_demand", Way("К выпускникам", Place.GRADUATES, YEAR.start)),
        ("staff_trained", Way("Внести курс", Place.REGISTER, TRAININGS)),
        ("web_pages", Way("Проверить страницы", Place.REGISTER, WEB_PAGES)),
    ],
)
def test_every_measure_leads_to_where_it_is_done(measure: str, wanted: Way) -> None:
    assert way(measure) == wanted


def test_it_is_told_when_it_is_too_late() -> None:
    assert leads.way(behind("trials_any"), [], None, TODAY) is None
    over = way("trials_any", span=Span.of_term(YEAR, Term.FIRST))
    assert over is not None
    assert over.note == f"Период кончился 31.12.{YEAR.start}: новое мероприятие войдёт уже в следующий."
    former = Span.of_year(YEAR.previous)
    assert (
        leads.obstacle(behind("trials_any", former), YEAR)
        == f"Отсюда отмечают только за текущий, {YEAR.title} учебный год."
    )
    assert leads.obstacle(behind("trials_any"), YEAR) == ""
    assert leads.obstacle(behind("staff_trained", former), YEAR) == ""
