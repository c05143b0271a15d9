"""What every part of a certificate is drawn from and into: the sheet, the facts, and how the design looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from reportlab.lib.colors import Color, HexColor

from profdesk.documents import fonts
from profdesk.documents.drawing_cells import WIDTH, square_width
from profdesk.documents.sheet import Sheet
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_design import CertificateDesign, Face, Style

NOT_ASSESSED = "не оценено"
_FACES = {Face.SERIF: fonts.SERIF, Face.ROUND: fonts.ROUND, Face.PLAIN: fonts.BOLD}


@dataclass(frozen=True)
class Area:
    """A part of the sheet, in millimetres from its left top corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half-way between left and right."""
        return (self.left + self.right) / 2

    def within(self, left: float, top: float, right: float, bottom: float) -> Area:
        """What is left inside margins."""
        return Area(self.left + left, self.top + top, self.right - right, self.bottom - bottom)

    def shrunk(self, by: float) -> Area:
        """The same place measured in units ``by`` times as large."""
        return Area(self.left / by, self.top / by, self.right / by, self.bottom / by)


@dataclass(frozen=True)
class Look:
    """A style with its colours and faces as they are drawn; ``code`` tells it from others in the names of stamps."""

    style: Style

    @cached_property
    def title(self) -> Color:
        """Of the title, of headings, and of what shows a stage."""
        return HexColor(self.style.title)

    @cached_property
    def kicker(self) -> Color:
        """Of small words and marks that stand out."""
        return HexColor(self.style.kicker)

    @cached_property
    def panel(self) -> Color:
        """The ground of the panel."""
        return HexColor(self.style.panel)

    @cached_property
    def seal(self) -> Color:
        """The pale ground of seals and headings."""
        return HexColor(self.style.seal)

    @cached_property
    def second(self) -> Color:
        """The other colour of ornaments."""
        return HexColor(self.style.second)

    @property
    def face(self) -> str:
        """The letters of the title and the name."""
        return _FACES[self.style.face]

    @property
    def corner(self) -> float:
        """The radius of a cell's corners."""
        return 0.0 if self.style.strict else 0.7

    @property
    def code(self) -> str:
        """Equal for equal colours alone."""
        style = self.style
        return f"{style.title}{style.second}{style.panel}{style.seal}".replace("#", "")


@dataclass(frozen=True)
class Item:
    """A competency as the paper shows it; ``stage`` None is not assessed, ``grown`` is higher than last year."""

    number: int
    part: str
    title: str
    stage: int | None
    grown: bool


@dataclass(frozen=True)
class Paper:
    """One certificate while it is drawn; ``picture`` gives those of the design by their SHA-256."""

    sheet: Sheet
    facts: CertificateFacts
    design: CertificateDesign
    look: Look
    picture: Callable[[str], bytes]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The competencies that stand on the paper: all, or those of the highest stage."""
        facts = self.facts
        parts = [part.title for part in facts.competencies.parts for _ in part.items]
        places = zip(parts, facts.competencies.items, facts.stages, strict=True)
        found = (
            Item(place + 1, part, item.title, stage, place in facts.grown)
            for place, (part, item, stage) in enumerate(places)
        )
        return tuple(one for one in found if not facts.formed_only or one.stage == self.top)

    @property
    def top(self) -> int:
        """The highest stage of the scale."""
        return self.facts.scale[-1].value

    @property
    def grown(self) -> int:
        """How many of the competencies on the paper are marked as grown."""
        return sum(one.grown for one in self.items)

    @property
    def cells(self) -> float:
        """How wide the cells of a stage are: in a strict design each is a square."""
        return square_width(self.top) if self.look.style.strict else WIDTH

    def word(self, stage: int | None) -> str:
        """How the paper calls a stage."""
        return next((one.print_title for one in self.facts.scale if one.value == stage), NOT_ASSESSED)
