"""What a correction changes: the indicators whose numbers are other than in the summary it takes the place of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.domain.published import PublishedFigure, PublishedSummary
from profdesk.domain.received import ReceivedFigure, ReceivedSummary

Numbers = tuple[int | None, int | None]
"""Numerator and denominator; None is hidden."""


@dataclass(frozen=True)
class FigureChange:
    """An indicator with its numbers as they were issued and as they are now; None where a summary lacks it."""

    code: str
    title: str
    before: Numbers | None
    now: Numbers | None


def changes(former: ReceivedSummary, now: PublishedSummary) -> Sequence[FigureChange]:
    """The indicators that differ, in the order of the new summary, then those that it lacks."""
    before = {one.code: _was(one) for one in former.figures}
    found = [
        FigureChange(one.indicator.code, one.indicator.short, before.pop(one.indicator.code, None), _is(one))
        for one in now.figures
    ]
    titles = {one.code: one.title for one in former.figures}
    gone = [FigureChange(code, titles[code], numbers, None) for code, numbers in before.items()]
    return [one for one in (*found, *gone) if one.before != one.now]


def told(numbers: Numbers | None) -> str:
    """«12 из 40», «скрыто из 40», «нет»."""
    if numbers is None:
        return "нет"
    numerator, denominator = ("скрыто" if one is None else str(one) for one in numbers)
    return "скрыто" if numbers == (None, None) else f"{numerator} из {denominator}"


def _was(figure: ReceivedFigure) -> Numbers:
    return figure.numerator, figure.denominator


def _is(figure: PublishedFigure) -> Numbers:
    return figure.numerator, figure.denominator
