"""The pages of diagnostics in a real window over a class of 8 «Б» whose parents have agreed, or not yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support import YEAR

from profdesk import app
from profdesk.domain.consents import ConsentKind
from profdesk.domain.diagnostics import SessionView
from profdesk.domain.people import GroupName, PersonName, Pupil
from profdesk.gui.diagnostics.page import DiagnosticsPage
from profdesk.gui.main_window import MainWindow
from profdesk.gui.start import opened
from profdesk.services import consents, diagnostics, instruments
from profdesk.storage.workspace import Workspace

DAY = date(2026, 11, 20)
EIGHTH = GroupName("8 «Б»", 8, "Б")
SURNAMES = ("Алексеева", "Баранов", "Власов", "Гусева", "Демидов", "Ефимова")


def add_class(
    workspace: Workspace, size: int = 3, name: GroupName = EIGHTH, surnames: Sequence[str] = SURNAMES
) -> list[Pupil]:
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(name, "basic", YEAR)
        for surname in surnames[:size]:
            made = unit.pupils.add(PersonName(surname, "Саша"), date(2012, 5, 6), None)
            unit.pupils.enrol(made, group.id, YEAR)
        return list(unit.pupils.in_group(group.id))


def allow(workspace: Workspace, pupils: Sequence[Pupil]) -> None:
    given = [pupil.id for pupil in pupils]
    consents.give(workspace, workspace.actor, given, ConsentKind.PSYCHOLOGICAL, date(2026, 9, 1))


def plan(workspace: Workspace, code: str, pupils: Sequence[Pupil]) -> str:
    instrument = instruments.called(code)
    made, _ = diagnostics.plan(workspace, workspace.actor, instrument, pupils, DAY, "каб. 12", "8 «Б»")
    return made.id


class Room:
    """The main window of an opened workspace, with the page of diagnostics in front."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.windows = app.Windows()
        self.window: MainWindow = self.windows.show_main(opened.read(workspace))
        self.desk = self.windows.desk
        self.window.activateWindow()
        self.window.show_page("diagnostics")
        self.settle()

    @property
    def page(self) -> DiagnosticsPage:
        assert isinstance(self.window.page, DiagnosticsPage)
        return self.window.page

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.windows.settle()

    def press(self, widget: QWidget, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier):
        for key in keys:
            QTest.keyClick(widget, key, modifiers)
        self.settle()

    def session(self) -> SessionView:
        """The only session there is, as the workspace has it."""
        (found,) = diagnostics.journal(self.workspace, self.workspace.actor, YEAR)
        return found

    def close(self) -> None:
        self.windows.close()
