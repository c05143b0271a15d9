"""What a register is: a list of things other than pupils, described by the fields of an entry.

The registers themselves stand in ``registers``. An entry's values are as its fields say: a line, a text and
the code of a choice are ``str`` (empty: not known), a day is a ``date``, a number an ``int``, a flag a ``bool``,
a link the id of an entry of another register; None where nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from profdesk.domain import plural, roster_text
from profdesk.domain.people import fold
from profdesk.errors import WrongInputError

Value = str | int | date | None
Values = Mapping[str, Value]

_FIGURES, _WIDE = re.compile(r"\d+"), 9
PUPILS = "pupils"
"""What a field links to that speaks of a pupil: no register of its own, but named by ``pupil_title``."""
EARLIEST, LATEST = date(1950, 1, 1), date(2099, 12, 31)
"""Days that a register takes; others are slips of the hand."""


class FieldKind(Enum):
    """What a field holds."""

    LINE = auto()
    TEXT = auto()
    DAY = auto()
    NUMBER = auto()
    CHOICE = auto()
    FLAG = auto()
    LINK = auto()

    @property
    def is_words(self) -> bool:
        """Whether a value is a ``str`` that may be empty."""
        return self in (FieldKind.LINE, FieldKind.TEXT, FieldKind.CHOICE)


@dataclass(frozen=True)
class Choice:
    """One of the answers of a field; ``code`` is what the database keeps.

    ``never_with``: the code of a choice of another field of the entry that this one contradicts.
    """

    code: str
    title: str
    never_with: str = ""


def choices(**titles: str) -> tuple[Choice, ...]:
    """Make choices of codes and titles."""
    return tuple(Choice(code, title) for code, title in titles.items())


@dataclass(frozen=True)
class Field:
    """A field of an entry.

    ``key``: an entry is told from others by these fields together. ``names``: the entry is called by it. ``after``:
    the field whose day this one may not precede. ``ahead``: how many years from today on its day or year may lie;
    0: it has come. ``heads``: other heads that a column of a file may have. ``numbers``: the least and the greatest
    number. ``hint`` is an example that stands in the empty field, of a day a remark below it. ``needed_with``: the
    field is required as soon as that one is filled.
    """

    code: str
    title: str
    kind: FieldKind = FieldKind.LINE
    required: bool = False
    key: bool = False
    names: bool = False
    choices: tuple[Choice, ...] = ()
    register: str = ""
    after: str = ""
    ahead: int | None = None
    needed_with: str = ""
    heads: tuple[str, ...] = ()
    numbers: tuple[int, int] = (0, 100_000)
    hint: str = ""

    @property
    def nothing(self) -> Value:
        """The value of a field that nothing was said of."""
        if self.kind is FieldKind.FLAG:
            return False
        return "" if self.kind.is_words else None

    def choice(self, code: Value) -> str:
        """The title of a choice; its code where the choice is no longer there."""
        return next((one.title for one in self.choices if one.code == code), str(code or ""))


@dataclass(frozen=True)
class Register:
    """A register: ``one`` is what an entry is called, ``forms`` that after 1, 2 and 5, ``about`` what it is for.

    ``whom`` is ``one`` after «добавить», ``many`` after «показать». ``files`` is what the files of an entry are
    called; empty where entries have none.
    """

    code: str
    title: str
    section: str
    one: str
    whom: str
    many: str
    forms: tuple[str, str, str]
    about: str
    fields: tuple[Field, ...]
    files: str = ""

    def field(self, code: str) -> Field:
        """The field of a code; KeyError if there is none."""
        return {one.code: one for one in self.fields}[code]

    def counted(self, number: int) -> str:
        """«3 партнёра»."""
        return plural.counted(number, *self.forms)

    @property
    def is_of_pupils(self) -> bool:
        """Whether each entry speaks of a pupil."""
        return any(one.register == PUPILS for one in self.fields)

    def blank(self) -> dict[str, Value]:
        """The values of an entry of which nothing is said."""
        return {one.code: one.nothing for one in self.fields}


@dataclass(frozen=True)
class Entry:
    """A line of a register."""

    id: str
    values: Values


@dataclass(frozen=True)
class Calendar:
    """By what the days of entries are judged: the present day, and the birth dates of pupils by their ids."""

    today: date
    born: Mapping[str, date]


@dataclass(frozen=True)
class Problem:
    """What is the matter with a field of an entry, in a sentence."""

    field: str
    words: str


class EntryInUseError(WrongInputError):
    """An entry cannot be taken out, since others link to it: entries of the register ``by``, or (None) activities."""

    def __init__(self, message: str, by: Register | None) -> None:
        super().__init__(message)
        self.by = by


Titles = Mapping[str, Mapping[str, str]]
"""What entries are called, by register and id."""


def tidy(field: Field, words: str) -> str:
    """What was typed without needless spaces and hidden characters; a text keeps its lines."""
    if field.kind is FieldKind.TEXT:
        return "\n".join(roster_text.text(line) for line in words.splitlines()).strip()
    return roster_text.text(words)


def tidied(register: Register, values: Values) -> dict[str, Value]:
    """Values with every text in them tidied."""
    return {
        code: tidy(register.field(code), value) if isinstance(value, str) else value for code, value in values.items()
    }


def shown(field: Field, value: Value, titles: Titles) -> str:
    """A value as people write it; empty where nothing is known."""
    if field.kind is FieldKind.CHOICE:
        return field.choice(value)
    if field.kind is FieldKind.LINK:
        return titles.get(field.register, {}).get(str(value), "") if value else ""
    if field.kind is FieldKind.FLAG:
        return "да" if value else "нет"
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str("" if value is None else value)


def title(register: Register, values: Values, titles: Titles) -> str:
    """What an entry is called: «Договор № 14, Артёмовский колледж»."""
    words = (shown(one, values.get(one.code), titles) for one in register.fields if one.names)
    return ", ".join(word for word in words if word)


def day(register: Register, values: Values) -> date | None:
    """The first day that an entry tells."""
    return next((found for one in register.fields if isinstance(found := values.get(one.code), date)), None)


def order(words: str) -> str:
    """What entries are sorted by: folded, numbers in them by their size, «3» before «14»."""
    return _FIGURES.sub(lambda found: found.group().zfill(_WIDE), fold(words))


def pupil_title(name: str, where: str) -> str:
    """What a pupil is called by an entry: «Ильин Даниил Евгеньевич, 9 «А»»."""
    return f"{name}, {where}" if where else name


def key(register: Register, values: Values) -> tuple[str, ...]:
    """What tells an entry from others, folded; е and ё are one letter, case and spaces do not count."""
    return tuple(fold(_plain(values.get(one.code))) for one in register.fields if one.key)


def check(
    register: Register, values: Values, others: Iterable[Entry], titles: Titles, calendar: Calendar
) -> Sequence[Problem]:
    """Say what is the matter with an entry beside the others of its register; empty if nothing is."""
    found = [problem for one in register.fields if (problem := _of_field(register, one, values, titles, calendar))]
    same = key(register, values)
    if not found and any(key(register, one.values) == same for one in others):
        words = f"Уже записано: {title(register, values, titles)}. Откройте эту запись и поправьте её."
        found.append(Problem(next(one.code for one in register.fields if one.key), words))
    return found


def _of_field(register: Register, field: Field, values: Values, titles: Titles, calendar: Calendar) -> Problem | None:
    value = values.get(field.code)
    words = ""
    needed = field.required or bool(field.needed_with and values.get(field.needed_with))
    if needed and value in (None, ""):
        words = f"Заполните поле «{field.title}»."
    elif value and field.kind is FieldKind.LINK and value not in titles.get(field.register, {}):
        words = f"{field.title}: такой записи больше нет, выберите другую."
    elif field.kind is FieldKind.CHOICE:
        words = _of_choice(register, field, value, values)
    elif isinstance(value, date):
        words = _of_day(register, field, value, values) or _of_time(register, field, value, values, calendar)
    elif field.kind is FieldKind.NUMBER and isinstance(value, int):
        least, greatest = field.numbers
        if not least <= value <= greatest:
            words = f"{field.title}: от {least} до {greatest}."
        elif field.ahead is not None:
            words = _of_time(register, field, value, values, calendar)
    return Problem(field.code, words) if words else None


def _of_choice(register: Register, field: Field, code: Value, values: Values) -> str:
    """What is the matter with a choice that contradicts another one of the entry."""
    never = next((one.never_with for one in field.choices if one.code == code), "")
    other = next((one for one in register.fields if never and values.get(one.code) == never), None)
    return f"{field.title}: «{field.choice(code)}» и «{other.choice(never)}» не сходятся." if other else ""


def _of_day(register: Register, field: Field, day: date, values: Values) -> str:
    if not EARLIEST <= day <= LATEST:
        return f"{field.title}: проверьте год, {day.year} быть не может."
    earlier = values.get(field.after) if field.after else None
    if isinstance(earlier, date) and day < earlier:
        return f"{field.title} раньше, чем «{register.field(field.after).title}»: {day:%d.%m.%Y}."
    return ""


def _of_time(register: Register, field: Field, when: date | int, values: Values, calendar: Calendar) -> str:
    """What is the matter with a day or a year that is still to come, or that came before the pupil."""
    if field.ahead is None:
        return ""
    whose = next((str(values[one.code]) for one in register.fields if one.register == PUPILS), "")
    today, born = calendar.today, calendar.born.get(whose, date.min)
    if isinstance(when, date):
        said, year = f"{when:%d.%m.%Y}", when.year
        is_ahead, is_early = field.ahead == 0 and when > today, when < born
    else:
        said, year = f"{when} год", when
        is_ahead, is_early = False, when < born.year
    if is_ahead or year > today.year + field.ahead:
        return f"{field.title}: {said} ещё впереди, проверьте."
    return f"{field.title}: ученик родился позже, {born:%d.%m.%Y}." if is_early else ""


def _plain(value: Value) -> str:
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    return "" if value is None else str(value)
