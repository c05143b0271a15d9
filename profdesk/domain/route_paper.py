"""What the paper of a route says: whose it is, how it is headed, who signs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from profdesk.domain import pupil_card, wording
from profdesk.domain.history import Attended
from profdesk.domain.organisation import Organisation
from profdesk.domain.people import Pupil
from profdesk.domain.route import LineKind, LineState, Route
from profdesk.domain.route_words import CHILD, Voice

_PARENT = "Родитель (законный представитель)"


@dataclass(frozen=True)
class RoutePaper:
    """A route as it is given to a child and the parents; ``last`` is the class of the year, else the last before."""

    organisation: Organisation
    pupil: Pupil
    last: Attended | None
    spoken: Voice
    route: Route
    dated: date

    @property
    def is_of_child(self) -> bool:
        """Whether it speaks of a child to the parents rather than to a pupil."""
        return self.spoken is CHILD

    @property
    def kicker(self) -> str:
        """What the paper is."""
        return "Маршрут ребёнка" if self.is_of_child else "Личный профессиональный план"

    @property
    def title(self) -> str:
        """What it is called, by the child's given name."""
        given = self.pupil.name.given
        return f"{given}: мечты и{wording.NBSP}шаги" if self.is_of_child else f"{given}, это твой{wording.NBSP}маршрут"

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps are done, of how many."""
        steps = self.route.of(LineKind.STEP)
        return sum(one.state is LineState.DONE for one in steps), len(steps)

    @property
    def signers(self) -> tuple[str, ...]:
        """Who signs: children of a kindergarten do not write yet."""
        if self.last is not None and self.last.group.name.grade is None:
            return _PARENT, "Воспитатель"
        return pupil_card.who(self.pupil, self.last), _PARENT, "Классный руководитель"
