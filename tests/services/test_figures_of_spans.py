"""Every figure of a summary of a term, of days and of a part of the school against a bare count in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from kept_workspaces import create
from overview_school import CODES, PROGRAMME, School
from sqlalchemy import text
from support import PASSWORD, YEAR

from profdesk.domain.access import NewUser
from profdesk.domain.programme import Indicator
from profdesk.domain.school_year import Term
from profdesk.domain.scope import WHOLE, Scope
from profdesk.domain.span import Span
from profdesk.domain.summary import Summary
from profdesk.services import summary
from profdesk.storage.workspace import Workspace

AUTUMN = Span.of_days(date(2026, 9, 15), date(2026, 11, 10))
SPANS = [Span.of_year(YEAR), Span.of_term(YEAR, Term.FIRST), Span.of_term(YEAR, Term.SECOND), AUTUMN]
SCOPES = {
    WHOLE: "1 = 1",
    Scope(level="basic"): "g.grade BETWEEN 5 AND 8",
    Scope(law="law-basic"): "g.grade BETWEEN 5 AND 9",
    Scope(law="law-secondary"): "g.grade IN (10, 11)",
    Scope(law="law-preschool"): "g.grade IS NULL",
}
OWN = " OR ".join(
    f"(g.level = '{level}' AND a.competency IN ({', '.join(map(repr, codes))}))" for level, codes in CODES.items()
)
SIZE = " ".join(f"WHEN '{level}' THEN {len(codes)}" for level, codes in CODES.items())


def of_pupils(span: Span) -> dict[str, str]:
    """A condition for each measure that asks of pupils; the school has one assessment of a cell at most."""
    made = {
        None: f"a.made_on BETWEEN '{span.first_day}' AND '{span.last_day}'",
        Term.FIRST: "a.term = 1 AND a.superseded_by IS NULL",
        Term.SECOND: "a.term = 2 AND a.superseded_by IS NULL",
    }[span.term]
    if span == Span.of_year(YEAR):
        made = "a.superseded_by IS NULL"
    assessed = f"""(SELECT count(DISTINCT a.competency) FROM assessment a WHERE a.pupil_id = e.pupil_id
                   AND a.strand = 'staff' AND a.stage IS NOT NULL AND a.school_year = {YEAR.start} AND {made}
                   AND ({OWN}))"""
    visited = f"""EXISTS (SELECT 1 FROM participation p JOIN activity v ON v.id = p.activity_id
                  WHERE p.pupil_id = e.pupil_id AND p.presence = 'present' AND v.state = 'held'
                  AND v.withdrawn_at IS NULL AND {{}}
                  AND v.begins_on BETWEEN '{span.first_day}' AND '{span.last_day}')"""
    chosen = """coalesce((SELECT {} FROM {} c WHERE c.pupil_id = e.pupil_id AND c.withdrawn_at IS NULL {}
                AND c.{} <= {} ORDER BY c.{} DESC, c.id DESC LIMIT 1), {})"""
    sure = "c.conscious = 'yes' AND c.basis <> ''"
    since = chosen.format("c.since", "profile_study", "", "since", ":day", "since", "''")
    studied = chosen.format("c.profile", "profile_study", "", "since", ":day", "since", "'none'")
    before = chosen.format(
        "c.profile", "profile_choice", "AND c.profile <> ''", "decided_on", since, "decided_on", "'nothing'"
    )
    profile = ("profile_choice", "AND c.profile <> ''", "decided_on", ":day", "decided_on", "0")
    profession = ("profession_choice", "", "decided_on", ":day", "decided_on", "0")
    return {
        "portfolio_begun": f"{assessed} > 0",
        "portfolio_complete": f"{assessed} >= CASE g.level {SIZE} END",
        "events_any": visited.format("v.audience = 'pupils'"),
        "trials_any": visited.format("v.type IN ('trial', 'practice', 'volunteering')"),
        "labour_market_informed": visited.format(
            "v.audience = 'pupils' AND (v.labour_market OR v.type = 'labour_market')"
        ),
        "parents_reached": visited.format("v.audience = 'parents'"),
        "profile_choice": chosen.format(sure, *profile),
        "conscious_choice": chosen.format(f"{sure} AND c.goal <> '' AND c.reserve IS NOT NULL", *profession),
        "profile_continued": f"{studied} = {before}",
    }


def of_registers(span: Span) -> dict[str, tuple[str, str]]:
    """Numerator and denominator of each measure that asks of the organisation, its staff or those who have left."""
    works = "SELECT count(*) FROM staff s WHERE (s.left_on IS NULL OR s.left_on > :day)"
    course = "SELECT 1 FROM training t WHERE t.person = s.id AND t.on_subject AND t.finished_on <= :day"
    agreed = """SELECT count(*) > 0 FROM agreement a JOIN partner p ON p.id = a.partner WHERE a.withdrawn_at IS NULL
                AND p.kind IN ('college', 'university') AND a.signed_on <= :day
                AND (a.valid_until IS NULL OR a.valid_until >= :day)"""
    page = f"""SELECT count(*) > 0 FROM web_page w WHERE w.works
               AND w.checked_on BETWEEN '{span.first_day}' AND '{span.last_day}'"""
    learn = f"""SELECT count(*) FROM destination d WHERE d.withdrawn_at IS NULL AND d.kind = 'college'
                AND d.year = {YEAR.start}"""
    wanted = """SELECT 1 FROM demand w WHERE w.profession = d.profession AND w.year = d.year
                AND w.withdrawn_at IS NULL"""
    return {
        "staff_trained": (f"{works} AND EXISTS ({course})", works),
        "agreements": (agreed, "SELECT 1"),
        "web_pages": (page, "SELECT 1"),
        "destinations_in_demand": (f"{learn} AND EXISTS ({wanted})", learn),
    }


@pytest.fixture(scope="module", params=[11, 12])
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("school") / "desk"
    owner = NewUser("Иванова Анна", "", PASSWORD)
    found = create(folder, owner).workspace
    School(request.param, 200).write(found)
    yield found
    found.close()


def bare(workspace: Workspace, sql: str, day: date) -> Any:
    with workspace._engine.connect() as connection:
        return connection.scalar(text(sql), {"day": day.isoformat()} if ":day" in sql else {})


def whose(indicator: Indicator) -> str:
    grades = indicator.rule.grades
    of_grades = f" AND g.grade IN ({', '.join(map(str, grades))})" if grades else ""
    return f"g.level IN ({', '.join(map(repr, indicator.levels))}){of_grades}"


def there(span: Span) -> str:
    """Who stands in a class on the last day of a span, or was graduated from it within the span."""
    since = span.year.first_day if span == Span.of_year(span.year) else span.first_day
    return f"""FROM enrolment e JOIN study_group g ON g.id = e.group_id WHERE e.school_year = {span.year.start}
               AND (e.left_on IS NULL OR e.left_on >= '{span.last_day}'
                    OR (e.left_reason = 'graduated' AND e.left_on >= '{since}'))"""


def compared(workspace: Workspace, counted: Summary, span: Span, within: str) -> set[str]:
    """Compare all that ask of pupils; gives the measures of which somebody counts."""
    day, some = min(counted.counted_at.date(), span.last_day), set()
    conditions = of_pupils(span)
    for figure in counted.figures:
        measure = figure.indicator.rule.measure
        if measure in conditions:
            count = f"SELECT count(*) {there(span)} AND {within} AND {whose(figure.indicator)}"
            told = bare(workspace, f"{count} AND {conditions[measure]}", day), bare(workspace, count, day)
            assert (figure.numerator, figure.denominator) == told, (span.title, within, measure)
            if 0 < figure.numerator < figure.denominator:
                some.add(measure)
    return some


@pytest.mark.parametrize("span", SPANS, ids=lambda span: span.kind.value)
def test_every_figure_equals_a_bare_count(workspace: Workspace, span: Span) -> None:
    some = set()
    for scope, within in SCOPES.items():
        counted = summary.compute(workspace, workspace.actor, span, scope)
        some |= compared(workspace, counted, span, within)
        if scope.whole:
            day = min(counted.counted_at.date(), span.last_day)
            registers = of_registers(span)
            found = {
                one.indicator.rule.measure: (one.numerator, one.denominator)
                for one in counted.figures
                if one.indicator.rule.measure in registers
            }
            assert found == {
                measure: tuple(bare(workspace, sql, day) for sql in pair) for measure, pair in registers.items()
            }
            asked = {one.rule.measure for one in PROGRAMME.indicators} - {"manual", "manual_presence"}
            assert {one.indicator.rule.measure for one in counted.figures} == asked
    assert len(some) >= 4


def test_the_span_before_is_counted_by_the_same_rules(workspace: Workspace) -> None:
    second = Span.of_term(YEAR, Term.SECOND)
    before = summary.compute(workspace, workspace.actor, second).before
    assert before is not None
    assert before.figures == summary.compute(workspace, workspace.actor, second.previous).figures
