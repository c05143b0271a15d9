"""What was chosen in a matrix: at each crossing of a kind of labour and its object how many are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain import results
from profdesk.domain.instrument import Instrument, OptionList
from profdesk.domain.scoring import Outcome
from profdesk.gui.common import fonts, theme

_NAMES, _HEADS = 132.0, 128.0
_ROW = (24.0, 40.0)
_GAP = 2.0
_LEFT = int(Qt.AlignmentFlag.AlignVCenter)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


class MatrixGrid(QWidget):
    """The more children are in a cell, the darker it is; a screen reader gets the fullest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: OptionList | None = None
        self._rows: OptionList | None = None
        self._counts: Mapping[tuple[int, int], int] = {}
        self._counted = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Выбранные клетки матрицы"))

    def show_outcomes(self, instrument: Instrument, outcomes: Sequence[Outcome]) -> None:
        """Draw sheets of a matrix; one alone has its cells filled without a number."""
        self._columns, self._rows = instrument.answering.lists
        self._counted = len(outcomes) > 1
        counts = Counter(cell for outcome in outcomes for cell in outcome.cells)
        told = (f"{results.cell_words(instrument, cell)}: {count}" for cell, count in counts.most_common())
        self.setAccessibleDescription("; ".join(told))
        self._counts = counts
        self.updateGeometry()
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(440, round(_HEADS + _ROW[0] * (len(self._rows.options) if self._rows else 1)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._columns is None or self._rows is None:
            return
        columns, rows = self._columns.options, self._rows.options
        width = (self.width() - _NAMES) / len(columns)
        height = max(_ROW[0], min(_ROW[1], (self.height() - _HEADS) / len(rows)))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(theme.tokens().text2)
        for number, option in enumerate(columns):
            self._draw_head(painter, option.label, _NAMES + (number + 0.5) * width, width)
        for line, option in enumerate(rows):
            top = _HEADS + line * height
            painter.setFont(fonts.font(fonts.TEXT))
            painter.setPen(theme.tokens().text)
            painter.drawText(QRectF(0, top, _NAMES, height), _LEFT, option.label)
            for number in range(len(columns)):
                area = QRectF(_NAMES + number * width, top, width, height).adjusted(_GAP, _GAP, -_GAP, -_GAP)
                self._draw_cell(painter, area, self._counts.get((line + 1, number + 1), 0))
        painter.end()

    def _draw_head(self, painter: QPainter, words: str, centre: float, width: float) -> None:
        painter.save()
        painter.translate(centre, _HEADS - 6)
        painter.rotate(-90)
        painter.drawText(QRectF(0, -width / 2, _HEADS - 6, width), _LEFT, words)
        painter.restore()

    def _draw_cell(self, painter: QPainter, area: QRectF, count: int) -> None:
        """Blank without anybody; else in one of three tints by how far it is from the fullest."""
        colours = theme.tokens()
        if not count:
            painter.setPen(colours.line)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            return
        tint = -(-3 * count // max(self._counts.values()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.stage_fill[tint])
        painter.drawRoundedRect(area, 3, 3)
        if self._counted:
            painter.setFont(fonts.font(fonts.TEXT))
            painter.setPen(colours.stage_digit[tint])
            painter.drawText(area, _MIDDLE, str(count))
