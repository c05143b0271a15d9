"""Figures that were told: into the summary with their source, changed, withdrawn, and never wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from diagnostic_school import add_class, new_workspace
from support import YEAR

from profdesk.domain import summary_data
from profdesk.domain.access import Actor, Role
from profdesk.domain.changes import Kind
from profdesk.domain.programme import Indicator
from profdesk.domain.published import publish
from profdesk.domain.span import Span
from profdesk.domain.summary import Figure
from profdesk.domain.told_figures import NUMBERS, PRESENCE
from profdesk.errors import NotFoundError, WrongInputError
from profdesk.services import batches, programmes, summary, told_figures
from profdesk.storage.workspace import Workspace

SOURCE = "Письмо колледжа от 12.11.2026"

COORDINATOR = Actor("coordinator", "Климова Татьяна Аркадьевна", "завуч", frozenset({Role.COORDINATOR}))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_workspace(tmp_path / "школа")
    add_class(made)
    yield made
    made.close()


def asked(workspace: Workspace, measure: str) -> Indicator:
    indicators = programmes.current(workspace, workspace.actor).indicators
    return next(one for one in indicators if one.rule.measure == measure)


def figure(workspace: Workspace, indicator: Indicator) -> Figure | None:
    found = summary.compute(workspace, workspace.actor, Span.of_year(YEAR))
    assert (indicator in found.unanswered) != (indicator in [one.indicator for one in found.figures])
    return next((one for one in found.figures if one.indicator == indicator), None)


def test_a_figure_told_is_counted_with_its_source_changed_withdrawn_and_taken_back(workspace: Workspace) -> None:
    actor, numbers = workspace.actor, asked(workspace, NUMBERS)
    assert figure(workspace, numbers) is None
    step, changes = told_figures.write(workspace, actor, YEAR, numbers, 12, 40, f"  {SOURCE} ")
    assert changes.touches(Kind.FIGURES)
    assert figure(workspace, numbers) == Figure(numbers, 12, 40, source=SOURCE)
    changed, _ = told_figures.write(workspace, actor, YEAR, numbers, 13, 40, "Звонок")
    assert figure(workspace, numbers) == Figure(numbers, 13, 40, source="Звонок")
    assert changed.batch is not None
    redo, turned = batches.turn_back(workspace, actor, changed.batch)
    assert turned.touches(Kind.FIGURES)
    assert figure(workspace, numbers) == Figure(numbers, 12, 40, source=SOURCE)
    batches.turn_back(workspace, actor, redo)
    withdrawn, _ = told_figures.withdraw(workspace, actor, YEAR, numbers)
    assert figure(workspace, numbers) is None
    with pytest.raises(NotFoundError):
        told_figures.withdraw(workspace, actor, YEAR, numbers)
    assert withdrawn.batch is not None
    batches.turn_back(workspace, actor, withdrawn.batch)
    assert figure(workspace, numbers) == Figure(numbers, 13, 40, source="Звонок")
    assert told_figures.of_year(workspace, actor, YEAR.previous) == {}
    assert step.words == f"ответ «{numbers.short}»"


def test_whether_there_is_something_is_counted_of_the_organisation(workspace: Workspace) -> None:
    presence = asked(workspace, PRESENCE)
    told_figures.write(workspace, workspace.actor, YEAR, presence, 1, 1, SOURCE)
    found = figure(workspace, presence)
    assert found == Figure(presence, 1, 1, of_people=False, source=SOURCE)
    data = json.loads(summary_data.to_json(publish(summary.compute(workspace, workspace.actor, Span.of_year(YEAR)))))
    (told,) = [one for one in data["indicators"] if one["told_by"]]
    assert (told["code"], told["numerator"], told["denominator"], told["counts"], told["told_by"]) == (
        presence.code, 1, 1, "organisations", SOURCE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "numerator", "denominator", "source", "said"),
    [
        (NUMBERS, 12, 10, SOURCE, "Числитель больше знаменателя: 12 из 10"),
        (NUMBERS, -1, 10, SOURCE, "не бывает меньше нуля"),
        (NUMBERS, 1, 10_000_000, SOURCE, "Больше 1000000 быть не может"),
        (NUMBERS, 1, 10, "  ", "откуда это известно"),
        (NUMBERS, 1, 10, "я" * 301, "длиннее 300 знаков"),
        (PRESENCE, 1, 2, SOURCE, "есть это или нет"),
        ("trials_any", 1, 2, SOURCE, "программа считает сама"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    workspace: Workspace, measure: str, numerator: int, denominator: int, source: str, said: str
) -> None:
    indicator = asked(workspace, measure)
    with pytest.raises(WrongInputError, match=said):
        told_figures.write(workspace, workspace.actor, YEAR, indicator, numerator, denominator, source)
    assert told_figures.of_year(workspace, workspace.actor, YEAR) == {}


def test_a_figure_says_who_wrote_it(workspace: Workspace) -> None:
    numbers = asked(workspace, NUMBERS)
    told_figures.write(workspace, COORDINATOR, YEAR, numbers, 0, 0, SOURCE)
    (told,) = told_figures.of_year(workspace, COORDINATOR, YEAR).values()
    assert (told.indicator, told.actor) == (numbers.code, COORDINATOR.id)
