"""What the portfolio of a class says as a whole: completeness, strongest and weakest, who changed most.

Stages are ordinal, so nothing is averaged: competencies are compared by the share of pupils at the two
highest stages of the scale, and change is counted in competencies that rose or fell since the term before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.domain.people import Pupil
from profdesk.domain.portfolio import Cell, Completeness, Grid
from profdesk.domain.programme import Stage
from profdesk.domain.summary import StageCounts

_NAMED = 3
_FEW = 5


@dataclass(frozen=True)
class PupilChange:
    """In how many competencies a pupil rose and fell since the term before; codes of those that did."""

    pupil: Pupil
    risen: tuple[str, ...]
    fallen: tuple[str, ...]


@dataclass(frozen=True)
class ClassOverview:
    """One class in one term; ``strongest`` and ``weakest`` never name one competency twice.

    ``compared`` tells how many cells have a stage both in this term and in the one before.
    """

    grid: Grid
    scale: tuple[Stage, ...]
    complete: int
    unfinished: tuple[tuple[Pupil, Completeness], ...]
    competencies: tuple[StageCounts, ...]
    strongest: tuple[StageCounts, ...]
    weakest: tuple[StageCounts, ...]
    changes: tuple[PupilChange, ...]
    compared: int


def overview(grid: Grid, scale: Sequence[Stage]) -> ClassOverview:
    """Look at a class grid as a whole; linear in its cells."""
    found = [(pupil, grid.completeness(pupil.id)) for pupil in grid.pupils]
    views = _views(grid, scale)
    strongest, weakest = _extremes(views, len(grid.pupils))
    changes = sorted(
        (change for change in (_change(grid, pupil) for pupil in grid.pupils) if change.risen or change.fallen),
        key=lambda one: (-len(one.risen) - len(one.fallen), -len(one.risen)),
    )
    return ClassOverview(
        grid=grid,
        scale=tuple(scale),
        complete=sum(one.complete for _, one in found),
        unfinished=tuple((pupil, one) for pupil, one in found if not one.complete),
        competencies=views,
        strongest=strongest,
        weakest=weakest,
        changes=tuple(changes),
        compared=sum(cell in grid.earlier for cell in grid.stages),
    )


def _views(grid: Grid, scale: Sequence[Stage]) -> tuple[StageCounts, ...]:
    views = []
    for competency in grid.competencies.items:
        stages = [grid.stages.get(Cell(pupil.id, competency.code)) for pupil in grid.pupils]
        counts = tuple(stages.count(stage.value) for stage in scale)
        views.append(StageCounts(competency, counts, stages.count(None)))
    return tuple(views)


def _extremes(views: Sequence[StageCounts], pupils: int) -> tuple[tuple[StageCounts, ...], tuple[StageCounts, ...]]:
    """The best and the worst of those assessed in at least half of the class, if they differ at all."""
    known = [view for view in views if view.assessed and 2 * view.assessed >= pupils]
    ranked = sorted(known, key=lambda view: -view.share)
    if not ranked or ranked[0].share == ranked[-1].share:
        return (), ()
    named = min(_NAMED, len(ranked) // 2)
    best = tuple(view for view in ranked[:named] if view.share > ranked[-1].share)
    worst = tuple(view for view in reversed(ranked[-named:]) if view.share < ranked[0].share)
    return best, worst


def _change(grid: Grid, pupil: Pupil) -> PupilChange:
    risen: list[str] = []
    fallen: list[str] = []
    for competency in grid.competencies.items:
        cell = Cell(pupil.id, competency.code)
        now, before = grid.stages.get(cell), grid.earlier.get(cell)
        if now is not None and before is not None and now != before:
            (risen if now > before else fallen).append(competency.code)
    return PupilChange(pupil, tuple(risen), tuple(fallen))


def leading(changes: Sequence[PupilChange]) -> tuple[PupilChange, ...]:
    """Those who changed most: five, and whoever changed as much as the fifth."""
    if len(changes) <= _FEW:
        return tuple(changes)
    least = _amount(changes[_FEW - 1])
    return tuple(change for change in changes if _amount(change) >= least)


def _amount(change: PupilChange) -> int:
    return len(change.risen) + len(change.fallen)
