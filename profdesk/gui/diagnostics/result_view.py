"""What the answers give so far, at the edge and never in the way, and how fast the work goes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from profdesk.domain import answers as sheets
from profdesk.domain import plural
from profdesk.domain.instrument import Confidence, Kind
from profdesk.gui.common import text
from profdesk.gui.common.card import Card
from profdesk.gui.diagnostics.keying import Keying
from profdesk.gui.diagnostics.scale_bars import ScaleBars
from profdesk.services import diagnostics

_MINUTE = 60


class ResultView(Card):
    """Preliminary scales in the first entry, the state of the checking in the second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = text.label("", "card")
        self.count = text.label("", "caption")
        self.bars = ScaleBars()
        self.note = text.label("", "caption", wrap=True)
        self.pace = text.label("", "text", wrap=True)
        self.open_button = QPushButton(self.tr("Результат ученика"))
        self.open_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.open_button.setToolTip(self.tr("Ctrl+R"))
        self._pace_title = text.label(self.tr("Скорость"), "caption")
        self._scroll = QScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("canvas")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.bars)
        column.addWidget(self.note)
        column.addStretch(1)
        self._scroll.setWidget(inside)
        layout = self.column()
        layout.addWidget(self.heading)
        layout.addWidget(self.count)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.open_button)
        layout.addWidget(self._pace_title)
        layout.addWidget(self.pace)

    def show_keying(self, keying: Keying) -> None:
        """Follow the sheet in hand."""
        instrument, sheet = keying.instrument, keying.current.sheet
        self.bars.setVisible(not keying.second)
        self.open_button.setEnabled(bool(sheet.answers) and sheet.attendance is None)
        if keying.second:
            self._show_checking(keying)
        else:
            outcome = diagnostics.result(instrument, sheet)
            given = instrument.items - len(outcome.missing)
            self.heading.setText(self.tr("Предварительно"))
            self.count.setText(f"{plural.counted(given, 'ответ', 'ответа', 'ответов')} из {instrument.items}")
            self.bars.show_outcome(outcome)
            faults = [f"{order.scale.short}: {order.fault}." for order in outcome.orders if order.fault and given]
            self.note.setText("\n".join([*faults, *_notes(keying)]))
        self._show_pace(keying)

    def _show_checking(self, keying: Keying) -> None:
        sheet = keying.current.sheet
        self.heading.setText(self.tr("Проверка"))
        self.count.setText(f"проверено {len(sheet.second)} из {len(sheet.answers)}")
        different = sheet.differences()
        numbers = ", ".join(map(str, different))
        self.note.setText(f"Расходится: {numbers}." if different else "Расхождений нет.")

    def _show_pace(self, keying: Keying) -> None:
        instrument = keying.instrument
        per_sheet = keying.pace.seconds(instrument.items)
        self._pace_title.setVisible(per_sheet is not None)
        self.pace.setVisible(per_sheet is not None)
        if per_sheet is None:
            return
        left = sum(
            len(sheets.missing(instrument, one.sheet.second if keying.second else one.sheet.answers))
            for one in keying.view.sheets
            if keying.is_wanted(one)
        )
        minutes = round((keying.pace.seconds(left) or 0) / _MINUTE)
        seconds = plural.counted(round(per_sheet), "секунда", "секунды", "секунд")
        rest = (
            f"осталось {plural.counted(minutes, 'минута', 'минуты', 'минут')}" if minutes else "осталось меньше минуты"
        )
        self.pace.setText(f"{seconds} на бланк\n{rest}" if left else f"{seconds} на бланк")


def _notes(keying: Keying) -> list[str]:
    instrument = keying.instrument
    if instrument.kind is Kind.RECORD:
        return ["Запись не считается: выводы делает психолог."]
    scored = bool(keying.current.sheet.answers) or instrument.kind is Kind.RANKING
    told = [] if scored else ["Результат появится с первым ответом."]
    if instrument.confidence is not Confidence.HIGH:
        told.append(instrument.caution)
    return told
