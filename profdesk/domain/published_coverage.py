"""The numbers of a summary that add up pupils of its classes, for what is hidden of them to be found at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from profdesk.domain.disclosure import Table
from profdesk.domain.scope import legal_level
from profdesk.domain.summary import OF_THE_WHOLE, Coverage, Figure, Summary

Key = tuple[str, str | int]
"""«group», «law», «level», «total», «figure» or «asked» (whom a figure asks of), and which of them."""
Name = tuple[str, str | int, str]
"""A key and what is counted there."""
Atom = tuple[int, str]
"""A class by its place, and how far its pupils are."""

_PARTS = {"complete": ("complete",), "begun": ("complete", "begun"), "pupils": ("complete", "begun", "none")}
_TELLING = (*_PARTS.values(), ("begun",), ("none",), ("begun", "none"))
"""What would tell of a line's pupils, those included who have not got so far."""
PORTFOLIO = {"portfolio_begun": "begun", "portfolio_complete": "complete"}
"""Measures whose figures are sums of the coverage."""


class _Line(NamedTuple):
    """Classes (by their places) added up, and what is told of them."""

    places: Sequence[int]
    kinds: Iterable[str] = tuple(_PARTS)


def asks_pupils(figure: Figure) -> bool:
    """Whether a figure is of the pupils in the classes."""
    return figure.of_people and figure.indicator.rule.measure not in OF_THE_WHOLE


def figure_name(figure: Figure) -> Name | None:
    """The number of the coverage that a figure adds up; None if it counts something else."""
    kind = PORTFOLIO.get(figure.indicator.rule.measure)
    return None if kind is None else ("figure", figure.indicator.code, kind)


def asked_name(figure: Figure) -> Name:
    """The denominator of a figure that asks pupils."""
    return "asked", figure.indicator.code, "pupils"


def coverage_table(summary: Summary) -> Table[Name, Atom]:
    """Classes, levels of both kinds and all, with the figures that are sums of them and whom other figures ask.

    Nobody tells of grades, but the levels of the programme and those of the law differ by them.
    """
    counts: dict[Atom, int] = {}
    for place, group in enumerate(summary.groups):
        counts |= {
            (place, "complete"): group.complete,
            (place, "begun"): group.begun - group.complete,
            (place, "none"): group.pupils - group.begun,
        }
    lines = _lines(summary)
    numbers = {
        (*key, kind): _atoms(line.places, parts)
        for kind, parts in _PARTS.items()
        for key, line in lines.items()
        if kind in line.kinds
    }
    grades = dict.fromkeys(group.grade for group in summary.groups)
    told = [*(line.places for line in lines.values()), *(_of_grade(summary, grade) for grade in grades)]
    secrets = dict.fromkeys(_atoms(places, parts) for places in told for parts in _TELLING)
    rows = [[(*key, kind) for key in run] for run in _runs(lines) for kind in _PARTS]
    return Table(counts, numbers, rows, tuple(secrets))


def _lines(summary: Summary) -> dict[Key, _Line]:
    """Every line of the table; what is given up first stands first: the programme's figures after classes and levels.

    Of each line how many pupils there are is given up last.
    """
    asking = [figure for figure in summary.figures if asks_pupils(figure)]
    asked = {figure.indicator.code: _asked(summary, figure) for figure in asking}
    lines: dict[Key, _Line] = {("group", place): _Line([place]) for place in range(len(summary.groups))}
    lines |= {("law", level.level): _Line(_of_law(summary, level.level)) for level in summary.law_levels}
    lines |= {("level", level.level): _Line(_of_level(summary, level.level)) for level in summary.levels}
    for figure in asking:
        if (name := figure_name(figure)) is not None:
            what, code, kind = name
            lines[what, code] = _Line(asked[figure.indicator.code], (kind,))
    lines["total", ""] = _Line(range(len(summary.groups)))
    return lines | {("asked", code): _Line(places, ("pupils",)) for code, places in asked.items()}


def _runs(lines: Mapping[Key, _Line]) -> Iterator[Sequence[Key]]:
    """Lines that stand together under another: the classes of each level, the levels of each kind."""
    for what in ("level", "law"):
        levels = [key for key in lines if key[0] == what]
        yield from ([("group", place) for place in lines[key].places] for key in levels)
        yield levels


def _of_level(summary: Summary, code: str) -> list[int]:
    return [place for place, group in enumerate(summary.groups) if group.level == code]


def _of_law(summary: Summary, code: str) -> list[int]:
    return [place for place, group in enumerate(summary.groups) if _law(group) == code]


def _of_grade(summary: Summary, grade: int | None) -> list[int]:
    return [place for place, group in enumerate(summary.groups) if group.grade == grade]


def _asked(summary: Summary, figure: Figure) -> list[int]:
    levels, grades = figure.indicator.levels, figure.indicator.rule.grades
    return [
        place
        for place, group in enumerate(summary.groups)
        if group.level in levels and (not grades or group.grade in grades)
    ]


def _law(group: Coverage) -> str:
    found = legal_level(group.grade)
    return found.code if found else ""


def _atoms(places: Iterable[int], parts: Iterable[str]) -> frozenset[Atom]:
    return frozenset((place, part) for place in places for part in parts)
