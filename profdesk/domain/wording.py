"""How Russian text says dates, names in quotes and lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

NBSP = "\u00a0"
_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_MONTH_NAMES = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_SHORT_MONTHS = ("янв", "фев", "марта", "апр", "мая", "июня", "июля", "авг", "сент", "окт", "нояб", "дек")
_STRAIGHT = re.compile(r"\"([^\"]*)\"")
_INNER = str.maketrans("«»", "„“")


def day(value: date) -> str:
    """«25 мая 2027 г.», which does not part."""
    return f"{whole_day(value)}{NBSP}г."


def whole_day(value: date) -> str:
    """«25 мая 2027», to be followed by «года»."""
    return f"{value.day}{NBSP}{_MONTHS[value.month - 1]} {value.year}"


def brief_day(value: date) -> str:
    """«12 нояб» for narrow places, where the year goes without saying."""
    return f"{value.day}{NBSP}{_SHORT_MONTHS[value.month - 1]}"


def month(value: date) -> str:
    """«ноябрь 2026»."""
    return f"{_MONTH_NAMES[value.month - 1]} {value.year}"


def quoted(name: str) -> str:
    """A name in «», what it quotes itself in „“; a name that comes quoted as a whole is not quoted twice."""
    bare = name.strip()
    if bare[:1] in '«"' and bare[-1:] in '»"' and _is_one_quote(bare[1:-1]):
        bare = bare[1:-1]
    bare = _STRAIGHT.sub(r"„\1“", bare)
    return f"«{bare.translate(_INNER)}»"


def listed(words: Sequence[str]) -> str:
    """«планирование, гибкость и упорство»."""
    return " и ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _is_one_quote(inside: str) -> bool:
    """Whether every quote opened inside is closed inside, so that the outer pair belongs together."""
    depth = 0
    for letter in inside:
        depth += (letter == "«") - (letter == "»")
        if depth < 0:
            return False
    return depth == 0 and inside.count('"') % 2 == 0
