"""The page «Обзор класса»: how the class stands, whom to help, and its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.class_overview import ClassOverview, PupilChange, leading
from profdesk.domain.people import Group, Pupil
from profdesk.domain.portfolio import Completeness
from profdesk.domain.school_year import Period
from profdesk.domain.summary import StageCounts
from profdesk.gui.class_overview.stage_bars import StageBars
from profdesk.gui.common import class_choice
from profdesk.gui.common.allowed import withhold
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.nobody import say_nobody
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.progress import TargetBar
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import class_papers, pupils

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

_MANY, _FRAME = 12, 2
"""From how many rows a list scrolls rather than grows, and how many its card takes for itself."""
Unfinished = tuple[Pupil, Completeness]

_UNFINISHED: tuple[Column[Unfinished], ...] = (
    Column("Фамилия, имя", lambda row: row[0].name.short),
    Column(
        "Портфолио",
        lambda row: f"не хватает {row[1].missing}" if row[1].assessed else "не начато",
        width=120,
        right=True,
    ),
)
_CHANGES: tuple[Column[PupilChange], ...] = (
    Column("Фамилия, имя", lambda row: row.pupil.name.short),
    Column(
        "Выше",
        lambda row: str(len(row.risen)) if row.risen else "",
        width=76,
        right=True,
        look=lambda row: Look("caret-up" if row.risen else "", Tone.OK),
    ),
    Column(
        "Ниже",
        lambda row: str(len(row.fallen)) if row.fallen else "",
        width=76,
        right=True,
        look=lambda row: Look("caret-down" if row.fallen else "", Tone.WARN),
    ),
)


@dataclass(frozen=True)
class _Reading:
    groups: Sequence[Group]
    period: Period
    overview: ClassOverview | None


class ClassOverviewPage(Page):
    """Reads one class of one term; nothing is written here."""

    name = "class-overview"
    title = "Обзор класса"
    icon = "users-three"
    help = (
        ("Ctrl+P", "напечатать обзор"),
        ("Ctrl+Shift+P", "напечатать лист наблюдения"),
        ("Enter", "открыть карточку выбранного ученика"),
    )

    wanted_pupils = Signal()
    """There is no class yet: the user wants to load a list of one."""
    wanted_card = Signal(str)
    """The id of a pupil whose card the user wants to see."""

    wanted_references = Signal(str)
    """The id of a class whose pupils' references the user wants to write."""

    header: PageHeader
    group: QComboBox
    period: QComboBox
    references_button: QPushButton
    sheet_button: QPushButton
    print_button: QPushButton
    content: QWidget
    lists: QVBoxLayout
    portfolio_card: QWidget
    changes_card: QWidget
    bars: StageBars
    complete: QLabel
    bar: TargetBar
    unfinished: DeskTable
    all_complete: QLabel
    extremes_card: QWidget
    strongest: QLabel
    strongest_shares: QLabel
    weakest: QLabel
    weakest_shares: QLabel
    changes: DeskTable
    no_changes: QLabel
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "class_overview_page")
        self._overview: ClassOverview | None = None
        self._wanted: str | None = None
        self._periods = class_choice.periods(desk.organisation)
        self._request = 0
        self._stale = True
        self.unfinished.set_columns(_UNFINISHED, key=lambda row: row[0].id)
        self.unfinished.horizontalHeader().hide()
        self.changes.set_columns(_CHANGES, key=lambda row: row.pupil.id)
        advice = "Загрузите список класса и отметьте портфолио."
        say_nobody(desk, self.empty, "users-three", "Классов пока нет", advice, "К обучающимся")
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.group.currentIndexChanged.connect(self._choose_group)
        self.period.currentIndexChanged.connect(lambda _: self._read())
        self.print_button.clicked.connect(self._print_overview)
        self.print_button.setShortcut("Ctrl+P")
        self.references_button.clicked.connect(lambda: self.wanted_references.emit(self.group.currentData()))
        self.sheet_button.clicked.connect(self._print_sheet)
        self.sheet_button.setShortcut("Ctrl+Shift+P")
        self.unfinished.opened.connect(lambda row: self.wanted_card.emit(row[0].id))
        self.changes.opened.connect(lambda row: self.wanted_card.emit(row.pupil.id))
        self.empty.primary.clicked.connect(self.wanted_pupils)

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        if not self.leads(self.wanted_references):
            withhold(self.references_button)
        if self._stale:
            self._stale = False
            self._offer_periods()
            self._read()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(Kind.ASSESSMENTS, Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION, Kind.PROGRAMME):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def status(self) -> Status:
        return saved_at(self.desk.saved_at)

    def choose_group(self, group_id: str) -> None:
        """Show a class of the current term by its id."""
        self._wanted = group_id
        self._stale = True
        if self.isVisible():
            self.activate()

    # -- reading ---------------------------------------------------------------------------------

    def _offer_periods(self) -> None:
        current = self.desk.organisation.period
        chosen = self._period if self.period.count() else current
        self._periods = class_choice.periods(self.desk.organisation)
        with QSignalBlocker(self.period):
            self.period.clear()
            self.period.addItems([period.title for period in self._periods])
            self.period.setCurrentIndex(self._periods.index(chosen if chosen in self._periods else current))

    @property
    def _period(self) -> Period:
        return self._periods[max(0, self.period.currentIndex())]

    def _choose_group(self, _index: int) -> None:
        self._wanted = self.group.currentData()
        self._read()

    def _read(self) -> None:
        self._request += 1
        workspace, period, wanted = self.desk.workspace, self._period, self._wanted
        shown = self._overview.grid.group if self._overview else None
        self.desk.run(
            lambda: _read(workspace, period, wanted, shown), owner=self, done=partial(self._show, self._request)
        )

    def _show(self, request: int, found: _Reading) -> None:
        if request != self._request:
            return
        self._overview = found.overview
        there = found.overview is not None
        for part in (self.content, self.group, self.references_button, self.sheet_button, self.print_button):
            part.setVisible(there)
        self.empty.setVisible(not there)
        with QSignalBlocker(self.group):
            self.group.clear()
            for group in found.groups:
                self.group.addItem(group.name.title, group.id)
            if found.overview is not None:
                self._wanted = found.overview.grid.group.id
                self.group.setCurrentIndex(self.group.findData(self._wanted))
        if found.overview is not None:
            self._show_overview(found.overview)

    def _show_overview(self, found: ClassOverview) -> None:
        total = len(found.grid.pupils)
        words = f"{found.complete} из {total}"
        self.bars.show_rows(found.competencies, found.scale)
        self.complete.setText(words)
        self.bar.show_share(found.complete / total if total else 0, words=f"Заполнено {words}")
        self.unfinished.set_rows(found.unfinished)
        self.unfinished.setVisible(bool(found.unfinished))
        self.all_complete.setText("" if found.unfinished else "У всего класса портфолио заполнено")
        self.all_complete.setVisible(not found.unfinished)
        _list(self.strongest, self.strongest_shares, found.strongest)
        _list(self.weakest, self.weakest_shares, found.weakest)
        self.extremes_card.setVisible(bool(found.strongest or found.weakest))
        self.changes.set_rows(leading(found.changes))
        self.changes.setVisible(bool(found.changes))
        same = (
            "Стадии те же, что в прошлом полугодии"
            if found.compared
            else "Сравнить не с чем: в прошлом полугодии оценок нет"
        )
        self.no_changes.setText(same)
        self.no_changes.setVisible(not found.changes)
        self._share_out()

    def _share_out(self) -> None:
        """Give each list the room its rows ask for."""
        for card, table in ((self.portfolio_card, self.unfinished), (self.changes_card, self.changes)):
            rows = len(table.rows())
            self.lists.setStretchFactor(card, rows and min(rows, _MANY) + _FRAME)

    # -- papers ----------------------------------------------------------------------------------

    def _print_overview(self) -> None:
        found = self._overview
        if found is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        title = f"Обзор класса {found.grid.group.name.title}, {found.grid.period.title}"
        PaperDialog(self, self.desk, title, lambda _: class_papers.overview_paper(workspace, actor, found)).open()

    def _print_sheet(self) -> None:
        found = self._overview
        if found is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        group, period = found.grid.group, found.grid.period
        title = f"Лист наблюдения {group.name.title}, {period.title}"

        def draw(with_earlier: bool) -> bytes:
            return class_papers.observation_sheet(workspace, actor, group.id, period, with_earlier=with_earlier)

        PaperDialog(self, self.desk, title, draw, "С оценками прошлого полугодия").open()


def _read(workspace: Workspace, period: Period, wanted: str | None, shown: Group | None) -> _Reading:
    groups = [group for group in pupils.groups(workspace, workspace.actor, period.year) if group.size]
    group = class_choice.choose(groups, wanted, shown)
    found = None if group is None else class_papers.overview(workspace, workspace.actor, group.id, period)
    return _Reading(groups, period, found)


def _list(names: QLabel, shares: QLabel, rows: Sequence[StageCounts]) -> None:
    """Show a competency a line with its share at the right; a screen reader hears both together."""
    lines = [(row.competency.plain_short, f"{row.high} из {row.assessed}, {row.percent} %") for row in rows]
    for label in (names, shares):
        label.setTextFormat(Qt.TextFormat.RichText)
    names.setText(_airy([name for name, _ in lines]))
    names.setAccessibleName(". ".join(f"{name}: {share}" for name, share in lines))
    shares.setText(_airy([share for _, share in lines]))


def _airy(lines: Sequence[str]) -> str:
    return f'<p style="line-height: 140%">{"<br>".join(map(escape, lines))}</p>'
