"""The composition root: the Qt application, and which window follows which."""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from profdesk import settings
from profdesk.gui.common import crash, theme
from profdesk.gui.common.desk import Desk
from profdesk.gui.start import opened as opening
from profdesk.gui.start.opened import Opened
from profdesk.gui.start.window import StartWindow
from profdesk.services import kept_files, workspaces

if TYPE_CHECKING:
    from profdesk.gui.main_window import MainWindow

_RUSSIAN = "qtbase_ru"


def application() -> QApplication:
    """Give the one Qt application of the process, dressed, with Qt's own menus in Russian; made on the first call."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    russian = app.findChild(QTranslator) or QTranslator(app)
    if russian.isEmpty() and russian.load(_RUSSIAN, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(russian)
    app.setApplicationName("profdesk")
    app.setApplicationDisplayName("profdesk")
    theme.apply(app)
    return app


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
        from profdesk import main_pages
        from profdesk.gui.main_window import MainWindow

        self.desk.use(found.workspace, found.programme, found.organisation)
        known = settings.load().with_recent(found.workspace.path)
        settings.save(known)
        made = main_pages.pages(self.desk)
        main = MainWindow(
            self.desk,
            made.shown,
            geometry=known.geometry,
            page=known.page,
            remember=_remember,
            lock=self._lock,
        )
        main_pages.join(main, made)
        self._show(main)
        return main

    def _lock(self) -> None:
        folder = self.desk.workspace.path
        self.desk.release()
        kept_files.forget_copies()
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
    kept_files.forget_copies()
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
        kept_files.forget_copies()
        faulthandler.disable()
        log.close()


def draw_gallery(folder: Path) -> Sequence[Path]:
    """Draw every window and page of the demonstration workspace, light and dark; gives the pictures."""
    from profdesk import main_pages
    from profdesk.gui import gallery

    app = application()
    return gallery.draw(app, folder, lambda desk: main_pages.pages(desk).shown)


def _remember(geometry: str, page: str) -> None:
    settings.save(replace(settings.load(), geometry=geometry, page=page))
