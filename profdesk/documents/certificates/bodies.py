"""What shows the stages: a drawing for those it can hold, else the list, which holds any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from profdesk.documents.certificates.blossom import blossoms
from profdesk.documents.certificates.formed import formed
from profdesk.documents.certificates.paper import Area, Paper
from profdesk.documents.certificates.rows import lists
from profdesk.documents.certificates.step_grid import step_grids
from profdesk.documents.certificates.wheel_rows import wheels
from profdesk.domain.certificate_design import Drawing


class Body(Protocol):
    """``least`` and ``most`` are the millimetres down the sheet that it needs and that it can fill well."""

    @property
    def least(self) -> float:
        """Less holds no drawing of this kind and size."""

    @property
    def most(self) -> float:
        """More would tear it apart."""

    @property
    def hint(self) -> str:
        """How to read it, in a sentence."""

    @property
    def worded(self) -> bool:
        """Whether every stage stands beside its sign in words, so that no signs have to be explained."""

    @property
    def sign_width(self) -> float:
        """Of ``sign``."""

    def draw(self, area: Area) -> None:
        """Fill an area of the width it was made for."""

    def sign(self, x: float, y: float, stage: int | None) -> None:
        """Draw the sign of a stage small, on a baseline."""


def wanted(paper: Paper, width: float) -> Iterator[Body]:
    """The drawing that the design asks for, from the largest down, as far as it can hold the competencies."""
    if paper.facts.formed_only:
        return
    kind = paper.design.content.drawing
    if kind is Drawing.FLOWER:
        yield from blossoms(paper, width)
    elif kind is Drawing.STEPS:
        yield from step_grids(paper, width)
    elif kind is Drawing.WHEEL:
        yield from wheels(paper, width)


def plain(paper: Paper, width: float, *, headed: bool = True) -> Iterator[Body]:
    """The list, from the largest down, ``headed`` with a head over each column; it holds any number."""
    yield from formed(paper, width) if paper.facts.formed_only else lists(paper, width, headed=headed)
