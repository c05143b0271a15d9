"""The first tables: organisation, programme, pupils, assessments, registers, keys, journals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from profdesk.storage.database import make_append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.String(36)


def _id() -> sa.Column[str]:
    return sa.Column("id", _ID, primary_key=True)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _reference(name: str, target: str) -> sa.Column[str]:
    return sa.Column(name, _ID, sa.ForeignKey(f"{target}.id"), nullable=False)


def upgrade() -> None:
    """Make every table of the first version."""
    _organisation()
    _people()
    _facts()
    _registers()
    _journal(None)
    _journal("psy")


def _organisation() -> None:
    texts = ("kind", "legal_form", "name", "short_name", "municipality", "head_post", "head_name")
    op.create_table("organisation", _id(), *(_text(name) for name in texts), _number("school_year"), _number("term"))
    op.create_table("programme", _id(), _text("digest"), _text("source"), _text("taken_at"))
    op.create_table("device", _id(), _text("name"))
    op.create_table(
        "signing_key",
        _id(),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        _text("made_at"),
    )


def _people() -> None:
    op.create_table(
        "study_group",
        _id(),
        _number("school_year"),
        _text("level"),
        _text("title"),
        _text("folded"),
        _number("grade", nullable=True),
        _text("letter", nullable=True),
        sa.UniqueConstraint("school_year", "folded"),
    )
    op.create_table(
        "pupil",
        _id(),
        _text("surname"),
        _text("given"),
        _text("patronymic", nullable=True),
        _text("folded"),
        sa.Column("birth_date", sa.Date(), nullable=False),
        _text("sex", nullable=True),
    )
    op.create_index("ix_pupil_folded", "pupil", ["folded", "birth_date"])
    op.create_table(
        "enrolment",
        _id(),
        _reference("pupil_id", "pupil"),
        _reference("group_id", "study_group"),
        _number("school_year"),
        sa.UniqueConstraint("pupil_id", "school_year"),
    )
    op.create_index("ix_enrolment_group_id", "enrolment", ["group_id", "pupil_id"])
    op.create_index("ix_enrolment_school_year", "enrolment", ["school_year", "pupil_id", "group_id"])


def _facts() -> None:
    op.create_table(
        "assessment",
        _id(),
        _reference("pupil_id", "pupil"),
        _text("competency"),
        _number("stage", nullable=True),
        _text("basis"),
        _text("strand"),
        _number("school_year"),
        _number("term"),
        sa.Column("made_on", sa.Date(), nullable=False),
        _text("actor"),
        _text("recorded_at"),
        sa.Column("superseded_by", _ID, nullable=True),
    )
    current = sa.text("superseded_by IS NULL")
    op.create_index(
        "ix_assessment_current",
        "assessment",
        ["school_year", "strand", "pupil_id", "term", "competency", "stage"],
        sqlite_where=current,
        postgresql_where=current,
    )


def _registers() -> None:
    op.create_table(
        "certificate",
        _id(),
        _text("number"),
        _number("issue_year"),
        _number("sequence"),
        _reference("pupil_id", "pupil"),
        _number("school_year"),
        sa.Column("issued_on", sa.Date(), nullable=False),
        _text("snapshot"),
        _text("sha256"),
        _text("actor"),
        sa.UniqueConstraint("number"),
    )
    op.create_index("ix_certificate_issue_year", "certificate", ["issue_year", "sequence"])
    op.create_table(
        "issued_summary",
        _id(),
        _text("number"),
        _number("issue_year"),
        _number("sequence"),
        _number("school_year"),
        _text("issued_at"),
        _text("sha256"),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        _text("actor"),
        sa.UniqueConstraint("number"),
    )


def _journal(schema: str | None) -> None:
    texts = ("clock", "device", "actor", "batch", "verb", "table_name", "record", "fields")
    hashes = ("previous", "hash")
    op.create_table(
        "operation",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("id", _ID, nullable=False, unique=True),
        *(_text(name) for name in (*texts, *hashes)),
        schema=schema,
    )
    prefix = "ix_psy_operation" if schema else "ix_operation"
    op.create_index(f"{prefix}_batch", "operation", ["batch"], schema=schema)
    if schema is None:
        op.create_index("ix_operation_record", "operation", ["record"])
    make_append_only(op.get_bind(), "operation", schema or "main")
