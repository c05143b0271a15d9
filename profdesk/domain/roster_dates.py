"""Dates of birth in the many shapes class lists write them; what will not do is told in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from profdesk.domain.roster_names import looks_like_full_name
from profdesk.domain.roster_text import Value, Wrong, russian, text

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_STEMS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN_LETTERS = str.maketrans("хі", "xi")
_TAIL = r"(?:\s*(?:года|год|г\.?\s*р\.?|г\.?))?(?:[\sT]+\d{1,2}:\d{2}\S*|\s*\(.*\)|\s*[*])?[.,;]?$"
_DAY_FIRST = re.compile(rf"^(\d{{1,2}})\s*[./,\- ]\s*(\d{{1,2}})\s*[./,\- ]\s*(\d{{4}}|\d{{2}}){_TAIL}", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"^(\d{{4}})\s*[./\- ]\s*(\d{{1,2}})\s*[./\- ]\s*(\d{{1,2}})(?!\d){_TAIL}", re.IGNORECASE)
_MONTH = r"([а-яё]{3,8}|[a-z]{3,9}|[ivxхі]{1,4})"
_IN_WORDS = re.compile(rf"^[«\"]?(\d{{1,2}})[»\"]?[\s.\-/]*{_MONTH}[\s.,\-/]+(\d{{4}}|\d{{2}}){_TAIL}", re.IGNORECASE)
_YEAR_IN_FRONT = re.compile(
    rf"^(\d{{4}})(?:\s*(?:года|год|г\.?))?[\s.,\-/]+(\d{{1,2}})[\s.\-/]*{_MONTH}[.,;]?$", re.IGNORECASE
)
_MONTH_IN_FRONT = re.compile(rf"^{_MONTH}\.?\s+(\d{{1,2}})\s*,\s*(\d{{4}}){_TAIL}", re.IGNORECASE)
_SLASHED = re.compile(r"^(\d{1,2})/(\d{1,2})/(?=\d{4}$|\d{2}$)")
_RUN_TOGETHER = re.compile(r"^(\d{2})(\d{2})(20\d{2}|19\d{2})$|^(20\d{2}|19\d{2})(\d{2})(\d{2})$")
_ONLY_YEAR = re.compile(r"^(?:19|20)\d{2}(?:\s*(?:года|год|г\.?\s*р\.?|г\.?))?$")
_NO_DAY = re.compile(r"^\d{1,2}[./-](?:19|20)\d{2}(?:\s*г\.?)?$")
_PATTERNS = (_DAY_FIRST, _YEAR_FIRST, _IN_WORDS, _YEAR_IN_FRONT, _ONLY_YEAR, _NO_DAY)
_SERIAL = re.compile(r"^(\d{5})(?:[.,]\d+)?$")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(25_000, 73_051)
_NONE = {"", "-", "–", "—", ".", "?", "нет", "н/д", "нет данных", "не указана", "не указано", "#н/д", "#n/a"}
_OLDEST = 25
_ANYWHERE = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\s+(?:янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)[а-я]*\s+\d{4})"
    r"(?:\s*г(?:\.\s*р)?\.?)?|\d{4}-\d{2}-\d{2}",
    re.IGNORECASE,
)

_PLACE_BESIDE = re.compile(r"^(\d{1,2}[./]\d{1,2}[./]\d{4})\s*(?:,|г\.|г,|года)\s*[^\d/]+$", re.IGNORECASE)
"""«05.02.2014, г. Артёмовский» in a column «Дата и место рождения»."""


def birth_date(value: Value, today: date) -> date:
    """Read a date of birth of a pupil; Wrong says what is the matter with it."""
    if isinstance(value, datetime):
        return _plausible(value.date(), today)
    if isinstance(value, date):
        return _plausible(value, today)
    words = text(value)
    if is_blank(words):
        raise Wrong("Нет даты рождения")
    return _plausible(_read(words, today), today)


def day(words: str, latest: date) -> date:
    """Read any day as class lists write days, of which none is after ``latest``; Wrong if it is none."""
    return _read(words, latest)


def is_blank(words: str) -> bool:
    """Whether a cell says nothing, or says that nothing is known."""
    return words.lower() in _NONE


def is_birth_date(value: Value, today: date) -> bool:
    """Whether a cell holds a date on which a pupil may have been born."""
    try:
        return birth_date(value, today) <= date(today.year - 2, 12, 31)
    except Wrong:
        return False


def looks_like_date(value: Value) -> bool:
    """Whether a cell holds a date, even one that never was («31.02.2014»)."""
    if isinstance(value, date):
        return True
    words = text(value)
    if any(map(str.isdigit, words[:3])):
        return any(pattern.match(words) for pattern in _PATTERNS)
    return words[-1:].isdigit() and _MONTH_IN_FRONT.match(words) is not None


def never_was(value: Value) -> bool:
    """Whether a cell is written as a date but is none («31.02.2014», «2014»)."""
    if isinstance(value, date) or not looks_like_date(value):
        return False
    try:
        _read(text(value), date.max)
    except Wrong:
        return True
    return False


def month_comes_first(values: Iterable[Value]) -> bool:
    """Whether a column is written the American way: some date makes sense only as month/day/year, none as day first."""
    parts = [(int(found[1]), int(found[2])) for value in values if (found := _SLASHED.match(text(value)))]
    return any(second > 12 for _, second in parts) and not any(first > 12 for first, _ in parts)


def day_first(value: Value) -> Value:
    """A date of such a column with its day before the month: «3/25/2014» is «25/3/2014»."""
    return _SLASHED.sub(r"\2/\1/", text(value)) if isinstance(value, str) else value


def split_off(words: str) -> tuple[str, str]:
    """A name that has a date beside it, as name and date: «Ильин Даниил, 05.02.2014»; a telephone is left out."""
    found = _ANYWHERE.search(words)
    if found is None:
        return words, ""
    before, after = words[: found.start()], words[found.end() :]
    if any(map(str.isalpha, before)) and not any(map(str.isalpha, after)):
        after = ""
    return f"{before} {after}".strip(" ,;-–—()"), found.group()


def is_name_and_date(value: Value) -> bool:
    """Whether a cell holds a full name and a date beside it."""
    name, born = split_off(text(value))
    return bool(born) and looks_like_full_name(name)


def _read(words: str, today: date) -> date:
    serial = _SERIAL.match(words)
    if serial and int(serial.group(1)) in _SERIALS:
        return _EPOCH + timedelta(days=int(serial.group(1)))
    if _ONLY_YEAR.match(words):
        raise Wrong(f"Не хватает дня и месяца рождения: «{words}»")
    if _NO_DAY.match(words):
        raise Wrong(f"Не хватает дня рождения: «{words}»")
    found = _DAY_FIRST.match(words)
    if found:
        day, month, year = (int(part) for part in found.groups())
        return _made(_full_year(year, found.group(3), today), month, day)
    found = _YEAR_FIRST.match(words)
    if found:
        year, month, day = (int(part) for part in found.groups())
        return _made(year, month, day)
    return _in_words(words, today)


def _in_words(words: str, today: date) -> date:
    plain = " ".join(russian(word) for word in words.split())
    day = month = year = ""
    if found := _IN_WORDS.match(plain):
        day, month, year = found.groups()
    elif found := _YEAR_IN_FRONT.match(plain):
        year, day, month = found.groups()
    elif found := _MONTH_IN_FRONT.match(plain):
        month, day, year = found.groups()
    number = _month(month)
    if number:
        return _made(_full_year(int(year), year, today), number, int(day))
    together = _RUN_TOGETHER.match(words)
    if together:
        parts = [int(part) for part in together.groups() if part is not None]
        full, middle, last = parts if together.group(1) is None else reversed(parts)
        return _made(full, middle, last)
    beside = _PLACE_BESIDE.match(words)
    if beside:
        return _read(beside.group(1), today)
    raise Wrong(f"Дата рождения не понята: «{words}»")


def _month(word: str) -> int | None:
    lower = word.lower()
    roman = lower.translate(_ROMAN_LETTERS)
    if roman in _ROMAN:
        return _ROMAN.index(roman) + 1
    for number, stem in enumerate(_STEMS, 1):
        if lower.startswith(stem) and (stem != "ма" or lower in ("мая", "май")):
            return number
    return next((number for number, stem in enumerate(_ENGLISH, 1) if lower.startswith(stem)), None)


def _full_year(year: int, written: str, today: date) -> int:
    """Two figures of a year are of this century unless that is still to come."""
    if len(written) == 4:
        return year
    return 2000 + year if 2000 + year <= today.year else 1900 + year


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        if not 1 <= month <= 12:
            raise Wrong(f"Нет {month}-го месяца") from None
        leap = f" {year}" if (month, day) == (2, 29) else ""
        raise Wrong(f"Нет такой даты: {day} {_MONTHS[month - 1]}{leap}") from None


def _plausible(born: date, today: date) -> date:
    if born.year > today.year:
        raise Wrong(f"Год рождения {born.year} ещё не наступил")
    if born > today:
        raise Wrong(f"Дата рождения {born:%d.%m.%Y} ещё не наступила")
    if born.year < today.year - _OLDEST:
        raise Wrong(f"Год рождения {born.year}: для ученика слишком давно")
    return born
