"""Where everything stands on a printed answer sheet, so that who reads a scan knows where to look.

Millimetres from the left top corner of an A4 sheet, y downwards; ``docs/answer-sheet.md`` tells it as a whole.
Places depend on the instrument alone: not on names, nor on the wording that a school loaded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from profdesk.domain.instrument import Instrument, Kind, Option

CORNERS = ((10.0, 10.0), (200.0, 10.0), (10.0, 287.0), (200.0, 287.0))
"""The middles of the corner marks; the first is hollow, which tells how the sheet lies."""
CORNER = 6.0
CODE = (174.0, 16.0, 23.0)
"""Left, top and side of the code, its white border not counted."""
LEFT, RIGHT = 18.0, 197.0
TOP, BOTTOM = 71.0, 277.0
GROUP = 4
"""Questions stand in groups, each under a dark rule: who keys in finds the place again."""

_HEAD = 7.0
_GUTTER = 6.0
_COLUMNS = (1, 2, 3, 4)
_SMALLEST = 0.46
_LOOSEST = 1.25
_WHOLE = 0.92
_ROW, _LINE, _BETWEEN = 15.6, 13.4, 3.7
_RADIUS = 5.6
_NUMBER, _LABEL = 19.0, 9.0
_WIDE, _NARROW = 20.0, 13.4
_RANKS, _RANK, _DIGIT = 26, 11.2, 8.0
_RECORDS = 6


@dataclass(frozen=True)
class Circle:
    """A circle to be filled by its middle: filled, it says ``code`` of ``part``.

    ``part`` is the option that gets the points (sharing) or the aspect (three marks), else empty;
    ``words`` stand inside.
    """

    part: str
    code: str
    words: str
    x: float
    y: float


@dataclass(frozen=True)
class Field:
    """The place of one question; ``boxes`` are left sides of the boxes for the two digits of a rank."""

    item: int
    x: float
    y: float
    width: float
    height: float
    circles: tuple[Circle, ...] = ()
    boxes: tuple[float, ...] = ()


@dataclass(frozen=True)
class SheetPage:
    """One page; ``scale`` is 1 where circles are as large as they get, ``heads`` stand over its columns."""

    number: int
    fields: tuple[Field, ...]
    scale: float = 1.0
    heads: tuple[tuple[float, str], ...] = ()

    @property
    def radius(self) -> float:
        """Of every circle."""
        return _RADIUS * self.scale


@dataclass(frozen=True)
class _Row:
    """The circles of any one question: lines of parts of (code, words); ``labelled`` lines begin with a letter."""

    lines: tuple[tuple[tuple[str, tuple[tuple[str, str], ...]], ...], ...]
    labelled: bool = False

    @property
    def before(self) -> float:
        return _NUMBER + (_LABEL if self.labelled else 0)

    @property
    def across(self) -> float:
        """How many circles wide, half a circle between parts."""
        return max(sum(len(marks) for _, marks in line) + (len(line) - 1) / 2 for line in self.lines)

    @property
    def height(self) -> float:
        return _ROW + _LINE * (len(self.lines) - 1)


@dataclass(frozen=True)
class _Grid:
    """How the questions of a sheet are shared out: columns of ``rows`` on each page.

    ``step`` is how high a row of scale 1 is in units of its circles: more than 1 where the page has room.
    """

    pages: int
    columns: int
    rows: int
    scale: float = 1.0
    step: float = 1.0

    @property
    def width(self) -> float:
        return (RIGHT - LEFT - _GUTTER * (self.columns - 1)) / self.columns


def sheet_code(session: str, sheet: str, page: int) -> str:
    """What the code says: «PD1-…-…-1», ids without hyphens; no name is in it."""
    return "-".join(("PD1", session.replace("-", ""), sheet.replace("-", ""), str(page))).upper()


def pages(instrument: Instrument) -> tuple[SheetPage, ...]:
    """Lay out the sheet on the fewest pages, its circles as large as these allow."""
    if instrument.kind is Kind.RANKING:
        return _ranking(instrument)
    if instrument.kind is Kind.MATRIX:
        return _matrix(instrument)
    if instrument.kind is Kind.RECORD:
        return _record(instrument)
    return _circles(instrument)


def _circles(instrument: Instrument) -> tuple[SheetPage, ...]:
    row = _row(instrument)
    headed = instrument.kind is Kind.TRIPLE
    top = TOP + (_HEAD if headed else 0)
    grid = _grid(instrument.items, row, BOTTOM - top)
    made = []
    for number in range(grid.pages):
        fields: list[Field] = []
        heads: list[tuple[float, str]] = []
        for column in range(grid.columns):
            first = (number * grid.columns + column) * grid.rows + 1
            items = range(first, min(first + grid.rows, instrument.items + 1))
            x, y = LEFT + column * (grid.width + _GUTTER), top
            for item in items:
                y += _BETWEEN * grid.scale * grid.step if item > first and (item - 1) % GROUP == 0 else 0
                fields.append(_field(item, x, y, row, grid))
                y += row.height * grid.scale * grid.step
            if headed and items:
                heads += _heads(instrument, fields[-1])
        made.append(SheetPage(number + 1, tuple(fields), grid.scale, tuple(heads)))
    return tuple(made)


def _row(instrument: Instrument) -> _Row:
    answering = instrument.answering
    if instrument.kind is Kind.SHARING:
        points = tuple((str(number), str(number)) for number in range(answering.total + 1))
        return _Row(tuple(((option.code, points),) for option in answering.options), labelled=True)
    if instrument.kind is Kind.TRIPLE:
        scored = tuple(option for option in answering.options if option.value is not None)
        parts = ((aspect.code, _marks(answering.options if aspect.dash else scored)) for aspect in answering.aspects)
        return _Row((tuple(parts),))
    lettered = instrument.kind is Kind.CHOICE
    marks = tuple((one.code, one.label) for one in answering.options) if lettered else _marks(answering.options)
    return _Row(((("", marks),),))


def _marks(options: Sequence[Option]) -> tuple[tuple[str, str], ...]:
    return tuple((option.code, option.code.replace("-", "\u2212")) for option in options)


def _grid(items: int, row: _Row, room: float) -> _Grid:
    """The fewest pages on which circles are large enough, on these the largest circles."""
    for count in range(1, items + 1):
        found = [_shared(items, row, room, count, columns) for columns in _COLUMNS]
        best = max(found, key=lambda grid: (round(grid.scale, 3), -grid.columns))
        if best.scale >= _SMALLEST or count == items:
            return best
    raise AssertionError("an instrument has questions")


def _shared(items: int, row: _Row, room: float, count: int, columns: int) -> _Grid:
    """Columns of whole groups, where that costs little size and leaves no column half empty."""
    rows = math.ceil(items / (count * columns))
    even = _sized(_Grid(count, columns, rows), row, room)
    whole = _sized(_Grid(count, columns, math.ceil(rows / GROUP) * GROUP), row, room)
    last = items - whole.rows * (count * columns - 1)
    return whole if last * 2 >= whole.rows and whole.scale >= _WHOLE * even.scale else even


def _sized(grid: _Grid, row: _Row, room: float) -> _Grid:
    """The largest scale at which the columns keep to their width and height; what height is left opens them."""
    breaks = grid.rows // GROUP - 1 if grid.rows % GROUP == 0 else math.ceil((grid.rows - 1) / GROUP)
    wide = grid.width / (row.before + row.across * _NARROW)
    high = room / (grid.rows * row.height + breaks * _BETWEEN)
    scale = min(1.0, wide, high)
    return replace(grid, scale=scale, step=min(_LOOSEST, high / scale))


def _field(item: int, x: float, y: float, row: _Row, grid: _Grid) -> Field:
    """A question's circles: as far apart as the column has room for, but not farther than the eye follows."""
    before, high = row.before * grid.scale, row.height * grid.scale * grid.step
    first = y + (high - _LINE * (len(row.lines) - 1) * grid.scale) / 2
    pitch = min(_WIDE * grid.scale, (grid.width - before) / row.across)
    circles: list[Circle] = []
    for number, line in enumerate(row.lines):
        at = x + before + pitch / 2
        middle = first + _LINE * number * grid.scale
        for part, marks in line:
            for code, words in marks:
                circles.append(Circle(part, code, words, round(at, 3), round(middle, 3)))
                at += pitch
            at += pitch / 2
    return Field(item, x, y, grid.width, high, tuple(circles))


