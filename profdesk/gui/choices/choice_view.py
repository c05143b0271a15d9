"""The view «Выбор»: the pupils of a class, and every fact for the choice of the one among them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from profdesk.gui.choices.view import View
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState


class ChoiceView(View):
    """A class of grades 8-11 at left, the chosen pupil at right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.empty = EmptyState()
        advice = "Профиль выбирают в 8–9 классах, профессию в 8–11: загрузите списки этих классов."
        self.empty.set_content("path", "Выбирать пока некому", advice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
