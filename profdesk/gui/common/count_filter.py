"""A filter over a list that says how many it would show."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, icons, theme, tones
from profdesk.gui.common.tones import Tone

_PAD = 12
_ICON = 16
_GAP = 8
_HEIGHT = 32


class CountFilter(QPushButton):
    """A checkable button: icon, words, and the count in bold; its form gives the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setProperty("kind", "filter")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._count = 0
        self._icon = ""
        self._tone = Tone.NEUTRAL

    def set_icon(self, icon: str, tone: Tone) -> None:
        """The icon of the rows it shows."""
        self._icon, self._tone = icon, tone
        self.updateGeometry()

    @property
    def count(self) -> int:
        """How many it would show."""
        return self._count

    def set_count(self, count: int) -> None:
        """Say how many it would show."""
        self._count = count
        self.setAccessibleName(f"{self.text()}: {count}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        bold = QFontMetrics(fonts.font(fonts.TEXT, bold=True))
        icon = _ICON + _GAP if self._icon else 0
        words = bold.horizontalAdvance(self.text()) + _GAP + bold.horizontalAdvance(str(self._count))
        return QSize(2 * _PAD + icon + words, _HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        colours = theme.tokens()
        room = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        if self._icon:
            ratio = painter.device().devicePixelRatio()
            sign = icons.pixmap(self._icon, tones.ink(self._tone), _ICON, ratio)
            painter.drawPixmap(room.left(), room.center().y() - _ICON // 2 + 1, sign)
            room.setLeft(room.left() + _ICON + _GAP)
        painter.setPen(colours.accent_text if self.isChecked() else colours.text)
        painter.setFont(fonts.font(fonts.TEXT, bold=self.isChecked()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(fonts.font(fonts.TEXT, bold=True))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(self._count))
        painter.end()
