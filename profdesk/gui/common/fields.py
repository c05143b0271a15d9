"""What stands under a field: a hint, or what is wrong with it, in words."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget
from typing_extensions import override

from profdesk.gui.common import fonts, icons, theme
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone

_ICON = 14


class FieldNote(QWidget):
    """A 12 px line under a field; it keeps its height when empty, so that nothing jumps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self._error = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_hint(self, words: str) -> None:
        """What to put into the field; shown while nothing is wrong."""
        self._hint = words
        self._refresh()

    def set_error(self, words: str) -> None:
        """What is wrong; empty brings the hint back."""
        self._error = words
        self._refresh()

    @property
    def words(self) -> str:
        """What is shown."""
        return self._error or self._hint

    def _refresh(self) -> None:
        self.setAccessibleName(self.words)
        self.setToolTip(self.words if self._too_long() else "")
        self.update()

    def _too_long(self) -> bool:
        return QFontMetrics(fonts.font(fonts.CAPTION)).horizontalAdvance(self.words) > self.width() - 20

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, 18)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.words:
            return
        painter = QPainter(self)
        colours = theme.tokens()
        left = 0
        if self._error:
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(1, 2, icons.pixmap("x-circle", colours.bad, _ICON, ratio))
            left = _ICON + 6
        font = fonts.font(fonts.CAPTION)
        painter.setFont(font)
        painter.setPen(colours.bad if self._error else colours.text2)
        room = self.width() - left
        shown = QFontMetrics(font).elidedText(self.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, 0, room, 18), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


def set_wrong(field: QWidget, note: FieldNote | None, words: str) -> None:
    """Mark a field as wrong with the reason under it; empty words take the mark away."""
    field.setProperty("wrong", bool(words))
    field.setAccessibleDescription(words)
    field.style().unpolish(field)
    field.style().polish(field)
    field.update()
    if note is not None:
        note.set_error(words)


def complain(form: QWidget, message: InlineMessage, edit: QLineEdit | None, sentence: str) -> None:
    """Mark the one field of a form that is wrong, go to it and say why; no words take every mark away."""
    for one in form.findChildren(QLineEdit):
        set_wrong(one, None, sentence if one is edit else "")
    if sentence:
        message.say(sentence, Tone.BAD)
    else:
        message.clear()
    if edit is not None:
        edit.setFocus()
