"""Bars of portfolios on one axis of 0 to 100 %: complete in full colour over begun in a pale one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.documents import fonts, marks, palette
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, balanced

_LEFT, _WIDE, _ROW = LEFT + 50.0, 98.0, 17.0


@dataclass(frozen=True)
class Bar:
    """``shares`` and ``figures`` are of the begun and of the complete ones; a share of None has no bar.

    ``before`` is the share of the complete ones in an earlier span, a white diamond.
    """

    title: str
    of_all: str
    shares: tuple[float | None, ...]
    figures: tuple[str, str]
    before: float | None = None


def height(bars: int) -> float:
    """How much room they take."""
    return _ROW * bars + 16


def draw(report: Report, bars: Sequence[Bar]) -> None:
    """Draw them below each other; the last is all together, in bold below a rule."""
    report.need(height(len(bars)))
    sheet, top = report.sheet, report.y + 6
    for tick in range(0, 101, 20):
        x = _LEFT + _WIDE * tick / 100
        label = f"{tick}{NBSP}%" if tick == 100 else str(tick)
        sheet.text(x, top - 2, label, size=8, colour=palette.SECOND, align="centre")
        sheet.rule(x, top, x, top + _ROW * len(bars), width=0.35)
    for place, bar in enumerate(bars):
        _bar(report, bar, top + _ROW * place, bold=place == len(bars) - 1)
    report.y = top + _ROW * len(bars) + 10


def _bar(report: Report, bar: Bar, y: float, *, bold: bool) -> None:
    sheet = report.sheet
    if bold:
        sheet.rule(LEFT, y + 1.5, RIGHT, y + 1.5, colour=palette.INK, width=0.8)
    face = fonts.BOLD if bold else fonts.TEXT
    lines = balanced(bar.title, face, 10, 46 * MM)
    below = sheet.lines(LEFT, y + 8 - 2.2 * (len(lines) - 1), lines, face=face, leading=1.2)
    sheet.text(LEFT, below, bar.of_all, size=8.3, colour=palette.SECOND)
    sheet.box(_LEFT, y + 4.5, _WIDE, 8, fill=palette.GROUND)
    for share, fill in zip(bar.shares, (palette.STAGES[1], palette.INK), strict=True):
        if share is not None:
            sheet.box(_LEFT, y + 4.5, _WIDE * share, 8, fill=fill)
    if bar.before is not None:
        marks.diamond(sheet, _LEFT + _WIDE * bar.before, y + 8.5, 4.2)
    begun, complete = bar.figures
    sheet.text(_LEFT + _WIDE + 5, y + 8.2, complete, face=fonts.BOLD, size=10.5)
    sheet.text(_LEFT + _WIDE + 5, y + 12.4, f"начато {begun}", size=8.3, colour=palette.SECOND)
