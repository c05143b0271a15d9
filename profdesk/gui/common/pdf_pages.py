"""Papers as they will be printed: pages of a PDF on a well, one at a time."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
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
_SHADOW = ((4, 10), (2, 18), (1, 30))


class PdfPages(QWidget):
    """Shows one page of a PDF as large as it fits; arrows and the wheel turn the pages.

    A page is drawn anew in full sharpness once the size has rested; until then the old picture is scaled.
    """

    page_changed = Signal(int, int)
    """The page in view, counted from 1, of how many (0, 0 when nothing is shown)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = b""
        self._sizes: list[QSize] = []
        self._page = 0
        self._image = QImage()
        self._size = QSize()
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
        room = self.size() - QSize(2 * _MARGIN, 2 * _MARGIN)
        size = self._size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        corner = QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        return QRect(corner, size)

    def _draw(self) -> None:
        sheet = self._sheet()
        if not self._sizes or sheet.width() < 1 or self._size.width() < 1:
            return
        from pypdfium2 import PdfDocument

        scale = sheet.width() * self.devicePixelRatioF() / self._size.width()
        with PdfDocument(self._data) as pdf:
            bitmap = pdf[self._page].render(scale=scale)
            shape = QImage.Format.Format_BGR888
            image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, shape)
            self._image = image.copy()
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
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turn(step)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().y():
            self.turn(-1 if event.angleDelta().y() > 0 else 1)


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


def _arrow(icon: str, name: str) -> QPushButton:
    made = QPushButton(icons.icon(icon), "")
    made.setProperty("shape", "square")
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
