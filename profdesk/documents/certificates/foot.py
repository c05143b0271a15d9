"""The foot of an upright certificate: code at left; number, signatures, seal and statement at right of it."""

from __future__ import annotations

from dataclasses import dataclass

from profdesk.documents.certificates import code
from profdesk.documents.certificates.code import Caption
from profdesk.documents.certificates.paper import Area, Paper
from profdesk.documents.certificates.registration import (
    RING,
    Registration,
    draw_ring,
    draw_statement,
    registration,
    statement,
    statement_height,
)
from profdesk.documents.certificates.signatures import Signatures, signatures

_GAP = 11.0
_UNDER_CODE = 3.2
_SIGN = 9.6
_OVER_SEAL = 3.0
_MOST_SPREAD = 5.0


@dataclass(frozen=True)
class Foot:
    """``side`` is the code's, white included; ``aside`` is how far right of the code's column the rest stands."""

    paper: Paper
    side: float
    aside: float
    caption: Caption
    registration: Registration
    signatures: Signatures
    statement: tuple[str, ...]

    @property
    def height(self) -> float:
        """What the higher of both columns needs."""
        return max(self._left, self._right)

    def draw(self, area: Area) -> None:
        """Draw it in an area of its height."""
        paper, x = self.paper, area.left + self.aside
        self.registration.draw(paper, x, area.top)
        lines = max(1, len(self.signatures.lines))
        spread = min(_MOST_SPREAD, (area.height - self._right) / lines)
        self.signatures.draw(paper, x, area.top + self.registration.height, spread)
        ring = area.bottom - RING
        draw_ring(paper, x + RING, ring)
        draw_statement(paper, self.statement, area.right, area.bottom - 1, "right")
        if self.aside:
            air = self.side * code.AIR / code.SIDE
            code.draw_place(paper, area.left - air, area.top - air, self.side)
            self.caption.draw(paper, area.left, area.top + self._left - 0.8)

    @property
    def _left(self) -> float:
        if not self.aside:
            return 0.0
        return self.side * (1 - 2 * code.AIR / code.SIDE) + _UNDER_CODE + self.caption.height

    @property
    def _right(self) -> float:
        seal = max(2 * RING, statement_height(self.statement))
        return self.registration.height + self.signatures.height + _OVER_SEAL + seal


def foot(paper: Paper, width: float, side: float) -> Foot:
    """Set the foot in a width."""
    black = side * (1 - 2 * code.AIR / code.SIDE)
    aside = black + _GAP if code.is_borne(paper.facts) else 0.0
    room = width - aside
    return Foot(
        paper,
        side,
        aside,
        code.caption(paper.facts, black + 4),
        registration(paper, room, beside=True),
        signatures(paper, _SIGN, room, beside=True),
        tuple(statement(paper, room - 2 * RING - 8)),
    )
