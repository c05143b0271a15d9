"""What fills many cells at one key: the block's top row copied down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from profdesk.domain.portfolio import Mark
from profdesk.gui.portfolio.marking import Marking
from profdesk.gui.portfolio.view import GridView


class Filling(QObject):
    """The keys that fill a block; each is one write and one step that can be taken back."""

    def __init__(self, table: GridView, marking: Marking) -> None:
        super().__init__(table)
        self._table = table
        self._marking = marking
        self._bind("Ctrl+D", self.fill_down)

    def _bind(self, keys: str, action: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._table, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(action)

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
