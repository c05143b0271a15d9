"""The records of a pupil as one timeline: what happened, when, on what basis and by whom, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import groupby

from profdesk.domain import plural, register, route, route_words, wording
from profdesk.domain.diagnostics import Released
from profdesk.domain.evidence import size_words
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
    Visited,
)
from profdesk.domain.people import LeaveReason
from profdesk.domain.portfolio import STAFF
from profdesk.domain.programme import Programme
from profdesk.domain.pupil_file import SentRecord
from profdesk.domain.register import FieldKind
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, PUPIL
from profdesk.domain.route import LineState, RouteChange
from profdesk.domain.route_words import Voice
from profdesk.domain.school_year import SchoolYear


class RecordKind(StrEnum):
    """What a record is; staff, pupil and parents are apart, since they do not supersede one another."""

    STAFF = "staff"
    SELF = "self"
    PARENTS = "parents"
    NOTE = "note"
    ROUTE = "route"
    FILE = "file"
    CERTIFICATE = "certificate"
    VISIT = "visit"
    ACHIEVEMENT = "achievement"
    CHOICE = "choice"
    DIAGNOSTICS = "diagnostics"
    PSYCHOLOGIST = "psychologist"
    CLASS = "class"
    ACT = "act"

    @property
    def label(self) -> str:
        """As the filter names all of a kind."""
        return _LABELS[self]


_LABELS = {
    RecordKind.STAFF: "Оценки педагогов",
    RecordKind.SELF: "Самооценка",
    RecordKind.PARENTS: "Мнение родителей",
    RecordKind.NOTE: "Заметки",
    RecordKind.ROUTE: "Маршрут",
    RecordKind.FILE: "Файлы",
    RecordKind.CERTIFICATE: "Сертификаты",
    RecordKind.VISIT: "Пробы и события",
    RecordKind.ACHIEVEMENT: "Достижения",
    RecordKind.CHOICE: "Выбор и выпуск",
    RecordKind.DIAGNOSTICS: "Сеансы диагностики",
    RecordKind.PSYCHOLOGIST: "Записи психолога",
    RecordKind.CLASS: "Классы и выбытие",
    RecordKind.ACT: "Списки и правки",
}


class Standing(StrEnum):
    """Whether a record still holds; ``label`` is empty while it does."""

    STANDS = "stands"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The word a list puts behind a record that holds no more."""
        return _STANDINGS[self]


_STANDINGS = {Standing.STANDS: "", Standing.REPLACED: "заменено", Standing.WITHDRAWN: "снято"}


@dataclass(frozen=True)
class Entry:
    """One record; ``day`` is when it happened (None: the day is not recorded), ``at`` when it was written down.

    ``words`` say what, ``basis`` on what it rests; ``actor`` is the id of a user, empty where nobody is known.
    ``place`` keeps the order of the programme among records of one moment; ``brief`` is what the short timeline
    says of a record with many words.
    """

    kind: RecordKind
    year: SchoolYear
    day: date | None
    at: datetime
    title: str
    words: str
    basis: str = ""
    actor: str = ""
    standing: Standing = Standing.STANDS
    place: int = 0
    brief: str = ""


@dataclass(frozen=True)
class Recent:
    """A line of the short timeline; assessments of one day, strand and person are one line."""

    kind: RecordKind
    year: SchoolYear
    day: date
    title: str
    words: str
    actor: str


_FIELDS = {
    "surname": "фамилия",
    "given": "имя",
    "patronymic": "отчество",
    "birth_date": "дата рождения",
    "sex": "пол",
    "group": "класс",
}
_ENTERED = "Внесение в программу"
_UNDECIDED = "пока не решено"
_LONG_PAST = datetime.min.replace(tzinfo=UTC)


def entries(history: History, programme: Programme, private: Sequence[Entry] = ()) -> tuple[Entry, ...]:
    """Every record of a pupil, the latest first; ``private`` is what psychologists alone read besides.

    A session that they read of in their own words is not told a second time.
    """
    known = {one.day for one in private if one.kind is RecordKind.DIAGNOSTICS}
    titles, places = _competencies(programme)
    stages = {stage.value: stage.title for stage in programme.stages}
    made: list[Entry] = [_assessed(one, titles, stages, places) for one in history.assessments]
    made += [_noted(one, titles) for one in history.notes]
    made += _routed(history)
    made += [_kept(one, titles) for one in history.files]
    made += [_certified(one) for one in history.certificates]
    made += [entry for one in (*history.elsewhere, *history.attended) for entry in _attended(one)]
    made += [_acted(one) for one in history.acts]
    made += [diagnosed(one) for one in history.diagnosed if one.day not in known]
    made += [_released(one) for one in history.released]
    made += [_registered(one) for one in history.registered]
    made += [_visited(one) for one in history.visited]
    made += [_brought(one) for one in history.brought]
    made += private
    return tuple(sorted(made, key=_order))


