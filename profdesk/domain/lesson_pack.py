"""Lessons on their way from school to school: what one file of them holds, and what taking it in would change.

A profession goes by its title, and nothing of the school itself goes along: neither notes nor anything of children.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from profdesk.domain.attachments import Attachment
from profdesk.domain.people import fold
from profdesk.domain.register import Calendar, Entry, Titles, Value, check, key, shown, tidied, title
from profdesk.domain.register_import import Fate, Index, Line, Plan, by_title
from profdesk.domain.registers_of_work import LESSONS, PROFESSIONS

FORMAT, VERSION = "profdesk-lessons", 1
SUFFIX = ".pdlessons"
FIELDS = ("title", "subject", "grades", "author", "outline")
"""The fields of a lesson that go along as they are."""
_PROFESSION = "profession"
LARGEST = 256 * 1024 * 1024
"""The most bytes one file of lessons may have, packed or unpacked."""
LARGEST_LIST = 16 * 1024 * 1024
"""How many of them the list of the lessons may take: the rest is for their files."""


@dataclass(frozen=True)
class PackedFile:
    """A file of a lesson; ``unfit`` says in a word or two why it cannot be taken, empty if it can."""

    name: str
    sha256: str
    unfit: str = ""


@dataclass(frozen=True)
class PackedLesson:
    """A lesson as another school wrote it; ``values`` by ``FIELDS``, ``profession`` is its title."""

    values: Mapping[str, str]
    profession: str
    files: tuple[PackedFile, ...]


@dataclass(frozen=True)
class LessonPack:
    """The lessons of a file; ``school`` is whose they are."""

    school: str
    lessons: tuple[PackedLesson, ...]


@dataclass(frozen=True)
class LessonPlan(Plan):
    """What a file of lessons would change; ``files`` are those that are not here yet, by the number of the line."""

    path: Path
    school: str
    files: Mapping[int, tuple[PackedFile, ...]]


def packed(entry: Entry, titles: Titles, files: Sequence[Attachment]) -> PackedLesson:
    """A lesson of this school as it goes to another one."""
    return PackedLesson(
        {code: str(entry.values[code]) for code in FIELDS},
        shown(LESSONS.field(_PROFESSION), entry.values[_PROFESSION], titles),
        tuple(PackedFile(one.name, one.sha256) for one in files),
    )


def plan(
    pack: LessonPack,
    path: Path,
    there: Iterable[Entry],
    titles: Titles,
    files: Mapping[str, Sequence[Attachment]],
    calendar: Calendar,
) -> LessonPlan:
    """Compare lessons with those that are there; what a lesson says nothing of is left as it is here."""
    reader = _Reader({key(LESSONS, one.values): one for one in there}, titles, files, calendar)
    lines = [reader.line(number, lesson) for number, lesson in enumerate(pack.lessons, 1)]
    return LessonPlan(LESSONS, path.name, tuple(lines), (), path, pack.school, reader.wanted)


class _Reader:
    """Reads the lessons of one file; knows which came before."""

    def __init__(
        self,
        there: Mapping[tuple[str, ...], Entry],
        titles: Titles,
        files: Mapping[str, Sequence[Attachment]],
        calendar: Calendar,
    ) -> None:
        self._there = there
        self._calendar = calendar
        self._titles = titles
        self._files = files
        self._professions: Index = by_title(titles.get(PROFESSIONS.code, {}))
        self._first: dict[tuple[str, ...], int] = {}
        self.wanted: dict[int, tuple[PackedFile, ...]] = {}

    def line(self, number: int, lesson: PackedLesson) -> Line:
        """What a lesson holds, and what becomes of it."""
        values, notes = self._values(lesson)
        name = title(LESSONS, values, self._titles)
        problems = check(LESSONS, {**LESSONS.blank(), **values}, (), self._titles, self._calendar)
        same = key(LESSONS, values)
        reason = problems[0].words if problems else ""
        if not reason and same in self._first:
            reason = f"Этот же урок уже под номером {self._first[same]}."
        if reason:
            return Line("", number, Fate.REFUSED, values, name, reason=reason)
        self._first[same] = number
        entry = self._there.get(same)
        fresh = self._fresh(lesson, entry)
        if fresh:
            self.wanted[number] = fresh
        notes += [f"файл «{one.name}» не возьмём: {one.unfit}" for one in lesson.files if one.unfit]
        named = ", ".join(one.name for one in fresh)
        if entry is None:
            told = [f"{LESSONS.files}: {named}"] if named else []
            return Line("", number, Fate.NEW, values, name, notes=(*notes, *told))
        changed = [self._change(entry, code, now) for code, now in values.items() if entry.values[code] != now]
        changed += [f"добавятся файлы: {named}"] if named else []
        fate = Fate.CHANGED if changed else Fate.SAME
        return Line("", number, fate, values, name, entry.id, tuple(changed), notes=tuple(notes))

    def _values(self, lesson: PackedLesson) -> tuple[dict[str, Value], list[str]]:
        """What is said of a lesson, with its profession as it is known here, and what there is to tell of that."""
        values: dict[str, Value] = {code: said for code, said in tidied(LESSONS, lesson.values).items() if said}
        called = lesson.profession.strip()
        found = self._professions.get(fold(called), ()) if called else ()
        if len(found) == 1:
            values[_PROFESSION] = found[0]
        if not called or len(found) == 1:
            return values, []
        why = "таких профессий здесь несколько" if found else "такой профессии здесь нет"
        return values, [f"профессия «{called}» не записана: {why}"]

    def _fresh(self, lesson: PackedLesson, entry: Entry | None) -> tuple[PackedFile, ...]:
        """The files of a lesson that can be taken and are not here yet, each once."""
        here = {one.sha256 for one in self._files.get(entry.id, ())} if entry else set()
        fresh: dict[str, PackedFile] = {}
        for one in lesson.files:
            if not one.unfit and one.sha256 not in here:
                fresh.setdefault(one.sha256, one)
        return tuple(fresh.values())

    def _change(self, entry: Entry, code: str, value: Value) -> str:
        """«Автор: Вяткин С. Л. → Рябова Ю. Р.»."""
        field = LESSONS.field(code)
        was, now = shown(field, entry.values[code], self._titles), shown(field, value, self._titles)
        return f"{field.title}: {was or '—'} → {now or '—'}"
