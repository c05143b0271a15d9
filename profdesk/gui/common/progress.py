"""How far long work and a target are: thin bars, always with the figures in words beside them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.gui.common import text, theme

_BAR = 6


class TargetBar(QWidget):
    """A bar of a share with the target as a tick; say the figures in a label beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._target: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, target: float | None = None, words: str = "") -> None:
        """Both are parts of one; ``words`` are the same for a screen reader («332 из 471, цель 80 %»)."""
        self._share = min(max(share, 0.0), 1.0)
        self._target = target
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, _BAR if self._target is None else 14)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = theme.tokens()
        top = (self.height() - _BAR) / 2
        painter.setBrush(colours.border)
        painter.drawRoundedRect(QRectF(0, top, self.width(), _BAR), 3, 3)
        if self._share > 0:
            painter.setBrush(colours.data)
            painter.drawRoundedRect(QRectF(0, top, max(_BAR, self.width() * self._share), _BAR), 3, 3)
        if self._target is not None:
            at = round(min(self.width() - 3, max(1, self.width() * self._target - 1)))
            painter.fillRect(at - 1, 0, 4, self.height(), self.palette().window())
            painter.fillRect(at, 0, 2, self.height(), colours.text)
        painter.end()


class ProgressStrip(QWidget):
    """Bar, count in words and «Остановить»; hidden while nothing runs."""

    stop_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = ""
        self._bar = TargetBar()
        self._count = text.label("")
        self._stop = QPushButton(self.tr("Остановить"))
        self._stop.setProperty("kind", "quiet")
        self._stop.clicked.connect(self._stopping)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._count, 1)
        row.addWidget(self._stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._bar)
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def begin(self, what: str) -> None:
        """Show that work has begun: «Сертификаты»."""
        self._what = what
        self._stop.setEnabled(True)
        self._count.setText(f"{what}…")
        self._bar.show_share(0)
        self.show()

    def report(self, done: int, total: int) -> None:
        """Show «Сертификаты: 12 из 19»; fits ``progress`` of ``Desk.run``."""
        words = self.tr("{what}: {done} из {total}").format(what=self._what, done=done, total=total)
        self._count.setText(words)
        self._bar.show_share(done / total if total else 0, words=words)

    def tell(self, what: str, done: int, total: int) -> None:
        """The same of work in several parts: show what is being done now."""
        self._what = what
        self.report(done, total)

    def end(self) -> None:
        """Hide it: fits ``stopped`` of ``Desk.run``."""
        self.hide()

    @property
    def button(self) -> QPushButton:
        """«Остановить»."""
        return self._stop

    def _stopping(self) -> None:
        self._stop.setEnabled(False)
        self._count.setText(self.tr("Останавливаем…"))
        self.stop_pressed.emit()
