"""Notes at the cells of the class grid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from profdesk.domain.portfolio import Cell
from profdesk.domain.school_year import Period


@dataclass(frozen=True)
class Note:
    """What was noted at a cell, by whom (the id of a user) and when."""

    cell: Cell
    period: Period
    words: str
    actor: str
    at: datetime
