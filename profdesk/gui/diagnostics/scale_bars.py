"""The scales of a sheet as far as it is answered: a bar each, or the order of a ranked list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from profdesk.domain import results
from profdesk.domain.instrument import Instrument
from profdesk.domain.scoring import Order, Outcome, Score
from profdesk.gui.common import fonts, theme

_WORDS, _BAR, _ROW = 22, 8, 40
_FIRST = 5
_FIGURE = 28


@dataclass(frozen=True)
class Bar:
    """A line: ``share`` of the most that can be reached, None without a bar; ``heads`` the lines below."""

    name: str
    figure: str = ""
    share: float | None = None
    heads: bool = False

    @property
    def height(self) -> int:
        """In pixels."""
        return _ROW if self.share is not None else _WORDS + 4


class ScaleBars(QWidget):
    """A row a scale; where each question gets several marks the scales stand under the kind of mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what the answers give so far."""
        self._rows = rows(outcome)
        self.setAccessibleName("; ".join(f"{row.name}: {row.figure}" for row in self._rows))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(180, max(1, sum(row.height for row in self._rows)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        for row in self._shortened():
            self._draw(painter, QRect(0, top, self.width(), _WORDS), row)
            top += row.height
        painter.end()

    def _shortened(self) -> Sequence[Bar]:
        """The rows; «Человек — природа» is told as «Природа» on all of them where one does not fit."""
        room, metrics = self.width() - _FIGURE, QFontMetrics(fonts.font(fonts.TEXT))
        if all(row.heads or metrics.horizontalAdvance(row.name) <= room for row in self._rows):
            return self._rows
        return [replace(row, name=_last(row.name)) for row in self._rows]

    def _draw(self, painter: QPainter, line: QRect, row: Bar) -> None:
        colours, font = theme.tokens(), fonts.font(fonts.TEXT, bold=row.heads)
        metrics = QFontMetrics(font)
        room = line.width() - metrics.horizontalAdvance(row.figure) - 8
        painter.setFont(font)
        painter.setPen(colours.text)
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.figure)
        if row.share is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        for width, colour in ((1.0, colours.line), (row.share, colours.data)):
            if width > 0:
                painter.setBrush(colour)
                painter.drawRoundedRect(QRectF(0, line.bottom() + 2, max(4.0, line.width() * width), _BAR), 3, 3)


def rows(outcome: Outcome) -> Sequence[Bar]:
    """The rows of an outcome, for whatever kind of answer."""
    if outcome.orders:
        return [bar for order in outcome.orders for bar in _order(order)]
    if outcome.cells:
        return [Bar(f"Строка {row}", f"столбец {column}") for row, column in outcome.cells]
    aspects = outcome.instrument.answering.aspects
    if not aspects:
        return [_bar(score, outcome.instrument) for score in outcome.scores]
    found: list[Bar] = []
    for aspect in aspects:
        found.append(Bar(aspect.title.capitalize(), heads=True))
        found += [_bar(score, outcome.instrument) for score in outcome.scores if score.scale.aspect == aspect.code]
    return found


def _last(name: str) -> str:
    words = name.rpartition(" — ")[2]
    return words[:1].upper() + words[1:]


def _order(order: Order) -> Sequence[Bar]:
    """The first few of a ranked list; a list that does not count says so elsewhere."""
    head = Bar(order.scale.short, heads=True)
    if order.fault:
        return [head, Bar("порядка пока нет", "–")]
    return [head, *(Bar(f"{at}-е место", f"вопрос {item}") for at, item in enumerate(order.items[:_FIRST], 1))]


def _bar(score: Score, instrument: Instrument) -> Bar:
    figure = "–" if score.raw is None else results.points(score.raw, instrument)
    return Bar(score.scale.short, figure, _share(score.raw, score.least, score.most))


def _share(raw: Fraction | None, least: Fraction, most: Fraction) -> float:
    if raw is None or most == least:
        return 0.0
    return min(1.0, max(0.0, float((raw - least) / (most - least))))
