"""Pictures of the register of consents: a class, who lacks one, entering, withdrawing, and its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from profdesk.domain.consents import ConsentKind, ConsentState, PupilConsents
from profdesk.gui.common.consents_dialog import ConsentsDialog
from profdesk.gui.common.page import Page
from profdesk.gui.consents.page import ConsentsPage

_CLASS = "8 «Б»"


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """A class with one withdrawn, the filter of the whole school, the dialogs and papers."""
    if not isinstance(page, ConsentsPage):
        return
    _choose(page, _CLASS)
    withdrawn = [one for one in page.table.rows() if isinstance(one, PupilConsents) and _is_withdrawn(one)]
    page.table.choose(withdrawn[0].pupil.id if withdrawn else None)
    yield "class", None
    _choose(page, "7 «А»")
    consented = [one for one in page.table.rows() if isinstance(one, PupilConsents) and one not in withdrawn]
    page.table.choose(consented[0].pupil.id)
    page.withdraw()
    yield from _dialog(page, "withdraw")
    asked: tuple[tuple[str, Callable[[], object]], ...] = (
        ("enter", page.enter),
        ("forms", page.print_forms),
        ("list", page.print_list),
    )
    for name, ask in asked:
        ask()
        yield from _dialog(page, name)
    _choose(page, page.group.itemText(0))
    page.lacking_filter.click()
    yield "lacking", None
    page.lacking_filter.click()


def _choose(page: ConsentsPage, title: str) -> None:
    page.group.setCurrentIndex(page.group.findText(title))
    page.group.activated.emit(page.group.currentIndex())


def _is_withdrawn(row: PupilConsents) -> bool:
    return row.by_kind[ConsentKind.PSYCHOLOGICAL].state is ConsentState.WITHDRAWN


def _dialog(page: ConsentsPage, name: str) -> Iterator[tuple[str, QWidget | None]]:
    page.desk.settle()
    for dialog in page.findChildren(QDialog):
        if dialog.isVisible():
            if isinstance(dialog, ConsentsDialog):
                dialog.number.setText("14")
                for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
                    QTest.keyClick(dialog.table, key)
            yield name, dialog
            dialog.reject()
