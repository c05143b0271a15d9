"""One line of the cell's window: a stage as the grid draws it, whose it is, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.gui.common import text
from profdesk.gui.portfolio import cell_paint
from profdesk.gui.portfolio.sheet import Look

_SIZE = QSize(46, 28)


class StageMark(QWidget):
    """A cell of the grid, drawn larger; the words beside it say the same."""

    def __init__(self, stage: int | None) -> None:
        super().__init__()
        self._look = Look(stage)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return _SIZE

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        cell_paint.draw(painter, QRectF(self.rect()), self._look, bold=True)
        painter.end()


class OpinionLine(QFrame):
    """``tinted`` sets off what differs; ``verb`` adds a quiet button."""

    acted = Signal()

    def __init__(self, stage: int | None, title: str, facts: str, verb: str = "", *, tinted: bool = False) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text.label(title, "strong", wrap=True))
        if facts:
            words.addWidget(text.label(facts, "caption", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(StageMark(stage), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        if tinted:
            self.setProperty("panel", "soft")
        if verb:
            button = QPushButton(verb)
            button.setProperty("kind", "quiet")
            button.setAutoDefault(False)
            button.clicked.connect(self.acted)
            row.addWidget(button)
