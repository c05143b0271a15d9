"""Pictures of the summary: the dialogs of its figures, and a class in a term."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QComboBox, QWidget

from profdesk.gui.common.page import Page
from profdesk.gui.summary.page import SummaryPage
from profdesk.gui.summary.rows import IndicatorRow

_TERM, _YEAR, _ASK = "term-1:0", "year:0", "ask"
_NAMES = ("basic-readiness", "trials", "agreements")
"""Indicators whose names are drawn: of a portfolio, of activities, of the organisation itself."""


def dialogs(page: Page) -> Iterator[tuple[str, Callable[[], None]]]:
    """What is told of a figure, the names behind some, and the days that are asked for."""
    if not isinstance(page, SummaryPage):
        return
    table = page.figures.table
    for row in [row for row in table.rows() if isinstance(row, IndicatorRow)]:
        if row.asked or row.indicator.code in _NAMES:
            yield row.indicator.code, partial(table.opened.emit, row)
    yield "days", partial(_take, page.period, _ASK)


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """The last class in the first term."""
    if not isinstance(page, SummaryPage):
        return
    scope = page.scope
    _take(page.period, _TERM)
    _take(scope, scope.itemData(scope.count() - 1))
    page.desk.settle()
    yield "class", None
    _take(page.period, _YEAR)
    _take(scope, scope.itemData(0))
    page.desk.settle()


def _take(box: QComboBox, code: str) -> None:
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())
