"""Figures that the organisation was told, one for an indicator and school year; the journal keeps the former ones."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.told_figures import ToldFigure
from profdesk.errors import NotFoundError
from profdesk.storage.summary_models import ToldFigureRow


class ToldFigureStore:
    """Reads, writes and withdraws them."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def of_year(self, year: SchoolYear) -> dict[str, ToldFigure]:
        """What is told of a school year, by the indicator's code."""
        query = select(ToldFigureRow).where(ToldFigureRow.school_year == year.start)
        return {row.indicator: _told(row) for row in self._session.scalars(query)}

    def write(
        self, year: SchoolYear, indicator: str, numerator: int, denominator: int, source: str, now: datetime
    ) -> None:
        """Write what was told of an indicator, or change it."""
        row = self._row(year, indicator)
        if row is None:
            row = ToldFigureRow(school_year=year.start, indicator=indicator)
            self._session.add(row)
        row.numerator, row.denominator, row.source = numerator, denominator, source
        row.actor, row.recorded_at = self._actor.id, now.isoformat()

    def withdraw(self, year: SchoolYear, indicator: str) -> None:
        """Leave an indicator unanswered again."""
        row = self._row(year, indicator)
        if row is None:
            raise NotFoundError("Этого ответа уже нет. Обновите страницу.")
        self._session.delete(row)

    def _row(self, year: SchoolYear, indicator: str) -> ToldFigureRow | None:
        query = select(ToldFigureRow).where(
            ToldFigureRow.school_year == year.start, ToldFigureRow.indicator == indicator
        )
        return self._session.scalars(query).one_or_none()


def _told(row: ToldFigureRow) -> ToldFigure:
    return ToldFigure(
        row.indicator,
        row.numerator,
        row.denominator,
        row.source,
        row.actor,
        datetime.fromisoformat(row.recorded_at),
    )
