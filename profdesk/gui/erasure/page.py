"""The page «Уничтожение сведений»: who is due, the steps to the act, the register of acts, terms of retention."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.erasure import Act, ErasureKind, Target
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.page import Status
from profdesk.gui.common.views_page import ViewsPage
from profdesk.gui.erasure.acts_view import ActsView
from profdesk.gui.erasure.choose_view import ChooseView
from profdesk.gui.erasure.done_view import DoneView
from profdesk.gui.erasure.look_view import LookView
from profdesk.gui.erasure.rules_view import RulesView

CHOOSE, ACTS, RULES = "choose", "acts", "rules"


class ErasurePage(ViewsPage):
    """While what goes is looked at, and until the act is taken, the other views are out of reach."""

    name = "erasure"
    title = "Уничтожение сведений"
    icon = "trash"
    under = "pupils"
    help = (
        ("Пробел", "отметить ученика или снять отметку"),
        ("Ctrl+Enter", "дальше"),
        ("Ctrl+F", "найти ученика"),
        ("Enter", "показать акт"),
        ("Esc", "вернуться"),
    )

    header: PageHeader
    paper_button: QPushButton
    take_rules_button: QPushButton
    save_rules_button: QPushButton
    next_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "erasure_page")
        self.header.show_back()
        self.choosing = ChooseView(desk, self.next_button)
        self.acts = ActsView(desk, self.paper_button)
        self.rules = RulesView(desk, self.take_rules_button, self.save_rules_button)
        self.looking, self.done = LookView(desk), DoneView(desk)
        self.offer(
            {
                CHOOSE: ("Кого", self.choosing),
                ACTS: ("Акты", self.acts),
                RULES: ("Сроки хранения", self.rules),
            }
        )
        for step in (self.looking, self.done):
            self.views.addWidget(step)
        self.choosing.chosen.connect(self._look)
        self.looking.forsaken.connect(self._choose)
        self.looking.erased.connect(self._finish)
        self.done.finished.connect(self._choose)
        self.header.back_pressed.connect(self._go_back)
        for key, act in (("Esc", self._go_back), ("Ctrl+Return", self._go_on)):
            QShortcut(QKeySequence(key), self, act)

    def choose_pupils(self, ids: Collection[str]) -> None:
        """Show some pupils (ids) ticked; with nobody what is due."""
        if self._is_between:
            return
        self.view.choose(CHOOSE)
        self.choosing.choose_pupils(ids)

    @override
    def status(self) -> Status:
        if self.views.currentWidget() is self.looking:
            return Status("Ничего ещё не уничтожено")
        return Status("Уничтожено", saved=True) if self.views.currentWidget() is self.done else super().status()

    # -- inside ----------------------------------------------------------------------------------

    @property
    def _is_between(self) -> bool:
        return self.views.currentWidget() in (self.looking, self.done)

    def _look(self, targets: Sequence[Target], kind: ErasureKind) -> None:
        self._step(self.looking)
        self.looking.show_targets(targets, kind)

    def _finish(self, act: Act) -> None:
        self._step(self.done)
        self.done.show_act(act)

    def _step(self, step: QWidget) -> None:
        self.views.setCurrentWidget(step)
        self.view.setVisible(False)
        self.choosing.show_tools(shown=False)
        self.status_changed.emit()

    def _choose(self) -> None:
        self.view.setVisible(True)
        self.views.setCurrentWidget(self.choosing)
        self.choosing.show_tools(shown=True)
        self.choosing.activate()
        self.status_changed.emit()

    def _go_on(self) -> None:
        if self.views.currentWidget() is self.choosing:
            self.choosing.go_on()

    def _go_back(self) -> None:
        """From a step to the one before; from the act not without asking."""
        front = self.views.currentWidget()
        if front is self.done:
            self.done.leave()
        elif front is not self.looking:
            self.left.emit()
        elif not self.looking.at_work:
            self._choose()
