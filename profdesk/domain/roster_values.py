"""Cells of a class list read as names, dates of birth and sex; what will not do is told in words."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from profdesk.domain.people import PersonName, Sex, fold

Value = str | int | float | date | None

_LATIN = "ABCEHKMOPTXYaceopxy"
_RUSSIAN = "АВСЕНКМОРТХУасеорху"
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_MONTHS = (
    "январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
_OF_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_DAY_FIRST = re.compile(r"^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})(?:\s*г\.?)?(?:[ T]\d{1,2}:\d{2}.*)?$")
_YEAR_FIRST = re.compile(r"^(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?$")
_IN_WORDS = re.compile(r"^[«\"]?(\d{1,2})[»\"]?\s+([а-яё]{2,})\.?\s+(\d{4})\s*(?:г\.?|года)?$", re.IGNORECASE)
_SERIAL = re.compile(r"^\d{5}(?:[.,]0+)?$")
_EPOCH = date(1899, 12, 30)
_SERIALS = range(25_000, 60_000)
_OLDEST = 25
_MALE = {"м", "муж", "мужской", "мальчик", "m", "male", "юноша"}
_FEMALE = {"ж", "жен", "женский", "девочка", "f", "female", "девушка"}
_NOISE = re.compile(r"^\s*\d+\s*[.)]\s*|[*†+]+\s*$|\s*\([^)]*\)\s*$")
_LETTERS = re.compile(r"^[А-ЯЁа-яёA-Za-z][А-ЯЁа-яёA-Za-z'’.\-]*$")
_LOWER = {"оглы", "кызы", "угли", "улы", "гызы", "заде", "бек"}


class Wrong(ValueError):  # noqa: N818 - it carries the reason shown beside the line
    """A cell that will not do; the text is the reason, in Russian."""


def text(value: Value) -> str:
    """A cell as text with single spaces: whole numbers without their fraction, dates as people write them."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return " ".join(str(value).replace("\u00ad", "").replace("\ufeff", "").split())


def birth_date(value: Value, today: date) -> date:
    """Read a date of birth of a pupil; Wrong says what is the matter with it."""
    if isinstance(value, datetime):
        return _plausible(value.date(), today)
    if isinstance(value, date):
        return _plausible(value, today)
    words = text(value)
    if not words:
        raise Wrong("Нет даты рождения")
    return _plausible(_date(words), today)


def is_birth_date(value: Value, today: date) -> bool:
    """Whether a cell holds a date on which a pupil may have been born."""
    try:
        return birth_date(value, today) <= date(today.year - 2, 12, 31)
    except Wrong:
        return False


def sex(value: Value) -> Sex | None:
    """Read the sex in the many ways lists write it; None where it is not clearly given."""
    word = text(value).lower().rstrip(".")
    if word in _MALE:
        return Sex.MALE
    return Sex.FEMALE if word in _FEMALE else None


def clean(words: str) -> str:
    """Take numbering, stars and notes in brackets off a name."""
    before = None
    while before != words:
        before, words = words, _NOISE.sub("", words)
    return words.strip(" ,;.")


def name_words(words: str) -> tuple[list[str], bool]:
    """The words of a name, each in its proper case, and whether Latin letters were read as Russian."""
    made = [_proper(word) for word in clean(words).replace(",", " ").split()]
    return [word for word, _ in made], any(changed for _, changed in made)


def person(surname: list[str], given: list[str], patronymic: list[str]) -> PersonName:
    """Put a name together; Wrong says what of it is missing."""
    if not surname and not given:
        raise Wrong("Нет фамилии и имени")
    if not surname:
        raise Wrong("Нет фамилии")
    if not given:
        raise Wrong("Нет имени")
    if len(given[0].rstrip(".")) == 1:
        raise Wrong(f"Имя сокращено: «{given[0]}». Нужно полное")
    for word in (*surname, *given, *patronymic):
        if not _LETTERS.match(word):
            raise Wrong(f"Не похоже на имя: «{word}»")
    return PersonName(" ".join(surname), " ".join(given), " ".join(patronymic) or None)


def looks_like_full_name(words: str) -> bool:
    """Whether a cell is two to five words of letters, the first two capitalised."""
    parts = clean(words).split()
    return 2 <= len(parts) <= 5 and all(_LETTERS.match(part) for part in parts) and _capital(parts[:2])


def looks_like_one_name(words: str) -> bool:
    """Whether a cell is one capitalised word of letters."""
    parts = clean(words).split()
    return len(parts) == 1 and len(parts[0]) > 1 and bool(_LETTERS.match(parts[0])) and _capital(parts)


def looks_like_patronymic(words: str) -> bool:
    """Whether a word ends as patronymics do."""
    return fold(clean(words)).endswith(("вич", "вна", "ична", "ьич", "мич", "нич", "оглы", "кызы"))


def _capital(parts: list[str]) -> bool:
    return all(part[0].isupper() for part in parts)


def _proper(word: str) -> tuple[str, bool]:
    russian = word
    if any("а" <= letter <= "я" or letter == "ё" for letter in word.lower()):
        russian = word.translate(_TO_RUSSIAN)
    if russian.lower() in _LOWER:
        return russian.lower(), russian != word
    if russian.isupper() or russian.islower():
        cased = "-".join(part.capitalize() for part in russian.split("-"))
        return cased, russian != word
    return russian, russian != word


def _date(words: str) -> date:
    if _SERIAL.match(words) and int(words[:5]) in _SERIALS:
        return _EPOCH + timedelta(days=int(words[:5]))
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        found = pattern.match(words)
        if found:
            return _made(*(int(found.group(number)) for number in order))
    found = _IN_WORDS.match(words)
    if found:
        stem = found.group(2).lower()
        for number, month in enumerate(_MONTHS, 1):
            if stem.startswith(month):
                return _made(int(found.group(3)), number, int(found.group(1)))
    raise Wrong(f"Дата рождения непонятна: «{words}»")


def _made(year: int, month: int, day: int) -> date:
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month, day)
    except ValueError:
        if 1 <= month <= 12:
            raise Wrong(f"Нет такой даты: {day} {_OF_MONTHS[month - 1]}") from None
        raise Wrong(f"Нет {month}-го месяца") from None


def _plausible(born: date, today: date) -> date:
    if born > today:
        raise Wrong(
            f"Год рождения {born.year} ещё не наступил" if born.year > today.year else "Дата рождения в будущем"
        )
    if born.year < today.year - _OLDEST:
        raise Wrong(f"Год рождения {born.year}: для ученика слишком давно")
    return born
