"""Notes at cells: appended facts, of which the latest of a cell, term and strand is current."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.notes import Note
from profdesk.domain.portfolio import Cell
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.storage import chains
from profdesk.storage.enrolments import attending
from profdesk.storage.models import EnrolmentRow, NoteRow, new_id


class NoteStore:
    """Reads the notes that stand; an empty note takes the former one away and is a fact too."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def of_group(self, group_id: str, period: Period, strand: str) -> dict[Cell, str]:
        """The words that stand at the cells of a group in a term."""
        query = (
            select(NoteRow.pupil_id, NoteRow.competency, NoteRow.words)
            .join(EnrolmentRow, EnrolmentRow.pupil_id == NoteRow.pupil_id)
            .where(
                EnrolmentRow.group_id == group_id,
                attending(),
                NoteRow.school_year == period.year.start,
                NoteRow.term == period.term.value,
                NoteRow.strand == strand,
                NoteRow.superseded_by.is_(None),
                NoteRow.words.is_not(None),
            )
        )
        return {Cell(pupil, code): words for pupil, code, words in self._session.execute(query) if words}

    def of_pupil(self, pupil_id: str) -> Sequence[Note]:
        """Every note on a pupil that stands, the latest first."""
        query = (
            select(NoteRow)
            .where(NoteRow.pupil_id == pupil_id, NoteRow.superseded_by.is_(None), NoteRow.words.is_not(None))
            .order_by(NoteRow.recorded_at.desc())
        )
        return [note_of(row) for row in self._session.scalars(query)]

    def of_cell(self, cell: Cell, period: Period, strand: str) -> Note | None:
        """The note that stands at a cell."""
        row = self._standing(cell, period, strand)
        return None if row is None or row.words is None else note_of(row)

    def write(self, cell: Cell, period: Period, strand: str, words: str, now: datetime) -> bool:
        """Append a note (empty words take it away); False if nothing changes."""
        former = self._standing(cell, period, strand)
        if (former.words or "" if former else "") == words.strip():
            return False
        row = NoteRow(
            id=new_id(),
            pupil_id=cell.pupil,
            competency=cell.competency,
            strand=strand,
            school_year=period.year.start,
            term=period.term.value,
            words=words.strip() or None,
            actor=self._actor.id,
            recorded_at=now.isoformat(),
        )
        self._session.add(row)
        if former is not None:
            former.superseded_by = row.id
        return True

    def relink(self, pupils: Collection[str]) -> None:
        """Set anew which notes on some pupils stand."""
        chains.relink(self._session, NoteRow, pupils)

    def _standing(self, cell: Cell, period: Period, strand: str) -> NoteRow | None:
        """The latest of a cell's notes; its words are None where the note was taken away."""
        query = select(NoteRow).where(
            NoteRow.pupil_id == cell.pupil,
            NoteRow.competency == cell.competency,
            NoteRow.school_year == period.year.start,
            NoteRow.term == period.term.value,
            NoteRow.strand == strand,
            NoteRow.superseded_by.is_(None),
        )
        return self._session.scalars(query).one_or_none()


def note_of(row: NoteRow) -> Note:
    """A row as the rest of the program knows it."""
    return Note(
        cell=Cell(row.pupil_id, row.competency),
        period=Period(SchoolYear(row.school_year), Term(row.term)),
        words=row.words or "",
        actor=row.actor,
        at=datetime.fromisoformat(row.recorded_at),
    )
