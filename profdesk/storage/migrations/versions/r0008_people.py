"""Users and the classes they lead, deeds that change no record, erasures, and who withdrew a consent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add tables, columns and an index; nothing that is there changes."""
    _make_users()
    _make_deeds()
    _make_erasures()
    op.add_column("operation", sa.Column("erased", sa.String(36), nullable=True))
    op.add_column("operation", sa.Column("erased", sa.String(36), nullable=True), schema="psy")
    op.add_column("consent", sa.Column("withdrawn_by", sa.Text(), nullable=True))


def _make_users() -> None:
    op.create_table(
        "app_user",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
    )
    op.create_table(
        "group_teacher",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("group_id", sa.Text(), sa.ForeignKey("study_group.id"), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.UniqueConstraint("group_id", "user_id", name="uq_group_teacher_group_id"),
    )
    op.create_index("ix_group_teacher_user_id", "group_teacher", ["user_id"])
    op.create_index("ix_pupil_merged_into", "pupil", ["merged_into"])


def _make_deeds() -> None:
    op.create_table(
        "deed",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("pupil_id", sa.String(36), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("done_at", sa.Text(), nullable=False),
    )
    op.create_index("ix_deed_done_at", "deed", ["done_at"])
    op.create_index("ix_deed_pupil_id", "deed", ["pupil_id"])


def _make_erasures() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("operations", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.UniqueConstraint("number", name="uq_erasure_number"),
    )
    op.create_table(
        "erased_pupil",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("pupil_id", sa.String(36), nullable=False),
        sa.Column("erasure_id", sa.Text(), sa.ForeignKey("erasure.id"), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("psy_erased_at", sa.Text(), nullable=True),
        sa.Column("psy_operations", sa.Integer(), nullable=False),
        sa.UniqueConstraint("pupil_id", "erasure_id", name="uq_erased_pupil_pupil_id"),
    )
    op.create_table(
        "retention",
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.Text(), nullable=False),
    )
    with op.batch_alter_table("certificate") as certificate:
        certificate.alter_column("pupil_id", existing_type=sa.Text(), nullable=True)
