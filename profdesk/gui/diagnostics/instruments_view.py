"""The instruments a school may use: what is known of each, its own wording of the questions, files of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.domain.instrument import Confidence, Instrument
from profdesk.domain.questions import Wording
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostics.plan_view import COLUMNS, facts, grouped
from profdesk.services import diagnostics, files, instruments

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

_NO_WORDING = (
    "Тексты вопросов принадлежат авторам и с программой не поставляются. Заполните шаблон по своей книге, "
    "тогда вопросы будут на бланках и на экране. Без них бланк печатается с номерами."
)


@dataclass(frozen=True)
class _Reading:
    instruments: Sequence[Instrument]
    worded: Collection[str]


class InstrumentsView(QWidget):
    """``finished`` when the user leaves."""

    finished = Signal()

    header: PageHeader
    add_button: QPushButton
    table: DeskTable
    title: QLabel
    confidence: Chip
    facts: QLabel
    caution: QLabel
    reading: QLabel
    wording: QLabel
    template_button: QPushButton
    wording_button: QPushButton
    sources: QLabel
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found = _Reading((), ())
        fill(self, "diagnostics_instruments")
        self.header.show_back()
        worded = Column[Instrument]("Тексты", self._worded, width=112, look=self._worded_look)
        self.table.set_columns((*COLUMNS, worded), key=lambda row: row.code)
        self.table.chosen.connect(self._show_facts)
        self.header.back_pressed.connect(self.finished)
        self.add_button.clicked.connect(self._add)
        self.template_button.clicked.connect(self._save_template)
        self.wording_button.clicked.connect(self._add_wording)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.finished.emit)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def begin(self) -> None:
        """Show what there is."""
        self.message.clear()
        self._read()
        self.table.setFocus()

    def _read(self, choose: str = "") -> None:
        workspace = self._desk.workspace
        self._desk.run(lambda: _read(workspace), owner=self, done=lambda found: self._show(found, choose))

    def _show(self, found: _Reading, choose: str) -> None:
        self._found = found
        self.table.set_rows(grouped(found.instruments))
        if not (choose and self.table.choose(choose)) and self.table.row() is None:
            self.table.choose_first()
        self._show_facts(self.table.row())

    def _worded(self, instrument: Instrument) -> str:
        return "загружены" if instrument.code in self._found.worded else ""

    def _worded_look(self, instrument: Instrument) -> Look:
        return Look("check-circle-fill", Tone.OK) if instrument.code in self._found.worded else Look()

    def _show_facts(self, instrument: Instrument | None) -> None:
        for button in (self.template_button, self.wording_button):
            button.setEnabled(instrument is not None)
        if instrument is None:
            return
        own = "" if instruments.source(instrument) else " · методика школы"
        self.title.setText(instrument.title)
        well_known = instrument.confidence is Confidence.HIGH
        self.confidence.say(instrument.confidence.label, Tone.OK if well_known else Tone.WARN)
        self.facts.setText(f"{facts(instrument)} · версия {instrument.version}{own}")
        for label, words in (
            (self.caution, "" if well_known else instrument.conflict),
            (self.reading, instrument.reading),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        loaded = instrument.code in self._found.worded
        self.wording.setText("Вопросы загружены. Новый файл встанет на место прежнего." if loaded else _NO_WORDING)
        self.sources.setText(f"Источники: {'; '.join(instrument.sources)}" if instrument.sources else "")

    # -- files -----------------------------------------------------------------------------------

    def _add(self) -> None:
        path = file_dialogs.file_to_open(self, "Файл методики", file_dialogs.INSTRUMENT)
        if path is None:
            return
        workspace, actor = self._desk.workspace, self._desk.actor
        self._desk.write(
            lambda: diagnostics.add_instrument(workspace, actor, path),
            owner=self,
            done=self._tell_added,
            failed=self._failed,
        )

    def _tell_added(self, instrument: Instrument) -> None:
        self.message.say(f"Методика «{instrument.title}» загружена, её можно запланировать.", Tone.OK)
        self._read(instrument.code)

    def _save_template(self) -> None:
        instrument: Instrument | None = self.table.row()
        if instrument is None:
            return
        name = f"Вопросы, {instrument.short}.xlsx".replace("«", "").replace("»", "")
        kinds = f"{file_dialogs.XLSX};;{file_dialogs.CSV}"
        path = file_dialogs.file_to_save(self, "Пустой шаблон вопросов", name, kinds)
        if path is not None:
            self._desk.run(
                lambda: _write_template(instrument, path),
                owner=self,
                done=lambda _: self.message.say(f"Шаблон сохранён: {path}", Tone.OK),
                failed=self._failed,
            )

    def _add_wording(self) -> None:
        instrument: Instrument | None = self.table.row()
        if instrument is None:
            return
        path = file_dialogs.file_to_open(self, "Заполненный шаблон вопросов", file_dialogs.TABLES)
        if path is None:
            return
        workspace, actor = self._desk.workspace, self._desk.actor

        def tell(found: Wording) -> None:
            count = len(found.questions) + len(found.options) + len(found.cells)
            words = plural.counted(count, "текст", "текста", "текстов")
            self.message.say(f"Вопросы загружены: {words}, {instrument.short}.", Tone.OK)
            self._read(instrument.code)

        self._desk.write(
            lambda: diagnostics.add_wording(workspace, actor, instrument, path),
            owner=self,
            done=tell,
            failed=self._failed,
        )

    def _failed(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)


def _read(workspace: Workspace) -> _Reading:
    actor = workspace.actor
    return _Reading(diagnostics.known_instruments(workspace, actor), diagnostics.worded(workspace, actor))


def _write_template(instrument: Instrument, path: Path) -> None:
    files.write(path, instruments.template(instrument, as_workbook=path.suffix.lower() != ".csv"))
