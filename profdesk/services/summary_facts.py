"""What a summary is counted from: everything recorded of a span, as far as it speaks of a scope."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from profdesk.domain.activities import MEASURES
from profdesk.domain.people import Group
from profdesk.domain.register_measures import Share
from profdesk.domain.scope import Scope
from profdesk.domain.span import Span, SpanKind
from profdesk.domain.told_figures import ToldFigure
from profdesk.errors import NotFoundError
from profdesk.services import measures

if TYPE_CHECKING:
    from profdesk.storage.portfolio import PupilCells, StageCells
    from profdesk.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Facts:
    """Rows of pupils and stages, the pupils (ids) of each measure that asks of them, and what is known of the whole.

    ``shares`` and ``told`` speak of the organisation and are empty for less of it; what was told holds for a school
    year alone.
    """

    pupils: Sequence[PupilCells]
    stages: Sequence[StageCells]
    reached: Mapping[str, Collection[str]]
    shares: Mapping[str, Share]
    told: Mapping[str, ToldFigure]

    @property
    def recorded(self) -> bool:
        """Whether any of the pupils was assessed or took part in something in the span."""
        own = {row[0] for row in self.pupils}
        seen = (pupil for one in MEASURES for pupil in self.reached[one])
        return any(row[0] in own for row in self.stages) or any(pupil in own for pupil in seen)


def read(unit: UnitOfWork, span: Span, scope: Scope, chosen: Group | None, today: date) -> Facts:
    """Read as many queries as there are tables; ``chosen`` is the scope's group, of this year or of a later one."""
    return Facts(
        pupils_within(unit, span, scope, chosen),
        unit.portfolio.stage_rows(span),
        measures.reached(unit, span, today),
        shares_within(unit, span, scope, today),
        told_within(unit, span, scope),
    )


def pupils_within(unit: UnitOfWork, span: Span, scope: Scope, chosen: Group | None) -> Sequence[PupilCells]:
    """The pupils of a scope."""
    pupils = unit.portfolio.pupil_rows(span)
    if scope.whole:
        return pupils
    own = {group.id for group in unit.pupils.groups(span.year) if scope.takes(group, chosen)}
    return [row for row in pupils if row[1] in own]


def shares_within(unit: UnitOfWork, span: Span, scope: Scope, today: date) -> Mapping[str, Share]:
    """What registers answer of the whole organisation; nothing for less."""
    return measures.shares(unit, span, today) if scope.whole else {}


def told_within(unit: UnitOfWork, span: Span, scope: Scope) -> Mapping[str, ToldFigure]:
    """What was told of the whole organisation in a school year; nothing for less."""
    return unit.told_figures.of_year(span.year) if scope.whole and span.kind is SpanKind.YEAR else {}


def group_of(unit: UnitOfWork, span: Span, scope: Scope) -> Group | None:
    """The group that a scope names; NotFoundError if the span's year has no such group."""
    if not scope.group:
        return None
    for group in unit.pupils.groups(span.year):
        if group.id == scope.group:
            return group
    raise NotFoundError(f"В {span.year.title} учебном году такого класса нет. Выберите класс заново.")
