"""Papers as they will be printed: pages of a PDF on a well, one at a time."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import icons, text, theme

_MARGIN = 16
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}
_FINE = 1.9
"""Pixels to a point below which a page is drawn larger and shrunk: no hairline is drawn thinner than a pixel."""
_SMOOTH = Qt.TransformationMode.SmoothTransformation
_LARGER, _SMALLER = ("+", "="), ("-",)
_TIMES, _PUSH = 2, 60
_PUSHES = {
    Qt.Key.Key_Left: QPoint(-_PUSH, 0),
    Qt.Key.Key_Right: QPoint(_PUSH, 0),
    Qt.Key.Key_Up: QPoint(0, -_PUSH),
    Qt.Key.Key_Down: QPoint(0, _PUSH),
}
_SHADOW = ((4, 10), (2, 18), (1, 30))


class PdfPages(QWidget):
    """Shows one page of a PDF as large as it fits; arrows and the wheel turn the pages.

    «+», Ctrl with the wheel or a double click enlarge the page, «-» shows it whole again; arrows, the wheel and the
    mouse push an enlarged one about. A page is drawn anew in full sharpness once the size has rested; until then the
    old picture is scaled.
    """

    page_changed = Signal(int, int)
    """The page in view, counted from 1, of how many (0, 0 when nothing is shown)."""
    enlarged_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = b""
        self._sizes: list[QSize] = []
        self._page = 0
        self._image = QImage()
        self._size = QSize()
        self._enlarged = False
        self._at = QPointF()
        """Which part of what has no room is left out at left and on top, 0 to 1."""
        self._held = QPoint()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(120)
        self._rest.timeout.connect(self._draw)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 200)
        self._name()

    def show_pdf(self, data: bytes) -> None:
        """Show the first page of a PDF, or the same page as before if it has one."""
        from pypdfium2 import PdfDocument

        self._data = data
        with PdfDocument(data) as pdf:
            sizes = [pdf.get_page_size(page) for page in range(len(pdf))]
        self._sizes = [QSize(round(width), round(height)) for width, height in sizes]
        self._turn_to(min(self._page, len(self._sizes) - 1))

    def clear(self) -> None:
        """Show an empty well."""
        self._data, self._sizes = b"", []
        self._page = 0
        self._image = QImage()
        self._name()
        self.page_changed.emit(0, 0)
        self.update()

    @property
    def page(self) -> int:
        """The page in view, counted from 1."""
        return self._page + 1 if self._sizes else 0

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def enlarged(self) -> bool:
        """Whether the page is larger than the room for it."""
        return self._enlarged

    def enlarge(self, on: bool) -> None:
        """Show the page twice as large, the middle of its top first, or (False) whole again."""
        if on != self._enlarged:
            self._enlarged = on
            self._at = QPointF(0.5, 0)
            self.setCursor(Qt.CursorShape.OpenHandCursor if on else Qt.CursorShape.ArrowCursor)
            self._draw()
            self.enlarged_changed.emit(on)

    def turn(self, step: int) -> None:
        """Go ``step`` pages on, or back if it is negative."""
        if self._sizes:
            target = min(max(self._page + step, 0), len(self._sizes) - 1)
            if target != self._page:
                self._turn_to(target)

    def _turn_to(self, page: int) -> None:
        self._page = page
        self._size = self._sizes[page]
        self._draw()
        self._name()
        self.page_changed.emit(self.page, self.pages)

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Просмотр: страница {0} из {1}").format(self.page, self.pages))

    def _sheet(self) -> QRect:
        size = self._size.scaled(self._room(), Qt.AspectRatioMode.KeepAspectRatio)
        if self._enlarged:
            size *= _TIMES
        over = size - self._room()
        left = _MARGIN - round((self._at.x() if over.width() > 0 else 0.5) * over.width())
        top = _MARGIN - round((self._at.y() if over.height() > 0 else 0.5) * over.height())
        return QRect(QPoint(left, top), size)

    def _room(self) -> QSize:
        return self.size() - QSize(2 * _MARGIN, 2 * _MARGIN)

    def _push(self, by: QPoint) -> None:
        """Bring what lies that many pixels to the right and below into sight."""
        over = self._sheet().size() - self._room()
        across, down = by.x() / max(1, over.width()), by.y() / max(1, over.height())
        self._at = QPointF(min(max(self._at.x() + across, 0), 1), min(max(self._at.y() + down, 0), 1))
        self.update()

    def _draw(self) -> None:
        sheet = self._sheet()
        if not self._sizes or sheet.width() < 1 or self._size.width() < 1:
            return
        from pypdfium2 import PdfDocument

        scale = sheet.width() * self.devicePixelRatioF() / self._size.width()
        with PdfDocument(self._data) as pdf:
            finer = max(1, round(_FINE / scale))
            bitmap = pdf[self._page].render(scale=scale * finer)
            shape = QImage.Format.Format_BGR888
            image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, shape)
            wide = round(bitmap.width / finer)
            self._image = image.copy() if finer == 1 else image.scaledToWidth(wide, _SMOOTH)
            bitmap.close()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colours.accent if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(colours.paper_well)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 8, 8)
        if not self._image.isNull():
            sheet = self._sheet()
            painter.setClipRect(self.rect().adjusted(2, 2, -2, -2))
            painter.setPen(Qt.PenStyle.NoPen)
            for spread, strength in _SHADOW:
                shade = colours.text2.darker(300)
                shade.setAlpha(strength)
                painter.setBrush(shade)
                painter.drawRoundedRect(sheet.adjusted(-spread, -spread + 1, spread, spread + 2), 3, 3)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, self._image)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._sizes:
            self._rest.start()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.text() in (*_LARGER, *_SMALLER):
            self.enlarge(event.text() in _LARGER)
        elif self._enlarged and key in _PUSHES:
            self._push(_PUSHES[key])
        elif key in _STEPS:
            self.turn(_STEPS[key])
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(turned.y() > 0)
        elif self._enlarged:
            self._push(-turned / 2)
        elif turned.y():
            self.turn(-1 if turned.y() > 0 else 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position().toPoint()
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._enlarged and event.buttons() & Qt.MouseButton.LeftButton:
            at = event.position().toPoint()
            self._push(self._held - at)
            self._held = at

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._sizes:
            self.enlarge(not self._enlarged)


class PageTurner(QWidget):
    """«страница 1 из 4» between two arrows; ``turned`` gives -1 or 1."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = self.tr("{0} из {1}")
        self._back = _arrow("caret-left", self.tr("Назад"))
        self._on = _arrow("caret-right", self.tr("Вперёд"))
        self._label = text.label("", "text")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._back)
        row.addWidget(self._label)
        row.addWidget(self._on)
        self._back.clicked.connect(lambda: self.turned.emit(-1))
        self._on.clicked.connect(lambda: self.turned.emit(1))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_place(0, 0)

    def set_words(self, words: str) -> None:
        """Other words around the two numbers: ``страница {0} из {1}``."""
        self._words = words

    def show_place(self, number: int, total: int) -> None:
        """Say where we are and which way one can go; nothing of nothing says nothing."""
        self._label.setText(self._words.format(number, total) if total else "")
        self._back.setEnabled(number > 1)
        self._on.setEnabled(number < total)

    def attach(self, pages: PdfPages) -> None:
        """Turn the pages of a paper and follow them."""
        self.turned.connect(pages.turn)
        pages.page_changed.connect(self.show_place)


class Magnifier(QPushButton):
    """Enlarges a paper, and shows it whole again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(icons.icon("magnifying-glass-plus"), "", parent)
        self.setProperty("shape", "square")
        self.setProperty("kind", "filter")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName("Крупнее")
        self.setToolTip("Крупнее (+), целиком (-)")

    def attach(self, pages: PdfPages) -> None:
        """Enlarge the pages of a paper and follow them."""
        self.toggled.connect(pages.enlarge)
        pages.enlarged_changed.connect(self.setChecked)


def _arrow(icon: str, name: str) -> QPushButton:
    made = QPushButton(icons.icon(icon), "")
    made.setProperty("shape", "square")
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
