"""The place of the code on a certificate: it has the same size whatever the code says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.documents import fonts, palette
from profdesk.documents.certificates.paper import Paper
from profdesk.documents.sheet import MM
from profdesk.documents.square_code import QUIET, Modules, modules, square_code
from profdesk.documents.typography import balanced, wrap
from profdesk.domain.certificate import CertificateFacts
from profdesk.errors import WrongInputError

SIDE = 42.5
"""Millimetres of the place, the white around the code included: half a millimetre a module in the largest code."""
AIR = 2.2
"""About how much of it is white on each side."""
_MOST = 77
"""Modules a side of version 15."""
_PROVES = "Код подтверждает подлинность без интернета."
_HOW = "Снимите его и откройте снимок в программе profdesk, страница «Проверка»."
_SIZE, _LEADING = 7.5, 1.3
_TOO_LONG = (
    "В код на сертификате «{}» не помещаются имя, класс и краткое название организации. "
    "Сократите название в настройках или имя класса."
)


def is_borne(facts: CertificateFacts) -> bool:
    """Whether a paper has a code or the place of one: those issued before there were codes have none."""
    return bool(facts.code) or facts.number is None


def draw_place(paper: Paper, x: float, y: float, side: float = SIDE) -> None:
    """Draw by the left top corner: the code, or on a preview a frame where it will be.

    WrongInputError if a claim is too long for the paper.
    """
    sheet, facts = paper.sheet, paper.facts
    if not is_borne(facts):
        return
    if paper.design.page.blank and not paper.design.page.preprinted:
        sheet.box(x, y, side, side, fill=palette.WHITE)
    if facts.code:
        code = fitting(facts)
        white = side * QUIET / (len(code) + 2 * QUIET)
        square_code(sheet, x + white, y + white, side - 2 * white, code)
    else:
        air = side * AIR / SIDE
        sheet.box(x + air, y + air, side - 2 * air, side - 2 * air, stroke=palette.SECOND, line=0.45, dash=(2, 2))
        sheet.text(x + side / 2, y + side / 2 + 1, "Здесь будет код", size=9, colour=palette.SECOND, align="centre")


@dataclass(frozen=True)
class Caption:
    """What the code is for and how to check it."""

    proves: Sequence[str]
    how: Sequence[str]

    @property
    def height(self) -> float:
        """Of all lines."""
        return (len(self.proves) + len(self.how)) * _SIZE * _LEADING / MM

    def draw(self, paper: Paper, x: float, bottom: float) -> None:
        """Write it, the last line at ``bottom``."""
        sheet = paper.sheet
        y = bottom - (len(self.proves) + len(self.how) - 1) * _SIZE * _LEADING / MM
        y = sheet.lines(x, y, self.proves, face=fonts.BOLD, size=_SIZE, colour=palette.SECOND, leading=_LEADING)
        sheet.lines(x, y, self.how, size=_SIZE, colour=palette.SECOND, leading=_LEADING)


def caption(facts: CertificateFacts, room: float) -> Caption:
    """Set the caption in a width; there is none where there is no code."""
    if not is_borne(facts):
        return Caption((), ())
    return Caption(balanced(_PROVES, fonts.BOLD, _SIZE, room * MM), wrap(_HOW, fonts.TEXT, _SIZE, room * MM))


def fitting(facts: CertificateFacts) -> Modules:
    """The code at level M, or at L where only that is small enough to be read from paper.

    WrongInputError if neither is.
    """
    for level in "ML":
        try:
            code = modules(facts.code, level)
        except ValueError:
            continue
        if len(code) <= _MOST:
            return code
    raise WrongInputError(_TOO_LONG.format(facts.pupil.full))
