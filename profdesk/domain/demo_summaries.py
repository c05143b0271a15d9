"""Summaries of organisations that do not exist: every number follows from the name, the span and the programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from profdesk.domain import register_measures, told_figures
from profdesk.domain.demo_chance import chance
from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.programme import Indicator, Level, Programme
from profdesk.domain.published_coverage import PORTFOLIO
from profdesk.domain.span import Span
from profdesk.domain.summary import Coverage, Figure, LevelStages, Replaced, StageCounts, Summary

_LETTERS = "АБВ"
_GROUPS = ("Подготовительная «Звёздочки»", "Старшая «Лучики»", "Подготовительная «Капельки»")
_STAFF = (18, 54)


def invent(
    organisation: Organisation,
    programme: Programme,
    span: Span,
    number: str,
    counted_at: datetime,
    replaces: Replaced | None = None,
) -> Summary:
    """Make up a numbered summary; the later the span, the more is done in it."""
    groups = tuple(_groups(organisation, programme, span))
    levels = tuple(
        _added(level.title, level.code, groups)
        for level in programme.levels
        if any(group.level == level.code for group in groups)
    )
    asked = [one for one in programme.indicators if one.rule.measure not in told_figures.MEASURES]
    there = {level.level for level in levels}
    return Summary(
        organisation=organisation,
        programme_code=programme.code,
        programme_title=programme.title,
        programme_edition=programme.edition,
        programme_digest=programme.digest,
        span=span,
        counted_at=counted_at,
        scale=programme.stages,
        unanswered=tuple(one for one in programme.indicators if one not in asked),
        number=number,
        replaces=replaces,
        figures=tuple(_figure(one, organisation, span, groups) for one in asked),
        levels=levels,
        groups=groups,
        stages=tuple(
            _stages(level, programme, organisation, span, levels) for level in programme.levels if level.code in there
        ),
    )


def _groups(organisation: Organisation, programme: Programme, span: Span) -> Iterable[Coverage]:
    titles: list[tuple[str, str, int | None]]
    if organisation.kind is OrganisationKind.KINDERGARTEN:
        level = next(one for one in programme.levels if not one.grades)
        titles = [(title, level.code, None) for title in _GROUPS[: 2 + _whole(0, 1, organisation.name)]]
    else:
        width = _whole(1, len(_LETTERS), organisation.name)
        titles = [
            (f"{grade} «{letter}»", level.code, grade)
            for level in programme.levels
            for grade in level.grades
            for letter in _LETTERS[: width if grade < 10 else 1]
        ]
    for title, code, grade in titles:
        pupils = _whole(16, 27, organisation.name, span.year, title)
        begun = _part(pupils, 0.75, organisation, span, title, "begun")
        yield Coverage(title, code, pupils, begun, _part(begun, 0.7, organisation, span, title, "complete"), grade)


def _added(title: str, level: str, groups: Sequence[Coverage]) -> Coverage:
    own = [group for group in groups if group.level == level]
    return Coverage(
        title, level, *(sum(getattr(group, name) for group in own) for name in ("pupils", "begun", "complete"))
    )


def _figure(indicator: Indicator, organisation: Organisation, span: Span, groups: Sequence[Coverage]) -> Figure:
    rule = indicator.rule
    if rule.measure in register_measures.ORGANISATIONS:
        asked = int(organisation.kind is OrganisationKind.SCHOOL)
        return Figure(indicator, min(asked, _part(1, 0.8, organisation, span, rule.code)), asked, of_people=False)
    if rule.measure in register_measures.OF_STAFF:
        staff = _whole(*_STAFF, organisation.name)
        return Figure(indicator, _part(staff, 0.4, organisation, span, rule.code), staff)
    own = [one for one in groups if one.level in indicator.levels and (not rule.grades or one.grade in rule.grades)]
    whole = sum(group.pupils for group in own)
    if rule.measure in PORTFOLIO:
        return Figure(indicator, sum(getattr(group, PORTFOLIO[rule.measure]) for group in own), whole)
    return Figure(indicator, _part(whole, 0.55, organisation, span, rule.code), whole)


def _stages(
    level: Level, programme: Programme, organisation: Organisation, span: Span, levels: Sequence[Coverage]
) -> LevelStages:
    pupils = next(one for one in levels if one.level == level.code)
    rows = []
    for item in level.competencies.items:
        left, counts = pupils.begun, []
        for place in range(len(programme.stages) - 1, 0, -1):
            counts.append(_part(left, 0.35, organisation, span, level.code, item.code, place))
            left -= counts[-1]
        rows.append(StageCounts(item, (left, *reversed(counts)), pupils.pupils - pupils.begun))
    return LevelStages(level, tuple(rows))


def _whole(least: int, most: int, *parts: object) -> int:
    return least + int(chance(*parts) * (most - least + 1))


def _part(whole: int, usual: float, organisation: Organisation, span: Span, *parts: object) -> int:
    """A part of a whole that is about the usual one, more in a diligent organisation and in a later span."""
    diligence = 0.75 + 0.5 * chance(organisation.name)
    growth = 1 + 0.06 * (2 * (span.year.start - 2025) + (2 if span.term == 2 else 1) - 2)
    share = usual * diligence * min(1.3, max(0.7, growth)) * (0.85 + 0.3 * chance(organisation.name, *parts))
    return min(whole, round(whole * min(1.0, share)))
