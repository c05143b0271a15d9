"""Erasure: rows, what the journal holds about them, and names in others' texts go for good.

This alone writes business tables around the flush listener, for what goes must not come into the journal.
The erasure itself is journaled like every change. What lies in ``psy`` goes in a transaction of its own, since
two databases are not committed as one: it is told as waiting until then.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.erasure import (
    GONE,
    Done,
    ErasureKind,
    JournalPlace,
    Mention,
    Target,
    name_pattern,
    surname_pattern,
)
from profdesk.domain.exchange_state import Place, Row
from profdesk.domain.people import PersonName, Sex
from profdesk.domain.retention import IN_PSY, RecordKind
from profdesk.storage import erasure_plan, erasure_renewed, erasure_traces, erasure_waiting, journal, told_anew
from profdesk.storage import series as own_series
from profdesk.storage.activity_models import ParticipationRow
from profdesk.storage.clock import moment_of
from profdesk.storage.computers import ComputerStore
from profdesk.storage.erasure_plan import ANONYMOUS, FILES, OF_PUPIL, Table, is_psy
from profdesk.storage.erasure_traces import Traces, Wanted, in_parts
from profdesk.storage.exchange_models import ErasureTallyRow
from profdesk.storage.exchange_rows import Rows
from profdesk.storage.models import Base, EvidenceRow, OperationRow, PsyOperationRow, PupilRow, new_id, table_of
from profdesk.storage.people_models import ErasedPupilRow, ErasureRow

_NO_TRACES = Traces({}, (), frozenset())


@dataclass(frozen=True)
class Found:
    """What an erasure takes: counts by kind, files, operations, and how many other records name somebody."""

    records: Mapping[RecordKind, int]
    files: frozenset[str]
    operations: int
    masked: int
    mentions: Sequence[Mention] = ()


@dataclass(frozen=True)
class Person:
    """Of whom an act speaks; ``merged_into`` is whom the pupil turned out to be."""

    id: str
    merged_into: str | None
    name: PersonName
    birth_date: date
    sex: Sex | None


@dataclass(frozen=True)
class Carried:
    """What an erasure took from one of the databases; ``places`` are the records of which operations were emptied."""

    found: Found
    places: frozenset[Place]
    lost: Mapping[Place, Row]


class ErasureStore:
    """``psy`` tells whether this user can read and write what lies under the psychologists' key."""

    def __init__(self, session: Session, actor: Actor, *, psy: bool) -> None:
        self._session = session
        self._actor = actor
        self.psy = psy

    def people(self, pupils: Collection[str]) -> Sequence[Person]:
        """Pupils, and after each those who turned out to be them."""
        rows = sorted(self._people(pupils), key=lambda row: (row.merged_into or row.id, row.merged_into is not None))
        return [
            Person(
                row.id,
                row.merged_into,
                PersonName(row.surname, row.given, row.patronymic),
                row.birth_date,
                Sex(row.sex) if row.sex else None,
            )
            for row in rows
        ]

    def look(self, targets: Sequence[Target], forms: Collection[PersonName]) -> Found:
        """What ``erase`` and ``erase_psy`` would take; nothing is written."""
        wanted = self._wanted(targets)
        desk = erasure_traces.find(self._session, wanted, psy=False)
        psy = erasure_traces.find(self._session, wanted, psy=True) if self.psy else _NO_TRACES
        theirs = self.only_theirs(forms, targets)
        naming, texts = self._naming(theirs, psy=False)
        operations = len(set(desk.operations) | set(naming)) + len(psy.operations)
        own = {ids for table in desk.rows.values() for ids in table}
        masked = len({(one.table, one.record) for one in texts if one.record not in own})
        mentions = self._mentions(forms, theirs, own) if forms else ()
        return Found(self._counts(desk, psy), desk.files | psy.files, operations, masked, mentions)

    def erase(
        self, targets: Sequence[Target], kind: ErasureKind, basis: str, forms: Collection[PersonName], now: datetime
    ) -> tuple[str, Found]:
        """Destroy what lies in ``desk``; gives the id of the erasure. ``forms`` are blotted out elsewhere."""
        erasure = new_id()
        families = {target.pupil: self.family([target.pupil]) for target in targets}
        found = self.carry(erasure, self._actor.id, targets, self.only_theirs(forms, targets), psy=False).found
        self._note(erasure, kind, basis, found, now)
        for target in targets:
            for pupil in sorted(families[target.pupil]):
                self._remember(erasure, pupil, target.kinds, None if target.kinds & IN_PSY else now)
        if not self.psy:  # what waits here waits on, whatever psychologists of other computers say of theirs
            self.tally(erasure, found.operations, psy=False)
        self._session.flush()
        return erasure, replace(found, files=found.files | erasure_waiting.files(self._session, "main"))

    def waiting(self) -> Mapping[str, Sequence[Target]]:
        """What still lies in ``psy`` on this computer of those erased, by the erasure."""
        found: dict[str, list[Target]] = {}
        tallies = self._tallies()
        for row in self._session.scalars(select(ErasedPupilRow).order_by(ErasedPupilRow.id)):
            tally = tallies.get(row.erasure_id)
            if tally.psy_operations is not None if tally else row.psy_erased_at is not None:
                continue
            kinds = frozenset(RecordKind(one) for one in row.kinds.split(","))
            found.setdefault(row.erasure_id, []).append(Target(row.pupil_id, kinds))
        return found

    def erase_psy(self, erasure: str, targets: Sequence[Target], forms: Collection[PersonName]) -> Found:
        """Destroy what lies in ``psy``, and nothing else: ``mark`` is for a transaction after this one."""
        found = self.carry(erasure, self.author(erasure), targets, forms, psy=True).found
        return replace(found, files=found.files | erasure_waiting.files(self._session, "psy"))

    def carry(
        self,
        erasure: str,
        author: str,
        targets: Sequence[Target],
        forms: Collection[PersonName],
        *,
        psy: bool,
        already: Collection[Place] = (),
    ) -> Carried:
        """Destroy what lies in one of the databases, and tell anew in the author's name what stays blotted or blank."""
        kind: journal.Operation = PsyOperationRow if psy else OperationRow
        in_part = self._wanted([one for one in targets if not one.whole])
        renewed = erasure_renewed.find(self._session, kind, erasure, in_part)
        traces = erasure_traces.find(self._session, self._wanted(targets), psy=psy, already=already, renewed=renewed)
        standing = ((table.__tablename__, record) for table, ids in traces.rows.items() for record in ids)
        lost = Rows(self._session, "psy" if psy else "main").read(standing)
        self._drop(traces)
        numbers, masked = self._blot_out(traces, forms, psy=psy)
        places = told_anew.places(self._session, kind, numbers)
        journal.empty(self._session, kind, numbers, erasure)
        told_anew.tell(self._session, "psy" if psy else "main", places, (author, erasure))
        counts = self._counts(_NO_TRACES, traces) if psy else self._counts(traces, _NO_TRACES)
        return Carried(Found(counts, traces.files, len(numbers), masked), places, lost)

    def tell_anew(self) -> None:
        """Tell anew what stays of records that erasures emptied before there was another computer to tell it."""
        told_anew.after_erasures(self._session, psy=self.psy)

    def author(self, erasure: str) -> str:
        """In whose name an erasure is carried out, wherever that is."""
        return self._session.get_one(ErasureRow, erasure).actor

    def mark(self, erasure: str, found: Found, now: datetime) -> None:
        """Note that nothing of an erasure waits in ``psy`` any more."""
        query = select(ErasedPupilRow).where(ErasedPupilRow.erasure_id == erasure).order_by(ErasedPupilRow.id)
        rows = self._session.scalars(query).all()
        emptied = select(func.count()).select_from(PsyOperationRow).where(PsyOperationRow.erased == erasure)
        tally = self._tallies().get(erasure)
        if tally is not None:
            tally.psy_operations = self._session.scalar(emptied) or 0
        if all(row.psy_erased_at is not None for row in rows):
            self._session.flush()
            return
        for row in rows:
            row.psy_erased_at = now.isoformat()
        rows[0].psy_operations = self._session.scalar(emptied) or 0
        act = self._session.get_one(ErasureRow, erasure)
        counts = {RecordKind(kind): count for kind, count in json.loads(act.counts).items()}
        act.counts = _json(
            {kind: counts.get(kind, 0) + found.records.get(kind, 0) for kind in {*counts, *found.records}}
        )
        self._session.flush()

    def _tallies(self) -> Mapping[str, ErasureTallyRow]:
        """What this computer has counted of erasures that came from others."""
        own = ComputerStore(self._session, psy=False).own_id
        rows = self._session.scalars(select(ErasureTallyRow).where(ErasureTallyRow.device == own))
        return {row.erasure_id: row for row in rows}

    def tally(self, erasure: str, told: int, *, psy: bool) -> None:
        """Count operations that an erasure emptied on this computer; of ``psy`` only that they are to be counted."""
        row = self._tallies().get(erasure)
        if row is None:
            own = ComputerStore(self._session, psy=False).own_id
            row = ErasureTallyRow(erasure_id=erasure, device=own, operations=told, psy_operations=None)
            self._session.add(row)
        if psy:
            row.psy_operations = None
        else:
            row.operations = told
        self._session.flush()

    def all(self) -> Sequence[Done]:
        """Every act of erasure, the latest first."""
        pupils: dict[str, list[ErasedPupilRow]] = {}
        for row in self._session.scalars(select(ErasedPupilRow)):
            pupils.setdefault(row.erasure_id, []).append(row)
        query = select(ErasureRow).order_by(ErasureRow.recorded_at.desc())
        return [_done(row, pupils.get(row.id, [])) for row in self._session.scalars(query)]

    def place(self, erasure: str) -> JournalPlace:
        """Where in the journal an erasure stands."""
        row = self._session.scalars(
            select(OperationRow).where(OperationRow.record == erasure, OperationRow.table_name == "erasure").limit(1)
        ).one()
        return JournalPlace(row.seq, moment_of(row.clock), row.hash)

    def decided(self) -> Mapping[str, tuple[str, str]]:
        """The erasure and who decided it, by the id of the line that says what was destroyed."""
        query = select(ErasedPupilRow.id, ErasureRow.id, ErasureRow.actor).join(ErasureRow)
        return {line: (act, actor) for line, act, actor in self._session.execute(query)}

    def erased(self) -> Mapping[str, Target]:
        """What of whom was destroyed, by the id of the line that says so."""
        return {
            row.id: Target(row.pupil_id, frozenset(RecordKind(one) for one in row.kinds.split(",")))
            for row in self._session.scalars(select(ErasedPupilRow).order_by(ErasedPupilRow.id))
        }

    def kept_files(self, files: Collection[str], *, psy: bool) -> frozenset[str]:
        """Those of some files, by their SHA-256, that a record of that database still names."""
        columns = [table.__table__.c.sha256 for table in FILES if is_psy(table) is psy]
        return frozenset(one for column in columns for one in in_parts(self._session, column, column, files))

    def there(self, pupils: Collection[str]) -> frozenset[str]:
        """Those of some pupils that have a record."""
        column = PupilRow.__table__.c.id
        return frozenset(in_parts(self._session, column, column, pupils))

    def _people(self, pupils: Collection[str]) -> Sequence[PupilRow]:
        wanted = sorted(pupils)
        query = select(PupilRow).where(PupilRow.id.in_(wanted) | PupilRow.merged_into.in_(wanted))
        return self._session.scalars(query.order_by(PupilRow.folded)).all()

    def family(self, pupils: Collection[str]) -> frozenset[str]:
        """Pupils with all who turned out to be them; whoever is gone by now counts too."""
        return frozenset(pupils) | {row.id for row in self._people(pupils)}

    def _wanted(self, targets: Sequence[Target]) -> Wanted:
        wanted: dict[RecordKind, set[str]] = {}
        for target in targets:
            family = self.family([target.pupil])
            for kind in target.kinds:
                wanted.setdefault(kind, set()).update(family)
        return {kind: frozenset(pupils) for kind, pupils in wanted.items()}

    def only_theirs(self, forms: Collection[PersonName], targets: Sequence[Target]) -> Collection[PersonName]:
        """The names that nobody else bears: of two of one name the other one's texts stay."""
        going = self.family([target.pupil for target in targets])
        columns = (PupilRow.id, PupilRow.surname, PupilRow.given)
        others = {
            (surname, given) for pupil, surname, given in self._session.execute(select(*columns)) if pupil not in going
        }
        return tuple(one for one in forms if (one.surname, one.given) not in others)

    def _drop(self, traces: Traces) -> None:
        tables = {table.__table__: table for table in traces.rows}
        if EvidenceRow in traces.rows:
            self._unlink(traces.rows[EvidenceRow])
        for plain in reversed(Base.metadata.sorted_tables):
            table = tables.get(plain)
            if table is not None:
                self._drop_rows(table, traces.rows[table])

    def _drop_rows(self, table: Table, ids: Iterable[str]) -> None:
        plain = table_of(table)
        which = plain.c.id == bindparam("record")
        blank = ANONYMOUS.get(table)
        statement = plain.delete().where(which) if blank is None else plain.update().where(which).values(**blank)
        self._session.connection().execute(statement, [{"record": one} for one in sorted(ids)])

    def _unlink(self, evidence: Iterable[str]) -> None:
        """Let go of works that were kept as evidence where the participation itself stays."""
        plain = table_of(ParticipationRow)
        statement = plain.update().where(plain.c.product == bindparam("gone")).values(product=None)
        self._session.connection().execute(statement, [{"gone": one} for one in sorted(evidence)])

    def _naming(
        self, forms: Collection[PersonName], *, psy: bool
    ) -> tuple[Sequence[int], Sequence[erasure_traces.Text]]:
        if not forms:
            return (), ()
        pattern, surnames = name_pattern(forms), {one.surname for one in forms}
        operations = PsyOperationRow if psy else OperationRow
        numbers = erasure_traces.naming(self._session, operations, pattern, surnames)
        return numbers, tuple(erasure_traces.texts(self._session, pattern, surnames, psy=psy))

    def _blot_out(self, traces: Traces, forms: Collection[PersonName], *, psy: bool) -> tuple[Sequence[int], int]:
        """Blot names out in what stays; gives all operations to be emptied, and in how many records a name stood."""
        numbers, texts = self._naming(forms, psy=psy)
        if texts:
            pattern = name_pattern(forms)
            for one in texts:
                plain = table_of(one.table)
                words = pattern.sub(f"[{GONE}]", one.words)
                statement = plain.update().where(plain.c.id == one.record).values({one.column: words})
                self._session.connection().execute(statement)
        return sorted({*traces.operations, *numbers}), len({(one.table, one.record) for one in texts})

    def _mentions(
        self, forms: Collection[PersonName], theirs: Collection[PersonName], own: Collection[str]
    ) -> Sequence[Mention]:
        """Where a surname stands and is not blotted out: alone, or with the given name of two who bear it."""
        full, alone = name_pattern(theirs), surname_pattern(forms)
        surnames = {one.surname[:-1] for one in forms if len(one.surname) > 1}
        return [
            Mention(erasure_plan.code(one.table), one.words)
            for psy in ((False, True) if self.psy else (False,))
            for one in erasure_traces.texts(self._session, alone, surnames, psy=psy)
            if one.record not in own and alone.search(full.sub("", one.words))
        ]

    def _counts(self, desk: Traces, psy: Traces) -> Mapping[RecordKind, int]:
        rows = {**desk.rows, **psy.rows}
        counts: dict[RecordKind, int] = {}
        for kind, tables in OF_PUPIL.items():
            own = [table for table in tables if table in rows]
            if own:
                counts[kind] = sum(len(rows[table]) for table in own)
        return counts

    def _note(self, erasure: str, kind: ErasureKind, basis: str, found: Found, now: datetime) -> None:
        day = now.astimezone().date()
        row = ErasureRow(
            id=erasure,
            number=self._number(day.year),
            made_on=day,
            kind=kind.value,
            basis=basis,
            counts=_json(found.records),
            operations=found.operations,
            actor=self._actor.id,
            recorded_at=now.isoformat(),
        )
        self._session.add(row)
        self._session.flush()

    def _number(self, year: int) -> str:
        """The next one of the year; those of another computer than the first end in its series."""
        series, start = own_series.own(self._session), f"{year}/"
        end = f"-{series}" if series else ""
        numbers = self._session.scalars(select(ErasureRow.number).where(ErasureRow.number.startswith(start)))
        ours = [one for one in numbers if one.endswith(end) and (end or "-" not in one)]
        return own_series.numbered(f"{start}{len(ours) + 1}", series)

    def _remember(self, erasure: str, pupil: str, kinds: frozenset[RecordKind], psy_at: datetime | None) -> None:
        row = ErasedPupilRow(
            pupil_id=pupil,
            erasure_id=erasure,
            kinds=",".join(sorted(kinds)),
            psy_erased_at=psy_at.isoformat() if psy_at else None,
            psy_operations=0,
        )
        self._session.add(row)


def _done(row: ErasureRow, pupils: Sequence[ErasedPupilRow]) -> Done:
    return Done(
        id=row.id,
        number=row.number,
        made_on=row.made_on,
        kind=ErasureKind(row.kind),
        basis=row.basis,
        records={RecordKind(kind): count for kind, count in json.loads(row.counts).items()},
        pupils=len(pupils),
        operations=row.operations + sum(one.psy_operations for one in pupils),
        actor=row.actor,
        recorded_at=datetime.fromisoformat(row.recorded_at),
        psy_waits=any(one.psy_erased_at is None for one in pupils),
    )


def _json(counts: Mapping[RecordKind, int]) -> str:
    return json.dumps({kind.value: count for kind, count in sorted(counts.items())})
