"""The names behind a figure of the summary, found by the same functions that count it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from profdesk.domain import activities as activity_rules
from profdesk.domain import choice_measures, choices
from profdesk.domain import summary_reasons as reasons
from profdesk.domain.access import Actor
from profdesk.domain.activities import Visit
from profdesk.domain.people import Group
from profdesk.domain.programme import Indicator, Programme
from profdesk.domain.register import Titles
from profdesk.domain.register_measures import Share
from profdesk.domain.registers import AGREEMENTS
from profdesk.domain.registers_of_pupils import PUPIL
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.domain.rights import Right
from profdesk.domain.scope import WHOLE, Scope
from profdesk.domain.span import Span
from profdesk.domain.summary_people import Behind, Line, Subject, Told, subject_of
from profdesk.domain.summary_reasons import Attended
from profdesk.services import activities, measures, programmes, pupils, registers, summary_facts
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

Why = Callable[[str], str]
"""What counts for somebody (an id), or what is missing."""


@needs(Right.SUMMARY_READ)
def behind(workspace: Workspace, actor: Actor, span: Span, indicator: Indicator, scope: Scope = WHOLE) -> Behind:
    """Say who is counted by an indicator and who is missing; nobody where it has no figure.

    NotFoundError if the span's year has no such group as the scope names.
    """
    programme = programmes.current(workspace, actor)
    with workspace.unit(actor) as unit:
        chosen = summary_facts.group_of(unit, span, scope)
        reader = _Reader(unit, programme, span, scope, chosen)
        if subject_of(indicator) is Subject.TOLD:
            return reader.told(indicator, unit.users.names())
        return reader.of_pupils(indicator) if subject_of(indicator) is Subject.PUPILS else reader.of_whole(indicator)


class _Reader:
    """Ways to tell of each kind of measure; each reads what of the summary's facts its figure is counted from."""

    def __init__(self, unit: UnitOfWork, programme: Programme, span: Span, scope: Scope, chosen: Group | None) -> None:
        self._unit = unit
        self._programme = programme
        self._span = span
        self._scope = scope
        self._chosen = chosen
        self._today = pupils.today()
        _, self._day = span.days_until(self._today)

    def told(self, indicator: Indicator, names: Mapping[str, str]) -> Behind:
        """Who told a figure."""
        found = summary_facts.told_within(self._unit, self._span, self._scope).get(indicator.code)
        told = Told(found.source, names.get(found.actor, ""), found.recorded_at) if found else None
        return Behind(indicator, self._span, told=told)

    def of_whole(self, indicator: Indicator) -> Behind:
        """Graduates, the staff, or the organisation itself."""
        shares = summary_facts.shares_within(self._unit, self._span, self._scope, self._today)
        share = shares.get(indicator.rule.measure)
        if share is None:
            return Behind(indicator, self._span)
        ways = {Subject.ITSELF: self._itself, Subject.GRADUATES: self._graduates, Subject.STAFF: self._staff}
        return self._lines(indicator, share, ways[subject_of(indicator)](indicator, share))

    def _lines(self, indicator: Indicator, share: Share, told: Iterable[Line]) -> Behind:
        lines = sorted((one for one in told if one.key in share.asked), key=lambda one: one.order)
        return Behind(
            indicator,
            self._span,
            tuple(one for one in lines if one.key in share.counted),
            tuple(one for one in lines if one.key not in share.counted),
        )

    # -- pupils ----------------------------------------------------------------------------------

    def of_pupils(self, indicator: Indicator) -> Behind:
        """The pupils whom it asks of."""
        from profdesk.analysis import summary as analysis

        rows = summary_facts.pupils_within(self._unit, self._span, self._scope, self._chosen)
        assessed = indicator.rule.measure in analysis.MEASURES
        found = analysis.people(self._programme, rows, self._unit.portfolio.stage_rows(self._span) if assessed else ())
        reached = {} if assessed else measures.reached(self._unit, self._span, self._today)
        share = analysis.share(indicator, found, reached)
        if share is None:
            return Behind(indicator, self._span)
        groups = {one.id: one for one in self._unit.pupils.groups(self._span.year)}
        where = {row[0]: groups[row[1]] for row in rows if row[0] in share.asked}
        why = self._why(indicator.rule.measure, where, found.assessed)
        lines = [
            Line(one.id, one.name.full, where[one.id].name.title, why(one.id), one.id, where[one.id])
            for one in self._unit.pupils.some(where, self._span.year)
        ]
        return self._lines(indicator, share, lines)

    def _why(self, measure: str, where: Mapping[str, Group], assessed: Mapping[str, frozenset[str]]) -> Why:
        if measure in activity_rules.MEASURES:
            return self._why_visits(measure)
        if measure in choices.MEASURES:
            made, titles = choice_measures.standing(measures.choices(self._unit), self._day), self._professions
            return lambda pupil: reasons.choice(measure, made, pupil, titles)
        sets = {level.code: level.competencies.items for level in self._programme.levels}
        return lambda pupil: reasons.portfolio(assessed.get(pupil, frozenset()), sets[where[pupil].level])

    def _why_visits(self, measure: str) -> Why:
        types, known = activities.known_types(self._unit), dict[Visit, bool]()
        found: dict[str, list[Attended]] = defaultdict(list)
        for one in self._unit.activities.attended(self._span.first_day, self._span.last_day):
            kind = ("", *one.visit[1:])
            if kind not in known:
                known[kind] = activity_rules.reaches(measure, kind, types)
            if known[kind]:
                found[one.pupil].append(one)
        return lambda pupil: reasons.attendance(measure, found[pupil])

    @property
    def _professions(self) -> Titles:
        return {PROFESSIONS.code: registers.titles_of(self._unit, PROFESSIONS, self._programme)}

    def _graduates(self, _indicator: Indicator, share: Share) -> Iterable[Line]:
        made, titles = measures.choices(self._unit), self._professions
        whose = {one.id: str(one.values[PUPIL]) for one in made.destinations if one.id in share.asked}
        there = {one.id: one for one in self._unit.pupils.some(set(whose.values()), self._span.year.previous)}
        wanted = choice_measures.in_demand(made.demand)
        for entry in made.destinations:
            if entry.id in whose:
                pupil = there[whose[entry.id]]
                where = pupil.group.name.title if pupil.group else ""
                words = reasons.destination(entry, wanted, titles)
                yield Line(entry.id, pupil.name.full, where, words, pupil.id, pupil.group)

    # -- staff and the organisation itself -------------------------------------------------------

    def _staff(self, _indicator: Indicator, _share: Share) -> Iterable[Line]:
        found = measures.of_school(self._unit)
        for one in found.staff:
            words = reasons.training(found, one.id, self._day)
            yield Line(one.id, str(one.values["name"]), str(one.values["post"]), words)

    def _itself(self, indicator: Indicator, share: Share) -> Iterable[Line]:
        found = measures.of_school(self._unit)
        words = reasons.agreements(found, self._day) if indicator.rule.measure == AGREEMENTS.code else ""
        words = words or reasons.web_pages(found, self._span)
        name = self._unit.organisation.get().short_name
        return [Line(key, name, "", words) for key in share.asked]
