"""A pupil's file put together from the card and the facts with their ids."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from profdesk.domain import records
from profdesk.domain.history import History
from profdesk.domain.programme import Programme
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.pupil_file import (
    PupilFile,
    Sent,
    SentAssessment,
    SentClass,
    SentConclusion,
    SentFrom,
    SentNote,
    SentPupil,
    SentRecord,
    SentWork,
    told_id,
)
from profdesk.domain.records import RecordKind, Standing

_IN_WORDS = frozenset(
    {RecordKind.ROUTE, RecordKind.CERTIFICATE, RecordKind.VISIT, RecordKind.ACHIEVEMENT, RecordKind.CHOICE}
)
"""What goes along as words: it belongs to registers of the organisation that it comes from."""
Fact = TypeVar("Fact", SentAssessment, SentNote, SentWork, SentRecord, SentConclusion)


@dataclass(frozen=True)
class Head:
    """Who sends, who is meant by the ids of facts, who put it together and when."""

    sender: SentFrom
    names: Mapping[str, str]
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class Facts:
    """What goes into the file."""

    assessments: Sequence[SentAssessment]
    notes: Sequence[SentNote]
    works: Sequence[SentWork]
    records: Sequence[SentRecord]
    conclusions: Sequence[SentConclusion]

    @property
    def all(self) -> Sequence[Sent]:
        """One after another."""
        return (*self.assessments, *self.notes, *self.works, *self.records, *self.conclusions)


def own_records(card: PupilCard) -> Sequence[SentRecord]:
    """What stands in this organisation's registers of a pupil, in words; the id follows from what is told."""
    told = [
        SentRecord("", one.kind.value, one.year, one.day, one.title, one.words, one.basis, one.actor, one.at)
        for one in records.entries(replace(card.history, brought=()), card.programme)
        if one.kind in _IN_WORDS and one.standing is Standing.STANDS
    ]
    found = {one.id: one for one in (replace(one, id=told_id(card.pupil.id, one)) for one in told)}
    return tuple(found.values())


def composed(card: PupilCard, facts: Facts, head: Head) -> PupilFile:
    """Put a file together; of people whose names nobody knows any more nothing is told."""
    people = {one.by: head.names[one.by] for one in facts.all if _is_named(one.by, head.names)}
    codes = {one.competency for one in facts.all if not isinstance(one, SentRecord | SentConclusion)}
    used = {one.stage for one in facts.assessments if one.stage is not None}
    stages = {one.value: one.title for one in card.programme.stages}
    pupil = card.pupil
    return PupilFile(
        id=str(uuid.uuid4()),
        made_at=head.made_at,
        made_by=head.made_by,
        sender=head.sender,
        pupil=SentPupil(pupil.name, pupil.birth_date, pupil.sex),
        classes=_classes(card.history, head.sender.short_name),
        competencies=_titles(card.programme, codes),
        stages={value: stages.get(value, str(value)) for value in sorted(used)},
        people=people,
        assessments=_known(facts.assessments, people),
        notes=_known(facts.notes, people),
        works=_known(facts.works, people),
        records=_known(facts.records, people),
        conclusions=_known(facts.conclusions, people),
    )


def _classes(history: History, here: str) -> tuple[SentClass, ...]:
    everywhere = sorted((*history.elsewhere, *history.attended), key=lambda one: one.year)
    return tuple(SentClass(one.year, one.group.name.title, one.organisation or here) for one in everywhere)


def _titles(programme: Programme, codes: Collection[str | None]) -> Mapping[str, str]:
    """What the competencies are called; one that the programme has no more is called by its code."""
    known = {item.code: item.plain for level in programme.levels for item in level.competencies.items}
    return {code: known.get(code, code) for code in sorted(filter(None, codes))}


def _known(facts: Sequence[Fact], people: Mapping[str, str]) -> tuple[Fact, ...]:
    return tuple(one if one.by in people else replace(one, by="") for one in facts)


def _is_named(by: str, names: Mapping[str, str]) -> bool:
    try:
        return bool(names.get(by)) and str(uuid.UUID(by)) == by
    except ValueError:
        return False
