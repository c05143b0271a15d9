"""The flower with its names around, for as many as leave each other room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from profdesk.documents.certificates import signs
from profdesk.documents.certificates.paper import Area, Paper
from profdesk.documents.drawing_petals import Flower, Petal, petal
from profdesk.documents.typography import NBSP

_HINT = f"Чем длиннее лепесток и чем больше на нём зёрнышек, тем{NBSP}увереннее проявляется качество."
_RADII = (46.0, 43.0, 40.0, 37.0, 34.0, 31.0, 28.0, 25.0)
_FEWEST, _MOST = 4, 12
_SIGN = 7.0


@dataclass(frozen=True)
class Blossom:
    """A flower of one size."""

    paper: Paper
    flower: Flower

    hint = _HINT
    worded = True
    sign_width = 4.4

    @property
    def least(self) -> float:
        """From the highest name to the lowest."""
        return self.flower.below - self.flower.above

    @property
    def most(self) -> float:
        """It does not stretch."""
        return self.least + 6

    def draw(self, area: Area) -> None:
        """Draw it in the middle."""
        above = area.top + (area.height - self.least) / 2
        self.flower.draw(
            self.paper.sheet, (area.middle, above - self.flower.above), lambda x, y: signs.grown(self.paper, x, y)
        )

    def sign(self, x: float, y: float, stage: int | None) -> None:
        """A small petal."""
        petal(self.paper.sheet, x + 2.2, y + 1.7, stage, self.paper.top, radius=_SIGN, count=10)


def blossoms(paper: Paper, width: float) -> Iterator[Blossom]:
    """Flowers from the largest down whose names lie nowhere on each other."""
    if not _FEWEST <= len(paper.items) <= _MOST:
        return
    petals = [Petal(item.title, item.stage, paper.word(item.stage), item.grown) for item in paper.items]
    for radius in _RADII:
        flower = Flower(petals, radius, width / 2, paper.top)
        if flower.fits:
            yield Blossom(paper, flower)
