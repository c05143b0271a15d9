"""The tables of who works here and what is done: users, their classes, deeds that change no record, erasures."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from profdesk.storage.models import BusinessRow

_ID = String(36)


class UserRow(BusinessRow):
    """Who works or worked here; the id is the vault's slot. It outlives the slot, so that the journal has names."""

    __tablename__ = "app_user"

    name: Mapped[str]
    post: Mapped[str]
    roles: Mapped[str]
    """Values of ``Role``, sorted, with commas."""
    added_at: Mapped[str]
    removed_at: Mapped[str | None]


class GroupTeacherRow(BusinessRow):
    """Who leads a class or group of one school year."""

    __tablename__ = "group_teacher"
    __table_args__ = (UniqueConstraint("group_id", "user_id"), Index("ix_group_teacher_user_id", "user_id"))

    group_id: Mapped[str] = mapped_column(ForeignKey("study_group.id"))
    user_id: Mapped[str] = mapped_column(_ID)


class DeedRow(BusinessRow):
    """Something done that changes no other record: logging in, printing, exporting, a failed password.

    It waits for no room: with little left on the disk one may still read and print, and answers for it.
    """

    waits_for_room = False
    __tablename__ = "deed"
    __table_args__ = (Index("ix_deed_done_at", "done_at"), Index("ix_deed_pupil_id", "pupil_id"))

    kind: Mapped[str]
    title: Mapped[str]
    """What was printed or exported, in words without names of pupils."""
    pupil_id: Mapped[str | None] = mapped_column(_ID)
    """The one pupil it was about; None for none or several."""
    count: Mapped[int]
    """How many pupils or lines it was about."""
    actor: Mapped[str]
    done_at: Mapped[str]


class ErasureRow(BusinessRow):
    """An act of erasure: what was destroyed is told by kinds and counts alone."""

    __tablename__ = "erasure"

    number: Mapped[str]
    made_on: Mapped[date] = mapped_column(Date())
    kind: Mapped[str]
    basis: Mapped[str]
    counts: Mapped[str]
    """Records destroyed by kind (JSON)."""
    operations: Mapped[int]
    """How many operations of the journal lost what they held."""
    actor: Mapped[str]
    recorded_at: Mapped[str]


class ErasedPupilRow(BusinessRow):
    """What of a pupil is destroyed; it must not come back, and what lies in psy may still have to go."""

    __tablename__ = "erased_pupil"
    __table_args__ = (UniqueConstraint("pupil_id", "erasure_id"),)

    pupil_id: Mapped[str] = mapped_column(_ID)
    erasure_id: Mapped[str] = mapped_column(ForeignKey("erasure.id"))
    kinds: Mapped[str]
    """Values of ``RecordKind``, sorted, with commas."""
    psy_erased_at: Mapped[str | None]
    psy_operations: Mapped[int]
    """How many operations of psy's journal lost what they held; told once for an erasure, by one of its pupils."""


class RetentionRow(BusinessRow):
    """Rules of how long records are kept, as the school took them in; the newest are in force."""

    __tablename__ = "retention"

    source: Mapped[str]
    actor: Mapped[str]
    taken_at: Mapped[str]
