"""The main window: pages at left, the one in front, what is saved below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QButtonGroup, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain.access import Role
from profdesk.domain.changes import Changes, Kind
from profdesk.errors import READ_ONLY, DamagedError, ProfdeskError
from profdesk.gui.common import icons
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.help import HelpDialog
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.nav import NavItem
from profdesk.gui.common.page import Page
from profdesk.gui.common.pages import Pages
from profdesk.gui.common.status_bar import StatusBar
from profdesk.gui.common.tones import Tone

LAST_PAGE = "settings"
_HELP_KEYS = (("F1", "справка"),)
_MOST_KEYS = 9


class MainWindow(QWidget):
    """Shows the pages it is given, in their order, the one named ``settings`` at the bottom.

    ``remember`` is called with the window's geometry (hex) and the page's name when the window closes;
    ``lock`` when the user leaves the workspace, and without it there is no lock.
    """

    closed = Signal()
    wanted_recovery = Signal(object)
    """DamagedError: the user wants to put the workspace right."""
    closing = Signal()
    """The window is still there, and everything typed is written when it is answered."""

    nav: QWidget
    organisation: QLabel
    year: QLabel
    items: QVBoxLayout
    last_items: QVBoxLayout
    person: QLabel
    role: QLabel
    lock: QPushButton
    stack: QStackedWidget
    message: InlineMessage
    status: StatusBar

    def __init__(
        self,
        desk: Desk,
        pages: Pages,
        *,
        geometry: str = "",
        page: str = "",
        remember: Callable[[str, str], None] | None = None,
        lock: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        fill(self, "main_window")
        self._desk = desk
        self._remember = remember
        self._lock = lock
        self.pages = pages
        self.pages.setParent(self)
        self._items = QButtonGroup(self)
        self._trail: list[str] = []
        self._bug_log: Path | None = None
        self._damage: DamagedError | None = None
        for number, name in enumerate(self.listed):
            self._offer(number, pages.called(name))
        self._front = pages.called(page if page in self.listed else self.listed[0])
        self._show_school()
        self._show_person()
        self._connect()
        self._bind_keys()
        self.resize(1366, 697)
        self.restoreGeometry(QByteArray.fromHex(geometry.encode("ascii", "ignore")))
        self.show_page(self._front.name)

    @property
    def listed(self) -> list[str]:
        """The names of the pages of the navigation, in the order of their keys Ctrl+1 to Ctrl+9."""
        names = [kind.name for kind in self.pages.kinds if not kind.under]
        return sorted(names, key=lambda name: name == LAST_PAGE)

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.pages[self._front]

    def show_page(self, name: str) -> None:
        """Bring a page to the front and let it read what it shows."""
        kind = self.pages.called(name)
        page = self.pages[kind]
        self._follow(kind)
        page.came_from = next((one.title for one in self.pages.kinds if one.name in self._trail[-1:]), "")
        self._items.button(self.listed.index(page.under or name)).setChecked(True)
        self._front = kind
        self.stack.setCurrentWidget(page)
        page.activate()
        self._show_status()
        self.setWindowTitle(f"{self.page.title} — {self.organisation.text()}")

    # -- building --------------------------------------------------------------------------------

    def _offer(self, number: int, kind: type[Page]) -> None:
        item = NavItem(kind.title, kind.icon)
        if number < _MOST_KEYS:
            item.setToolTip(f"{kind.title} (Ctrl+{number + 1})")
        item.clicked.connect(partial(self._press, kind.name))
        self._items.addButton(item, number)
        (self.last_items if kind.name == LAST_PAGE else self.items).addWidget(item)

    def _add(self, page: Page) -> None:
        self.stack.addWidget(page)
        page.status_changed.connect(partial(self._show_status_of, page))
        page.leads_on.connect(self.show_page)
        if page.under:
            page.left.connect(self._go_back)

    def _connect(self) -> None:
        self.pages.made.connect(self._add)
        self._desk.changed.connect(self._take)
        self._desk.said.connect(self.status.say)
        self._desk.complained.connect(self._complain)
        self._desk.damaged.connect(self._tell_damage)
        self._desk.bug.connect(self._tell_bug)
        self.message.acted.connect(self._answer_message)
        self.status.undo_pressed.connect(self._undo)
        self.lock.clicked.connect(self._leave)

    def _bind_keys(self) -> None:
        keys: list[tuple[str | QKeySequence.StandardKey, Callable[[], None]]] = [
            (QKeySequence.StandardKey.Find, self._search),
            (QKeySequence.StandardKey.HelpContents, self._help),
            ("Ctrl+Z", self._undo),
            ("Ctrl+Y", self._redo),
            ("Ctrl+Shift+Z", self._redo),
        ]
        if self._lock is not None:
            keys.append(("Ctrl+L", self._leave))
        for number, name in enumerate(self.listed[:_MOST_KEYS], 1):
            keys.append((f"Ctrl+{number}", partial(self._jump, name)))
        for key, action in keys:
            QShortcut(QKeySequence(key), self).activated.connect(action)

    def _show_school(self) -> None:
        organisation = self._desk.organisation
        self.organisation.setText(organisation.short_name)
        self.organisation.setToolTip(organisation.full_name)
        self.year.setText(self.tr("{year} учебный год").format(year=organisation.period.year.title))

    def _show_person(self) -> None:
        actor = self._desk.actor
        roles = [role.label for role in Role if role in actor.roles]
        first = roles[0].capitalize()
        self.person.setText(" ".join(actor.name.split()[:2]))
        self.person.setToolTip(", ".join(filter(None, (actor.name, actor.post))))
        self.role.setText(first if len(roles) == 1 else f"{first} и ещё {len(roles) - 1}")
        self.role.setToolTip(", ".join(roles).capitalize())
        self.lock.setIcon(icons.icon("lock-simple", "text2"))
        self.lock.setVisible(self._lock is not None)

    # -- answering -------------------------------------------------------------------------------

    def _press(self, name: str, _checked: bool) -> None:
        self.show_page(name)

    def _follow(self, kind: type[Page]) -> None:
        """Keep the way that led to a page ``under`` others, so that it can be gone back step by step."""
        if not kind.under:
            self._trail = []
        elif kind.name in self._trail:
            del self._trail[self._trail.index(kind.name) :]
        elif kind is not self._front:
            self._trail.append(self._front.name)

    def _go_back(self) -> None:
        """A page gone back to has put the cursor where one left it, or gets it itself."""
        self.show_page(self._trail[-1] if self._trail else self.page.under)
        focus = QApplication.focusWidget()
        if focus is None or not self.page.isAncestorOf(focus):
            self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _search(self) -> None:
        self.page.search()

    def _undo(self) -> None:
        self.page.undo()

    def _redo(self) -> None:
        self.page.redo()

    def _jump(self, name: str) -> None:
        self.show_page(name)
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_status_of(self, page: Page) -> None:
        if page is self.page:
            self._show_status()

    def _show_status(self) -> None:
        page = self.page
        status = page.status()
        status = replace(status, keys=page.usable(status.keys))
        if words := page.only_read:
            status = replace(status, text=words, saved=False)
        self.status.show_status(status, _HELP_KEYS if page.help else ())

    def _take(self, changes: Changes) -> None:
        if changes.touches(Kind.ORGANISATION):
            self._show_school()
        if changes.touches(Kind.USERS):
            self._show_person()
        for page in self.pages:
            page.on_changes(changes)
        self._show_status()

    def _complain(self, error: ProfdeskError) -> None:
        if isinstance(error, DamagedError):
            return
        self._bug_log = self._damage = None
        self.message.say(error.message, Tone.BAD, self.tr("Скрыть"))

    def set_read_only(self, is_short: bool) -> None:
        """Say that nothing is written for want of room, as long as that is so."""
        if is_short:
            self.warn(READ_ONLY)
        elif self.message.words == READ_ONLY:
            self.message.clear()

    def warn(self, words: str) -> None:
        """Tell at the bottom what the user has to know; nothing for no words."""
        if words:
            self._bug_log = self._damage = None
            self.message.say(words, Tone.WARN, self.tr("Скрыть"))

    def _tell_bug(self, log: Path) -> None:
        self._bug_log, self._damage = log, None
        words = self.tr("Программа ошиблась и не закончила это действие. Записанное раньше цело.")
        self.message.say(words, Tone.BAD, self.tr("Показать отчёт"))

    def _tell_damage(self, error: DamagedError) -> None:
        self._bug_log, self._damage = None, error
        self.message.say(error.message, Tone.BAD, self.tr("Восстановить…"))

    def _answer_message(self) -> None:
        self.message.clear()
        damage, self._damage = self._damage, None
        if damage is not None:
            self.wanted_recovery.emit(damage)
        if self._bug_log is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._bug_log)))

    def _help(self) -> None:
        if keys := self.page.shown_help():
            dialog = HelpDialog(self, self.page.title, keys)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()

    def _leave(self) -> None:
        if self._lock is not None:
            self._lock()

    def keep(self) -> None:
        """Remember where the window stands and what it shows for the next start."""
        if self._remember is not None:
            geometry = bytes(self.saveGeometry().toHex().data()).decode("ascii")
            self._remember(geometry, self.page.under or self.page.name)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep()
        self.closing.emit()
        super().closeEvent(event)
        self.closed.emit()
