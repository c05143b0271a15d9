"""The view «Выпускники»: where those went who left after grades 9 and 11, beside what they intended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import graduate_words, plural
from profdesk.domain import graduates as domain
from profdesk.domain.batch import Step
from profdesk.domain.changes import Kind
from profdesk.domain.graduate_words import Line
from profdesk.domain.graduates import GRADES, KINDS, SCHOOL, Graduate, Met
from profdesk.domain.registers_of_pupils import DESTINATIONS
from profdesk.domain.rights import Right
from profdesk.gui.choices import graduate_rows
from profdesk.gui.choices.totals_board import TotalsBoard
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.count_filter import CountFilter
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.entry_dialog import EntryStep
from profdesk.gui.common.entry_verbs import EntryVerbs
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.page import Status, saved_at
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.view import RecordsView
from profdesk.services import graduates
from profdesk.services.graduates import Graduation

_NOBODY = "Выпускников записывают сюда, когда в списках есть 9 или 11 класс прошлого года. Можно загрузить и таблицу."
_WHOM = ("выпускника", "выпускников", "выпускников")


@dataclass(frozen=True)
class GraduateTools:
    """What the view has in the header of the page."""

    year: QComboBox
    export_button: QPushButton
    paper_button: QPushButton
    import_button: QPushButton


class GraduatesView(RecordsView):
    """Reads a year at once; what is written is an entry of the register, of one graduate or of many in one act."""

    kinds = (Kind.REGISTERS, Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION, Kind.PROGRAMME)

    wanted_import = Signal(object)
    """The path of a table to be taken into the register."""

    empty: EmptyState
    content: QWidget
    board: TotalsBoard
    open_filter: CountFilter
    otherwise_filter: CountFilter
    search_field: SearchField
    sheet: Card
    table: DeskTable
    count: QLabel
    edit_button: QPushButton
    withdraw_button: QPushButton
    mark_button: QPushButton

    def __init__(self, desk: Desk, tools: GraduateTools) -> None:
        super().__init__(desk)
        fill(self, "choices_graduates")
        self.tools = tools
        self.acts = EntryVerbs(desk, self)
        self._found: Graduation | None = None
        self._lines: Sequence[Line] = ()
        self._front = False
        self._suggests = False
        self.menu = QMenu(self)
        self.table.set_columns(graduate_rows.COLUMNS, key=lambda line: line.graduate.key)
        self.table.select_several()
        self.open_filter.set_icon("clock", Tone.WARN)
        self.otherwise_filter.set_icon("shuffle", Tone.NEUTRAL)
        self.mark_button.setMenu(self.menu)
        if desk.may(Right.CHOICES_WRITE):
            self.empty.set_content("flag", "Выпускников пока нет", _NOBODY)
            self.empty.set_buttons("Загрузить список…", icon="upload-simple")
        else:
            self.empty.set_content("flag", "Выпускников пока нет", "Они появятся, когда 9 и 11 классы закончат год.")
        self.content.hide()
        self.empty.hide()
        self._connect()

    def _connect(self) -> None:
        self.tools.year.activated.connect(lambda _: self.read())
        for button, act in (
            (self.tools.import_button, self.ask_file),
            (self.empty.primary, self.ask_file),
            (self.tools.export_button, self.export),
            (self.tools.paper_button, self.print),
            (self.edit_button, self.edit),
            (self.withdraw_button, self.withdraw),
        ):
            button.clicked.connect(act)
        self.tools.export_button.setText("Выгрузить в Excel…")
        self.tools.paper_button.setToolTip("Ctrl+P")
        self.tools.import_button.setToolTip("Ctrl+O")
        for one, other in (
            (self.open_filter, self.otherwise_filter),
            (self.otherwise_filter, self.open_filter),
        ):
            one.clicked.connect(partial(self._turn_filter, other))
        self.search_field.searched.connect(lambda _: self._filter())
        SearchKeys(self.search_field, self.table).entered.connect(self._enter)
        self.table.opened.connect(lambda _: self.edit())
        self.table.selection_changed.connect(self._offer)
        self._offer_kinds()
        for key, act in (("Ctrl+O", self.tools.import_button.click), ("Ctrl+P", self.print)):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        for key, act in (("F2", self.edit), ("Del", self.withdraw_button.click)):
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(key), self, context=context).activated.connect(act)
        writing = (self.edit_button, self.withdraw_button, self.mark_button, self.menu.menuAction())
        if allow(self.desk, Right.CHOICES_WRITE, self.tools.import_button, *writing):
            FileDrop(self, (self.sheet, self.empty)).dropped.connect(self._take_dropped)
        self.acts.written.connect(lambda _: self.message.clear())
        self.acts.withdrawn.connect(self._tell_withdrawn)
        self.acts.kept.connect(lambda error, _: self.fail(error))
        self.acts.failed.connect(self.fail)
        self.acts.closed.connect(self._enter)
        self.watch_steps()

    def _offer_kinds(self) -> None:
        """Every kind in the menu of the button and in that of the table."""
        for kind in KINDS:
            action = self.menu.addAction(kind.title)
            action.triggered.connect(partial(self.mark, kind.code))
            action.setData(kind.code)
        change = self.table.addAction("Изменить\tEnter")
        change.triggered.connect(self.edit)
        allow(self.desk, Right.CHOICES_WRITE, change)
        self.table.addAction("Скопировать\tCtrl+C").triggered.connect(self.table.copy_selected)
        self.table.addAction(self.menu.menuAction())

    # -- what the page asks ----------------------------------------------------------------------

    @property
    @override
    def steps(self) -> Steps:
        return self.acts.steps

    @override
    def show_tools(self, *, shown: bool) -> None:
        self._front = shown
        self._offer()

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def status(self) -> Status:
        keys = (("Shift+↓", "выбрать ещё"), ("Enter", "изменить"), ("Ctrl+O", "загрузить список"))
        return replace(saved_at(self.desk.saved_at), undo=self.acts.steps.next_undo, keys=keys)

    def show_year(self, year: int) -> None:
        """Show who left in a year, when the view is next in front."""
        with QSignalBlocker(self.tools.year):
            if self.tools.year.findData(year) < 0:
                self.tools.year.addItem(f"Выпуск {year} года", year)
            self.tools.year.setCurrentIndex(self.tools.year.findData(year))
        self.search_field.clear()
        self.is_stale = True

    # -- reading and showing ---------------------------------------------------------------------

    @override
    def read(self) -> None:
        workspace, year = self.desk.workspace, self.tools.year.currentData()
        self.desk.run(lambda: graduates.read(workspace, workspace.actor, year), owner=self, done=self._show)

    def _show(self, found: Graduation) -> None:
        former, self._found = self._found, found
        if former is not None and former.year != found.year:
            self.message.clear()
        with QSignalBlocker(self.tools.year):
            self.tools.year.clear()
            for year in found.years:
                self.tools.year.addItem(f"Выпуск {year} года", year)
            self.tools.year.setCurrentIndex(self.tools.year.findData(found.year))
        self._lines = [graduate_words.line(one, found.titles) for one in found.graduates]
        nobody = not self._lines and len(found.years) == 1
        self.content.setVisible(not nobody)
        self.empty.setVisible(nobody)
        self.board.show_totals([domain.totals(found.graduates, grade) for grade in GRADES.values()], found.year)
        self.open_filter.set_count(sum(line.graduate.entry is None for line in self._lines))
        self.otherwise_filter.set_count(sum(line.graduate.met is Met.OTHERWISE for line in self._lines))
        self._filter()
        if self.table.row() is None:
            self.table.choose_first()
        self._offer()
        if self._front and QApplication.focusWidget() is None and not nobody:
            self._enter()
        self._suggest()

    def _filter(self) -> None:
        words = self.search_field.text()
        shown = [line for line in self._lines if self._wanted(line) and line.matches(words)]
        self.table.set_rows(shown, "Таких выпускников нет" if self._lines else "В этом году выпускников не было")
        total = DESTINATIONS.counted(len(self._lines))
        self.count.setText(total if len(shown) == len(self._lines) else f"{len(shown)} из {len(self._lines)}")

    def _wanted(self, line: Line) -> bool:
        if self.open_filter.isChecked():
            return line.graduate.entry is None
        return not self.otherwise_filter.isChecked() or line.graduate.met is Met.OTHERWISE

    def _turn_filter(self, other: CountFilter) -> None:
        other.setChecked(False)
        self._filter()
        if self.table.row() is None:
            self.table.choose_first()

    def _offer(self) -> None:
        selected, tools = self._selected(), self.tools
        for tool in (tools.year, tools.export_button, tools.paper_button, tools.import_button):
            tool.setVisible(self._front and not self.content.isHidden())
        for tool in (tools.export_button, tools.paper_button):
            tool.setEnabled(bool(self._lines))
        self.edit_button.setText("Изменить" if any(one.entry for one in selected) else "Записать подробно…")
        self.edit_button.setEnabled(len(selected) == 1)
        self.withdraw_button.setEnabled(len(selected) == 1 and selected[0].entry is not None)
        count = sum(one.is_open for one in selected)
        whom = plural.counted(count, *_WHOM) if count else "выпускников"
        self.mark_button.setText(f"Записать {whom}")
        for button in (self.mark_button, self.menu.menuAction()):
            button.setEnabled(bool(count))
        self.menu.setTitle(f"Записать {whom}")

    def _suggest(self) -> None:
        """Of those who are in grade 10 here it is known where they went."""
        if self._suggests:
            self.message.clear()
        stayed = self._stayed()
        if stayed and not self.message.words and self.desk.may(Right.CHOICES_WRITE):
            told = f"После 9 класса учатся здесь дальше, но это ещё не записано: {len(stayed)}."
            action = f"Записать 10 класс: {len(stayed)}"
            self.say(told, Tone.INFO, action, lambda: self._write(self._stayed(), SCHOOL))
            self._suggests = True

    def _stayed(self) -> list[Graduate]:
        return [line.graduate for line in self._lines if line.graduate.stayed]

    def _selected(self) -> list[Graduate]:
        return [line.graduate for line in self.table.selected()]

    def _enter(self) -> None:
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- verbs -----------------------------------------------------------------------------------

    def edit(self) -> None:
        """Change what is written of the chosen graduate, or write it."""
        selected = self._selected()
        if len(selected) == 1:
            (one,) = selected
            if one.entry is None and not self.desk.may(Right.CHOICES_WRITE):
                return
            self.acts.read_and_open(DESTINATIONS, one.entry, one.known())

    def withdraw(self) -> None:
        """Take out what is written of the chosen graduate."""
        selected = self._selected()
        if len(selected) == 1 and selected[0].entry is not None:
            self.acts.withdraw(DESTINATIONS, selected[0].entry.id, selected[0].leaver.name)

    def mark(self, kind: str) -> None:
        """Write where all selected went of whom it is not known yet."""
        self._write(self._selected(), kind)

    def _write(self, some: Sequence[Graduate], kind: str) -> None:
        workspace = self.desk.workspace
        self.desk.write(
            lambda: graduates.mark(workspace, workspace.actor, some, kind),
            owner=self,
            done=self._tell_marked,
            failed=self.fail,
        )

    def ask_file(self) -> None:
        """Ask for a table of graduates; its preview is shown before anything is written."""
        path = file_dialogs.file_to_open(self, DESTINATIONS.title, file_dialogs.TABLES)
        if path is not None:
            self.wanted_import.emit(path)

    def export(self) -> None:
        """Write the year as a workbook, with empty cells where nothing is known."""
        if (found := self._found) is None:
            return
        name = f"Выпускники {found.year}.xlsx"
        path = file_dialogs.file_to_save(self, "Выпускники", name, file_dialogs.XLSX)
        if path is not None:
            workspace, actor = self.desk.workspace, self.desk.actor
            self.desk.write(
                lambda: graduates.export(workspace, actor, found, path),
                owner=self,
                done=lambda _: self.tell_saved(f"Сохранено: {path}.", path),
                failed=self.fail,
            )

    def print(self) -> None:
        """Show the paper of the year."""
        if (found := self._found) is not None and self._lines:
            workspace, actor = self.desk.workspace, self.desk.actor
            PaperDialog(
                self,
                self.desk,
                f"Выпускники {found.year} года",
                lambda named: graduates.paper(workspace, actor, found, named=named),
                "Со списком выпускников",
            ).open()

    def _take_dropped(self, paths: Sequence[Path]) -> None:
        if len(paths) == 1:
            self.wanted_import.emit(paths[0])
        else:
            self.say("Таблицы загружаем по одной: перетащите один файл.", Tone.WARN)

    # -- telling ---------------------------------------------------------------------------------

    @override
    def say(self, words: str, tone: Tone = Tone.OK, action: str = "", act: Callable[[], object] | None = None) -> None:
        self._suggests = False
        super().say(words, tone, action, act)

    def _tell_marked(self, step: Step) -> None:
        self.acts.steps.add(step)
        self.say(f"Записано: {step.words}.", Tone.OK, "Отменить запись", self.acts.steps.undo)

    def tell_loaded(self, step: EntryStep) -> None:
        """Tell of a table that was taken in meanwhile; it is undone from here."""
        self.acts.steps.add(step)
        self.say(f"Загружено: {step.title}.", Tone.OK, "Отменить загрузку", self.acts.steps.undo)

    def _tell_withdrawn(self, step: EntryStep) -> None:
        self.say(f"Убрано из реестра: {step.title}.", Tone.OK, "Вернуть", self.acts.steps.undo)
