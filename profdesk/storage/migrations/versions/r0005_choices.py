"""Achievements, choices, destinations, routes, files of entries, what parents and others told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_Column = sa.Column[object]


def _texts(*names: str) -> Sequence[_Column]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _perhaps(name: str, kind: sa.types.TypeEngine[Any]) -> _Column:
    return sa.Column(name, kind, nullable=True)


def _numbers(*names: str) -> Sequence[_Column]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _link(name: str, table: str, *, must: bool = False) -> _Column:
    return sa.Column(name, sa.String(36), sa.ForeignKey(f"{table}.id"), nullable=not must)


def _table(name: str, *columns: _Column | sa.UniqueConstraint) -> None:
    identity: _Column = sa.Column("id", sa.String(36), primary_key=True, nullable=False)
    op.create_table(name, identity, *columns, *_texts("actor", "recorded_at"))


def _register(name: str, *columns: _Column) -> None:
    """A register whose entries speak of a pupil, with an index for each link."""
    pupil = _link("pupil_id", "pupil")
    _table(name, pupil, *columns, *_texts("note"), _perhaps("withdrawn_at", sa.Text()))
    for column in (pupil, *columns):
        if column.foreign_keys:
            op.create_index(f"ix_{name}_{column.name}", name, [str(column.name)])


def upgrade() -> None:
    """Add tables; nothing that is there changes."""
    _register(
        "achievement",
        *_texts("title", "kind", "level", "place", "subject"),
        _perhaps("held_on", sa.Date()),
        sa.Column("on_profile", sa.Boolean(), nullable=False),
    )
    _register(
        "profile_choice",
        *_texts("wish", "interview", "profile", "reserve", "subjects", "basis", "conscious", "judged_by"),
        _perhaps("decided_on", sa.Date()),
    )
    _register("profile_study", *_texts("profile", "subjects"), _perhaps("since", sa.Date()))
    _register(
        "profession_choice",
        *_texts("goal", "basis", "conscious", "judged_by"),
        _perhaps("decided_on", sa.Date()),
        _link("profession", "profession"),
        _link("reserve", "profession"),
    )
    _register(
        "destination",
        *_texts("grade", "kind", "speciality"),
        _perhaps("year", sa.Integer()),
        _link("institution", "institution"),
        _link("profession", "profession"),
    )
    _others()


def _others() -> None:
    _table(
        "route_line",
        _link("pupil_id", "pupil", must=True),
        sa.Column("line", sa.String(36), nullable=False),
        *_texts("kind", "words", "way", "state"),
        _perhaps("due", sa.Date()),
        _perhaps("superseded_by", sa.String(36)),
    )
    op.create_index("ix_route_line_pupil_id", "route_line", ["pupil_id"])
    _table(
        "attachment",
        sa.Column("entry", sa.String(36), nullable=False),
        *_texts("register", "name", "sha256"),
        *_numbers("size"),
        _perhaps("withdrawn_at", sa.Text()),
    )
    op.create_index("ix_attachment_entry", "attachment", ["register", "entry"])
    _table(
        "satisfaction",
        _link("activity_id", "activity", must=True),
        *_texts("question", "answer"),
        *_numbers("count"),
        sa.UniqueConstraint("activity_id", "question", "answer"),
    )
    _table(
        "told_figure",
        *_texts("indicator", "source"),
        *_numbers("school_year", "numerator", "denominator"),
        sa.UniqueConstraint("school_year", "indicator"),
    )
