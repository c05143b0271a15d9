"""What is typed of a pupil, read the forgiving way class lists are; what will not do is told field by field."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from profdesk.domain import group_names, plural, roster_dates
from profdesk.domain.people import GroupName, PersonName, Pupil, Sex, fold
from profdesk.domain.roster import Field
from profdesk.domain.roster_names import NameCells, read_name
from profdesk.domain.roster_text import Wrong, text
from profdesk.domain.school_year import SchoolYear

_NAME = re.compile(r"[^\W\d_]+(?:[ '’ʼ`-]+[^\W\d_]+)*")
_FIRST_GRADE_AT = 6
_EITHER_WAY = 2
_YOUNGEST = 2


@dataclass(frozen=True)
class PupilEntry:
    """A pupil as typed; ``group`` is empty for one who is in no class."""

    surname: str
    given: str
    patronymic: str
    birth_date: str
    sex: Sex | None = None
    group: str = ""

    @classmethod
    def of(cls, pupil: Pupil) -> PupilEntry:
        """What a form shows of a pupil."""
        group = pupil.group.name.title if pupil.group else ""
        name = pupil.name
        return cls(name.surname, name.given, name.patronymic or "", f"{pupil.birth_date:%d.%m.%Y}", pupil.sex, group)


@dataclass(frozen=True)
class PupilDraft:
    """A pupil as read from what was typed."""

    name: PersonName
    birth_date: date
    sex: Sex | None
    group: GroupName | None


@dataclass(frozen=True)
class EntryReading:
    """The draft, or what is wrong in which field."""

    draft: PupilDraft | None
    problems: Mapping[Field, str] = field(default_factory=dict)


def read(entry: PupilEntry, today: date, known: Collection[GroupName] = ()) -> EntryReading:
    """Read all fields; ``known`` are the year's groups, recognised by their titles whatever those are."""
    problems = {
        Field.SURNAME: _name_problem(entry.surname, "Нет фамилии"),
        Field.GIVEN: _name_problem(entry.given, "Нет имени"),
        Field.PATRONYMIC: _name_problem(entry.patronymic),
    }
    name = born = None
    if not any(problems.values()):
        try:
            name = read_name(NameCells(surname=_capital(entry.surname), given=_capital(entry.given),
                                       patronymic=_capital(entry.patronymic))).name  # fmt: skip
        except Wrong as wrong:
            problems[Field.GIVEN] = str(wrong)
    try:
        born = _birth_date(entry.birth_date, today)
    except Wrong as wrong:
        problems[Field.BIRTH_DATE] = str(wrong)
    group = read_group(entry.group, known)
    if group is None and entry.group.strip():
        problems[Field.GROUP] = group_names.problem(entry.group)
    found = {field: words for field, words in problems.items() if words}
    if found or name is None or born is None:
        return EntryReading(None, found)
    return EntryReading(PupilDraft(name, born, entry.sex, group))


def read_group(words: str, known: Collection[GroupName] = ()) -> GroupName | None:
    """Read a class as typed, one of the ``known`` or a new one; None if it can be neither."""
    folded = fold(words)
    return next((name for name in known if fold(name.title) == folded), None) or group_names.parse_group(words)


def split(words: str) -> PersonName | None:
    """A full name typed into one field as its parts; None if it is not one."""
    try:
        return read_name(NameCells(full=words)).name if len(words.split()) > 1 else None
    except Wrong:
        return None


def likely_sex(patronymic: str) -> Sex | None:
    """The sex a patronymic tells by its ending."""
    folded = fold(patronymic)
    if folded.endswith(("вич", "ьич", "мич", "кич", "тич", "оглы", "оглу")):
        return Sex.MALE
    return Sex.FEMALE if folded.endswith(("вна", "чна", "кызы", "гызы")) else None


def age_note(born: date, grade: int | None, year: SchoolYear) -> str:
    """How old the pupil is on the first day of the year, and whether that is unusual for the grade."""
    first = year.first_day
    age = first.year - born.year - ((first.month, first.day) < (born.month, born.day))
    words = plural.counted(age, "год", "года", "лет")
    expected = None if grade is None else grade + _FIRST_GRADE_AT
    if expected is not None and abs(age - expected) > _EITHER_WAY:
        return f"{words}: необычно для {grade}-го класса"
    return f"{words} на 1 сентября {first.year}"


def _name_problem(words: str, missing: str = "") -> str:
    plain = text(words)
    if not plain:
        return missing
    if any(letter.isdigit() for letter in plain):
        return f"Цифры в имени: «{plain}»"
    return "" if _NAME.fullmatch(plain) else "Только буквы, дефис и апостроф"


def _capital(words: str) -> str:
    """Whoever types a whole name in small letters means a name all the same."""
    plain = text(words)
    return "-".join(part[:1].upper() + part[1:] for part in plain.split("-")) if plain.islower() else plain


def _birth_date(words: str, today: date) -> date:
    born = roster_dates.birth_date(words, today)
    if born.year > today.year - _YOUNGEST:
        raise Wrong(f"Год рождения {born.year}: для воспитанника слишком рано")
    return born
