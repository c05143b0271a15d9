"""What fills many cells at once: copied down, pasted from a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from profdesk.domain import pasting, plural, stage_text
from profdesk.domain.pasting import Target
from profdesk.domain.portfolio import Cell, Mark
from profdesk.domain.rights import Right
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.tones import Tone
from profdesk.gui.portfolio import pasted
from profdesk.gui.portfolio.choice import Block
from profdesk.gui.portfolio.marking import Marking
from profdesk.gui.portfolio.sheet import Sheet
from profdesk.gui.portfolio.telling import Telling
from profdesk.gui.portfolio.view import GridView


class Filling(QObject):
    """Verbs over the chosen block, by key and in its menu; each is one write and one step to take back."""

    def __init__(self, desk: Desk, table: GridView, marking: Marking, telling: Telling) -> None:
        super().__init__(table)
        self._desk = desk
        self._table = table
        self._marking = marking
        self._telling = telling
        down = table.add_verb(self.tr("Заполнить блок вниз"), ["Ctrl+D"], self.fill_down)
        table.add_verb(self.tr("Скопировать"), ["Ctrl+C", "Ctrl+Ins"], self.copy)
        table.add_verb(self.tr("Скопировать с именами"), ["Ctrl+Shift+C"], self.copy_with_names)
        paste = table.add_verb(self.tr("Вставить"), ["Ctrl+V", "Shift+Ins"], self.paste)
        allow(desk, Right.PORTFOLIO_WRITE, down, paste)

    def fill_down(self) -> None:
        """Give the block's top row to the rows below it, one row alone that of the row above; blanks give nothing."""
        sheet, block = self._table.grid.sheet, self._table.choice.block
        if sheet is None or block is None:
            return
        source = block.top - 1 if block.top == block.bottom else block.top
        if source < 0:
            return
        given = [sheet.stage(sheet.cell(source, column)) for column in range(block.left, block.right + 1)]
        marks = [
            Mark(sheet.cell(row, column), stage)
            for row in range(source + 1, block.bottom + 1)
            for column, stage in enumerate(given, block.left)
            if stage is not None
        ]
        self._marking.mark_all(marks, self.tr("заполнено вниз"))

    # -- the clipboard ---------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the block on the clipboard as a spreadsheet takes it."""
        sheet, block = self._table.grid.sheet, self._table.choice.block
        if sheet is not None and block is not None:
            self._hand_out(stage_text.write(_stages(sheet, block)), block)

    def copy_with_names(self) -> None:
        """The same with the pupils' names before it and the competencies above."""
        sheet, block = self._table.grid.sheet, self._table.choice.block
        if sheet is None or block is None:
            return
        heads = [competency.plain for competency in sheet.competencies[block.left : block.right + 1]]
        names = [pupil.name.short for pupil in sheet.pupils[block.top : block.bottom + 1]]
        self._hand_out(stage_text.write_table("", heads, names, _stages(sheet, block)), block)

    def _hand_out(self, text: str, block: Block) -> None:
        QGuiApplication.clipboard().setText(text)
        count = plural.counted(len(list(block.places())), "клетка", "клетки", "клеток")
        self._desk.said.emit(self.tr("Скопировано: {count}").format(count=count))

    def paste(self) -> None:
        """Put the clipboard over the block or by names: good cells in one write, the others named with the reason."""
        sheet, block = self._table.grid.sheet, self._table.choice.block
        if sheet is None or block is None:
            return
        target = Target(
            pupils=[(pupil.name.short, pupil.name.full) for pupil in sheet.pupils],
            competencies=[(one.plain, one.plain_short) for one in sheet.competencies],
            corner=(block.top, block.left),
            block=(block.bottom - block.top + 1, block.right - block.left + 1),
        )
        placed = pasting.place(QGuiApplication.clipboard().text(), self._desk.programme.stages, target)
        laid = placed.laid
        marks = [Mark(sheet.cell(row, column), stage) for row, column, stage in laid.stages]
        changed = self._marking.mark_all(marks, self.tr("вставка"))
        places = [self._table.grid.index(row, column) for row, column, _ in (*laid.stages, *laid.refused)]
        if places:
            self._table.choose(places)
        refused = [sheet.cell(row, column) for row, column, _ in laid.refused]
        said = pasted.sentences(sheet, placed, changed)
        self._telling.forget()
        self._tell(said, refused, whole=not (refused or laid.cut))

    def _tell(self, said: str, cells: list[Cell], *, whole: bool) -> None:
        if not said:
            self._desk.said.emit(self.tr("В буфере обмена нет стадий: сначала скопируйте их"))
        elif whole:
            self._desk.said.emit(said.rstrip("."))
        else:
            action = self.tr("Показать") if cells else self.tr("Скрыть")
            self._telling.say(said, Tone.WARN, action, self._shower(cells))

    def _shower(self, cells: list[Cell]) -> Callable[[], bool]:
        """Go to the first place, and with each further press to the next one."""
        left = list(cells)

        def show() -> bool:
            if not left:
                return False
            left.append(left.pop(0))
            place = self._table.grid.place(left[-1])
            if place.isValid():
                self._table.go_to(place.row(), place.column())
            return True

        return show


def _stages(sheet: Sheet, block: Block) -> list[list[int | None]]:
    return [
        [sheet.stage(sheet.cell(row, column)) for column in range(block.left, block.right + 1)]
        for row in range(block.top, block.bottom + 1)
    ]
