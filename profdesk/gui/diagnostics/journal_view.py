"""The journal of a school year's sessions: what was held, with whom, how far the sheets are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.domain.diagnostics import SessionView, SheetState
from profdesk.domain.people import fold
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common.card import Card
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import diagnostic_papers, diagnostics, pupils

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

_FEARS = (
    ("Сначала согласия родителей", "Без согласия ученика в сеанс не включить. Согласия класса записываются разом."),
    ("Бланки вводятся с клавиатуры", "Одна клавиша на ответ. Каждый ответ сразу на диске, баллы считаются сами."),
    ("Ответы видят только психологи", "Остальным видно, что сеанс прошёл, и то, что вы передадите сами."),
)


@dataclass(frozen=True)
class _Reading:
    years: Sequence[SchoolYear]
    year: SchoolYear
    sessions: Sequence[SessionView]
    pupils: bool


class JournalView(QWidget):
    """``wanted_plan`` and ``wanted_pupils`` are the user's wishes."""

    wanted_keying = Signal(str)
    """The id of the session whose sheets are to be keyed in."""
    wanted_plan = Signal()
    wanted_pupils = Signal()
    wanted_talks = Signal()
    wanted_instruments = Signal()
    wanted_results = Signal(str)
    """The id of the session whose results the user wants to see."""

    header: PageHeader
    year: QComboBox
    search_field: SearchField
    instruments_button: QPushButton
    plan_button: QPushButton
    sheet: Card
    table: DeskTable
    foot: QWidget
    count: QLabel
    print_button: QPushButton
    results_button: QPushButton
    open_button: QPushButton
    talks_button: QPushButton
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found = _Reading((), desk.organisation.period.year, (), pupils=True)
        self._request = 0
        fill(self, "diagnostics_journal")
        self.table.set_columns(_COLUMNS, key=lambda row: row.session.id)
        self.year.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.year.activated.connect(lambda _: self.read(self.year.currentData()))
        self.search_field.textChanged.connect(lambda _: self._filter())
        self.search_field.returnPressed.connect(self._enter)
        self.instruments_button.clicked.connect(self.wanted_instruments)
        self.plan_button.clicked.connect(self.wanted_plan)
        self.plan_button.setShortcut("Ctrl+N")
        self.talks_button.clicked.connect(self.wanted_talks)
        self.print_button.clicked.connect(self._print)
        self.print_button.setShortcut("Ctrl+P")
        self.results_button.clicked.connect(self._show_results)
        self.table.opened.connect(lambda _: self._open_chosen())
        self.open_button.clicked.connect(self._open_chosen)
        self.message.acted.connect(self._open_chosen)
        self.empty.primary.clicked.connect(self._begin)

    def read(self, start: int | None = None, *, choose: str = "") -> None:
        """Show the sessions of a school year (None: the one shown), ``choose`` one by its id."""
        self._request += 1
        year = self._found.year if start is None else SchoolYear(start)
        work = partial(_read, self._desk.workspace, year, self._desk.organisation.period.year)
        self._desk.run(work, owner=self, done=partial(self._show, self._request, choose))

    def _show(self, request: int, choose: str, found: _Reading) -> None:
        if request != self._request:
            return
        self._found = found
        with QSignalBlocker(self.year):
            self.year.clear()
            for year in found.years:
                self.year.addItem(f"{year.title} учебный год", year.start)
            self.year.setCurrentIndex(self.year.findData(found.year.start))
        there = bool(found.sessions)
        for part in (self.sheet, self.foot, self.search_field, self.plan_button):
            part.setVisible(there)
        self.empty.setVisible(not there)
        self._show_empty()
        self._filter()
        if not (choose and self.table.choose(choose)) and self.table.row() is None:
            self.table.choose_first()

    def _show_empty(self) -> None:
        if self._found.pupils:
            fact = f"Сеансов в {self._found.year.title} учебном году пока нет"
            advice = "Выберите методику и класс, отметьте согласия родителей."
            self.empty.set_content("clipboard-text", fact, advice, _FEARS)
            self.empty.set_buttons("Новый сеанс…")
        else:
            advice = "Загрузите список класса, тогда можно запланировать сеанс."
            self.empty.set_content("clipboard-text", "Учеников пока нет", advice)
            self.empty.set_buttons("К обучающимся")

    def _begin(self) -> None:
        (self.wanted_plan if self._found.pupils else self.wanted_pupils).emit()

    def _filter(self) -> None:
        words = fold(self.search_field.text()).split()
        shown = [row for row in self._found.sessions if all(word in _searched(row) for word in words)]
        self.table.set_rows(shown, "Таких сеансов нет")
        total = plural.counted(len(self._found.sessions), "сеанс", "сеанса", "сеансов")
        self.count.setText(total if len(shown) == len(self._found.sessions) else f"найдено {len(shown)}, всего {total}")

        for button in (self.results_button, self.open_button):
            button.setEnabled(bool(shown))

    def _open_chosen(self) -> None:
        row = self.table.row()
        if row is not None:
            self.message.clear()
            self.wanted_keying.emit(row.session.id)

    def _print(self) -> None:
        """Show the journal of the year before it is printed."""
        workspace, actor, year = self._desk.workspace, self._desk.actor, self._found.year
        title = f"Журнал сеансов, {year.title} учебный год"
        PaperDialog(self, self._desk, title, lambda _: diagnostic_papers.journal(workspace, actor, year)).open()

    def _show_results(self) -> None:
        row: SessionView | None = self.table.row()
        if row is not None:
            self.wanted_results.emit(row.session.id)

    def _enter(self) -> None:
        self.table.choose_first()
        self.table.setFocus()


