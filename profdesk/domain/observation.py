"""What the observation sheet of a class says: the class grid on paper, empty or with the last term's stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from profdesk.domain.portfolio import Cell
from profdesk.domain.programme import Competency, Stage
from profdesk.domain.school_year import Period


@dataclass(frozen=True)
class ObservationFacts:
    """``pupils`` are ids with names as the grid shows them, in its order; ``who`` heads their column.

    ``earlier`` is empty for an empty sheet.
    """

    organisation: str
    group: str
    period: Period
    who: str
    pupils: tuple[tuple[str, str], ...]
    competencies: tuple[Competency, ...]
    scale: tuple[Stage, ...]
    earlier: Mapping[Cell, int]
