"""The table of children's individual routes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from profdesk.storage.models import BusinessRow


class RouteLineRow(BusinessRow):
    """A version of a line of a pupil's route; a later version with the same ``line`` supersedes it.

    ``kind`` says what the line is: a goal, a step, a variant in reserve or a difficulty; ``way`` is what follows from
    it: how the goal is told to be reached, what the variant rests on, how the difficulty is got round.
    """

    __tablename__ = "route_line"
    __table_args__ = (Index("ix_route_line_pupil_id", "pupil_id"),)
    derived: ClassVar[frozenset[str]] = frozenset({"superseded_by"})

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    line: Mapped[str] = mapped_column(String(36))
    kind: Mapped[str]
    words: Mapped[str]
    way: Mapped[str]
    due: Mapped[date | None]
    state: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    superseded_by: Mapped[str | None] = mapped_column(String(36))
