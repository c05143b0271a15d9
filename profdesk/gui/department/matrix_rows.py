"""Organisations by indicators: the columns and rows of the matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from profdesk.domain.consolidation import Consolidation
from profdesk.domain.people import fold
from profdesk.domain.summary import State
from profdesk.domain.sums import Line, Part
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.tones import Tone
from profdesk.gui.department.consolidation_rows import HIDDEN, LineRow, decimal, number, share

_NARROW, _ROOM, _WIDEST = 46, 800, 150
_BELOW = Look(tone=Tone.WARN, bold=True, soft=True)
_ALL = Look(bold=True)


@dataclass(frozen=True)
class MatrixRow:
    """An organisation (or, without a name, all together) with its part of each line, by the line's key."""

    organisation: str
    short_name: str
    parts: Mapping[tuple[str, str], Part]
    sent: bool = True

    @property
    def key(self) -> str:
        """What tells rows apart."""
        return self.organisation

    @property
    def is_all(self) -> bool:
        """Whether it is the row of the sums."""
        return not self.organisation


def columns(shown: Sequence[LineRow]) -> tuple[Column[MatrixRow], ...]:
    """A column for each line; with the numbers under the percent where there are few of them."""
    wide = min(_WIDEST, max(_NARROW, _ROOM // max(1, len(shown))))
    few = wide >= 2 * _NARROW
    name: Column[MatrixRow] = Column(
        "Организация", lambda row: row.short_name, sort=lambda row: fold(row.short_name), look=_name_look
    )
    return (
        name,
        *(
            Column(
                row.title,
                partial(_percent, row.line),
                width=wide,
                right=True,
                sort=partial(_order, row.line),
                second=partial(_numbers, row.line) if few else None,
                look=partial(_look, row.line),
                spoken=partial(_spoken, row.line),
                tight=True,
            )
            for row in shown
        ),
    )


def rows(made: Consolidation, words: str = "") -> Sequence[MatrixRow | Heading]:
    """All together, who sent, and at the end who has not, of those that match the words searched for."""
    wanted = fold(words).split()
    parts: dict[str, dict[tuple[str, str], Part]] = {}
    for line in made.lines:
        for part in line.parts:
            parts.setdefault(part.organisation, {})[line.code, line.rule] = part
    sent = [MatrixRow(one.organisation, one.short_name, parts.get(one.organisation, {})) for one in made.summaries]
    absent = [MatrixRow(one.organisation, one.short_name, {}, sent=False) for one in made.absent]
    found: list[MatrixRow | Heading] = [] if wanted else [MatrixRow("", "Вместе", {})]
    for title, group in (("Прислали", sent), ("Не прислали", absent)):
        matching = [
            row for row in group if all(word in fold(f"{row.short_name} {row.organisation}") for word in wanted)
        ]
        if matching:
            found += [Heading(f"{title}, {len(matching)}"), *matching]
    return found


def _percent(line: Line, row: MatrixRow) -> str:
    if row.is_all:
        return share(line.sum)
    part = row.parts.get((line.code, line.rule))
    if part is None:
        return ""
    return decimal(part.percent) if part.is_told else HIDDEN


def _numbers(line: Line, row: MatrixRow) -> str:
    part = row.parts.get((line.code, line.rule))
    if row.is_all and line.sum.told:
        return f"{number(line.sum.numerator)} из {number(line.sum.denominator)}"
    return f"{number(part.numerator)} из {number(part.denominator)}" if part and part.denominator != 0 else ""


def _look(line: Line, row: MatrixRow) -> Look:
    if row.is_all:
        return _BELOW if line.state is State.BELOW else _ALL
    part = row.parts.get((line.code, line.rule))
    return _BELOW if part is not None and part.state(line.target) is State.BELOW else Look()


def _spoken(line: Line, row: MatrixRow) -> str:
    """What the colour and the signs say."""
    words = _percent(line, row)
    if words == HIDDEN:
        return "скрыто"
    if not words:
        return "нет" if row.sent else "не прислана"
    numbers = ", ".join(filter(None, (words, _numbers(line, row))))
    return f"{numbers}, ниже цели" if _look(line, row).tone is Tone.WARN else numbers


def _name_look(row: MatrixRow) -> Look:
    return _ALL if row.is_all else Look()


def _order(line: Line, row: MatrixRow) -> Decimal:
    """Those without a number come first."""
    part = row.parts.get((line.code, line.rule))
    percent = part.percent if part is not None else None
    return Decimal(-1) if percent is None else percent
