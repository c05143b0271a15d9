"""Children against professions: how many times each child met each, and how many still do not know it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget
from typing_extensions import override

from profdesk.domain.professions import ClassProfessions, YearProfessions
from profdesk.gui.common import breaking, fonts, theme

_WIDE, _HIGH, _HEAD, _LINE = 46, 26, 150, 14
_TOTAL = 74
_LACKING = "Ещё не знают"


class _TurnedHeader(QHeaderView):
    """Names of columns from bottom to top, on as many lines as a column holds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEAD)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        colours = theme.tokens()
        words = str(self.model().headerData(logical_index, self.orientation()) or "")
        painter.save()
        painter.fillRect(rect, colours.base)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.border)
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(colours.text)
        width = QFontMetricsF(painter.font()).horizontalAdvance
        broken = breaking.lines(words, _HEAD - 12, max(1, rect.width() // _LINE), width)
        painter.translate(rect.left() + rect.width() / 2, rect.bottom() - 6)
        painter.rotate(-90)
        for number, line in enumerate(broken):
            area = QRectF(0, (number - len(broken) / 2) * _LINE, _HEAD - 8, _LINE)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, line)
        painter.restore()


class ProfessionMatrix(QTableWidget):
    """The first row counts who still does not know a profession; Ctrl+C copies it all for a spreadsheet."""

    looked_at = Signal(str)
    """What the current cell says in words: when and at what a child met a profession."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: YearProfessions | None = None
        self._one: ClassProfessions | None = None
        self._columns: Sequence[str] = ()
        self.setHorizontalHeader(_TurnedHeader(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        for scrolled in (self.setHorizontalScrollMode, self.setVerticalScrollMode):
            scrolled(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(_HIGH)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.currentCellChanged.connect(lambda *_: self._tell())
        theme.notifier().changed.connect(self._dress)

    def show_class(self, found: YearProfessions, one: ClassProfessions) -> None:
        """Show the children of a class."""
        self._found, self._one, self._columns = found, one, found.columns(one)
        with QSignalBlocker(self):  # the current cell may be one that the class before had
            self._fill(one, [found.titles[column] for column in self._columns])
        self._dress()
        self._tell()

    def copy(self) -> None:
        """Put the whole table on the clipboard, as spreadsheets take it."""
        heads = [self._head(Qt.Orientation.Horizontal, column) for column in range(self.columnCount())]
        lines = ["\t".join(["", *heads])]
        for row in range(self.rowCount()):
            words = [self._words(row, column) for column in range(self.columnCount())]
            lines.append("\t".join([self._head(Qt.Orientation.Vertical, row), *words]))
        QGuiApplication.clipboard().setText("\n".join(lines))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    # -- inside ----------------------------------------------------------------------------------

    def _fill(self, one: ClassProfessions, titles: Sequence[str]) -> None:
        self.setRowCount(len(one.pupils) + 1)
        self.setColumnCount(len(titles) + 1)
        self.setVerticalHeaderLabels([_LACKING, *(pupil.name.short for pupil in one.pupils)])
        self.setHorizontalHeaderLabels(["знает", *titles])
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                cell = QTableWidgetItem(self._words(row, column))
                cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, column, cell)
        self.setColumnWidth(0, _TOTAL)
        for column in range(1, self.columnCount()):
            self.setColumnWidth(column, _WIDE)
        self.setCurrentCell(1 if one.pupils else 0, 0)

    def _head(self, side: Qt.Orientation, number: int) -> str:
        return str(self.model().headerData(number, side) or "")

    def _words(self, row: int, column: int) -> str:
        """A count, or how many of how many a child knows; empty for none."""
        one = self._one
        if one is None or (row == 0 and column == 0):
            return ""
        profession = self._columns[column - 1] if column else ""
        if row == 0:
            return str(one.lacking(profession) or "")
        pupil = one.pupils[row - 1].id
        if column:
            return str(len(one.occasions(pupil, profession)) or "")
        return str(one.number(pupil)) if one.wanted is None else f"{one.number(pupil)} из {one.wanted}"

    def _tell(self) -> None:
        found, one, row, column = self._found, self._one, self.currentRow(), self.currentColumn()
        if found is None or one is None or row < 1 or column < 1:
            self.looked_at.emit("")
            return
        pupil, profession = one.pupils[row - 1], self._columns[column - 1]
        met = [f"{each.day:%d.%m.%Y} — {each.title}" for each in one.occasions(pupil.id, profession)]
        told = "; ".join(met) if met else "ещё не встречали"
        self.looked_at.emit(f"{pupil.name.short}, {found.titles[profession]}: {told}")

    def _dress(self) -> None:
        colours, one = theme.tokens(), self._one
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                cell = self.item(row, column)
                if cell is None or one is None:
                    continue
                met = row > 0 and column > 0 and bool(cell.text())
                total = row > 0 and column == 0
                done = total and one.wanted is not None and one.number(one.pupils[row - 1].id) >= one.wanted
                cell.setBackground(colours.ok_soft if done else colours.data_soft if met else colours.base)
                cell.setForeground(colours.ok if done else colours.text if row else colours.text2)
                cell.setFont(fonts.font(fonts.TEXT, bold=done))
