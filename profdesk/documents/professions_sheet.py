"""A class against professions on landscape sheets: how often each child met each, and who still does not know what."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import LANDSCAPE, MM, Sheet
from profdesk.documents.turned import turned
from profdesk.documents.typography import NBSP, bind, day, fitted
from profdesk.domain.plural import word
from profdesk.domain.professions import ClassProfessions, YearProfessions

T = TypeVar("T")

_LEFT, _RIGHT = 10.0, 287.0
_NAMES, _TOTAL = 58.0, 14.0
_TOP, _HEAD, _END = 24.0, 44.0, 196.0
_ROOM = 41.0
_WIDEST, _NARROWEST = 10.0, 6.4
_HIGHEST, _LOWEST = 6.0, 4.3


def professions_sheet(school: str, found: YearProfessions, one: ClassProfessions, dated: date) -> bytes:
    """Draw as many sheets as the professions and the children need."""
    title = f"Профессии, {one.group.name.title}, {found.year.title}"
    sheet = Sheet(LANDSCAPE, title, school, dated)
    columns = found.columns(one)
    pages: list[tuple[Sequence[str], Sequence[int]]] = []
    across = int((_RIGHT - _LEFT - _NAMES - _TOTAL) / _NARROWEST)
    down = int((_END - _TOP - _HEAD) / _LOWEST) - 1
    for part in _shared(columns, across):
        pages += [(part, rows) for rows in _shared(range(len(one.pupils)), down)]
    for number, (part, rows) in enumerate(pages, 1):
        _head(sheet, school, found, one)
        _table(sheet, found, one, part, rows)
        _foot(sheet, dated, number, len(pages))
        sheet.next_page()
    return sheet.finish()


def _shared(things: Sequence[T], most: int) -> list[Sequence[T]]:
    """Parts of much the same length, none longer than ``most``; one empty part of nothing."""
    parts = max(1, math.ceil(len(things) / most))
    each = max(1, math.ceil(len(things) / parts))
    return [things[start : start + each] for start in range(0, max(1, len(things)), each)]


def _head(sheet: Sheet, school: str, found: YearProfessions, one: ClassProfessions) -> None:
    sheet.text(_LEFT, 14, f"Какие профессии знает {one.group.name.title}", face=fonts.BOLD, size=14, colour=palette.INK)
    sheet.text(_RIGHT, 14, f"{school}, {found.year.title}", size=9, colour=palette.SECOND, align="right")
    told = "Цифра — сколько раз встречали за все годы, пустая клетка — ещё не знает."
    if one.wanted is not None:
        number = f"{one.wanted}{NBSP}{word(one.wanted, 'профессией', 'профессиями', 'профессиями')}"
        told = f"Программа ждёт знакомства с {number}: столько знают {one.done} из {len(one.pupils)}. {told}"
    sheet.text(_LEFT, 19.5, bind(told), size=9, colour=palette.SECOND)


def _table(
    sheet: Sheet, found: YearProfessions, one: ClassProfessions, columns: Sequence[str], rows: Sequence[int]
) -> None:
    left = _LEFT + _NAMES + _TOTAL
    wide = min(_WIDEST, (_RIGHT - left) / max(1, len(columns)))
    high = max(_LOWEST, min(_HIGHEST, (_END - _TOP - _HEAD) / (len(rows) + 1)))
    top, right = _TOP + _HEAD, left + wide * len(columns)
    for number, column in enumerate(columns):
        turned(sheet, left + (number + 0.5) * wide, top - 1.5, found.titles[column], wide, _ROOM)
    sheet.text(_LEFT + 1, top + high * 0.7, "Ещё не знают", face=fonts.BOLD, size=8.5)
    sheet.text(left - 2, top - 2, "знает", size=8, colour=palette.SECOND, align="right")
    for number, column in enumerate(columns):
        lacking = one.lacking(column)
        x = left + (number + 0.5) * wide
        sheet.text(x, top + high * 0.7, str(lacking or ""), face=fonts.BOLD, size=8.5, align="centre")
    for place, row in enumerate(rows, 1):
        _row(sheet, one, row, columns, (left, wide, top + place * high, high))
    for place in range(len(rows) + 2):
        strong = place in (0, 1, len(rows) + 1)
        colour, width = (palette.INK, 0.9) if strong else (palette.RULE, 0.35)
        sheet.rule(_LEFT, top + place * high, right, top + place * high, colour=colour, width=width)
    for number in range(len(columns) + 1):
        x = left + number * wide
        sheet.rule(x, _TOP, x, top + (len(rows) + 1) * high, colour=palette.RULE, width=0.35)


def _row(
    sheet: Sheet,
    one: ClassProfessions,
    row: int,
    columns: Sequence[str],
    place: tuple[float, float, float, float],
) -> None:
    """One child: the name, how many of how many, and a tinted cell for each profession met."""
    left, wide, top, high = place
    pupil, base = one.pupils[row], top + high * 0.7
    sheet.text(_LEFT + 5, base, str(row + 1), size=7.5, colour=palette.SECOND, align="right")
    size, (name, *_) = fitted(pupil.name.short.replace(" ", NBSP), fonts.TEXT, (9.0, 8.0, 7.0), (_NAMES - 8) * MM, 1)
    sheet.text(_LEFT + 6.5, base, name, size=size)
    number = one.number(pupil.id)
    told = str(number) if one.wanted is None else f"{number} из {one.wanted}"
    done = one.wanted is not None and number >= one.wanted
    sheet.text(left - 2, base, told, face=fonts.BOLD if done else fonts.TEXT, size=8, align="right")
    for column, profession in enumerate(columns):
        times = len(one.occasions(pupil.id, profession))
        if times:
            sheet.box(left + column * wide, top, wide, high, fill=palette.STAGES[1])
            sheet.text(left + (column + 0.5) * wide, base, str(times), size=8, align="centre")


def _foot(sheet: Sheet, dated: date, page: int, pages: int) -> None:
    sheet.text(_LEFT, 203, f"Составлено программой profdesk {day(dated)}", size=7.5, colour=palette.SECOND)
    sheet.text(_RIGHT, 203, f"Лист {page} из {pages}", size=8, colour=palette.SECOND, align="right")
