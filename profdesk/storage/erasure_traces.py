"""What there is of pupils to be erased: rows, operations of the journal, kept files, and names in others' texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from profdesk.domain.erasure import Finder
from profdesk.domain.retention import RecordKind
from profdesk.storage import erasure_plan
from profdesk.storage.erasure_plan import ANONYMOUS, CHILDREN, FILES, OF_PUPIL, SEARCHED, Table, is_psy
from profdesk.storage.erasure_renewed import NOTHING_RENEWED, Renewed
from profdesk.storage.journal import Operation
from profdesk.storage.models import CertificateRow, OperationRow, PsyOperationRow, PupilRow
from profdesk.storage.people_models import ErasureRow

_AT_ONCE = 500
_LAST = 2**63
_BLANK = frozenset(table.__tablename__ for table in ANONYMOUS)
_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LETTERS_OF_EITHER = str.maketrans("еёЕЁ", "____")

Wanted = Mapping[RecordKind, frozenset[str]]
"""The pupils of whom records of a kind are to go."""
Gone = Mapping[tuple[str, str], str]
"""Records of which an erasure has left nothing, by table and id, each with that erasure."""


@dataclass(frozen=True)
class Traces:
    """Rows by table, numbers of operations, and SHA-256 of files that nobody else needs, of one of the databases."""

    rows: Mapping[Table, frozenset[str]]
    operations: Sequence[int]
    files: frozenset[str]


@dataclass(frozen=True)
class Text:
    """A text of another record in which a name was found; ``column`` of the row ``record``."""

    table: Table
    record: str
    column: str
    words: str


@dataclass
class _Ever:
    """Every record that ever spoke of somebody wanted, by table; ``until`` where it has come to speak of another."""

    records: dict[str, set[str]] = field(default_factory=dict)
    until: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, table: str, record: str, number: int) -> None:
        self.records.setdefault(table, set()).add(record)
        self.until[table, record] = number


def find(
    session: Session,
    wanted: Wanted,
    *,
    psy: bool,
    already: Collection[tuple[str, str]] = (),
    renewed: Renewed = NOTHING_RENEWED,
) -> Traces:
    """Look through one of the databases for all that is to go but what was ``renewed``.

    ``already``: records of which nothing else may be left.
    """
    found = rows(session, wanted, psy=psy)
    left = {table: ids - renewed.records.get(table.__tablename__, frozenset()) for table, ids in found.items()}
    there = {table: ids for table, ids in left.items() if ids}
    journal: Operation = PsyOperationRow if psy else OperationRow
    numbers, digests = _operations(session, journal, wanted, there, already, renewed)
    for table, ids in there.items():
        if table in FILES:
            digests |= set(in_parts(session, table.__table__.c.sha256, table.__table__.c.id, ids))
    kept = _digests_of_others(session, journal, there, numbers) if digests else frozenset()
    return Traces(there, numbers, frozenset(filter(None, digests)) - kept)


def rows(session: Session, wanted: Wanted, *, psy: bool) -> Mapping[Table, frozenset[str]]:
    """The rows of one of the databases that speak of somebody wanted, by table."""
    found: dict[Table, frozenset[str]] = {}
    for kind, pupils in wanted.items():
        for table in OF_PUPIL[kind]:
            if is_psy(table) is psy:
                column = table.__table__.c["id" if table is PupilRow else "pupil_id"]
                found[table] = frozenset(in_parts(session, table.__table__.c.id, column, pupils))
    for child in CHILDREN:
        parents = frozenset[str]().union(*(found.get(parent, frozenset()) for parent in child.parents))
        if parents:
            columns = child.table.__table__.c
            found[child.table] = frozenset(in_parts(session, columns.id, columns[child.column], parents))
    return {table: ids for table, ids in found.items() if ids}


def gone(session: Session, *, psy: bool) -> Gone:
    """The records of pupils that erasures have emptied: of a row that stays blank nothing but what tells it so."""
    journal: Operation = PsyOperationRow if psy else OperationRow
    names = {table.__tablename__ for tables in OF_PUPIL.values() for table in tables}
    names |= {child.table.__tablename__ for child in CHILDREN}
    emptied = select(journal.record).where(journal.erased.is_not(None), journal.table_name.in_(names))
    query = select(journal.table_name, journal.record, journal.erased, journal.batch).where(journal.record.in_(emptied))
    found: dict[tuple[str, str], str] = {}
    anew: set[tuple[str, str]] = set()
    acts = _acts(session)
    for table, record, erasure, batch in session.execute(query):
        if erasure is not None:
            found[table, record] = erasure
        elif batch in acts and table not in _BLANK:
            anew.add((table, record))
    return {place: erasure for place, erasure in found.items() if place not in anew}


def _acts(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(ErasureRow.id)))


def texts(session: Session, pattern: Finder, surnames: Collection[str], *, psy: bool) -> Iterator[Text]:
    """Free texts that match; ``surnames`` narrow the search beforehand."""
    for name, columns in SEARCHED.items():
        table = erasure_plan.tables()[name]
        if is_psy(table) is not psy:
            continue
        for column in sorted(columns):
            where = table.__table__.c[column]
            for record, words in session.execute(select(table.id, where).where(_like(where, surnames))):
                if pattern.search(words):
                    yield Text(table, record, column, words)


def naming(session: Session, journal: Operation, pattern: Finder, surnames: Collection[str]) -> Sequence[int]:
    """The numbers of operations on such texts whose fields match."""
    query = select(journal.seq, journal.fields).where(
        journal.table_name.in_(SEARCHED), journal.erased.is_(None), _like(journal.__table__.c.fields, surnames)
    )
    return [number for number, fields in session.execute(query) if pattern.search(fields)]


def _like(column: ColumnElement[str], surnames: Collection[str]) -> ColumnElement[bool]:
    """Any of the surnames, whatever their first letter's case and their ending."""
    stems = {one[1:-1].translate(_LETTERS_OF_EITHER) for one in surnames}
    least = sorted(one for one in stems if not any(other in one for other in stems if other != one))
    return or_(*(column.like(f"%_{one}%") for one in least))


