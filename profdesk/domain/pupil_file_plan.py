"""What taking in a pupil's file would write: what stands as a fact here, what is kept in words, what is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from profdesk.domain import plural
from profdesk.domain.people import fold
from profdesk.domain.portfolio import STAFF
from profdesk.domain.programme import SOFT_HYPHEN, Programme
from profdesk.domain.pupil_file import (
    PupilFile,
    Sent,
    SentAssessment,
    SentConclusion,
    SentNote,
    SentRecord,
    SentWork,
    came_from_elsewhere,
    settled_id,
)
from profdesk.domain.records import RecordKind
from profdesk.domain.school_year import Period

Place = tuple[str, str, Period]
"""Strand, competency and term: facts of one place supersede each other."""


@dataclass(frozen=True)
class Here:
    """What is kept of the pupil already: the ids of facts as ``settled_id`` gives them, and places of own ones."""

    ids: frozenset[str] = field(default_factory=frozenset)
    assessed: frozenset[Place] = field(default_factory=frozenset)
    noted: frozenset[Place] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Plan:
    """Facts under the ids and codes they get here, in the order in which they superseded each other.

    ``unknown`` are the titles of competencies that this programme does not have, ``occupied`` counts the facts of
    places where there are own ones: both are kept in words. ``waiting`` conclusions are left to a psychologist.
    """

    assessments: tuple[SentAssessment, ...]
    notes: tuple[SentNote, ...]
    works: tuple[SentWork, ...]
    records: tuple[SentRecord, ...]
    conclusions: tuple[SentConclusion, ...]
    unknown: tuple[str, ...]
    occupied: int
    known: int
    waiting: int

    @property
    def facts(self) -> tuple[Sent, ...]:
        """Everything that would be written."""
        return (*self.assessments, *self.notes, *self.works, *self.records, *self.conclusions)

    @property
    def words(self) -> str:
        """What would be written, in counts."""
        parts = (
            (len(self.assessments), ("оценка", "оценки", "оценок")),
            (len(self.notes), ("заметка", "заметки", "заметок")),
            (len(self.works), ("файл", "файла", "файлов")),
            (len(self.records), ("запись", "записи", "записей")),
            (len(self.conclusions), ("вывод психолога", "вывода психолога", "выводов психолога")),
        )
        return ", ".join(plural.counted(count, *words) for count, words in parts if count)


def plan(file: PupilFile, programme: Programme, here: Here, *, psychologist: bool) -> Plan:
    """Match a file with a programme and with what is known of the pupil."""
    matched = _Matched(file, programme, here)
    fresh = {one.id for one in file.facts if settled_id(one.id) not in here.ids}
    assessed = [matched.assessment(one) for one in file.assessments if one.id in fresh]
    noted = [matched.note(one) for one in file.notes if one.id in fresh]
    works = [matched.work(one) for one in file.works if one.id in fresh]
    records = [replace(one, id=settled_id(one.id)) for one in file.records if one.id in fresh]
    told = [one for one in (*records, *assessed, *noted, *works) if isinstance(one, SentRecord)]
    conclusions = tuple(replace(one, id=settled_id(one.id)) for one in file.conclusions if one.id in fresh)
    return Plan(
        assessments=tuple(one for one in assessed if isinstance(one, SentAssessment)),
        notes=tuple(one for one in noted if isinstance(one, SentNote)),
        works=tuple(one for one in works if isinstance(one, SentWork)),
        records=tuple(_named(one, file) for one in told),
        conclusions=conclusions if psychologist else (),
        unknown=matched.unknown,
        occupied=matched.occupied,
        known=len(file.facts) - len(fresh),
        waiting=0 if psychologist else len(conclusions),
    )


def _named(record: SentRecord, file: PupilFile) -> SentRecord:
    """The basis of a record says where it was made; what went through several organisations says so already."""
    if record.by and came_from_elsewhere(record.by):
        return record
    return replace(record, basis=", ".join(filter(None, (record.basis, file.sender.short_name))))


class _Matched:
    """Competencies and stages of a file as this programme knows them: by code, else by title; stages by title."""

    def __init__(self, file: PupilFile, programme: Programme, here: Here) -> None:
        self._file, self._here = file, here
        items = [item for level in programme.levels for item in level.competencies.items]
        titles = {_folded(item.title): item.code for item in items}
        known = {item.code: item.code for item in items}
        told = {code: known.get(code) or titles.get(_folded(title)) for code, title in file.competencies.items()}
        self._codes = {code: found for code, found in told.items() if found is not None}
        used = {one.competency for one in file.assessments} | {one.competency for one in file.notes}
        self.unknown = tuple(sorted({file.competencies[code] for code in used - self._codes.keys()}))
        self.occupied = 0
        stages = {_folded(stage.title): stage.value for stage in programme.stages}
        self._stages = {value: stages.get(_folded(title)) for value, title in file.stages.items()}

    def assessment(self, one: SentAssessment) -> SentAssessment | SentRecord:
        """As a fact, or in words where the programme does not know it or the place is taken."""
        code = self._codes.get(one.competency)
        stage = None if one.stage is None else self._stages.get(one.stage)
        if code is not None and (stage is not None or one.stage is None):
            if (one.basis.strand, code, one.period) not in self._here.assessed:
                return replace(one, id=settled_id(one.id), competency=code, stage=stage)
            self.occupied += 1
        words = "оценка снята" if one.stage is None else f"стадия {one.stage}, {self._file.stages[one.stage]}"
        kind = RecordKind.STAFF if one.basis.strand == STAFF else RecordKind(one.basis.strand)
        title, basis = self._file.competencies[one.competency], one.basis.label
        return SentRecord(
            settled_id(one.id), kind.value, one.period.year, one.made_on, title, words, basis, one.by, one.at
        )

    def note(self, one: SentNote) -> SentNote | SentRecord:
        """The same of a note."""
        code = self._codes.get(one.competency)
        if code is not None:
            if (one.strand, code, one.period) not in self._here.noted:
                return replace(one, id=settled_id(one.id), competency=code)
            self.occupied += 1
        title, day = self._file.competencies[one.competency], one.at.astimezone().date()
        settled, kind = settled_id(one.id), RecordKind.NOTE.value
        return SentRecord(settled, kind, one.period.year, day, title, one.words, "Заметка", one.by, one.at)

    def work(self, one: SentWork) -> SentWork | SentRecord:
        """The file, or that there is one which was left behind."""
        settled = settled_id(one.id)
        if one.inside:
            return replace(one, id=settled, competency=self._codes.get(one.competency or ""))
        day, words = one.at.astimezone().date(), f"«{one.title}» — остался в прежней организации"
        year, kind = one.period.year, RecordKind.FILE.value
        return SentRecord(settled, kind, year, day, "Файл", words, "", one.by, one.at)


def _folded(title: str) -> str:
    return fold(title.replace(SOFT_HYPHEN, ""))


def notices(found: Plan, *, consent: bool, absent: bool) -> Iterable[str]:
    """What a person should know before taking in.

    ``consent``: conclusions wait for a consent, not for a right; ``absent``: the pupil is in no class of this year.
    """
    if absent:
        yield "В этом учебном году ученик здесь не числится: приняв файл, переведите или верните его в класс в списке."
    if found.unknown:
        named = ", ".join(f"«{title}»" for title in found.unknown[:3])
        more = f" и ещё {len(found.unknown) - 3}" if len(found.unknown) > 3 else ""
        yield f"Нет в вашей программе: {named}{more}. Эти оценки сохранятся словами в записях карточки."
    if found.occupied:
        there = plural.counted(found.occupied, "оценка или заметка", "оценки или заметки", "оценок или заметок")
        yield f"За те же полугодия здесь уже оценивали: {there} из файла сохранятся в записях карточки."
    if found.known:
        yield f"Уже есть у этого ученика: {found.known}. Второй раз они не появятся."
    if found.waiting and consent:
        yield (
            "Выводы психолога пока не принимаем: нет согласия родителей на его работу. "
            "Внесите согласие и примите файл ещё раз."
        )
    elif found.waiting:
        yield "Выводы психолога примет психолог, который ведёт и списки: пусть откроет этот файл ещё раз."
