"""Where pasted stages go: to the chosen block, or by the names of pupils and competencies around them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from profdesk.domain import stage_text
from profdesk.domain.programme import Stage
from profdesk.domain.stage_text import Laid, folded, lay, short, spread

_AMONG = 3
"""How many rows or columns from the first the heads are looked for in: a sheet may begin with a title or numbers."""

Names = Sequence[Collection[str]]
"""The ways one may write the name of each row or column of the class."""


@dataclass(frozen=True)
class Target:
    """The class by its names, and the chosen block: its first row and column, and how many of each it has."""

    pupils: Names
    competencies: Names
    corner: tuple[int, int]
    block: tuple[int, int]


@dataclass(frozen=True)
class Placed:
    """``unknown`` are heads that the class does not have, or has twice; what stood under them counts as cut."""

    laid: Laid
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class _Headed:
    """Cells without their heads; ``rows`` and ``columns`` are None where there are none."""

    cells: Sequence[Sequence[str]]
    rows: Sequence[str] | None
    columns: Sequence[str] | None


def place(pasted: str, stages: Sequence[Stage], target: Target) -> Placed:
    """Find the place of every pasted stage; any text may be pasted."""
    pupils, competencies = _known(target.pupils), _known(target.competencies)
    headed = _part(stage_text.cells(pasted), pupils, competencies)
    entries = stage_text.entries(headed.cells, stages)
    width = max((len(row) for row in entries), default=0)
    (top, left), (height, breadth) = target.corner, target.block
    if headed.rows is None:
        down = spread(len(entries), top, height, len(target.pupils))
    else:
        down = [pupils.get(folded(name)) for name in headed.rows]
    if headed.columns is None:
        across = spread(width, left, breadth, len(target.competencies))
    else:
        across = [competencies.get(folded(title)) for title in headed.columns]
    strange = [name for name in headed.rows or () if pupils.get(folded(name)) is None]
    strange += [title for title in headed.columns or () if competencies.get(folded(title)) is None]
    return Placed(lay(entries, down, across), tuple(short(one) for one in strange if one))


def _part(
    cells: Sequence[Sequence[str]], pupils: Mapping[str, int | None], competencies: Mapping[str, int | None]
) -> _Headed:
    width = max((len(row) for row in cells), default=0)
    full = [[*row, *[""] * (width - len(row))] for row in cells]
    head = _found(full, competencies)
    name = _found(list(zip(*full, strict=True)), pupils)
    body = full[head + 1 :]
    return _Headed(
        [row[name + 1 :] for row in body],
        None if name < 0 else [row[name] for row in body],
        None if head < 0 else full[head][name + 1 :],
    )


def _known(ways: Names) -> Mapping[str, int | None]:
    """Where each name stands, None for one that several share."""
    found: dict[str, int | None] = {}
    for number, names in enumerate(ways):
        for name in {folded(name) for name in names}:
            found[name] = None if name in found else number
    return found


def _found(lines: Sequence[Sequence[str]], known: Mapping[str, int | None]) -> int:
    """Which line holds heads, -1 if none does."""
    for number, line in enumerate(lines[:_AMONG]):
        if any(folded(cell) in known for cell in line):
            return number
    return -1
