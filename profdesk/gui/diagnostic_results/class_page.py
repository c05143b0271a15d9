"""The page of a session's result: how the group lies, and who leads by what for the choice of a study profile."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget
from typing_extensions import override

from profdesk.domain import results
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.instrument import Confidence
from profdesk.domain.instrument import Kind as AnswerKind
from profdesk.domain.people import Pupil
from profdesk.domain.plural import counted
from profdesk.domain.results import Result, SessionResult
from profdesk.domain.wording import day
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.columns import Column, Heading, Look, Rows
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostic_results.matrix_grid import MatrixGrid
from profdesk.gui.diagnostic_results.session_papers import SessionPapers
from profdesk.gui.diagnostic_results.spread_dots import SpreadDots
from profdesk.services import conclusions

_BY_SCALE, _BY_PUPIL = "scale", "pupil"


@dataclass(frozen=True)
class _Line:
    """A sheet in one of the lists, or (with ``leading`` in words) among all pupils."""

    result: Result
    leading: str = ""
    raw: Fraction | None = None
    list: str = ""

    @property
    def pupil(self) -> Pupil:
        """Whose sheet it is."""
        return self.result.pupil

    @property
    def sheet(self) -> str:
        """Its id."""
        return self.result.sheet.id


class ClassResultPage(Page):
    """Shows the session given by ``show_session``; nothing is written here."""

    name = "class-result"
    title = "Итоги сеанса"
    icon = "chart-bar"
    under = "diagnostics"
    help = (
        ("Enter", "открыть результат ученика"),
        ("Ctrl+P", "напечатать отчёт по классу"),
        ("Ctrl+C", "скопировать выбранные строки для таблицы"),
        ("Ctrl+A", "выбрать всех"),
        ("Esc", "вернуться к списку"),
    )

    wanted_result = Signal(str)
    """The id of a sheet whose result the user wants to see."""

    header: PageHeader
    day_chip: Chip
    counted_chip: Chip
    papers_button: QPushButton
    content: QWidget
    direction: QLabel
    confidence_chip: Chip
    dots_view: QScrollArea
    dots: SpreadDots
    matrix: MatrixGrid
    no_dots: QLabel
    notes: QLabel
    caution: InlineMessage
    lists_label: QLabel
    order: Segmented
    lists: DeskTable
    left_out: QLabel
    open_button: QPushButton
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "class_result_page")
        self._session = ""
        self._found: SessionResult | None = None
        self.header.show_back()
        self.order.set_choices([(_BY_SCALE, self.tr("По ведущему")), (_BY_PUPIL, self.tr("По ученикам"))])
        self.lists.select_several()
        for ground in (self.dots_view.viewport(), self.dots):
            ground.setAutoFillBackground(False)
        self.content.hide()
        self.papers = SessionPapers(self, desk, self.papers_button)
        self._connect()

    def _connect(self) -> None:
        self.header.back_pressed.connect(self.left)
        self.papers.told.connect(self.message.say)
        self.order.chosen.connect(lambda _: self._show_lists())
        self.lists.opened.connect(self._open)
        self.lists.chosen.connect(lambda line: self.open_button.setEnabled(_can_open(line)))
        self.open_button.clicked.connect(lambda: self._open(self.lists.row()))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.papers.print_report)

    def show_session(self, session_id: str) -> None:
        """Show the result of a session."""
        if session_id != self._session:
            self._session, self._found = session_id, None
            self.content.hide()
        self._read()

    @override
    def activate(self) -> None:
        self._read()

    @override
    def on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches(Kind.DIAGNOSTICS, Kind.CONSENTS, Kind.PUPILS, Kind.GROUPS):
            self._read()

    @override
    def status(self) -> Status:
        return Status(self.tr("Видят только психологи"), keys=(("Enter", "результат"), ("Ctrl+C", "скопировать")))

    # -- reading ---------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._session:
            workspace, session = self.desk.workspace, self._session
            self.desk.run(
                lambda: conclusions.of_session(workspace, workspace.actor, session),
                owner=self,
                done=partial(self._show, session),
                failed=lambda error: self.message.say(error.message, Tone.BAD),
            )

    def _show(self, session: str, found: SessionResult) -> None:
        if session != self._session:
            return
        first, self._found = self._found is None, found
        if first:
            self.message.clear()
        self._show_head(found)
        self.papers.follow(found.view)
        self.dots.show_result(found)
        chosen = bool(found.counted) and found.instrument.kind is AnswerKind.MATRIX
        self.matrix.setVisible(chosen)
        if chosen:
            self.matrix.show_outcomes(found.instrument, [result.outcome for result in found.counted])
        there = bool(found.counted and found.spreads())
        self.dots_view.setVisible(there)
        self.no_dots.setText(_no_dots(found))
        self.no_dots.setVisible(not there and not chosen)
        self._show_lists()
        self.content.show()
        if first:
            self.lists.choose_first()
            self.lists.setFocus()

    def _show_head(self, found: SessionResult) -> None:
        instrument, session = found.instrument, found.view.session
        self.header.set_title(self.tr("Итоги, {group}").format(group=session.group_title or "сеанс"))
        self.header.set_second(f"{instrument.title}, версия {instrument.version}")
        self.day_chip.say(day(session.held_on))
        self.counted_chip.say(f"учтено {len(found.counted)} из {len(found.view.sheets)}")
        self.direction.setText(instrument.direction.label)
        self.confidence_chip.say(instrument.confidence.label, Tone.WARN)
        self.confidence_chip.setVisible(instrument.confidence is not Confidence.HIGH)
        self.notes.setText("\n".join(filter(None, (instrument.bands_note, instrument.reading))))
        self.left_out.setText(_left_out(found))
        if instrument.caution:
            self.caution.say(instrument.caution, Tone.WARN)
        else:
            self.caution.clear()

    def _show_lists(self) -> None:
        found = self._found
        if found is None:
            return
        recorded = found.instrument.kind is AnswerKind.RECORD
        by_scale = self.order.key == _BY_SCALE and not recorded
        self.order.setVisible(not recorded)
        self.lists_label.setText(self.tr("Записи") if recorded else self.tr("Что на первом месте"))
        self.lists.set_columns(
            _columns(found, by_scale=by_scale), key=lambda line: (line.sheet, line.list), faded=_is_faded
        )
        self.lists.set_rows(_by_scale(found) if by_scale else _by_pupil(found))
        if self.lists.row() is None:
            self.lists.choose_first()
        self.open_button.setEnabled(_can_open(self.lists.row()))

    def _open(self, line: _Line | None) -> None:
        if line is not None and _can_open(line):
            self.wanted_result.emit(line.sheet)


def _columns(found: SessionResult, *, by_scale: bool) -> tuple[Column[_Line], ...]:
    name: Column[_Line] = Column("Ученик", lambda line: line.pupil.name.short, sort=lambda line: line.pupil.name.full)
    released: Column[_Line] = Column(
        "Вывод",
        lambda line: "передан" if line.sheet in found.released else "",
        width=80,
        sort=lambda line: line.sheet not in found.released,
    )
    group: Column[_Line] = Column("Класс", lambda line: line.result.group_title, width=76)
    who = (name, group) if found.has_several_groups else (name,)
    if by_scale and found.instrument.scales and found.instrument.kind is not AnswerKind.RANKING:
        worth: Column[_Line] = Column(
            "Балл",
            lambda line: "" if line.raw is None else results.points(line.raw, found.instrument),
            width=60,
            right=True,
            sort=lambda line: (line.raw is None, -(line.raw or 0)),
        )
        return *who, worth, released
    if by_scale:
        return *who, released
    leading: Column[_Line] = Column(
        "Записано" if found.instrument.kind is AnswerKind.RECORD else "На первом месте",
        lambda line: line.leading,
        sort=lambda line: line.leading,
        look=lambda line: Look(tone=Tone.MUTED) if _is_faded(line) else Look(),
    )
    return *who, leading, released


def _by_scale(found: SessionResult) -> Rows:
    rows: list[_Line | Heading] = []
    for one in found.leading_lists():
        rows.append(Heading(f"{one.title}: {counted(len(one.leaders), 'ученик', 'ученика', 'учеников')}"))
        rows += [_Line(leader.result, raw=leader.raw, list=one.title) for leader in one.leaders]
    return rows


def _by_pupil(found: SessionResult) -> Rows:
    lines = [
        _Line(
            one,
            results.leading_words(one.outcome, found.wording) if one.state.counts else f"бланк: {one.state.label}",
        )
        for one in found.results
    ]
    return sorted(lines, key=lambda line: line.pupil.name.full)


def _can_open(line: _Line | None) -> bool:
    return line is not None and line.result.answered


def _is_faded(line: _Line) -> bool:
    return not line.result.state.counts


def _left_out(found: SessionResult) -> str:
    states = Counter(one.state for one in found.results if not one.state.counts)
    told = ", ".join(f"{state.label} {count}" for state, count in states.items())
    return f"Не учтены: {told}" if told else ""


def _no_dots(found: SessionResult) -> str:
    if not found.counted:
        return "Полных бланков пока нет: распределение появится, когда их введут."
    return "Баллов у этой методики нет: смотрите список справа."
