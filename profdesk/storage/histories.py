"""Everything recorded of one pupil, one query a table."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from profdesk.domain.diagnostics import Released
from profdesk.domain.history import (
    Act,
    Attended,
    Certified,
    Diagnosed,
    FieldChange,
    History,
    Kept,
    Noted,
    Recorded,
    Registered,
)
from profdesk.domain.people import Group, GroupName, Leave, LeaveReason, PersonName, Pupil, Sex
from profdesk.domain.register import Register, Titles, Values, title
from profdesk.domain.registers import ALL
from profdesk.domain.registers_of_pupils import PUPIL
from profdesk.domain.route import RouteLine
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import NotFoundError
from profdesk.storage import chains
from profdesk.storage.clock import moment_of
from profdesk.storage.conclusions import released_of, standing_released
from profdesk.storage.evidence import evidence_of
from profdesk.storage.models import (
    AssessmentRow,
    BatchRow,
    CertificateRow,
    DiagnosedRow,
    EnrolmentRow,
    EvidenceRow,
    GroupRow,
    NoteRow,
    OperationRow,
    PupilRow,
    ReleasedRow,
)
from profdesk.storage.notes import note_of
from profdesk.storage.portfolio import assessment_of
from profdesk.storage.register_models import ROWS
from profdesk.storage.registers import entry_of
from profdesk.storage.route import versions_of
from profdesk.storage.route_models import RouteLineRow

Fact = TypeVar("Fact", AssessmentRow, NoteRow)
_OWN_FIELDS = frozenset({"surname", "given", "patronymic", "birth_date", "sex"})


class HistoryStore:
    """Reads what other stores have written, superseded and withdrawn facts included."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, pupil_id: str, year: SchoolYear) -> History:
        """The whole history of a pupil, with the group of a school year; NotFoundError if there is none."""
        row = self._session.get(PupilRow, pupil_id)
        if row is None or row.merged_into is not None:
            raise NotFoundError("Такого ученика больше нет. Вернитесь к списку.")
        enrolments = self._enrolments(pupil_id)
        attended = tuple(one for _, one in enrolments)
        now = next((one for one in attended if one.year == year), None)
        name = PersonName(row.surname, row.given, row.patronymic)
        sex = Sex(row.sex) if row.sex else None
        return History(
            pupil=Pupil(row.id, name, row.birth_date, sex, now.group if now else None, now.leave if now else None),
            attended=attended,
            assessments=tuple(self._assessments(pupil_id)),
            notes=tuple(self._notes(pupil_id)),
            files=tuple(self._files(pupil_id)),
            certificates=tuple(self._certificates(pupil_id)),
            acts=tuple(self._acts(pupil_id, [record for record, _ in enrolments])),
            diagnosed=tuple(self._diagnosed(pupil_id)),
            released=tuple(self._released(pupil_id)),
            routes=self._routes(pupil_id),
            registered=tuple(self._registered(pupil_id)),
        )

    def _enrolments(self, pupil_id: str) -> Sequence[tuple[str, Attended]]:
        query = (
            select(EnrolmentRow, GroupRow)
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(EnrolmentRow.pupil_id == pupil_id)
            .order_by(EnrolmentRow.school_year)
        )
        return [(row.id, _attended(row, group)) for row, group in self._session.execute(query)]

    def _assessments(self, pupil_id: str) -> Iterable[Recorded]:
        for chain in self._chains(AssessmentRow, pupil_id):
            before: int | None = None
            for row in chain:
                yield Recorded(row.competency, assessment_of(row), before, row.superseded_by is None)
                before = row.stage

    def _notes(self, pupil_id: str) -> Iterable[Noted]:
        for chain in self._chains(NoteRow, pupil_id):
            for row in chain:
                yield Noted(note_of(row), row.superseded_by is None)

    def _chains(self, kind: type[Fact], pupil_id: str) -> Iterable[Sequence[Fact]]:
        """The facts of each place, in the order they superseded each other."""
        rows = sorted(self._session.scalars(select(kind).where(kind.pupil_id == pupil_id)), key=chains.place)
        return (chains.latest_first(of_place)[::-1] for _, of_place in groupby(rows, key=chains.place))

    def _files(self, pupil_id: str) -> Iterable[Kept]:
        query = select(EvidenceRow).where(EvidenceRow.pupil_id == pupil_id).order_by(EvidenceRow.recorded_at)
        for row in self._session.scalars(query):
            yield Kept(evidence_of(row), datetime.fromisoformat(row.withdrawn_at) if row.withdrawn_at else None)

    def _certificates(self, pupil_id: str) -> Iterable[Certified]:
        columns = (CertificateRow.number, CertificateRow.school_year, CertificateRow.issued_on, CertificateRow.actor)
        query = select(*columns).where(CertificateRow.pupil_id == pupil_id).order_by(CertificateRow.issued_on)
        for number, year, day, actor in self._session.execute(query):
            yield Certified(number, SchoolYear(year), day, actor)

    def _diagnosed(self, pupil_id: str) -> Iterable[Diagnosed]:
        query = select(DiagnosedRow.school_year, DiagnosedRow.held_on).where(DiagnosedRow.pupil_id == pupil_id)
        for year, day in self._session.execute(query.distinct()):
            yield Diagnosed(SchoolYear(year), day)

    def _released(self, pupil_id: str) -> Iterable[Released]:
        return map(released_of, self._session.scalars(standing_released().where(ReleasedRow.pupil_id == pupil_id)))

    def _routes(self, pupil_id: str) -> tuple[RouteLine, ...]:
        return versions_of(self._session.scalars(select(RouteLineRow).where(RouteLineRow.pupil_id == pupil_id)))

    def _registered(self, pupil_id: str) -> Iterable[Registered]:
        """What the registers say of the pupil, with the names of the professions and colleges meant."""
        for register in (one for one in ALL.values() if one.is_of_pupils):
            table = ROWS[register.code]
            query = select(table).where(table.__table__.c[PUPIL] == pupil_id).order_by(table.id)
            rows = list(self._session.scalars(query))
            titles = self._linked(register, [entry_of(register, row).values for row in rows])
            for row in rows:
                at, gone = datetime.fromisoformat(row.recorded_at), row.withdrawn_at
                withdrawn = datetime.fromisoformat(gone) if gone else None
                yield Registered(register, entry_of(register, row).values, titles, row.actor, at, withdrawn)

    def _linked(self, register: Register, entries: Sequence[Values]) -> Titles:
        """What the entries of other registers are called that some entries link to."""
        titles: dict[str, dict[str, str]] = {}
        for field in register.fields:
            if field.register in ALL:
                other, ids = ALL[field.register], {one[field.code] for one in entries} - {None}
                rows = self._session.scalars(select(ROWS[other.code]).where(ROWS[other.code].id.in_(ids)))
                named = {row.id: title(other, entry_of(other, row).values, {}) for row in rows} if ids else {}
                titles.setdefault(other.code, {}).update(named)
        return titles

    def _acts(self, pupil_id: str, enrolments: Collection[str]) -> Iterable[Act]:
        """What the journal tells of the pupil's own row, of those merged into it, and of the enrolments."""
        merged = select(PupilRow.id).where(PupilRow.merged_into == pupil_id)
        query = (
            select(OperationRow, BatchRow)
            .outerjoin(BatchRow, BatchRow.id == OperationRow.batch)
            .where(OperationRow.record.in_([pupil_id, *enrolments]) | OperationRow.record.in_(merged))
            .order_by(OperationRow.counts_as, OperationRow.device, OperationRow.number)
        )
        rows = self._session.execute(query).all()
        taking_back = {batch.undone_by for _, batch in rows if batch is not None}
        titles = self._titles({group for operation, _ in rows for pair in _moves(operation) for group in pair})
        for batch_id, of_batch in groupby(rows, key=lambda pair: pair[0].batch):
            if batch_id not in taking_back:
                act = _act(list(of_batch), pupil_id, titles)
                if act.title or act.entered or act.changes:
                    yield act

    def _titles(self, groups: Collection[str]) -> Mapping[str, str]:
        """Titles of groups that enrolments were moved from and to."""
        if not groups:
            return {}
        query = select(GroupRow.id, GroupRow.title).where(GroupRow.id.in_(groups))
        return dict(iter(self._session.execute(query)))


