"""How a line of a route is drawn: its day, its sign on the way, its words, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from profdesk.domain import route_words, wording
from profdesk.domain.programme import SOFT_HYPHEN
from profdesk.domain.route import LineKind, LineState, RouteLine
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common import breaking, chip, fonts, icons, theme
from profdesk.gui.common.tones import Tone
from profdesk.gui.route.rows import RouteRows, Row

HEADING, OFFER = 30, 26
_LEFT, _RIGHT, _BAR = 16, 14, 3
_DAY, _SIGN, _GAP = 84, 18, 10
_LINE, _CAPTION, _PAD = 19, 17, 4
_BESIDE = 34
_MOST = 24
_LATE = "warning"
_AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SIGNS = {
    LineKind.FAR: "flag-banner",
    LineKind.NEAR: "flag",
    LineKind.STEP: "circle",
    LineKind.RESERVE: "lifebuoy",
    LineKind.DIFFICULTY: "puzzle-piece",
}


@dataclass(frozen=True)
class _Parts:
    """What a line says, broken for its room.

    ``late`` is the chip of one that is overdue, ``is_inline`` says that ``below`` stands beside that chip.
    """

    words: list[str]
    below: list[str]
    beside: list[str]
    late: str
    is_inline: bool

    @property
    def height(self) -> int:
        left = len(self.words) * _LINE + (0 if self.is_inline else len(self.below) * _CAPTION)
        left += chip.HEIGHT + 2 if self.late else 0
        return max(left, len(self.beside) * _LINE) + 2 * _PAD


class LinePaint:
    """Draws the rows of one list; ``dated`` leaves room for days at left."""

    def __init__(self, rows: RouteRows) -> None:
        self._rows = rows
        dated = any(kind.is_dated for kind in rows.kinds)
        self._sign = _LEFT + (_DAY + _GAP if dated else 0)
        self._words = self._sign + _SIGN + _GAP

    def height(self, row: Row, width: int) -> int:
        """How high a row is in a list of a width."""
        if row.line is None:
            return HEADING if row.is_heading else OFFER
        return self._parts(row.line, width).height

    def is_sign(self, x: int) -> bool:
        """Whether a place in a row is that of its sign."""
        return self._sign - _GAP <= x < self._words

    def draw(self, painter: QPainter, area: QRect, number: int, room: int, *, current: bool) -> None:
        """Draw the row of a number, its words in ``room``; ``current`` is the one that keys act on."""
        row = self._rows.rows[number]
        colours = theme.tokens()
        if current:
            painter.fillRect(area, colours.accent_soft)
            painter.fillRect(area.left(), area.top(), _BAR, area.height(), colours.accent)
        area = QRect(area.left(), area.top(), room, area.height())
        if row.line is not None:
            self._line(painter, area, number, row.line)
        elif row.is_heading:
            if number:
                painter.fillRect(_LEFT, area.top() + 3, area.width() - _LEFT - _RIGHT, 1, colours.line)
            painter.setFont(fonts.font(fonts.TEXT, bold=True))
            painter.setPen(colours.text)
            painter.drawText(area.adjusted(_LEFT, 4, 0, 0), _AT_LEFT, self._rows.voice.kinds[row.kind].title)
        else:
            ratio = painter.device().devicePixelRatio()
            top = area.center().y() - 7
            painter.drawPixmap(self._sign + 2, top, icons.pixmap("plus", "accent_text", 14, ratio))
            painter.setFont(fonts.font(fonts.TEXT))
            painter.setPen(colours.accent_text)
            painter.drawText(area.adjusted(self._words, 0, 0, 0), _AT_LEFT, self._rows.voice.kinds[row.kind].add)

    def _parts(self, line: RouteLine, width: int) -> _Parts:
        text, caption = (QFontMetrics(fonts.font(px)).horizontalAdvance for px in (fonts.TEXT, fonts.CAPTION))
        room = width - self._words - _RIGHT
        beside: list[str] = []
        said = [route_words.state(line, self._rows.voice)]
        if line.entry.kind is LineKind.DIFFICULTY and line.entry.way:
            room = (room - _BESIDE) // 2
            beside = _broken(line.entry.way, room, text)
        else:
            said.append(line.entry.way)
        below = " · ".join(filter(None, said))
        late = route_words.due(line, self._rows.today) if line.is_overdue(self._rows.today) else ""
        is_inline = bool(late) and chip.width(late, _LATE) + _GAP + caption(below) <= room
        return _Parts(_broken(line.entry.words, room, text), _broken(below, room, caption), beside, late, is_inline)

    def _line(self, painter: QPainter, area: QRect, number: int, line: RouteLine) -> None:
        colours = theme.tokens()
        parts = self._parts(line, area.width())
        top = area.top() + _PAD
        self._day(painter, QRect(_LEFT, top, _DAY, _LINE), line)
        self._mark(painter, area, number, line)
        ink = colours.text if line.state is LineState.OPEN else colours.text2
        below = _lines(painter, self._words, top, parts.words, fonts.TEXT, ink)
        left = self._words
        if parts.late:
            wide = chip.draw(painter, left, below + 1, parts.late, Tone.WARN, _LATE)
            left += wide + _GAP if parts.is_inline else 0
            below += 4 if parts.is_inline else chip.HEIGHT + 2
        _lines(painter, left, below, parts.below, fonts.CAPTION, colours.text2)
        if parts.beside:
            middle = self._words + (area.width() - self._words - _RIGHT - _BESIDE) // 2
            ratio = painter.device().devicePixelRatio()
            painter.drawPixmap(middle + 8, top + 1, icons.pixmap("arrow-right", "text2", 16, ratio))
            _lines(painter, middle + _BESIDE, top, parts.beside, fonts.TEXT, ink)

    def _day(self, painter: QPainter, room: QRect, line: RouteLine) -> None:
        if line.entry.due is not None:
            painter.setFont(fonts.font(fonts.CAPTION))
            painter.setPen(theme.tokens().text2)
            painter.drawText(room, _AT_RIGHT, _day(line.entry.due, self._rows.today))

    def _mark(self, painter: QPainter, area: QRect, number: int, line: RouteLine) -> None:
        """The sign of a line; steps hang on a line through time."""
        top = area.top() + _PAD
        if line.entry.kind is LineKind.STEP:
            self._thread(painter, area, number, top)
        ratio = painter.device().devicePixelRatio()
        name, colour = _SIGNS[line.entry.kind], "text2"
        if line.state is LineState.DONE:
            name, colour = "check-circle-fill", "ok"
        elif line.is_overdue(self._rows.today) and line.entry.kind is LineKind.STEP:
            name, colour = "warning-circle", "warn"
        painter.drawPixmap(self._sign, top, icons.pixmap(name, colour, _SIGN, ratio))

    def _thread(self, painter: QPainter, area: QRect, number: int, top: int) -> None:
        colour = theme.tokens().border
        for step, begin, end in ((-1, area.top(), top + 1), (1, top + _SIGN - 1, area.bottom() + 1)):
            other = self._rows.row(number + step)
            if other is not None and other.line is not None:
                painter.fillRect(self._sign + _SIGN // 2 - 1, begin, 2, end - begin, colour)


def _broken(words: str, room: int, width: Callable[[str], int]) -> list[str]:
    """Words in lines; one that is too long for a line alone parts between any letters."""
    torn = (word if width(word) <= room else SOFT_HYPHEN.join(word) for word in words.split(" "))
    return breaking.lines(" ".join(torn), room, _MOST, width)


def _lines(painter: QPainter, x: int, top: int, lines: list[str], px: int, ink: QColor) -> int:
    """Write lines below each other; gives where the next would begin."""
    step = _LINE if px == fonts.TEXT else _CAPTION
    painter.setFont(fonts.font(px))
    painter.setPen(ink)
    for line in lines:
        painter.drawText(QRect(x, top, painter.window().width(), step), _AT_LEFT, line)
        top += step
    return top


def _day(day: date, today: date) -> str:
    """The year goes without saying in the school year that it is."""
    brief = wording.brief_day(day)
    return brief if SchoolYear.containing(day) == SchoolYear.containing(today) else f"{brief} {day.year}"
