"""The short timeline of a card: what was recorded lately, by school years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain import wording
from profdesk.domain.records import Recent
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common import breaking, fonts, icons, theme, who
from profdesk.gui.pupil_card import kind_icons

_ICON, _LEFT, _LINE, _GAP, _HEAD = 16, 28, 17, 9, 24
_MOST_LINES = 3


class RecentList(QWidget):
    """Lines that do not fit are left out, the latest being first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: Sequence[tuple[str, Sequence[tuple[Recent, str]]]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(190, 120)
        self.setAccessibleName(self.tr("Недавнее"))

    def show_lines(self, lines: Sequence[Recent], classes: Mapping[SchoolYear, str], names: Mapping[str, str]) -> None:
        """Show lines, the latest first, under the class of each year; a screen reader gets them in sentences."""
        self._groups = [
            (_heading(year, classes), [(one, _words(one, names)) for one in of_year])
            for year, of_year in groupby(lines, key=lambda one: one.year)
        ]
        said = (f"{wording.day(one.day)}: {one.title}, {words}" for _, group in self._groups for one, words in group)
        self.setAccessibleDescription(". ".join(said))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, 420)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for top, line, words, follows in self._laid_out():
            if isinstance(line, str):
                font = fonts.font(fonts.CAPTION, bold=True)
                painter.setFont(font)
                painter.setPen(theme.tokens().text2)
                shown = QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideMiddle, self.width())
                painter.drawText(QRect(0, top, self.width(), _HEAD), Qt.AlignmentFlag.AlignVCenter, shown)
            else:
                self._draw(painter, top, line, words, follows=follows)
        painter.end()

    def _laid_out(self) -> Iterator[tuple[int, str | Recent, Sequence[str], bool]]:
        """Headings and lines from the top, as many as fit; whether another line follows in the group."""
        top = 0
        metrics = QFontMetrics(fonts.font(fonts.CAPTION))
        for heading, group in self._groups:
            for number, (line, told) in enumerate(group):
                words = breaking.lines(told, self.width() - _LEFT, _MOST_LINES, metrics.horizontalAdvance)
                head = 0 if number else _HEAD
                height = _LINE * (1 + len(words))
                if top + head + height > self.height():
                    return
                if head:
                    yield top, heading, (), False
                yield top + head, line, words, number + 1 < len(group)
                top += head + height + _GAP

    def _draw(self, painter: QPainter, top: int, line: Recent, words: Sequence[str], *, follows: bool) -> None:
        colours = theme.tokens()
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, top + 1, icons.pixmap(kind_icons.ICONS[line.kind], colours.text2, _ICON, ratio))
        if follows:
            below = top + _ICON + 4
            painter.fillRect(_ICON // 2, below, 1, _LINE * (1 + len(words)) + _GAP - _ICON - 6, colours.border)
        caption = fonts.font(fonts.CAPTION)
        day = wording.brief_day(line.day)
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


def _heading(year: SchoolYear, classes: Mapping[SchoolYear, str]) -> str:
    known = classes.get(year)
    return f"{known}, {year.title}" if known else f"{year.title} учебный год"


def _words(line: Recent, names: Mapping[str, str]) -> str:
    return f"{line.words.removesuffix('.')}, {who.with_initials(names, line.actor)}" if line.actor else line.words
