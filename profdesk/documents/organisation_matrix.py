"""Organisations by indicators on pages that lie: a percent and its numbers in each cell, the sums below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from profdesk.documents import fonts, marks, palette
from profdesk.documents.report import LEFT, Report
from profdesk.documents.sheet import MM
from profdesk.documents.turned import turned
from profdesk.documents.typography import HIDDEN, decimal, fitted, number
from profdesk.domain.summary import State
from profdesk.domain.sums import Part, Sum

_NAME, _WIDEST, _MOST = 62.0, 23.0, 11
_HEAD, _ROW, _LINE, _SUM = 37.0, 5.6, 2.9, 13.5
_SIZES, _SHARE = (8.0, 7.5, 7.0), 0.54


@dataclass(frozen=True)
class Column:
    """What organisations said of one thing; those that are not in ``parts`` said nothing of it."""

    title: str
    target: Decimal | None
    parts: Mapping[str, Part]
    added: Sum

    @classmethod
    def of(cls, title: str, target: Decimal | None, parts: Sequence[Part]) -> Column:
        """By the full names of the organisations."""
        return cls(title, target, {part.organisation: part for part in parts}, Sum.of(parts))


def draw(report: Report, heading: str, note: str, columns: Sequence[Column], names: Mapping[str, str]) -> None:
    """Draw as many tables as the columns need; ``names`` are the organisations, full and short, in their order."""
    tables = ceil(len(columns) / _MOST)
    for table in range(tables):
        first, last = (len(columns) * at // tables for at in (table, table + 1))
        report.turn(lying=True)
        report.heading(heading if table == 0 else f"{heading}, продолжение", note)
        _table(report, columns[first:last], names)


def _table(report: Report, columns: Sequence[Column], names: Mapping[str, str]) -> None:
    wide = min(_WIDEST, (report.room - _NAME) / len(columns))
    _head(report, columns, wide)
    for full, short in names.items():
        size, lines = fitted(short, fonts.TEXT, _SIZES, (_NAME - 3) * MM, 3)
        height = _ROW + _LINE * (len(lines) - 1)
        if report.need(height):
            _head(report, columns, wide)
        report.sheet.lines(LEFT + 1, report.y + 3.8, lines, size=size, leading=1.05)
        for place, column in enumerate(columns):
            if (part := column.parts.get(full)) is not None:
                _cell(report, part, column.target, LEFT + _NAME + wide * place, wide)
        report.y += height
        report.sheet.rule(LEFT, report.y, LEFT + _NAME + wide * len(columns), report.y, width=0.35)
    if report.need(_SUM):
        _head(report, columns, wide)
    _sums(report, columns, wide)


def _head(report: Report, columns: Sequence[Column], wide: float) -> None:
    sheet, right = report.sheet, LEFT + _NAME + wide * len(columns)
    longest = max(fonts.width(column.title, fonts.TEXT, 8) for column in columns) / MM
    height = min(_HEAD, longest + 6)
    sheet.box(LEFT, report.y, right - LEFT, height, fill=palette.GROUND)
    base = report.y + height
    sheet.text(LEFT + 1, base - 2.5, "Организация", face=fonts.BOLD, size=8.2, colour=palette.INK)
    for place, column in enumerate(columns):
        left = LEFT + _NAME + wide * place
        turned(sheet, left + wide / 2, base - 2, column.title, wide - 2, height - 4)
    for y in (report.y, base):
        sheet.rule(LEFT, y, right, y, colour=palette.INK, width=1)
    report.y = base


def _cell(report: Report, part: Part, target: Decimal | None, left: float, wide: float) -> None:
    """Percent in the left half of the cell, what it is of in the right one; a triangle where the target is missed."""
    sheet, y = report.sheet, report.y + 3.8
    if part.numerator is None or part.denominator is None:
        sheet.text(left + wide * _SHARE, y, HIDDEN, size=8, align="right")
        return
    below = part.state(target) is State.BELOW
    face = fonts.BOLD if below else fonts.TEXT
    sheet.text(left + wide * _SHARE, y, decimal(part.percent), face=face, size=8, align="right")
    if below:
        marks.triangle(sheet, left + 2.4, y - 1.0, 2.0)
    words = f"{part.numerator}/{part.denominator}"
    size, _ = fitted(words, fonts.TEXT, (6.8, 6.2, 5.6), (wide * (1 - _SHARE) - 2) * MM, 1)
    sheet.text(left + wide - 1.2, y, words, size=size, colour=palette.SECOND, align="right")


def _sums(report: Report, columns: Sequence[Column], wide: float) -> None:
    sheet, y = report.sheet, report.y
    sheet.rule(LEFT, y, LEFT + _NAME + wide * len(columns), y, colour=palette.INK, width=1)
    sheet.text(LEFT + 1, y + 4.2, "Вместе", face=fonts.BOLD, size=8.6)
    sheet.text(LEFT + 1, y + 8, "числитель и знаменатель", size=6.8, colour=palette.SECOND)
    sheet.text(LEFT + 1, y + 11.2, "скрыли число, организаций", size=6.8, colour=palette.SECOND)
    for place, column in enumerate(columns):
        middle, added = LEFT + _NAME + wide * (place + 0.5), column.added
        share = HIDDEN if added.state(column.target) is State.HIDDEN else decimal(added.percent)
        sheet.text(middle, y + 4.2, share, face=fonts.BOLD, size=8.6, align="centre")
        words = f"{number(added.numerator)}/{number(added.denominator)}"
        size, _ = fitted(words, fonts.TEXT, (6.8, 6.2, 5.6), (wide - 1) * MM, 1)
        sheet.text(middle, y + 8, words, size=size, colour=palette.SECOND, align="centre")
        if added.hidden:
            sheet.text(middle, y + 11.2, str(added.hidden), size=6.8, colour=palette.SECOND, align="centre")
    report.y += _SUM
