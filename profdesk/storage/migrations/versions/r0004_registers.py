"""Registers of what is not pupils, and activities with who took part in them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_Column = sa.Column[object]


def _texts(*names: str) -> Sequence[_Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _days(*names: str) -> Sequence[_Column]:
    return [sa.Column(name, sa.Date(), nullable=True) for name in names]


def _number(name: str) -> _Column:
    return sa.Column(name, sa.Integer(), nullable=True)


def _flag(name: str) -> _Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _link(name: str, table: str) -> _Column:
    return sa.Column(name, sa.String(36), sa.ForeignKey(f"{table}.id"), nullable=True)


def _must(name: str, table: str) -> _Column:
    return sa.Column(name, sa.String(36), sa.ForeignKey(f"{table}.id"), nullable=False)


def _own() -> _Column:
    return sa.Column("id", sa.String(36), primary_key=True, nullable=False)


def _table(name: str, *columns: _Column) -> None:
    op.create_table(
        name,
        _own(),
        *columns,
        *_texts("note", "actor", "recorded_at"),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
    )
    for column in columns:
        if column.foreign_keys:
            op.create_index(f"ix_{name}_{column.name}", name, [str(column.name)])


def upgrade() -> None:
    """Add tables; nothing that is there changes."""
    _table("partner", *_texts("name", "kind", "person", "phone", "email", "site"))
    _table("agreement", *_texts("number", "kind"), *_days("signed_on", "valid_until"), _link("partner", "partner"))
    _table("staff", *_texts("name", "post", "kind"), _flag("involved"), *_days("left_on"))
    _table(
        "training",
        *_texts("title", "provider", "certificate"),
        _flag("on_subject"),
        _number("hours"),
        *_days("finished_on"),
        _link("person", "staff"),
    )
    _table("working_group", *_texts("name", "post", "role"), *_days("since", "until"))
    _table("document", *_texts("kind", "number", "title"), *_days("dated"))
    _table("web_page", *_texts("title", "address"), _flag("works"), *_days("checked_on"))
    _professions()
    _activities()
    _participation()


def _professions() -> None:
    _table(
        "profession",
        *_texts("title", "industry", "history", "subject", "area", "education", "conditions", "pay", "study"),
    )
    _table("demand", *_texts("source"), _number("year"), _number("vacancies"), _link("profession", "profession"))
    _table("institution", *_texts("title", "kind", "town", "site", "phone"))
    _table(
        "speciality",
        *_texts("title", "basis", "exams"),
        _number("places"),
        _link("institution", "institution"),
        _link("profession", "profession"),
    )
    _table(
        "trial",
        *_texts("title", "industry", "level", "grades", "description", "materials"),
        _number("hours"),
        _link("profession", "profession"),
        _link("partner", "partner"),
    )
    _table("lesson", *_texts("title", "subject", "grades", "author", "outline"), _link("profession", "profession"))
    _table("own_type", *_texts("title", "audience"))


def _activities() -> None:
    op.create_table(
        "activity",
        _own(),
        *_texts("type", "title", "state"),
        sa.Column("begins_on", sa.Date(), nullable=False),
        *_days("ends_on"),
        *_texts("at", "place", "audience", "direction", "responsible", "competencies", "note", "actor", "recorded_at"),
        _number("hours"),
        _number("parents_reached"),
        _flag("labour_market"),
        _link("partner", "partner"),
        _link("trial", "trial"),
        _link("lesson", "lesson"),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
    )
    op.create_index("ix_activity_begins_on", "activity", ["begins_on"])


def _participation() -> None:
    op.create_table(
        "activity_group",
        _own(),
        _must("activity_id", "activity"),
        _must("group_id", "study_group"),
        sa.UniqueConstraint("activity_id", "group_id"),
    )
    op.create_table(
        "activity_profession",
        _own(),
        _must("activity_id", "activity"),
        _must("profession", "profession"),
        sa.UniqueConstraint("activity_id", "profession"),
    )
    op.create_index("ix_activity_profession_profession", "activity_profession", ["profession"])
    op.create_table(
        "participation",
        _own(),
        _must("activity_id", "activity"),
        _must("pupil_id", "pupil"),
        *_texts("presence", "result", "mark", "feedback"),
        _number("hours"),
        _link("product", "evidence"),
        sa.UniqueConstraint("activity_id", "pupil_id"),
    )
    op.create_index("ix_participation_pupil_id", "participation", ["pupil_id"])
