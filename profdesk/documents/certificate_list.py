"""The list of competencies on a certificate: number, name and cells, in columns that fill their room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from profdesk.documents import fonts
from profdesk.documents.certificate_dress import Dress
from profdesk.documents.drawing_cells import WIDTH as CELLS
from profdesk.documents.drawing_cells import cells
from profdesk.documents.sheet import MM, Sheet
from profdesk.documents.typography import balanced
from profdesk.domain.certificate import CertificateFacts

_SIZES = (9.4, 9.0, 8.5, 8.0, 7.5)
_LEADING = 1.25
_GAP = 8.0
_NUMBER = 7.0
_LEAST, _MOST = 0.9, 4.5


@dataclass(frozen=True)
class _Row:
    number: int
    lines: Sequence[str]
    stage: int | None


@dataclass(frozen=True)
class Laid:
    """Rows parted into columns of ``wide`` millimetres at a size in points, ``pad`` the air around each row."""

    columns: Sequence[Sequence[_Row]]
    pad: float
    size: float
    wide: float
    across: tuple[float, float]
    down: tuple[float, float]
    top: int

    @property
    def fits(self) -> bool:
        """Whether there is air between the rows."""
        return self.pad >= _LEAST


def laid(facts: CertificateFacts, across: tuple[float, float], down: tuple[float, float], columns: int = 1) -> Laid:
    """Lay the list out at the largest size that leaves air in it; at the smallest if none does."""
    wide = (across[1] - across[0] - _GAP * (columns - 1)) / columns
    for size in _SIZES:
        parts, pad = _parted(_rows(facts, wide, size), columns, down[1] - down[0], size)
        found = Laid(parts, pad, size, wide, across, down, facts.scale[-1].value)
        if found.fits:
            break
    return found


def draw(sheet: Sheet, laid: Laid, dress: Dress) -> None:
    """Draw every column from the same top, rules between the rows."""
    for place, rows in enumerate(laid.columns):
        _column(sheet, laid, dress, rows, laid.across[0] + place * (laid.wide + _GAP))


def _rows(facts: CertificateFacts, wide: float, size: float) -> list[_Row]:
    room = (wide - _NUMBER - CELLS - 2) * MM
    return [
        _Row(place + 1, balanced(item.title, fonts.TEXT, size, room), stage)
        for place, (item, stage) in enumerate(zip(facts.competencies.items, facts.stages, strict=True))
    ]


def _parted(rows: Sequence[_Row], columns: int, high: float, size: float) -> tuple[list[Sequence[_Row]], float]:
    """So many columns, parted where rows get the most air; and that air above and below each row."""
    line = size * _LEADING / MM

    def air(parts: Sequence[Sequence[_Row]]) -> float:
        return min((high - sum(len(row.lines) for row in part) * line) / len(part) / 2 for part in parts)

    cuts = combinations(range(len(rows) - 1, 0, -1), min(columns, len(rows)) - 1)
    ways = [[rows[start:end] for start, end in pairwise((0, *reversed(cut), len(rows)))] for cut in cuts]
    best = max(ways, key=air)
    return best, air(best)


def _spread(rows: Sequence[_Row], laid: Laid) -> tuple[float, float]:
    """Air above the first row, and around each of the others so that the last ends where the room does."""
    text = sum(len(row.lines) for row in rows) * laid.size * _LEADING / MM
    least, high = min(laid.pad, _MOST), laid.down[1] - laid.down[0]
    return least, min(1.5 * least, (high - 2 * least - text) / max(1, len(rows) - 1) / 2)


def _column(sheet: Sheet, laid: Laid, dress: Dress, rows: Sequence[_Row], x: float) -> None:
    (above, pad), y = _spread(rows, laid), laid.down[0]
    size, line = laid.size, laid.size * _LEADING / MM
    for place, row in enumerate(rows):
        if place:
            sheet.rule(x, y, x + laid.wide, y, width=0.35)
        y += pad if place else above
        base = y + line * 0.76
        sheet.text(x + 4.4, base, str(row.number), face=fonts.BOLD, size=size, colour=dress.title, align="right")
        sheet.lines(x + _NUMBER, base, row.lines, size=size, leading=_LEADING)
        cells(sheet, x + laid.wide - CELLS, base - 2.6, row.stage, laid.top, radius=dress.corner)
        y += len(row.lines) * line + pad
