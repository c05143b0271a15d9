"""Two pupils made one: every record of the one that goes is given to the one that stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from sqlalchemy import Column, ColumnElement, func, select
from sqlalchemy.orm import Session

from profdesk.domain import registers
from profdesk.domain.activities import Presence
from profdesk.domain.merging import PupilHistory, SchoolYearOf
from profdesk.domain.people import Leave, LeaveReason, Pupil
from profdesk.domain.register import Register, Values, key
from profdesk.domain.registers_of_pupils import PUPIL
from profdesk.domain.route import LineState
from profdesk.domain.school_year import SchoolYear
from profdesk.storage.activity_models import ParticipationRow
from profdesk.storage.models import (
    AssessmentRow,
    BusinessRow,
    CertificateRow,
    EnrolmentRow,
    EvidenceRow,
    GroupRow,
    NoteRow,
    PupilRow,
)
from profdesk.storage.register_models import ROWS, AttachmentRow, RegisterRow
from profdesk.storage.route_models import RouteLineRow


def give_all(session: Session, stays: str, goes: str, year: SchoolYear, class_of: str) -> None:
    """Give the records of ``goes`` to ``stays`` and mark who it turned out to be.

    Of two enrolments in one year the one of ``stays`` is kept, in ``year`` with the class of ``class_of``.
    """
    _give_enrolments(session, stays, goes, year, class_of)
    _give_participations(session, stays, goes)
    _join_entries(session, stays, goes)
    for table, column in _tables_of_pupils():
        if table not in (EnrolmentRow, ParticipationRow):
            for row in session.scalars(select(table).where(column == goes)):
                setattr(row, column.name, stays)
    for former in session.scalars(select(PupilRow).where((PupilRow.merged_into == goes) | (PupilRow.id == goes))):
        former.merged_into = stays


def standing(session: Session, pupils: Collection[str]) -> dict[str, str]:
    """The pupils by the ids that records know: themselves, or whom they were merged into since."""
    found = {pupil: pupil for pupil in pupils}
    while True:
        query = select(PupilRow.id, PupilRow.merged_into).where(
            PupilRow.id.in_(set(found.values())), PupilRow.merged_into.is_not(None)
        )
        moved = {pupil: into for pupil, into in session.execute(query) if into is not None}
        if not moved:
            return found
        found = {pupil: moved.get(now, now) for pupil, now in found.items()}


def history(session: Session, pupil: Pupil) -> PupilHistory:
    """What was recorded of a pupil over the years: what stands, not what was superseded."""

    def count(row: type[BusinessRow], *standing: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(row).where(*standing)) or 0

    of = pupil.id
    stage, words = AssessmentRow.stage.is_not(None), NoteRow.words.is_not(None)
    return PupilHistory(
        pupil,
        _years(session, of),
        assessments=count(AssessmentRow, AssessmentRow.pupil_id == of, AssessmentRow.superseded_by.is_(None), stage),
        notes=count(NoteRow, NoteRow.pupil_id == of, NoteRow.superseded_by.is_(None), words),
        files=count(EvidenceRow, EvidenceRow.pupil_id == of, EvidenceRow.withdrawn_at.is_(None)),
        certificates=count(CertificateRow, CertificateRow.pupil_id == of),
        route_lines=count(
            RouteLineRow,
            RouteLineRow.pupil_id == of,
            RouteLineRow.superseded_by.is_(None),
            RouteLineRow.state != LineState.REMOVED.value,
        ),
    )


def _years(session: Session, pupil: str) -> tuple[SchoolYearOf, ...]:
    query = (
        select(EnrolmentRow, GroupRow.title)
        .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
        .where(EnrolmentRow.pupil_id == pupil)
        .order_by(EnrolmentRow.school_year.desc())
    )
    found = []
    for row, title in session.execute(query):
        leave = Leave(row.left_on, LeaveReason(row.left_reason)) if row.left_on and row.left_reason else None
        found.append(SchoolYearOf(SchoolYear(row.school_year), title, leave))
    return tuple(found)


def _give_enrolments(session: Session, stays: str, goes: str, year: SchoolYear, class_of: str) -> None:
    def enrolments(pupil: str) -> dict[int, EnrolmentRow]:
        query = select(EnrolmentRow).where(EnrolmentRow.pupil_id == pupil)
        return {row.school_year: row for row in session.scalars(query)}

    kept = enrolments(stays)
    for start, row in enrolments(goes).items():
        mine = kept.get(start)
        if mine is None:
            row.pupil_id = stays
            continue
        if start == year.start and class_of == goes:
            mine.group_id, mine.left_on, mine.left_reason = row.group_id, row.left_on, row.left_reason
        session.delete(row)


def _give_participations(session: Session, stays: str, goes: str) -> None:
    """Of two at one activity one is kept: present if either was, with what only the other one says."""

    def of(pupil: str) -> dict[str, ParticipationRow]:
        query = select(ParticipationRow).where(ParticipationRow.pupil_id == pupil)
        return {row.activity_id: row for row in session.scalars(query)}

    kept = of(stays)
    for activity, row in of(goes).items():
        mine = kept.get(activity)
        if mine is None:
            row.pupil_id = stays
            continue
        if Presence.PRESENT.value in (row.presence, mine.presence):
            mine.presence = Presence.PRESENT.value
        for name in ("hours", "result", "mark", "feedback", "product"):
            setattr(mine, name, getattr(mine, name) or getattr(row, name))
        session.delete(row)


def _join_entries(session: Session, stays: str, goes: str) -> None:
    """Of two entries of a register that would be one and the same one is kept, with what only the other one says."""
    for register in registers.ALL.values():
        if not register.is_of_pupils:
            continue
        of = partial(_entries, session, register)
        kept = {key(register, {**values, PUPIL: goes}): row for row, values in of(stays)}
        for row, values in of(goes):
            mine = kept.get(key(register, values))
            if mine is None:
                continue
            for field in register.fields:
                setattr(mine, field.code, getattr(mine, field.code) or values[field.code])
            files = (AttachmentRow.register == register.code, AttachmentRow.entry == row.id)
            for file in session.scalars(select(AttachmentRow).where(*files)):
                file.entry = mine.id
            session.delete(row)


def _entries(session: Session, register: Register, pupil: str) -> Sequence[tuple[RegisterRow, Values]]:
    """The standing entries that speak of a pupil."""
    table = ROWS[register.code]
    query = select(table).where(table.__table__.c[PUPIL] == pupil, table.withdrawn_at.is_(None))
    return [(row, {one.code: getattr(row, one.code) for one in register.fields}) for row in session.scalars(query)]


def _tables_of_pupils() -> Sequence[tuple[type[BusinessRow], Column[str]]]:
    """Every table that speaks of a pupil, with the column that says of whom."""
    tables = (mapper.class_ for mapper in BusinessRow.registry.mappers)
    return [
        (table, column)
        for table in tables
        for column in table.__table__.columns
        if any(key.column.table is PupilRow.__table__ for key in column.foreign_keys)
    ]
