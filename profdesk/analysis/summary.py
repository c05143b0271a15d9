"""The summary's tables counted by pandas: rows of pupils and stages in, typed tables out.

A competency counts for a pupil only if the set of the pupil's own level has it. Cost is linear in rows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from profdesk.domain import told_figures
from profdesk.domain.people import GroupName
from profdesk.domain.programme import Indicator, Programme
from profdesk.domain.register_measures import ORGANISATIONS, Share
from profdesk.domain.summary import Coverage, Figure, LevelStages, StageCounts, Tables
from profdesk.domain.told_figures import ToldFigure

PupilCells = tuple[str, str, str, int | None, str | None, str]
"""Pupil id, group id, group title, grade, letter and level."""

StageCells = tuple[str, str, int]
"""Pupil id, competency and the latest stage of the school year."""

Measure = Callable[[pd.DataFrame], "pd.Series[bool]"]
"""Which of the pupils count, from the columns ``assessed`` and ``total`` of each."""

MEASURES: Mapping[str, Measure] = {
    "portfolio_begun": lambda pupils: pupils["assessed"] > 0,
    "portfolio_complete": lambda pupils: (pupils["assessed"] >= pupils["total"]) & (pupils["total"] > 0),
}
"""The measures that recorded assessments answer."""


def tables(
    programme: Programme,
    pupils: Sequence[PupilCells],
    stages: Sequence[StageCells],
    reached: Mapping[str, Collection[str]] | None = None,
    shares: Mapping[str, Share] | None = None,
    told: Mapping[str, ToldFigure] | None = None,
) -> Tables:
    """Count levels, groups, stages and indicators of one organisation and school year.

    ``reached`` has the pupils (ids) of each measure that asks of them, ``shares`` what the registers answer as it
    stands, ``told`` what was told of indicators (codes) that no record answers; any other is unanswered.
    """
    counted = _relevant(programme, _pupil_frame(pupils), stages)
    people = _assessed(programme, _pupil_frame(pupils), counted)
    figures = [
        _told(one, told or {}) or _figure(one, people, reached or {}, shares or {}) for one in programme.indicators
    ]
    answered = [figure for figure in figures if figure is not None]
    codes = {figure.indicator.code for figure in answered}
    return Tables(
        levels=_levels(programme, people),
        groups=_groups(people),
        stages=_stages(programme, people, counted),
        figures=tuple(answered),
        unanswered=tuple(one for one in programme.indicators if one.code not in codes),
    )


@dataclass(frozen=True)
class People:
    """The pupils of a summary and what is assessed of each (ids): the competencies of the own level's set."""

    frame: pd.DataFrame
    assessed: Mapping[str, frozenset[str]]


def people(programme: Programme, pupils: Sequence[PupilCells], stages: Sequence[StageCells]) -> People:
    """Read the same rows as ``tables``, to tell who is behind its figures."""
    counted = _relevant(programme, _pupil_frame(pupils), stages)
    assessed = {str(pupil): frozenset(codes) for pupil, codes in counted.groupby("pupil")["competency"]}
    return People(_assessed(programme, _pupil_frame(pupils), counted), assessed)


def share(indicator: Indicator, found: People, reached: Mapping[str, Collection[str]]) -> Share | None:
    """Who is counted and who is asked by an indicator; None where it asks no pupils."""
    own = _asked(indicator, found.frame)
    counted = _counted(indicator.rule.measure, own, reached)
    return None if counted is None else Share(frozenset(own["pupil"][counted]), frozenset(own["pupil"]))


def _pupil_frame(pupils: Sequence[PupilCells]) -> pd.DataFrame:
    columns = ["pupil", "group", "title", "grade", "letter", "level"]
    return pd.DataFrame(pupils, columns=columns).astype({"pupil": "str", "group": "str", "level": "str"})


def _relevant(programme: Programme, people: pd.DataFrame, stages: Sequence[StageCells]) -> pd.DataFrame:
    """Stages of the competencies that the pupil's level has, with the level."""
    frame = pd.DataFrame(stages, columns=["pupil", "competency", "stage"])
    frame = frame.astype({"pupil": "str", "competency": "str"})
    own = pd.DataFrame(
        [(level.code, item.code) for level in programme.levels for item in level.competencies.items],
        columns=["level", "competency"],
    ).astype("str")
    return frame.merge(people[["pupil", "level"]], on="pupil").merge(own, on=["level", "competency"])