def _read(workspace: Workspace, year: SchoolYear, current: SchoolYear) -> _Reading:
    actor = workspace.actor
    years = sorted({current, year, *diagnostics.years(workspace, actor)}, reverse=True)
    there = any(group.size for group in pupils.groups(workspace, actor, current))
    return _Reading(years, year, diagnostics.journal(workspace, actor, year), there)


def _searched(row: SessionView) -> str:
    session, instrument = row.session, row.instrument
    day = f"{session.held_on:%d.%m.%Y}"
    return fold(f"{instrument.title} {instrument.short} {session.group_title} {session.place} {day}")


def _sheets(row: SessionView) -> str:
    return f"введено {row.entered} из {row.awaited}"


def _others(row: SessionView) -> str:
    """«неполный 1, не был 2»: the states that are neither done nor to be done."""
    states = row.states()
    told = (SheetState.INCOMPLETE, SheetState.DOUBTFUL, SheetState.ABSENT, SheetState.REFUSED, SheetState.HIDDEN)
    return ", ".join(f"{state.label} {states[state]}" for state in told if state in states)


def _progress(row: SessionView) -> str:
    if row.session.closed_at is not None:
        return "закончен"
    return "не начат" if set(row.states()) <= {SheetState.NOT_BEGUN} else "идёт ввод"


def _progress_look(row: SessionView) -> Look:
    if row.session.closed_at is not None:
        return Look("check-circle-fill", Tone.OK)
    begun = set(row.states()) - {SheetState.NOT_BEGUN}
    return Look("circle-half", Tone.WARN) if begun else Look("circle", Tone.MUTED)


_COLUMNS: tuple[Column[SessionView], ...] = (
    Column("Дата", lambda row: f"{row.session.held_on:%d.%m.%Y}", width=92, sort=lambda row: row.session.held_on),
    Column(
        "Методика",
        lambda row: row.instrument.short,
        sort=lambda row: row.instrument.short,
        second=lambda row: row.instrument.direction.label,
    ),
    Column("Класс", lambda row: row.session.group_title, width=222, sort=lambda row: row.session.group_title),
    Column("Бланки", _sheets, width=288, second=_others),
    Column("Место", lambda row: row.session.place, width=164),
    Column("Сеанс", _progress, width=106, sort=_progress, look=_progress_look),
)
