"""The place of the code on a certificate: it has the same size whatever the code says."""

from __future__ import annotations

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import MM, Sheet
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


def draw_place(sheet: Sheet, facts: CertificateFacts, x: float, y: float) -> None:
    """Draw by the left top corner: the code, or on a preview a frame where it will be.

    Certificates issued before there were codes have neither. WrongInputError if a claim is too long for the paper.
    """
    if facts.code:
        code = _fitting(facts)
        white = SIDE * QUIET / (len(code) + 2 * QUIET)
        square_code(sheet, x + white, y + white, SIDE - 2 * white, code)
    elif facts.number is None:
        inner = SIDE - 2 * AIR
        sheet.box(x + AIR, y + AIR, inner, inner, stroke=palette.SECOND, line=0.45, radius=1.5, dash=(2, 2))
        middle = x + SIDE / 2
        sheet.text(middle, y + SIDE / 2 + 1, "Здесь будет код", size=9, colour=palette.SECOND, align="centre")


def caption(sheet: Sheet, facts: CertificateFacts, x: float, bottom: float, room: float) -> None:
    """Say what the code is for and how to check it, the last line at ``bottom``."""
    if not facts.code and facts.number is not None:
        return
    proves = balanced(_PROVES, fonts.BOLD, _SIZE, room * MM)
    how = wrap(_HOW, fonts.TEXT, _SIZE, room * MM)
    y = bottom - (len(proves) + len(how) - 1) * _SIZE * _LEADING / MM
    y = sheet.lines(x, y, proves, face=fonts.BOLD, size=_SIZE, colour=palette.SECOND, leading=_LEADING)
    sheet.lines(x, y, how, size=_SIZE, colour=palette.SECOND, leading=_LEADING)


def _fitting(facts: CertificateFacts) -> Modules:
    """The code at level M, or at L where only that is small enough to be read from paper."""
    for level in "ML":
        try:
            code = modules(facts.code, level)
        except ValueError:
            continue
        if len(code) <= _MOST:
            return code
    raise WrongInputError(_TOO_LONG.format(facts.pupil.full))
