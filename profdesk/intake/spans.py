"""Cells that cover several columns and rows, laid out one value to each place they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.intake.limits import MOST_COLUMNS, Cell

MOST_SPANNED = 1000


@dataclass(frozen=True)
class Spanning:
    """A cell as a page writes it; ``column`` (from 0) where it is told, else it follows the one before."""

    value: Cell
    across: int = 1
    down: int = 1
    column: int | None = None


class Spans:
    """Goes down one table and remembers which cells of earlier rows reach into the next."""

    def __init__(self) -> None:
        self._from_above: dict[int, tuple[Cell, int]] = {}

    def row(self, cells: Sequence[Spanning]) -> tuple[list[Cell], frozenset[int]]:
        """The values of the next row by column, and the columns covered from above.

        Of what stands too far to the right, the first value is kept just beyond the last column that is read.
        """
        made: dict[int, Cell] = {column: value for column, (value, _) in self._from_above.items()}
        continued = frozenset(made)
        reaching = {column: (value, left - 1) for column, (value, left) in self._from_above.items() if left > 1}
        column = 0
        beyond: Cell = None
        for cell in cells:
            column = cell.column if cell.column is not None else column
            while column in continued:
                column += 1
            if column >= MOST_COLUMNS:
                beyond = beyond or cell.value
                continue
            for place in range(column, min(column + cell.across, MOST_COLUMNS)):
                made.setdefault(place, cell.value)
                if cell.down > 1:
                    reaching.setdefault(place, (cell.value, cell.down - 1))
            column += cell.across
        self._from_above = reaching
        if beyond is not None:
            made[MOST_COLUMNS] = beyond
        return [made.get(place) for place in range(max(made, default=-1) + 1)], continued
