"""The levels against the programme's targets: bar, target, percent and verdict."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain import overview_words as words
from profdesk.domain.overview import Bar
from profdesk.domain.summary import State
from profdesk.gui.common import fonts, icons, theme, tones
from profdesk.gui.common.tones import Tone

_ROW = (58.0, 86.0)
_FIGURE, _GAP, _BAR = 104.0, 18.0, 10.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TONES = {State.REACHED: (Tone.OK, "check-circle-fill"), State.BELOW: (Tone.WARN, "warning")}


class CoverageBars(QWidget):
    """One bar above the other, the rule each is counted by below it; a screen reader gets the same in sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars."""
        self._bars = bars
        self.setAccessibleName(self.tr("Охват по уровням"))
        self.setAccessibleDescription(". ".join(map(words.bar_sentence, bars)))
        self.updateGeometry()
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(320, round(_ROW[0] * max(1, len(self._bars))))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = max(_ROW[0], min(_ROW[1], self.height() / len(self._bars)))
        for place, bar in enumerate(self._bars):
            area = QRectF(0, place * height, self.width(), height)
            track = QRectF(0, area.top() + 22, area.width() - _FIGURE - _GAP, _BAR)
            self._words(painter, bar, track)
            self._track(painter, bar, track)
            self._figure(painter, bar, QRectF(track.right() + _GAP, area.top(), _FIGURE, _ROW[0]))
        painter.end()

    def _words(self, painter: QPainter, bar: Bar, track: QRectF) -> None:
        colours, figure = theme.tokens(), bar.figure
        caption = fonts.font(fonts.CAPTION)
        painter.setFont(caption)
        painter.setPen(colours.text2)
        line = QRectF(track.left(), track.top() - 22, track.width(), 20)
        painter.drawText(line, _RIGHT, words.of_all(bar))
        metrics = QFontMetricsF(caption)
        below = QRectF(track.left(), track.bottom() + 3, track.width(), 18)
        aim = words.aim(bar)
        painter.drawText(below, _RIGHT, aim)
        room = track.width() - metrics.horizontalAdvance(aim) - 8
        rule = metrics.elidedText(figure.indicator.rule.short, Qt.TextElideMode.ElideRight, room)
        painter.drawText(below, _LEFT, rule)
        font = fonts.font(fonts.TEXT, bold=bar.total)
        room = track.width() - metrics.horizontalAdvance(words.of_all(bar)) - 8
        painter.setFont(font)
        painter.setPen(colours.text)
        painter.drawText(
            line, _LEFT, QFontMetricsF(font).elidedText(words.bar_title(bar), Qt.TextElideMode.ElideRight, room)
        )

    def _track(self, painter: QPainter, bar: Bar, track: QRectF) -> None:
        colours, figure = theme.tokens(), bar.figure
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.border)
        painter.drawRoundedRect(track, 3, 3)
        if figure.numerator:
            painter.setBrush(colours.data)
            wide = max(6.0, track.width() * figure.numerator / figure.denominator)
            painter.drawRoundedRect(QRectF(track.left(), track.top(), wide, track.height()), 3, 3)
        if figure.indicator.target is not None:
            share = min(1.0, float(figure.indicator.target) / 100)
            at = round(min(track.right() - 3, track.left() + track.width() * share - 1))
            top, height = round(track.top() - 4), round(track.height() + 8)
            painter.fillRect(at - 1, top, 4, height, colours.base)
            painter.fillRect(at, top, 2, height, colours.text)

    def _figure(self, painter: QPainter, bar: Bar, area: QRectF) -> None:
        colours, figure = theme.tokens(), bar.figure
        painter.setFont(fonts.font(fonts.TITLE, bold=True))
        painter.setPen(colours.text)
        painter.drawText(QRectF(area.left(), area.top() + 4, area.width(), 26), _LEFT, words.share(bar))
        tone, icon = _TONES.get(figure.state, (Tone.MUTED, "minus"))
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(round(area.left()), round(area.top()) + 34, icons.pixmap(icon, tones.ink(tone), 14, ratio))
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(tones.ink(tone))
        painter.drawText(QRectF(area.left() + 20, area.top() + 31, area.width() - 20, 20), _LEFT, words.verdict(figure))
