"""Whether a workspace is whole: pages, keys, chains and journals of both databases, and every kept file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exchange_rooms import operation
from sqlalchemy import func, select

from profdesk.domain.exchange_state import stand
from profdesk.domain.operations import Verb
from profdesk.errors import WorkspaceError
from profdesk.storage import (
    attempts,
    backup,
    blobs,
    chains,
    database,
    erased,
    in_use,
    journal,
    manifest,
    mark,
    replaced,
    swap,
    vault,
)
from profdesk.storage.blobs import Blobs
from profdesk.storage.exchange_merge import ALIASES
from profdesk.storage.exchange_rows import JOURNALS, Rows
from profdesk.storage.models import AssessmentRow, NoteRow, OperationRow, PsyOperationRow
from profdesk.storage.psy_models import ConclusionRow
from profdesk.storage.route_models import RouteLineRow
from profdesk.storage.workspace import Session, Workspace

_PARTS = {
    backup.FOLDER,
    blobs.FOLDER,
    blobs.PSY_FOLDER,
    *(f"{name}{ending}" for name in (database.DESK, database.PSY) for ending in ("", "-wal")),
    *(f"{name}{ending}" for name in (vault.FILE, attempts.FILE) for ending in ("", ".new")),
    mark.FILE,
    replaced.FILE,
    in_use.FILE,
    erased.FILE,
    swap._LOCK,
}
_CHAINED = (AssessmentRow, NoteRow, RouteLineRow, ConclusionRow)


def faults(workspace: Workspace, known_files: set[str] | None = None) -> Sequence[str]:
    """Everything that is not as it must be, in words; ``known_files`` were read before and are not read again."""
    with Session(workspace._engine) as session:
        found = [*_spoiled(session), *_unlinked(session), *_unchained(session)]
        for schema in JOURNALS:
            found += _not_as_journaled(session, schema)
    there = (path.name for path in workspace.path.iterdir() if not path.name.startswith(backup.FRESH))
    found += [f"{name} is no part of a workspace" for name in there if name not in _PARTS]
    return [*found, *_torn_files(workspace, known_files if known_files is not None else set())]


def _spoiled(session: Session) -> Iterator[str]:
    connection = session.connection()
    for schema in JOURNALS:
        for told in ("cipher_integrity_check", "foreign_key_check", "integrity_check"):
            for row in connection.exec_driver_sql(f"PRAGMA {schema}.{told}"):
                if row[0] != "ok":
                    yield f"{schema}.{told}: {tuple(row)}"


def _unlinked(session: Session) -> Iterator[str]:
    for schema, kind in JOURNALS.items():
        broken = journal.broken_link(session, kind)
        if broken is not None:
            yield f"the journal of {schema} is broken at {broken}"


def _unchained(session: Session) -> Iterator[str]:
    """Places where not exactly one fact stands, or where some fact is on no way to it."""
    for kind in _CHAINED:
        places: dict[tuple[Any, ...], list[Any]] = {}
        for fact in session.scalars(select(kind)):
            place = (fact.sheet_id,) if isinstance(fact, ConclusionRow) else chains.place(fact)
            places.setdefault(place, []).append(fact)
        for place, facts in places.items():
            if len(chains.latest_first(facts)) != len(facts) or sum(one.superseded_by is None for one in facts) != 1:
                yield f"{kind.__tablename__} at {place} does not hang together"


def _not_as_journaled(session: Session, schema: str) -> Iterator[str]:
    """Rows that are not what stands by the domain's rule over the whole journal, whoever's operations it holds."""
    rows, kind = Rows(session, schema), JOURNALS[schema]
    records = {name: session.scalars(select(table.c.id)) for name, table in rows.tables.items()}
    there = rows.read((name, record) for name, ids in records.items() for record in ids)
    told = [operation(row) for row in session.scalars(select(kind))]
    known = [one for one in told if one.table in rows.tables]
    state = stand(rows.shapes, known)
    for place in there.keys() | state.rows.keys():
        if there.get(place) != state.rows.get(place):
            yield f"{place[0]} {place[1]} is not as its journal says"
    aliases = ALIASES[schema]
    kept = session.execute(select(aliases.table_name, aliases.record, aliases.row))
    found = {(table, record): row for table, record, row in kept}
    gone = {(one.table, one.record) for one in known if one.verb is Verb.DELETE}
    for table, record in (found.keys() | state.stands_for.keys()) - gone:
        row, said = found.get((table, record)), state.stands_for.get((table, record))
        if row != said:
            yield f"{table} {record} is told by {row}, and by {said} as its journal says"
    yield from {
        f"the journal tells of {one.table}, which is no table": None for one in told if one.table not in rows.tables
    }


def _torn_files(workspace: Workspace, known: set[str]) -> Iterator[str]:
    """Kept files that are not what they were, and parts of copies, each read once."""
    keys = workspace._keys
    assert keys is not None
    for copy in (workspace.path / backup.FOLDER).glob("[!.]*"):
        if copy.name not in known:
            facts = manifest.read(copy)
            yield from ["its manifest"] if facts is None else manifest.faults(copy, facts)
            known.add(copy.name)
    for folder, key in ((blobs.FOLDER, keys.desk), (blobs.PSY_FOLDER, keys.psy)):
        if key is None:
            continue
        kept = Blobs(workspace.path, key, folder)
        for path in (workspace.path / folder).glob("*/[!.]*"):
            if path.name in known:
                continue
            try:
                kept.get(path.name)
            except WorkspaceError as error:
                yield f"{folder}/{path.name}: {error}"
            known.add(path.name)


def journal_length(workspace: Workspace) -> int:
    """How many operations both journals hold."""
    with Session(workspace._engine) as session:
        return sum(session.scalar(select(func.count()).select_from(kind)) or 0 for kind in JOURNALS.values())


def heads(session: Session) -> Mapping[str, frozenset[str]]:
    """The hashes of every operation by the name of its file without ending."""
    return {
        name.removesuffix(".db"): frozenset(session.scalars(select(kind.hash)))
        for name, kind in ((database.DESK, OperationRow), (database.PSY, PsyOperationRow))
    }
