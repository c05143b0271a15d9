"""All answers of a sheet at a glance: for checking against the paper, what was skipped stands out."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, theme

_FEW, _COLUMNS, _MANY_COLUMNS = 60, 12, 20
_MARGIN = 34
"""Room for the number of a row's first question where there are too many for a number over each."""
_CENTRE = Qt.AlignmentFlag.AlignCenter


class AnswerStrip(QWidget):
    """Cells in rows of twelve with the number over each, of twenty with a number a row where there are many."""

    picked = Signal(int)
    """The question of a cell that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._current = 0
        self._furthest = 0
        self._answers: Mapping[int, str] = {}
        self._doubted: Collection[int] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_answers(self, count: int, answers: Mapping[int, str], current: int, doubted: Collection[int]) -> None:
        """Show the cells of ``count`` questions; ``doubted`` are those where two entries differ."""
        if count != self._count:
            self._count = count
            self.updateGeometry()
        self._answers, self._current, self._doubted = answers, current, doubted
        self._furthest = max([0, *answers])
        self.setAccessibleName(f"Ответы: {len(answers)} из {count}")
        self.update()

    @property
    def skipped(self) -> list[int]:
        """The questions passed over: without an answer, with answered ones behind them."""
        return [item for item in range(1, self._furthest) if item not in self._answers]

    @property
    def columns(self) -> int:
        """How many cells are in a row: what an arrow up or down passes."""
        return _COLUMNS if self._count <= _FEW else _MANY_COLUMNS

    def area(self, item: int) -> QRect:
        """Where the cell of a question is."""
        row, column = divmod(item - 1, self.columns)
        left = 0 if self._numbered else _MARGIN
        width = (self.width() - left) / self.columns
        top = row * self._pitch + (18 if self._numbered else 0)
        height = self._pitch - (22 if self._numbered else 3)
        return QRectF(left + column * width + 2, top, width - 4, height).toRect()

    @property
    def _numbered(self) -> bool:
        return self._count <= _FEW

    @property
    def _pitch(self) -> int:
        """From one row to the next; five rows stand closer, so that a low screen holds them."""
        if not self._numbered:
            return 22
        return 48 if self._rows <= 3 else 41

    @property
    def _rows(self) -> int:
        return -(-self._count // self.columns)

    @override
    def sizeHint(self) -> QSize:
        return QSize(500, max(1, self._rows * self._pitch))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for item in range(1, self._count + 1):
            if self.area(item).contains(event.position().toPoint()):
                self.picked.emit(item)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.font(fonts.CAPTION))
        skipped = set(self.skipped)
        for item in range(1, self._count + 1):
            self._draw(painter, item, item in skipped)
        painter.end()

    def _draw(self, painter: QPainter, item: int, skipped: bool) -> None:
        colours, area, current = theme.tokens(), self.area(item), item == self._current
        painter.setPen(colours.accent_text if current else colours.text2)
        if self._numbered:
            painter.drawText(QRect(area.left(), area.top() - 18, area.width(), 18), _CENTRE, str(item))
        elif (item - 1) % self.columns == 0:
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRect(0, area.top(), _MARGIN - 6, area.height()), right, str(item))
        edge, fill, words = self._look(item, skipped)
        painter.setPen(QPen(colours.accent, 2) if current else edge)
        painter.setBrush(colours.base if current else fill)
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(fonts.font(fonts.CAPTION, bold=current))
        painter.setPen(colours.accent_text if current else colours.text)
        painter.drawText(area, _CENTRE, words)
        painter.setFont(fonts.font(fonts.CAPTION))

    def _look(self, item: int, skipped: bool) -> tuple[QColor, QColor, str]:
        colours, words = theme.tokens(), self._answers.get(item, "")
        if item in self._doubted:
            return colours.bad, colours.bad_soft, f"{words}≠"
        if skipped:
            return colours.warn, colours.warn_soft, "–"
        return (colours.data_soft, colours.data_soft, words) if words else (colours.border, colours.base, "")
