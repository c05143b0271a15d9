"""Somebody who presses everything in sight: every page, button, menu, key and row, and what opens from them.

Whatever was refused meanwhile is kept, so that a test can say that nothing was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QDesktopServices, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QDialog, QMenu, QTabBar, QWidget

from profdesk import app, main_pages
from profdesk.domain.access import Role
from profdesk.errors import AccessError
from profdesk.gui.common import file_dialogs, printing
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.main_window import MainWindow
from profdesk.gui.start import opened
from profdesk.storage.workspace import Workspace

_ROW_KEYS = (
    (Qt.Key.Key_Return, ""),
    (Qt.Key.Key_Delete, ""),
    (Qt.Key.Key_F2, ""),
    (Qt.Key.Key_Space, " "),
    (Qt.Key.Key_1, "1"),
    (Qt.Key.Key_Insert, ""),
)
_MOST = 400
Show = Callable[[], object]


def acting(workspace: Workspace, *roles: Role) -> Workspace:
    """The same open workspace in the hands of a user of other roles."""
    workspace.actor = replace(workspace.actor, roles=frozenset(roles))
    return workspace


def keep_refusals(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list to which every refusal is added from now on, whoever hears of it."""
    refused: list[str] = []
    told = AccessError.__init__

    def tell(error: AccessError, message: str) -> None:
        refused.append(message)
        told(error, message)

    monkeypatch.setattr(AccessError, "__init__", tell)
    return refused


class Walker:
    """Walks a main window; ``refused`` are the refusals, each with what was pressed before it.

    Nobody answers file dialogs, nothing is printed, nobody locks the window, and no child is given the screen.
    """

    def __init__(self, windows: app.Windows, monkeypatch: pytest.MonkeyPatch) -> None:
        self.windows = windows
        self.refused: list[str] = []
        self.pressed: list[str] = []
        self._fresh = keep_refusals(monkeypatch)
        for name in ("file_to_open", "folder", "file_to_save"):
            monkeypatch.setattr(file_dialogs, name, lambda *_: None)
        monkeypatch.setattr(file_dialogs, "files_to_open", lambda *_: [])
        monkeypatch.setattr(printing, "print_pdf", lambda *_: False)
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
        monkeypatch.setattr(main_pages, "hand_over", lambda *_: None)

    @property
    def main(self) -> MainWindow:
        assert isinstance(self.windows.window, MainWindow)
        return self.windows.window

    def open(self, workspace: Workspace) -> MainWindow:
        """Show the main window on a workspace, as its user has it."""
        main = self.windows.show_main(opened.read(workspace))
        main.resize(1366, 697)
        self.settle()
        self._note("opened")
        return main

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.windows.desk.settle()

    def walk(self) -> None:
        """Go through every page of the navigation, in each of its views, and press whatever is there."""
        for name in self.main.listed:
            self._show(name)
            page = self.main.page
            for view in _views(page):
                self._show(name, view)
                self._press_all(name, page, view)

    # -- inside ----------------------------------------------------------------------------------

    def _show(self, name: str, view: Show | None = None) -> None:
        self._close_dialogs()
        self.main.show_page(name)
        self.settle()
        if view is not None:
            view()
            self.settle()
        self._note(f"{name}: shown")

    def _press_all(self, name: str, page: QWidget, view: Show) -> None:
        done: set[str] = set()
        for _ in range(_MOST):
            found = next((one for one in _things(page) if _called(one) not in done), None)
            if found is None:
                return
            what = f"{name}: {_called(found)}"
            done.add(_called(found))
            self._press(what, found)
            self._visit_dialogs(what)
            if self.main.page is not page:
                self._look_at_page_led_to()
                self._show(name, view)

    def _look_at_page_led_to(self) -> None:
        """A page that is reached from others alone is walked where it was led to, once."""
        page, name = self.main.page, self.main.page.name
        if not page.under or name in self.pressed:
            return
        self.pressed.append(name)
        for view in _views(page):
            self._show(name, view)
            for one in list(_things(page)):
                if _alive(one):
                    what = f"{name}: {_called(one)}"
                    self._press(what, one)
                    self._visit_dialogs(what)
                    if self.main.page is not page:
                        self._show(name, view)

    def _visit_dialogs(self, what: str) -> None:
        """Press everything in a dialog that has opened, then leave it."""
        for dialog in _dialogs():
            for one in list(_things(dialog)):
                if _alive(one) and _alive(dialog) and dialog.isVisible():
                    self._press(f"{what} > {_called(one)}", one)
                    for inner in _dialogs():
                        if inner is not dialog:
                            inner.done(QDialog.DialogCode.Rejected)
                    self.settle()
        self._close_dialogs()

    def _close_dialogs(self) -> None:
        for _ in range(4):
            if not (there := _dialogs()):
                return
            for dialog in there:
                dialog.done(QDialog.DialogCode.Rejected)
            self.settle()

    def _press(self, what: str, one: QObject) -> None:
        self.pressed.append(what)
        if isinstance(one, QAbstractButton):
            one.click()
        elif isinstance(one, QAction):
            one.trigger()
        elif isinstance(one, QShortcut):
            one.activated.emit()
        elif isinstance(one, QAbstractItemView):
            self._press_keys(what, one)
        self.settle()
        self._note(what)

    def _press_keys(self, what: str, rows: QAbstractItemView) -> None:
        for key, text in _ROW_KEYS:
            if _alive(rows):
                rows.setFocus()
                press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
                QApplication.sendEvent(rows, press)
                self.settle()
                self._note(f"{what}, {key.name}")
                self._visit_dialogs(f"{what}, {key.name}")
        if _alive(rows) and rows.currentIndex().isValid():
            rows.doubleClicked.emit(rows.currentIndex())

    def _note(self, what: str) -> None:
        fresh, self._fresh[:] = list(self._fresh), []
        self.refused += [f"{what}: {words}" for words in fresh]


