"""What the page's «Ещё» shows of a whole school year, each in a dialog of its own."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QWidget

from profdesk.domain.professions import YearProfessions
from profdesk.domain.satisfaction import YearAnswers
from profdesk.gui.activities.professions_by_class import ProfessionsByClass
from profdesk.gui.activities.satisfaction_year import SatisfactionYear
from profdesk.gui.common import icons
from profdesk.gui.common.desk import Desk
from profdesk.services import professions, satisfaction


class YearViews(QObject):
    """Reads the year shown on the page when it is asked for."""

    def __init__(self, desk: Desk, page: QWidget, button: QPushButton) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self.year = desk.organisation.period.year
        self.group = ""
        """The class that the page is narrowed to, by its id."""
        self.menu = QMenu(page)
        self.parents = self.menu.addAction(icons.icon("users", "text2"), "Что думают родители…", self._ask_parents)
        self.professions = self.menu.addAction(
            icons.icon("compass", "text2"), "Профессии по классам…", self._ask_professions
        )
        button.setMenu(self.menu)

    def _ask_parents(self) -> None:
        workspace, year = self._desk.workspace, self.year
        self._desk.run(lambda: satisfaction.year(workspace, workspace.actor, year), owner=self, done=self._show_parents)

    def _show_parents(self, found: YearAnswers) -> None:
        self._open(SatisfactionYear(self._page, self._desk, found))

    def _ask_professions(self) -> None:
        workspace, year = self._desk.workspace, self.year
        self._desk.run(
            lambda: professions.by_class(workspace, workspace.actor, year), owner=self, done=self._show_professions
        )

    def _show_professions(self, found: YearProfessions) -> None:
        self._open(ProfessionsByClass(self._page, self._desk, found, self.group))

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
