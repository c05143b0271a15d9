"""A month as a grid of days, Monday first, with what is planned on each; walked through by the arrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain import wording
from profdesk.gui.common import breaking, fonts, icons, theme, tones
from profdesk.gui.common.tones import Tone

_WEEKDAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")
_WEEK = len(_WEEKDAYS)
_HEAD, _NUMBER, _ITEM, _LINE, _PAD, _ICON = 26, 24, 18, 15, 6, 12
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_WEEK, Qt.Key.Key_Down: _WEEK}
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


@dataclass(frozen=True)
class Item:
    """A line in a day: its words, its state in a word for those who hear it, and how it is drawn."""

    words: str
    state: str
    icon: str = ""
    tone: Tone = Tone.NEUTRAL
    faded: bool = False


class MonthGrid(QWidget):
    """``chosen`` gives the day; ``entered`` when Enter falls on it. PgUp and PgDn turn the month, Home is today."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._items: Mapping[date, Sequence[Item]] = {}
        self._today = date.min
        self.day = date(2000, 1, 1)

    def show_items(self, items: Mapping[date, Sequence[Item]], today: date) -> None:
        """Show what is on each day."""
        self._items, self._today = items, today
        self._tell()

    def choose(self, day: date) -> None:
        """Choose a day and show its month."""
        self.day = day
        self._tell()
        self.chosen.emit(day)

    def turn(self, months: int) -> None:
        """Go to the same day of another month, or to its last one."""
        number = self.day.year * 12 + self.day.month - 1 + months
        first = date(number // 12, number % 12 + 1, 1)
        following = (first + timedelta(days=31)).replace(day=1)
        self.choose(min(first + timedelta(days=self.day.day - 1), following - timedelta(days=1)))

    def to_today(self) -> None:
        """Go to today."""
        self.choose(self._today)

    # -- inside ----------------------------------------------------------------------------------

    def _tell(self) -> None:
        items = self._items.get(self.day, ())
        told = "; ".join(f"{item.words}, {item.state}" for item in items) or "ничего не запланировано"
        self.setAccessibleDescription(f"{wording.whole_day(self.day)}: {told}")
        self.update()

    def _first(self) -> date:
        """The Monday with which the grid begins."""
        first = self.day.replace(day=1)
        return first - timedelta(days=first.weekday())

    def _weeks(self) -> int:
        following = (self.day.replace(day=1) + timedelta(days=31)).replace(day=1)
        return -((self._first() - following).days // _WEEK)

    def _cell(self, number: int) -> QRect:
        week, column = divmod(number, _WEEK)
        room, weeks = self.height() - _HEAD - 1, self._weeks()
        left, right = column * self.width() // _WEEK, (column + 1) * self.width() // _WEEK
        top, bottom = _HEAD + week * room // weeks, _HEAD + (week + 1) * room // weeks
        return QRect(left, top, right - left, bottom - top)

    @override
    def sizeHint(self) -> QSize:
        return QSize(700, 420)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.choose(self.day + timedelta(days=_STEPS[key]))
        elif key in _MONTHS:
            self.turn(_MONTHS[key])
        elif key == Qt.Key.Key_Home:
            self.to_today()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        for number in range(_WEEK * self._weeks()):
            if self._cell(number).contains(place):
                self.choose(self._first() + timedelta(days=number))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.entered.emit()

    # -- drawing ---------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.tokens()
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(colours.text2)
        for column, words in enumerate(_WEEKDAYS):
            area = QRect(self._cell(column).left(), 0, self._cell(column).width(), _HEAD)
            painter.drawText(area.adjusted(_PAD, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)
        for number in range(_WEEK * self._weeks()):
            self._draw_day(painter, self._cell(number), self._first() + timedelta(days=number))
        painter.end()

    def _draw_day(self, painter: QPainter, area: QRect, day: date) -> None:
        colours = theme.tokens()
        inside = day.month == self.day.month
        painter.fillRect(area.left(), area.top(), area.width(), 1, colours.line)
        if area.left():
            painter.fillRect(area.left(), area.top(), 1, area.height(), colours.line)
        self._draw_number(painter, QRect(area.left(), area.top(), area.width(), _NUMBER), day)
        items = self._items.get(day, ())
        lines = max(1, (area.height() - _NUMBER - 2) // _ITEM)
        shown = items if len(items) <= lines else items[: lines - 1]
        high = _ITEM + _LINE if len(items) * (_ITEM + _LINE) <= lines * _ITEM else _ITEM
        row = QRect(area.left() + 3, area.top() + _NUMBER, area.width() - 6, high)
        for item in shown:
            self._draw_item(painter, row, item, inside=inside)
            row.translate(0, high)
        if len(items) > len(shown):
            painter.setFont(fonts.font(fonts.CAPTION))
            painter.setPen(colours.text2)
            painter.drawText(
                row.adjusted(_PAD - 2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, f"ещё {len(items) - len(shown)}"
            )
        if day == self.day:
            painter.setPen(QPen(colours.accent, 2 if self.hasFocus() else 1))
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _draw_number(self, painter: QPainter, area: QRect, day: date) -> None:
        """The number of the day; today's stands in a disc."""
        colours = theme.tokens()
        today = day == self._today
        painter.setFont(fonts.font(fonts.TEXT, bold=today))
        if today:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(QRectF(area.left() + 4, area.top() + 3, 22, 20))
            painter.restore()
            painter.setPen(colours.on_accent)
            painter.drawText(QRect(area.left() + 4, area.top() + 3, 22, 20), Qt.AlignmentFlag.AlignCenter, str(day.day))
            return
        painter.setPen(colours.text if day.month == self.day.month else colours.past)
        painter.drawText(area.adjusted(_PAD + 2, 2, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(day.day))

    def _draw_item(self, painter: QPainter, area: QRect, item: Item, *, inside: bool) -> None:
        colours = theme.tokens()
        ink = tones.ink(item.tone)
        if not item.faded:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tones.fill(item.tone))
            painter.drawRoundedRect(area.adjusted(0, 0, 0, -2), 4, 4)
            painter.restore()
        left = area.left() + 5
        if item.icon:
            pixmap = icons.pixmap(item.icon, ink, _ICON, self.devicePixelRatioF())
            painter.drawPixmap(left, area.top() + (_ITEM - 2 - _ICON) // 2, pixmap)
            left += _ICON + 4
        font = fonts.font(fonts.CAPTION)
        painter.setFont(font)
        painter.setPen(colours.text2 if item.faded or not inside else ink if item.tone is Tone.WARN else colours.text)
        room = QRect(left, area.top(), area.right() - left - 3, area.height() - 2)
        most = 2 if area.height() > _ITEM else 1
        lines = breaking.lines(item.words, room.width(), most, QFontMetrics(font).horizontalAdvance)
        for number, words in enumerate(lines):
            line = QRect(room.left(), room.top() + number * _LINE, room.width(), _ITEM - 2)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)
