"""The colours of both themes keep the contrast they were chosen for (WCAG 2.1, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from profdesk.gui.common import theme
from profdesk.gui.common.theme import Tokens

THEMES = {"light": theme.LIGHT, "dark": theme.DARK}
TEXT = [
    ("text", "window"), ("text", "base"), ("text2", "window"), ("text2", "base"), ("text2", "nav"),
    ("accent_text", "base"), ("accent_text", "accent_soft"), ("on_accent", "accent"), ("text", "accent_soft"),
    ("ok", "ok_soft"), ("warn", "warn_soft"), ("bad", "bad_soft"), ("text", "ok_soft"), ("text", "warn_soft"),
    ("text", "bad_soft"),
]  # fmt: skip
EDGES = [("control", "base"), ("control", "window"), ("accent", "accent_soft"), ("data", "border")]


def luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(params=THEMES)
def tokens(request: pytest.FixtureRequest) -> Tokens:
    return THEMES[request.param]


@pytest.mark.parametrize(("ink", "paper"), TEXT)
def test_text_can_be_read(tokens: Tokens, ink: str, paper: str) -> None:
    assert contrast(tokens.named(ink), tokens.named(paper)) >= 4.5


@pytest.mark.parametrize(("mark", "ground"), EDGES)
def test_edges_and_marks_can_be_seen(tokens: Tokens, mark: str, ground: str) -> None:
    assert contrast(tokens.named(mark), tokens.named(ground)) >= 3


def test_digits_stand_out_on_their_stage(tokens: Tokens) -> None:
    for fill, digit in zip(tokens.stage_fill, tokens.stage_digit, strict=True):
        assert contrast(fill, digit) >= 4.5


def test_stages_go_one_way_in_lightness() -> None:
    light = [luminance(fill) for fill in theme.LIGHT.stage_fill]
    dark = [luminance(fill) for fill in theme.DARK.stage_fill]
    assert light == sorted(light, reverse=True)
    assert dark == sorted(dark)
