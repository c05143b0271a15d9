"""Which cells are chosen: told by the view once, so that cells and heads need not ask one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """The chosen rectangle of cells, its first and last rows and columns included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return self.top == self.bottom and self.left == self.right

    def has(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.has_row(row) and self.has_column(column)

    def has_row(self, row: int) -> bool:
        """Whether it crosses a row."""
        return self.top <= row <= self.bottom

    def has_column(self, column: int) -> bool:
        """Whether it crosses a column."""
        return self.left <= column <= self.right

    def places(self) -> Iterator[tuple[int, int]]:
        """Rows and columns of its cells, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


@dataclass
class Choice:
    """The block, the current cell in it (row, column), whether keys go to the grid and digits lead down it."""

    block: Block | None = None
    current: tuple[int, int] = (-1, -1)
    focused: bool = False
    down: bool = False

    def has_row(self, row: int) -> bool:
        """Whether a row's head lights up."""
        return self.block is not None and self.block.has_row(row)

    def has_column(self, column: int) -> bool:
        """Whether a column's head lights up."""
        return self.block is not None and self.block.has_column(column)
