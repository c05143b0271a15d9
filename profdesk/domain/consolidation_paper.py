"""What a consolidation tells on paper, in a workbook and as data: sums, trends, what was left out, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from profdesk.domain import plural
from profdesk.domain.consolidation import Consolidation
from profdesk.domain.organisation import Organisation
from profdesk.domain.overview_words import number
from profdesk.domain.span import Span
from profdesk.domain.summary import Replaced, State
from profdesk.domain.sums import Count, LevelLine, Line, Sum
from profdesk.domain.trends import Trend


@dataclass(frozen=True)
class ConsolidationPaper:
    """``organisation`` is the department's own, None where no workspace is open; ``left_out`` are names and reasons."""

    organisation: Organisation | None
    made: Consolidation
    made_at: datetime
    trends: tuple[Trend, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    number: str | None = None
    replaces: Replaced | None = None

    @property
    def span(self) -> Span:
        """What it is of."""
        return self.made.span

    @property
    def has_trends(self) -> bool:
        """Whether there is more than one span to be compared."""
        return any(len(trend.points) > 1 for trend in self.trends)


def left_out_of(added: Sum | Count) -> str:
    """«без 2 организаций, где число скрыто»; empty where nothing is hidden."""
    if not added.hidden:
        return ""
    return f"без {plural.counted(added.hidden, 'организации', 'организаций', 'организаций')}, где число скрыто"


def left_out_of_level(level: LevelLine) -> str:
    """Whom the sums of a level leave out, each told by itself where they differ; empty where nothing is hidden."""
    sums = (("обучающиеся", level.pupils), ("начато", level.begun), ("заполнено", level.complete))
    if len({added.hidden for _, added in sums}) == 1:
        return left_out_of(level.complete)
    *others, (name, last) = [one for one in sums if one[1].hidden]
    return ", ".join([*(f"{name} без {added.hidden}" for name, added in others), f"{name} {left_out_of(last)}"])


def made_up_of(line: Line) -> str:
    """Whom a line adds up and whom it does not: «14 организаций, без 2, где число скрыто, и 1, где показателя нет»."""
    told = plural.counted(line.sum.told, "организация", "организации", "организаций")
    without = [
        f"{count}, {why}"
        for count, why in (
            (line.sum.hidden, "где число скрыто"),
            (line.otherwise, "где считали по другому правилу"),
            (line.silent, "где показателя нет"),
        )
        if count
    ]
    return ", ".join([told, f"без {' и '.join(without)}"]) if without else told


def verdict(line: Line) -> str:
    """«достигнута», «не хватает 31», «не хватает 2 организаций»; as the screen and the workbook say it."""
    match line.state:
        case State.REACHED:
            return "достигнута"
        case State.BELOW if line.of_people:
            return f"не хватает {number(line.shortage)}"
        case State.BELOW:
            return f"не хватает {plural.counted(line.shortage, 'организации', 'организаций', 'организаций')}"
        case State.NO_TARGET:
            return "без цели"
        case State.NOBODY:
            return "некого считать"
        case State.HIDDEN:
            return "скрыто"
