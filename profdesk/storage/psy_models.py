"""The tables of the schema ``psy``: what only psychologists may read.

Pupils are named by their id without a foreign key, since they live in another database.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from profdesk.storage.models import BusinessRow

_ID = String(36)
_PSY = {"schema": "psy"}


class InstrumentFileRow(BusinessRow):
    """An instrument as it was used or loaded, so that old results stay readable after a change."""

    __tablename__ = "instrument_file"
    __table_args__ = (UniqueConstraint("digest"), _PSY)

    code: Mapped[str]
    version: Mapped[int]
    digest: Mapped[str]
    source: Mapped[str]
    own: Mapped[bool]
    """Whether the school loaded it, rather than the program shipped it."""
    taken_at: Mapped[str]


class WordingRow(BusinessRow):
    """The questions of an instrument as the school loaded them (JSON); the newest of a code counts."""

    __tablename__ = "wording"
    __table_args__ = _PSY

    code: Mapped[str]
    words: Mapped[str]
    taken_at: Mapped[str]


class SessionRow(BusinessRow):
    """A diagnostic session: one instrument, one day, one place, some pupils."""

    __tablename__ = "diagnostic_session"
    __table_args__ = (Index("ix_diagnostic_session_school_year", "school_year", "held_on"), _PSY)

    digest: Mapped[str]
    school_year: Mapped[int]
    held_on: Mapped[date] = mapped_column(Date())
    place: Mapped[str]
    group_title: Mapped[str]
    actor: Mapped[str]
    made_at: Mapped[str]
    closed_at: Mapped[str | None]


class SheetRow(BusinessRow):
    """One pupil's answer sheet; ``attendance`` is set where there are to be no answers."""

    __tablename__ = "answer_sheet"
    __table_args__ = (
        UniqueConstraint("session_id", "pupil_id"),
        Index("ix_answer_sheet_pupil_id", "pupil_id"),
        _PSY,
    )

    session_id: Mapped[str] = mapped_column(ForeignKey("psy.diagnostic_session.id"))
    pupil_id: Mapped[str] = mapped_column(_ID)
    number: Mapped[int]
    attendance: Mapped[str | None]
    doubtful: Mapped[str | None]
    mode: Mapped[str | None]


class AnswerRow(BusinessRow):
    """The answer to one question, null where it was cleared; ``entry`` 2 is the checking one."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("sheet_id", "entry", "item"), _PSY)

    sheet_id: Mapped[str] = mapped_column(ForeignKey("psy.answer_sheet.id"))
    entry: Mapped[int]
    item: Mapped[int]
    words: Mapped[str | None]
    recorded_at: Mapped[str]


class ConclusionRow(BusinessRow):
    """What the psychologist concludes about a sheet; a later one supersedes it."""

    __tablename__ = "conclusion"
    __table_args__ = (Index("ix_conclusion_sheet_id", "sheet_id"), _PSY)
    derived = frozenset({"superseded_by"})

    sheet_id: Mapped[str] = mapped_column(ForeignKey("psy.answer_sheet.id"))
    words: Mapped[str]
    draft: Mapped[str]
    """What is to be released, not yet released by being here."""
    actor: Mapped[str]
    recorded_at: Mapped[str]
    superseded_by: Mapped[str | None] = mapped_column(_ID)


class ExternalResultRow(BusinessRow):
    """A result from elsewhere, with its file under the psychologists' key."""

    __tablename__ = "external_result"
    __table_args__ = (Index("ix_external_result_pupil_id", "pupil_id"), _PSY)

    pupil_id: Mapped[str] = mapped_column(_ID)
    held_on: Mapped[date] = mapped_column(Date())
    source: Mapped[str]
    words: Mapped[str]
    file_name: Mapped[str | None]
    sha256: Mapped[str | None]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    withdrawn_at: Mapped[str | None]


class ConsultationRow(BusinessRow):
    """A consultation, or an interview for the choice of a study profile."""

    __tablename__ = "consultation"
    __table_args__ = (Index("ix_consultation_pupil_id", "pupil_id"), _PSY)

    pupil_id: Mapped[str | None] = mapped_column(_ID)
    kind: Mapped[str]
    held_on: Mapped[date] = mapped_column(Date())
    whom: Mapped[str]
    reason: Mapped[str]
    words: Mapped[str]
    outcome: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    withdrawn_at: Mapped[str | None]