def recent(history: History, programme: Programme, most: int) -> tuple[Recent, ...]:
    """What stands of the latest records, assessments of a round together; no acts, no words of psychologists."""
    lines: list[Recent] = []
    shown = [
        one
        for one in entries(history, programme)
        if one.standing is Standing.STANDS and one.kind not in (RecordKind.ACT, RecordKind.PSYCHOLOGIST)
    ]
    for (kind, year, day, actor, alone), group in groupby(shown, key=_round):
        if day is not None:
            first, *others = group
            if kind is RecordKind.ROUTE and not others:
                lines.append(Recent(kind, year, day, _ROUNDS[kind], first.words, actor))
            elif not alone:
                lines.append(Recent(kind, year, day, _ROUNDS[kind], _rounded(kind, 1 + len(others)), actor))
            elif kind is RecordKind.NOTE:
                lines.append(Recent(kind, year, day, first.basis, f"{first.title}: {first.words}", actor))
            else:
                lines.append(Recent(kind, year, day, first.title, first.brief or first.words, actor))
    return tuple(lines[:most])


_ROUNDS = {
    RecordKind.STAFF: "Портфолио",
    RecordKind.SELF: "Самооценка",
    RecordKind.PARENTS: "Мнение родителей",
    RecordKind.ROUTE: "Маршрут",
}


def _round(entry: Entry) -> tuple[RecordKind, SchoolYear, date | None, str, str]:
    """What records of one round share; any other record is alone."""
    alone = "" if entry.kind in _ROUNDS else f"{entry.at.isoformat()} {entry.title} {entry.words}"
    return entry.kind, entry.year, entry.day, entry.actor, alone


def _rounded(kind: RecordKind, count: int) -> str:
    if kind is RecordKind.ROUTE:
        verb = plural.word(count, "Записана", "Записаны", "Записано")
        return f"{verb} {plural.counted(count, 'строка', 'строки', 'строк')}"
    word = "Оценены" if kind is RecordKind.STAFF else "Отмечены"
    if plural.word(count, "1", "2", "5") == "1":
        word = "Оценена" if kind is RecordKind.STAFF else "Отмечена"
    return f"{word} {plural.counted(count, 'компетенция', 'компетенции', 'компетенций')}"


def _order(entry: Entry) -> tuple[int, int, float, str, int, str]:
    """The latest first; inside a day by kind, then as the programme lists competencies; without a day last."""
    day = entry.day.toordinal() if entry.day else 0
    same_day = entry.at.timestamp() if entry.kind not in _ROUNDS and entry.day else 0.0
    return -entry.year.start, -day, -same_day, f"{entry.kind} {entry.actor}", entry.place, entry.title


def _competencies(programme: Programme) -> tuple[Mapping[str, str], Mapping[str, int]]:
    items = [item for level in programme.levels for item in level.competencies.items]
    return {item.code: item.plain_short for item in items}, {item.code: at for at, item in enumerate(items)}


def _assessed(one: Recorded, titles: Mapping[str, str], stages: Mapping[int, str], places: Mapping[str, int]) -> Entry:
    found = one.assessment
    strand = found.basis.strand
    if found.stage is None:
        words = "оценка снята"
        standing = Standing.WITHDRAWN if one.stands else Standing.REPLACED
    else:
        words = f"стадия {found.stage}, {stages.get(found.stage, '')}".rstrip(" ,")
        standing = Standing.STANDS if one.stands else Standing.REPLACED
    if one.before not in (None, found.stage):
        words = f"{words}; была {one.before}"
    kind = RecordKind.STAFF if strand == STAFF else RecordKind(strand)
    return Entry(
        kind=kind,
        year=found.period.year,
        day=found.made_on,
        at=found.at,
        title=titles.get(one.competency, one.competency),
        words=words,
        basis=found.basis.label,
        actor=found.actor,
        standing=standing,
        place=places.get(one.competency, 0),
    )


def _noted(one: Noted, titles: Mapping[str, str]) -> Entry:
    note = one.note
    standing = Standing.STANDS if one.stands and note.words else Standing.REPLACED
    if not note.words:
        standing = Standing.WITHDRAWN
    code = note.cell.competency
    words = note.words or "заметка снята"
    return Entry(
        RecordKind.NOTE, note.period.year, _day(note.at), note.at, titles.get(code, code), words, "Заметка",
        note.actor, standing,
    )  # fmt: skip


def _routed(history: History) -> Iterable[Entry]:
    spoken = route_words.voice(history.attended[-1].group.level if history.attended else "")
    return (_rerouted(one, spoken) for one in route.changes(history.routes))


def _rerouted(one: RouteChange, spoken: Voice) -> Entry:
    line = one.after
    standing = Standing.STANDS if line.stands else Standing.REPLACED
    if line.state is LineState.REMOVED:
        standing = Standing.WITHDRAWN
    title = spoken.kinds[line.entry.kind].one.capitalize()
    words = ", ".join(filter(None, (line.entry.words, "" if one.before is None else route_words.told(one, spoken))))
    day = _day(line.at)
    year = SchoolYear.containing(day)
    return Entry(RecordKind.ROUTE, year, day, line.at, title, words, "Маршрут", line.actor, standing)


