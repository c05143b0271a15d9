"""Russian typography: what never parts at the end of a line, lines broken by true widths, dates, figures.

Broken lines are remembered: the pages of a class repeat all words but the names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from profdesk.documents import fonts

NBSP = "\u00a0"
SOFT = "\u00ad"
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_STRAIGHT = re.compile(r"\"([^\"]*)\"")
_INNER = str.maketrans("«»", "„“")
_SHORT_WORD = re.compile(r"(?<![\w-])([А-Яа-яЁё]{1,2}|№|§) (?=\S)")
_BEFORE_DASH = re.compile(r" (?=[—–])")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|г\.|чел\.|класс|лет\b|год|«[А-ЯЁ]»)")
_INITIAL = re.compile(r"\b([А-ЯЁ]\.) (?=[А-ЯЁ])")
_BEFORE_INITIAL = re.compile(r"(?<=[а-яё]) (?=[А-ЯЁ]\.(?:\W|$))")
_SHORTENED = re.compile(r"\b(им\.|г\.|ул\.|с\.|п\.) (?=[А-ЯЁ«\d])")
_EDITION = re.compile(r"(?<=[Рр]едакция) (?=\d)")


def bind(text: str) -> str:
    """Put no-break spaces after short words, №, initials, and before dashes, % and units."""
    for pattern, into in (
        (_SHORT_WORD, rf"\1{NBSP}"),
        (_BEFORE_DASH, NBSP),
        (_BEFORE_UNIT, NBSP),
        (_INITIAL, rf"\1{NBSP}"),
        (_BEFORE_INITIAL, NBSP),
        (_SHORTENED, rf"\1{NBSP}"),
        (_EDITION, NBSP),
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


def plural(count: int, one: str, few: str, many: str) -> str:
    """«1 компетенция», «3 компетенции», «15 компетенций», which do not part."""
    tens, ones = count % 100 // 10, count % 10
    word = many if tens == 1 or ones in (0, 5, 6, 7, 8, 9) else one if ones == 1 else few
    return f"{number(count)}{NBSP}{word}"


def quoted(name: str) -> str:
    """A name in «», what it quotes itself in „“; a name that comes quoted as a whole is not quoted twice."""
    bare = name.strip()
    if bare[:1] in '«"' and bare[-1:] in '»"' and _is_one_quote(bare[1:-1]):
        bare = bare[1:-1]
    bare = _STRAIGHT.sub(r"„\1“", bare)
    return f"«{bare.translate(_INNER)}»"


def wrap(text: str, face: str, size: float, room: float) -> list[str]:
    """Break into lines no wider than ``room`` points, at spaces; at soft hyphens a word too long alone."""
    return list(_wrapped(text, face, size, room))


def balanced(text: str, face: str, size: float, room: float) -> list[str]:
    """Break into as few lines as ``wrap`` needs, and these as even as they can be."""
    return list(_balanced(text, face, size, room))


def fitted(text: str, face: str, sizes: Sequence[float], room: float, most_lines: int) -> tuple[float, list[str]]:
    """The first size at which the text takes no more lines than allowed, none too wide; else the last."""
    for size in sizes:
        lines = balanced(text, face, size, room)
        if len(lines) <= most_lines and all(fonts.width(line, face, size) <= room for line in lines):
            return size, lines
    return sizes[-1], balanced(text, face, sizes[-1], room)


@lru_cache(maxsize=2048)
def _wrapped(text: str, face: str, size: float, room: float) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in bind(text).split(" "):
        for place, piece in enumerate(_pieces(word, face, size, room)):
            joined = f"{line} {piece}" if line and place == 0 else line + piece
            if line and (place or fonts.width(joined, face, size) > room):
                lines.append(line)
                line = piece
            else:
                line = joined
    return (*lines, line) if line else tuple(lines)


@lru_cache(maxsize=2048)
def _balanced(text: str, face: str, size: float, room: float) -> tuple[str, ...]:
    """Of all ways to break into as few lines, the one whose lines differ least (least squares)."""
    greedy = _wrapped(text, face, size, room)
    words = bind(text).split(" ")
    if len(greedy) < 2 or any(SOFT in word for word in words):
        return greedy
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for _ in greedy:
        longer: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in best.items():
            for end in range(start + 1, len(words) + 1):
                line = " ".join(words[start:end])
                wide = fonts.width(line, face, size)
                if wide > room and end > start + 1:
                    break
                if end not in longer or cost + wide**2 < longer[end][0]:
                    longer[end] = (cost + wide**2, (*lines, line))
        best = longer
    return best[len(words)][1]


def _is_one_quote(inside: str) -> bool:
    """Whether every quote opened inside is closed inside, so that the outer pair belongs together."""
    depth = 0
    for letter in inside:
        depth += (letter == "«") - (letter == "»")
        if depth < 0:
            return False
    return depth == 0 and inside.count('"') % 2 == 0


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
