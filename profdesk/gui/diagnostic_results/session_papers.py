"""The papers of a session behind one button: report, protocol, leaflets, and its workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from profdesk.domain.changes import Changes
from profdesk.domain.diagnostics import SessionView
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.tones import Tone
from profdesk.services import deeds, diagnostic_papers

if TYPE_CHECKING:
    from profdesk.domain.access import Actor
    from profdesk.services.workspaces import Workspace

Drawn = Callable[["Workspace", "Actor", str], bytes]


class SessionPapers(QObject):
    """``told`` gives what a message is to say, and its tone; ``follow`` says whose papers these are."""

    told = Signal(str, object)

    def __init__(self, page: QWidget, desk: Desk, button: QPushButton) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._view: SessionView | None = None
        menu = QMenu(button)
        menu.addAction(f"{self.tr('Отчёт по классу…')}\tCtrl+P", self.print_report)
        menu.addAction(self.tr("Протокол сеанса…"), self.print_protocol)
        menu.addAction(self.tr("Памятки ученикам…"), self.print_leaflets)
        menu.addSeparator()
        menu.addAction(self.tr("Сохранить таблицу Excel…"), self.save_workbook)
        button.setMenu(menu)
        button.setEnabled(False)
        self._button = button

    def follow(self, view: SessionView) -> None:
        """Print from now on the papers of this session."""
        self._view = view
        self._button.setEnabled(True)

    def print_report(self) -> None:
        """Show the report about the whole group before it is printed."""
        self._show(self.tr("Отчёт по классу"), diagnostic_papers.class_report)

    def print_protocol(self) -> None:
        """Show the protocol before it is printed."""
        self._show(self.tr("Протокол сеанса"), diagnostic_papers.protocol)

    def print_leaflets(self) -> None:
        """Show the leaflets of all whole sheets before they are printed."""
        self._show(self.tr("Памятки"), diagnostic_papers.leaflets)

    def save_workbook(self) -> None:
        """Ask for a place and write the workbook there."""
        view = self._view
        if view is None:
            return
        name = f"{_about(view)}.xlsx".replace("/", "-")
        name = "".join(letter for letter in name if letter not in '\\:*?"<>|«»')
        path = file_dialogs.file_to_save(self._page, self.tr("Ответы и баллы"), name, file_dialogs.XLSX)
        if path is not None:
            self._write(view, path)

    def _write(self, view: SessionView, path: Path) -> None:
        workspace, actor, session = self._desk.workspace, self._desk.actor, view.session.id
        whom = [line.pupil.id for line in view.sheets]

        def write() -> tuple[None, Changes]:
            made = diagnostic_papers.results_workbook(workspace, actor, session)
            return deeds.write_out(workspace, actor, path, made, "ответы и баллы сеанса", whom)

        self._desk.write(
            write,
            owner=self._page,
            done=lambda _: self.told.emit(self.tr("Сохранено: {0}").format(path), Tone.OK),
            failed=lambda error: self.told.emit(error.message, Tone.BAD),
        )

    def _show(self, title: str, draw: Drawn) -> None:
        view = self._view
        if view is None:
            return
        workspace, actor, session = self._desk.workspace, self._desk.actor, view.session.id
        heading = f"{title}, {_about(view)}"
        PaperDialog(self._page, self._desk, heading, lambda _: draw(workspace, actor, session)).open()


def _about(view: SessionView) -> str:
    """«8 «Б», ДДО, 20 пар, 14.10.2026»."""
    session = view.session
    return ", ".join(filter(None, (session.group_title, view.instrument.short, f"{session.held_on:%d.%m.%Y}")))
