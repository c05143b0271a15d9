"""The page «Обзор»: what is left to do, each line a key from done, and how far the targets are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal, SignalInstance
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk import settings
from profdesk.domain import choices, pupil_list
from profdesk.domain import overview_words as words
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.overview import Reading, Subject, Task, overview
from profdesk.domain.rights import Right
from profdesk.domain.scope import WHOLE, Scope, groups_offered, levels_offered
from profdesk.errors import ProfdeskError
from profdesk.gui.common.consents_dialog import ask_consents
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.nobody import say_nobody
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.tones import Tone
from profdesk.gui.overview import lines
from profdesk.gui.overview.coverage_bars import CoverageBars
from profdesk.gui.overview.lines import Line
from profdesk.gui.overview.task_list import TaskList
from profdesk.gui.overview.year_chart import YearChart
from profdesk.services import overview as verbs
from profdesk.services import pupils

_HERE = {Subject.CONSENTS: Right.CONSENTS_WRITE, Subject.COPY: Right.COPIES_MAKE}
"""What is done on the spot, by the right it needs."""
_DONE = ("На сегодня всё сделано", "Когда что-нибудь понадобится, оно появится здесь.")
_FIRST = (
    ("Загрузите список классов", "Любая таблица из электронного журнала подойдёт."),
    ("Отметьте портфолио", "По клеткам класса: от каждой компетенции до сертификата."),
    ("Запишите мероприятия", "Кто на них был, сразу идёт в показатели и в карточку ученика."),
)


class OverviewPage(Page):
    """Reads the whole organisation anew after every change; another scope is but another sum."""

    name = "overview"
    title = "Обзор"
    icon = "house"
    help = (
        ("↑ ↓", "от дела к делу"),
        ("Enter", "сделать или перейти туда, где это делают"),
        ("Ctrl+Enter", "список учеников, о которых речь"),
        ("Ctrl+Z, Ctrl+Y", "отменить записанное здесь, сделать снова"),
        ("Ctrl+P", "напечатать, что осталось сделать"),
        ("Ctrl+1", "вернуться сюда"),
    )

    wanted_pupils = Signal()
    """There is nobody yet: the user wants to load a list."""
    wanted_some = Signal(object)
    """Whom to show in the list of pupils: why, as words, and their ids."""
    wanted_homeless = Signal()
    wanted_uncovered = Signal(str)
    """The scope of the list of pupils whose portfolios are not complete."""
    wanted_portfolio = Signal(str)
    """The id of a group to be assessed."""
    wanted_certificates = Signal(str)
    """The id of a group whose certificates can be printed."""
    wanted_activity = Signal(object)
    """What is to be planned: the measure it is for, and the ids of the groups and pupils it is missing for."""
    wanted_choices = Signal(object)
    """The measure by which choices are missing, and the id of the group where most are."""
    wanted_overdue = Signal()
    wanted_agreements = Signal(str)
    """Words that find them in their register."""
    wanted_summary = Signal()
    wanted_copy = Signal()

    header: PageHeader
    scope: QComboBox
    day: QLabel
    print_button: QPushButton
    summary_button: QPushButton
    content: QWidget
    count: QLabel
    tasks: TaskList
    message: InlineMessage
    uncovered_button: QPushButton
    bars: CoverageBars
    no_bars: QLabel
    years: QLabel
    chart: YearChart
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "overview_page")
        self.steps = Steps(desk, self)
        self._reading: Reading | None = None
        self._stale = True
        self._chosen = settings.load().scope
        advice = "Сначала нужны ученики."
        fact = "Здесь будет видно, что осталось сделать"
        say_nobody(desk, self.empty, "house", fact, advice, "Загрузить список класса", _FIRST)
        self.empty.hide()
        if not desk.may(Right.SUMMARY_SIGN):
            self.summary_button.setText("К сводке")
        self.count.setText("Считаем…")
        self.setFocusProxy(self.tasks)
        self._connect()

    def _connect(self) -> None:
        self.scope.activated.connect(self._choose)
        self.tasks.opened.connect(self._go)
        self.tasks.turned_aside.connect(self._show_some)
        self.steps.changed.connect(self.status_changed)
        self.steps.turned.connect(self._tell_turned)
        self.steps.failed.connect(self._tell_failed)
        self.message.acted.connect(self.steps.undo)
        self.uncovered_button.clicked.connect(self._show_uncovered)
        self.print_button.clicked.connect(self._print)
        self.print_button.setShortcut("Ctrl+P")
        self.summary_button.clicked.connect(self.wanted_summary)
        self.empty.primary.clicked.connect(self.wanted_pupils)

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        self.summary_button.setVisible(self.leads(self.wanted_summary))
        if self._stale or (self._reading is not None and self._reading.today != pupils.today()):
            self._stale = False
            workspace = self.desk.workspace
            self.desk.run(lambda: verbs.read(workspace, workspace.actor), owner=self, done=self._take)

    @override
    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*(set(Kind) - {Kind.SUMMARIES, Kind.KEYS, Kind.EVIDENCE, Kind.FIGURES})):
            self._stale = True
            if self.isVisible():
                self.activate()

    @override
    def undo(self) -> None:
        self.steps.undo()

    @override
    def redo(self) -> None:
        self.steps.redo()

    @override
    def status(self) -> Status:
        shown = self.tasks.lines()
        do = (("Enter", "сделать"),) if any(line.link for line in shown) else ()
        keys = (*do, *((("Ctrl+Enter", "список"),) if any(line.aside for line in shown) else ()))
        return replace(saved_at(self.desk.saved_at), undo=self.steps.next_undo, keys=keys)

    # -- showing ---------------------------------------------------------------------------------

    def _take(self, reading: Reading) -> None:
        first, self._reading = self._reading is None, reading
        there = bool(reading.now.pupils or reading.homeless)
        for part in (self.content, self.scope, self.day, self.print_button):
            part.setVisible(there)
        self.summary_button.setVisible(there and self.leads(self.wanted_summary))
        self.empty.setVisible(not there)
        self._offer_scopes(reading)
        self.day.setText(words.weekday(reading.today))
        self._show()
        if first and self.isVisible():
            (self.tasks if there else self.empty.primary).setFocus()

    def _offer_scopes(self, reading: Reading) -> None:
        attended = [reading.now.groups[group] for group in set(reading.now.pupils.values())]
        offered = [
            (self.desk.organisation.kind.everybody, WHOLE),
            *levels_offered(reading.programme, attended),
            *groups_offered(attended),
        ]
        with QSignalBlocker(self.scope):
            self.scope.clear()
            for title, one in offered:
                self.scope.addItem(title, one.code)
            self.scope.setCurrentIndex(max(0, self.scope.findData(self._chosen)))

    @property
    def chosen(self) -> Scope:
        """The scope shown."""
        return Scope.coded(str(self.scope.currentData() or ""))

    def _choose(self, _index: int) -> None:
        self._chosen = str(self.scope.currentData())
        settings.remember(replace(settings.load(), scope=self._chosen))
        self._show()

    def _show(self) -> None:
        reading = self._reading
        if reading is None:
            return
        found = overview(reading, self.chosen)
        self.tasks.show_lines(lines.rows([self._line(task, reading) for task in found.tasks]), _DONE)
        self.count.setText(words.counted(found))
        self.bars.show_bars(found.bars)
        self.no_bars.setVisible(not found.bars)
        self.years.setText(words.course_title(found))
        self.chart.show_years(found.now, found.before, found.aim)
        self.status_changed.emit()

    def _line(self, task: Task, reading: Reading) -> Line:
        line = lines.line(task, reading.programme, reading.today)
        signal, _ = self._ways(task)
        there = self.leads(signal) if signal is not None else self.desk.may(_HERE[task.subject])
        listed = self.leads(self.wanted_some)
        return replace(line, link=line.link if there else "", aside=line.aside if listed else "")

    # -- leading on ------------------------------------------------------------------------------

    def _ways(self, task: Task) -> tuple[SignalInstance | None, Callable[[], None]]:
        """What does a task, and the signal that it sends where it is done elsewhere."""
        group = task.groups[0].id if task.groups else ""
        agreements = (self.wanted_agreements, lambda: self.wanted_agreements.emit(words.agreements(task)))
        ways: dict[Subject, tuple[SignalInstance | None, Callable[[], None]]] = {
            Subject.PORTFOLIOS: (self.wanted_portfolio, lambda: self.wanted_portfolio.emit(group)),
            Subject.REACH: self._way_to_reach(task),
            Subject.CONSENTS: (None, lambda: self._ask_consents(task)),
            Subject.OVERDUE: (self.wanted_overdue, self.wanted_overdue.emit),
            Subject.EXPIRED: agreements,
            Subject.ENDING: agreements,
            Subject.CERTIFICATES: (self.wanted_certificates, lambda: self.wanted_certificates.emit(group)),
            Subject.COPY: (self.wanted_copy, self.wanted_copy.emit),
            Subject.HOMELESS: (self.wanted_homeless, self.wanted_homeless.emit),
        }
        return ways[task.subject]

    def _way_to_reach(self, task: Task) -> tuple[SignalInstance, Callable[[], None]]:
        measure = task.figure.indicator.rule.measure if task.figure is not None else ""
        if measure in choices.MEASURES:
            return self.wanted_choices, lambda: self.wanted_choices.emit((measure, task.groups[0].id))
        return self.wanted_activity, lambda: self._plan(task)

    def _go(self, task: Task) -> None:
        self.message.clear()
        _, do = self._ways(task)
        do()

    def _show_some(self, task: Task) -> None:
        told = next(line.told for line in self.tasks.lines() if line.task is task)
        self.wanted_some.emit((f"{words.number(task.count)} {told.words}", task.pupils))

    def _plan(self, task: Task) -> None:
        """Invite whole classes where nobody was reached, and the others by name, class by class."""
        if task.figure is not None and self._reading is not None:
            whole, now = [group.id for group in task.whole_groups], self._reading.now
            alone = [pupil for pupil in task.pupils if now.pupils[pupil] not in whole]
            alone.sort(key=lambda pupil: (now.groups[now.pupils[pupil]].name.sort_key, pupil))
            self.wanted_activity.emit((task.figure.indicator.rule.measure, whole, alone))

    def _ask_consents(self, task: Task) -> None:
        ask_consents(self, self.desk, task.pupils, self._tell_consents, self.activate)

    def _tell_consents(self, step: Step) -> None:
        self.steps.add(step)
        self.message.say(f"{step.words[:1].upper()}{step.words[1:]}.", Tone.OK, "Отменить")
        self.tasks.setFocus()

    def _print(self) -> None:
        reading, scope, whose = self._reading, self.chosen, self.scope.currentText()
        if reading is not None:
            workspace = self.desk.workspace
            draw = partial(verbs.paper, workspace, workspace.actor, reading, scope, whose)
            PaperDialog(self, self.desk, "Что осталось сделать", lambda _: draw()).open()

    def _tell_turned(self, step: Step, undone: bool) -> None:
        self.message.say(f"{'Отменено' if undone else 'Сделано снова'}: {step.words}.", Tone.INFO)

    def _tell_failed(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

    def _show_uncovered(self) -> None:
        scope = self.chosen
        named = pupil_list.of_level(scope.level) if scope.level else pupil_list.of_group(scope.group)
        self.wanted_uncovered.emit(pupil_list.ALL if scope.whole else named)
