"""Russian typography: what never parts at the end of a line, lines broken by true widths, dates, figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from profdesk.documents import fonts

NBSP = "\u00a0"
SOFT = "\u00ad"
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_SHORT_WORD = re.compile(r"(?<![\w-])([А-Яа-яЁё]{1,2}|№|§) (?=\S)")
_BEFORE_DASH = re.compile(r" (?=[—–])")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|г\.|чел\.|класс)")
_INITIAL = re.compile(r"\b([А-ЯЁ]\.) (?=[А-ЯЁ])")


def bind(text: str) -> str:
    """Put no-break spaces after short words, №, initials, and before dashes, % and units."""
    for pattern, into in (
        (_SHORT_WORD, rf"\1{NBSP}"),
        (_BEFORE_DASH, NBSP),
        (_BEFORE_UNIT, NBSP),
        (_INITIAL, rf"\1{NBSP}"),
    ):
        text = pattern.sub(into, text)
    return text


def day(value: date) -> str:
    """«25 мая 2027 г.», which does not part."""
    return f"{value.day}{NBSP}{_MONTHS[value.month - 1]} {value.year}{NBSP}г."


def number(value: int) -> str:
    """Thousands parted by no-break spaces."""
    return f"{value:,}".replace(",", NBSP)


def decimal(value: Decimal | None) -> str:
    """A decimal comma; a dash where there is no figure. Whole targets stand without a fraction."""
    return "—" if value is None else str(value).replace(".", ",")


def wrap(text: str, face: str, size: float, room: float) -> list[str]:
    """Break into lines no wider than ``room`` points, at spaces; at soft hyphens a word too long alone."""
    lines: list[str] = []
    line = ""
    for word in bind(text).split(" "):
        for number, piece in enumerate(_pieces(word, face, size, room)):
            joined = f"{line} {piece}" if line and number == 0 else line + piece
            if line and (number or fonts.width(joined, face, size) > room):
                lines.append(line)
                line = piece
            else:
                line = joined
    return [*lines, line] if line else lines


def balanced(text: str, face: str, size: float, room: float) -> list[str]:
    """Break into as few lines as ``wrap`` needs, and these as even as they can be."""
    count = len(wrap(text, face, size, room))
    low, high = 0.0, room
    while high - low > 1:
        middle = (low + high) / 2
        fits = wrap(text, face, size, middle)
        ragged = any(fonts.width(line, face, size) > middle for line in fits)
        if len(fits) <= count and not ragged:
            high = middle
        else:
            low = middle
    return wrap(text, face, size, high)


def fitted(text: str, face: str, sizes: Sequence[float], room: float, most_lines: int) -> tuple[float, list[str]]:
    """The first size at which the text takes no more lines than allowed, none too wide; else the last."""
    for size in sizes:
        lines = balanced(text, face, size, room)
        if len(lines) <= most_lines and all(fonts.width(line, face, size) <= room for line in lines):
            return size, lines
    return sizes[-1], balanced(text, face, sizes[-1], room)


def _pieces(word: str, face: str, size: float, room: float) -> list[str]:
    if fonts.width(_plain(word), face, size) <= room or SOFT not in word:
        return [_plain(word)]
    made = [""]
    for part in word.split(SOFT):
        if made[-1] and fonts.width(f"{made[-1]}{part}-", face, size) > room:
            made.append(part)
        else:
            made[-1] += part
    return [piece if piece.endswith("-") else f"{piece}-" for piece in made[:-1]] + made[-1:]


def _plain(text: str) -> str:
    return text.replace(SOFT, "")
