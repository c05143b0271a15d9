"""The right side of a certificate: the drawing for its number of values, the list, the count of stages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from profdesk.documents import fonts, palette
from profdesk.documents.certificate_dress import Dress
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
from profdesk.domain.programme import Competency

_LEFT, _RIGHT = 124.0, 280.0
_CELLS_RIGHT = 287.0
_ROOM = _RIGHT - _LEFT
_TOP, _BOTTOM = 18.0, 193.0
_FLOWER, _STEPS, _WHEEL = 10, 15, 20
_ROWS = 5
_NOT_ASSESSED = "не оценено"
_MORE = f"тем{NBSP}увереннее проявляется качество."
_LEADING = 1.25

Glyph = Callable[[float, float, int | None], None]
"""Draws the sign of a stage into 9 x 9 millimetres by the left foot."""


def draw_body(sheet: Sheet, facts: CertificateFacts, dress: Dress) -> None:
    """Ten values make a flower, fifteen steps, twenty a wheel with the list; any others the list alone."""
    count = len(facts.stages)
    if dress.strict or count not in (_FLOWER, _STEPS, _WHEEL):
        _list_alone(sheet, facts, dress)
    elif count == _FLOWER:
        _flower(sheet, facts, dress)
    elif count == _STEPS:
        _step_grid(sheet, facts, dress)
    else:
        _wheel_and_list(sheet, facts, dress)


def _flower(sheet: Sheet, facts: CertificateFacts, dress: Dress) -> None:
    _heading(sheet, facts, dress, f"Чем длиннее лепесток и чем больше на нём зёрнышек, {_MORE}")
    top, count = _highest(facts), len(facts.stages)
    petals = [
        Petal(item.title, stage, _word(facts, stage))
        for item, stage in zip(facts.competencies.items, facts.stages, strict=True)
    ]
    flower(sheet, (_LEFT + _ROOM / 2, 104.5), 52.5, _ROOM / 2, petals, top)

    def glyph(x: float, y: float, stage: int | None) -> None:
        petal(sheet, x + 3.2, y + 2, stage, top, radius=10.5, count=count)

    _totals(sheet, facts, glyph, 6.2)


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
            y = 54.5 + row * 23.2
            if row:
                sheet.rule(x, y, x + wide, y, width=0.35)
            steps(sheet, x, y + 17.8, stages[item], top, size=13.4)
            _named(sheet, x + 16.8, y + 11.6, wide - 16.8, item.title, _word(facts, stages[item]))

    def glyph(x: float, y: float, stage: int | None) -> None:
        steps(sheet, x, y, stage, top, size=7.5)

    _totals(sheet, facts, glyph, 7.5)


def _wheel_and_list(sheet: Sheet, facts: CertificateFacts, dress: Dress) -> None:
    top, wide = _highest(facts), 80.0
    middle = _LEFT + 37
    _heading(sheet, facts, dress, f"Чем больше клеток заполнено, {_MORE}", room=wide - 7)
    entries = _entries(facts)
    y = 192 - 8.2 * (len(entries) - 1)
    hub = (36 + y - 6) / 2
    wheel(sheet, middle, hub, 36, facts.stages, top)
    sheet.stamp(f"hub-{dress.code}", middle, hub, lambda: rosette(sheet, 7, dress.seal))
    for place, (stage, word, number) in enumerate(entries):
        if place:
            sheet.rule(_LEFT, y - 5.4, _LEFT + 73, y - 5.4, width=0.35)
        cells(sheet, _LEFT, y - 2.6, stage, top, radius=dress.corner)
        sheet.text(_LEFT + CELLS + 4.5, y, word, size=9.6, colour=palette.SECOND)
        sheet.text(_LEFT + 73, y, str(number), face=fonts.BOLD, size=10.5, align="right")
        y += 8.2
    _lists(sheet, facts, dress, (_LEFT + wide, _CELLS_RIGHT), (_TOP - 3, _BOTTOM + 1), 1)


def _list_alone(sheet: Sheet, facts: CertificateFacts, dress: Dress) -> None:
    _heading(sheet, facts, dress, f"Чем больше клеток заполнено, {_MORE}")
    _lists(sheet, facts, dress, (_LEFT, _RIGHT), (39.0, 171.0), 2)

    def glyph(x: float, y: float, stage: int | None) -> None:
        cells(sheet, x, y - 3, stage, _highest(facts), radius=dress.corner)

    _totals(sheet, facts, glyph, CELLS)


def _heading(sheet: Sheet, facts: CertificateFacts, dress: Dress, words: str, room: float = _ROOM) -> None:
    """How many values there are and how to read them."""
    count = counted(len(facts.stages), "компетенция", "компетенции", "компетенций")
    sheet.text(_LEFT, 23.5, count, face=dress.face, size=16, colour=dress.title)
    lines = balanced(words, fonts.ITALIC, 9.2, room * MM)
    sheet.lines(_LEFT, 30, lines, face=fonts.ITALIC, size=9.2, colour=palette.SECOND)


def _column_heading(sheet: Sheet, dress: Dress, title: str, x: float, wide: float) -> None:
    lines = balanced(title, fonts.BOLD, 10, wide * MM)
    y = 50.2 - 4.4 * (len(lines) - 1)
    sheet.lines(x, y, lines, face=fonts.BOLD, colour=dress.title, leading=_LEADING)
    sheet.rule(x, 53.4, x + wide, 53.4, colour=dress.title, width=1.1)


def _named(sheet: Sheet, x: float, middle: float, room: float, title: str, word: str) -> None:
    """A name in bold over its stage's word, around a middle line."""
    lines = balanced(title, fonts.BOLD, 9.3, room * MM)
    line = 9.3 * _LEADING / MM
    y = middle - (len(lines) + 1) * line / 2 + line * 0.75
    below = sheet.lines(x, y, lines, face=fonts.BOLD, size=9.3, leading=_LEADING)
    sheet.text(x, below, word, size=8.8, colour=palette.SECOND)