def _assessed(programme: Programme, people: pd.DataFrame, counted: pd.DataFrame) -> pd.DataFrame:
    """Every pupil with how many competencies are assessed and how many the level has."""
    totals = {level.code: len(level.competencies.items) for level in programme.levels}
    per_pupil = counted.groupby("pupil")["competency"].nunique()
    return people.assign(
        assessed=people["pupil"].map(per_pupil).fillna(0).astype(int),
        total=people["level"].map(totals).fillna(0).astype(int),
    )


def _coverage(title: str, level: str, people: pd.DataFrame) -> Coverage:
    return Coverage(
        title=title,
        level=level,
        pupils=len(people),
        begun=int(MEASURES["portfolio_begun"](people).sum()),
        complete=int(MEASURES["portfolio_complete"](people).sum()),
    )


def _levels(programme: Programme, people: pd.DataFrame) -> tuple[Coverage, ...]:
    made = []
    for level in programme.levels:
        own = people[people["level"] == level.code]
        if len(own):
            made.append(_coverage(level.title, level.code, own))
    return tuple(made)


def _groups(people: pd.DataFrame) -> tuple[Coverage, ...]:
    found = []
    for _, own in people.groupby("group"):
        first = own.iloc[0]
        grade = None if pd.isna(first["grade"]) else int(first["grade"])
        letter = None if pd.isna(first["letter"]) else str(first["letter"])
        name = GroupName(str(first["title"]), grade, letter)
        coverage = replace(_coverage(name.title, str(first["level"]), own), grade=grade)
        found.append((name.sort_key, coverage))
    return tuple(coverage for _, coverage in sorted(found, key=lambda pair: pair[0]))


def _stages(programme: Programme, people: pd.DataFrame, counted: pd.DataFrame) -> tuple[LevelStages, ...]:
    sizes = people["level"].value_counts()
    counts = counted.groupby(["level", "competency", "stage"]).size()
    made = []
    for level in programme.levels:
        size = int(sizes.get(level.code, 0))
        if not size:
            continue
        rows = []
        for item in level.competencies.items:
            of_stage = tuple(int(counts.get((level.code, item.code, stage.value), 0)) for stage in programme.stages)
            rows.append(StageCounts(item, of_stage, size - sum(of_stage)))
        made.append(LevelStages(level, tuple(rows)))
    return tuple(made)


def _told(indicator: Indicator, told: Mapping[str, ToldFigure]) -> Figure | None:
    found, measure = told.get(indicator.code), indicator.rule.measure
    if found is None or measure not in told_figures.MEASURES:
        return None
    of_people = measure != told_figures.PRESENCE
    return Figure(indicator, found.numerator, found.denominator, of_people, found.source)


def _figure(
    indicator: Indicator, people: pd.DataFrame, reached: Mapping[str, Collection[str]], shares: Mapping[str, Share]
) -> Figure | None:
    measure = indicator.rule.measure
    if measure in shares:
        found = shares[measure]
        return Figure(indicator, found.numerator, found.denominator, of_people=measure not in ORGANISATIONS)
    own = _asked(indicator, people)
    counted = _counted(measure, own, reached)
    return None if counted is None else Figure(indicator, int(counted.sum()), len(own))


def _asked(indicator: Indicator, people: pd.DataFrame) -> pd.DataFrame:
    """The pupils that an indicator asks of."""
    own = people[people["level"].isin(indicator.levels)]
    return own[own["grade"].isin(indicator.rule.grades)] if indicator.rule.grades else own


def _counted(measure: str, own: pd.DataFrame, reached: Mapping[str, Collection[str]]) -> pd.Series[bool] | None:
    """Which of the pupils a measure counts; None for a measure that does not ask of pupils."""
    if measure in MEASURES:
        return MEASURES[measure](own)
    return own["pupil"].isin(list(reached[measure])) if measure in reached else None
