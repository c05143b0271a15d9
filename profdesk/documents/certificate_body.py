"""The right side of a certificate: the drawing for its number of values, the list, the count of stages, the code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from profdesk.documents import certificate_code, certificate_list, fonts, palette
from profdesk.documents.certificate_dress import Dress
from profdesk.documents.certificate_list import Laid
from profdesk.documents.drawing_cells import WIDTH as CELLS
from profdesk.documents.drawing_cells import cells
from profdesk.documents.drawing_ornament import rosette
from profdesk.documents.drawing_petals import Petal, flower, petal
from profdesk.documents.drawing_steps import steps
from profdesk.documents.drawing_wheel import wheel
from profdesk.documents.sheet import MM, Sheet
from profdesk.documents.typography import NBSP, balanced
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.plural import counted

_LEFT, _RIGHT = 124.0, 280.0
_CELLS_RIGHT = 287.0
_ROOM = _RIGHT - _LEFT
_TOTALS = 190.0
_TOP, _BOTTOM = 18.0, 193.0
_FOOT = 149.0
_FLOWER, _STEPS, _WHEEL = 10, 15, 20
_WHEEL_ROOM = 80.0
_COLUMNS = (2, 3)
_ROWS = 5
_NOT_ASSESSED = "не оценено"
_MORE = f"тем{NBSP}увереннее проявляется качество."
_LEADING = 1.25

Glyph = Callable[[float, float, int | None], None]
"""Draws the sign of a stage into 9 x 9 millimetres by the left foot."""


def draw_body(sheet: Sheet, facts: CertificateFacts, dress: Dress) -> None:
    """Ten values make a flower, fifteen steps, twenty a wheel with the list; others, or too long ones, a list alone."""
    count = len(facts.stages)
    if dress.strict or count not in (_FLOWER, _STEPS, _WHEEL):
        _list_alone(sheet, facts, dress)
    elif count == _FLOWER:
        _flower(sheet, facts, dress)
    elif count == _STEPS:
        _step_grid(sheet, facts, dress)
    else:
        beside = certificate_list.laid(facts, (_LEFT + _WHEEL_ROOM, _CELLS_RIGHT), (_TOP - 3, _BOTTOM + 1))
        if beside.fits:
            _wheel_and_list(sheet, facts, dress, beside)
        else:
            _list_alone(sheet, facts, dress)


def _flower(sheet: Sheet, facts: CertificateFacts, dress: Dress) -> None:
    _heading(sheet, facts, dress, f"Чем длиннее лепесток и чем больше на нём зёрнышек, {_MORE}")
    top, count = _highest(facts), len(facts.stages)
    petals = [
        Petal(item.title, stage, _word(facts, stage))
        for item, stage in zip(facts.competencies.items, facts.stages, strict=True)
    ]
    flower(sheet, (_LEFT + _ROOM / 2, 91.5), 41, _ROOM / 2, petals, top)

    def glyph(x: float, y: float, stage: int | None) -> None:
        petal(sheet, x + 2.2, y + 1.7, stage, top, radius=7, count=count)

    _foot(sheet, facts, glyph, 4.4)


def _step_grid(sheet: Sheet, facts: CertificateFacts, dress: Dress) -> None:
    _heading(sheet, facts, dress, f"Чем больше ступеней заполнено, {_MORE}")
    stages = dict(zip(facts.competencies.items, facts.stages, strict=True))
    columns = [
        (part.title, part.items[start : start + _ROWS])
        for part in facts.competencies.parts
        for start in range(0, len(part.items), _ROWS)
    ]
    top, gap = _highest(facts), 5.0
    wide = (_ROOM - gap * (len(columns) - 1)) / len(columns)
    for place, (title, items) in enumerate(columns):
        x = _LEFT + place * (wide + gap)
        if place == 0 or columns[place - 1][0] != title:
            over = sum(other == title for other, _ in columns)
            _column_heading(sheet, dress, title, x, over * (wide + gap) - gap)
        for row, item in enumerate(items):
            y = 48.6 + row * 19.8
            if row:
                sheet.rule(x, y, x + wide, y, width=0.35)
            steps(sheet, x, y + 16, stages[item], top, size=13)
            _named(sheet, x + 16.8, y + 10, wide - 16.8, item.title, _word(facts, stages[item]))

    def glyph(x: float, y: float, stage: int | None) -> None:
        steps(sheet, x, y, stage, top, size=6.4)

    _foot(sheet, facts, glyph, 6.4)


def _wheel_and_list(sheet: Sheet, facts: CertificateFacts, dress: Dress, beside: Laid) -> None:
    top = _highest(facts)
    middle = _LEFT + 37
    _heading(sheet, facts, dress, f"Чем больше клеток заполнено, {_MORE}", room=_WHEEL_ROOM - 7)
    hub = 87.5
    wheel(sheet, middle, hub, 36, facts.stages, top)
    sheet.stamp(f"hub-{dress.code}", middle, hub, lambda: rosette(sheet, 7, dress.seal))
    entries = _entries(facts)
    for (stage, word, number), y in zip(entries, _bases(entries, 144.3, 176.3), strict=True):
        cells(sheet, _LEFT, y - 2.6, stage, top, radius=dress.corner)
        sheet.text(_LEFT + CELLS + 2.4, y, str(number), face=fonts.BOLD, size=10.5)
        sheet.text(_LEFT, y + 3.4, word, size=8.2, colour=palette.SECOND)
    certificate_code.draw_place(sheet, facts, _LEFT + _WHEEL_ROOM - 4.5 - certificate_code.SIDE, 139.5)
    certificate_code.caption(sheet, facts, _LEFT, 192, _WHEEL_ROOM - 7)
    certificate_list.draw(sheet, beside, dress)


def _list_alone(sheet: Sheet, facts: CertificateFacts, dress: Dress) -> None:
    _heading(sheet, facts, dress, f"Чем больше клеток заполнено, {_MORE}")
    for columns in _COLUMNS:
        found = certificate_list.laid(facts, (_LEFT, _RIGHT), (38.0, _FOOT - 2), columns)
        if found.fits:
            break
    certificate_list.draw(sheet, found, dress)

    def glyph(x: float, y: float, stage: int | None) -> None:
        cells(sheet, x, y - 2.6, stage, _highest(facts), radius=dress.corner)

    _foot(sheet, facts, glyph, CELLS)


def _heading(sheet: Sheet, facts: CertificateFacts, dress: Dress, words: str, room: float = _ROOM) -> None:
    """How many values there are and how to read them."""
    count = counted(len(facts.stages), "компетенция", "компетенции", "компетенций")
    sheet.text(_LEFT, 23.5, count, face=dress.face, size=16, colour=dress.title)
    lines = balanced(words, fonts.ITALIC, 9.2, room * MM)
    sheet.lines(_LEFT, 30, lines, face=fonts.ITALIC, size=9.2, colour=palette.SECOND)


def _column_heading(sheet: Sheet, dress: Dress, title: str, x: float, wide: float) -> None:
    lines = balanced(title, fonts.BOLD, 10, wide * MM)
    y = 45 - 4.4 * (len(lines) - 1)
    sheet.lines(x, y, lines, face=fonts.BOLD, colour=dress.title, leading=_LEADING)
    sheet.rule(x, 48, x + wide, 48, colour=dress.title, width=1.1)


def _named(sheet: Sheet, x: float, middle: float, room: float, title: str, word: str) -> None:
    """A name in bold over its stage's word, around a middle line."""
    lines = balanced(title, fonts.BOLD, 9.3, room * MM)
    line = 9.3 * _LEADING / MM
    y = middle - (len(lines) + 1) * line / 2 + line * 0.75
    below = sheet.lines(x, y, lines, face=fonts.BOLD, size=9.3, leading=_LEADING)
    sheet.text(x, below, word, size=8.8, colour=palette.SECOND)


