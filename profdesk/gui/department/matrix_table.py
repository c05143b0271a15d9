"""A table whose many narrow columns have their names written from bottom to top."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from profdesk.gui.common import breaking, fonts, icons, theme
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.table_model import TableModel
from profdesk.gui.common.table_paint import TableHeader

_HEIGHT, _LOW, _LENGTH, _LINE, _CARET, _PAD, _WIDE = 156, 72, 132, 14, 12, 6, 90


class TallHeader(TableHeader):
    """The first name stands as in every table, the others are turned where their columns are narrow."""

    def __init__(self, model: TableModel) -> None:
        super().__init__(model)
        self._own = model
        model.modelReset.connect(self._follow_columns)
        self._follow_columns()

    def _follow_columns(self) -> None:
        """Take the height that the names need."""
        is_narrow = any(0 < column.width < _WIDE for column in self._own.layout.columns)
        self.setFixedHeight(_HEIGHT if is_narrow else _LOW)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        if logical_index == 0:
            foot = QRect(rect.left(), rect.bottom() - 33, rect.width(), 34)
            super().paintSection(painter, foot, logical_index)
            return
        colours = theme.tokens()
        painter.save()
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.border)
        chosen = logical_index == self.ordered_by
        font = fonts.font(fonts.CAPTION, bold=chosen)
        painter.setFont(font)
        painter.setPen(colours.text if chosen else colours.text2)
        painter.save()
        self._title(painter, rect, self._own.layout.columns[logical_index].title, QFontMetricsF(font))
        painter.restore()
        if chosen:
            name, ratio = "caret-down" if self.backwards else "caret-up", painter.device().devicePixelRatio()
            mark = icons.pixmap(name, "text2", _CARET, ratio)
            left = rect.right() - _CARET - _PAD if rect.width() >= _WIDE else rect.center().x() - _CARET // 2 + 1
            painter.drawPixmap(left, rect.bottom() - _CARET - 2, mark)
        painter.restore()

    def _title(self, painter: QPainter, rect: QRect, title: str, metrics: QFontMetricsF) -> None:
        """Turned where the column is narrow, else broken over it."""
        foot = rect.bottom() - _CARET - 6
        if rect.width() >= _WIDE:
            found = breaking.lines(title, rect.width() - 2 * _PAD, _LOW // _LINE - 1, metrics.horizontalAdvance)
            painter.translate(rect.left() + _PAD, foot - _LINE * len(found))
            room, side = rect.width() - 2 * _PAD, Qt.AlignmentFlag.AlignRight
        else:
            most = max(1, (rect.width() - 4) // _LINE)
            found = breaking.lines(title, _LENGTH, most, metrics.horizontalAdvance)
            painter.translate(rect.center().x() + 1 - _LINE * len(found) / 2, foot)
            painter.rotate(-90)
            room, side = _LENGTH, Qt.AlignmentFlag.AlignLeft
        for number, line in enumerate(found):
            area = QRectF(0, number * _LINE, room, _LINE)
            painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, line)


class MatrixTable(DeskTable):
    """Scrolls sideways when there are more columns than the window has room for."""

    header_type: ClassVar[type[TableHeader]] = TallHeader

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
