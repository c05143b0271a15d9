"""Registers: partners, agreements, staff, courses, documents, web pages, professions and where they are taught."""

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


def _table(name: str, *columns: _Column) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(36), primary_key=True, nullable=False),
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