def _operations(
    session: Session,
    journal: Operation,
    wanted: Wanted,
    rows: Mapping[Table, frozenset[str]],
    already: Collection[tuple[str, str]],
    renewed: Renewed,
) -> tuple[list[int], set[str]]:
    """Operations on records that speak, or spoke, of somebody wanted; and the files that those were about."""
    pupils = {table.__tablename__: ids for kind, ids in wanted.items() for table in OF_PUPIL[kind]}
    children = {child.table.__tablename__: child for child in CHILDREN}
    now = {table.__tablename__: ids for table, ids in rows.items()}
    ever, seen = _Ever(), list[tuple[int, str, str, str]]()
    for table, record in already:
        ever.add(table, record, _LAST)
    query = select(journal.seq, journal.table_name, journal.record, journal.fields).where(
        journal.table_name.in_({*pupils, *children}),
        journal.erased.is_(None),
        or_(journal.table_name.not_in(_BLANK), journal.batch.not_in(_acts(session))),
    )
    for number, table, record, fields in session.execute(query.order_by(journal.seq)):
        seen.append((number, table, record, fields if '"sha256"' in fields else ""))
        if table == PupilRow.__tablename__:
            mentioned = record in pupils[table]
        elif table in pupils:
            mentioned = not pupils[table].isdisjoint(_ID.findall(fields))
        else:
            of = (ever.records.get(parent.__tablename__, set()) for parent in children[table].parents)
            mentioned = not set[str]().union(*of).isdisjoint(_ID.findall(fields))
        if mentioned:
            ever.add(table, record, number)
    others = _others(session, ever, now)

    def is_about(number: int, table: str, record: str) -> bool:
        spoke = record in ever.records.get(table, ())
        still = (table, record) not in others or number <= ever.until.get((table, record), 0)
        return record in now.get(table, ()) or (spoke and still)

    about = [one for one in seen if one[0] not in renewed.operations and is_about(*one[:3])]
    return [number for number, *_ in about], {digest for *_, fields in about for digest in _DIGEST.findall(fields)}


def _others(session: Session, ever: _Ever, now: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Records that stand and speak of somebody else by now."""
    found: set[tuple[str, str]] = set()
    for name, records in ever.records.items():
        table = erasure_plan.tables()[name]
        there = in_parts(session, table.__table__.c.id, table.__table__.c.id, records - now.get(name, frozenset()))
        found |= {(name, record) for record in there}
    return found


def _digests_of_others(
    session: Session, journal: Operation, rows: Mapping[Table, frozenset[str]], numbers: Sequence[int]
) -> frozenset[str]:
    """Files that stand, or may stand again, for somebody else."""
    psy, going = journal is PsyOperationRow, set(numbers)
    kept: set[str | None] = set()
    for table in FILES:
        if is_psy(table) is psy:
            columns = table.__table__.c
            pairs = session.execute(select(columns.id, columns.sha256))
            kept |= {digest for record, digest in pairs if record not in rows.get(table, ())}
    query = select(journal.seq, journal.fields).where(
        journal.table_name.in_([table.__tablename__ for table in FILES]), journal.fields.like('%"sha256"%')
    )
    for number, fields in session.execute(query):
        if number not in going:
            kept |= set(_DIGEST.findall(fields))
    if not psy:
        blanks = select(CertificateRow.snapshot).where(CertificateRow.snapshot.like('%"blank":"_%"%'))
        for snapshot in session.scalars(blanks):
            kept |= set(_DIGEST.findall(snapshot))
    return frozenset(one for one in kept if one)


def in_parts(
    session: Session, what: ColumnElement[str], where: ColumnElement[str], values: Iterable[str]
) -> Iterator[str]:
    """One column of the rows in which another has one of many values."""
    ordered = sorted(values)
    for start in range(0, len(ordered), _AT_ONCE):
        yield from session.scalars(select(what).where(where.in_(ordered[start : start + _AT_ONCE])))


def pairs(
    session: Session, what: ColumnElement[str], also: ColumnElement[str], values: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """One column that has one of many values, with another one beside it."""
    ordered = sorted(values)
    for start in range(0, len(ordered), _AT_ONCE):
        query = select(what, also).where(what.in_(ordered[start : start + _AT_ONCE]))
        yield from ((one, words) for one, words in session.execute(query))
