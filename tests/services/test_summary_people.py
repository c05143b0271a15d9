"""The names behind every figure of the summary: as many as the figure says, with what is the matter with each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from kept_workspaces import create
from overview_school import PROGRAMME, School
from sqlalchemy import text
from support import PASSWORD, YEAR

from profdesk.domain.access import NewUser
from profdesk.domain.school_year import Term
from profdesk.domain.scope import LEGAL_LEVELS, WHOLE, Scope
from profdesk.domain.span import Span, SpanKind
from profdesk.domain.summary_people import Subject
from profdesk.services import overview, summary, summary_people, told_figures
from profdesk.storage.workspace import Workspace

SPANS = (
    Span.of_year(YEAR),
    Span.of_term(YEAR, Term.FIRST),
    Span.of_days(date(2026, 10, 1), date(2027, 2, 15)),
    Span.of_year(YEAR.previous),
)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A random school of everything that is recorded, with what it was told."""
    owner = NewUser("Климова Татьяна", "координатор", PASSWORD)
    made = create(tmp_path_factory.mktemp("school") / "desk", owner).workspace
    School(3, 90).write(made)
    with made._engine.begin() as connection:
        connection.execute(text("UPDATE pupil SET merged_into = NULL"))
    for indicator in PROGRAMME.indicators:
        if indicator.rule.measure == "manual":
            told_figures.write(made, made.actor, YEAR, indicator, 3, 7, "Письмо колледжа")
    yield made
    made.close()


def scopes(workspace: Workspace) -> list[Scope]:
    with workspace.unit(workspace.actor) as unit:
        groups = unit.pupils.groups(YEAR)
    return [
        WHOLE,
        Scope(level=PROGRAMME.levels[2].code),
        Scope(law=LEGAL_LEVELS[2].code),
        Scope(group=groups[-1].id),
    ]


@pytest.mark.parametrize("span", SPANS, ids=lambda span: span.title)
def test_there_are_as_many_names_as_the_figure_says(school: Workspace, span: Span) -> None:
    seen = set()
    for scope in scopes(school) if span.kind is SpanKind.DAYS else [WHOLE]:
        counted = summary.compute(school, school.actor, span, scope)
        for figure in counted.figures:
            found = summary_people.behind(school, school.actor, span, figure.indicator, scope)
            seen.add(figure.indicator.code)
            if found.subject is Subject.TOLD:
                assert found.told is not None
                continue
            assert len(found.counted) == figure.numerator, figure.indicator.code
            assert len(found.counted) + len(found.missing) == figure.denominator, figure.indicator.code
            everybody = (*found.counted, *found.missing)
            assert len({one.key for one in everybody}) == len(everybody)
            assert all(one.name and one.why for one in everybody)
        for indicator in counted.unanswered:
            nobody = summary_people.behind(school, school.actor, span, indicator, scope)
            assert not nobody.counted
            assert not nobody.missing
            assert nobody.told is None
    assert len(seen) >= len(PROGRAMME.indicators) - 2


def test_they_are_those_whom_the_overview_counts_by_queries_of_its_own(school: Workspace) -> None:
    reading = overview.read(school, school.actor)
    span = Span.of_year(YEAR)
    for indicator in PROGRAMME.indicators:
        there = reading.reached.get(indicator.rule.measure)
        if there is not None:
            found = summary_people.behind(school, school.actor, span, indicator)
            asked = {
                pupil for pupil, group in reading.now.pupils.items() if indicator.asks_of(reading.now.groups[group])
            }
            assert {one.pupil for one in found.counted} == asked & set(there)
            assert {one.pupil for one in found.missing} == asked - set(there)
            assert all(one.group and one.group.id == reading.now.pupils[one.pupil] for one in found.missing)
