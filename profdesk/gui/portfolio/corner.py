"""Over the pupils' names: who and what the current cell is, so that no head need be read sideways."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from profdesk.gui.common import breaking, fonts, theme
from profdesk.gui.portfolio.choice import Choice
from profdesk.gui.portfolio.headers import NAME_LENGTH, NUMBER, PUPIL_NAME, tint
from profdesk.gui.portfolio.model import GridModel
from profdesk.gui.portfolio.sheet import Sheet
from profdesk.gui.portfolio.zoom import Zoom

_MARGIN = 8
_TOP = 3
_LINE = 14


@dataclass(frozen=True)
class Facts:
    """The current cell in words, from its pupil to the clause its competency comes from."""

    pupil: str
    title: str
    explanation: str
    stages: str
    source: str

    @property
    def words(self) -> str:
        """All of it, a line each."""
        return f"{self.pupil}\n{self.title}\n{self.explanation}\n{self.stages}\n{self.source}"


class Corner(QWidget):
    """Stands over the table's corner: the current cell, and under it what heads the pupils."""

    def __init__(self, model: GridModel, choice: Choice, zoom: Zoom, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._choice = choice
        self._zoom = zoom
        self._who = ""
        self.facts: Facts | None = None

    def show_who(self, who: str) -> None:
        """``who`` heads the names («Ученик»)."""
        self._who = who
        total = self._model.columnCount()
        self.setAccessibleName(self.tr("{who}, оценено из {total}").format(who=who, total=total))
        self.follow()

    def follow(self) -> None:
        """Say what the current cell is now."""
        self.facts = self._read()
        words = "" if self.facts is None else self.facts.words
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.update()

    def _read(self) -> Facts | None:
        sheet, (row, column) = self._model.sheet, self._choice.current
        if sheet is None or not (0 <= row < len(sheet.pupils) and 0 <= column < len(sheet.competencies)):
            return None
        competency = sheet.competencies[column]
        return Facts(
            pupil=sheet.pupils[row].name.short,
            title=f"{column + 1}. {competency.plain}",
            explanation=competency.explanation,
            stages=self._stages(sheet, row, column),
            source=competency.source,
        )

    def _stages(self, sheet: Sheet, row: int, column: int) -> str:
        stage, earlier = sheet.look(row, column).stage, sheet.earlier(row, column)
        now = self.tr("не оценено") if stage is None else f"{stage}, {self._model.stage_title(stage)}"
        if earlier is not None:
            now = self.tr("{now}; было {earlier}").format(now=now, earlier=earlier)
        other = sheet.other(sheet.cell(row, column))
        return now if other is None else self.tr("{now}; другая оценка: {other}").format(now=now, other=other)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        sheet = self._model.sheet
        if sheet is None:
            return
        painter = QPainter(self)
        tint(painter, self.rect(), sheet)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.tokens().border)
        area = self._zoom.enter(painter, self.rect())
        self._head(painter, area, sheet)
        if self.facts is not None:
            self._cell(painter, area.adjusted(_MARGIN, _TOP, -_MARGIN, 0), self.facts)
        painter.end()

    def _head(self, painter: QPainter, area: QRect, sheet: Sheet) -> None:
        painter.setFont(fonts.font(fonts.CAPTION))
        painter.setPen(theme.tokens().text2)
        line = QRect(QPoint(PUPIL_NAME, NAME_LENGTH), QSize(area.width() - PUPIL_NAME - 8, NUMBER))
        who = self._who
        if sheet.narrowed:
            who = self.tr("{who}: {some} из {all}").format(who=who, some=len(sheet.pupils), all=len(sheet.grid.pupils))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, who)
        of = self.tr("из {total}").format(total=len(sheet.competencies))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, of)

    def _cell(self, painter: QPainter, area: QRect, facts: Facts) -> None:
        """Lines from the top as many as there is room for; the explanation gives way first."""
        colours, bold, plain = theme.tokens(), fonts.font(fonts.TEXT, bold=True), fonts.font(fonts.CAPTION)
        width = QFontMetricsF(plain).horizontalAdvance

        def broken(words: str, most: int) -> list[str]:
            return breaking.lines(words, area.width(), most, width) if most > 0 else []

        room = (NAME_LENGTH - _TOP) // _LINE - 1
        title, stages = broken(facts.title, 3), broken(facts.stages, 2)
        room -= len(title) + len(stages)
        explanation = broken(facts.explanation, room - 1)
        source = broken(facts.source, room - len(explanation))
        name = QFontMetricsF(bold).elidedText(facts.pupil, Qt.TextElideMode.ElideRight, area.width())
        lines = [(name, bold, colours.text)]
        for some, colour in ((title, colours.text), (stages, colours.data), (explanation, colours.text2)):
            lines += [(words, plain, colour) for words in some]
        lines += [(words, plain, colours.text2) for words in source]
        for number, (words, font, colour) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(colour)
            line = QRect(area.left(), area.top() + number * _LINE, area.width(), _LINE)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)
