"""The tables of activities and of who took part in them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from profdesk.storage.models import BusinessRow


class ActivityRow(BusinessRow):
    """An event, a trial or a practice; withdrawn, never deleted. ``competencies`` are codes parted by spaces."""

    __tablename__ = "activity"
    __table_args__ = (Index("ix_activity_begins_on", "begins_on"),)

    type: Mapped[str]
    title: Mapped[str]
    state: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    at: Mapped[str]
    place: Mapped[str]
    audience: Mapped[str]
    direction: Mapped[str]
    hours: Mapped[int | None]
    responsible: Mapped[str]
    labour_market: Mapped[bool]
    partner: Mapped[str | None] = mapped_column(ForeignKey("partner.id"))
    trial: Mapped[str | None] = mapped_column(ForeignKey("trial.id"))
    lesson: Mapped[str | None] = mapped_column(ForeignKey("lesson.id"))
    competencies: Mapped[str]
    parents_reached: Mapped[int | None]
    note: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    withdrawn_at: Mapped[str | None]


class ActivityGroupRow(BusinessRow):
    """A group that is invited as a whole."""

    __tablename__ = "activity_group"
    __table_args__ = (UniqueConstraint("activity_id", "group_id"),)

    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id"))
    group_id: Mapped[str] = mapped_column(ForeignKey("study_group.id"))


class ActivityProfessionRow(BusinessRow):
    """A profession that an activity acquaints with."""

    __tablename__ = "activity_profession"
    __table_args__ = (
        UniqueConstraint("activity_id", "profession"),
        Index("ix_activity_profession_profession", "profession"),
    )

    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id"))
    profession: Mapped[str] = mapped_column(ForeignKey("profession.id"))


class ParticipationRow(BusinessRow):
    """A pupil at an activity, or one of the pupil's parents where it is for parents."""

    __tablename__ = "participation"
    __table_args__ = (UniqueConstraint("activity_id", "pupil_id"), Index("ix_participation_pupil_id", "pupil_id"))

    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id"))
    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    presence: Mapped[str]
    hours: Mapped[int | None]
    result: Mapped[str]
    mark: Mapped[str]
    feedback: Mapped[str]
    product: Mapped[str | None] = mapped_column(ForeignKey("evidence.id"))


class SatisfactionRow(BusinessRow):
    """How many parents gave an answer to a question of the printed form after an activity."""

    __tablename__ = "satisfaction"
    __table_args__ = (UniqueConstraint("activity_id", "question", "answer"),)

    activity_id: Mapped[str] = mapped_column(ForeignKey("activity.id"))
    question: Mapped[str]
    answer: Mapped[str]
    count: Mapped[int]
    actor: Mapped[str]
    recorded_at: Mapped[str]
