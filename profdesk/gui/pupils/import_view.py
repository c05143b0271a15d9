"""The preview of a class list: what was read, what will be written, what is refused and why."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.domain.progress import Progress
from profdesk.domain.roster import Choice, ColumnsError, Fate, Field, Header, LineKey, RosterPlan
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
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.task import Task
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupils import import_rows
from profdesk.gui.pupils import import_words as words
from profdesk.gui.pupils.import_columns import ColumnStrip
from profdesk.gui.pupils.import_rows import PASSED, REFUSED, TELLING
from profdesk.services import pupils, roster

_SLOW = 300


class ImportView(QWidget):
    """``finished`` when the user leaves; before it ``loaded`` with the plan and what was written of it."""

    finished = Signal()
    loaded = Signal(object, object)
    """RosterPlan and roster.Applied."""

    header: PageHeader
    other_button: QPushButton
    load_button: QPushButton
    columns_card: Card
    header_choice: QComboBox
    columns_note: QLabel
    forget_button: QPushButton
    strip: ColumnStrip
    group_card: Card
    group: QComboBox
    all_filter: CountFilter
    new_filter: CountFilter
    changed_filter: CountFilter
    same_filter: CountFilter
    refused_filter: CountFilter
    gone_filter: CountFilter
    passed_filter: CountFilter
    unread: InlineMessage
    search_field: SearchField
    lines_bar: QWidget
    sheet: Card
    filler: QWidget
    table: DeskTable
    progress: ProgressStrip
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path = Path()
        self._plan: RosterPlan | None = None
        self._headers: Sequence[Header] = ()
        self._chosen: dict[str, Choice] = {}
        self._task: Task | None = None
        self._writing = False
        fill(self, "pupils_import")
        self.header.show_back()
        filters: dict[Hashable, CountFilter] = {
            "": self.all_filter,
            Fate.NEW: self.new_filter,
            Fate.CHANGED: self.changed_filter,
            Fate.SAME: self.same_filter,
            REFUSED: self.refused_filter,
            Fate.GONE: self.gone_filter,
            PASSED: self.passed_filter,
        }
        self.lines: PreviewLines[LineKey] = PreviewLines(self.table, filters, self.search_field, TELLING)
        self.group.setEditable(True)
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(lambda: self.progress.begin("Читаем строки"))
        self._connect()

    def _connect(self) -> None:
        self.header.back_pressed.connect(self._leave)
        self.other_button.clicked.connect(self._ask_file)
        self.load_button.clicked.connect(self._load)
        self.header_choice.activated.connect(lambda _: self._show_header())
        self.strip.chosen.connect(self._choose)
        self.forget_button.clicked.connect(self._forget)
        self.group.activated.connect(lambda _: self._read())
        self.lines.wanted_changed.connect(self._show_verb)
        self.progress.stop_pressed.connect(self._stop)
        self.message.acted.connect(self._save_refused)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._leave)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # -- reading ---------------------------------------------------------------------------------

    def open_file(self, path: Path) -> None:
        """Read a file and show its plan; a file that cannot be read is told in the page."""
        if self._writing:
            return
        self._path = path
        self._chosen = {}
        self.group.clear()
        self.group_card.hide()
        self.other_button.setFocus()
        self._show_columns(())
        self._show_lines(shown=True)
        self._show_plan(None, afresh=True)
        self._read()

    def _read(self) -> None:
        """Read the file as the columns and the class are chosen now; a reading under way is dropped."""
        if self._task is not None:
            self._task.cancel()
        self.header.set_second(f"{self._path.name} · читаем…")
        self.load_button.setEnabled(False)
        self._slow.start()
        workspace, year = self._desk.workspace, self._desk.organisation.period.year
        path, given, chosen = self._path, self.group.currentText().strip(), dict(self._chosen)

        def read(report: Progress) -> tuple[RosterPlan, list[str]]:
            group = pupils.group_name(given) if given else None
            plan = roster.preview(workspace, workspace.actor, path, year, group, chosen, report)
            return plan, [one.name.title for one in pupils.groups(workspace, workspace.actor, year)]

        task: Task = self._desk.run(
            read,
            owner=self,
            done=lambda found: self._shown(task, *found),
            failed=lambda error: self._not_read(task, error),
            progress=self.progress.report,
            stopped=lambda: self._not_read(task, None),
        )
        self._task = task

    def _shown(self, task: Task, plan: RosterPlan, groups: list[str]) -> None:
        if not self._ended(task):
            return
        homeless = any(line.reason == roster.NO_GROUP for line in plan.refused)
        if homeless and not self.group.count():
            self.group.addItems(groups)
            self.group.setCurrentText("")
        if homeless:
            self.group_card.show()
        self._show_lines(shown=True)
        self._show_plan(plan)
        self._show_columns(plan.headers)
        self.header.set_second(words.facts(plan))
        self._focus(self.group if homeless else self.table)

    def _not_read(self, task: Task, error: ProfdeskError | None) -> None:
        if not self._ended(task):
            return
        self.header.set_second(self._path.name)
        self._show_lines(shown=False)
        self._show_plan(None)
        self._show_columns(error.headers if isinstance(error, ColumnsError) else self._headers)
        if error is not None:
            self.message.say(error.message, Tone.BAD)
        else:
            self.message.say("Чтение остановлено. Выберите файл ещё раз или другой.", Tone.WARN)
        self._focus(self.other_button)

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

    def _focus(self, widget: QWidget) -> None:
        """Go on at a widget, but leave the cursor where somebody is choosing columns."""
        there = self.focusWidget()
        if there is None or not self.columns_card.isAncestorOf(there):
            widget.setFocus()

    # -- showing ---------------------------------------------------------------------------------

    def _show_plan(self, plan: RosterPlan | None, *, afresh: bool = False) -> None:
        self._plan = plan
        self.lines.show_rows(import_rows.rows(plan) if plan else [], afresh=afresh)
        if plan is not None and plan.notices:
            self.unread.say(words.unread(plan.notices), Tone.WARN)
        else:
            self.unread.clear()
        said = words.reassurance(plan, len(self.lines.wanted())) if plan else None
        if said is None:
            self.message.clear()
        else:
            self.message.say(*said)

    def _show_lines(self, *, shown: bool) -> None:
        """Show the lines, or leave their room to what is said in their place."""
        for part in (self.lines_bar, self.sheet):
            part.setVisible(shown)
        self.filler.setVisible(not shown)

    def _show_columns(self, headers: Sequence[Header]) -> None:
        self._headers = headers
        shape = self.header_choice.currentData()
        self.header_choice.clear()
        for header in headers:
            self.header_choice.addItem(words.place(header), header.shape)
        self.header_choice.setCurrentIndex(max(0, self.header_choice.findData(shape)))
        self.header_choice.setVisible(len(headers) > 1)
        self.columns_card.setVisible(bool(headers))
        self._show_header()

    def _show_header(self) -> None:
        header = self._header()
        if header is None:
            return
        self.strip.show_header(header)
        remembered = self._plan is not None and header.shape in self._plan.remembered
        chosen = bool(self._chosen.get(header.shape))
        self.columns_note.setText(words.note(header, chosen=chosen, remembered=remembered))
        self.forget_button.setVisible(chosen or remembered)

    def _header(self) -> Header | None:
        shape = self.header_choice.currentData()
        return next((header for header in self._headers if header.shape == shape), None)

    def _choose(self, index: int, field: Field) -> None:
        header = self._header()
        if header is not None:
            self._chosen[header.shape] = header.with_field(index, field)
            self._read()

    def _forget(self) -> None:
        header = self._header()
        if header is not None:
            self._chosen[header.shape] = {}
            self.header_choice.setFocus()
            self._read()

    def _show_verb(self) -> None:
        count = len(self.lines.wanted())
        verb = f"Загрузить {plural.counted(count, 'строку', 'строки', 'строк')}"
        self.load_button.setText(verb if count else "Загружать нечего" if self._plan else "Загрузить")
        self.load_button.setEnabled(count > 0 and self._task is None)

    # -- writing ---------------------------------------------------------------------------------

    def _load(self) -> None:
        plan, lines = self._plan, self.lines.wanted()
        if plan is None or not lines:
            return
        workspace, actor = self._desk.workspace, self._desk.actor
        self._set_writing(writing=True)
        task: Task = self._desk.write(
            lambda report: roster.apply(workspace, actor, plan, lines, report),
            owner=self,
            done=lambda applied: self._loaded(task, plan, applied),
            failed=lambda error: self._not_loaded(task, error.message, Tone.BAD),
            progress=self.progress.report,
            stopped=lambda: self._not_loaded(task, "Остановлено. Ничего не записано.", Tone.WARN),
        )
        self._task = task

    def _loaded(self, task: Task, plan: RosterPlan, applied: roster.Applied) -> None:
        self._ended(task)
        self.loaded.emit(plan, applied)
        self.finished.emit()

    def _not_loaded(self, task: Task, sentence: str, tone: Tone) -> None:
        self._ended(task)
        self.message.say(sentence, tone)
        self.load_button.setFocus()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _leave(self) -> None:
        """Go back to the list; what is being read is dropped, but writing is waited for."""
        if not self._writing:
            self._stop()
            self.finished.emit()

    def _set_writing(self, *, writing: bool) -> None:
        self._writing = writing
        if writing:
            self.message.clear()
            self.progress.begin("Загружаем строки")
            self.progress.button.setFocus()
        for control in (self.header, self.columns_card, self.group_card, self.lines_bar, self.table):
            control.setEnabled(not writing)

    # -- files -----------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        path = file_dialogs.file_to_open(self, "Список классов", file_dialogs.LISTS)
        if path is not None:
            self.open_file(path)

    def _save_refused(self) -> None:
        plan = self._plan
        name = f"Отказы {self._path.stem}.xlsx"
        path = file_dialogs.file_to_save(self, "Строки с отказом", name, file_dialogs.XLSX) if plan else None
        if plan is None or path is None:
            return
        self._desk.run(
            lambda: roster.save_refused(plan, path),
            owner=self,
            done=lambda _: self._saved(path),
            failed=lambda error: self.message.say(error.message, Tone.BAD),
        )

    def _saved(self, path: Path) -> None:
        words = f"Сохранено: {path}. Исправьте строки и загрузите этот файл."
        open_it = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path)))
        self.message.say(words, Tone.OK, "Открыть файл", act=open_it)