def _act(rows: Sequence[Row[OperationRow, BatchRow | None]], pupil_id: str, titles: Mapping[str, str]) -> Act:
    """One batch of the journal as far as it concerns the pupil."""
    (first, batch), operations = rows[0], [operation for operation, _ in rows]
    changes: list[FieldChange] = []
    for operation in operations:
        if operation.verb == "update" and operation.record == pupil_id:
            changes += _own_changes(operation)
        elif operation.verb == "update":
            changes += [
                FieldChange("group", titles.get(before), titles.get(after)) for before, after in _moves(operation)
            ]
    return Act(
        title=batch.title if batch else "",
        entered=any(one.verb == "insert" and one.record == pupil_id for one in operations),
        changes=tuple(changes),
        actor=first.actor,
        at=moment_of(first.counts_as),
        undone_at=datetime.fromisoformat(batch.undone_at) if batch and batch.undone_at else None,
    )


def _own_changes(operation: OperationRow) -> Iterable[FieldChange]:
    for name, (before, after) in json.loads(operation.fields).items():
        if name in _OWN_FIELDS:
            yield FieldChange(name, before, after)


def _moves(operation: OperationRow) -> Iterable[tuple[str, str]]:
    """From which group to which an update of an enrolment led."""
    changed = json.loads(operation.fields).get("group_id") if operation.verb == "update" else None
    return [(changed[0], changed[1])] if changed else []


def _attended(row: EnrolmentRow, group: GroupRow) -> Attended:
    name = GroupName(group.title, group.grade, group.letter)
    leave = Leave(row.left_on, LeaveReason(row.left_reason)) if row.left_on and row.left_reason else None
    return Attended(Group(group.id, name, group.level, group.school_year), leave)
