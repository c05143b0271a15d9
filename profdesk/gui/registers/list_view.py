"""Every register: which of them at left, the entries of the chosen one beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.lesson_pack import SUFFIX
from profdesk.domain.register import Register
from profdesk.domain.register_rights import reading, writing
from profdesk.domain.registers import kept_by
from profdesk.domain.registers_of_work import PROFESSIONS
from profdesk.gui.common import file_dialogs, icons
from profdesk.gui.common.card import Card
from profdesk.gui.common.columns import Heading
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.registers import rows
from profdesk.gui.registers.rows import EntryRow, RegisterRow
from profdesk.services import pupils, registers
from profdesk.services.registers import Book

_SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", SUFFIX)
_FEARS = (
    ("Загружать можно таблицей", "xlsx, xls, ods или csv. Пустой образец с нужными столбцами — под кнопкой «Ещё»."),
    ("Сначала покажем, что прочитали", "До согласия ничего не запишем."),
    ("Повторная загрузка не удваивает", "Та же таблица ничего не изменит, исправленная обновит."),
)


class ListView(QWidget):
    """``file_given`` asks for the preview of a table for the register shown."""

    file_given = Signal(object)

    header: PageHeader
    search_field: SearchField
    more_button: QPushButton
    import_button: QPushButton
    add_button: QPushButton
    choice: DeskTable
    sheet: Card
    heading: QLabel
    about: QLabel
    table: DeskTable
    empty: EmptyState
    foot: QWidget
    count: QLabel
    card_button: QPushButton
    edit_button: QPushButton
    withdraw_button: QPushButton
    progress: ProgressStrip
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._register = next(iter(self._offered()))
        self._book: Book | None = None
        self._rows: list[EntryRow] = []
        self._shown: tuple[str, ...] = ()
        self._followed = ""
        fill(self, "registers_list")
        self.choice.horizontalHeader().hide()
        self.choice.set_columns(rows.CHOICE, key=lambda row: row.register.code)
        self.table.select_several()
        self.more = QMenu(self)
        self.more_button.setMenu(self.more)
        self._show_choice({})
        self.choice.choose_first()
        self._connect()
        self._show_register()
        self.empty.hide()

    def _connect(self) -> None:
        self.choice.chosen.connect(self._choose)
        self.choice.opened.connect(lambda _: self.enter_table())
        self.search_field.textChanged.connect(lambda _: self._filter())
        SearchKeys(self.search_field, self.table).entered.connect(self.enter_table)
        self.empty.dropped.connect(self.file_given)
        self.empty.quiet.clicked.connect(self._ask_file)
        self.import_button.clicked.connect(self._ask_file)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, self._ask_file)

    # -- what the page asks ----------------------------------------------------------------------

    @property
    def register(self) -> Register:
        """The register shown."""
        return self._register

    @property
    def may_write(self) -> bool:
        """Whether the user may write into the register shown."""
        return self._desk.may(writing(self._register))

    @property
    def book(self) -> Book | None:
        """Its entries, None before they are read."""
        return self._book

    @property
    def meant(self) -> Sequence[EntryRow]:
        """The selected entries where several are, else all that are shown."""
        selected: list[EntryRow] = self.table.selected()
        return selected if len(selected) > 1 else self.table.rows()

    def reload(self) -> None:
        """Read the counts and the register shown again."""
        workspace, actor, register = self._desk.workspace, self._desk.actor, self._register

        def read() -> tuple[Mapping[str, int], Book]:
            return registers.counts(workspace, actor), registers.book(workspace, actor, register)

        self._desk.run(read, owner=self, done=lambda found: self._show(*found))

    def show_register(self, register: Register, words: str = "") -> None:
        """Show a register, only its entries with some words if given."""
        self.search_field.setText(words)
        self.choice.choose(register.code)

    def follow(self, entry: str) -> None:
        """Choose an entry, now or when it has been read."""
        self._followed = "" if self.table.choose(entry) else entry

    def say(
        self, sentence: str, tone: Tone = Tone.OK, action: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Tell what was just written, or why it was not, with at most one thing to do about it."""
        self.message.say(sentence, tone, action, act=act)

    def offer_more(self, words: str, icon: str) -> QAction:
        """Add an entry to «Ещё»."""
        return self.more.addAction(icons.icon(icon, "text2"), words)

    def enter_table(self) -> None:
        """Go on in the entries, from the first if none is chosen; in an empty register at its first verb."""
        if self.empty.isVisible():
            (self.empty.primary if self.may_write else self.choice).setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- showing ---------------------------------------------------------------------------------

    def _choose(self, row: RegisterRow | None) -> None:
        if row is not None and row.register is not self._register:
            self._register, self._book, self._rows = row.register, None, []
            self.message.clear()
            for verb in (self.import_button, self.add_button):
                verb.setVisible(self.may_write)
            self._show_register()
            self.reload()

    def _show_register(self) -> None:
        """Show what the register is for and its verbs; its entries are still to be read."""
        register = self._register
        self.heading.setText(register.title)
        self.about.setText(register.about)
        self.add_button.setText(f"Добавить {register.whom}")
        fears = _FEARS if self.may_write else ()
        self.empty.set_content(rows.ICONS[register.code], f"{register.title}: пока пусто", register.about, fears)
        verbs = (f"Добавить {register.whom}", "Загрузить из файла…") if self.may_write else ("", "")
        self.empty.set_buttons(*verbs, icon="plus")
        self.empty.accept_files(*(_SUFFIXES if self.may_write else ()))
        self.table.setAccessibleName(register.title)
        self.card_button.setVisible(register is PROFESSIONS)
        self._shown = ()
        self.table.set_rows([])
        self.count.setText("Читаем реестр…")

    def _show(self, counts: Mapping[str, int], book: Book) -> None:
        self._show_choice(counts)
        if book.register is not self._register:
            return
        year = self._desk.organisation.period.year
        at, focus = self.table.currentIndex().row(), self.window().focusWidget()
        inside = focus is not None and (focus is self.table or self.empty.isAncestorOf(focus))
        self._book, self._rows = book, rows.rows(book, pupils.today(), year)
        self._show_emptiness(empty=not self._rows)
        self._fit()
        self._filter()
        if self._followed and not self.table.choose(self._followed):
            self.search_field.clear()
            self.table.choose(self._followed)
        self._followed = ""
        if self.table.row() is None and at >= 0:
            self.table.choose_near(at)
        if inside:
            self.enter_table()

    def _show_choice(self, counts: Mapping[str, int]) -> None:
        shown: list[RegisterRow | Heading] = []
        for section, there in groupby(self._offered(), key=lambda one: one.section):
            shown += [Heading(section), *(RegisterRow(one, counts.get(one.code)) for one in there)]
        self.choice.set_rows(shown)

    def _show_emptiness(self, *, empty: bool) -> None:
        self.empty.setVisible(empty)
        for part in (self.sheet, self.foot, self.search_field):
            part.setVisible(not empty)
        for verb in (self.import_button, self.add_button):
            verb.setVisible(not empty and self.may_write)

    def _fit(self) -> None:
        """Show as many columns as there is room for; what is chosen and ordered stays while they are the same."""
        made = rows.columns(self._register, self._rows, self.sheet.width())
        shown = (self._register.code, *(f"{one.title} {bool(one.second)}" for one in made))
        if shown != self._shown:
            self._shown, kept = shown, self.table.row()
            self.table.set_columns(made, key=lambda row: row.entry.id, faded=lambda row: row.past)
            self._filter()
            if kept is not None:
                self.table.choose(kept.entry.id)

    def _filter(self) -> None:
        words = self.search_field.text()
        found = [row for row in self._rows if row.matches(words)]
        self.table.set_rows(found, f"По запросу «{words.strip()}» здесь ничего нет" if words.strip() else "")
        total = len(self._rows)
        self.count.setText(self._register.counted(total) if len(found) == total else f"{len(found)} из {total}")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._rows:
            self._fit()

    def _offered(self) -> Sequence[Register]:
        """The registers that the organisation has a use for and the user may read."""
        return [one for one in kept_by(self._desk.organisation.kind) if self._desk.may(reading(one))]

    def _ask_file(self) -> None:
        if not self.may_write:
            return
        path = file_dialogs.file_to_open(self, self._register.title, file_dialogs.TABLES)
        if path is not None:
            self.file_given.emit(Path(path))
