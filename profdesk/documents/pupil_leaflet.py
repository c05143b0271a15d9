"""Leaflets for the children of a session: a page each, friendly, without figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.drawing_curves import arc, on_circle
from profdesk.documents.sheet import MM, PORTRAIT, Outline, Sheet
from profdesk.documents.typography import NBSP, bind, day, fitted, wrap
from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.domain.leaflet import Bar, Leaflet

_LEFT, _RIGHT = 20.0, 190.0
_ROOM = _RIGHT - _LEFT
_WHEEL = (168.0, 36.0, 22.0)
_RINGS, _BETWEEN = 8, 1.2
_BARS = 82.0
_ROW, _CELL = 10.4, 6.8
_FOOT = 271.0
_LINE = 9.0


def pupil_leaflets(facts: SessionFacts, leaflets: Sequence[Leaflet], dated: date) -> bytes:
    """Draw a page for each, with a bookmark."""
    title = f"Памятки: {facts.result.instrument.title}"
    sheet = Sheet(PORTRAIT, title, facts.organisation.full_name, dated)
    for leaflet in leaflets:
        sheet.bookmark(leaflet.one.pupil.name.short)
        _draw(sheet, facts, leaflet)
        sheet.next_page()
    return sheet.finish()


def _draw(sheet: Sheet, facts: SessionFacts, leaflet: Leaflet) -> None:
    _top(sheet, facts, leaflet)
    y = 70.0
    if leaflet.bars:
        y = _heading(sheet, y, "Что ближе, что дальше")
        y = _rows(sheet, y, leaflet.bars)
    y = _heading(sheet, y, "Что это значит")
    y = _meaning(sheet, y, leaflet)
    y = _heading(sheet, y, "Что можно попробовать")
    y = _tries(sheet, y, leaflet.tries)
    _thoughts(sheet, y)
    _foot(sheet, facts)


def _top(sheet: Sheet, facts: SessionFacts, leaflet: Leaflet) -> None:
    session, given = facts.result.view.session, leaflet.one.pupil.name.given
    sheet.box(12, 14, 3, 44, fill=palette.INK)
    sheet.text(_LEFT, 21.8, leaflet.kicker.upper(), face=fonts.ROUND, size=12, colour=palette.KICKER, tracking=1.2)
    room = (_WHEEL[0] - _WHEEL[2] - 6 - _LEFT) * MM
    size, lines = fitted(f"{given}, это{NBSP}твой{NBSP}профиль", fonts.ROUND, (26, 24, 22, 20, 18, 16, 14), room, 2)
    sheet.lines(_LEFT, 33, lines, face=fonts.ROUND, size=size, colour=palette.INK, leading=1.15)
    small, (line, *_) = fitted(bind(facts.result.instrument.short), fonts.TEXT, (10, 9, 8), room, 1)
    sheet.text(_LEFT, 51.5, line, size=small, colour=palette.SECOND)
    parts = (facts.group_words(leaflet.one.pupil), day(session.held_on))
    sheet.text(_LEFT, 56.6, bind(" · ".join(filter(None, parts))), size=10, colour=palette.SECOND)
    if leaflet.bars:
        _wheel(sheet, leaflet.bars)


def _wheel(sheet: Sheet, bars: Sequence[Bar]) -> None:
    """A sector for each scale, its filled rings as far out as its bar is long; leading ones dark."""
    x, y, radius = _WHEEL
    count, hole = len(bars), radius * 0.16
    ring = (radius - hole) / _RINGS
    for place, bar in enumerate(bars):
        turn = 2 * math.pi * place / count
        share = round(_RINGS * bar.filled / bar.cells)
        for number in range(_RINGS):
            filled = palette.INK if bar.leading else palette.BELOW
            colour = filled if number < share else palette.GROUND
            piece = _piece(hole + number * ring, hole + (number + 1) * ring - 0.55, turn, count)
            sheet.path([_moved(step, x, y) for step in piece], fill=colour)


def _piece(inner: float, outer: float, turn: float, count: int) -> Outline:
    """A piece of a ring; its sides run parallel to its neighbours'."""
    wide = 2 * math.pi / count
    near, far = (_BETWEEN / 2 / radius for radius in (inner, outer))
    return [
        on_circle(outer, turn + far),
        *_curves(outer, turn + far, turn + wide - far),
        on_circle(inner, turn + wide - near),
        *_curves(inner, turn + wide - near, turn + near),
    ]


