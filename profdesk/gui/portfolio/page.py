"""The page «Портфолио»: a class on one screen, a stage a key, every key committed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import Group
from profdesk.domain.portfolio import Cell, Grid
from profdesk.domain.school_year import Period
from profdesk.gui.common import class_choice, plural
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.progress import TargetBar
from profdesk.gui.common.tones import Tone
from profdesk.gui.portfolio import reading
from profdesk.gui.portfolio.legend import Legend
from profdesk.gui.portfolio.marking import Marking
from profdesk.gui.portfolio.reading import Reading
from profdesk.gui.portfolio.view import GridView

_SLOW_MS = 400
_REREAD_MS = 500


class PortfolioPage(Page):
    """Keys go to the grid at once; the class is read again whenever all of them are committed."""

    name = "portfolio"
    title = "Портфолио"
    icon = "grid-four"
    help = (
        ("0, 1, 2, 3", "поставить стадию и перейти к следующей компетенции, в конце строки — к ученику ниже"),
        ("Del", "очистить клетку"),
        ("Стрелки, Home, End", "перейти к другой клетке"),
        ("Ctrl+Home, Ctrl+End", "к первой клетке класса, к последней"),
        ("Shift+стрелки", "выбрать блок: цифра или Del подействуют на весь блок"),
        ("Esc", "снова выбрать одну клетку"),
        ("F4 или Alt+П", "к следующей пустой клетке"),
        ("Ctrl+Z, Ctrl+Y", "отменить, вернуть: тоже записывается сразу"),
    )

    wanted_pupils = Signal()
    """There is no class yet: the user wants to load a list of one."""

    header: PageHeader
    group: QComboBox
    period: QComboBox
    coverage: QWidget
    complete: QLabel
    blanks: QLabel
    bar: TargetBar
    blank_button: QPushButton
    content: QWidget
    table: GridView
    message: InlineMessage
    legend: Legend
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "portfolio_page")
        self.marking = Marking(desk, self.table.grid, self)
        self._current = desk.organisation.period
        self._periods = class_choice.periods(desk.organisation)
        self._wanted: str | None = None
        self._stale = True
        self._request = 0
        self._loss_here = False
        self._late = False
        self._slow = _timer(self, _SLOW_MS, self._grow_late)
        self._reread = _timer(self, _REREAD_MS, self._read)
        self.setFocusProxy(self.table)
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.group.currentIndexChanged.connect(self._choose_group)
        self.period.currentIndexChanged.connect(lambda _: self._read())
        self.table.stage_given.connect(self._mark)
        self.table.digit_refused.connect(self._refuse_digit)
        self.marking.changed.connect(self._show_state)
        self.marking.drained.connect(self._reread.start)
        self.marking.lost.connect(self._tell_loss)
        self.message.acted.connect(self._answer_message)
        self.blank_button.clicked.connect(self._go_to_blank)
        # Only in the grid: in a selector F4 opens its list.
        to_blank = QShortcut(QKeySequence("F4"), self.table, context=Qt.ShortcutContext.WidgetShortcut)
        to_blank.activated.connect(self.blank_button.click)
        self.empty.primary.clicked.connect(self._leave_empty)
        for selector in (self.group, self.period):
            selector.view().installEventFilter(self)

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self._offer_periods()
            self._read()
        self.table.setFocus()

    @override
    def on_changes(self, changes: Changes) -> None:
        own = self.marking.waiting and not changes.touches(*(set(Kind) - {Kind.ASSESSMENTS}))
        shown = (Kind.ASSESSMENTS, Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION, Kind.PROGRAMME)
        if own or not changes.touches(*shown):
            return
        self._stale = True
        if self.isVisible():
            self.activate()

    @override
    def undo(self) -> None:
        self._point_at(self.marking.undo())

    @override
    def redo(self) -> None:
        self._point_at(self.marking.redo())

    @override
    def status(self) -> Status:
        said = Status(self.tr("Сохраняем…")) if self._late else saved_at(self.desk.saved_at)
        keys = (
            (("Ctrl+Y", self.tr("вернуть: {what}").format(what=self.marking.redo_words)),)
            if self.marking.redo_words
            else ()
        )
        return replace(said, undo=self.marking.undo_words, keys=keys)

    def choose_group(self, group_id: str) -> None:
        """Show a class of the current term by its id, once the page is read."""
        self._wanted = group_id
        with QSignalBlocker(self.period):
            self.period.setCurrentIndex(self.period.findText(self._current.title))
        self._stale = True
        if self.isVisible():
            self.activate()

    # -- reading ---------------------------------------------------------------------------------

    def _offer_periods(self) -> None:
        """Stay on the chosen term, but follow the school into the next one."""
        chosen, former = self._period, self._current
        self._current = self.desk.organisation.period
        self._periods = class_choice.periods(self.desk.organisation)
        if chosen == former or chosen not in self._periods:
            chosen = self._current
        with QSignalBlocker(self.period):
            self.period.clear()
            self.period.addItems([period.title for period in self._periods])
            self.period.setCurrentIndex(self._periods.index(chosen))

    @property
    def _period(self) -> Period:
        place = self.period.currentIndex()
        return self._current if place < 0 else self._periods[place]

    def _choose_group(self, _index: int) -> None:
        self._wanted = self.group.currentData()
        self._read()

    def _read(self) -> None:
        if not self.desk.is_open:
            return
        self._request += 1
        workspace, period = self.desk.workspace, self._period
        wanted, shown = self._wanted, self._shown_group
        self.desk.run(
            lambda: reading.read(workspace, period, wanted, shown),
            owner=self,
            done=partial(self._show, self._request),
        )

    @property
    def _shown_group(self) -> Group | None:
        sheet = self.table.grid.sheet
        return None if sheet is None else sheet.grid.group

    def _show(self, request: int, found: Reading) -> None:
        if request != self._request:
            return
        self._offer_groups(found)
        there = found.grid is not None
        for part in (self.content, self.group, self.coverage, self.blank_button):
            part.setVisible(there)
        self.empty.setVisible(not there)
        if found.grid is None:
            self._show_nothing(found)
        elif not self.table.grid.refresh(found.grid):
            self._open(found.grid)
        self._show_state()

    def _offer_groups(self, found: Reading) -> None:
        offered = [(self.group.itemText(place), self.group.itemData(place)) for place in range(self.group.count())]
        groups = [(group.name.title, group.id) for group in found.groups]
        with QSignalBlocker(self.group):
            if groups != offered:
                self.group.clear()
                for title, group_id in groups:
                    self.group.addItem(title, group_id)
            if found.grid is not None:
                self._wanted = found.grid.group.id
                self.group.setCurrentIndex(self.group.findData(self._wanted))

    def _show_nothing(self, found: Reading) -> None:
        self.table.grid.clear()
        self.marking.begin()
        if found.period.year == self._current.year:
            advice = self.tr("Сначала загрузите список класса: портфолио появится само.")
            self.empty.set_content("student", self.tr("Отмечать пока некого"), advice)
            self.empty.set_buttons(self.tr("К обучающимся"))
        else:
            fact = self.tr("В {year} учебном году классов нет").format(year=found.period.year.title)
            self.empty.set_content("student", fact, self.tr("Списки того года не загружались."))
            self.empty.set_buttons(self.tr("К текущему полугодию"))
        self.empty.primary.setFocus()

    def _leave_empty(self) -> None:
        if self._period.year == self._current.year:
            self.wanted_pupils.emit()
        else:
            self.period.setCurrentIndex(self._periods.index(self._current))

    def _open(self, grid: Grid) -> None:
        stages = self.desk.programme.stages
        self.table.grid.show_grid(grid, stages)
        who = self.tr("Ребёнок") if grid.group.name.grade is None else self.tr("Ученик")
        self.table.set_words(
            self.tr("Портфолио {group}, {period}").format(group=grid.group.name.title, period=grid.period.title),
            who,
            frozenset(stage.value for stage in stages),
        )
        self.legend.show_stages(stages)
        self.message.clear()
        self.marking.begin()
        sheet = self.table.grid.sheet
        blank = None if sheet is None else sheet.next_blank(0, -1)
        self.table.go_to(*(blank or (0, 0)))

    # -- marking ---------------------------------------------------------------------------------

    def _mark(self, stage: int | None) -> None:
        cells = self.table.chosen_cells()
        if not cells:
            return
        self.marking.mark(cells, stage)
        if len(cells) == 1 and stage is not None:
            self.table.advance()

    def _refuse_digit(self) -> None:
        values = [stage.value for stage in self.desk.programme.stages]
        words = self.tr("Такой стадии нет: ставьте от {low} до {high}")
        self.desk.said.emit(words.format(low=min(values), high=max(values)))

    def _point_at(self, cells: tuple[Cell, ...]) -> None:
        places = [place for place in map(self.table.grid.place, cells) if place.isValid()]
        if places:
            self.table.choose(places)

    def _go_to_blank(self) -> None:
        sheet = self.table.grid.sheet
        blank = None if sheet is None else sheet.next_blank(*self.table.choice.current)
        if blank is not None:
            self.table.go_to(*blank)
        self.table.setFocus()

    # -- telling ---------------------------------------------------------------------------------

    def _show_state(self) -> None:
        sheet = self.table.grid.sheet
        if sheet is not None:
            complete, total, blanks = sheet.complete, len(sheet.pupils), sheet.blanks
            words = self.tr("Заполнено {complete} из {total}").format(complete=complete, total=total)
            self.complete.setText(words)
            self.blanks.setText(plural.counted(blanks, "пустая", "пустые", "пустых") if blanks else "пустых нет")
            self.bar.show_share(complete / total if total else 0, words=words)
            self.blank_button.setEnabled(blanks > 0)
        if self._loss_here and not self.marking.unsaved:
            self._loss_here = False
            self.message.clear()
        self._watch_waiting()
        self.status_changed.emit()

    def _watch_waiting(self) -> None:
        """Say «Сохраняем…» only when it lasts: most keys are committed within an eye's blink."""
        if not self.marking.waiting:
            self._late = False
            self._slow.stop()
        elif not self._late and not self._slow.isActive():
            self._slow.start()

    def _grow_late(self) -> None:
        self._late = True
        self.status_changed.emit()

    def _tell_loss(self, words: str, why: str) -> None:
        unsaved = self.marking.unsaved
        self._loss_here = unsaved > 0
        if unsaved > 1:
            what = self.tr("Не сохранено клеток: {count}.").format(count=unsaved)
        else:
            what = self.tr("Не сохранено: {what}.").format(what=words)
        action = self.tr("Повторить") if unsaved else self.tr("Скрыть")
        self.message.say(f"{what} {why}".strip(), Tone.BAD, action)

    def _answer_message(self) -> None:
        self.message.clear()
        if self._loss_here:
            self._loss_here = False
            self.marking.retry()
        self.table.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When a selector's list has closed, keys go to the grid again."""
        if event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self.table, self.table.setFocus)
        return super().eventFilter(watched, event)


def _timer(parent: QObject, interval: int, action: Callable[[], None]) -> QTimer:
    """Make a timer that runs once a start, ``interval`` milliseconds later."""
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(interval)
    made.timeout.connect(action)
    return made
