"""The page of one pupil: who it is, what is recorded, in tabs; from one pupil of a list to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from profdesk.domain import pupil_card as domain
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.consent_gates import quiet_notice, withdrawal_notice
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.rights import Right
from profdesk.errors import ProfdeskError
from profdesk.gui.common import icons
from profdesk.gui.common.card_tab import Tab
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Keys, Page, Status, saved_at
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.tab_bar import TabBar
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupil_card.files_tab import FilesTab
from profdesk.gui.pupil_card.give_dialog import ask_giving
from profdesk.gui.pupil_card.portfolio_tab import PortfolioTab
from profdesk.gui.pupil_card.records_tab import RecordsTab
from profdesk.services import pupil_card

_KINDS = (
    Kind.ASSESSMENTS, Kind.EVIDENCE, Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION, Kind.PROGRAMME, Kind.CERTIFICATES,
    Kind.DIAGNOSTICS, Kind.CONSENTS, Kind.ACTIVITIES, Kind.REGISTERS, Kind.ROUTES,
)  # fmt: skip


class PupilCardPage(Page):
    """``more`` are tabs of other features; they stand between the portfolio and the records."""

    name = "pupil-card"
    title = "Карточка ученика"
    icon = "user"
    under = "pupils"
    help = (
        ("Alt+↓, Alt+↑", "следующий в списке, предыдущий"),
        ("Ctrl+Tab, Ctrl+Shift+Tab", "следующий раздел карточки, предыдущий"),
        ("Ctrl+P", "напечатать карточку"),
        ("Ctrl+F", "найти запись"),
        ("Ctrl+N, Enter, Del", "в достижениях: добавить, изменить, убрать"),
        ("Ctrl+Z, Ctrl+Y", "отменить последнее действие, сделать снова"),
        ("Esc", "вернуться туда, откуда открыта карточка"),
    )

    writes = (Right.PORTFOLIO_WRITE, Right.ROUTES_WRITE)
    keys_of = ((Right.PORTFOLIO_WRITE, ("Ctrl+N, Enter, Del",)),)

    wanted_reference = Signal(str)
    """The id of a pupil whose reference the user wants to write."""

    back_button: QPushButton
    place: QLabel
    former_button: QPushButton
    next_button: QPushButton
    header: PageHeader
    state: Chip
    print_button: QPushButton
    give_button: QPushButton
    reference_button: QPushButton
    tabs: TabBar
    views: QStackedWidget
    message: InlineMessage

    def __init__(self, desk: Desk, more: Sequence[Tab] = (), parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "pupil_card_page")
        self.card: PupilCard | None = None
        self._wanted = ""
        self._among: Sequence[str] = ()
        self._stale = True
        self._request = 0
        self._told: set[Tab] = set()
        self.portfolio, self.records = PortfolioTab(desk), RecordsTab(desk)
        self.shown_tabs: tuple[Tab, ...] = (self.portfolio, *more, FilesTab(desk), self.records)
        for tab in self.shown_tabs:
            self.views.addWidget(tab)
            self.tabs.addTab(tab.title)
            if tab.steps is not None:
                tab.steps.changed.connect(self.status_changed)
        self._connect()

    def _connect(self) -> None:
        self.back_button.setIcon(icons.icon("caret-left", "accent_text"))
        self.former_button.setIcon(icons.icon("caret-up", "accent_text"))
        self.next_button.setIcon(icons.icon("caret-down", "accent_text"))
        self.former_button.setToolTip("Предыдущий (Alt+↑)")
        self.next_button.setToolTip("Следующий (Alt+↓)")
        self.back_button.clicked.connect(self.left)
        self.former_button.clicked.connect(partial(self._step, -1))
        self.next_button.clicked.connect(partial(self._step, 1))
        self.tabs.currentChanged.connect(self._turn_to)
        self.print_button.clicked.connect(self._print)
        self.give_button.clicked.connect(self.give)
        self.give_button.setVisible(self.desk.may(Right.PUPILS_EXPORT))
        self.reference_button.clicked.connect(lambda: self.wanted_reference.emit(self._wanted))
        keys = (
            ("Alt+Up", partial(self._step, -1)),
            ("Alt+Down", partial(self._step, 1)),
            ("Ctrl+Tab", partial(self._turn, 1)),
            ("Ctrl+Shift+Tab", partial(self._turn, -1)),
            ("Ctrl+P", self.print_button.click),
            ("Esc", self.left.emit),
        )
        for key, action in keys:
            QShortcut(QKeySequence(key), self).activated.connect(action)

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        self.reference_button.setVisible(self.leads(self.wanted_reference))
        self.back_button.setText(self.came_from or "К списку")
        if self._stale and self._wanted:
            self._read()
        self.tabs.setFocus()

    @override
    def on_changes(self, changes: Changes) -> None:
        if self._wanted and changes.touches(*_KINDS):
            self._stale = True
            if self.isVisible():
                self._read()

    @override
    def search(self) -> None:
        self.tabs.setCurrentIndex(self.shown_tabs.index(self.records))
        self.records.search_field.take_focus()

    @override
    def undo(self) -> None:
        if (steps := self._tab.steps) is not None:
            steps.undo()

    @override
    def redo(self) -> None:
        if (steps := self._tab.steps) is not None:
            steps.redo()

    @override
    def status(self) -> Status:
        steps = self._tab.steps
        undo = steps.next_undo if steps else ""
        return replace(saved_at(self.desk.saved_at), undo=undo, keys=self._tab.usable(self._tab.keys))

    @override
    def shown_help(self) -> Keys:
        return (*super().shown_help(), *(key for tab in self.shown_tabs for key in tab.usable(tab.help)))

    @property
    def _tab(self) -> Tab:
        return self.shown_tabs[self.tabs.currentIndex()]

    def choose_pupil(self, pupil: str, among: Sequence[str] = ()) -> None:
        """Show a pupil; ``among`` are the ids of the list it was chosen from, else the class's own is taken."""
        self._wanted, self._among = pupil, among
        self._stale = True
        self.message.clear()
        if self.isVisible():
            self._read()

    # -- reading ---------------------------------------------------------------------------------

    def _read(self) -> None:
        self._stale = False
        self._request += 1
        workspace, pupil, year = self.desk.workspace, self._wanted, self.desk.organisation.period.year
        self.desk.run(
            lambda: pupil_card.card(workspace, workspace.actor, pupil, year),
            owner=self,
            done=partial(self._show, self._request),
            failed=self._failed,
        )

    def _failed(self, error: ProfdeskError) -> None:
        """Stay with the pupil shown; whoever cannot be read is passed over from now on."""
        if self.card is not None:
            self._among = [pupil for pupil in self._ids(self.card) if pupil != self._wanted]
            self._wanted = self.card.pupil.id
        self.message.say(error.message, Tone.BAD)

    def _show(self, request: int, found: PupilCard) -> None:
        if request != self._request:
            return
        self.card = found
        self.message.clear()
        self.header.set_title(found.pupil.name.full)
        facts = (*domain.facts(found, datetime.now(UTC).astimezone().date()), quiet_notice(found.consents))
        self.header.set_second(" · ".join(filter(None, facts)))
        if stopped := withdrawal_notice(found.consents):
            self.message.say(stopped, Tone.WARN)
        self._show_place(found)
        self._show_state(found)
        for number, tab in enumerate(self.shown_tabs):
            self.tabs.setTabText(number, tab.heading(found))
        self._told.clear()
        self._turn_to(self.tabs.currentIndex())

    def _turn_to(self, number: int) -> None:
        """Bring a tab to the front; it is given the card when it is first looked at."""
        tab = self.shown_tabs[number]
        if self.card is not None and tab not in self._told:
            self._told.add(tab)
            tab.show_card(self.card)
        self.views.setCurrentIndex(number)
        self.status_changed.emit()

    def _show_place(self, found: PupilCard) -> None:
        ids = self._ids(found)
        place = ids.index(found.pupil.id) if found.pupil.id in ids else 0
        self.place.setText(f"{domain.who(found.pupil, found.last)} {place + 1} из {len(ids)}")
        self.former_button.setEnabled(place > 0)
        self.next_button.setEnabled(place + 1 < len(ids))

    def _show_state(self, found: PupilCard) -> None:
        done = found.completeness
        self.state.setVisible(done is not None)
        if done is None:
            return
        if done.complete:
            self.state.say("Портфолио заполнено", Tone.OK)
        elif done.assessed:
            self.state.say(f"Не хватает {done.missing} из {done.total}", Tone.WARN, "circle-half")
        else:
            self.state.say("Портфолио не начато", Tone.NEUTRAL, "circle")

    def _ids(self, found: PupilCard) -> Sequence[str]:
        return self._among if found.pupil.id in self._among else found.among

    def _step(self, step: int) -> None:
        if self.card is None:
            return
        ids = self._ids(self.card)
        place = ids.index(self._wanted) + step if self._wanted in ids else -1
        if 0 <= place < len(ids):
            self.choose_pupil(ids[place], self._among)

    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % self.tabs.count())

    def give(self) -> None:
        """Ask what of the pupil goes to another organisation."""
        if self.card is not None:
            ask_giving(self, self.desk, self.card.pupil.id, lambda error: self.message.say(error.message, Tone.BAD))

    # -- paper -----------------------------------------------------------------------------------

    def _print(self) -> None:
        found = self.card
        if found is None:
            return
        workspace, actor, earlier = self.desk.workspace, self.desk.actor, self.portfolio.earlier_for(found)
        title = f"Карточка, {found.pupil.name.short}"
        draw = partial(pupil_card.paper, workspace, actor, found, earlier)
        PaperDialog(self, self.desk, title, lambda _: draw(), pupil=found.pupil.id).open()
