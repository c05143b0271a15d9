"""Items of the window's left side; the current page has four signs, not only a colour."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, icons, theme

HEIGHT = 37
_ICON = 18


class NavItem(QAbstractButton):
    """A page's name and icon; checked while the page is in front."""

    def __init__(self, words: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = icon
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @override
    def sizeHint(self) -> QSize:
        return QSize(187, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self)
        current = self.isChecked()
        if current:
            painter.fillRect(self.rect(), colours.accent_soft)
            painter.fillRect(0, 0, 3, self.height(), colours.accent)
        elif self.underMouse():
            painter.fillRect(self.rect(), colours.line)
        ink = colours.accent_text if current else colours.text
        name = f"{self._name}-fill" if current else self._name
        icon = icons.pixmap(name, ink if current else colours.text2, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(18, (self.height() - _ICON) // 2, icon)
        painter.setFont(fonts.font(fonts.TEXT, bold=current))
        painter.setPen(ink)
        room = QRect(44, 0, self.width() - 50, self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(colours.accent)
            painter.drawRect(self.rect().adjusted(4, 1, -3, -2))
            painter.drawRect(self.rect().adjusted(5, 2, -4, -3))
        painter.end()
