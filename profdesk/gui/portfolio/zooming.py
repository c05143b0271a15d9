"""The keys and the wheel that make the grid larger or smaller, and the size kept for the next time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from profdesk import settings
from profdesk.gui.common.desk import Desk
from profdesk.gui.portfolio import zoom
from profdesk.gui.portfolio.view import GridView


class Zooming(QObject):
    """Ctrl and plus, minus, 0 or the wheel, anywhere on the page."""

    def __init__(self, desk: Desk, table: GridView, page: QWidget) -> None:
        super().__init__(table)
        self._desk = desk
        self._table = table
        table.set_zoom(zoom.stepped(settings.load().grid_zoom, 0))
        table.zoom_turned.connect(self._step)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl++", partial(self._step, 1)),
            ("Ctrl+=", partial(self._step, 1)),
            ("Ctrl+-", partial(self._step, -1)),
            ("Ctrl+0", partial(self._set, zoom.USUAL)),
        )
        for key, act in keys:
            QShortcut(QKeySequence(key), page).activated.connect(act)

    def _step(self, steps: int) -> None:
        self._set(zoom.stepped(self._table.zoom.percent, steps))

    def _set(self, percent: int) -> None:
        self._table.set_zoom(percent)
        settings.remember(replace(settings.load(), grid_zoom=percent))
        self._desk.said.emit(self.tr("Масштаб таблицы {percent} %").format(percent=percent))
