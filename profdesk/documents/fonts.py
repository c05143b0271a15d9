"""The faces of every paper, registered once: FiraGO for text and figures, a serif and Ubuntu for titles.

FiraGO's own digits are of different widths and ReportLab sets no OpenType feature, so its character
map is pointed at the digits of its feature ``tnum`` before it is registered.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import font_source_serif_pro
import pymupdf_fonts
from fontTools.ttLib import TTFont as FontFile
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

TEXT = "FiraGO"
BOLD = "FiraGO-Bold"
ITALIC = "FiraGO-Italic"
ROUND = "Ubuntu-Bold"
SERIF = "SourceSerif-Semibold"

_FROM_PACKAGE = {TEXT: "figo", BOLD: "figbo", ITALIC: "figit", ROUND: "ubuntubo"}
_SERIF_FILE = "files/SourceSerifPro-Semibold.ttf"


@cache
def register() -> None:
    """Give ReportLab all faces; some 0.8 s at the first call of a process, nothing after."""
    for face, name in _FROM_PACKAGE.items():
        data = pymupdf_fonts.myfont(name)
        if face in (TEXT, BOLD):
            data = _with_tabular_digits(data)
        pdfmetrics.registerFont(TTFont(face, BytesIO(data)))
    serif = Path(font_source_serif_pro.__file__).parent / _SERIF_FILE
    pdfmetrics.registerFont(TTFont(SERIF, str(serif)))


def width(text: str, face: str, size: float) -> float:
    """The advance of a line of text, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, face, size))


def missing(text: str, face: str) -> str:
    """The characters a face has no glyph for: ReportLab would print a box and say nothing."""
    register()
    glyphs = pdfmetrics.getFont(face).face.charToGlyph
    return "".join(sorted({letter for letter in text if ord(letter) not in glyphs and letter != "\u00ad"}))


def _with_tabular_digits(data: bytes) -> bytes:
    font = FontFile(BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    glyphs = _tabular(font)
    for table in font["cmap"].tables:
        for digit in map(ord, "0123456789"):
            if digit in table.cmap:
                table.cmap[digit] = glyphs.get(table.cmap[digit], table.cmap[digit])
    out = BytesIO()
    font.save(out, reorderTables=None)
    font.close()
    return out.getvalue()


def _tabular(font: FontFile) -> dict[str, str]:
    """The single substitutions of the feature ``tnum``."""
    rules = font["GSUB"].table
    found: dict[str, str] = {}
    for record in rules.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for number in record.Feature.LookupListIndex:
                for part in rules.LookupList.Lookup[number].SubTable:
                    found.update(getattr(getattr(part, "ExtSubTable", part), "mapping", {}))
    return found
