"""The tables of ``desk.db`` and of the schema ``psy``; rows never leave the storage."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, MetaData, String, Table, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils.compat import uuid7

_ID = String(36)
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """Make a UUIDv7 (RFC 9562), so that ids sort by the time they were made."""
    return str(uuid7())


class Base(DeclarativeBase):
    """``derived`` names columns that follow from other rows and are not journaled."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text(), date: Date()}
    derived: ClassVar[frozenset[str]] = frozenset()


def table_of(row: type[Base]) -> Table:
    """The table of a class of rows, for what is written around the session."""
    table = row.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{row.__name__} is no table")
    return table


class BusinessRow(Base):
    """A row of a business table: everything but the journal and the device; its changes are journaled.

    ``waits_for_room``: not written while the disk is short of room.
    """

    __abstract__ = True
    waits_for_room: ClassVar[bool] = True

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)


class OrganisationRow(BusinessRow):
    """The workspace's own organisation."""

    __tablename__ = "organisation"

    kind: Mapped[str]
    legal_form: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str]
    municipality: Mapped[str]
    head_post: Mapped[str]
    head_name: Mapped[str]
    school_year: Mapped[int]
    term: Mapped[int]
    certificate_numbers: Mapped[str]


class ProgrammeRow(BusinessRow):
    """A programme file as it was taken in; the newest is the one in force."""

    __tablename__ = "programme"

    digest: Mapped[str]
    source: Mapped[str]
    taken_at: Mapped[str]


class GroupRow(BusinessRow):
    """A class or kindergarten group of one school year."""

    __tablename__ = "study_group"
    __table_args__ = (UniqueConstraint("school_year", "folded"),)

    school_year: Mapped[int]
    level: Mapped[str]
    title: Mapped[str]
    folded: Mapped[str]
    grade: Mapped[int | None]
    letter: Mapped[str | None]


class PupilRow(BusinessRow):
    """A pupil; the class stands in the enrolment of each school year."""

    __tablename__ = "pupil"
    __table_args__ = (Index("ix_pupil_folded", "folded", "birth_date"), Index("ix_pupil_merged_into", "merged_into"))

    surname: Mapped[str]
    given: Mapped[str]
    patronymic: Mapped[str | None]
    folded: Mapped[str]
    birth_date: Mapped[date]
    sex: Mapped[str | None]
    merged_into: Mapped[str | None] = mapped_column(_ID)
    """The pupil this one turned out to be; it is in no list, and its history stands with that pupil."""


class EnrolmentRow(BusinessRow):
    """Which group a pupil is in during a school year, and since when no longer; one per pupil and year."""

    __tablename__ = "enrolment"
    __table_args__ = (
        UniqueConstraint("pupil_id", "school_year"),
        Index("ix_enrolment_group_id", "group_id", "pupil_id"),
        Index("ix_enrolment_school_year", "school_year", "pupil_id", "group_id"),
    )

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    group_id: Mapped[str] = mapped_column(ForeignKey("study_group.id"))
    school_year: Mapped[int]
    left_on: Mapped[date | None]
    left_reason: Mapped[str | None]


_CURRENT = text("superseded_by IS NULL")


class AssessmentRow(BusinessRow):
    """Who, when, on what basis, which stage (null: taken back); a later one supersedes it."""

    __tablename__ = "assessment"
    __table_args__ = (
        Index(
            "ix_assessment_current",
            "school_year",
            "strand",
            "pupil_id",
            "term",
            "competency",
            "stage",
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_assessment_pupil_id", "pupil_id"),
    )
    derived = frozenset({"superseded_by"})

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    competency: Mapped[str]
    stage: Mapped[int | None]
    basis: Mapped[str]
    strand: Mapped[str]
    school_year: Mapped[int]
    term: Mapped[int]
    made_on: Mapped[date]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    superseded_by: Mapped[str | None] = mapped_column(_ID)


class NoteRow(BusinessRow):
    """What was noted at a cell of the grid (null: taken away); a later note supersedes it."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_pupil_id", "pupil_id", "school_year"),)
    derived = frozenset({"superseded_by"})

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    competency: Mapped[str]
    strand: Mapped[str]
    school_year: Mapped[int]
    term: Mapped[int]
    words: Mapped[str | None]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    superseded_by: Mapped[str | None] = mapped_column(_ID)


class EvidenceRow(BusinessRow):
    """A file that shows what a pupil did; its bytes lie below ``files/`` under their SHA-256."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_pupil_id", "pupil_id"),)

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    competency: Mapped[str | None]
    school_year: Mapped[int]
    term: Mapped[int]
    title: Mapped[str]
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    withdrawn_at: Mapped[str | None]


