"""The line under the grid: what the cells mean, and the keys that fill them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain.programme import Stage
from profdesk.gui.common import fonts, theme
from profdesk.gui.portfolio import cell_paint
from profdesk.gui.portfolio.sheet import Look

HEIGHT = 22
_CELL = (24.0, 19.0)
_GAP = 6.0
_BETWEEN = 12.0


@dataclass(frozen=True)
class _Sign:
    """A drawn sign ``width`` pixels wide, and the words after it."""

    width: float
    words: str
    draw: Callable[[QPainter, QRectF], None]


class Legend(QWidget):
    """Signs and keys on one line; what does not fit the width is left out from the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs: tuple[_Sign, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_stages(self, stages: Sequence[Stage], *, marked: bool = True) -> None:
        """Explain the programme's stages, then the marks, then the keys, those that mark only where one may."""
        values = [stage.value for stage in stages]
        keys = f"{min(values)}–{max(values)}" if values else ""
        self._signs = (
            *(_cell(Look(stage.value), stage.title) for stage in stages),
            _cell(Look(None), self.tr("не оценено")),
            _Sign(18, self.tr("с прошлого полугодия"), _trends),
            _Sign(8, self.tr("другая оценка"), _other),
            _noted(_key("F2", self.tr("заметка"))),
            *((_key(keys, self.tr("стадия")), _key("Del", self.tr("очистить"))) if marked else ()),
            _key("F4", self.tr("к пустой клетке")),
        )
        meanings = ", ".join(f"{stage.value} — {stage.title}" for stage in stages)
        words = self.tr("Стадии: {meanings}. Кружок — другая оценка, уголок — заметка или файл")
        self.setAccessibleName(words.format(meanings=meanings))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = fonts.font(fonts.CAPTION)
        metrics = QFontMetricsF(font)
        left = 0.0
        for sign in self._signs:
            words = metrics.horizontalAdvance(sign.words)
            if left + sign.width + _GAP + words > self.width():
                break
            painter.save()
            sign.draw(painter, QRectF(left, 0, sign.width, self.height()))
            painter.restore()
            left += sign.width + _GAP
            painter.setFont(font)
            painter.setPen(theme.tokens().text2)
            area = QRectF(left, 0, words + 2, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, sign.words)
            left += words + _BETWEEN
        painter.end()


def _cell(look: Look, words: str) -> _Sign:
    def draw(painter: QPainter, area: QRectF) -> None:
        top = round((area.height() - _CELL[1]) / 2)
        cell_paint.draw(painter, QRectF(round(area.left()), top, *_CELL), look, bold=True)

    return _Sign(_CELL[0], words, draw)


def _trends(painter: QPainter, area: QRectF) -> None:
    ink = theme.tokens().text
    middle = area.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    cell_paint.triangle(painter, QPointF(area.left() + 4, middle), 1, ink)
    cell_paint.triangle(painter, QPointF(area.left() + 13, middle), -1, ink)


def _other(painter: QPainter, area: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    cell_paint.ring(painter, QPointF(area.left() + 4, area.height() / 2), theme.tokens().text)


def _noted(key: _Sign) -> _Sign:
    """A key with the turned corner before it."""

    def draw(painter: QPainter, area: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell_paint.corner(painter, QRectF(area.left(), area.height() / 2 - 4, 8, 8), theme.tokens().text)
        key.draw(painter, area.adjusted(8 + _GAP, 0, 0, 0))

    return _Sign(8 + _GAP + key.width, key.words, draw)


def _key(key: str, words: str) -> _Sign:
    font = fonts.font(fonts.CAPTION)

    def draw(painter: QPainter, area: QRectF) -> None:
        cap = QRectF(round(area.left()) + 0.5, 1.5, area.width() - 1, area.height() - 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.tokens().control)
        painter.setBrush(theme.tokens().base)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(theme.tokens().text)
        painter.setFont(font)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)

    return _Sign(round(QFontMetricsF(font).horizontalAdvance(key)) + 13, words, draw)