def _kept(one: Kept, titles: Mapping[str, str]) -> Entry:
    file = one.evidence
    about = "" if file.competency is None else f", {titles.get(file.competency, file.competency)}"
    words = f"{wording.quoted(file.title)}{about}, {size_words(file.size)}"
    standing = Standing.STANDS if one.withdrawn_at is None else Standing.WITHDRAWN
    return Entry(RecordKind.FILE, file.period.year, _day(file.at), file.at, "Файл", words, "", file.actor, standing)


def _certified(one: Certified) -> Entry:
    words = f"№ {one.number}, портфолио за {one.year.title} учебный год"
    at = datetime.combine(one.issued_on, datetime.min.time(), UTC)
    return Entry(RecordKind.CERTIFICATE, one.year, one.issued_on, at, "Сертификат", words, "", one.actor)


def diagnosed(one: Diagnosed) -> Entry:
    """That a session took place, as everybody may read it."""
    at = datetime.combine(one.day, datetime.min.time(), UTC)
    return Entry(RecordKind.DIAGNOSTICS, one.year, one.day, at, "Диагностика", "сеанс прошёл")


def _released(one: Released) -> Entry:
    year = SchoolYear.containing(one.held_on)
    title, basis = "Вывод психолога", "Диагностика"
    return Entry(RecordKind.PSYCHOLOGIST, year, one.held_on, one.at, title, one.words, basis, one.actor)


def _registered(one: Registered) -> Entry:
    """Day and school year as the entry tells them; a graduate's is the year of graduation, without a day."""
    fields = [field for field in one.register.fields if field.code not in (PUPIL, "note")]
    day, graduated = register.day(one.register, one.values), one.values.get("year")
    year = SchoolYear(graduated - 1) if isinstance(graduated, int) else SchoolYear.containing(day or _day(one.at))
    brief, more = [], []
    for field in fields:
        told = register.shown(field, one.values[field.code], one.titles)
        if field.kind is FieldKind.FLAG:
            more += [field.title.lower()] if one.values[field.code] else []
        elif told and field.kind not in (FieldKind.DAY, FieldKind.NUMBER):
            if field.required or field.names:
                brief.append(told)
            else:
                more.append(f"{field.title.lower()}: {told}")
    kind = RecordKind.ACHIEVEMENT if one.register is ACHIEVEMENTS else RecordKind.CHOICE
    standing = Standing.STANDS if one.withdrawn_at is None else Standing.WITHDRAWN
    title = one.register.one.capitalize()
    words, short = ", ".join((*brief, *more)), ", ".join(brief) or _UNDECIDED
    return Entry(kind, year, day, one.at, title, words, "", one.actor, standing, brief=short)


def _visited(one: Visited) -> Entry:
    """Who noted it is not kept with it."""
    day, part = one.entry.begins_on, one.part
    at = datetime.combine(day, datetime.min.time(), UTC)
    mark = f"оценка {part.mark}" if part.mark else ""
    words = ", ".join(filter(None, (one.entry.title, part.result, mark)))
    year = SchoolYear.containing(day)
    return Entry(RecordKind.VISIT, year, day, at, one.kind, words, brief=one.entry.title)


def _brought(one: SentRecord) -> Entry:
    return Entry(RecordKind(one.kind), one.year, one.day, one.at, one.title, one.words, one.basis, one.by)


def _attended(one: Attended) -> Iterable[Entry]:
    title = one.group.name.title
    what = "класс" if one.group.name.grade is not None else "группа"
    yield Entry(
        RecordKind.CLASS, one.year, None, _LONG_PAST, title, f"{what} {one.year.title} учебного года", one.organisation
    )
    if one.leave is not None:
        at = datetime.combine(one.leave.day, datetime.min.time(), UTC)
        what = "Окончание обучения" if one.leave.reason is LeaveReason.GRADUATED else "Выбытие"
        words = title if one.leave.reason is LeaveReason.GRADUATED else f"{title}, {one.leave.reason.label}"
        yield Entry(RecordKind.CLASS, one.year, one.leave.day, at, what, words)


def _acted(one: Act) -> Entry:
    """An act is headed by the first word of its title: «Список», «Перевод», «Объединение»."""
    title = one.title.split(maxsplit=1)[0].rstrip(":,") if one.title else _ENTERED if one.entered else "Правка сведений"
    parts = [one.title] if one.title else []
    parts += [_ENTERED.lower()] if one.entered and one.title else []
    parts += [_changed(change) for change in one.changes]
    day = _day(one.at)
    standing = Standing.STANDS if one.undone_at is None else Standing.WITHDRAWN
    words = "; ".join(parts)
    return Entry(RecordKind.ACT, SchoolYear.containing(day), day, one.at, title, words, "", one.actor, standing)


def _changed(change: FieldChange) -> str:
    return f"{_FIELDS.get(change.field, change.field)}: {change.before or '—'} → {change.after or '—'}"


def _day(at: datetime) -> date:
    return at.astimezone().date()


def of_kind(found: Sequence[Entry], kind: RecordKind | None) -> Sequence[Entry]:
    """The records of a kind, or (None) all."""
    return [one for one in found if kind is None or one.kind is kind]
