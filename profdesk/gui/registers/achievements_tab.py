"""The card's tab «Достижения»: what the pupil achieved, by school year, written and mended where it is seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import register
from profdesk.domain.batch import Step
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.register import Entry
from profdesk.domain.register_rights import writing
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, PUPIL
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import ProfdeskError
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.card_tab import Tab
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.entry_dialog import EntryStep
from profdesk.gui.common.entry_verbs import EntryVerbs
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import pupils, registers
from profdesk.services.registers import Book

_WON = frozenset({"winner", "prize", "laureate"})
_ADVICE = "Олимпиады, конкурсы, чемпионаты профессий, соревнования: что, где, с каким итогом и по профилю ли."


@dataclass(frozen=True)
class _Row:
    """An achievement and the words of its fields."""

    entry: Entry
    title: str
    words: dict[str, str]


_WRITING = writing(ACHIEVEMENTS)


class AchievementsTab(Tab):
    """Reads and writes the achievements of the pupil of the card shown, nobody else's."""

    title = "Достижения"
    keys = (("Ctrl+N", "добавить"), ("Enter", "изменить"), ("Del", "убрать"))
    keys_of = ((_WRITING, ("Ctrl+N", "Enter", "Del")),)

    empty: EmptyState
    sheet: Card
    table: DeskTable
    count: QLabel
    edit_button: QPushButton
    withdraw_button: QPushButton
    add_button: QPushButton
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "achievements_tab")
        self._pupil = ""
        self._book: Book | None = None
        self._followed = ""
        self.verbs = EntryVerbs(desk, self)
        self.steps = self.verbs.steps
        self.table.set_columns(_COLUMNS, key=lambda row: row.entry.id)
        self.empty.set_content("trophy", "Достижений пока не записано", _ADVICE)
        self.empty.set_buttons("Добавить достижение", icon="plus")
        for part in (self.empty, self.sheet):
            part.hide()
        self._connect()

    def _connect(self) -> None:
        self.verbs.written.connect(self._tell_written)
        self.verbs.withdrawn.connect(
            lambda step: self.message.say(f"Убрано из реестра: {step.title}.", Tone.OK, "Вернуть")
        )
        self.verbs.failed.connect(self._tell_failed)
        self.verbs.kept.connect(self._tell_failed)
        self.verbs.closed.connect(self._enter)
        self.verbs.steps.turned.connect(self._tell_turned)
        self.message.acted.connect(self.verbs.steps.undo)
        for button, verb in (
            (self.add_button, self.add),
            (self.empty.primary, self.add),
            (self.edit_button, self.edit),
            (self.withdraw_button, self.withdraw),
        ):
            button.clicked.connect(verb)
        self.table.opened.connect(lambda _: self.edit())
        may_write = allow(self.desk, _WRITING, self.add_button, self.empty.primary, self.withdraw_button)
        edit = "Изменить" if may_write else "Посмотреть"
        self.edit_button.setText(edit)
        out = (("Убрать из реестра", "Del", self.withdraw),) if may_write else ()
        for words, keys, verb in ((edit, "F2", self.edit), *out):
            action = QAction(words, self, shortcut=QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(verb)
            self.table.addAction(action)
        self.table.addAction("Скопировать\tCtrl+C").triggered.connect(self.table.copy_selected)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self, self.add_button.click)

    # -- what the card asks ----------------------------------------------------------------------

    @override
    def heading(self, card: PupilCard) -> str:
        mine = (one for one in card.history.registered if one.register is ACHIEVEMENTS)
        count = sum(one.withdrawn_at is None for one in mine)
        return f"{self.title}  {count}" if count else self.title

    @override
    def show_card(self, card: PupilCard) -> None:
        if card.pupil.id != self._pupil:
            self._pupil, self._book = card.pupil.id, None
            self.message.clear()
            self.table.set_rows([])
        workspace, pupil = self.desk.workspace, self._pupil
        self.desk.run(
            lambda: registers.of_pupil(workspace, workspace.actor, ACHIEVEMENTS, pupil),
            owner=self,
            done=partial(self._show, pupil),
        )

    # -- verbs -----------------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a new achievement of the pupil, of today unless said otherwise."""
        if self._book is not None:
            self.verbs.open(self._book, known={PUPIL: self._pupil, "held_on": pupils.today()})

    def edit(self) -> None:
        """Change the chosen achievement."""
        row = self.table.row()
        if row is not None and self._book is not None:
            self.verbs.open(self._book, row.entry)

    def withdraw(self) -> None:
        """Take the chosen achievement out; it can be put back at once, and by undo."""
        row = self.table.row()
        if row is not None:
            self.verbs.withdraw(ACHIEVEMENTS, row.entry.id, row.title)

    def _tell_written(self, step: EntryStep) -> None:
        self.message.clear()
        self._followed = step.records[0]

    def _tell_turned(self, step: Step, undone: bool) -> None:
        if isinstance(step, EntryStep):
            self._followed = next(iter(step.records), "")
        self.message.say(f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.", Tone.OK)

    def _tell_failed(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.WARN)

    def _enter(self) -> None:
        if self.empty.isVisible():
            self.empty.primary.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- showing ---------------------------------------------------------------------------------

    def _show(self, pupil: str, book: Book) -> None:
        if pupil != self._pupil:
            return
        inside = self.isAncestorOf(self.window().focusWidget() or self.window())
        at, self._book = self.table.currentIndex().row(), book
        rows: list[_Row | Heading] = []
        for year, some in groupby((_row(book, one) for one in book.entries), key=_year):
            rows += [Heading(f"{year.title} учебный год"), *some]
        self.table.set_rows(rows)
        self.empty.setVisible(not rows)
        self.sheet.setVisible(bool(rows))
        self.count.setText(_counted(book.entries))
        if not self.table.choose(self._followed) and self.table.row() is None:
            self.table.choose_near(at)
            if self.table.row() is None:
                self.table.choose_first()
        self._followed = ""
        if inside:
            self._enter()


def _row(book: Book, entry: Entry) -> _Row:
    words = {one.code: register.shown(one, entry.values[one.code], book.titles) for one in ACHIEVEMENTS.fields}
    return _Row(entry, register.title(ACHIEVEMENTS, entry.values, book.titles), words)


def _year(row: _Row) -> SchoolYear:
    day = register.day(ACHIEVEMENTS, row.entry.values)
    return SchoolYear.containing(day or pupils.today())


def _counted(entries: tuple[Entry, ...]) -> str:
    own = sum(bool(one.values["on_profile"]) for one in entries)
    words = ACHIEVEMENTS.counted(len(entries))
    return f"{words}, по выбранному профилю {own}" if own else words


def _second(row: _Row) -> str:
    note = row.words["note"].replace("\n", " ")
    return ", ".join(filter(None, (row.words["subject"], note)))


def _place(row: _Row) -> Look:
    return Look("trophy") if row.entry.values["place"] in _WON else Look(tone=Tone.MUTED)


def _on_profile(row: _Row) -> Look:
    return Look("check") if row.entry.values["on_profile"] else Look(tone=Tone.MUTED)


_COLUMNS: tuple[Column[_Row], ...] = (
    Column("Когда", lambda row: row.words["held_on"], width=104),
    Column("Что", lambda row: row.words["title"], second=_second),
    Column("Вид", lambda row: row.words["kind"], width=196),
    Column("Уровень", lambda row: row.words["level"], width=130),
    Column("Итог", lambda row: row.words["place"], width=180, look=_place),
    Column("По профилю", lambda row: row.words["on_profile"], width=110, look=_on_profile),
)
