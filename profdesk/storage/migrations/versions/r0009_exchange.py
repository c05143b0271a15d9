"""Several computers: their chains are numbered, and what merging and exchange keep has tables."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from profdesk.storage.database import rewritable

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.String(36)
_PSY = "psy"


def upgrade() -> None:
    """Add tables and columns, number the operations of each chain, and let two papers bear one number."""
    for schema in (None, _PSY):
        _number_operations(schema)
        _make_standing(schema)
    op.add_column("device", sa.Column("signing_key", sa.LargeBinary(), nullable=True))
    op.add_column("device", sa.Column("secret", sa.Text(), nullable=True))
    op.add_column("device", sa.Column("spare_psy_key", sa.LargeBinary(), nullable=True))
    _free_numbers()
    _make_computers()
    _make_own()
    _make_quarantine()
    _make_pupil_files()


def _texts(*names: str, nullable: bool = False) -> Sequence[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _ids(*names: str, nullable: bool = False) -> Sequence[sa.Column[str]]:
    return [sa.Column(name, _ID, nullable=nullable) for name in names]


def _keys(*columns: sa.Column[str] | sa.Column[int]) -> Sequence[sa.Column[str] | sa.Column[int]]:
    for column in columns:
        column.primary_key = True
    return columns


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _number_operations(schema: str | None) -> None:
    op.add_column("operation", sa.Column("number", sa.Integer(), nullable=False, server_default="0"), schema=schema)
    op.add_column("operation", sa.Column("counts_as", sa.Text(), nullable=False, server_default=""), schema=schema)
    names = ("seq", "device", "clock", "number", "counts_as")
    columns: Sequence[sa.ColumnClause[str]] = [sa.column(name, sa.Text()) for name in names]
    table = sa.table("operation", *columns, schema=schema)
    place = sa.func.row_number().over(partition_by=table.c.device, order_by=table.c.seq)
    places = sa.select(table.c.seq, place.label("place")).subquery("places")
    connection = op.get_bind()
    with rewritable(connection, "operation", schema or "main"):
        connection.execute(
            sa.update(table).values(number=places.c.place, counts_as=table.c.clock).where(table.c.seq == places.c.seq)
        )
    prefix = "ix_psy_operation" if schema else "ix_operation"
    if schema:
        op.create_index(f"{prefix}_record", "operation", ["record"], schema=schema)
    op.create_index(f"{prefix}_counts_as", "operation", ["counts_as"], schema=schema)
    op.create_index(f"{prefix}_device", "operation", ["device", "number"], unique=True, schema=schema)


_NAMED = {"uq": "uq_%(table_name)s_%(column_0_name)s"}
"""What Alembic calls a constraint that has no name of its own."""


def _free_numbers() -> None:
    """Let numbers of papers be unique by their series alone, for merging brings what two computers gave."""
    for table in ("certificate", "issued_summary"):
        with op.batch_alter_table(table, naming_convention=_NAMED) as papers:
            papers.drop_constraint(f"uq_{table}_number", type_="unique")
            papers.add_column(sa.Column("series", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_certificate_number", "certificate", ["number"])
    op.rename_table("erasure", "former")
    op.create_table(
        "erasure",
        *_keys(*_ids("id")),
        *_texts("number"),
        sa.Column("made_on", sa.Date(), nullable=False),
        *_texts("kind", "basis", "counts"),
        _number("operations"),
        *_texts("actor", "recorded_at"),
    )
    columns = "id, number, made_on, kind, basis, counts, operations, actor, recorded_at"
    op.execute(f"INSERT INTO erasure ({columns}) SELECT {columns} FROM former")  # noqa: S608
    named = {"fk": "fk_%(table_name)s_%(column_0_name)s"}
    with op.batch_alter_table("erased_pupil", naming_convention=named) as pupils:
        pupils.drop_constraint("fk_erased_pupil_erasure_id", type_="foreignkey")
        pupils.create_foreign_key("fk_erased_pupil_erasure_id", "erasure", ["erasure_id"], ["id"])
    op.drop_table("former")


def _make_standing(schema: str | None) -> None:
    def place() -> Sequence[sa.Column[str] | sa.Column[int]]:
        return _keys(*_texts("table_name"), *_ids("record"))

    op.create_table("alias", *place(), *_ids("row"), schema=schema)
    op.create_index("ix_psy_alias_row" if schema else "ix_alias_row", "alias", ["row"], schema=schema)
    op.create_table("unsettled", *place(), schema=schema)
    op.create_table("difference", *place(), schema=schema)
    op.create_table(
        "psy_settled" if schema else "settled",
        *_keys(*_ids("id")),
        *_texts("table_name"),
        *_ids("record"),
        *_texts("field"),
        *_ids("device"),
        _number("number"),
        *_texts("actor", "recorded_at"),
        schema=schema,
    )


def _make_computers() -> None:
    op.create_table(
        "computer",
        *_keys(*_ids("id")),
        *_texts("name"),
        *_ids("person", nullable=True),
        *_texts("series"),
        sa.Column("whole", sa.Boolean(), nullable=False),
        *_texts("verifying_key", "address"),
        *_texts("psy_address", nullable=True),
        *_texts("added_at"),
        *_texts("stopped_at", nullable=True),
        *_ids("replaced_by", nullable=True),
    )
    op.create_table(
        "clock_correction",
        *_keys(*_ids("id")),
        *_ids("device"),
        *(_number(name) for name in ("after", "until", "psy_after", "psy_until")),
        *_texts("counts_as", "actor", "recorded_at"),
    )
    op.create_table(
        "erasure_tally",
        *_keys(*_ids("id")),
        sa.Column("erasure_id", sa.Text(), sa.ForeignKey("erasure.id"), nullable=False),
        *_ids("device"),
        _number("operations"),
        sa.Column("psy_operations", sa.Integer()),
        sa.UniqueConstraint("erasure_id", "device", name="uq_erasure_tally_erasure_id"),
    )


def _make_own() -> None:
    op.create_table("own_address", *_keys(*_ids("device")), *_texts("secret"), schema=_PSY)
    op.create_table("peer", *_keys(*_ids("device")), *_texts("seen", "pupils", "told_at"))
    op.create_table(
        "package",
        *_keys(*_ids("id")),
        *_ids("device"),
        sa.Column("taken", sa.Boolean(), nullable=False),
        *_texts("sha256", "spans", "counts", "actor", "moment"),
        *_texts("before", "undone_at", nullable=True),
    )
    op.create_index("ix_package_moment", "package", ["moment"])
    op.create_table("seat", *_keys(*_ids("user_id")), *_texts("name", "post", "roles", "owed"))
    op.execute("INSERT INTO seat SELECT id, name, post, roles, '' FROM app_user WHERE removed_at IS NULL")


def _make_quarantine() -> None:
    for schema in (None, _PSY):
        op.create_table(
            "quarantined",
            *_keys(*_ids("device"), _number("number")),
            *_texts("clock", "operation", "contents"),
            schema=schema,
        )


def _make_pupil_files() -> None:
    def of_pupil(name: str) -> None:
        op.create_index(f"ix_{name}_pupil_id", name, ["pupil_id"])

    def pupil(name: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint(["pupil_id"], ["pupil.id"], name=f"fk_{name}_pupil_id")

    op.create_table(
        "pupil_file",
        *_keys(*_ids("id")),
        *_ids("pupil_id"),
        *_texts("organisation", "fingerprint", "people", "classes", "made_at", "actor", "taken_at"),
        pupil("pupil_file"),
    )
    of_pupil("pupil_file")
    op.create_table(
        "pupil_file_record",
        *_keys(*_ids("id")),
        *_ids("pupil_id"),
        *_texts("kind"),
        _number("school_year"),
        sa.Column("day", sa.Date(), nullable=True),
        *_texts("title", "words", "basis"),
        *_ids("author"),
        *_texts("recorded_at", "actor"),
        pupil("pupil_file_record"),
    )
    of_pupil("pupil_file_record")
