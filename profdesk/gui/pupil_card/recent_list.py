"""The short timeline of a card: what was recorded lately, by school years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain import wording
from profdesk.domain.records import Recent
from profdesk.gui.common import fonts, icons, theme
from profdesk.gui.pupil_card import kind_icons

_ICON, _LEFT, _LINE, _GAP, _HEAD = 16, 28, 17, 10, 24


class RecentList(QWidget):
    """Lines that do not fit are left out, the latest being first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Recent] = ()
        self._today = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(190, 120)
        self.setAccessibleName(self.tr("Недавнее"))

    def show_lines(self, lines: Sequence[Recent], today: date) -> None:
        """Show lines, the latest first; a screen reader gets them in sentences."""
        self._lines, self._today = lines, today
        said = (f"{_day(one.day, today)}: {one.title}, {one.words}" for one in lines)
        self.setAccessibleDescription(". ".join(said))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, 420)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.tokens()
        top = 0
        for year, lines in groupby(self._lines, key=lambda one: one.year):
            if top + _HEAD + 2 * _LINE > self.height():
                break
            painter.setFont(fonts.font(fonts.CAPTION, bold=True))
            painter.setPen(colours.text2)
            painter.drawText(QRect(0, top, self.width(), _HEAD), Qt.AlignmentFlag.AlignVCenter, f"{year.title} год")
            top += _HEAD
            for line in lines:
                words = list(_wrapped(line.words, self.width() - _LEFT))
                height = _LINE * (1 + len(words)) + _GAP
                if top + height - _GAP > self.height():
                    break
                self._draw(painter, top, line, words)
                top += height
        painter.end()

    def _draw(self, painter: QPainter, top: int, line: Recent, words: Sequence[str]) -> None:
        colours = theme.tokens()
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, top + 1, icons.pixmap(kind_icons.ICONS[line.kind], colours.text2, _ICON, ratio))
        caption = fonts.font(fonts.CAPTION)
        day = _day(line.day, self._today)
        wide = QFontMetrics(caption).horizontalAdvance(day) + 2
        row = QRect(_LEFT, top, self.width() - _LEFT, _LINE)
        painter.setFont(caption)
        painter.setPen(colours.text2)
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, day)
        font = fonts.font(fonts.TEXT)
        painter.setFont(font)
        painter.setPen(colours.text)
        title = QFontMetrics(font).elidedText(line.title, Qt.TextElideMode.ElideRight, row.width() - wide - 8)
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(caption)
        painter.setPen(colours.text2)
        for number, part in enumerate(words, 1):
            painter.drawText(row.translated(0, _LINE * number), Qt.AlignmentFlag.AlignVCenter, part)


def _wrapped(words: str, room: int) -> Iterator[str]:
    metrics = QFontMetrics(fonts.font(fonts.CAPTION))
    line = ""
    for word in words.split():
        joined = f"{line} {word}".strip()
        if line and metrics.horizontalAdvance(joined) > room:
            yield line
            line = word
        else:
            line = joined
    yield metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)


def _day(day: date, today: date) -> str:
    """The year is said where it is not this one."""
    return wording.brief_day(day) if day.year == today.year else f"{day:%d.%m.%Y}"
