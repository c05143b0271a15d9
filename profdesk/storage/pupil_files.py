"""What goes into the file of a pupil, and what came with one from another organisation."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from profdesk.domain.access import Actor
from profdesk.domain.pupil_file import (
    PupilFile,
    Sent,
    SentAssessment,
    SentClass,
    SentConclusion,
    SentNote,
    SentRecord,
    SentWork,
    came_from_elsewhere,
    settled_id,
)
from profdesk.domain.pupil_file_plan import Here, Place, Plan
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.storage import chains
from profdesk.storage.blobs import Blobs
from profdesk.storage.conclusions import released_of, standing_released
from profdesk.storage.evidence import evidence_of
from profdesk.storage.models import AssessmentRow, EvidenceRow, NoteRow, ReleasedRow
from profdesk.storage.notes import note_of
from profdesk.storage.portfolio import assessment_of
from profdesk.storage.pupil_file_models import PupilFileRecordRow, PupilFileRow

_FACTS = (
    (AssessmentRow.id, AssessmentRow.pupil_id, AssessmentRow.recorded_at),
    (NoteRow.id, NoteRow.pupil_id, NoteRow.recorded_at),
    (EvidenceRow.id, EvidenceRow.pupil_id, EvidenceRow.recorded_at),
    (ReleasedRow.id, ReleasedRow.pupil_id, ReleasedRow.released_at),
    (PupilFileRecordRow.id, PupilFileRecordRow.pupil_id, PupilFileRecordRow.recorded_at),
)
"""Facts: id, pupil, and when each was recorded, which is the same wherever it is kept."""
_AT_ONCE = 500
Fact = TypeVar("Fact", AssessmentRow, NoteRow)


class PupilFileStore:
    """Reads facts with their ids, and writes those of others under ids and names of their own."""

    def __init__(self, session: Session, actor: Actor, blobs: Blobs) -> None:
        self._session = session
        self._actor = actor
        self._blobs = blobs

    # -- what is sent ----------------------------------------------------------------------------

    def assessments(self, pupil: str) -> Sequence[SentAssessment]:
        """All of a pupil, those of one place as they superseded each other."""
        return [_assessment(row) for row in self._chained(AssessmentRow, pupil)]

    def notes(self, pupil: str) -> Sequence[SentNote]:
        """The notes on a pupil that stand."""
        return [_note(row) for row in self._chained(NoteRow, pupil) if row.superseded_by is None and row.words]

    def works(self, pupil: str, inside: frozenset[str]) -> Sequence[SentWork]:
        """The files that stand; those whose ids are ``inside`` go along."""
        query = select(EvidenceRow).where(EvidenceRow.pupil_id == pupil, EvidenceRow.withdrawn_at.is_(None))
        rows = self._session.scalars(query.order_by(EvidenceRow.recorded_at, EvidenceRow.id))
        return [_work(row, inside=row.id in inside) for row in rows]

    def conclusions(self, pupil: str, chosen: frozenset[str]) -> Sequence[SentConclusion]:
        """Those of the chosen that stand released and may be read today."""
        query = standing_released().where(ReleasedRow.pupil_id == pupil, ReleasedRow.id.in_(chosen))
        found = [released_of(row) for row in self._session.scalars(query.order_by(ReleasedRow.released_at))]
        return [SentConclusion(one.id, one.held_on, one.words, one.actor, one.at) for one in found]

    def content(self, digest: str) -> bytes:
        """The bytes of a work; WorkspaceError if they are lost or spoiled."""
        return self._blobs.get(digest)

    # -- what came -------------------------------------------------------------------------------

    def records(self, pupil: str) -> Sequence[SentRecord]:
        """What came of a pupil and is kept in words."""
        query = select(PupilFileRecordRow).where(PupilFileRecordRow.pupil_id == pupil)
        return [_record(row) for row in self._session.scalars(query.order_by(PupilFileRecordRow.recorded_at))]

    def classes(self, pupil: str) -> Sequence[SentClass]:
        """The classes and groups that a pupil was in elsewhere, as the files told of them one after the other."""
        query = select(PupilFileRow.classes).where(PupilFileRow.pupil_id == pupil)
        files = self._session.scalars(query.order_by(PupilFileRow.made_at, PupilFileRow.id))
        told = [one for classes in files for one in json.loads(classes)]
        return [SentClass(SchoolYear(year), title, organisation) for year, title, organisation in told]

    def here(self, pupil: str, told: Iterable[str]) -> Here:
        """What of a pupil is known: ``told`` are ids of what is recorded in words alone."""
        ids = {settled_id(one) for one in told}
        for own, whose, _ in _FACTS:
            ids |= {settled_id(one) for one in self._session.scalars(select(own).where(whose == pupil))}
        return Here(frozenset(ids), self._places(AssessmentRow, pupil), self._places(NoteRow, pupil))

    def holders(self, facts: Collection[Sent]) -> frozenset[str]:
        """The pupils of whom some of these facts are kept, be it that they came here or that they were made here."""
        ids, moments = {settled_id(one.id) for one in facts}, sorted({one.at.isoformat() for one in facts})
        found: set[str] = set()
        for own, whose, at in _FACTS:
            for start in range(0, len(moments), _AT_ONCE):
                query = select(own, whose).where(at.in_(moments[start : start + _AT_ONCE]))
                found.update(pupil for fact, pupil in self._session.execute(query) if settled_id(fact) in ids)
        return frozenset(found)

    def take(self, file: PupilFile, found: Plan, pupil: str, contents: Mapping[str, bytes], now: datetime) -> None:
        """Write what is planned of a file for a pupil; the order of assessments is the order in which they stand."""
        if self._session.get(PupilFileRow, file.id) is None:
            self._session.add(self._row(file, pupil, now))
        chained: Sequence[SentAssessment | SentNote] = (*found.assessments, *found.notes)
        for fact in chained:
            self._session.add(_chained_row(fact, pupil))
            self._session.flush()
        chains.relink(self._session, AssessmentRow, [pupil])
        chains.relink(self._session, NoteRow, [pupil])
        for work in found.works:
            self._session.add(self._kept(work, pupil, contents[work.sha256]))
        self._session.add_all(self._told(one, pupil) for one in found.records)
        self._session.add_all(_released(one, pupil) for one in found.conclusions)
        self._session.flush()

    # -- inside ----------------------------------------------------------------------------------

    def _chained(self, kind: type[Fact], pupil: str) -> Sequence[Fact]:
        rows = sorted(self._session.scalars(select(kind).where(kind.pupil_id == pupil)), key=chains.place)
        placed = (chains.latest_first(of_place)[::-1] for _, of_place in groupby(rows, key=chains.place))
        return [row for chain in placed for row in chain]

    def _places(self, kind: type[Fact], pupil: str) -> frozenset[Place]:
        columns = (kind.id, kind.strand, kind.competency, kind.school_year, kind.term)
        rows = self._session.execute(select(*columns).where(kind.pupil_id == pupil))
        return frozenset(
            (strand, code, Period(SchoolYear(year), Term(term)))
            for own, strand, code, year, term in rows
            if not came_from_elsewhere(own)
        )

    def _row(self, file: PupilFile, pupil: str, now: datetime) -> PupilFileRow:
        classes = [(one.year.start, one.title, one.organisation) for one in file.classes]
        people = {settled_id(by): file.name_of(by) for by in file.people}
        return PupilFileRow(
            id=file.id,
            pupil_id=pupil,
            organisation=file.sender.short_name,
            fingerprint=file.sender.key,
            people=json.dumps(people, ensure_ascii=False, sort_keys=True),
            classes=json.dumps(classes, ensure_ascii=False),
            made_at=file.made_at.isoformat(),
            actor=self._actor.id,
            taken_at=now.isoformat(),
        )

    def _kept(self, work: SentWork, pupil: str, content: bytes) -> EvidenceRow:
        return EvidenceRow(
            id=work.id,
            pupil_id=pupil,
            competency=work.competency,
            school_year=work.period.year.start,
            term=work.period.term.value,
            title=work.title,
            name=work.name,
            size=len(content),
            sha256=self._blobs.put(content),
            actor=_who(work.by),
            recorded_at=work.at.isoformat(),
        )

    def _told(self, one: SentRecord, pupil: str) -> PupilFileRecordRow:
        return PupilFileRecordRow(
            id=one.id,
            pupil_id=pupil,
            kind=one.kind,
            school_year=one.year.start,
            day=one.day,
            title=one.title,
            words=one.words,
            basis=one.basis,
            author=_who(one.by),
            recorded_at=one.at.isoformat(),
            actor=self._actor.id,
        )


def people(session: Session) -> Mapping[str, str]:
    """In words whom the facts mean that came from other organisations, by the ids that they carry."""
    found: dict[str, str] = {}
    for told in session.scalars(select(PupilFileRow.people)):
        found |= json.loads(told)
    return found


def _who(by: str) -> str:
    return settled_id(by) if by else ""


def _assessment(row: AssessmentRow) -> SentAssessment:
    one = assessment_of(row)
    return SentAssessment(row.id, row.competency, one.stage, one.basis, one.period, one.made_on, one.actor, one.at)


def _note(row: NoteRow) -> SentNote:
    one = note_of(row)
    return SentNote(row.id, one.cell.competency, row.strand, one.period, one.words, one.actor, one.at)


def _work(row: EvidenceRow, *, inside: bool) -> SentWork:
    one = evidence_of(row)
    file = (one.title, one.name, one.size, one.sha256)
    return SentWork(one.id, one.competency, one.period, *file, inside, one.actor, one.at)


def _record(row: PupilFileRecordRow) -> SentRecord:
    at, year = datetime.fromisoformat(row.recorded_at), SchoolYear(row.school_year)
    return SentRecord(row.id, row.kind, year, row.day, row.title, row.words, row.basis, row.author, at)


def _chained_row(fact: SentAssessment | SentNote, pupil: str) -> AssessmentRow | NoteRow:
    place = {
        "id": fact.id,
        "pupil_id": pupil,
        "competency": fact.competency,
        "school_year": fact.period.year.start,
        "term": fact.period.term.value,
        "actor": _who(fact.by),
        "recorded_at": fact.at.isoformat(),
    }
    if isinstance(fact, SentNote):
        return NoteRow(**place, strand=fact.strand, words=fact.words)
    basis = {"basis": fact.basis.value, "strand": fact.basis.strand}
    return AssessmentRow(**place, **basis, stage=fact.stage, made_on=fact.made_on)


def _released(one: SentConclusion, pupil: str) -> ReleasedRow:
    return ReleasedRow(
        id=one.id,
        pupil_id=pupil,
        sheet=one.id,
        held_on=one.held_on,
        words=one.words,
        actor=_who(one.by),
        released_at=one.at.isoformat(),
    )
