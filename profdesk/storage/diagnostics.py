"""Instruments in use, sessions, sheets and answers, all in the psychologists' schema."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session as Database

from profdesk.domain.access import Actor
from profdesk.domain.diagnostics import Attendance, Session, Sheet, SheetMode
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import NotFoundError
from profdesk.storage import merging
from profdesk.storage.consents import hidden
from profdesk.storage.models import DiagnosedRow, PupilRow, new_id
from profdesk.storage.psy_models import AnswerRow, InstrumentFileRow, SessionRow, SheetRow, WordingRow

_AT_ONCE = 500
_NO_SHEET = "Такого бланка больше нет. Обновите страницу."
_FIRST, _SECOND = 1, 2


class DiagnosticStore:
    """Each reading verb is one query or two, however many sheets there are."""

    def __init__(self, session: Database, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    # -- instruments -----------------------------------------------------------------------------

    def keep_instrument(self, code: str, version: int, digest: str, source: str, now: datetime, *, own: bool) -> None:
        """Keep an instrument's file as it is used, once; one's own, taken again, is the newest again."""
        query = select(InstrumentFileRow).where(InstrumentFileRow.digest == digest)
        row = self._session.scalars(query).one_or_none()
        if row is None:
            kept = {"code": code, "version": version, "digest": digest, "source": source}
            self._session.add(InstrumentFileRow(**kept, own=own, taken_at=now.isoformat()))
        elif own:
            row.own, row.taken_at = True, now.isoformat()

    def instrument_source(self, digest: str) -> str:
        """The text of an instrument's file; NotFoundError if it was never used here."""
        found = self._session.scalar(select(InstrumentFileRow.source).where(InstrumentFileRow.digest == digest))
        if found is None:
            raise NotFoundError("Файла этой методики в рабочей папке нет. Восстановите папку из копии.")
        return found

    def own_instruments(self) -> Sequence[str]:
        """The files that the school loaded, of each code the newest."""
        query = select(InstrumentFileRow).where(InstrumentFileRow.own).order_by(InstrumentFileRow.taken_at)
        return list({row.code: row.source for row in self._session.scalars(query)}.values())

    def keep_wording(self, code: str, words: str, now: datetime) -> None:
        """Keep the questions of an instrument (JSON); the former ones stay for the sessions held with them."""
        if self.wording(code) != words:
            self._session.add(WordingRow(code=code, words=words, taken_at=now.isoformat()))

    def wording(self, code: str, until: datetime | None = None) -> str | None:
        """The newest questions of an instrument (JSON), or those in use at a moment; None where none were loaded.

        Before the first ones were loaded there was the same paper: they stand for that time too.
        """
        query = select(WordingRow).where(WordingRow.code == code).order_by(WordingRow.taken_at)
        kept = list(self._session.scalars(query))
        known = [one for one in kept if until is None or one.taken_at <= until.isoformat()]
        return (known[-1] if known else kept[0]).words if kept else None

    def worded(self) -> frozenset[str]:
        """The codes of the instruments whose questions were loaded."""
        return frozenset(self._session.scalars(select(WordingRow.code)))

    # -- sessions --------------------------------------------------------------------------------

    def plan(
        self, digest: str, year: SchoolYear, held_on: date, place: str, group_title: str, now: datetime
    ) -> Session:
        """Write a new session without sheets."""
        row = SessionRow(
            id=new_id(),
            digest=digest,
            school_year=year.start,
            held_on=held_on,
            place=place,
            group_title=group_title,
            actor=self._actor.id,
            made_at=now.isoformat(),
        )
        self._session.add(row)
        self._session.flush()
        return _session(row)

    def sessions(self, year: SchoolYear) -> Sequence[Session]:
        """The sessions of a school year, the latest first."""
        query = select(SessionRow).where(SessionRow.school_year == year.start)
        return [
            _session(row) for row in self._session.scalars(query.order_by(SessionRow.held_on.desc(), SessionRow.id))
        ]

    def years(self) -> Sequence[SchoolYear]:
        """The school years that have sessions, the latest first."""
        query = select(SessionRow.school_year).distinct().order_by(SessionRow.school_year.desc())
        return [SchoolYear(start) for start in self._session.scalars(query)]

    def session(self, session_id: str) -> Session:
        """Read one session; NotFoundError if there is none."""
        return _session(self._session_row(session_id))

    def describe(self, session_id: str, held_on: date, place: str) -> None:
        """Put the day and place of a session right."""
        row = self._session_row(session_id)
        row.held_on, row.place = held_on, place

    def close(self, session_id: str, now: datetime | None) -> None:
        """Note that a session is finished, or (None) open again."""
        self._session_row(session_id).closed_at = now.isoformat() if now else None

    def note_held(self, pupils: Iterable[str], year: SchoolYear, day: date) -> None:
        """Tell ``desk`` that a session took place with these pupils on a day; told once each."""
        query = select(DiagnosedRow.pupil_id).where(DiagnosedRow.held_on == day)
        told = set(self._session.scalars(query))
        for pupil in sorted(set(pupils) - told):
            self._session.add(DiagnosedRow(pupil_id=pupil, school_year=year.start, held_on=day))

    # -- sheets ----------------------------------------------------------------------------------

    def add_sheets(self, session_id: str, pupils: Sequence[str]) -> None:
        """Give each pupil a sheet, numbered on from those there are; who has one keeps it."""
        there = {row.pupil_id: row.number for row in self._sheet_rows(SheetRow.session_id == session_id)}
        number = max(there.values(), default=0)
        for pupil in pupils:
            if pupil not in there:
                number += 1
                self._session.add(SheetRow(session_id=session_id, pupil_id=pupil, number=number))
        self._session.flush()

    def sheets(self, session_id: str) -> Sequence[Sheet]:
        """The sheets of a session with their answers, by number."""
        return self._sheets(self._sheet_rows(SheetRow.session_id == session_id))

    def sheets_of(self, sessions: Collection[str]) -> Mapping[str, Sequence[Sheet]]:
        """The sheets of several sessions with their answers, by session and number."""
        found: dict[str, list[Sheet]] = {session: [] for session in sessions}
        for sheet in self._sheets(self._sheet_rows(SheetRow.session_id.in_(sessions))):
            found[sheet.session].append(sheet)
        return found

    def sheet(self, sheet_id: str) -> Sheet:
        """Read one sheet with its answers."""
        return self._sheets([self._sheet_row(sheet_id)])[0]

    def days_of(self, sheets: Collection[str]) -> Sequence[tuple[str, date]]:
        """Of each sheet the pupil and the day of its session."""
        query = select(SheetRow.pupil_id, SessionRow.held_on).join(SessionRow, SessionRow.id == SheetRow.session_id)
        found = list(self._session.execute(query.where(SheetRow.id.in_(sheets))))
        if len(found) < len(sheets):
            raise NotFoundError(_NO_SHEET)
        return [(pupil, day) for pupil, day in found]

    def sheets_of_pupils(self, pupils: Collection[str]) -> Sequence[tuple[Session, Sheet]]:
        """Every sheet of some pupils (one child may have several ids) with its session, the latest first."""
        rows = self._sheet_rows(SheetRow.pupil_id.in_(pupils))
        query = select(SessionRow).where(SessionRow.id.in_({row.session_id for row in rows}))
        sessions = {row.id: _session(row) for row in self._session.scalars(query)}
        found = [(sessions[sheet.session], sheet) for sheet in self._sheets(rows)]
        return sorted(found, key=lambda pair: (pair[0].held_on, pair[0].id), reverse=True)

    def standing(self, pupils: Collection[str]) -> Mapping[str, str]:
        """The pupils by the ids that sheets know: themselves, or whom they were merged into since."""
        return merging.standing(self._session, pupils)

    def ids_of(self, pupil: str) -> Collection[str]:
        """Every id under which sheets may know a pupil: the own one, and those merged into it."""
        return {pupil, *self._session.scalars(select(PupilRow.id).where(PupilRow.merged_into == pupil))}

    def mark_attendance(self, sheet_id: str, attendance: Attendance | None) -> None:
        """Note that a pupil was absent or refused, or (None) is there after all; answers are kept."""
        self._sheet_row(sheet_id).attendance = attendance.value if attendance else None

    def mark_doubtful(self, sheet_id: str, reason: str) -> None:
        """Take a sheet out of its group's figures for a reason; an empty one puts it back."""
        self._sheet_row(sheet_id).doubtful = reason.strip() or None

    def put_answers(
        self, given: Mapping[str, Mapping[int, str | None]], mode: SheetMode, now: datetime, *, second: bool = False
    ) -> None:
        """Write answers by sheet (None clears one), of the first or the checking entry."""
        entry = _SECOND if second else _FIRST
        items = {item for answers in given.values() for item in answers}
        query = select(AnswerRow).where(AnswerRow.sheet_id.in_(given), AnswerRow.entry == entry)
        there = {(row.sheet_id, row.item): row for row in self._session.scalars(query.where(AnswerRow.item.in_(items)))}
        for sheet in self._rows_of(given):
            if not second and sheet.mode != mode.value:
                sheet.mode = mode.value
            for item, words in given[sheet.id].items():
                row = there.get((sheet.id, item))
                if row is None:
                    if words is not None:
                        kept = {"sheet_id": sheet.id, "entry": entry, "item": item, "words": words}
                        self._session.add(AnswerRow(**kept, recorded_at=now.isoformat()))
                elif row.words != words:
                    row.words, row.recorded_at = words, now.isoformat()

    # -- inside ----------------------------------------------------------------------------------

    def _sheets(self, rows: Sequence[SheetRow]) -> Sequence[Sheet]:
        """What the rows say; of a pupil who is ``hidden`` that there is a sheet, and nothing of it."""
        found: dict[tuple[str, int], dict[int, str]] = {}
        unread = frozenset(self._session.scalars(hidden()))
        ids = [row.id for row in rows if row.pupil_id not in unread]
        for start in range(0, len(ids), _AT_ONCE):
            query = select(AnswerRow.sheet_id, AnswerRow.entry, AnswerRow.item, AnswerRow.words).where(
                AnswerRow.sheet_id.in_(ids[start : start + _AT_ONCE]), AnswerRow.words.is_not(None)
            )
            for sheet, entry, item, words in self._session.execute(query.order_by(AnswerRow.item)):
                found.setdefault((sheet, entry), {})[item] = words or ""
        return [
            Sheet(row.id, row.session_id, row.pupil_id, row.number, is_hidden=True)
            if row.pupil_id in unread
            else Sheet(
                id=row.id,
                session=row.session_id,
                pupil=row.pupil_id,
                number=row.number,
                attendance=Attendance(row.attendance) if row.attendance else None,
                doubtful=row.doubtful or "",
                mode=SheetMode(row.mode) if row.mode else None,
                answers=found.get((row.id, _FIRST), {}),
                second=found.get((row.id, _SECOND), {}),
            )
            for row in rows
        ]

    def _sheet_rows(self, condition: ColumnElement[bool]) -> Sequence[SheetRow]:
        query = select(SheetRow).where(condition).order_by(SheetRow.number)
        return self._session.scalars(query).all()

    def _sheet_row(self, sheet_id: str) -> SheetRow:
        return self._rows_of([sheet_id])[0]

    def _rows_of(self, sheets: Collection[str]) -> Sequence[SheetRow]:
        rows = self._sheet_rows(SheetRow.id.in_(sheets))
        if len(rows) < len(sheets):
            raise NotFoundError(_NO_SHEET)
        return rows

    def _session_row(self, session_id: str) -> SessionRow:
        row = self._session.get(SessionRow, session_id)
        if row is None:
            raise NotFoundError("Такого сеанса больше нет. Обновите страницу.")
        return row


def _session(row: SessionRow) -> Session:
    return Session(
        id=row.id,
        digest=row.digest,
        year=SchoolYear(row.school_year),
        held_on=row.held_on,
        place=row.place,
        group_title=row.group_title,
        actor=row.actor,
        closed_at=datetime.fromisoformat(row.closed_at) if row.closed_at else None,
    )
