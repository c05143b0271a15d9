"""States: each has a colour of text, a soft fill and an icon, and is always also said in a word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor

from profdesk.gui.common import theme


class Tone(StrEnum):
    """What a chip, a message or a cell judges."""

    NEUTRAL = "neutral"
    INFO = "info"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    MUTED = "muted"
    DATA = "data"


@dataclass(frozen=True)
class _Dress:
    ink: str
    fill: str
    icon: str


_DRESS = {
    Tone.NEUTRAL: _Dress("text", "line", ""),
    Tone.INFO: _Dress("accent_text", "accent_soft", "info"),
    Tone.OK: _Dress("ok", "ok_soft", "check-circle"),
    Tone.WARN: _Dress("warn", "warn_soft", "warning"),
    Tone.BAD: _Dress("bad", "bad_soft", "x-circle"),
    Tone.MUTED: _Dress("text2", "line", ""),
    Tone.DATA: _Dress("data", "data_soft", ""),
}


def ink(tone: Tone) -> QColor:
    """The colour of a tone's words and icon in the theme in force."""
    return theme.tokens().named(_DRESS[tone].ink)


def fill(tone: Tone) -> QColor:
    """The soft fill behind a tone's words."""
    return theme.tokens().named(_DRESS[tone].fill)


def sign(tone: Tone) -> str:
    """The icon a tone has unless another says more; empty for tones that judge nothing."""
    return _DRESS[tone].icon
