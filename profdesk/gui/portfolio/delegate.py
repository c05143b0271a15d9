"""Drawing the grid's cells: picture, selected block, current cell."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from profdesk.gui.common import theme
from profdesk.gui.portfolio import cell_paint
from profdesk.gui.portfolio.cell_paint import RADIUS, Pictures
from profdesk.gui.portfolio.choice import Block, Choice
from profdesk.gui.portfolio.model import GridModel
from profdesk.gui.portfolio.zoom import Zoom

_RULE_GAP = 3


class CellDelegate(QStyledItemDelegate):
    """Pictures come from a cache; a block's outline is drawn by the cells on both of its sides."""

    def __init__(self, model: GridModel, choice: Choice, zoom: Zoom, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._choice = choice
        self._zoom = zoom
        self._pictures = Pictures()

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row, column = index.row(), index.column()
        sheet = self._model.sheet
        if sheet is None:
            return
        area: QRect = option.rect
        block = self._choice.block
        in_block = block is not None and not block.single and block.has(row, column)
        # The style has filled a chosen cell with its own highlight: the gutters are ours.
        painter.fillRect(area, theme.tokens().accent_soft if in_block else theme.tokens().base)
        starts = column in sheet.part_starts
        fill = area.adjusted(_RULE_GAP if starts else 1, 1, -_RULE_GAP if column + 1 in sheet.part_starts else -1, -1)
        if starts:
            painter.fillRect(area.left(), area.top(), 1, area.height(), theme.tokens().control)
        ratio = painter.device().devicePixelRatio()
        picture = self._pictures.get(sheet.look(row, column), fill.size(), ratio, self._zoom.drawing)
        painter.drawPixmap(fill.topLeft(), picture)
        if block is not None and not block.single:
            self._outline(painter, area, block, row, column)
        if (row, column) == self._choice.current:
            self._ring(painter, fill)
            if sheet.look(row, column).noted:
                cell_paint.corner(painter, QRectF(fill), theme.tokens().on_accent, self._zoom.drawing)

    def _outline(self, painter: QPainter, area: QRect, block: Block, row: int, column: int) -> None:
        """One pixel along each side where the block begins or ends, two where there is no neighbour."""
        colour = theme.tokens().accent
        inside = block.has(row, column)
        last_row, last_column = self._model.rowCount() - 1, self._model.columnCount() - 1
        if block.has_column(column):
            if inside != block.has_row(row - 1):
                thick = 2 if row == 0 else 1
                painter.fillRect(area.left(), area.top(), area.width(), thick, colour)
            if inside != block.has_row(row + 1):
                thick = 2 if row == last_row else 1
                painter.fillRect(area.left(), area.bottom() - thick + 1, area.width(), thick, colour)
        if block.has_row(row):
            if inside != block.has_column(column - 1):
                thick = 2 if column == 0 else 1
                painter.fillRect(area.left(), area.top(), thick, area.height(), colour)
            if inside != block.has_column(column + 1):
                thick = 2 if column == last_column else 1
                painter.fillRect(area.right() - thick + 1, area.top(), thick, area.height(), colour)

    def _ring(self, painter: QPainter, fill: QRect) -> None:
        """Two pixels round the current cell, and a gap that sets them off from the darkest stage."""
        colours = theme.tokens()
        colour: QColor = colours.accent if self._choice.focused else colours.control
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.base, 1))
        painter.drawRoundedRect(QRectF(fill).adjusted(2.5, 2.5, -2.5, -2.5), RADIUS - 1, RADIUS - 1)
        painter.setPen(QPen(colour, 2))
        painter.drawRoundedRect(QRectF(fill).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.restore()
