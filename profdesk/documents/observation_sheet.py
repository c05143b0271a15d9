"""The observation sheet of a class: marked by pencil, then keyed in along its rows as they stand.

Order, numbers and names are those of the class grid. Three rows form a band and every fifth column has a
dark rule, so that the eye finds its place again after each look at the screen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import LANDSCAPE, MM, Sheet
from profdesk.documents.turned import turned
from profdesk.documents.typography import NBSP, bind, fitted
from profdesk.domain.observation import ObservationFacts
from profdesk.domain.portfolio import Cell

_LEFT, _RIGHT = 10.0, 287.0
_NAMES = 67.0
_HEAD_TOP, _HEAD = 21.0, 43.0
_ROWS_END = 197.0
_LOWEST_ROW, _HIGHEST_ROW = 4.4, 6.0
_BAND, _FIVE = 3, 5
_NAME_SIZES = (9.5, 9, 8.5, 8, 7.5, 7, 6.5)
_HEAD_ROOM = 33.5
_THICK, _MIDDLE = 1.1, 0.6


@dataclass(frozen=True)
class _Table:
    """Where the table stands on the sheet: its columns, the rows of a page and how high they are."""

    columns: int
    per_page: int
    row: float

    @classmethod
    def of(cls, columns: int, pupils: int) -> _Table:
        """A class of thirty fits one page; a larger one is shared out evenly."""
        room = _ROWS_END - _HEAD_TOP - _HEAD
        pages = max(1, math.ceil(pupils / int(room / _LOWEST_ROW)))
        per_page = max(1, math.ceil(pupils / pages))
        return cls(columns, per_page, max(_LOWEST_ROW, min(room / per_page, _HIGHEST_ROW)))

    @property
    def left(self) -> float:
        return _LEFT + _NAMES

    @property
    def width(self) -> float:
        return (_RIGHT - self.left) / self.columns

    def x(self, column: int) -> float:
        return self.left + column * self.width


def observation_sheet(facts: ObservationFacts, dated: date) -> bytes:
    """Draw as many landscape pages as the class needs; ``facts.earlier`` are printed pale, not in the way."""
    title = f"Лист наблюдения: {facts.group}, {facts.period.title}"
    sheet = Sheet(LANDSCAPE, title, facts.organisation, dated)
    table = _Table.of(len(facts.competencies), len(facts.pupils))
    pages = max(1, math.ceil(len(facts.pupils) / table.per_page))
    for page in range(pages):
        first = page * table.per_page
        rows = facts.pupils[first : first + table.per_page]
        _top(sheet, facts)
        _heads(sheet, facts, table)
        for place in range(len(rows)):
            _row(sheet, table, facts, place, first + place)
        _grid(sheet, table, len(rows))
        _foot(sheet, page + 1, pages)
        sheet.next_page()
    return sheet.finish()


def _top(sheet: Sheet, facts: ObservationFacts) -> None:
    scale = (NBSP * 3).join(f"{stage.value}{NBSP}— {stage.title}" for stage in facts.scale)
    sheet.text(_RIGHT, 13.5, scale, face=fonts.BOLD, size=8.5, align="right")
    heading = bind(f"Лист наблюдения: {facts.group}, {facts.period.title}")
    size, lines = fitted(heading, fonts.BOLD, (14, 13, 12, 11, 10, 9), _beside(scale, fonts.BOLD), 1)
    sheet.text(_LEFT, 13.5, lines[0], face=fonts.BOLD, size=size, colour=palette.INK)
    pale = " Бледная цифра — прошлое полугодие, её можно не повторять." if facts.earlier else ""
    key = bind(f"Пустая клетка — не оценивали.{pale}")
    sheet.text(_RIGHT, 18.5, key, size=8.5, colour=palette.SECOND, align="right")
    size, lines = fitted(bind(facts.organisation), fonts.TEXT, (9, 8, 7), _beside(key, fonts.TEXT), 1)
    sheet.text(_LEFT, 18.5, lines[0], size=size, colour=palette.SECOND)


def _beside(words: str, face: str) -> float:
    """How many points the line has left of ``words``, which stand at its right edge."""
    return (_RIGHT - _LEFT - 6) * MM - fonts.width(words, face, 8.5)


def _heads(sheet: Sheet, facts: ObservationFacts, table: _Table) -> None:
    sheet.text(_LEFT + 7, _HEAD_TOP + _HEAD - 2.5, facts.who, face=fonts.BOLD, size=9, colour=palette.INK)
    for column, competency in enumerate(facts.competencies):
        middle = table.x(column) + table.width / 2
        sheet.text(
            middle, _HEAD_TOP + 4.6, str(column + 1), face=fonts.BOLD, size=9, colour=palette.INK, align="centre"
        )
        turned(sheet, middle, _HEAD_TOP + _HEAD - 2, competency.short, table.width, _HEAD_ROOM)


def _row(sheet: Sheet, table: _Table, facts: ObservationFacts, place: int, number: int) -> None:
    pupil, name = facts.pupils[number]
    top = _HEAD_TOP + _HEAD + place * table.row
    if place // _BAND % 2:
        sheet.box(_LEFT, top, _RIGHT - _LEFT, table.row, fill=palette.GROUND)
    base = top + table.row / 2 + 1.1
    sheet.text(_LEFT + 5.6, base, str(number + 1), size=8, colour=palette.SECOND, align="right")
    size, lines = fitted(name.replace(" ", NBSP), fonts.TEXT, _NAME_SIZES, (_NAMES - 8.5) * MM, 1)
    sheet.text(_LEFT + 7, base, lines[0], size=size)
    for column, competency in enumerate(facts.competencies):
        stage = facts.earlier.get(Cell(pupil, competency.code))
        if stage is not None:
            right, low = table.x(column + 1) - 1, top + table.row - 1
            sheet.text(right, low, str(stage), size=6.5, colour=palette.SECOND, align="right")


def _grid(sheet: Sheet, table: _Table, rows: int) -> None:
    top = _HEAD_TOP + _HEAD
    bottom = top + rows * table.row
    for row in range(rows + 1):
        y = top + row * table.row
        strong = row in (0, rows)
        banded = row % _BAND == 0
        colour = palette.TEXT if strong else palette.SECOND if banded else palette.RULE
        sheet.rule(_LEFT, y, _RIGHT, y, colour=colour, width=_THICK if strong else _MIDDLE if banded else 0.4)
    for column in range(table.columns + 1):
        strong = column % _FIVE == 0 or column == table.columns
        colour = palette.TEXT if strong else palette.RULE
        x = table.x(column)
        sheet.rule(x, _HEAD_TOP, x, bottom, colour=colour, width=_THICK if strong else 0.4)
    sheet.rule(table.left, _HEAD_TOP, _RIGHT, _HEAD_TOP, colour=palette.TEXT, width=_THICK)
    sheet.rule(_LEFT, top, _LEFT, bottom, colour=palette.TEXT, width=_THICK)


def _foot(sheet: Sheet, page: int, pages: int) -> None:
    sheet.text(_LEFT, 202, "Дата «____» ______________ 20____" + NBSP + "г.", size=9)
    sheet.text(95, 202, "Подпись __________________________", size=9)
    sheet.text(_RIGHT, 202, f"Лист {page} из {pages}", size=8, colour=palette.SECOND, align="right")
