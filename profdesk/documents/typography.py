"""Russian typography: what never parts at the end of a line, lines broken by true widths, dates, figures.

Broken lines are remembered: the pages of a class repeat all words but the names.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from profdesk.documents import fonts
from profdesk.domain import wording

NBSP = wording.NBSP
SOFT = "\u00ad"
HIDDEN = "•"
"""Stands for a number that is not told."""
day, quoted = wording.day, wording.quoted
_SHORT_WORD = re.compile(r"(?<![\w-])([А-Яа-яЁё]{1,2}|№|§) (?=\S)")
_BEFORE_DASH = re.compile(r" (?=[—–])")
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=%|г\.|чел\.|класс|лет\b|год|«[А-ЯЁ]»)")
_INITIAL = re.compile(r"\b([А-ЯЁ]\.) (?=[А-ЯЁ])")
_BEFORE_INITIAL = re.compile(r"(?<=[а-яё]) (?=[А-ЯЁ]\.(?:\W|$))")
_SHORTENED = re.compile(r"\b(им\.|г\.|ул\.|с\.|п\.) (?=[А-ЯЁ«\d])")
_INNER_HYPHEN = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])")
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


def number(value: int) -> str:
    """Thousands parted by no-break spaces."""
    return f"{value:,}".replace(",", NBSP)


def told(value: int | None) -> str:
    """As ``number``; ``HIDDEN`` where it is not to be told."""
    return HIDDEN if value is None else number(value)


def decimal(value: Decimal | None) -> str:
    """A decimal comma; a dash where there is no figure. Whole targets stand without a fraction."""
    return "—" if value is None else str(value).replace(".", ",")


def signed(value: Decimal) -> str:
    """A change with its sign, as «+6,2» or «−3,1»."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{decimal(abs(value))}"


def wrap(text: str, face: str, size: float, room: float) -> list[str]:
    """Break into lines no wider than ``room`` points, at spaces.

    A word too long for a line alone parts at its soft hyphens, else at no-break spaces and hyphens of its
    own, and in the end between any letters: nothing runs off the paper.
    """
    return list(_wrapped(text, face, size, room))


def balanced(text: str, face: str, size: float, room: float) -> list[str]:
    """Break into as few lines as ``wrap`` needs, and these as even as they can be."""
    return list(_balanced(text, face, size, room))


def is_whole(text: str, face: str, size: float, room: float) -> bool:
    """Whether every word stands on a line unbroken, but for soft hyphens."""
    return all(joiner in (" ", SOFT) for joiner, _ in _tokens(text, face, size, room))


def fitted(text: str, face: str, sizes: Sequence[float], room: float, most_lines: int) -> tuple[float, list[str]]:
    """The first size at which the text takes no more lines than allowed, no word broken.

    Else the last size, broken wherever it must, and what is still too long for these lines cut with «…».
    """
    for size in sizes:
        lines = balanced(text, face, size, room)
        if len(lines) <= most_lines and is_whole(text, face, size, room):
            return size, lines
    size = sizes[-1]
    lines = balanced(text, face, size, room)
    if len(lines) <= most_lines:
        return size, lines
    lines = wrap(text, face, size, room)[:most_lines]
    return size, [*lines[:-1], cut(f"{lines[-1]}…", face, size, room)]


def cut(text: str, face: str, size: float, room: float) -> str:
    """One line no wider than ``room`` points; what does not fit is left out at the end, for «…»."""
    if fonts.width(text, face, size) <= room:
        return text
    kept = ""
    for letter in text.rstrip("…"):
        if fonts.width(f"{kept}{letter}…", face, size) > room:
            break
        kept += letter
    return f"{kept.rstrip(f' {NBSP},;-')}…"


@lru_cache(maxsize=2048)
def _wrapped(text: str, face: str, size: float, room: float) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for joiner, piece in _tokens(text, face, size, room):
        joined = f"{line}{joiner}{piece}" if line and joiner != SOFT else line + piece
        if line and (joiner == SOFT or fonts.width(joined, face, size) > room):
            lines.append(line)
            line = piece
        else:
            line = joined
    return (*lines, line) if line else tuple(lines)


@lru_cache(maxsize=2048)
def _balanced(text: str, face: str, size: float, room: float) -> tuple[str, ...]:
    """Of all ways to break into as few lines, the one whose lines differ least (least squares)."""
    greedy = _wrapped(text, face, size, room)
    if len(greedy) < 2 or SOFT in text:
        return greedy
    tokens = _tokens(text, face, size, room)
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for _ in greedy:
        longer: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in best.items():
            line = ""
            for end in range(start + 1, len(tokens) + 1):
                joiner, piece = tokens[end - 1]
                line = f"{line}{joiner}{piece}" if line else piece
                wide = fonts.width(line, face, size)
                if wide > room and end > start + 1:
                    break
                if end not in longer or cost + wide**2 < longer[end][0]:
                    longer[end] = (cost + wide**2, (*lines, line))
        best = longer
    return best[len(tokens)][1]


@lru_cache(maxsize=2048)
def _tokens(text: str, face: str, size: float, room: float) -> tuple[tuple[str, str], ...]:
    """What may stand on a line, each with what joins it to the one before where both stand on one line."""
    found: list[tuple[str, str]] = []
    for word in filter(None, bind(text).split(" ")):
        pieces = _parted(word, face, size, room)
        found += [(" ", pieces[0][1]), *pieces[1:]]
    return tuple(found)


def _parted(word: str, face: str, size: float, room: float) -> list[tuple[str, str]]:
    """A word in pieces that fit a line, broken where it hurts least."""
    plain = word.replace(SOFT, "")
    if fonts.width(plain, face, size) <= room or len(plain) < 2:
        return [("", plain)]
    if SOFT in word:
        parts, joiner = _at_soft(word, face, size, room), SOFT
    elif NBSP in word.strip(NBSP):
        parts, joiner = [part for part in word.split(NBSP) if part], NBSP
    elif _INNER_HYPHEN.search(word):
        parts, joiner = _INNER_HYPHEN.split(word), ""
    else:
        return [("", piece) for piece in _torn(word, face, size, room)]
    found: list[tuple[str, str]] = []
    for part in parts:
        pieces = _parted(part, face, size, room)
        found += [(joiner, pieces[0][1]), *pieces[1:]]
    return found


def _at_soft(word: str, face: str, size: float, room: float) -> list[str]:
    made = [""]
    for part in word.split(SOFT):
        if made[-1] and fonts.width(f"{made[-1]}{part}-", face, size) > room:
            made.append(part)
        else:
            made[-1] += part
    return [piece if piece.endswith("-") else f"{piece}-" for piece in made[:-1]] + made[-1:]


def _torn(word: str, face: str, size: float, room: float) -> list[str]:
    """A word torn between letters into as few pieces as fit, all of much the same width."""
    least = math.ceil(fonts.width(word, face, size) / room)
    for count in range(least, len(word)):
        share = fonts.width(word, face, size) / count
        pieces = [""]
        done = 0.0
        for letter in word:
            wide = fonts.width(letter, face, size)
            if pieces[-1] and done + wide / 2 > share * len(pieces):
                pieces.append("")
            pieces[-1] += letter
            done += wide
        if all(fonts.width(piece, face, size) <= room for piece in pieces):
            return pieces
    return list(word)
