"""FiraGO from the package of fonts, with digits of one width; nothing on screen is under 12 px."""

from __future__ import annotations

from functools import cache

import pymupdf_fonts
from PySide6.QtGui import QFont, QFontDatabase

TITLE = 20
CARD = 15
TEXT = 13
CAPTION = 12

_FILES = ("figo", "figbo")


@cache
def family() -> str:
    """The family's name; its two weights are given to Qt on the first call."""
    loaded = [QFontDatabase.addApplicationFontFromData(pymupdf_fonts.myfont(name)) for name in _FILES]
    return QFontDatabase.applicationFontFamilies(loaded[0])[0]


def font(px: int, bold: bool = False) -> QFont:
    """A font by its height in pixels; FiraGO's own digits are 11-15 px wide at 26 px, so ``tnum`` is set."""
    made = QFont(family())
    made.setPixelSize(px)
    made.setBold(bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
