"""Diagnostics in schema ``psy``; consents, sessions held and released conclusions in ``desk``."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.String(36)
_PSY = "psy"


def _id(name: str = "id", nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _ID, primary_key=name == "id", nullable=nullable)


def _pupil() -> sa.Column[str]:
    return sa.Column("pupil_id", _ID, sa.ForeignKey("pupil.id"), nullable=False)


def _of(name: str, table: str) -> sa.Column[str]:
    return sa.Column(name, _ID, sa.ForeignKey(f"{_PSY}.{table}.id"), nullable=False)


def _texts(*names: str, nullable: bool = False) -> Sequence[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _day(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def upgrade() -> None:
    """Add tables; nothing that is there changes."""
    _desk()
    _instruments()
    _sessions()
    _sheets()
    _talks()


def _desk() -> None:
    op.create_table(
        "consent",
        _id(),
        _pupil(),
        *_texts("kind", "given_by", "number"),
        _day("given_on"),
        _day("valid_until", nullable=True),
        _day("withdrawn_on", nullable=True),
        *_texts("actor", "recorded_at"),
    )
    op.create_index("ix_consent_pupil_id", "consent", ["pupil_id", "kind"])
    op.create_table("diagnosed", _id(), _pupil(), _number("school_year"), _day("held_on"))
    op.create_index("ix_diagnosed_pupil_id", "diagnosed", ["pupil_id"])
    op.create_index("ix_diagnosed_school_year", "diagnosed", ["school_year"])
    op.create_table(
        "released_conclusion",
        _id(),
        _pupil(),
        _id("sheet"),
        _day("held_on"),
        *_texts("words", "actor", "released_at"),
        *_texts("withdrawn_at", nullable=True),
    )
    op.create_index("ix_released_conclusion_pupil_id", "released_conclusion", ["pupil_id"])


def _instruments() -> None:
    op.create_table(
        "instrument_file",
        _id(),
        *_texts("code"),
        _number("version"),
        *_texts("digest", "source"),
        sa.Column("own", sa.Boolean(), nullable=False),
        *_texts("taken_at"),
        sa.UniqueConstraint("digest"),
        schema=_PSY,
    )
    op.create_table("wording", _id(), *_texts("code", "words", "taken_at"), schema=_PSY)


def _sessions() -> None:
    op.create_table(
        "diagnostic_session",
        _id(),
        *_texts("digest"),
        _number("school_year"),
        _day("held_on"),
        *_texts("place", "group_title", "actor", "made_at"),
        *_texts("closed_at", nullable=True),
        schema=_PSY,
    )
    op.create_index("ix_diagnostic_session_school_year", "diagnostic_session", ["school_year", "held_on"], schema=_PSY)


def _sheets() -> None:
    op.create_table(
        "answer_sheet",
        _id(),
        _of("session_id", "diagnostic_session"),
        _id("pupil_id"),
        _number("number"),
        *_texts("attendance", "doubtful", "mode", nullable=True),
        sa.UniqueConstraint("session_id", "pupil_id"),
        schema=_PSY,
    )
    op.create_index("ix_answer_sheet_pupil_id", "answer_sheet", ["pupil_id"], schema=_PSY)
    op.create_table(
        "answer",
        _id(),
        _of("sheet_id", "answer_sheet"),
        _number("entry"),
        _number("item"),
        *_texts("words", nullable=True),
        *_texts("recorded_at"),
        sa.UniqueConstraint("sheet_id", "entry", "item"),
        schema=_PSY,
    )
    op.create_table(
        "conclusion",
        _id(),
        _of("sheet_id", "answer_sheet"),
        *_texts("words", "draft", "actor", "recorded_at"),
        _id("superseded_by", nullable=True),
        schema=_PSY,
    )
    op.create_index("ix_conclusion_sheet_id", "conclusion", ["sheet_id"], schema=_PSY)


def _talks() -> None:
    op.create_table(
        "external_result",
        _id(),
        _id("pupil_id"),
        _day("held_on"),
        *_texts("source", "words"),
        *_texts("file_name", "sha256", nullable=True),
        *_texts("actor", "recorded_at"),
        *_texts("withdrawn_at", nullable=True),
        schema=_PSY,
    )
    op.create_index("ix_external_result_pupil_id", "external_result", ["pupil_id"], schema=_PSY)
    op.create_table(
        "consultation",
        _id(),
        _id("pupil_id", nullable=True),
        *_texts("kind"),
        _day("held_on"),
        *_texts("whom", "reason", "words", "outcome", "actor", "recorded_at"),
        *_texts("withdrawn_at", nullable=True),
        schema=_PSY,
    )
    op.create_index("ix_consultation_pupil_id", "consultation", ["pupil_id"], schema=_PSY)
