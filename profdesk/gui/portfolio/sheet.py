"""What the grid shows: stages already committed, and those on their way to the disk.

No Qt here. A key is answered at once with a stage that waits; the answer to its write either makes it a
saved one or takes it back. A cell may have been given another stage meanwhile: every write carries a
number, and only the last one given to a cell decides what the cell shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from profdesk.domain.people import Pupil
from profdesk.domain.portfolio import STAFF, Cell, Completeness, Grid, Mark
from profdesk.domain.programme import SOFT_HYPHEN, Competency
from profdesk.domain.school_year import Term


@dataclass(frozen=True)
class Look:
    """How a cell is drawn: ``trend`` is 1, 0 or -1 against the term before, ``pending`` not yet committed.

    ``disputed``: another rater gave another stage; ``noted``: the cell has a note or files.
    """

    stage: int | None
    trend: int = 0
    pending: bool = False
    disputed: bool = False
    noted: bool = False


@dataclass(frozen=True)
class _Waiting:
    number: int
    stage: int | None


class Sheet:
    """A class grid with the writes that have not been answered yet; its rows are the whole class or some of it."""

    def __init__(self, grid: Grid) -> None:
        self.competencies = grid.competencies.items
        self.part_starts = _part_starts(grid)
        self._cells = tuple(
            tuple(Cell(pupil.id, competency.code) for competency in self.competencies) for pupil in grid.pupils
        )
        self._rows: Sequence[int] = range(len(grid.pupils))
        self.pupils: Sequence[Pupil] = grid.pupils
        self._waiting: dict[Cell, _Waiting] = {}
        self._numbers = 0
        self._blanks: int | None = None
        self._take(grid)

    def _take(self, grid: Grid) -> None:
        self.grid = grid
        self._saved = dict(grid.stages)
        self._blanks = None

    def reread(self, grid: Grid) -> bool:
        """Take the same grid as it is now committed, keeping what waits; False if it is another grid."""
        same = (
            grid.group.id == self.grid.group.id
            and grid.period == self.grid.period
            and grid.strand == self.grid.strand
            and grid.pupils == self.grid.pupils
            and grid.competencies == self.grid.competencies
        )
        if same:
            self._take(grid)
        return same

    @property
    def of_staff(self) -> bool:
        """Whether these are the staff's marks, not the pupils' own or their parents'."""
        return self.grid.strand == STAFF

    # -- rows ------------------------------------------------------------------------------------

    @property
    def narrowed(self) -> bool:
        """Whether some of the class have no row."""
        return len(self._rows) < len(self._cells)

    def number(self, row: int) -> int:
        """The number of a row's pupil in the list of the class, from one."""
        return self._rows[row] + 1

    def narrow(self) -> None:
        """Leave the pupils who have blank cells now; one completed later keeps the row."""
        blank = (any(self.stage(cell) is None for cell in cells) for cells in self._cells)
        self._keep([number for number, there in enumerate(blank) if there])

    def widen(self) -> None:
        """Show the whole class again."""
        self._keep(range(len(self._cells)))

    def _keep(self, rows: Sequence[int]) -> None:
        self._rows = rows
        self.pupils = [self.grid.pupils[number] for number in rows]

    # -- reading ---------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """The pupil's competency at a place."""
        return self._cells[self._rows[row]][column]

    def stage(self, cell: Cell) -> int | None:
        """The stage shown, committed or not."""
        waiting = self._waiting.get(cell)
        return self._saved.get(cell) if waiting is None else waiting.stage

    def look(self, row: int, column: int) -> Look:
        """How the cell at a place is drawn."""
        cell = self.cell(row, column)
        stage = self.stage(cell)
        earlier = self.grid.earlier.get(cell)
        trend = 0 if stage is None or earlier is None else (stage > earlier) - (stage < earlier)
        return Look(
            stage,
            trend,
            pending=cell in self._waiting,
            disputed=self.other(cell) is not None,
            noted=cell in self.grid.notes or cell in self.grid.files,
        )

    def other(self, cell: Cell) -> int | None:
        """Another rater's stage where it is not the one shown."""
        stage, other = self.stage(cell), self.grid.others.get(cell)
        return None if stage is None or stage == other else other

    def earlier(self, row: int, column: int) -> int | None:
        """The stage of the term before."""
        return self.grid.earlier.get(self.cell(row, column))

    def completeness(self, row: int) -> Completeness:
        """Completeness in the school year, with the keys just pressed counted in if the staff's are shown."""
        return self._completeness(self._rows[row])

    def _completeness(self, number: int) -> Completeness:
        pupil, cells = self.grid.pupils[number].id, self._cells[number]
        if not self.of_staff:
            return self.grid.completeness(pupil)
        # Of the year's other term only an earlier one is known; for a first term the next reading is exact.
        known = self.grid.earlier if self.grid.period.term is Term.SECOND else {}
        open_cells = [cell for cell in cells if cell not in known]
        before = sum(cell in self.grid.stages for cell in open_cells)
        now = sum(self.stage(cell) is not None for cell in open_cells)
        counted = self.grid.in_year.get(pupil, 0) + now - before
        return Completeness(max(0, min(counted, len(cells))), len(cells))

    @property
    def complete(self) -> int:
        """How many pupils' portfolios are complete."""
        return sum(self._completeness(number).complete for number in range(len(self._cells)))

    @property
    def blanks(self) -> int:
        """How many cells of the class have no stage in this term."""
        if self._blanks is None:
            self._blanks = sum(self.stage(cell) is None for cells in self._cells for cell in cells)
        return self._blanks

    def next_blank(self, row: int, column: int) -> tuple[int, int] | None:
        """The blank cell after a place, along the rows and round from the end; None if none is left."""
        width = len(self.competencies)
        size = width * len(self._rows)
        start = row * width + column
        for step in range(1, size + 1):
            place = divmod((start + step) % size, width)
            if self.stage(self.cell(*place)) is None:
                return place
        return None

    def as_before(self, rows: Iterable[int]) -> list[Mark]:
        """What gives the blank cells of some pupils their stages of the term before."""
        cells = (cell for row in rows for cell in self._cells[self._rows[row]] if self.stage(cell) is None)
        return [Mark(cell, self.grid.earlier[cell]) for cell in cells if cell in self.grid.earlier]

    # -- writing ---------------------------------------------------------------------------------

    def put(self, marks: Sequence[Mark]) -> int:
        """Show marks as waiting; gives the number of their write."""
        self._numbers += 1
        self._blanks = None
        for mark in marks:
            self._waiting[mark.cell] = _Waiting(self._numbers, mark.stage)
        return self._numbers

    def commit(self, number: int, marks: Sequence[Mark]) -> None:
        """Take the marks of a write as saved; writes must be answered in their order."""
        for mark in marks:
            if mark.stage is None:
                self._saved.pop(mark.cell, None)
            else:
                self._saved[mark.cell] = mark.stage
        self.revert(number, marks)

    def revert(self, number: int, marks: Sequence[Mark]) -> None:
        """Show what is saved where nothing was put after this write."""
        self._blanks = None
        for mark in marks:
            waiting = self._waiting.get(mark.cell)
            if waiting is not None and waiting.number == number:
                del self._waiting[mark.cell]


def plain(competency: Competency) -> str:
    """The short name of a competency without soft hyphens."""
    return competency.short.replace(SOFT_HYPHEN, "")


def _part_starts(grid: Grid) -> frozenset[int]:
    starts: set[int] = set()
    column = 0
    for part in grid.competencies.parts:
        if column:
            starts.add(column)
        column += len(part.items)
    return frozenset(starts)
