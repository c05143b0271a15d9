"""The tables of what came with pupils from other organisations: the files, and what of them is kept in words."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from profdesk.storage.models import BusinessRow


class PupilFileRow(BusinessRow):
    """A file that was taken in; ``people`` (JSON) says in words who is meant by the ids that its facts carry.

    ``classes`` (JSON) are year, title and organisation of each class that it tells of.
    """

    __tablename__ = "pupil_file"
    __table_args__ = (Index("ix_pupil_file_pupil_id", "pupil_id"),)

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    organisation: Mapped[str]
    fingerprint: Mapped[str]
    people: Mapped[str]
    classes: Mapped[str]
    made_at: Mapped[str]
    actor: Mapped[str]
    taken_at: Mapped[str]


class PupilFileRecordRow(BusinessRow):
    """What another organisation recorded and is kept in words; ``author`` is one of the file's people."""

    __tablename__ = "pupil_file_record"
    __table_args__ = (Index("ix_pupil_file_record_pupil_id", "pupil_id"),)

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    kind: Mapped[str]
    school_year: Mapped[int]
    day: Mapped[date | None]
    title: Mapped[str]
    words: Mapped[str]
    basis: Mapped[str]
    author: Mapped[str] = mapped_column(String(36))
    recorded_at: Mapped[str]
    actor: Mapped[str]