class ConsentRow(BusinessRow):
    """A parent's consent on paper; ``withdrawn_on`` ends it before its time."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_pupil_id", "pupil_id", "kind"),)

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    kind: Mapped[str]
    given_by: Mapped[str]
    number: Mapped[str]
    given_on: Mapped[date]
    valid_until: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_by: Mapped[str | None]
    actor: Mapped[str]
    recorded_at: Mapped[str]


class DiagnosedRow(BusinessRow):
    """That a diagnostic session took place with a pupil: all that others than psychologists see of it."""

    __tablename__ = "diagnosed"
    __table_args__ = (Index("ix_diagnosed_pupil_id", "pupil_id"), Index("ix_diagnosed_school_year", "school_year"))

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    school_year: Mapped[int]
    held_on: Mapped[date]


class ReleasedRow(BusinessRow):
    """The part of a conclusion that a psychologist released, word for word; ``sheet`` is known to psy only."""

    __tablename__ = "released_conclusion"
    __table_args__ = (Index("ix_released_conclusion_pupil_id", "pupil_id"),)

    pupil_id: Mapped[str] = mapped_column(ForeignKey("pupil.id"))
    sheet: Mapped[str] = mapped_column(_ID)
    held_on: Mapped[date]
    words: Mapped[str]
    actor: Mapped[str]
    released_at: Mapped[str]
    withdrawn_at: Mapped[str | None]


class BatchRow(BusinessRow):
    """An act that can be taken back as a whole; the id is the batch of the journal that did it."""

    __tablename__ = "batch"

    kind: Mapped[str]
    title: Mapped[str]
    school_year: Mapped[int]
    actor: Mapped[str]
    made_at: Mapped[str]
    undone_at: Mapped[str | None]
    undone_by: Mapped[str | None]


class RosterLayoutRow(BusinessRow):
    """What a person took the columns of a header for; ``shape`` is the header folded."""

    __tablename__ = "roster_layout"
    __table_args__ = (UniqueConstraint("shape"),)

    shape: Mapped[str]
    fields: Mapped[str]


class CertificateRow(BusinessRow):
    """A line of the register of issued certificates with what was certified; ``duplicate_of`` is a number."""

    __tablename__ = "certificate"
    __table_args__ = (
        Index("ix_certificate_number", "number"),
        Index("ix_certificate_issue_year", "issue_year", "sequence"),
        Index("ix_certificate_pupil_id", "pupil_id"),
    )

    number: Mapped[str]
    issue_year: Mapped[int]
    series: Mapped[str] = mapped_column(default="")
    """Of the computer that gave the number; each counts its own."""
    sequence: Mapped[int]
    pupil_id: Mapped[str | None] = mapped_column(ForeignKey("pupil.id"))
    """None where what is known of the pupil was destroyed: number and day stay in the register."""
    school_year: Mapped[int]
    issued_on: Mapped[date]
    snapshot: Mapped[str]
    sha256: Mapped[str]
    actor: Mapped[str]
    code: Mapped[str]
    design: Mapped[str]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str]
    duplicate_of: Mapped[str | None]


class CertificateDesignRow(BusinessRow):
    """A design of certificates as it was taken in or changed; of those with a ``code`` the newest is in force."""

    __tablename__ = "certificate_design"
    __table_args__ = (Index("ix_certificate_design_code", "code"),)

    code: Mapped[str]
    title: Mapped[str]
    source: Mapped[str]
    digest: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    withdrawn_at: Mapped[str | None]


class SigningKeyRow(BusinessRow):
    """The organisation's signing key; the private part is wrapped by the seal key of the vault."""

    __tablename__ = "signing_key"

    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[str]


class DeviceRow(Base):
    """The computer this workspace lives on; its id names a chain of the journal."""

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(_ID, primary_key=True, default=new_id)
    name: Mapped[str]
    signing_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Ed25519, raw; None until there is another computer."""
    secret: Mapped[str | None]
    """The identity (age, X25519) that opens files for this computer."""
    spare_psy_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The key of a ``psy.db`` that stays empty, so that a computer without psychologists can be brought up to date."""


class AnyOperation(Base):
    """One committed change: what, by whom, when by the hybrid clock, and the chain's hash."""

    __abstract__ = True

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(_ID, unique=True)
    clock: Mapped[str]
    device: Mapped[str]
    actor: Mapped[str]
    batch: Mapped[str]
    verb: Mapped[str]
    table_name: Mapped[str]
    record: Mapped[str]
    fields: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]
    number: Mapped[int]
    """Its place in the chain of its device, from 1."""
    counts_as: Mapped[str]
    """The reading it counts under: its own, if its computer's clock was not corrected since."""
    erased: Mapped[str | None] = mapped_column(_ID)
    """The erasure that emptied ``fields``: the hash stands, and what it was over is gone."""


class OperationRow(AnyOperation):
    """The journal of ``desk.db``."""

    __tablename__ = "operation"
    __table_args__ = (
        Index("ix_operation_batch", "batch"),
        Index("ix_operation_record", "record"),
        Index("ix_operation_counts_as", "counts_as"),
        Index("ix_operation_device", "device", "number", unique=True),
    )


class PsyOperationRow(AnyOperation):
    """The journal of ``psy.db``: changes that only psychologists may read."""

    __tablename__ = "operation"
    __table_args__ = (
        Index("ix_psy_operation_batch", "batch"),
        Index("ix_psy_operation_record", "record"),
        Index("ix_psy_operation_counts_as", "counts_as"),
        Index("ix_psy_operation_device", "device", "number", unique=True),
        {"schema": "psy"},
    )
