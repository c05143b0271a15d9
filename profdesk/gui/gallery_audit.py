"""Pictures of the journal: what was done with one pupil, and the answer of a check."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from profdesk.domain.audit import Area
from profdesk.gui.audit.page import AuditPage
from profdesk.gui.common.page import Page


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """Changes of pupils alone, one of them in full, with the chain checked."""
    if not isinstance(page, AuditPage):
        return
    page.area.setCurrentIndex(page.area.findData(Area.PUPILS.value))
    page.area.activated.emit(page.area.currentIndex())
    page.desk.settle()
    page.table.choose_near(len(page.table.rows()))
    page.check_button.click()
    yield "checked", None
