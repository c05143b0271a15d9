"""The page «Диагностика»: the journal of sessions, a new one, and the instruments to choose from."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.diagnostics import Session
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostics.instruments_view import InstrumentsView
from profdesk.gui.diagnostics.journal_view import JournalView
from profdesk.gui.diagnostics.plan_view import PlanView


class DiagnosticsPage(Page):
    """Only for those who hold the psychologists' key: others have no such page."""

    name = "diagnostics"
    title = "Диагностика"
    icon = "clipboard-text"
    help = (
        ("Ctrl+F", "найти сеанс: методика, класс, место, дата"),
        ("Ctrl+N", "новый сеанс"),
        ("Ctrl+P", "напечатать журнал"),
        ("Enter", "открыть сеанс и вводить бланки"),
        ("Пробел, Ctrl+Пробел", "отметить ученика, весь класс"),
        ("Esc", "вернуться к журналу"),
    )

    wanted_keying = Signal(str)
    """The id of a session whose sheets are to be keyed in."""
    wanted_pupils = Signal()
    """There is nobody to hold a session with: the user wants to load a list of a class."""
    wanted_talks = Signal()
    """The user wants to see consultations and results from elsewhere."""
    wanted_results = Signal(str)
    """The id of the session whose results the user wants to see."""

    views: QStackedWidget

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "diagnostics_page")
        self.journal = JournalView(desk)
        self.plan = PlanView(desk)
        self.instruments = InstrumentsView(desk)
        for view in (self.journal, self.plan, self.instruments):
            self.views.addWidget(view)
        self._stale = True
        self.journal.wanted_keying.connect(self.wanted_keying)
        self.journal.wanted_pupils.connect(self.wanted_pupils)
        self.journal.wanted_talks.connect(self.wanted_talks)
        self.journal.wanted_results.connect(self.wanted_results)
        self.journal.wanted_plan.connect(self.show_plan)
        self.plan.planned.connect(self._show_planned)
        self.plan.finished.connect(self._show_journal)
        self.journal.wanted_instruments.connect(self.show_instruments)
        self.instruments.finished.connect(self._show_journal)
        self.views.currentChanged.connect(lambda _: self.status_changed.emit())

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self.journal.read()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.DIAGNOSTICS, Kind.CONSENTS, Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def search(self) -> None:
        self._show_journal()
        self.journal.search_field.take_focus()

    @override
    def status(self) -> Status:
        if self.views.currentWidget() is self.plan:
            return Status("Ничего ещё не записано", keys=(("Пробел", "отметить"), ("Esc", "к журналу")))
        if self.views.currentWidget() is self.instruments:
            return replace(saved_at(self.desk.saved_at), keys=(("Esc", "к журналу"),))
        keys = (("Ctrl+N", "новый сеанс"), ("Enter", "ввод бланков"))
        return replace(saved_at(self.desk.saved_at), keys=keys)

    def show_plan(self) -> None:
        """Begin a new session."""
        self.plan.begin()
        self.views.setCurrentWidget(self.plan)

    def show_instruments(self) -> None:
        """Show the instruments there are to choose from."""
        self.instruments.begin()
        self.views.setCurrentWidget(self.instruments)

    def _show_journal(self) -> None:
        self.views.setCurrentWidget(self.journal)
        self.journal.table.setFocus()

    def _show_planned(self, session: Session) -> None:
        self._show_journal()
        self.journal.message.say(f"Сеанс запланирован на {session.held_on:%d.%m.%Y}.", Tone.OK, "Открыть сеанс")
        self.journal.read(session.year.start, choose=session.id)