def _foot(sheet: Sheet, facts: CertificateFacts, glyph: Glyph, wide: float) -> None:
    """How many values are at each stage, with the signs that explain the drawing; the code and what it is for."""
    sheet.rule(_LEFT, _FOOT, _RIGHT, _FOOT, width=0.5)
    entries = _entries(facts)
    bases = _bases(entries, 157.5, 191.8)
    for one, other in pairwise(bases):
        middle = (one + other) / 2 - 1.2
        sheet.rule(_LEFT, middle, _TOTALS, middle, width=0.35)
    for (stage, word, number), y in zip(entries, bases, strict=True):
        glyph(_LEFT, y, stage)
        sheet.text(_LEFT + wide + 4.5, y, word, size=9.6, colour=palette.SECOND)
        sheet.text(_TOTALS, y, str(number), face=fonts.BOLD, size=10.5, align="right")
    left = _RIGHT + certificate_code.AIR - certificate_code.SIDE
    certificate_code.draw_place(sheet, facts, left, _FOOT + 2.3)
    certificate_code.caption(sheet, facts, _TOTALS + 8, 191.8, left - _TOTALS - 10)


def _bases(entries: Sequence[object], first: float, last: float) -> Sequence[float]:
    """Even baselines for the counts of stages, the last at the bottom."""
    step = (last - first) / max(1, len(entries) - 1)
    return [last - step * place for place in reversed(range(len(entries)))]


def _entries(facts: CertificateFacts) -> list[tuple[int | None, str, int]]:
    """Stage, word and count, from the highest stage down; the unassessed last, if there are any."""
    found: list[int | None] = [stage.value for stage in reversed(facts.scale)]
    if None in facts.stages:
        found.append(None)
    return [(stage, _word(facts, stage), facts.stages.count(stage)) for stage in found]


def _highest(facts: CertificateFacts) -> int:
    return facts.scale[-1].value


def _word(facts: CertificateFacts, stage: int | None) -> str:
    for one in facts.scale:
        if one.value == stage:
            return one.print_title
    return _NOT_ASSESSED