def _dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _alive(one: QObject) -> bool:
    return shiboken6.isValid(one)


def _called(one: QObject) -> str:
    if isinstance(one, QAbstractButton):
        return f"button {one.objectName() or one.text()}"
    if isinstance(one, QAction):
        return f"entry {one.text()}"
    if isinstance(one, QShortcut):
        return f"key {one.key().toString()} of {type(one.parent()).__name__}"
    return f"rows {one.objectName()}"


def _views(page: QWidget) -> list[Show]:
    """What brings each side of a page to the front, the one in front first."""
    found: list[Show] = [lambda: None]
    for one in page.findChildren(Segmented):
        if one.isVisible():
            found += [lambda one=one, key=key: one.choose(key) for key in one.keys[1:]]
    for bar in page.findChildren(QTabBar):
        if bar.isVisible():
            found += [lambda bar=bar, at=at: bar.setCurrentIndex(at) for at in range(1, bar.count())]
    return found


def _things(home: QWidget) -> Iterator[QObject]:
    """Every button, menu entry, key and list of a widget that a user could use now."""
    seen = [one for one in (home, *home.findChildren(QWidget)) if one.isVisible() and one.isEnabled()]
    for one in seen:
        inside = isinstance(one.parentWidget(), Segmented | QTabBar)
        if isinstance(one, QAbstractButton) and not inside and _menu(one) is None:
            yield one
    for one in seen:
        yield from (entry for entry in (*one.actions(), *_entries(_menu(one))) if _offered(entry))
    for key in home.findChildren(QShortcut):
        parent = key.parent()
        locks = key.key() == QKeySequence("Ctrl+L")
        if key.isEnabled() and key.keys() and not locks and isinstance(parent, QWidget) and parent.isVisible():
            yield key
    for one in seen:
        if isinstance(one, QAbstractItemView) and one.focusPolicy() != Qt.FocusPolicy.NoFocus:
            yield one


def _offered(entry: QAction) -> bool:
    return _alive(entry) and entry.isVisible() and entry.isEnabled() and bool(entry.text()) and not entry.menu()


def _entries(menu: QMenu | None) -> list[QAction]:
    if menu is None:
        return []
    menu.aboutToShow.emit()
    return menu.actions()


def _menu(widget: QWidget) -> QMenu | None:
    menu = getattr(widget, "menu", None)
    return menu() if callable(menu) and not isinstance(widget, QMenu) else None
