"""The preview of a table for a register, or of lessons from another school: what each line would do."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.domain.changes import Changes
from profdesk.domain.lesson_pack import LessonPlan
from profdesk.domain.progress import Progress
from profdesk.domain.register import Register
from profdesk.domain.register_import import Fate, Plan
from profdesk.domain.registers import PARTNERS
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.card import Card
from profdesk.gui.common.count_filter import CountFilter
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.preview_lines import PreviewLines
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.registers import import_rows
from profdesk.services import lesson_exchange, registers
from profdesk.services.registers import Applied, Book

_SLOW = 300


class ImportView(QWidget):
    """``finished`` when the user leaves; before it ``loaded`` with the plan and what was written of it."""

    finished = Signal()
    wanted_template = Signal()
    """The user wants an empty table of the register, since the file is none."""
    loaded = Signal(object, object)
    """Plan and registers.Applied."""

    header: PageHeader
    other_button: QPushButton
    load_button: QPushButton
    all_filter: CountFilter
    new_filter: CountFilter
    changed_filter: CountFilter
    same_filter: CountFilter
    refused_filter: CountFilter
    search_field: SearchField
    lines_bar: QWidget
    sheet: Card
    table: DeskTable
    passed: QLabel
    progress: ProgressStrip
    message: InlineMessage
    filler: QWidget

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._register = PARTNERS
        self._plan: Plan | None = None
        self._task: Task | None = None
        self._writing = False
        fill(self, "registers_import")
        self.header.show_back()
        filters: dict[Hashable, CountFilter] = {
            "": self.all_filter,
            Fate.NEW: self.new_filter,
            Fate.CHANGED: self.changed_filter,
            Fate.SAME: self.same_filter,
            Fate.REFUSED: self.refused_filter,
        }
        self.lines: PreviewLines[tuple[str, int]] = PreviewLines(
            self.table, filters, self.search_field, import_rows.TELLING
        )
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(lambda: self.progress.begin("Записываем" if self._writing else "Читаем файл"))
        self._connect()

    def _connect(self) -> None:
        self.header.back_pressed.connect(self._leave)
        self.other_button.clicked.connect(self._ask_file)
        self.load_button.clicked.connect(self._load)
        self.lines.wanted_changed.connect(self._show_verb)
        self.progress.stop_pressed.connect(lambda: self._task.cancel() if self._task else None)
        self.message.acted.connect(self.wanted_template)
        SearchKeys(self.search_field, self.table).entered.connect(self.table.setFocus)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._leave)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- reading ---------------------------------------------------------------------------------

    def open_file(self, register: Register, path: Path) -> None:
        """Read a file for a register and show what it would do; one that cannot be read is told in the page.

        It is a table, or lessons from another school.
        """
        if self._writing:
            return
        self._stop()
        self._register = register
        self.header.set_title(f"{register.title}: загрузка из файла")
        self.header.set_second(f"{path.name} · читаем…")
        self._show_plan(None, None)
        self.other_button.setFocus()
        self._slow.start()
        workspace, actor = self._desk.workspace, self._desk.actor

        def read(progress: Progress) -> tuple[Plan, Book]:
            if lesson_exchange.is_pack(path):
                plan: Plan = lesson_exchange.preview(workspace, actor, path, progress)
            else:
                plan = registers.preview(workspace, actor, register, path)
            return plan, registers.book(workspace, actor, register)

        task: Task = self._desk.run(
            read,
            owner=self,
            done=lambda found: self._shown(task, *found),
            failed=lambda error: self._not_read(task, path, error),
            progress=self.progress.report,
            stopped=lambda: self._not_read(task, path, None),
        )
        self._task = task
        self._show_verb()

    def _shown(self, task: Task, plan: Plan, book: Book) -> None:
        if self._ended(task):
            self.header.set_second(import_rows.facts(plan))
            self._show_plan(plan, book)
            sentence, tone, icon = import_rows.reassurance(plan)
            self.message.say(sentence, tone, icon=icon)
            self.table.setFocus()

    def _not_read(self, task: Task, path: Path, error: ProfdeskError | None) -> None:
        if not self._ended(task):
            return
        self.header.set_second(path.name)
        for part in (self.lines_bar, self.sheet):
            part.hide()
        self.filler.show()
        if error is not None:
            self.message.say(error.message, Tone.BAD, "" if lesson_exchange.is_pack(path) else "Сохранить образец…")
        else:
            self.message.say("Чтение остановлено. Выберите файл ещё раз или другой.", Tone.WARN)
        self.other_button.setFocus()

    def _ended(self, task: Task) -> bool:
        """Whether a task was the last one begun; then nothing runs any more."""
        if task is not self._task:
            return False
        self._task = None
        self._slow.stop()
        self.progress.end()
        self._set_writing(writing=False)
        self._show_verb()
        return True

    # -- showing ---------------------------------------------------------------------------------

    def _show_plan(self, plan: Plan | None, book: Book | None) -> None:
        self._plan = plan
        self.message.clear()
        for part in (self.lines_bar, self.sheet):
            part.show()
        self.filler.hide()
        self.lines.show_rows(import_rows.rows(plan, book.titles) if plan and book else [], afresh=True)
        passed = import_rows.passed_over(plan) if plan else ""
        self.passed.setText(passed)
        self.passed.setVisible(bool(passed))

    def _show_verb(self) -> None:
        count = len(self.lines.wanted())
        verb = f"Загрузить {plural.counted(count, 'запись', 'записи', 'записей')}"
        self.load_button.setText(verb if count else "Загружать нечего" if self._plan else "Загрузить")
        self.load_button.setEnabled(count > 0 and self._task is None)

    # -- writing ---------------------------------------------------------------------------------

    def _load(self) -> None:
        plan, lines = self._plan, self.lines.wanted()
        if plan is None or not lines:
            return
        workspace, actor = self._desk.workspace, self._desk.actor

        def write(progress: Progress) -> tuple[Applied, Changes]:
            if isinstance(plan, LessonPlan):
                return lesson_exchange.apply(workspace, actor, plan, lines, progress)
            return registers.apply(workspace, actor, plan, lines)

        self._set_writing(writing=True)
        self._slow.start()
        task: Task = self._desk.write(
            write,
            owner=self,
            done=lambda applied: self._loaded(task, plan, applied),
            failed=lambda error: self._not_loaded(task, error.message),
            progress=self.progress.report,
            stopped=lambda: self._not_loaded(task, "Остановлено. Ничего не записано."),
        )
        self._task = task

    def _loaded(self, task: Task, plan: Plan, applied: Applied) -> None:
        self._ended(task)
        self.loaded.emit(plan, applied)
        self.finished.emit()

    def _not_loaded(self, task: Task, sentence: str) -> None:
        self._ended(task)
        self.message.say(sentence, Tone.BAD)
        self.load_button.setFocus()

    def _set_writing(self, *, writing: bool) -> None:
        self._writing = writing
        for control in (self.header, self.lines_bar, self.table):
            control.setEnabled(not writing)

    def _stop(self) -> None:
        if self._task is not None and not self._writing:
            self._task.cancel()

    def _leave(self) -> None:
        """Go back to the register; what is being read is dropped, but writing is waited for."""
        if not self._writing:
            self._stop()
            self.finished.emit()

    def _ask_file(self) -> None:
        kinds = file_dialogs.LESSONS if isinstance(self._plan, LessonPlan) else file_dialogs.TABLES
        path = file_dialogs.file_to_open(self, self._register.title, kinds)
        if path is not None:
            self.open_file(self._register, path)
