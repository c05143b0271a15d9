"""The faces of every paper, registered once: FiraGO for text and figures, a serif and Ubuntu for titles.

FiraGO's own digits are of different widths and ReportLab sets no OpenType feature, so the digits of
both upright weights are pointed at the glyphs of its feature ``tnum``: figures stand in columns everywhere.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import font_source_serif_pro
import pymupdf_fonts
from fontTools.ttLib import TTFont as FontFile
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

from profdesk.errors import WrongInputError

TEXT = "FiraGO"
BOLD = "FiraGO-Bold"
ITALIC = "FiraGO-Italic"
ROUND = "Ubuntu-Bold"
SERIF = "SourceSerif-Semibold"

_FROM_PACKAGE = {TEXT: "figo", BOLD: "figbo", ITALIC: "figit", ROUND: "ubuntubo"}
_TOLD = 60
_SERIF_FILE = "files/SourceSerifPro-Semibold.ttf"


@cache
def register() -> None:
    """Give ReportLab all faces; some 0.3 s at the first call of a process, nothing after."""
    for name, short in _FROM_PACKAGE.items():
        data = pymupdf_fonts.myfont(short)
        face = TTFont(name, BytesIO(data))
        if name in (TEXT, BOLD):
            _use_tabular_digits(face.face, data)
        pdfmetrics.registerFont(face)
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


def writable(text: str, face: str) -> tuple[str, str]:
    """What of a text can be written, and the face that can: ``face``, or the plain one for a letter it lacks.

    Signs that neither has (emoji, ticks) are left out; WrongInputError names a letter that neither has.
    """
    if not (lost := missing(text, face)):
        return text, face
    plain = TEXT if face == ITALIC else BOLD
    lost = "".join(letter for letter in lost if letter in missing(text, plain))
    if letters := [letter for letter in lost if letter.isalnum()]:
        words = f"{text[:_TOLD]}…" if len(text) > _TOLD else text
        raise WrongInputError(f"На бумаге нет буквы «{letters[0]}»: замените её там, где написано «{words}».")
    kept = (" " if letter.isspace() else letter for letter in text if letter.isspace() or letter not in lost)
    return "".join(kept), plain


def _use_tabular_digits(face: TTFontFace, data: bytes) -> None:
    """Point the digits of a face at its ``tnum`` glyphs, with their widths."""
    font = FontFile(BytesIO(data), lazy=True)
    names, swaps = font.getBestCmap(), _tabular(font)
    for digit in map(ord, "0123456789"):
        glyph = swaps.get(names[digit], names[digit])
        face.charToGlyph[digit] = font.getGlyphID(glyph)
        face.charWidths[digit] = font["hmtx"][glyph][0] * 1000 / font["head"].unitsPerEm
    font.close()


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
