"""Pages of results in the real window, with a stand-in for the page they are reached from."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Page
from profdesk.gui.common.pages import Pages
from profdesk.gui.main_window import MainWindow
from profdesk.gui.start import opened
from profdesk.storage.workspace import Workspace


class StandIn(Page):
    name = "diagnostics"
    title = "Диагностика"
    icon = "clipboard-text"


class DiagnosticRoom:
    """An opened workspace and its window; ``settle`` waits until everything is answered."""

    def __init__(self, workspace: Workspace, *kinds: type[Page]) -> None:
        found = opened.read(workspace)
        self.desk = Desk()
        self.desk.use(found.workspace, found.programme, found.organisation)
        self.window = MainWindow(self.desk, Pages((StandIn, *kinds), lambda kind: kind(self.desk)))
        self.window.resize(1366, 697)
        self.window.show()
        self.window.activateWindow()
        self.settle()

    def show(self, name: str) -> None:
        self.window.show_page(name)
        self.settle()

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()
            self.desk.settle()

    def close(self) -> None:
        self.desk.close()
        self.window.close()
        self.window.deleteLater()
