"""Leaving and merging of pupils, notes, evidence, acts that can be taken back, remembered columns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.String(36)


def _id() -> sa.Column[str]:
    return sa.Column("id", _ID, primary_key=True)


def _pupil() -> sa.Column[str]:
    return sa.Column("pupil_id", _ID, sa.ForeignKey("pupil.id"), nullable=False)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    """Add columns and tables; nothing that is there changes."""
    op.add_column("pupil", sa.Column("merged_into", _ID, nullable=True))
    op.add_column("enrolment", sa.Column("left_on", sa.Date(), nullable=True))
    op.add_column("enrolment", _text("left_reason", nullable=True))
    op.create_index("ix_assessment_pupil_id", "assessment", ["pupil_id"])
    _notes()
    _evidence()
    op.create_table(
        "batch",
        _id(),
        _text("kind"),
        _text("title"),
        _number("school_year"),
        _text("actor"),
        _text("made_at"),
        _text("undone_at", nullable=True),
        _text("undone_by", nullable=True),
    )
    op.create_table("roster_layout", _id(), _text("shape"), _text("fields"), sa.UniqueConstraint("shape"))


def _notes() -> None:
    op.create_table(
        "note",
        _id(),
        _pupil(),
        _text("competency"),
        _text("strand"),
        _number("school_year"),
        _number("term"),
        _text("words", nullable=True),
        _text("actor"),
        _text("recorded_at"),
        sa.Column("superseded_by", _ID, nullable=True),
    )
    op.create_index("ix_note_pupil_id", "note", ["pupil_id", "school_year"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        _id(),
        _pupil(),
        _text("competency", nullable=True),
        _number("school_year"),
        _number("term"),
        _text("title"),
        _text("name"),
        _number("size"),
        _text("sha256"),
        _text("actor"),
        _text("recorded_at"),
        _text("withdrawn_at", nullable=True),
    )
    op.create_index("ix_evidence_pupil_id", "evidence", ["pupil_id"])
