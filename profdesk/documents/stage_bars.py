"""Stacked bars: how many are at each stage of a competency, those not assessed hatched."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import NBSP, decimal, wrap
from profdesk.domain.programme import Stage
from profdesk.domain.summary import StageCounts, percent


def legend(report: Report, scale: Sequence[Stage]) -> None:
    """What the colours mean: every stage, and the hatching of those not assessed."""
    sheet, x, y = report.sheet, LEFT, report.y + 1
    top = scale[-1].value
    for stage in scale:
        sheet.box(x, y, 4, 3.2, fill=palette.stage(stage.value, top), stroke=palette.INK, line=0.4)
        words = f"{stage.value} — {stage.title}"
        sheet.text(x + 5.5, y + 2.7, words, size=8, colour=palette.SECOND)
        x += 11 + fonts.width(words, fonts.TEXT, 8) / MM
    _hatched(report, x, y, 4, 3.2)
    sheet.text(x + 5.5, y + 2.7, "не оценено", size=8, colour=palette.SECOND)
    report.y += 7


def bar(report: Report, row: StageCounts, among: int) -> None:
    """One competency: its name, the stacked counts, at the right what share of ``among`` the two highest stages are."""
    sheet, left, wide = report.sheet, LEFT + 62.0, 100.0
    total = row.pupils
    name = wrap(row.competency.short if len(row.competency.plain) > 42 else row.competency.plain, fonts.TEXT, 8.6, 400)
    sheet.text(LEFT, report.y + 3.9, " ".join(name), size=8.6)
    x, top = left, len(row.counts) - 1
    for stage, count in enumerate(row.counts):
        length = wide * count / total if total else 0
        if length:
            sheet.box(x, report.y + 0.6, length, 4.6, fill=palette.stage(stage, top), stroke=palette.INK, line=0.3)
            if length >= 3.2 + 1.4 * (len(str(count)) - 1):
                colour = palette.WHITE if stage == top else palette.TEXT
                sheet.text(x + length / 2, report.y + 3.8, str(count), size=7, colour=colour, align="centre")
        x += length
    if row.not_assessed and total:
        _hatched(report, x, report.y + 0.6, wide * row.not_assessed / total, 4.6)
    share = _share(percent(row.high, among))
    sheet.text(RIGHT, report.y + 3.9, share, face=fonts.BOLD, size=8.6, align="right")
    report.y += 6.6


def _share(value: Decimal | None) -> str:
    return "—" if value is None else f"{decimal(value)}{NBSP}%"


def _hatched(report: Report, x: float, y: float, width: float, height: float) -> None:
    """An outlined box with slanting lines: not assessed."""
    report.sheet.box(x, y, width, height, fill=palette.WHITE, stroke=palette.SECOND, line=0.3)
    slant = height * 0.5
    at = x + 1.2
    while at + slant < x + width:
        report.sheet.rule(at, y + height, at + slant, y, width=0.25)
        at += 1.5
