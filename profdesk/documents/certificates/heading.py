"""The heading of a certificate: emblem, organisation, title, owner, and what the owner has done.

Pieces stand under each other with what air there is between them. Where long names leave none, the sizes step
down together, and of many achievements the first stand for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import ClassVar, Protocol

from PIL import Image
from reportlab.lib.colors import Color

from profdesk.documents import fonts, palette
from profdesk.documents.certificates.names import set_name
from profdesk.documents.certificates.paper import Paper
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, balanced, is_whole, quoted
from profdesk.domain.certificate_design import Ornament
from profdesk.domain.certificate_fields import filled

_ASCENT = 0.8
_ORGANISATION = "{организация}"
_DOT = " · "
_TRACKING = 0.19
_WIDEST_EMBLEM = 2.6
_TITLE_STEPS = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56, 0.5)


@dataclass(frozen=True)
class Scale:
    """Sizes in points that go together, the emblem's height in millimetres, and how much of the full air is kept."""

    organisation: float
    kicker: float
    title: float
    owner: float
    name: float
    about: float
    deeds: float
    emblem: float
    air: float


class Piece(Protocol):
    """``height`` includes the air above; ``give`` is its share of the air left over."""

    @property
    def height(self) -> float:
        """Millimetres from the piece above to its own end."""

    @property
    def give(self) -> float:
        """Its share of the air left over."""

    def draw(self, paper: Paper, x: float, y: float, align: str) -> None:
        """Draw it with its top, air included, at ``y``."""


@dataclass(frozen=True)
class Lines:
    """Lines in one face; ``gap`` is the air above in millimetres."""

    lines: Sequence[str]
    face: str
    size: float
    colour: Color
    gap: float
    give: float = 0
    leading: float = 1.28
    tracking: float = 0

    @property
    def height(self) -> float:
        """The air above and all lines."""
        return self.gap + len(self.lines) * self.size * self.leading / MM

    def draw(self, paper: Paper, x: float, y: float, align: str) -> None:
        """Write the lines."""
        base = y + self.gap + self.size * _ASCENT / MM
        for line in self.lines:
            paper.sheet.text(
                x, base, line, face=self.face, size=self.size, colour=self.colour, align=align, tracking=self.tracking
            )
            base += self.size * self.leading / MM


@dataclass(frozen=True)
class Emblem:
    """The picture over the heading; it keeps its proportions."""

    digest: str
    size: tuple[float, float]
    give: float = 0

    @property
    def height(self) -> float:
        """The picture's own."""
        return self.size[1]

    def draw(self, paper: Paper, x: float, y: float, align: str) -> None:
        """Put the picture."""
        left = x - self.size[0] / 2 if align == "centre" else x
        paper.sheet.picture(self.digest, paper.picture(self.digest), left, y, self.size)


@dataclass(frozen=True)
class Divider:
    """A thin rule with a lozenge in it, between the title and the name."""

    LOZENGE: ClassVar = 2.6

    gap: float
    give: float = 0

    @property
    def height(self) -> float:
        """The air above and the lozenge."""
        return self.gap + self.LOZENGE

    def draw(self, paper: Paper, x: float, y: float, align: str) -> None:
        """Draw it in the middle, which is the only place for it."""
        if align != "centre":
            raise ValueError(align)
        sheet, colour, at = paper.sheet, paper.look.second, y + self.gap + 1.3
        for way in (-1, 1):
            sheet.rule(x + way * 6, at, x + way * 40, at, colour=colour, width=0.7)
        sheet.path([(x, at - 1.7), (x + 2.2, at), (x, at + 1.7), (x - 2.2, at)], fill=colour)


@dataclass(frozen=True)
class Heading:
    """Pieces from the top down; what is not among them was left out for want of room."""

    pieces: Sequence[Piece]

    def under_title(self, y: float, spare: float) -> float:
        """Where the middle of the divider is if all is drawn at ``y``."""
        for piece in self.pieces:
            y += piece.give * spare + piece.height
            if isinstance(piece, Divider):
                break
        return y - Divider.LOZENGE / 2

    @property
    def height(self) -> float:
        """Of all pieces without any air to spare."""
        return sum(piece.height for piece in self.pieces)

    @property
    def gives(self) -> float:
        """How much of the air to spare it can take in all, as the sum of shares."""
        return sum(piece.give for piece in self.pieces)

    def draw(self, paper: Paper, x: float, y: float, align: str, spare: float) -> float:
        """Draw all pieces, each lower by its share of ``spare`` millimetres; gives the end of the last."""
        for piece in self.pieces:
            y += piece.give * spare
            piece.draw(paper, x, y, align)
            y += piece.height
        return y


def headings(paper: Paper, scales: Sequence[Scale], room: float, *, centred: bool) -> Iterator[Iterator[Heading]]:
    """For every number of achievements from all down to one the heading at each scale, the largest first."""
    achievements = paper.facts.achievements
    for shown in range(len(achievements), 0, -1) if achievements else (0,):
        lines = list(achievements[:shown])
        if left := len(achievements) - shown:
            lines[-1] += f"{NBSP}· и{NBSP}ещё{NBSP}{left}"
        yield _scaled(paper, scales, room, lines, centred=centred)


