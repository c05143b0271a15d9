"""The questions of an instrument as the school loaded them, on pages behind the answer sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import MM, Sheet
from profdesk.documents.typography import bind, fitted, wrap
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.questions import Wording, worded_options

_APART = (Kind.CHOICE, Kind.SHARING, Kind.RATING, Kind.TRIPLE)
_LEFT, _RIGHT, _TOP, _BOTTOM = 18.0, 197.0, 30.0, 276.0
_GUTTER, _INDENT, _AIR = 9.0, 9.0, 2.6
_COLUMN = (_RIGHT - _LEFT - _GUTTER) / 2
_SIZE, _LEADING = 10.0, 1.28
_STEP = _SIZE * _LEADING / MM


@dataclass(frozen=True)
class _Question:
    """Lines to print, each with its indent; never parted."""

    item: int
    lines: tuple[tuple[float, str], ...]

    @property
    def height(self) -> float:
        return len(self.lines) * _STEP + _AIR


Column = Sequence[_Question]
Page = Sequence[Column]


def pages(instrument: Instrument, wording: Wording) -> Sequence[Page]:
    """Share the questions out to columns, two a page; none where the answer sheet itself says all there is."""
    if instrument.kind not in _APART or not (wording.questions or wording.options):
        return ()
    columns: list[list[_Question]] = [[]]
    filled = 0.0
    for item in range(1, instrument.items + 1):
        question = _question(instrument, wording, item)
        if columns[-1] and filled + question.height > _BOTTOM - _TOP:
            columns.append([])
            filled = 0.0
        columns[-1].append(question)
        filled += question.height
    return [columns[start : start + 2] for start in range(0, len(columns), 2)]


def draw(sheet: Sheet, instrument: Instrument, asked: Sequence[Page], number: int) -> None:
    """Draw one of the pages; in the file it is kept once, however many pupils get it."""

    def page() -> None:
        size, (line, *_) = fitted(bind(instrument.title), fonts.BOLD, (12, 11, 10, 9, 8), (_RIGHT - _LEFT) * MM, 1)
        sheet.text(_LEFT, 18, line, face=fonts.BOLD, size=size, colour=palette.INK)
        sheet.text(_LEFT, 23.5, bind("Ответы отмечай на бланке."), size=9.5, colour=palette.SECOND)
        of = f"Вопросы, страница {number + 1} из {len(asked)}"
        sheet.text(_RIGHT, 286, bind(of), size=8, colour=palette.SECOND, align="right")
        for place, column in enumerate(asked[number]):
            _column(sheet, _LEFT + place * (_COLUMN + _GUTTER), column)

    sheet.stamp(f"questions-{number}", 0, 0, page)


def _column(sheet: Sheet, x: float, column: Column) -> None:
    y = _TOP + 4
    for question in column:
        sheet.text(
            x + _INDENT - 2.4, y, str(question.item), face=fonts.BOLD, size=_SIZE, colour=palette.INK, align="right"
        )
        for indent, words in question.lines:
            sheet.text(x + indent, y, words, size=_SIZE)
            y += _STEP
        y += _AIR


def _question(instrument: Instrument, wording: Wording, item: int) -> _Question:
    lines = [
        (_INDENT, line) for line in wrap(wording.questions.get(item, ""), fonts.TEXT, _SIZE, (_COLUMN - _INDENT) * MM)
    ]
    for option in worded_options(instrument):
        words = wording.options.get((item, option.code))
        if words:
            hung = wrap(f"{option.label}) {words}", fonts.TEXT, _SIZE, (_COLUMN - _INDENT) * MM)
            lines += [(_INDENT, line) for line in hung]
    return _Question(item, tuple(lines or [(_INDENT, "")]))
