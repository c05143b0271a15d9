"""The preview of a class list: what was read, what will be written, what is refused and why."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLabel, QPushButton, QWidget

from profdesk.domain.roster import Fate, Field, RosterPlan
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, plural
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk, Task
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupils import import_rows
from profdesk.gui.pupils.import_rows import REFUSED, ImportRow
from profdesk.services import pupils, roster

_FIELDS = {
    Field.FULL_NAME: "фамилия, имя, отчество",
    Field.SURNAME: "фамилия",
    Field.GIVEN: "имя",
    Field.PATRONYMIC: "отчество",
    Field.BIRTH_DATE: "дата рождения",
    Field.SEX: "пол",
    Field.GROUP: "класс",
    Field.GRADE: "параллель",
    Field.LETTER: "литера",
    Field.IGNORED: "не загружаем",
}


class ImportView(QWidget):
    """``finished`` gives what was written in a sentence, empty when the user left without writing."""

    finished = Signal(str)

    header: PageHeader
    other_button: QPushButton
    load_button: QPushButton
    columns_card: Card
    columns: QLabel
    group_card: Card
    group: QComboBox
    all_filter: QPushButton
    new_filter: QPushButton
    changed_filter: QPushButton
    same_filter: QPushButton
    refused_filter: QPushButton
    search_field: SearchField
    sheet: Card
    table: DeskTable
    progress: ProgressStrip
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path = Path()
        self._plan: RosterPlan | None = None
        self._rows: list[ImportRow] = []
        self._unticked: set[tuple[str, int]] = set()
        self._task: Task | None = None
        fill(self, "pupils_import")
        self.header.show_back()
        self._filters = self._group_filters()
        self.group.setEditable(True)
        self.header.back_pressed.connect(lambda: self.finished.emit(""))
        self.other_button.clicked.connect(self._ask_file)
        self.load_button.clicked.connect(self._load)
        self.search_field.searched.connect(lambda _: self._show_rows())
        self.table.checks_changed.connect(self._remember_ticks)
        self.group.activated.connect(lambda _: self.open_file(self._path))
        self.progress.stop_pressed.connect(self._stop)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, lambda: self.finished.emit(""))
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def open_file(self, path: Path) -> None:
        """Read a file and show its plan; a file that cannot be read is told in the page."""
        if path != self._path:
            self.group.clear()
            self.group_card.hide()
        self._path = path
        self._set_busy(busy=True)
        self.header.set_second(f"{path.name} · читаем…")
        self._show_plan(None)
        workspace, year = self._desk.workspace, self._desk.organisation.period.year
        given = self.group.currentText().strip()

        def read() -> tuple[RosterPlan, list[str]]:
            group = pupils.group_name(given) if given else None
            plan = roster.preview(workspace, workspace.actor, path, year, group)
            return plan, [one.name.title for one in pupils.groups(workspace, workspace.actor, year)]

        self._desk.run(read, owner=self, done=lambda found: self._read(*found), failed=self._failed)

    def _group_filters(self) -> QButtonGroup:
        group = QButtonGroup(self)
        buttons = (self.all_filter, self.new_filter, self.changed_filter, self.same_filter)
        for button in (*buttons, self.refused_filter):
            group.addButton(button)
        self.all_filter.setChecked(True)
        group.buttonClicked.connect(lambda _: self._show_rows())
        return group

    def _read(self, plan: RosterPlan, groups: list[str]) -> None:
        self._set_busy(busy=False)
        homeless = any(line.reason == roster.NO_GROUP for line in plan.refused)
        if homeless and not self.group.count():
            self.group.addItems(groups)
            self.group.setCurrentText("")
        if homeless:
            self.group_card.show()
        self._show_plan(plan)
        self.table.setFocus()

    def _failed(self, error: ProfdeskError) -> None:
        self._set_busy(busy=False)
        self.header.set_second(self._path.name)
        self.message.say(error.message, Tone.BAD)
        self.other_button.setFocus()

    def _show_plan(self, plan: RosterPlan | None) -> None:
        self._plan = plan
        self._rows = import_rows.rows(plan) if plan else []
        self._unticked = set()
        several = plan is not None and len(plan.sheets) > 1
        self.table.set_columns(
            import_rows.columns(several_sheets=several),
            key=lambda row: row.key,
            checkable=lambda row: row.takable,
            faded=lambda row: row.fate == Fate.SAME,
        )
        if plan is not None:
            self.header.set_second(_facts(plan))
            self.columns.setText(_understood(plan))
        self.columns_card.setVisible(plan is not None)
        self._show_counts()
        self._show_rows()
        self._reassure()

    def _show_counts(self) -> None:
        for button, words, fate in (
            (self.all_filter, "Все", None),
            (self.new_filter, "Новые", Fate.NEW),
            (self.changed_filter, "Изменены", Fate.CHANGED),
            (self.same_filter, "Без изменений", Fate.SAME),
            (self.refused_filter, "Отказано", REFUSED),
        ):
            count = sum(fate is None or row.fate == fate for row in self._rows)
            button.setText(f"{words}  {count}")

    def _show_rows(self) -> None:
        fates = {
            self.new_filter: Fate.NEW,
            self.changed_filter: Fate.CHANGED,
            self.same_filter: Fate.SAME,
            self.refused_filter: REFUSED,
        }
        pressed = self._filters.checkedButton()
        fate = fates.get(pressed) if isinstance(pressed, QPushButton) else None
        words = self.search_field.text()
        shown = [row for row in self._rows if (fate is None or row.fate == fate) and import_rows.matches(row, words)]
        self.table.blockSignals(True)
        self.table.set_rows(shown)
        self.table.set_checked(lambda row: row.key not in self._unticked)
        self.table.blockSignals(False)
        self._show_verb()

    def _remember_ticks(self) -> None:
        ticked = {row.key for row in self.table.checked()}
        for row in self.table.rows():
            if row.takable:
                (self._unticked.discard if row.key in ticked else self._unticked.add)(row.key)
        self._show_verb()

    def _wanted(self) -> frozenset[tuple[str, int]]:
        return frozenset(row.key for row in self._rows if row.takable and row.key not in self._unticked)

    def _show_verb(self) -> None:
        count = len(self._wanted())
        words = plural.counted(count, "строку", "строки", "строк")
        self.load_button.setText(f"Загрузить {words}" if count else "Загружать нечего")
        self.load_button.setEnabled(count > 0)

    def _reassure(self) -> None:
        if self._plan is None:
            self.message.clear()
        elif self._plan.refused:
            self.message.say("Строки с отказом пропустим, остальные запишем разом.")
        elif not self._wanted():
            self.message.say("Этот список уже загружен: в нём ничего нового.", Tone.OK)
        else:
            self.message.say("Строки запишем разом: или все отмеченные, или ни одной.")

    def _load(self) -> None:
        plan, lines = self._plan, self._wanted()
        if plan is None or not lines:
            return
        workspace, actor = self._desk.workspace, self._desk.actor
        self._set_busy(busy=True)
        self.progress.begin("Загружаем строки")
        self._task = self._desk.write(
            lambda report: roster.apply(workspace, actor, plan, lines, report),
            owner=self,
            done=self._loaded,
            failed=self._failed,
            progress=self.progress.report,
            stopped=self._stopped,
        )

    def _loaded(self, applied: roster.Applied) -> None:
        self._set_busy(busy=False)
        new = plural.counted(applied.new, "новый", "новых", "новых")
        changed = plural.counted(applied.changed, "изменён", "изменены", "изменены")
        refused = f", отказано {applied.refused}" if applied.refused else ""
        self.finished.emit(f"Список загружен: {new}, {changed}{refused}.")

    def _stopped(self) -> None:
        self._set_busy(busy=False)
        self.message.say("Остановлено. Ничего не записано.", Tone.WARN)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _set_busy(self, *, busy: bool) -> None:
        for control in (self.other_button, self.table, self.search_field):
            control.setEnabled(not busy)
        self.load_button.setEnabled(not busy and bool(self._wanted()))
        if not busy:
            self.progress.end()

    def _ask_file(self) -> None:
        path = file_dialogs.file_to_open(self, "Список классов", file_dialogs.LISTS)
        if path is not None:
            self.open_file(path)


def _facts(plan: RosterPlan) -> str:
    lines = len(plan.lines) + len(plan.refused)
    parts = [plan.source, plural.counted(lines, "строка", "строки", "строк")]
    named = [reading.name for reading in plan.sheets if reading.name]
    if len(named) > 1:
        parts.insert(1, plural.counted(len(named), "лист", "листа", "листов"))
    elif named:
        parts.insert(1, f"лист «{named[0]}»")
    header = plan.sheets[0].header_line if plan.sheets else None
    if header is not None:
        parts.append(f"заголовок найден в строке {header}")
    return " · ".join(parts)


def _understood(plan: RosterPlan) -> str:
    if not plan.sheets:
        return ""
    known = [column for column in plan.sheets[0].columns if column.field is not Field.IGNORED]
    ignored = [c.heading for c in plan.sheets[0].columns if c.field is Field.IGNORED and c.heading]
    words = [
        f"«{column.heading}» — {_FIELDS[column.field]}" if column.heading else _FIELDS[column.field] for column in known
    ]
    if ignored:
        words.append("не загружаем: " + ", ".join(f"«{heading}»" for heading in ignored))
    return "   ·   ".join(words)
