"""What a sheet gave: bars, two ordered lists, cells or records, with everything that has to be said beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QScrollArea, QStackedWidget, QWidget

from profdesk.domain import plural, results
from profdesk.domain.diagnostics import SheetState
from profdesk.domain.instrument import Confidence, Instrument, Kind
from profdesk.domain.questions import Wording
from profdesk.domain.results import PupilResult, Result
from profdesk.domain.scoring import Order
from profdesk.domain.wording import day
from profdesk.gui.common.card import Card
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostic_results.matrix_grid import MatrixGrid
from profdesk.gui.diagnostic_results.profile import Profile, limits

_NUMBERED = 20


@dataclass(frozen=True)
class _Place:
    place: int
    words: str
    former: int | None


_ORDER: tuple[Column[_Place], ...] = (
    Column("Место", lambda row: str(row.place), width=58, right=True, look=lambda row: Look(bold=row.place == 1)),
    Column("Ценность", lambda row: row.words),
    Column("Прежде", lambda row: str(row.former or ""), width=64, right=True),
)


class FactsCard(Card):
    """Shows one result, against the earlier one chosen in its field."""

    former_changed = Signal()
    """Another earlier result is compared with, or none."""

    direction: QLabel
    confidence_chip: Chip
    range_note: QLabel
    views: QStackedWidget
    profile_view: QScrollArea
    profile: Profile
    orders_view: QWidget
    first_title: QLabel
    first_order: DeskTable
    second_title: QLabel
    second_order: DeskTable
    cells_view: QWidget
    cells: DeskTable
    matrix: MatrixGrid
    records: QPlainTextEdit
    former_label: QLabel
    former: QComboBox
    former_note: QLabel
    notes: QLabel
    caution: InlineMessage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "result_facts")
        self._found: PupilResult | None = None
        for ground in (self.profile_view.viewport(), self.profile):
            ground.setAutoFillBackground(False)
        self.former.currentIndexChanged.connect(lambda _: self._compare())

    def show_result(self, found: PupilResult) -> None:
        """Show a result; the field of earlier ones keeps what was chosen while the sheet stays the same."""
        same = self._found is not None and self._found.shown.sheet.id == found.shown.sheet.id
        kept = self.former.currentData() if same else None
        self._found = found
        instrument = found.shown.instrument
        self.direction.setText(instrument.direction.label)
        self.confidence_chip.say(instrument.confidence.label, Tone.WARN)
        self.confidence_chip.setVisible(instrument.confidence is not Confidence.HIGH)
        self.range_note.setText(limits(found.shown))
        self._offer_former(found, kept)
        self.notes.setText("\n".join(_notes(found.shown)))
        self.notes.setVisible(bool(self.notes.text()))
        if instrument.caution:
            self.caution.say(instrument.caution, Tone.WARN)
        else:
            self.caution.clear()
        self._show_view(found)

    @property
    def compared(self) -> Result | None:
        """The earlier result compared with, None without one."""
        wanted = self.former.currentData()
        there = self._found.earlier if self._found else ()
        return next((one for one in there if one.sheet.id == wanted), None)

    # -- inside ----------------------------------------------------------------------------------

    def _offer_former(self, found: PupilResult, kept: str | None) -> None:
        with QSignalBlocker(self.former):
            self.former.clear()
            for one in found.earlier:
                self.former.addItem(", ".join(filter(None, (day(one.held_on), one.group_title))), one.sheet.id)
            self.former.addItem(self.tr("Не сравнивать"), "")
            self.former.setCurrentIndex(max(0, self.former.findData(kept)))
        there = bool(found.earlier) and found.shown.instrument.kind not in (Kind.MATRIX, Kind.RECORD)
        for part in (self.former_label, self.former, self.former_note):
            part.setVisible(there)
        drawn = bool(found.shown.outcome.scores)
        self.former_note.setText(self.tr("чёрная черта на полосе") if drawn else self.tr("столбец «Прежде»"))

    def _compare(self) -> None:
        if self._found is not None:
            self._show_view(self._found)
            self.former_changed.emit()

    def _show_view(self, found: PupilResult) -> None:
        shown = found.shown
        kind = shown.instrument.kind
        if kind is Kind.RANKING:
            self._show_orders(shown, found.wording)
        elif kind is Kind.MATRIX:
            self._show_cells(shown, found.wording)
        elif kind is Kind.RECORD:
            self.records.setPlainText(_records(shown, found.wording))
            self.views.setCurrentWidget(self.records)
        else:
            self.profile.show_result(shown, self.compared)
            self.views.setCurrentWidget(self.profile_view)

    def _show_orders(self, shown: Result, wording: Wording) -> None:
        former = {} if self.compared is None else {one.scale.code: one for one in self.compared.outcome.orders}
        tables = ((self.first_title, self.first_order), (self.second_title, self.second_order))
        orders = shown.outcome.orders
        columns = _ORDER if former else _ORDER[:-1]
        for number, (title, table) in enumerate(tables):
            there = number < len(orders)
            title.setVisible(there)
            table.setVisible(there)
            if there:
                order = orders[number]
                title.setText(order.scale.title + (f": не считается, {order.fault}" if order.fault else ""))
                title.setWordWrap(True)
                table.set_columns(columns, key=lambda row: row.words)
                table.set_rows(_places(order, former.get(order.scale.code), wording))
        self.views.setCurrentWidget(self.orders_view)

    def _show_cells(self, shown: Result, wording: Wording) -> None:
        columns, rows = shown.instrument.answering.lists
        table: list[Column[tuple[int, int]]] = [
            Column(rows.title, lambda cell: rows.options[cell[0] - 1].label),
            Column(columns.title, lambda cell: columns.options[cell[1] - 1].label),
        ]
        if wording.cells:
            table.append(Column("Профессии", lambda cell: wording.cells.get(cell, "")))
        self.cells.set_columns(table, key=lambda cell: cell)
        self.cells.set_rows(shown.outcome.cells)
        self.matrix.show_outcomes(shown.instrument, [shown.outcome])
        self.views.setCurrentWidget(self.cells_view)


def _places(order: Order, former: Order | None, wording: Wording) -> list[_Place]:
    was: Mapping[int, int] = {item: place for place, item in enumerate(former.items if former else (), 1)}
    return [
        _Place(place, results.item_words(item, wording), was.get(item)) for place, item in enumerate(order.items, 1)
    ]


def _records(shown: Result, wording: Wording) -> str:
    told = []
    for item in range(1, shown.instrument.items + 1):
        answer = shown.sheet.answers.get(item, "не записано")
        told.append(
            f"{item}. {wording.questions.get(item, '')}\n{answer}" if item in wording.questions else f"{item}. {answer}"
        )
    return "\n\n".join(told)


def _notes(shown: Result) -> Iterable[str]:
    """What must not be overlooked in a line each: doubt, gaps, dashes, absent bands, how to read it."""
    instrument, outcome = shown.instrument, shown.outcome
    if shown.state is SheetState.DOUBTFUL:
        yield f"Бланк сомнительный: {shown.sheet.doubtful}"
    if outcome.missing:
        count = plural.counted(len(outcome.missing), "вопрос", "вопроса", "вопросов")
        which = f": {', '.join(map(str, outcome.missing))}" if len(outcome.missing) <= _NUMBERED else ""
        yield f"Без ответа {count} из {instrument.items}{which}"
    if outcome.dashes:
        yield f"Прочерков {outcome.dashes}: в баллы они не входят"
    yield from filter(None, (_bands_note(instrument), instrument.reading))


def _bands_note(instrument: Instrument) -> str:
    note = instrument.bands_note
    if not note or instrument.kind is Kind.RECORD or note.startswith("Уровни"):
        return note
    return f"Об уровнях: {note}" if instrument.bands else f"Уровни не показаны: {note[:1].lower()}{note[1:]}"
