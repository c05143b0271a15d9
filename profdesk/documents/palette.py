"""The colours of paper; neighbouring stages are at least 15 luma apart, so a grey print tells them too."""

from __future__ import annotations

import colorsys

from reportlab.lib.colors import Color, HexColor, black, white

TEXT = HexColor("#1D2329")
SECOND = HexColor("#56616B")
RULE = HexColor("#B9C0C6")
GROUND = HexColor("#EEF0F2")
PANEL = HexColor("#F1F5F8")
PANEL_WARM = HexColor("#FAF5EB")
INK = HexColor("#17405E")
BELOW = HexColor("#6E9FBF")
REACHED = HexColor("#1F6B45")
MISSED = HexColor("#9C2B23")
KICKER = HexColor("#0F6B6B")
KICKER_WARM = HexColor("#A8481F")
CHILD = HexColor("#7A3B16")
GRADUATE = HexColor("#24445A")
GOLD = HexColor("#8B6A35")
SEAL = HexColor("#CBD9E3")
SEAL_WARM = HexColor("#E3D5B8")
PETALS = (HexColor("#CB5A3C"), HexColor("#B9721B"))
PETAL_LINE = HexColor("#C2AC85")
SEEDS = HexColor("#5A3510")
SEED_DOTS = HexColor("#F0D9A0")
STAGES: tuple[Color, ...] = (white, HexColor("#C9DCE8"), HexColor("#6E9FBF"), INK)
_PALER, _FULL = (0.0, 0.2, 0.53, 1.0), 0.65
WHITE = white
BLACK = black


def luma(colour: Color) -> float:
    """Brightness from 0 (black) to 100 (white), as a grey print shows it (Rec. 601)."""
    return float(29.9 * colour.red + 58.7 * colour.green + 11.4 * colour.blue)


def stage(value: int, top: int) -> Color:
    """The colour of a stage; scales of other lengths take the nearest of the four."""
    return STAGES[round(value * (len(STAGES) - 1) / top)] if top else STAGES[-1]


def tint(ink: Color, value: int, top: int) -> Color:
    """The colour of a stage where ``ink`` is that of the highest: the lower, the paler, of one hue."""
    if value == top:
        return ink
    low, part = divmod((len(_PALER) - 1) * value / top, 1)
    share = _PALER[int(low)] + (_PALER[int(low) + 1] - _PALER[int(low)]) * part
    hue, light, full = colorsys.rgb_to_hls(ink.red, ink.green, ink.blue)
    return Color(*colorsys.hls_to_rgb(hue, 1 - (1 - light) * share, full * _FULL))
