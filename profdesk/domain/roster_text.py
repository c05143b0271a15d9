"""Cells of a class list as clean text: spaces, hidden characters and letters of the wrong alphabet."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

Value = str | int | float | date | None

_LATIN = "ABCEHKMOPTXYaceopxykmb"
_RUSSIAN = "АВСЕНКМОРТХУасеорхукмь"
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_HIDDEN = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)
_RUSSIAN_LETTER = re.compile(r"[А-Яа-яЁё]")
_LATIN_LETTER = re.compile(r"[A-Za-z]")


class Wrong(ValueError):  # noqa: N818 - it carries the reason shown beside the line
    """A cell that will not do; the text is the reason, in Russian."""


def text(value: Value) -> str:
    """A cell as text with single spaces: whole numbers without their fraction, dates as people write them."""
    if isinstance(value, str):
        return _clean(value)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value)


@lru_cache(maxsize=1 << 16)
def _clean(words: str) -> str:
    plain = words if words.isascii() else unicodedata.normalize("NFC", words).translate(_HIDDEN)
    return " ".join(plain.split())


def russian(word: str, *, beside_russian: bool = False) -> str:
    """Put Russian letters in the place of Latin ones that look like them.

    A word is touched only where it becomes wholly Russian, and only if it has a Russian letter
    already or stands ``beside_russian`` words.
    """
    if not _LATIN_LETTER.search(word) or not (beside_russian or _RUSSIAN_LETTER.search(word)):
        return word
    changed = word.translate(_TO_RUSSIAN)
    return word if _LATIN_LETTER.search(changed) else changed


def is_russian(words: str) -> bool:
    """Whether there is a Russian letter in the text."""
    return _RUSSIAN_LETTER.search(words) is not None


def is_number(value: Value) -> bool:
    """Whether a cell holds a whole number, as in a column of line numbers: 7, 7.0, «7», «7.»."""
    return text(value).rstrip(".)").isdecimal()


def letters(index: int) -> str:
    """A column as a spreadsheet names it: A, B, …, AA."""
    named = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        named = chr(65 + rest) + named
    return named
