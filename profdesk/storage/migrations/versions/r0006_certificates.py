"""Certificates with their codes, withdrawn and issued again; designs; the pattern of their numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and a table; nothing that is there changes."""
    for name in ("code", "design", "withdrawn_reason"):
        op.add_column("certificate", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("certificate", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.add_column("certificate", sa.Column("duplicate_of", sa.Text(), nullable=True))
    op.create_index("ix_certificate_pupil_id", "certificate", ["pupil_id"])
    op.add_column("organisation", sa.Column("certificate_numbers", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "certificate_design",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
    )
    op.create_index("ix_certificate_design_code", "certificate_design", ["code"])