def _scaled(
    paper: Paper, scales: Sequence[Scale], room: float, achievements: Sequence[str], *, centred: bool
) -> Iterator[Heading]:
    for scale in scales:
        yield _heading(paper, scale, room, achievements, centred=centred)


def _heading(paper: Paper, scale: Scale, room: float, achievements: Sequence[str], *, centred: bool) -> Heading:
    points = room * MM
    pieces = [
        *_emblem(paper, scale, room),
        *_organisation(paper, scale, points),
        *_titles(paper, scale, points, centred=centred),
        *_owner(paper, scale, points, centred=centred),
        *_deeds(paper, scale, points, achievements),
    ]
    return Heading(pieces)


def _emblem(paper: Paper, scale: Scale, room: float) -> Iterator[Piece]:
    digest = paper.look.style.emblem
    if digest:
        with Image.open(BytesIO(paper.picture(digest))) as picture:
            share = picture.width / picture.height
        high = min(scale.emblem, scale.emblem * _WIDEST_EMBLEM / share, room / share)
        yield Emblem(digest, (high * share, high))


def _organisation(paper: Paper, scale: Scale, room: float) -> Iterator[Piece]:
    text, organisation = paper.design.texts.heading, paper.facts.organisation
    if text.strip() == _ORGANISATION:
        parts = [organisation.legal_form, quoted(organisation.name)]
    else:
        parts = [filled(text, paper.facts)]
    size = scale.organisation
    lines = [line for part in parts if part for line in balanced(part, fonts.TEXT, size, room)]
    if lines:
        gap = 3.6 * scale.air if paper.look.style.emblem else 0
        yield Lines(lines, fonts.TEXT, size, palette.SECOND, gap, leading=1.32)


def _titles(paper: Paper, scale: Scale, room: float, *, centred: bool) -> Iterator[Piece]:
    look, air = paper.look, scale.air
    if kicker := filled(paper.design.texts.kicker, paper.facts).upper():
        face = look.face if look.face == fonts.SERIF else fonts.BOLD
        size, tracking = scale.kicker, scale.kicker * _TRACKING
        words = fonts.width(kicker, face, size)
        lines = balanced(kicker, face, size, room * 0.98 * words / (words + tracking * len(kicker)))
        yield Lines(lines, face, size, look.kicker, 7.5 * air, 0.35, tracking=tracking)
    size, title = _title(filled(paper.design.texts.title, paper.facts), look.face, scale.title, room, wide=centred)
    yield Lines(title, look.face, size, look.title, 2.6 if kicker else 7 * air, 0 if kicker else 0.35, leading=1.17)
    if centred and look.style.ornament is Ornament.GUILLOCHE:
        yield Divider(2.6 * air)


def _title(text: str, face: str, size: float, room: float, *, wide: bool) -> tuple[float, Sequence[str]]:
    """As large as it can be: on one line of a wide heading, else on two, else on three or more."""
    ways = ((1, _TITLE_STEPS[:4]), (2, _TITLE_STEPS[:6]), (3, _TITLE_STEPS)) if wide else (
        (2, _TITLE_STEPS[:4]), (3, _TITLE_STEPS[:7]), (4, _TITLE_STEPS)
    )  # fmt: skip
    for most, steps in ways:
        for step in steps:
            lines = balanced(text, face, size * step, room)
            if len(lines) <= most and is_whole(text, face, size * step, room):
                return size * step, lines
    return size * _TITLE_STEPS[-1], balanced(text, face, size * _TITLE_STEPS[-1], room)


def _owner(paper: Paper, scale: Scale, room: float, *, centred: bool) -> Iterator[Piece]:
    texts, facts, air = paper.design.texts, paper.facts, scale.air
    size, name = set_name(facts.pupil, paper.look.face, scale.name, room)
    owner = filled(texts.owner, facts)
    if owner:
        lines = balanced(owner, fonts.TEXT, scale.owner, room)
        yield Lines(lines, fonts.TEXT, scale.owner, palette.SECOND, 6.4 * air, 0.35)
    yield Lines(
        name, paper.look.face, size, palette.TEXT, 1.6 if owner else 6.4 * air, 0 if owner else 0.35, leading=1.2
    )
    if about := filled(texts.about, facts):
        parts = [about] if centred and fonts.width(about, fonts.TEXT, scale.about) <= room else about.split(_DOT)
        lines = [line for part in parts for line in balanced(part, fonts.TEXT, scale.about, room)]
        yield Lines(lines, fonts.TEXT, scale.about, palette.TEXT, 3.6 * air, 0.15, leading=1.34)


def _deeds(paper: Paper, scale: Scale, room: float, achievements: Sequence[str]) -> Iterator[Piece]:
    """Lines that part at their dots, and end without one."""
    deeds = [f"{NBSP}· ".join(part.replace(" ", NBSP) for part in line.split(_DOT)) for line in paper.facts.deeds]
    for told in (deeds, achievements):
        if told:
            broken = [line for one in told for line in balanced(one, fonts.TEXT, scale.deeds, room)]
            lines = [line.removesuffix(f"{NBSP}·") for line in broken]
            yield Lines(lines, fonts.TEXT, scale.deeds, palette.SECOND, 2.6 * scale.air, 0.1, leading=1.34)
