"""The page «Портфолио»: a class on one screen, a stage a key, every key committed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.changes import Changes, Kind
from profdesk.domain.people import Group, pupil_words
from profdesk.domain.portfolio import STAFF, Basis, Cell, Grid
from profdesk.domain.rights import Right
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.nobody import say_nobody
from profdesk.gui.common.page import Page, Status
from profdesk.gui.common.progress import TargetBar
from profdesk.gui.common.tones import Tone
from profdesk.gui.portfolio import reading
from profdesk.gui.portfolio.carrying import Carrying
from profdesk.gui.portfolio.cell_opening import CellOpening
from profdesk.gui.portfolio.filling import Filling
from profdesk.gui.portfolio.legend import Legend
from profdesk.gui.portfolio.marking import Marking
from profdesk.gui.portfolio.narrowing import Narrowing
from profdesk.gui.portfolio.occasion import OccasionSelector
from profdesk.gui.portfolio.reading import Reading
from profdesk.gui.portfolio.scope import Scope
from profdesk.gui.portfolio.telling import Coverage, Telling
from profdesk.gui.portfolio.view import GridView
from profdesk.gui.portfolio.zooming import Zooming

_REREAD_MS = 500


class PortfolioPage(Page):
    """Keys go to the grid at once; the class is read again whenever all of them are committed."""

    name = "portfolio"
    title = "Портфолио"
    icon = "grid-four"
    help = (
        ("0, 1, 2, 3", "поставить стадию, курсор сам перейдёт к следующей клетке"),
        ("Enter, Shift+Enter", "вниз, вверх; Enter сразу после цифры ведёт вниз и следующие цифры"),
        ("Tab, Shift+Tab", "вправо, влево; Tab сразу после цифры ведёт вправо и следующие цифры"),
        ("Ctrl+Tab, Ctrl+Shift+Tab", "из таблицы к следующей кнопке, к прежней"),
        ("Del", "очистить клетку"),
        ("Стрелки, Home, End", "перейти к другой клетке"),
        ("Ctrl+Home, Ctrl+End", "к первой клетке класса, к последней"),
        ("Shift+стрелки", "выбрать блок: цифра или Del подействуют на весь блок"),
        ("Ctrl+D", "заполнить блок вниз стадиями его верхней строки"),
        ("Ctrl+Shift+D", "взять в пустые клетки строки стадии прошлого полугодия"),
        ("Ctrl+C", "скопировать блок в электронную таблицу"),
        ("Ctrl+V", "вставить из электронной таблицы; с именами — по именам"),
        ("Ctrl+Shift+C", "скопировать с именами и названиями"),
        ("Esc", "снова выбрать одну клетку, скрыть сообщение"),
        ("F2", "заметка, файлы и история клетки; другая оценка"),
        ("F4 или Alt+П", "к следующей пустой клетке"),
        ("Shift+F4", "показать только тех, у кого есть пустые клетки; ещё раз — весь класс"),
        ("Ctrl++, Ctrl+−, Ctrl+0", "крупнее, мельче, как обычно; то же Ctrl и колесо"),
        ("Ctrl+Z, Ctrl+Y", "отменить, вернуть: тоже записывается сразу"),
    )

    writes = (Right.PORTFOLIO_WRITE,)
    keys_of = (
        (
            Right.PORTFOLIO_WRITE,
            ("0, 1, 2, 3", "Del", "Shift+стрелки", "Ctrl+D", "Ctrl+Shift+D", "Ctrl+V", "Ctrl+Z, Ctrl+Y"),
        ),
    )

    wanted_pupils = Signal()
    """There is no class yet: the user wants to load a list of one."""
    wanted_card = Signal(str)
    """The id of a pupil whose card the user wants to see."""

    header: PageHeader
    group: QComboBox
    period: QComboBox
    occasion: OccasionSelector
    coverage: QWidget
    complete: QLabel
    blanks: QPushButton
    bar: TargetBar
    before_button: QPushButton
    blank_button: QPushButton
    content: QWidget
    strand_message: InlineMessage
    table: GridView
    message: InlineMessage
    legend: Legend
    empty: EmptyState

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "portfolio_page")
        self.marking = Marking(desk, self.table.grid, self)
        self.scope = Scope(desk.organisation, self.group, self.period, self.table)
        self.telling = Telling(desk, self.marking, self.message)
        self.filling = Filling(desk, self.table, self.marking, self.telling)
        self.carrying = Carrying(desk, self.table, self.marking, self.before_button)
        self.narrowing = Narrowing(self.table, self.blanks)
        self.zooming = Zooming(desk, self.table, self)
        self.opening = CellOpening(desk, self.table, self.marking)
        self._coverage = Coverage(self.complete, self.blanks, self.bar)
        self._stale = True
        self._request = 0
        self._reread = QTimer(self, singleShot=True, interval=_REREAD_MS)
        self._reread.timeout.connect(self._read)
        self.setFocusProxy(self.table)
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.scope.changed.connect(self._read)
        self.occasion.occasion_changed.connect(self._choose_occasion)
        self.table.add_verb(self.tr("Открыть карточку"), ["Ctrl+Return", "Ctrl+Enter"], self._open_card)
        self.strand_message.acted.connect(lambda: self.occasion.choose(Basis.OBSERVATION))
        if allow(self.desk, Right.PORTFOLIO_WRITE, self.before_button):
            self.table.stage_given.connect(self._mark)
            self.table.digit_refused.connect(self._refuse_digit)
        self.table.escaped.connect(self.telling.forget)
        self.marking.changed.connect(self._show_state)
        self.marking.drained.connect(self._reread.start)
        self.telling.changed.connect(self.status_changed)
        self.message.acted.connect(self.table.setFocus)
        self.blank_button.clicked.connect(self._go_to_blank)
        # Only in the grid: in a selector F4 opens its list.
        to_blank = QShortcut(QKeySequence("F4"), self.table, context=Qt.ShortcutContext.WidgetShortcut)
        to_blank.activated.connect(self.blank_button.click)
        self.empty.primary.clicked.connect(self._leave_empty)

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        if self._stale:
            self._stale = False
            self.scope.follow(self.desk.organisation)
            self._read()
        self.table.setFocus()

    @override
    def on_changes(self, changes: Changes) -> None:
        own = self.marking.waiting and not changes.touches(*(set(Kind) - {Kind.ASSESSMENTS}))
        shown = (Kind.ASSESSMENTS, Kind.EVIDENCE, Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION, Kind.PROGRAMME)
        if own or not changes.touches(*shown):
            return
        self._stale = True
        if self.isVisible():
            self.activate()

    @override
    def undo(self) -> None:
        self.telling.forget()
        self._point_at(self.marking.undo())

    @override
    def redo(self) -> None:
        self._point_at(self.marking.redo())

    @override
    def status(self) -> Status:
        return self.telling.status

    def choose_group(self, group_id: str) -> None:
        """Show a class of the current term by its id, once the page is read."""
        self.scope.want(group_id)
        self._stale = True
        if self.isVisible():
            self.activate()

    def _open_card(self) -> None:
        sheet, row = self.table.grid.sheet, self.table.choice.current[0]
        if sheet is not None and 0 <= row < len(sheet.pupils):
            self.wanted_card.emit(sheet.pupils[row].id)

    # -- reading ---------------------------------------------------------------------------------

    def _read(self) -> None:
        if not self.desk.is_open:
            return
        self._request += 1
        workspace, period = self.desk.workspace, self.scope.period
        self.occasion.follow(period.year)
        strand = self.occasion.occasion.basis.strand
        wanted, shown = self.scope.wanted, self._shown_group
        self.desk.run(
            lambda: reading.read(workspace, period, strand, wanted, shown),
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
        self.scope.show(found)
        there = found.grid is not None
        for part in (self.content, self.group, self.occasion, self.coverage, self.before_button, self.blank_button):
            part.setVisible(there)
        self.empty.setVisible(not there)
        if found.grid is None:
            self._show_nothing(found)
        elif not self.table.grid.refresh(found.grid):
            self._open(found.grid)
        self._show_state()

    def _show_nothing(self, found: Reading) -> None:
        self.table.grid.clear()
        self.marking.begin()
        if self.scope.of_current_year:
            advice = self.tr("Сначала загрузите список класса: портфолио появится само.")
            say_nobody(self.desk, self.empty, "student", self.tr("Классов пока нет"), advice, self.tr("К обучающимся"))
        else:
            fact = self.tr("В {year} учебном году классов нет").format(year=found.period.year.title)
            self.empty.set_content("student", fact, self.tr("Списки того года не загружались."))
            self.empty.set_buttons(self.tr("К текущему полугодию"))
        self.empty.primary.setFocus()

    def _leave_empty(self) -> None:
        if self.scope.of_current_year:
            self.wanted_pupils.emit()
        else:
            self.scope.go_to_current()

    def _choose_occasion(self) -> None:
        """A basis of the shown strand counts from the next mark on, one of another shows that strand first."""
        sheet, occasion = self.table.grid.sheet, self.occasion.occasion
        if sheet is not None and sheet.grid.strand == occasion.basis.strand:
            self.marking.occasion = occasion
        else:
            self._read()
        self.table.setFocus()

    def _tell_strand(self, basis: Basis) -> None:
        if basis.strand == STAFF:
            self.strand_message.clear()
            return
        verb = self.tr("отмечается") if self.desk.may(Right.PORTFOLIO_WRITE) else self.tr("показано")
        said = f"{self.tr('Сейчас')} {verb}: " + self.tr("{basis}. В портфолио, сертификаты и сводку это не входит.")
        action = self.tr("К оценкам педагога")
        self.strand_message.say(said.format(basis=basis.label.lower()), Tone.WARN, action, "user")

    def _open(self, grid: Grid) -> None:
        stages = self.desk.programme.stages
        self.table.grid.show_grid(grid, stages)
        who = pupil_words([grid.group.name])[0].capitalize()
        self.table.set_words(
            self.tr("Портфолио {group}, {period}").format(group=grid.group.name.title, period=grid.period.title),
            who,
            frozenset(stage.value for stage in stages),
        )
        self.legend.show_stages(stages, marked=self.desk.may(Right.PORTFOLIO_WRITE))
        self.telling.begin()
        self.marking.begin()
        self.marking.occasion = self.occasion.occasion
        self._tell_strand(self.occasion.occasion.basis)
        sheet = self.table.grid.sheet
        if sheet is not None:
            self.narrowing.begin(sheet)
            self.table.go_to(*(sheet.next_blank(0, -1) or (0, 0)))

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
        self.narrowing.reveal(cells)
        places = [place for place in map(self.table.grid.place, cells) if place.isValid()]
        if places:
            self.table.choose(places)

    def _go_to_blank(self) -> None:
        sheet = self.table.grid.sheet
        blank = None if sheet is None else sheet.next_blank(*self.table.choice.current)
        if blank is not None:
            self.table.go_to(*blank)
        self.table.setFocus()

    def _show_state(self) -> None:
        sheet = self.table.grid.sheet
        if sheet is not None:
            self._coverage.show(sheet)
            self.carrying.follow(sheet)
            self.narrowing.follow(sheet)
            self.blank_button.setEnabled(sheet.blanks > 0)