def _curves(radius: float, start: float, end: float) -> Outline:
    """An arc of any length in curves short enough to be true."""
    steps = math.ceil(abs(end - start))
    step = (end - start) / steps
    return [arc(radius, start + step * number, start + step * (number + 1)) for number in range(steps)]


def _moved(step: tuple[float, ...], x: float, y: float) -> tuple[float, ...]:
    return tuple(value + (y if place % 2 else x) for place, value in enumerate(step))


def _heading(sheet: Sheet, y: float, words: str) -> float:
    sheet.text(_LEFT, y + 4, words, face=fonts.BOLD, size=12.5, colour=palette.INK)
    return y + 8.5


def _rows(sheet: Sheet, y: float, bars: Sequence[Bar]) -> float:
    """Cells as long as the longest scale has; leading rows bold and dark."""
    pitch = min(7.8, (_RIGHT - _BARS) / max(bar.cells for bar in bars))
    side = min(_CELL, pitch - 0.8)
    for bar in bars:
        middle = y + _ROW / 2
        face = fonts.BOLD if bar.leading else fonts.TEXT
        size, lines = fitted(bar.title, face, (10.5, 10, 9.5, 9, 8.5), (_BARS - _LEFT - 5) * MM, 2)
        first = middle + 1.3 - (len(lines) - 1) * size * 1.15 / MM / 2
        sheet.lines(_LEFT, first, lines, face=face, size=size, leading=1.15)
        for number in range(bar.cells):
            at = (_BARS + number * pitch, middle - side / 2, side, side)
            if number < bar.filled:
                sheet.box(*at, fill=palette.INK if bar.leading else palette.BELOW, radius=0.8)
            else:
                sheet.box(*at, stroke=palette.RULE, line=0.7, radius=0.8)
        y += _ROW
    return y + 4


def _meaning(sheet: Sheet, y: float, leaflet: Leaflet) -> float:
    y = sheet.paragraph(_LEFT, y + 3, leaflet.opening, _ROOM, size=10.5)
    for one in leaflet.meanings:
        y = _led(sheet, y, f"{one.title}.", one.words)
    y = sheet.paragraph(
        _LEFT,
        y + 1,
        "Это не оценка и не приговор: так сложились ответы сегодня. Через год они могут измениться, и это нормально.",
        _ROOM,
        size=10.5,
    )
    if leaflet.caution:
        y = sheet.paragraph(_LEFT, y + 1, leaflet.caution, _ROOM, size=10.5, face=fonts.BOLD)
    return y + 2


def _led(sheet: Sheet, y: float, title: str, words: str) -> float:
    """A bold beginning with its sentence after it, both in one paragraph."""
    indent = fonts.width(title, fonts.BOLD, 10.5) / MM + 1.6
    sheet.text(_LEFT, y, title, face=fonts.BOLD, size=10.5)
    lines = wrap(bind(words), fonts.TEXT, 10.5, (_ROOM - indent) * MM) if indent < _ROOM * 0.6 else []
    step = 10.5 * 1.3 / MM
    if not lines:
        return sheet.paragraph(_LEFT, y + step, words, _ROOM, size=10.5) if words else y + step
    sheet.text(_LEFT + indent, y, lines[0], size=10.5)
    rest = " ".join(lines[1:])
    return sheet.paragraph(_LEFT, y + step, rest, _ROOM, size=10.5) if rest else y + step


def _tries(sheet: Sheet, y: float, tries: Sequence[str]) -> float:
    for words in tries:
        sheet.box(_LEFT, y, 4.8, 4.8, stroke=palette.INK, line=0.9, radius=0.8)
        y = sheet.paragraph(_LEFT + 8, y + 3.7, words, _ROOM - 8, size=10.5) + 0.6
    return y + 2


def _thoughts(sheet: Sheet, y: float) -> None:
    """As many lines to write on as there is room for; the heading goes when there is none."""
    if y + 8.5 + _LINE > _FOOT - 4:
        return
    y = _heading(sheet, y, "Мои мысли") + _LINE - 4
    while y < _FOOT - 6:
        sheet.rule(_LEFT, y, _RIGHT, y, width=0.7)
        y += _LINE


def _foot(sheet: Sheet, facts: SessionFacts) -> None:
    sheet.rule(_LEFT, _FOOT, _RIGHT, _FOOT)
    who = f"педагог-психолог {facts.held_by}" if facts.held_by else "педагог-психолог"
    words = (
        f"Памятка напечатана для тебя. Ответы на вопросы видит только {who}. Приходи с вопросами, можно с родителями."
    )
    sheet.paragraph(_LEFT, _FOOT + 4.6, words, _ROOM, size=9, colour=palette.SECOND)
