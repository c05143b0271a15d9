"""Stacked bars: how many are at each stage of a competency, those not assessed hatched."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, RIGHT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import HIDDEN, NBSP, decimal, fitted, wrap
from profdesk.domain.programme import Competency, Stage
from profdesk.domain.published import PublishedStages
from profdesk.domain.summary import StageCounts, percent
from profdesk.domain.sums import StageLine

_LEFT, _WIDE = LEFT + 62.0, 100.0
_LONG = 42
"""Letters of a name that one line has room for."""


def legend(report: Report, scale: Sequence[Stage]) -> None:
    """What the colours mean: every stage, and the hatching of those not assessed."""
    titles(report, [stage.title for stage in scale])


def titles(report: Report, scale: Sequence[str]) -> None:
    """The same by the titles of the stages, from the lowest."""
    sheet, x, y = report.sheet, LEFT, report.y + 1
    for value, title in enumerate(scale):
        sheet.box(x, y, 4, 3.2, fill=palette.stage(value, len(scale) - 1), stroke=palette.INK, line=0.4)
        words = f"{value} — {title}"
        sheet.text(x + 5.5, y + 2.7, words, size=8, colour=palette.SECOND)
        x += 11 + fonts.width(words, fonts.TEXT, 8) / MM
    _hatched(report, x, y, 4, 3.2)
    sheet.text(x + 5.5, y + 2.7, "не оценено", size=8, colour=palette.SECOND)
    report.y += 7


def bar(report: Report, row: StageCounts, among: int) -> None:
    """One competency: its name, the stacked counts, at the right what share of ``among`` the two highest stages are."""
    _named(report, row.competency)
    _stacked(report, row.counts, row.not_assessed, row.pupils)
    _finish(report, _share(percent(row.high, among)))


def published(report: Report, row: PublishedStages) -> None:
    """The same of what leaves the school: hidden counts are one hatched piece with a sign in it."""
    _named(report, row.competency)
    if row.pupils is None:
        _hidden(report, _LEFT, _WIDE)
    else:
        _stacked(report, row.counts, row.not_assessed, row.pupils)
    _finish(report, HIDDEN if row.percent is None and row.pupils != 0 else _share(row.percent))


def added(report: Report, row: StageLine) -> None:
    """The same over many organisations: pupils whose stage is not told come last, and the share has two ends then."""
    sheet = report.sheet
    sizes, count = ((8.6, 7.2), 1) if len(row.title) <= _LONG else ((7.2, 6.8), 2)
    size, lines = fitted(row.title, fonts.TEXT, sizes, (_LEFT - LEFT - 2) * MM, count)
    sheet.lines(LEFT, report.y + (3.9 if len(lines) == 1 else 2.6), lines, size=size, leading=1.08)
    x = _stacked(report, row.counts, row.not_assessed, row.pupils)
    if row.unsaid:
        _hidden(report, x, _LEFT + _WIDE - x)
    least, most = row.least_percent, row.most_percent
    if least is None or most is None or least == most:
        _finish(report, _share(least))
    else:
        _finish(report, f"{floor(least)}–{ceil(most)}{NBSP}%")


def _named(report: Report, competency: Competency) -> None:
    name = competency.short if len(competency.plain) > _LONG else competency.plain
    report.sheet.text(LEFT, report.y + 3.9, " ".join(wrap(name, fonts.TEXT, 8.6, 400)), size=8.6)


def _stacked(report: Report, counts: Sequence[int | None], not_assessed: int | None, total: int) -> float:
    """Draw the pieces; gives where the last of them ends."""
    sheet, x, top = report.sheet, _LEFT, len(counts) - 1
    for stage, count in enumerate(counts):
        length = _WIDE * (count or 0) / total if total else 0
        if length:
            sheet.box(x, report.y + 0.6, length, 4.6, fill=palette.stage(stage, top), stroke=palette.INK, line=0.3)
            if length >= 3.2 + 1.4 * (len(str(count)) - 1):
                colour = palette.WHITE if stage == top else palette.TEXT
                sheet.text(x + length / 2, report.y + 3.8, str(count), size=7, colour=colour, align="centre")
        x += length
    if not_assessed and total:
        _hatched(report, x, report.y + 0.6, _WIDE * not_assessed / total, 4.6)
        x += _WIDE * not_assessed / total
    if None in (*counts, not_assessed):
        _hidden(report, x, _LEFT + _WIDE - x)
    return x


def _hidden(report: Report, x: float, length: float) -> None:
    """A dashed piece with a sign in it: these counts are not told."""
    sheet, y = report.sheet, report.y + 0.6
    sheet.box(x, y, length, 4.6, fill=palette.WHITE, stroke=palette.SECOND, line=0.4, dash=(1.5, 1.1))
    sheet.text(x + length / 2, y + 3.2, HIDDEN, size=7, colour=palette.SECOND, align="centre")


def _finish(report: Report, share: str) -> None:
    report.sheet.text(RIGHT, report.y + 3.9, share, face=fonts.BOLD, size=8.6, align="right")
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
