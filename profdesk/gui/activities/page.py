"""The page «Пробы и события»: the school year's plan, from planned to held in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from profdesk.domain.activities import Activity, State
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.plural import counted
from profdesk.domain.rights import Right
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.activities.acts import ActivityActs
from profdesk.gui.activities.calendar_view import CalendarView
from profdesk.gui.activities.rows import OVERDUE, SORTS, Filter, Rows
from profdesk.gui.activities.verbs import PlanVerbs
from profdesk.gui.activities.year_views import YearViews
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.count_filter import CountFilter
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import activities, pupils
from profdesk.services.activities import YearPlan

LIST, CALENDAR = "list", "calendar"
_KINDS = (Kind.ACTIVITIES, Kind.REGISTERS, Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION, Kind.PROGRAMME)
_FIRST = (
    "Внесите первое событие или пробу, прошедшее тоже можно.",
    (
        ("Запланируйте день, вид и классы", "Экскурсия, встреча, проба, собрание: на всё хватает минуты."),
        ("Отметьте, что провели", "Все приглашённые сразу «были», снимите отметку с тех, кого не было."),
        ("Остальное посчитается само", "Охват, часы и встреченные профессии попадут в сводку и карточки учеников."),
    ),
)


class ActivitiesPage(Page):
    """What is overdue stands first, then month by month; everything can be undone by name."""

    name = "activities"
    title = "Пробы и события"
    icon = "compass"
    help = (
        ("Ctrl+N", "запланировать"),
        ("Enter", "изменить"),
        ("Ctrl+Enter", "провели: отметить, кто был"),
        ("Del", "убрать из плана"),
        ("Ctrl+F", "найти: название, класс, партнёр, профессия"),
        ("PgUp, PgDn, Home", "в календаре: другой месяц, сегодня"),
        ("Ctrl+P", "напечатать то, что показано"),
        ("Ctrl+Z, Ctrl+Y", "отменить, сделать снова"),
    )

    writes = (Right.ACTIVITIES_WRITE,)
    keys_of = ((Right.ACTIVITIES_WRITE, ("Ctrl+N", "Enter", "Ctrl+Enter", "Del", "Ctrl+Z, Ctrl+Y")),)

    header: PageHeader
    view: Segmented
    year: QComboBox
    search_field: SearchField
    more_button: QPushButton
    print_button: QPushButton
    add_button: QPushButton
    filters: QWidget
    overdue_filter: CountFilter
    planned_filter: CountFilter
    held_filter: CountFilter
    cancelled_filter: CountFilter
    sort: QComboBox
    group: QComboBox
    views: QStackedWidget
    sheet: Card
    table: DeskTable
    calendar: CalendarView
    foot: QWidget
    count: QLabel
    withdraw_button: QPushButton
    stages_button: QPushButton
    answers_button: QPushButton
    cancel_button: QPushButton
    edit_button: QPushButton
    hold_button: QPushButton
    message: InlineMessage
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "activities_page")
        self.acts = ActivityActs(desk, self)
        self.verbs = PlanVerbs(desk, self, self.acts, lambda: self._one)
        self.views_of_year = YearViews(desk, self, self.more_button)
        self._year = desk.organisation.period.year
        self._rows = Rows(self._year)
        self._current = self._year
        self._shown: SchoolYear | None = None
        self._chosen = ""
        self._wanted: Callable[[], None] | None = None
        self._stale = True
        self._request = 0
        filters = (self.overdue_filter, self.planned_filter, self.held_filter, self.cancelled_filter)
        states = (OVERDUE, State.PLANNED.value, State.HELD.value, State.CANCELLED.value)
        self._states = dict(zip(states, filters, strict=True))
        self.table.set_columns(self._rows.columns(), key=lambda one: one.id, faded=_is_over)
        self.overdue_filter.set_icon("clock", Tone.WARN)
        self.held_filter.set_icon("check-circle", Tone.OK)
        for code, words in SORTS.items():
            self.sort.addItem(words, code)
        self.group.addItem("Все классы", "")
        self.view.set_choices([(LIST, "Список"), (CALENDAR, "Календарь")])
        self.empty.set_buttons("Запланировать…")
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        for state, button in self._states.items():
            button.clicked.connect(partial(self._choose_state, state))
        for field in (self.sort, self.group):
            field.activated.connect(lambda _: self._filter())
        self.year.activated.connect(lambda _: self._turn_year())
        self.search_field.searched.connect(lambda _: self._filter())
        self.search_field.returnPressed.connect(self.table.setFocus)
        for verb in (self.add_button, self.empty.primary):
            verb.clicked.connect(self._add)
        self.view.chosen.connect(self._turn_view)
        for view in (self.table, self.calendar):
            view.opened.connect(self.acts.edit)
            view.chosen.connect(lambda _: self._offer())
        QShortcut(QKeySequence("Ctrl+N"), self, self.add_button.click)
        self._may_write = allow(self.desk, Right.ACTIVITIES_WRITE, self.add_button, self.empty.primary)
        self.acts.said.connect(self._say)
        self.acts.wrote.connect(self._choose_later)
        self.acts.steps.changed.connect(self.status_changed)
        self.message.acted.connect(self.acts.put_back)
        self.print_button.clicked.connect(self._print)
        self.print_button.setShortcut("Ctrl+P")

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self._offer_years()
            self._read()

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*_KINDS):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def undo(self) -> None:
        self.acts.steps.undo()

    @override
    def redo(self) -> None:
        self.acts.steps.redo()

    @override
    def status(self) -> Status:
        keys = (("Ctrl+N", "запланировать"), ("Ctrl+Enter", "провели"))
        return replace(saved_at(self.desk.saved_at), undo=self.acts.steps.next_undo, keys=keys)

    def show_overdue(self) -> None:
        """Show what of this school year should have been held by now."""
        self._show_this_year(OVERDUE)
        self.table.setFocus()

    def plan_for(self, whom: tuple[str, Sequence[str], Sequence[str]]) -> None:
        """Ask for something that a measure counts, to which groups and pupils are invited, once the plan is read."""
        self._show_this_year()
        self._wanted = partial(self.acts.add_for, *whom)

    def _show_this_year(self, wanted: str = "") -> None:
        self.search_field.clear()
        for field in (self.sort, self.group):
            field.setCurrentIndex(0)
        for state, button in self._states.items():
            button.setChecked(state == wanted)
        self._year = self.desk.organisation.period.year
        self._stale = True
        self.view.choose(LIST)

    # -- reading ---------------------------------------------------------------------------------

    def _offer_years(self) -> None:
        former, self._current = self._current, self.desk.organisation.period.year
        current = self._current
        self._year = current if former != current else self._year
        with QSignalBlocker(self.year):
            self.year.clear()
            for one in (current.next, current, current.previous):
                self.year.addItem(one.title, one.start)
            self.year.setCurrentIndex(max(0, self.year.findData(self._year.start)))
        self._year = SchoolYear(self.year.currentData())

    def _turn_year(self) -> None:
        self._year = SchoolYear(self.year.currentData())
        self._read()

    def _read(self) -> None:
        self._request += 1
        workspace, year = self.desk.workspace, self._year
        self.desk.run(
            lambda: activities.plan(workspace, workspace.actor, year),
            owner=self,
            done=partial(self._show, self._request),
        )

    def _show(self, request: int, plan: YearPlan) -> None:
        if request != self._request:
            return
        first, self._shown = self._shown != plan.year, plan.year
        self.acts.plan, self.views_of_year.year = plan, plan.year
        self._rows.take(plan, pupils.today())
        self._offer_groups(plan)
        there = bool(plan.activities)
        for part in (
            self.filters,
            self.views,
            self.foot,
            self.search_field,
            self.view,
            self.print_button,
            self.add_button,
        ):
            part.setVisible(there)
        self.empty.set_content(
            "compass",
            f"На {plan.year.title} ничего не запланировано",
            *(_FIRST if self._may_write else ("Мероприятия вносят координатор и классные руководители.",)),
        )
        self.empty.setVisible(not there)
        if first:
            self.calendar.choose(None, min(max(pupils.today(), plan.year.first_day), plan.year.last_day))
        self._filter()
        self._choose(first=first)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            wanted()

    def _offer_groups(self, plan: YearPlan) -> None:
        chosen = self.group.currentText()
        with QSignalBlocker(self.group):
            self.group.clear()
            self.group.addItem("Все классы", "")
            for one in sorted(plan.groups.values(), key=lambda group: group.name.sort_key):
                self.group.addItem(one.name.title, one.id)
            self.group.setCurrentIndex(max(0, self.group.findText(chosen)))

    # -- showing ---------------------------------------------------------------------------------

    def _choose_state(self, state: str) -> None:
        for other, button in self._states.items():
            button.setChecked(other == state and button.isChecked())
        self._filter()

    def _filter(self) -> None:
        rows = self._rows
        state = next((one for one, button in self._states.items() if button.isChecked()), "")
        wanted = Filter(self.search_field.text(), self.sort.currentData(), self.group.currentData())
        found = rows.found(wanted)
        self.views_of_year.group = wanted.group
        for one, button in self._states.items():
            button.set_count(len(rows.of_state(found, one)))
        shown = rows.of_state(found, state)
        self.table.set_rows(rows.rows(shown), "Такого в плане нет")
        total, whole = len(rows.plan.activities), len(shown) == len(rows.plan.activities)
        told = counted(total, "строка плана", "строки плана", "строк плана")
        self.count.setText(told if whole else f"показано {len(shown)}, всего {total}")
        self.calendar.set_rows(rows, shown)
        self._offer()

    def _choose(self, *, first: bool) -> None:
        """Keep, or find, the line to begin with: what was just written, else what is next to be done."""
        if self._chosen and self.view.key == CALENDAR:
            found = next((one for one in self._rows.plan.activities if one.id == self._chosen), None)
            self.calendar.choose(found, self.calendar.grid.day)
        if not (self._chosen and self.table.choose(self._chosen)) and (first or self.table.row() is None):
            shown = [one for one in self.table.rows() if isinstance(one, Activity)]
            ahead = [one for one in shown if one.state is State.PLANNED]
            if ahead or shown:
                self.table.choose((ahead or shown)[0].id)
        self._chosen = ""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused) or self.view.isAncestorOf(focused):
            front = self.table if self.view.key == LIST else self.calendar.grid
            (front if self.views.isVisible() else self.empty.primary).setFocus()

    @property
    def _one(self) -> Activity | None:
        """The activity chosen in the view in front."""
        one: Activity | None = (self.table if self.view.key == LIST else self.calendar.day_table).row()
        return one

    def _turn_view(self, view: str) -> None:
        """The same line stays chosen in the other view."""
        if view == CALENDAR:
            self.calendar.choose(self.table.row(), min(pupils.today(), self._rows.plan.year.last_day))
        elif (one := self.calendar.day_table.row()) is not None:
            self.table.choose(one.id)
        self.views.setCurrentIndex([LIST, CALENDAR].index(view))
        self._offer()

    def _offer(self) -> None:
        self.verbs.offer(self._rows)

    # -- acting ----------------------------------------------------------------------------------

    def _add(self) -> None:
        """On the day chosen in the calendar, if that is in front."""
        if self.view.key == CALENDAR and self._rows.plan.activities:
            self.acts.add(self.calendar.grid.day)
        else:
            self.acts.add()

    def _print(self) -> None:
        """The lines shown, in the order of the calendar, with what they were narrowed to."""
        workspace, plan = self.desk.workspace, self._rows.plan
        kept = {one.id for one in self.table.rows() if isinstance(one, Activity)}
        shown = [one for one in plan.activities if one.id in kept]
        about = self._narrowed()
        title = f"План проб и событий {plan.year.title}"
        draw = partial(activities.plan_paper, workspace, workspace.actor, plan, shown, about)
        PaperDialog(self, self.desk, title, lambda _: draw()).open()

    def _narrowed(self) -> str:
        """«Пробы, 9 «А», просрочено, найдено по словам «завод»»; empty where the whole plan is shown."""
        chosen = [field.currentText() for field in (self.sort, self.group) if field.currentData()]
        chosen += [button.text().lower() for button in self._states.values() if button.isChecked()]
        typed = self.search_field.text().strip()
        return ", ".join([*chosen, *([f"найдено по словам «{typed}»"] if typed else [])])

    def _choose_later(self, activity: str) -> None:
        """Choose a line when the plan is read: what was written is on its way."""
        self._chosen = activity

    def _say(self, words: str, tone: Tone, action: str) -> None:
        if words:
            self.message.say(words, tone, action)
        else:
            self.message.clear()


def _is_over(one: Activity) -> bool:
    return one.state is not State.PLANNED