def _heads(instrument: Instrument, field: Field) -> list[tuple[float, str]]:
    """The name of each aspect over the middle of its circles."""
    found = []
    for aspect in instrument.answering.aspects:
        places = [circle.x for circle in field.circles if circle.part == aspect.code]
        found.append(((places[0] + places[-1]) / 2, aspect.title))
    return found


def _ranking(instrument: Instrument) -> tuple[SheetPage, ...]:
    """Two lists side by side, each question with a box for each digit of its rank."""
    lists = [
        (scale.title, scale.items[start : start + _RANKS])
        for scale in instrument.scales
        for start in range(0, len(scale.items), _RANKS)
    ]
    wide = (RIGHT - LEFT - 2 * _GUTTER) / 2
    made: list[SheetPage] = []
    for start in range(0, len(lists), 2):
        fields: list[Field] = []
        heads: list[tuple[float, str]] = []
        for column, (title, items) in enumerate(lists[start : start + 2]):
            x = LEFT + column * (wide + 2 * _GUTTER)
            high = min(_RANK, (BOTTOM - TOP - _HEAD) / len(items))
            boxes = (round(x + wide - 2 * _DIGIT, 3), round(x + wide - _DIGIT, 3))
            heads.append((x, title))
            fields += [
                Field(item, x, TOP + _HEAD + place * high, wide, high, boxes=boxes) for place, item in enumerate(items)
            ]
        made.append(SheetPage(len(made) + 1, tuple(fields), heads=tuple(heads)))
    return tuple(made)