def _totals(sheet: Sheet, facts: CertificateFacts, glyph: Glyph, wide: float) -> None:
    """How many values are at each stage, in a row at the foot of the sheet; the signs explain the drawing."""
    entries = _entries(facts)
    sheet.rule(_LEFT, 176.5, _RIGHT, 176.5, width=0.5)
    room = [max(fonts.width(word, fonts.TEXT, 8.6) / MM, wide + 9) for _, word, _ in entries]
    gap = (_ROOM - sum(room)) / (len(entries) - 1)
    x = _LEFT
    for (stage, word, number), step in zip(entries, room, strict=True):
        glyph(x, 187, stage)
        sheet.text(x + wide + 2.4, 187, str(number), face=fonts.BOLD, size=14)
        sheet.text(x, 192.1, word, size=8.6, colour=palette.SECOND)
        x += step + gap


def _entries(facts: CertificateFacts) -> list[tuple[int | None, str, int]]:
    """Stage, word and count, from the highest stage down; the unassessed last, if there are any."""
    found: list[int | None] = [stage.value for stage in reversed(facts.scale)]
    if None in facts.stages:
        found.append(None)
    return [(stage, _word(facts, stage), facts.stages.count(stage)) for stage in found]


@dataclass(frozen=True)
class _Row:
    number: int
    lines: Sequence[str]
    stage: int | None


def _lists(
    sheet: Sheet,
    facts: CertificateFacts,
    dress: Dress,
    across: tuple[float, float],
    down: tuple[float, float],
    columns: int,
) -> None:
    """Number, name and cells of each value, in columns of even height that fill the room."""
    gap = 8.0
    wide = (across[1] - across[0] - gap * (columns - 1)) / columns
    high = down[1] - down[0]
    for size in (9.4, 9.0, 8.5, 8.0, 7.5):
        parts, pad = _parted(_rows(facts, wide, size), columns, high, size)
        if pad >= 0.9:
            break
    pad = min(pad, 4.5)
    for place, part in enumerate(parts):
        x = across[0] + place * (wide + gap)
        _column(sheet, facts, dress, part, (x, down[0]), (wide, _spread(part, high, size, pad), size))


def _spread(rows: Sequence[_Row], high: float, size: float, least: float) -> tuple[float, float]:
    """Air above the first row, and around each of the others so that the last ends where the room does."""
    text = sum(len(row.lines) for row in rows) * size * _LEADING / MM
    return least, min(1.5 * least, (high - 2 * least - text) / max(1, len(rows) - 1) / 2)


def _rows(facts: CertificateFacts, wide: float, size: float) -> list[_Row]:
    room = (wide - 7 - CELLS - 2) * MM
    return [
        _Row(place + 1, _name_lines(item, size, room), stage)
        for place, (item, stage) in enumerate(zip(facts.competencies.items, facts.stages, strict=True))
    ]


def _name_lines(item: Competency, size: float, room: float) -> Sequence[str]:
    return balanced(item.title, fonts.TEXT, size, room)


def _parted(rows: Sequence[_Row], columns: int, high: float, size: float) -> tuple[list[Sequence[_Row]], float]:
    """One column or two, parted where rows get the most air; and that air above and below each row."""
    line = size * _LEADING / MM

    def air(parts: Sequence[Sequence[_Row]]) -> float:
        return min((high - sum(len(row.lines) for row in part) * line) / len(part) / 2 for part in parts)

    ways: list[list[Sequence[_Row]]] = [[rows]]
    if columns > 1 and len(rows) > 1:
        ways = [[rows[:at], rows[at:]] for at in range(len(rows) - 1, 0, -1)]
    best = max(ways, key=air)
    return best, air(best)


def _column(
    sheet: Sheet,
    facts: CertificateFacts,
    dress: Dress,
    rows: Sequence[_Row],
    at: tuple[float, float],
    measure: tuple[float, tuple[float, float], float],
) -> None:
    (x, y), (wide, (above, pad), size) = at, measure
    line = size * _LEADING / MM
    for place, row in enumerate(rows):
        if place:
            sheet.rule(x, y, x + wide, y, width=0.35)
        y += pad if place else above
        base = y + line * 0.76
        sheet.text(x + 4.4, base, str(row.number), face=fonts.BOLD, size=size, colour=dress.title, align="right")
        sheet.lines(x + 7, base, row.lines, size=size, leading=_LEADING)
        cells(sheet, x + wide - CELLS, base - 2.6, row.stage, _highest(facts), radius=dress.corner)
        y += len(row.lines) * line + pad


def _highest(facts: CertificateFacts) -> int:
    return facts.scale[-1].value


def _word(facts: CertificateFacts, stage: int | None) -> str:
    for one in facts.scale:
        if one.value == stage:
            return one.print_title
    return _NOT_ASSESSED
