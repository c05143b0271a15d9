"""What a certificate says of its issue: its number and day, the ring for the seal, and the statement of the design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color

from profdesk.documents import fonts, palette
from profdesk.documents.certificates.paper import Paper
from profdesk.documents.drawing_ornament import rosette
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, balanced, day, fitted
from profdesk.domain.certificate_fields import filled

RING = 14.5
_NUMBERS = (10.5, 10.0, 9.5, 9.0, 8.4, 7.8, 7.5)
_DAY, _SMALL = 9.8, 7.8
_STATEMENT = 7.5
_LINE = 4.6
_LEADING = 1.3
_SAMPLE, _LATER = "Образец", "Номер ставится при выдаче"


@dataclass(frozen=True)
class _Line:
    words: str
    face: str
    size: float
    colour: Color


@dataclass(frozen=True)
class Registration:
    """Number, day and the number of what it stands instead of; ``aside`` is the day where it stands at the right."""

    lines: Sequence[_Line]
    aside: str
    room: float

    @property
    def height(self) -> float:
        """From the top of the first line to the last baseline."""
        return 3 + (len(self.lines) - 1) * _LINE

    def draw(self, paper: Paper, x: float, y: float) -> None:
        """Draw it from ``y`` down."""
        base = y + 3
        for place, line in enumerate(self.lines):
            paper.sheet.text(x, base, line.words, face=line.face, size=line.size, colour=line.colour)
            if self.aside and not place:
                colour = palette.TEXT if paper.facts.number else palette.SECOND
                paper.sheet.text(x + self.room, base, self.aside, size=_DAY, colour=colour, align="right")
            base += _LINE


def registration(paper: Paper, room: float, *, beside: bool) -> Registration:
    """Set number and day; ``beside`` puts the day at the right of the number where both have room."""
    facts = paper.facts
    if not facts.number:
        sample, later = _Line(_SAMPLE, fonts.BOLD, 10, palette.SECOND), _Line(_LATER, fonts.TEXT, 9.6, palette.SECOND)
        return Registration([sample], _LATER, room) if beside else Registration([sample, later], "", room)
    size, numbers = fitted(f"Сертификат №{NBSP}{facts.number}", fonts.BOLD, _NUMBERS, room * MM, 2)
    lines = [_Line(words, fonts.BOLD, size, palette.TEXT) for words in numbers]
    given = f"Выдан {day(facts.issued_on)}"
    used = fonts.width(numbers[0], fonts.BOLD, size) + fonts.width(given, fonts.TEXT, _DAY)
    aside = beside and len(numbers) == 1 and used + 6 * MM <= room * MM
    if not aside:
        lines.append(_Line(given, fonts.TEXT, _DAY, palette.TEXT))
    if facts.duplicate_of:
        words = f"Дубликат сертификата №{NBSP}{facts.duplicate_of}"
        size, told = fitted(words, fonts.TEXT, (_SMALL, 7.2, 6.6, 6.0), room * MM, 2)
        lines += [_Line(one, fonts.TEXT, size, palette.SECOND) for one in told]
    return Registration(lines, given if aside else "", room)


def statement(paper: Paper, room: float) -> Sequence[str]:
    """The lines of the statement, none where the design has none."""
    text = filled(paper.design.texts.statement, paper.facts)
    return balanced(text, fonts.TEXT, _STATEMENT, room * MM) if text else []


def statement_height(lines: Sequence[str]) -> float:
    """Of the lines of a statement."""
    return len(lines) * _STATEMENT * _LEADING / MM


def draw_statement(paper: Paper, lines: Sequence[str], x: float, bottom: float, align: str) -> None:
    """Write the lines of a statement, the last at ``bottom``."""
    y = bottom - (len(lines) - 1) * _STATEMENT * _LEADING / MM
    paper.sheet.lines(x, y, lines, size=_STATEMENT, colour=palette.SECOND, align=align, leading=_LEADING)


def draw_ring(paper: Paper, x: float, y: float) -> None:
    """Draw where the seal goes, around a middle."""
    sheet, seal = paper.sheet, paper.look.seal
    sheet.stamp(f"seal-{paper.look.code}", x, y, lambda: rosette(sheet, RING - 1.2, seal))
    sheet.circle(x, y, RING, stroke=palette.SECOND, line=0.45, dash=(2, 2))
    sheet.text(x, y + 1.1, f"М.{NBSP}П.", size=9, colour=palette.SECOND, align="centre")
