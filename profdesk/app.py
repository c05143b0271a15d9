"""The composition root: the Qt application, and which window follows which."""

from __future__ import annotations

import faulthandler
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from profdesk import settings
from profdesk.domain import attempts
from profdesk.errors import DamagedError
from profdesk.gui.common import crash, theme
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.lock_curtain import Curtain
from profdesk.gui.common.lock_system import SystemLock
from profdesk.gui.common.lock_watch import BY_KEYS, LockWatch
from profdesk.gui.copies.leaving import Leaving
from profdesk.gui.copies.watch import CopiesWatch
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
    """One desk and one window at a time: the start window, then the main one, then the start again.

    A locked main window waits, hidden with all that stands open in it, for the same user of the same workspace;
    anybody else's login destroys it.
    """

    def __init__(self) -> None:
        self.desk = Desk()
        self.window: QWidget | None = None
        self._door: Desk | None = None
        self._main: MainWindow | None = None
        self._curtain: Curtain | None = None
        self._watch = LockWatch(self.desk.at_long_work)
        self._system = SystemLock()
        for source in (self._watch.due, self._system.locked):
            source.connect(self.lock)
        self.desk.closed_under.connect(self._start_over)
        self.desk.changed.connect(self._watch.touch)
        self._copies = CopiesWatch(self.desk)

    def show_start(self, folder: Path | None = None) -> StartWindow:
        """Show the start window, at once with a workspace to be unlocked if one is given."""
        self._drop()
        start = self._start(folder)
        start.show()
        self._replace(start)
        return start

    def show_main(self, found: Opened) -> MainWindow:
        """Show the main window on an opened workspace."""
        from profdesk import main_pages
        from profdesk.gui.main_window import MainWindow

        self._drop()
        self.desk.use(found.workspace, found.programme, found.organisation)
        known = settings.load()
        made, user = main_pages.pages(self.desk), self.desk.actor.id
        main = MainWindow(
            self.desk,
            made,
            geometry=known.geometry,
            page=known.page_of(user, main_pages.first(self.desk)),
            remember=partial(_remember, user),
            lock=partial(self.lock, BY_KEYS),
        )
        self._main = main
        main.closing.connect(self._copy_before_closing)
        main.wanted_recovery.connect(self._recover)
        self._copies.told.connect(main.warn)
        self._copies.short.connect(main.set_read_only)
        main.show()
        self._welcome(found)
        return main

    def enter(self, found: Opened) -> None:
        """Go on where the user was when the window was locked, or begin with a new window."""
        curtain = self._curtain
        if curtain is None or not self._is_who_left(found):
            self.show_main(found)
            return
        self._curtain = None
        curtain.lift()
        self.desk.unlock(found.workspace, found.programme, found.organisation)
        self._welcome(found)

    def lock(self, why: str) -> None:
        """Hide every window at once, then close the workspace; the journal gets the reason."""
        main = self._main
        if main is None or not self.desk.is_open:
            return
        self._watch.end()
        self._copies.end()
        front = self._curtain = Curtain()
        with ExitStack() as whatever_fails:
            whatever_fails.callback(kept_files.forget_copies)
            whatever_fails.callback(self.desk.lock, why)
            main.keep()
            start = self._start(self.desk.workspace.path)
            front.replace_by(start)
            self.window = start

    def settle(self) -> None:
        """Wait, with the windows alive, until all work has been answered."""
        for desk in filter(None, (self.desk, self._door)):
            desk.settle()

    def close(self) -> None:
        """End all work, journaled as the lock is, and let go of the windows; the last call."""
        self.desk.release("Программа закрыта")
        self._drop()
        self._shut_door()
        self._copies.close()
        for part in (self._watch, self._system, self._copies):
            part.deleteLater()
        self.desk.close()
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None

    # -- inside ----------------------------------------------------------------------------------

    def _start(self, folder: Path | None) -> StartWindow:
        """A start window with a desk of its own: the one of a locked window waits."""
        recent = [Path(path) for path in settings.load().recent if Path(path).is_dir()]
        self._shut_door()
        self._door = Desk()
        self._door.bug.connect(crash.tell)
        start = StartWindow(self._door, recent)
        start.opened.connect(self.enter)
        if folder is not None:
            start.show_folder(folder)
        return start

    def _copy_before_closing(self) -> None:
        self._copies.end()
        if self.desk.is_open:
            Leaving(self.desk, self._main).wait()

    def _start_over(self, words: str) -> None:
        """Ask for the password anew after the workspace was replaced under its window."""
        folder = self.desk.workspace.path
        self._copies.end()
        self.desk.release()
        kept_files.forget_copies()
        self.show_start(folder).tell(words)

    def _recover(self, error: DamagedError) -> None:
        """Let go of a workspace that is damaged, and show what can be done about it."""
        folder, user = self.desk.workspace.path, self.desk.actor.id
        self._copies.end()
        self.desk.release()
        kept_files.forget_copies()
        self.show_start().recover(folder, error, user)

    def _welcome(self, found: Opened) -> None:
        main, workspace = self._main, found.workspace
        if main is None:
            return
        self._replace(main)
        self._shut_door()
        _remember_login(found)
        main.warn(attempts.told(workspace.refused_before))
        self._watch.begin()
        self._copies.begin()
        self._system.listen(main)

    def _is_who_left(self, found: Opened) -> bool:
        left, came = self.desk.workspace, found.workspace
        return (left.path.resolve(), left.actor) == (came.path.resolve(), came.actor)

    def _replace(self, window: QWidget) -> None:
        former, self.window = self.window, window
        if former is not None and former is not window:
            former.blockSignals(True)
            former.close()
            former.deleteLater()

    def _drop(self) -> None:
        if self._curtain is not None:
            self._curtain.drop()
        elif self._main is not None:
            self._watch.end()
        self._main = self._curtain = None

    def _shut_door(self) -> None:
        if self._door is not None:
            self._door.close()
            self._door.deleteLater()
            self._door = None


def run(folder: Path | None = None, password: str | None = None, user: str | None = None) -> int:
    """Open the window and stay until it is closed; with a password (of the only user unless said) at once a folder."""
    log = crash.catch()
    kept_files.forget_copies()
    app = application()
    windows = Windows()
    windows.desk.bug.connect(crash.tell)
    try:
        found = None
        if folder is not None and password is not None:
            found = opening.read(workspaces.open_workspace(folder, user, password))
        if found is None:
            windows.show_start(folder)
        elif found.workspace.must_change_password:
            windows.show_start(folder).unlock.opened_first.emit(found, password)
        else:
            windows.enter(found)
        return app.exec()
    finally:
        windows.close()
        kept_files.forget_copies()
        faulthandler.disable()
        log.close()


def draw_gallery(folder: Path) -> Sequence[Path]:
    """Draw every window and page of the demonstration workspace, light and dark; gives the pictures."""
    from profdesk import main_pages
    from profdesk.gui import gallery

    app = application()
    return gallery.draw(app, folder, main_pages.pages)


def _remember_login(found: Opened) -> None:
    workspace, organisation = found.workspace, found.organisation
    named = ", ".join(filter(None, (organisation.short_name, organisation.municipality)))
    known = settings.load().with_recent(workspace.path)
    settings.remember(known.with_login(workspace.actor.id, datetime.now(UTC), workspace.path, named))


def _remember(user: str, geometry: str, page: str) -> None:
    settings.remember(replace(settings.load(), geometry=geometry).with_page(user, page))
