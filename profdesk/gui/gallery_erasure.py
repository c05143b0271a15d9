"""Pictures of erasure: who is due, what goes, the act, the register of acts, terms; what is handed out of a child."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from profdesk.domain.erasure import WORD, ErasureKind, Target
from profdesk.gui.common.held_dialog import ask_held
from profdesk.gui.common.page import Page
from profdesk.gui.erasure.page import ACTS, CHOOSE, RULES, ErasurePage
from profdesk.services import erasure

_LONG_AGO = date(2040, 1, 1)


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """The steps of a whole pupil whose consent was withdrawn, and the other views."""
    if not isinstance(page, ErasurePage):
        return
    desk = page.desk
    everyone = erasure.review(desk.workspace, desk.actor, _LONG_AGO).everyone
    chosen = max(everyone, key=lambda one: sum(one.counts.values()))
    page.choose_pupils([chosen.pupil])
    desk.settle()
    yield "chosen", None
    page.choosing.go_on()
    desk.settle()
    page.looking.basis.setText("заявление от 12.11.2026 № 5")
    page.looking.word.setText(WORD)
    yield "look", None
    page.looking.back_button.click()
    last = min(everyone, key=lambda one: sum(one.counts.values()))
    act, _ = erasure.erase(desk.workspace, desk.actor, [Target(last.pupil)], ErasureKind.WITHDRAWN, "заявление № 5")
    page.looking.erased.emit(act)
    yield "done", None
    page.done.finished.emit()
    for view in (ACTS, RULES):
        page.view.choose(view)
        desk.settle()
        yield view, None
    page.view.choose(CHOOSE)
    ask_held(page, desk, chosen.pupil, chosen.name)
    for dialog in page.findChildren(QDialog):
        if dialog.isVisible():
            yield "held", dialog
            dialog.reject()
