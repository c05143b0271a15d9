"""A big answer to press: its key at left, its text in as many lines as it takes, a check when it is chosen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, icons, theme

KEYS = "1234567890абвгдежзи"
_LATIN = dict(zip("f,dult;pb", "абвгдежзи", strict=True))
_CAP, _CHECK, _GAP = 30, 24, 14
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def same_key(typed: str, *names: str) -> bool:
    """Whether a typed character is one of the names, whichever keyboard layout is on."""
    plain = typed.casefold()
    return bool(plain) and any(name.casefold() in (plain, _LATIN.get(plain)) for name in names if name)


class AnswerButton(QAbstractButton):
    """``cap`` is the key that presses it; a ``low`` one leaves room for many others."""

    def __init__(self, cap: str, words: str, *, low: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cap = cap
        self.words = words
        self._px = 17 if low else 20
        self._pad = 7 if low else 13
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(fonts.font(self._px)).horizontalAdvance(self.words) + self._around
        return QSize(min(width, 520), self.heightForWidth(min(width, 520)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._around + 40, 2 * self._pad + _CAP)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(40, width - self._around), 4000)
        lines = QFontMetrics(fonts.font(self._px)).boundingRect(room, int(_WRAP), self.words)
        return max(_CAP, lines.height()) + 2 * self._pad

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.tokens()
        chosen, strong = self.isChecked(), self.hasFocus() or self.isChecked()
        hovered = self.underMouse() and self.isEnabled()
        edge = 2 if strong else 1
        painter.setPen(QPen(colours.accent if strong or hovered else colours.control, edge))
        painter.setBrush(colours.accent_soft if chosen or self.isDown() else colours.base)
        half = edge / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        self._draw_cap(painter)
        painter.setPen(colours.text)
        painter.setFont(fonts.font(self._px, bold=chosen))
        left = _GAP + (_CAP + _GAP if self.cap else 0)
        painter.drawText(QRect(left, 0, self.width() - self._around, self.height()), int(_WRAP), self.words)
        if chosen:
            at = QPointF(self.width() - _GAP - _CHECK, (self.height() - _CHECK) / 2)
            painter.drawPixmap(at, icons.pixmap("check-circle-fill", "accent", _CHECK, self.devicePixelRatioF()))
        painter.end()

    def _draw_cap(self, painter: QPainter) -> None:
        if not self.cap:
            return
        colours = theme.tokens()
        box = QRectF(_GAP, (self.height() - _CAP) / 2, _CAP, _CAP)
        painter.setPen(QPen(colours.accent if self.isChecked() else colours.control, 1))
        painter.setBrush(colours.accent if self.isChecked() else colours.alt)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(colours.on_accent if self.isChecked() else colours.text2)
        painter.setFont(fonts.font(16, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.cap.upper())

    @property
    def _around(self) -> int:
        """The width that is not the text's; a chosen text is bold, and has room for it."""
        return 3 * _GAP + _CHECK + (_CAP + _GAP if self.cap else 0)
