"""Breaking a competency's name into the lines of a narrow, rotated head."""

from __future__ import annotations

import re
from collections.abc import Callable

from profdesk.domain.programme import SOFT_HYPHEN

_ELLIPSIS = "…"
_BREAKS = re.compile("[ \\t\\n\\v\\f\\r\u2028\u2029]+")
"""Where a line may end: not at no-break spaces. What is drawn line by line must hold no line break itself."""


def lines(text: str, room: float, most: int, width: Callable[[str], float]) -> list[str]:
    """Break greedily on words; at a soft hyphen only where a word alone is too long.

    ``room`` and ``width`` are in the same unit; what does not fit ``most`` lines ends in «…».
    """
    pieces = [piece for word in _BREAKS.split(text) if word for piece in _pieces(word, room, width)]
    broken: list[str] = []
    for piece in pieces:
        joined = f"{broken[-1]} {piece}" if broken else piece
        if broken and not broken[-1].endswith("-") and width(joined) <= room:
            broken[-1] = joined
        else:
            broken.append(piece)
    if len(broken) > most:
        broken = [*broken[: most - 1], f"{broken[most - 1]} {broken[most]}"]
    return [_cut(line, room, width) for line in broken]


def _pieces(word: str, room: float, width: Callable[[str], float]) -> list[str]:
    """One word whole if it fits, else cut at its soft hyphens with a hyphen shown."""
    syllables = word.split(SOFT_HYPHEN)
    whole = "".join(syllables)
    if width(whole) <= room or len(syllables) == 1:
        return [whole]
    pieces = [syllables[0]]
    for syllable in syllables[1:]:
        if width(f"{pieces[-1]}{syllable}-") <= room:
            pieces[-1] += syllable
        else:
            pieces[-1] += "-"
            pieces.append(syllable)
    return pieces


def _cut(line: str, room: float, width: Callable[[str], float]) -> str:
    if width(line) <= room:
        return line
    while line and width(line + _ELLIPSIS) > room:
        line = line[:-1]
    return line.rstrip() + _ELLIPSIS
