"""How a certificate is dressed: one layout, with ornament, face and colours by the level of education."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import Color

from profdesk.documents import fonts, palette
from profdesk.documents.drawing_ornament import Ornament, guilloche, mosaic, vine
from profdesk.domain.programme import Level


@dataclass(frozen=True)
class Dress:
    """``strict`` squares the cells and leaves the pictures out; ``code`` names the dress in stamps."""

    code: str
    ornament: Ornament
    face: str
    title: Color
    kicker: Color
    panel: Color
    seal: Color
    strict: bool = False

    @property
    def corner(self) -> float:
        """The radius of a cell's corners."""
        return 0.0 if self.strict else 0.7


_SCHOOL = Dress(
    code="school",
    ornament=guilloche(palette.INK, palette.KICKER),
    face=fonts.SERIF,
    title=palette.INK,
    kicker=palette.KICKER,
    panel=palette.PANEL,
    seal=palette.SEAL,
)
_DRESSES = {
    "preschool": Dress(
        code="preschool",
        ornament=vine,
        face=fonts.ROUND,
        title=palette.CHILD,
        kicker=palette.KICKER_WARM,
        panel=palette.PANEL_WARM,
        seal=palette.SEAL_WARM,
    ),
    "primary": Dress(
        code="primary",
        ornament=mosaic,
        face=fonts.ROUND,
        title=palette.INK,
        kicker=palette.KICKER_WARM,
        panel=palette.PANEL,
        seal=palette.SEAL,
    ),
    "secondary": Dress(
        code="secondary",
        ornament=guilloche(palette.GRADUATE, palette.GOLD),
        face=fonts.SERIF,
        title=palette.GRADUATE,
        kicker=palette.GOLD,
        panel=palette.PANEL_WARM,
        seal=palette.SEAL_WARM,
        strict=True,
    ),
}


def dress_of(level: Level) -> Dress:
    """The dress of a level; a level the program does not know wears the one of grades 5-8."""
    return _DRESSES.get(level.code, _SCHOOL)