def _matrix(instrument: Instrument) -> tuple[SheetPage, ...]:
    """Both lists side by side: a circle with its number before every choice."""
    wide = (RIGHT - LEFT - 2 * _GUTTER) / 2
    most = max(len(one.options) for one in instrument.answering.lists)
    high = min(_ROW, (BOTTOM - TOP - _HEAD) / most)
    fields: list[Field] = []
    heads: list[tuple[float, str]] = []
    for column, one in enumerate(instrument.answering.lists):
        x, top = LEFT + column * (wide + 2 * _GUTTER), TOP + _HEAD
        circles = tuple(
            Circle("", option.code, option.code, x + 8, round(top + (place + 0.5) * high, 3))
            for place, option in enumerate(one.options)
        )
        fields.append(Field(one.item, x, top, wide, high * len(one.options), circles))
        heads.append((x, one.title))
    return (SheetPage(1, tuple(fields), high / _ROW, tuple(heads)),)


def _record(instrument: Instrument) -> tuple[SheetPage, ...]:
    """Lined fields, as many on each page as on the next."""
    count = math.ceil(instrument.items / _RECORDS)
    each = math.ceil(instrument.items / count)
    high = (BOTTOM - TOP) / each
    made: list[SheetPage] = []
    for number in range(count):
        items = range(number * each + 1, min((number + 1) * each, instrument.items) + 1)
        fields = (Field(item, LEFT, TOP + place * high, RIGHT - LEFT, high) for place, item in enumerate(items))
        made.append(SheetPage(number + 1, tuple(fields)))
    return tuple(made)
