"""Bars of the stages of every competency of a class, one above the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain.programme import Stage
from profdesk.domain.summary import StageCounts
from profdesk.gui.common import fonts, theme

_LEGEND = 26.0
_ROW = (20.0, 30.0)
_NUMBER, _NAMES, _SHARE = 22.0, 268.0, 44.0
_BAR_SHARE = 0.72
_LEAST_FOR_COUNT = 16.0


class StageBars(QWidget):
    """Counts stand inside the bars, at the right the share of the two highest stages among those assessed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[StageCounts] = ()
        self._scale: Sequence[Stage] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_rows(self, rows: Sequence[StageCounts], scale: Sequence[Stage]) -> None:
        """Show one bar a competency; a screen reader gets the same in a sentence."""
        self._rows, self._scale = rows, scale
        self.setAccessibleName(self.tr("Стадии компетенций класса"))
        self.setAccessibleDescription(". ".join(map(self._sentence, rows)))
        self.update()

    def _sentence(self, row: StageCounts) -> str:
        parts = [f"{stage.title} {count}" for stage, count in zip(self._scale, row.counts, strict=True) if count]
        if row.not_assessed:
            parts.append(f"не оценено {row.not_assessed}")
        if row.assessed:
            parts.append(f"на двух высших стадиях {row.percent} % оценённых")
        return f"{row.competency.plain_short}: {', '.join(parts)}"

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(420, round(_LEGEND + _ROW[0] * max(1, len(self._rows))))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._legend(painter)
        height = max(_ROW[0], min((self.height() - _LEGEND) / len(self._rows), _ROW[1]))
        for number, row in enumerate(self._rows):
            self._row(painter, QRectF(0, _LEGEND + number * height, self.width(), height), number + 1, row)
        painter.end()

    def _legend(self, painter: QPainter) -> None:
        colours = theme.tokens()
        font = fonts.font(fonts.CAPTION)
        painter.setFont(font)
        metrics, x = QFontMetricsF(font), 0.0
        for stage in self._scale:
            self._segment(painter, QRectF(x, 3, 16, 14), stage.value, str(stage.value))
            x = self._words(painter, x + 22, stage.title, metrics)
        painter.setPen(QPen(colours.control, 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x + 0.5, 3.5, 15, 13), 2, 2)
        self._words(painter, x + 22, self.tr("не оценено"), metrics)

    def _words(self, painter: QPainter, x: float, words: str, metrics: QFontMetricsF) -> float:
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(theme.tokens().text2)
        painter.drawText(QRectF(x, 0, 300, 20), Qt.AlignmentFlag.AlignVCenter, words)
        return x + metrics.horizontalAdvance(words) + 16

    def _row(self, painter: QPainter, area: QRectF, number: int, row: StageCounts) -> None:
        colours = theme.tokens()
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(colours.text2)
        at_right = Qt.AlignmentFlag.AlignRight | centre
        painter.drawText(QRectF(area.left(), area.top(), _NUMBER - 8, area.height()), at_right, str(number))
        font = fonts.font(fonts.TEXT)
        painter.setFont(font)
        painter.setPen(colours.text)
        name = QFontMetricsF(font).elidedText(row.competency.plain_short, Qt.TextElideMode.ElideRight, _NAMES - 8)
        painter.drawText(QRectF(area.left() + _NUMBER, area.top(), _NAMES, area.height()), centre, name)
        left = area.left() + _NUMBER + _NAMES
        bar = area.height() * _BAR_SHARE
        track = QRectF(left, area.center().y() - bar / 2, area.right() - _SHARE - left, bar)
        self._bar(painter, track, row)
        painter.setFont(fonts.font(fonts.TEXT, bold=True))
        painter.setPen(colours.text)
        painter.drawText(area, at_right, f"{row.percent} %" if row.assessed else "—")

    def _bar(self, painter: QPainter, track: QRectF, row: StageCounts) -> None:
        total = row.pupils
        x = track.left()
        painter.setFont(fonts.font(fonts.CAPTION))
        for stage, count in zip(self._scale, row.counts, strict=True):
            if count:
                wide = track.width() * count / total
                self._segment(
                    painter, QRectF(x, track.top(), max(1.0, wide - 1), track.height()), stage.value, str(count)
                )
                x += wide
        if row.not_assessed:
            painter.setPen(QPen(theme.tokens().control, 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            rest = QRectF(x + 0.5, track.top() + 0.5, track.right() - x - 1, track.height() - 1)
            painter.drawRoundedRect(rest, 2, 2)

    def _segment(self, painter: QPainter, area: QRectF, stage: int, words: str) -> None:
        colours = theme.tokens()
        place = min(stage, len(colours.stage_fill) - 1)
        painter.setPen(QPen(colours.control, 1) if not place else Qt.PenStyle.NoPen)
        painter.setBrush(colours.stage_fill[place])
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5) if not place else area, 2, 2)
        if area.width() >= _LEAST_FOR_COUNT:
            painter.setPen(colours.stage_digit[place])
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
