"""The panel of a wide certificate: organisation, title, owner, signatures, seal and number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.documents.certificates.heading import Heading, Scale, headings
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

_SCALES = (
    Scale(9.4, 11.5, 25, 9.6, 25, 11.5, 9.4, 15, 1),
    Scale(9.0, 11.5, 25, 9.6, 21, 11, 9.2, 14, 0.85),
    Scale(8.6, 11.5, 24, 9.4, 18, 10.5, 9, 13, 0.7),
    Scale(8.2, 11, 23, 9.2, 16, 10, 8.7, 12, 0.55),
    Scale(7.8, 10.5, 22, 9, 15, 9.5, 8.4, 11, 0.4),
    Scale(7.5, 10, 20, 8.5, 13, 9, 8, 10, 0.3),
)
_SIGNS = (9.2, 9.2, 9.2, 9.0, 8.5, 8.0)
_COMFORT = 4
_LOOSEST = 13.0
_OVER_SIGNS, _OVER_NUMBER, _OVER_STATEMENT = 2.0, 6.0, 4.0


@dataclass(frozen=True)
class Panel:
    """What stands on the panel; the heading opens with the air left over."""

    paper: Paper
    area: Area
    heading: Heading
    signatures: Signatures
    registration: Registration
    statement: Sequence[str]

    @property
    def spare(self) -> float:
        """Millimetres that are left over."""
        return self.area.height - self.heading.height - self.signatures.height - _OVER_SIGNS - self._foot

    def draw_heading(self) -> None:
        """Draw what comes before the stages when it is read aloud."""
        spare = min(_LOOSEST, max(0, self.spare))
        self.heading.draw(self.paper, self.area.left, self.area.top, "left", spare)

    def draw_foot(self) -> None:
        """Draw what comes after them: number, signatures, statement and seal."""
        area, paper = self.area, self.paper
        self.registration.draw(paper, area.left, area.bottom - self._words)
        self.signatures.draw(paper, area.left, area.bottom - self._foot - self.signatures.height)
        draw_statement(paper, self.statement, area.left, area.bottom - 0.8, "left")
        draw_ring(paper, area.right - RING, area.bottom - RING)

    @property
    def _words(self) -> float:
        """Of number, day and statement."""
        told = _OVER_STATEMENT + statement_height(self.statement) if self.statement else 1.0
        return self.registration.height + told

    @property
    def _foot(self) -> float:
        return _OVER_NUMBER + max(2 * RING, self._words)


def panel(paper: Paper, area: Area) -> Panel | None:
    """Set the panel at the first sizes that leave room for all; fewer achievements rather than small letters."""
    beside = area.width - 2 * RING - 3
    number, words = registration(paper, beside, beside=False), statement(paper, beside)
    every = list(headings(paper, _SCALES, area.width, centred=False))
    for place, scaled in enumerate(every):
        sizes = _SIGNS if place == len(every) - 1 else _SIGNS[:_COMFORT]
        for size, heading in zip(sizes, scaled, strict=False):
            made = Panel(paper, area, heading, signatures(paper, size, area.width, beside=False), number, words)
            if made.spare >= 0:
                return made
    return None
