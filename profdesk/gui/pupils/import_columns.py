"""The columns of a file side by side: the heading of each, and what it is taken for."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain.roster import Column, Field, Header
from profdesk.domain.roster_text import letters
from profdesk.gui.common import fonts, icons, theme

FIELDS = {
    Field.FULL_NAME: "Фамилия, имя, отчество",
    Field.SURNAME: "Фамилия",
    Field.GIVEN: "Имя",
    Field.PATRONYMIC: "Отчество",
    Field.BIRTH_DATE: "Дата рождения",
    Field.SEX: "Пол",
    Field.GROUP: "Класс или группа",
    Field.GRADE: "Класс без буквы",
    Field.LETTER: "Буква класса",
    Field.IGNORED: "Не загружать",
}
_NARROWEST = 120
_WIDEST = 260
_AROUND = 48
_BLOCK = 56
_BAR = 14
_ICON = 14
_OPENS = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F4}
)


class ColumnStrip(QScrollArea):
    """A row of blocks, one a column; more than fit are reached by scrolling or by the tab key.

    ``chosen`` gives the column's index and its new Field.
    """

    chosen = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape: tuple[str, tuple[int, ...]] | None = None
        self._blocks: list[_Block] = []
        self._canvas = QWidget()
        self._canvas.setObjectName("canvas")
        self._row = QHBoxLayout(self._canvas)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._row.addStretch()
        self.setWidget(self._canvas)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_header(self, header: Header) -> None:
        """Show the columns of a header; the same ones as before keep the cursor where it is."""
        shape = header.shape, tuple(column.index for column in header.columns)
        if shape != self._shape:
            self._rebuild(header)
            self._shape = shape
        for block, column in zip(self._blocks, header.columns, strict=True):
            block.show_column(column)
            self._row.setStretch(self._row.indexOf(block), 3 if column.field is Field.FULL_NAME else 2)
            block.setMaximumWidth(_WIDEST)
        self.updateGeometry()

    def combo(self, index: int) -> QComboBox:
        """The choice of a column by its index in the file."""
        return next(block.combo for block in self._blocks if block.index == index)

    def _rebuild(self, header: Header) -> None:
        for block in self._blocks:
            block.hide()
            block.deleteLater()
        self._blocks = []
        before: QWidget = self
        for column in header.columns:
            block = _Block(column.index)
            block.combo.activated.connect(lambda _, one=block: self._choose(one))
            self._row.insertWidget(self._row.count() - 1, block)
            self._blocks.append(block)
            QWidget.setTabOrder(before, block.combo)
            before = block.combo

    def _choose(self, block: _Block) -> None:
        field = Field(block.combo.currentData())
        if field is not block.field:
            self.chosen.emit(block.index, field)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        scrolls = self._canvas.minimumSizeHint().width() > width
        return _BLOCK + (_BAR if scrolls else 0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDEST, self.heightForWidth(self.width()))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, _BLOCK)


class _Block(QWidget):
    """The heading over the choice."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index
        self.field = Field.IGNORED
        self._caption = _Caption()
        self.combo = _FieldChoice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._caption)
        column.addWidget(self.combo)

    def show_column(self, column: Column) -> None:
        self.field = column.field
        place = f"Столбец {letters(column.index)}"
        sample = column.samples[0] if column.samples else ""
        heading = f"«{column.heading}»" if column.heading else f"{place}: {sample}"
        self._caption.say(heading, taken=column.field is not Field.IGNORED)
        self.combo.setCurrentIndex(self.combo.findData(column.field))
        self.combo.setAccessibleName(f"{place}, {heading}" if column.heading else heading)
        self.combo.setAccessibleDescription("; ".join(column.samples))
        below = "\n".join(column.samples)
        self.setToolTip(f"{place}. {column.heading}\n{below}".strip())
        words = self.combo.fontMetrics().horizontalAdvance(self.combo.currentText())
        self.setMinimumWidth(max(_NARROWEST, words + _AROUND))


class _Caption(QWidget):
    """A line of 12 px with a check or a minus before it; too long words are cut with a mark."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self._taken = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, words: str, *, taken: bool) -> None:
        self._words, self._taken = words, taken
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_NARROWEST, 18)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.tokens()
        name, ink = ("check-circle-fill", colours.ok) if self._taken else ("minus-circle", colours.text2)
        painter.drawPixmap(0, 2, icons.pixmap(name, ink, _ICON, self.devicePixelRatioF()))
        font = fonts.font(fonts.CAPTION)
        painter.setFont(font)
        painter.setPen(colours.text2)
        room = QRect(_ICON + 6, 0, self.width() - _ICON - 6, self.height())
        shown = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class _FieldChoice(QComboBox):
    """Changes only from its opened list: a key or the wheel in passing would take another column's field."""

    def __init__(self) -> None:
        super().__init__()
        for field, words in FIELDS.items():
            self.addItem(words, field)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + _AROUND)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENS:
            self.showPopup()
        else:
            event.ignore()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
