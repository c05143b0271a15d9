"""The right side of a wide certificate: what to read, the drawing, the count of stages, the code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from profdesk.documents import fonts
from profdesk.documents.certificates import bodies, code
from profdesk.documents.certificates.bodies import Body
from profdesk.documents.certificates.legend import draw_counts, draw_growth, growth
from profdesk.documents.certificates.paper import Area, Paper
from profdesk.documents.certificates.wheel_side import HINT, head, wheel_side
from profdesk.documents.sheet import MM
from profdesk.documents.typography import balanced
from profdesk.domain.certificate_design import Drawing

_OVER_CODE = 2.3
_COUNTS = 66.0
_AFTER_COUNTS = 8.0


class Side(Protocol):
    """What stands at right, laid out."""

    def draw(self) -> None:
        """Draw it from top to bottom."""


@dataclass(frozen=True)
class _Usual:
    """A drawing over a foot with the counts and the code."""

    paper: Paper
    area: Area
    body: Body
    hint: Sequence[str]
    code_side: float

    @property
    def fits(self) -> bool:
        """Whether the drawing has room."""
        return self.body.least <= self._middle.height

    def draw(self) -> None:
        """Draw it from top to bottom."""
        middle, paper = self._middle, self.paper
        if self.hint:
            head(paper, self.area, self.hint)
        if words := growth(paper):
            y = middle.top - 4 if self.hint else self.area.bottom - code.caption(paper.facts, 100).height - 5
            draw_growth(paper, self.area.left, y, words)
        spare = max(0.0, middle.height - self.body.most)
        self.body.draw(Area(middle.left, middle.top + spare * 0.45, middle.right, middle.bottom - spare * 0.55))
        self._draw_foot(self._foot)

    @property
    def _foot(self) -> float:
        """Where the rule over the foot is."""
        return self.area.bottom + self._air - self.code_side - _OVER_CODE + 1

    @property
    def _air(self) -> float:
        return self.code_side * code.AIR / code.SIDE

    @property
    def _middle(self) -> Area:
        above = 11.5 + len(self.hint) * HINT * 1.3 / MM + (5 if self.paper.grown else 0) if self.hint else 1.0
        return Area(self.area.left, self.area.top + above, self.area.right, self._foot - 2.5)

    def _draw_foot(self, top: float) -> None:
        area, paper, right = self.area, self.paper, self.area.right
        paper.sheet.rule(area.left, top, right, top, width=0.5)
        left = area.left
        borne = code.is_borne(paper.facts)
        room = right - left - (self.code_side if borne else 0)
        if not paper.facts.formed_only:
            wide = min(_COUNTS, room * 0.6)
            draw_counts(paper, self.body, Area(left, top + 3.5, left + wide, area.bottom - 1.2))
            left += wide + _AFTER_COUNTS
            room -= wide + _AFTER_COUNTS
        code.caption(paper.facts, room - 2).draw(paper, left, area.bottom - 1.2)
        code.draw_place(paper, right + self._air - self.code_side, top + _OVER_CODE, self.code_side)


def side(paper: Paper, area: Area, edge: float, code_side: float) -> Side | None:
    """Lay the right side out with the drawing of the design, else with the list; None if neither has room."""
    if paper.design.content.drawing is Drawing.WHEEL and not paper.facts.formed_only:
        turned = wheel_side(paper, area, edge, code_side)
        if turned:
            return turned
    for body in _bodies(paper, area.width):
        hint = balanced(body.hint, fonts.ITALIC, HINT, area.width * MM) if body.hint else []
        made = _Usual(paper, area, body, hint, code_side)
        if made.fits:
            return made
    return None


def _bodies(paper: Paper, width: float) -> Iterator[Body]:
    if paper.design.content.drawing is not Drawing.WHEEL:
        yield from bodies.wanted(paper, width)
    yield from bodies.plain(paper, width, headed=False)
