"""The faces of papers: all there, all able to set Russian, figures of one width."""

from __future__ import annotations

import pytest
from reportlab.pdfbase import pdfmetrics

from profdesk.documents import fonts

FACES = (fonts.TEXT, fonts.BOLD, fonts.ITALIC, fonts.ROUND, fonts.SERIF)
LETTERS = "".join(map(chr, range(ord("а"), ord("я") + 1))) + "ё"


@pytest.mark.parametrize("face", FACES)
def test_every_face_sets_russian(face: str) -> None:
    assert fonts.missing(f"{LETTERS}{LETTERS.upper()}0123456789«»„“—–№·.,:;()%/-\u00a0", face) == ""


def test_missing_glyphs_are_told_and_soft_hyphens_are_not_letters() -> None:
    assert fonts.missing("Проба ○ ✓ \u00ad", fonts.TEXT) == "○✓"


def test_faces_are_registered_once() -> None:
    fonts.register()
    first = pdfmetrics.getFont(fonts.TEXT)
    fonts.register()
    assert pdfmetrics.getFont(fonts.TEXT) is first


@pytest.mark.parametrize("face", [fonts.TEXT, fonts.BOLD])
def test_figures_stand_in_columns(face: str) -> None:
    assert fonts.width("1111", face, 10) == pytest.approx(fonts.width("8080", face, 10))
    assert fonts.width("1", face, 10) > fonts.width("i", face, 10)
