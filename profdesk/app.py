"""The composition root: the Qt application, which window follows which, and the pages of the main one."""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from profdesk import settings
from profdesk.domain.access import PSYCHOLOGISTS
from profdesk.gui.certificates.page import CertificatesPage
from profdesk.gui.class_overview.page import ClassOverviewPage
from profdesk.gui.common import crash, theme
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Page
from profdesk.gui.diagnostics.page import DiagnosticsPage
from profdesk.gui.main_window import MainWindow
from profdesk.gui.portfolio.page import PortfolioPage
from profdesk.gui.pupils.page import PupilsPage
from profdesk.gui.reference.page import ReferencePage
from profdesk.gui.rollover.page import RolloverPage
from profdesk.gui.settings.page import SettingsPage
from profdesk.gui.start import opened as opening
from profdesk.gui.start.opened import Opened
from profdesk.gui.start.window import StartWindow
from profdesk.gui.summary.page import SummaryPage
from profdesk.gui.verification.page import VerificationPage
from profdesk.services import evidence, workspaces


def application() -> QApplication:
    """Give the one Qt application of the process, dressed; made on the first call."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("profdesk")
    app.setApplicationDisplayName("profdesk")
    theme.apply(app)
    return app


def pages(desk: Desk) -> Sequence[Page]:
    """Make every page that the user's roles allow, in the order of the navigation."""
    pupils, portfolio = PupilsPage(desk), PortfolioPage(desk)
    overview, certificates = ClassOverviewPage(desk), CertificatesPage(desk)
    others = (SummaryPage(desk), VerificationPage(desk), SettingsPage(desk))
    diagnosis = [DiagnosticsPage(desk)] if desk.actor.roles & PSYCHOLOGISTS else []
    about_pupils = (pupils, RolloverPage(desk), portfolio, overview, ReferencePage(desk))
    return (*about_pupils, *diagnosis, certificates, *others)


def join(window: MainWindow, made: Sequence[Page]) -> None:
    """Let a page lead to another through the window, since features do not know each other."""
    named = {page.name: page for page in made}
    portfolio, certificates = named["portfolio"], named["certificates"]
    overview, reference = named["class-overview"], named["reference"]
    if isinstance(portfolio, PortfolioPage) and isinstance(certificates, CertificatesPage):
        portfolio.wanted_pupils.connect(lambda: window.show_page("pupils"))

        def complete(group: str) -> None:
            window.show_page("portfolio")
            portfolio.choose_group(group)

        certificates.wanted_portfolio.connect(complete)
        if isinstance(reference, ReferencePage):
            reference.wanted_portfolio.connect(complete)
    if isinstance(overview, ClassOverviewPage):
        overview.wanted_pupils.connect(lambda: window.show_page("pupils"))
    pupils = named["pupils"]
    if isinstance(pupils, PupilsPage):
        pupils.wanted_rollover.connect(lambda: window.show_page("rollover"))
    _join_references(window, named)
    _join_diagnostics(window, named)


def _join_diagnostics(window: MainWindow, named: Mapping[str, Page]) -> None:
    diagnostics = named.get("diagnostics")
    if isinstance(diagnostics, DiagnosticsPage):
        diagnostics.wanted_pupils.connect(lambda: window.show_page("pupils"))


def _join_references(window: MainWindow, named: Mapping[str, Page]) -> None:
    """Lead from pupils and classes to what is written of them."""
    pupils, overview, reference = named["pupils"], named["class-overview"], named["reference"]
    if not isinstance(reference, ReferencePage):
        return
    reference.wanted_pupils.connect(lambda: window.show_page("pupils"))

    def write(choose: Callable[[str], None], chosen: str) -> None:
        choose(chosen)
        window.show_page(reference.name)

    if isinstance(pupils, PupilsPage):
        pupils.wanted_reference.connect(partial(write, reference.choose_pupil))
    if isinstance(overview, ClassOverviewPage):
        overview.wanted_references.connect(partial(write, reference.choose_group))


class Windows:
    """One desk and one window at a time: the start window, then the main one, then the start again."""

    def __init__(self) -> None:
        self.desk = Desk()
        self.window: QWidget | None = None

    def show_start(self, folder: Path | None = None) -> StartWindow:
        """Show the start window, at once with a workspace to be unlocked if one is given."""
        recent = [Path(path) for path in settings.load().recent if Path(path).is_dir()]
        start = StartWindow(self.desk, recent)
        start.opened.connect(self.show_main)
        if folder is not None:
            start.show_folder(folder)
        self._show(start)
        return start

    def show_main(self, found: Opened) -> MainWindow:
        """Show the main window on an opened workspace."""
        self.desk.use(found.workspace, found.programme, found.organisation)
        known = settings.load().with_recent(found.workspace.path)
        settings.save(known)
        made = pages(self.desk)
        main = MainWindow(
            self.desk,
            made,
            geometry=known.geometry,
            page=known.page,
            remember=_remember,
            lock=self._lock,
        )
        join(main, made)
        self._show(main)
        return main

    def _lock(self) -> None:
        folder = self.desk.workspace.path
        self.desk.release()
        evidence.forget_copies()
        self.show_start(folder)

    def _show(self, window: QWidget) -> None:
        former, self.window = self.window, window
        window.show()
        if former is not None:
            former.blockSignals(True)
            former.close()
            former.deleteLater()


def run(folder: Path | None = None, password: str | None = None) -> int:
    """Open the window and stay until it is closed; with a password the folder is opened at once."""
    log = crash.catch()
    evidence.forget_copies()
    app = application()
    windows = Windows()
    windows.desk.bug.connect(crash.tell)
    try:
        if folder is not None and password is not None:
            windows.show_main(opening.read(workspaces.open_workspace(folder, None, password)))
        else:
            windows.show_start(folder)
        return app.exec()
    finally:
        windows.desk.close()
        evidence.forget_copies()
        faulthandler.disable()
        log.close()


def draw_gallery(folder: Path) -> Sequence[Path]:
    """Draw every window and page of the demonstration workspace, light and dark; gives the pictures."""
    from profdesk.gui import gallery

    app = application()
    return gallery.draw(app, folder, pages)


def _remember(geometry: str, page: str) -> None:
    settings.save(replace(settings.load(), geometry=geometry, page=page))
