"""Summaries of any period, corrected and signed again; the department's organisations, their keys and summaries."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and tables; nothing that is there changes."""
    _widen_issued_summaries()
    _make_signatures()
    _make_senders()
    _make_received_summaries()


def _widen_issued_summaries() -> None:
    """A summary issued before is of its whole school year."""
    for name, default in (("span", "year"), ("reason", "")):
        op.add_column("issued_summary", sa.Column(name, sa.Text(), nullable=False, server_default=default))
    for name in ("first_day", "last_day"):
        op.add_column("issued_summary", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("issued_summary", sa.Column("replaces", sa.Text(), nullable=True))
    summaries = sa.table(
        "issued_summary",
        sa.column("school_year", sa.Integer()),
        sa.column("first_day", sa.Date()),
        sa.column("last_day", sa.Date()),
    )
    connection = op.get_bind()
    for (year,) in connection.execute(sa.select(summaries.c.school_year).distinct()).all():
        days = {"first_day": date(year, 9, 1), "last_day": date(year + 1, 8, 31)}
        connection.execute(summaries.update().where(summaries.c.school_year == year).values(days))


def _make_signatures() -> None:
    op.create_table(
        "summary_signature",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("signers", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
    )
    op.create_index("ix_summary_signature_number", "summary_signature", ["number"])


def _make_senders() -> None:
    op.create_table(
        "sender",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("legal_form", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
    )
    op.create_table(
        "sender_key",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("sender_id", sa.String(36), sa.ForeignKey("sender.id"), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("confirmed_with", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.UniqueConstraint("fingerprint", name="uq_sender_key_fingerprint"),
    )
    op.create_index("ix_sender_key_sender_id", "sender_key", ["sender_id"])


def _make_received_summaries() -> None:
    op.create_table(
        "received_summary",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("sender_id", sa.String(36), sa.ForeignKey("sender.id"), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        sa.UniqueConstraint("sha256", name="uq_received_summary_sha256"),
    )
    op.create_index("ix_received_summary_school_year", "received_summary", ["school_year"])
