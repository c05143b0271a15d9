"""The page «Согласия»: a class or the whole school at a glance, papers entered in one act, printed, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.batch import Step
from profdesk.domain.changes import Kind
from profdesk.domain.consents import ConsentBook, ConsentKind, ConsentState, PupilConsents
from profdesk.domain.people import Group, Pupil
from profdesk.domain.rights import Right
from profdesk.gui.common.consents_dialog import ConsentsDialog
from profdesk.gui.common.count_filter import CountFilter
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.page import Page, Status, saved_at
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.records import Records
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.steps import Steps
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.consents import rows
from profdesk.gui.consents.rows import ClassRow
from profdesk.gui.consents.withdraw_dialog import WithdrawDialog
from profdesk.services import consents, pupils

_FILTERS = ("", "lacking", "ending", "withdrawn")
_WHOLE = ""


class ConsentsPage(Records, Page):
    """Reads the whole register at once; the chosen kind says what filters and verbs are about.

    Of the whole school the classes are shown with their counts; a filter or searched words bring the pupils.
    """

    name = "consents"
    title = "Согласия"
    icon = "pen-nib"
    kinds = (Kind.CONSENTS, Kind.PUPILS, Kind.GROUPS, Kind.ORGANISATION)
    help = (
        ("Ctrl+F", "найти ученика или класс"),
        ("Enter", "открыть класс"),
        ("Enter, Ins", "внести согласие ученика"),
        ("Ctrl+N", "внести согласия тех, у кого их нет"),
        ("Пробел; М, О, З, С", "при внесении: бумага есть; кто её дал"),
        ("Del", "отозвать согласие или снять отзыв"),
        ("Ctrl+P", "напечатать список согласий"),
        ("Ctrl+B", "напечатать бланки тем, у кого согласия нет"),
        ("Ctrl+C", "скопировать строки для таблицы"),
        ("Esc", "вернуться ко всем классам"),
    )

    writes = (Right.CONSENTS_WRITE,)
    keys_of = ((Right.CONSENTS_WRITE, ("Ctrl+N", "Enter, Ins", "Del", "Пробел; М, О, З, С")),)

    wanted_pupils = Signal()
    """There is no class yet: the user wants to load a list of one."""

    header: PageHeader
    group: QComboBox
    forms_button: QPushButton
    list_button: QPushButton
    enter_button: QPushButton
    bar: QWidget
    kind: Segmented
    all_filter: CountFilter
    lacking_filter: CountFilter
    ending_filter: CountFilter
    withdrawn_filter: CountFilter
    search_field: SearchField
    content: QWidget
    sheet: QWidget
    table: DeskTable
    side: QWidget
    name_label: QLabel
    about: QLabel
    papers: DeskTable
    nothing: QLabel
    one_button: QPushButton
    withdraw_button: QPushButton
    empty: EmptyState
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "consents_page")
        self._steps = Steps(desk, self)
        self._book: ConsentBook | None = None
        self._narrowing = ""
        self._shape = ""
        self._filters = (self.all_filter, self.lacking_filter, self.ending_filter, self.withdrawn_filter)
        for one, (icon, tone) in zip(
            self._filters[1:], (("circle", Tone.MUTED), ("clock", Tone.WARN), ("prohibit", Tone.BAD)), strict=True
        ):
            one.set_icon(icon, tone)
        self.kind.set_choices([(kind.value, kind.head) for kind in ConsentKind])
        self.kind.choose(ConsentKind.PSYCHOLOGICAL.value)
        self.papers.set_columns(rows.paper_columns(), key=lambda one: one.id)
        self.papers.horizontalHeader().hide()
        self.table.select_several()
        self.empty.set_content("pen-nib", "Согласий спрашивать пока не у кого", "Загрузите список класса.")
        self.empty.set_buttons("К обучающимся")
        for part in (self.bar, self.content, self.empty):
            part.hide()
        self._make_forms_menu()
        self._connect()

    def _make_forms_menu(self) -> None:
        self.forms = QMenu(self)
        for words, act in (
            ("Тем, у кого нет согласия\tCtrl+B", self.print_forms),
            ("Выбранным", self.print_chosen),
            ("Пустой бланк", partial(self._print, ())),
            ("Пустой бланк для детского сада", partial(self._print, (), kindergarten=True)),
        ):
            self.forms.addAction(words).triggered.connect(act)
        self.forms_button.setMenu(self.forms)

    def _connect(self) -> None:
        self.group.activated.connect(lambda _: self._fill())
        self.kind.chosen.connect(lambda _: self._fill())
        for narrowing, one in zip(_FILTERS, self._filters, strict=True):
            one.clicked.connect(partial(self._narrow, narrowing))
        self.search_field.searched.connect(lambda _: self._fill())
        SearchKeys(self.search_field, self.table).entered.connect(self._enter_table)
        self.table.chosen.connect(self._show_one)
        self.table.opened.connect(self._open)
        self.empty.primary.clicked.connect(self.wanted_pupils)
        self.list_button.clicked.connect(self.print_list)
        self.enter_button.clicked.connect(self.enter)
        self.one_button.clicked.connect(self.enter_one)
        self.withdraw_button.clicked.connect(self.withdraw)
        for key, act in (
            ("Ctrl+N", self.enter), ("Ctrl+P", self.print_list), ("Ctrl+B", self.print_forms), ("Esc", self._widen),
        ):  # fmt: skip
            QShortcut(QKeySequence(key), self).activated.connect(act)
        here = Qt.ShortcutContext.WidgetShortcut
        for key, act in (("Del", self.withdraw), ("Ins", self.enter_one)):
            QShortcut(QKeySequence(key), self.table, context=here).activated.connect(act)
        self.steps.failed.connect(self.fail)
        self.watch_steps()

    # -- what the window asks --------------------------------------------------------------------

    @property
    @override
    def steps(self) -> Steps:
        return self._steps

    @override
    def read(self) -> None:
        workspace, year = self.desk.workspace, self.desk.organisation.period.year
        self.desk.run(lambda: consents.book(workspace, workspace.actor, year), owner=self, done=self._show)

    @override
    def search(self) -> None:
        self.search_field.take_focus()

    @override
    def status(self) -> Status:
        keys = (("Ctrl+N", "внести"), ("Del", "отозвать"), ("Ctrl+B", "бланки"), ("Ctrl+P", "список"))
        return replace(saved_at(self.desk.saved_at), undo=self.steps.next_undo, keys=keys)

    # -- showing ---------------------------------------------------------------------------------

    @property
    def chosen_kind(self) -> ConsentKind:
        """What filters and verbs are about."""
        return ConsentKind(self.kind.key)

    def _show(self, book: ConsentBook) -> None:
        first, self._book = self._book is None, book
        self._offer_groups(book)
        there = bool(book.pupils)
        self.bar.setVisible(there)
        self.content.setVisible(there)
        self.empty.setVisible(not there)
        for one in (self.group, self.forms_button, self.list_button):
            one.setVisible(there)
        self.enter_button.setVisible(there and self.desk.may(Right.CONSENTS_WRITE))
        self._fill()
        if first and QApplication.focusWidget() in (None, self):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_groups(self, book: ConsentBook) -> None:
        kept = self.group.currentData()
        with QSignalBlocker(self.group):
            self.group.clear()
            if len(book.groups) != 1:
                self.group.addItem(self.desk.organisation.kind.everybody, _WHOLE)
            for one in book.groups:
                self.group.addItem(one.name.title, one.id)
            self.group.setCurrentIndex(max(0, self.group.findData(kept)))

    def _fill(self) -> None:
        book = self._book
        if book is None:
            return
        group, words = self.group.currentData() or _WHOLE, self.search_field.text()
        kind = self.chosen_kind
        for narrowing, one in zip(_FILTERS, self._filters, strict=True):
            one.set_count(sum(map(rows.narrowed(kind, narrowing, group, words), book.pupils)))
            one.setChecked(narrowing == self._narrowing)
        of_classes = group == _WHOLE and not self._narrowing and not words.strip() and len(book.groups) > 1
        self._set_columns("classes" if of_classes else "class" if group else "pupils")
        if of_classes:
            self.table.set_rows(rows.class_rows(book))
        else:
            is_shown = rows.narrowed(kind, self._narrowing, group, words)
            self.table.set_rows([one for one in book.pupils if is_shown(one)], "Никого. Снимите отбор или поиск.")
        if self.table.row() is None:
            self.table.choose_first()
        self._show_one(self.table.row())

    def _set_columns(self, shape: str) -> None:
        """Of classes, of the pupils of one, or of pupils with their classes."""
        if shape == self._shape:
            return
        self._shape = shape
        self.table.set_rows(())
        if shape == "classes":
            self.table.set_columns(rows.class_columns(), key=lambda row: row.group.id)
        else:
            self.table.set_columns(rows.columns(with_group=shape == "pupils"), key=lambda row: row.pupil.id)
        self.side.setVisible(shape != "classes")

    def _show_one(self, row: PupilConsents | ClassRow | None) -> None:
        one = row if isinstance(row, PupilConsents) else None
        writes = self.desk.may(Right.CONSENTS_WRITE)
        for button in (self.one_button, self.withdraw_button):
            button.setVisible(writes)
            button.setEnabled(one is not None)
        if one is None:
            self.name_label.setText("")
            self.about.setText("")
            self.papers.set_rows(())
            return
        self.name_label.setText(one.pupil.name.full)
        self.about.setText(f"{one.group.name.title}, дата рождения {one.pupil.birth_date:%d.%m.%Y}")
        self.papers.set_rows(one.papers)
        self.papers.setVisible(bool(one.papers))
        self.nothing.setVisible(not one.papers)
        self.nothing.setText("Бумаг ещё нет. Распечатайте бланк и передайте родителям.")
        state = one.by_kind[self.chosen_kind].state
        self.one_button.setText(f"Внести: {self.chosen_kind.head.lower()}…")
        self.withdraw_button.setText("Снять отзыв" if state is ConsentState.WITHDRAWN else "Отозвать…")
        self.withdraw_button.setEnabled(state is not ConsentState.MISSING)

    def _narrow(self, narrowing: str, _checked: bool = False) -> None:
        self._narrowing = "" if narrowing == self._narrowing else narrowing
        self._fill()

    def _widen(self) -> None:
        """Back to all classes."""
        self._narrowing = ""
        self.group.setCurrentIndex(0)
        self._fill()

    def _enter_table(self) -> None:
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: PupilConsents | ClassRow) -> None:
        if isinstance(row, ClassRow):
            self.group.setCurrentIndex(self.group.findData(row.group.id))
            self._fill()
        else:
            self.enter_one()

    # -- verbs -----------------------------------------------------------------------------------

    def _scope(self) -> Sequence[Group]:
        """The class that is shown or chosen, or all of them."""
        book, row = self._book, self.table.row()
        if book is None:
            return ()
        wanted = self.group.currentData() or (row.group.id if isinstance(row, ClassRow) else _WHOLE)
        return [one for one in book.groups if wanted in (_WHOLE, one.id)]

    def _lacking(self) -> list[Pupil]:
        groups, kind = {one.id for one in self._scope()}, self.chosen_kind
        there = self._book.pupils if self._book else ()
        return [one.pupil for one in there if one.group.id in groups and not one.by_kind[kind].state.allows]

    def enter(self) -> None:
        """Enter the papers of those of the class shown who lack one."""
        there = self._lacking()
        if there:
            self._ask(there)
        else:
            self.say("Согласия этого вида есть у всех.", Tone.INFO)

    def enter_one(self) -> None:
        """Enter the paper of the chosen pupil, also where one is there: it is renewed."""
        row = self.table.row()
        if isinstance(row, PupilConsents):
            self._ask([row.pupil])

    def _ask(self, there: Sequence[Pupil]) -> None:
        if not self.desk.may(Right.CONSENTS_WRITE) or self._book is None:
            return
        number = str(self._book.next_number)
        dialog = ConsentsDialog(self, self.desk, there, pupils.today(), self.chosen_kind, number)
        self._open_dialog(dialog)

    def withdraw(self) -> None:
        """Withdraw the chosen pupil's consent of the chosen kind, or take a withdrawal back."""
        row, kind = self.table.row(), self.chosen_kind
        if not isinstance(row, PupilConsents) or not self.desk.may(Right.CONSENTS_WRITE):
            return
        state, workspace, pupil = row.by_kind[kind].state, self.desk.workspace, row.pupil
        if state is ConsentState.MISSING:
            self.say("Отзывать нечего: такого согласия нет.", Tone.INFO)
        elif state is ConsentState.WITHDRAWN:
            self.desk.write(
                lambda: consents.keep(workspace, workspace.actor, pupil.id, kind),
                owner=self,
                done=self._written,
                failed=self.fail,
            )
        else:
            self._open_dialog(WithdrawDialog(self, self.desk, pupil, kind))

    def _open_dialog(self, dialog: ConsentsDialog | WithdrawDialog) -> None:
        dialog.saved.connect(self._written)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _written(self, step: Step) -> None:
        self.steps.add(step)
        self.say(f"{step.words[0].upper()}{step.words[1:]}.", Tone.OK, "Отменить", self.undo)

    # -- papers ----------------------------------------------------------------------------------

    def print_list(self) -> None:
        """Show the list of consents of the class or classes shown."""
        book, workspace, groups = self._book, self.desk.workspace, self._scope()
        if book is None or not groups:
            return
        whose = f", {groups[0].name.title}" if len(groups) == 1 else ""
        draw = partial(consents.list_paper, workspace, workspace.actor, book, groups)
        PaperDialog(self, self.desk, f"Список согласий{whose}", lambda _: draw()).open()

    def print_forms(self) -> None:
        """Show the forms of those who lack the chosen kind."""
        there = self._lacking()
        if there:
            self._print([one.id for one in there])
        else:
            self.say("Согласия этого вида есть у всех: печатать некому.", Tone.INFO)

    def print_chosen(self) -> None:
        """Show the forms of the selected pupils."""
        chosen = [one.pupil.id for one in self.table.selected() if isinstance(one, PupilConsents)]
        if chosen:
            self._print(chosen)
        else:
            self.say("Выберите учеников: откройте класс или найдите их.", Tone.INFO)

    def _print(self, ids: Sequence[str], _checked: bool = False, *, kindergarten: bool | None = None) -> None:
        workspace, kind = self.desk.workspace, self.chosen_kind
        draw = partial(consents.forms, workspace, workspace.actor, [kind], ids, kindergarten=kindergarten)
        title = f"Бланки согласий на {kind.label}"
        PaperDialog(self, self.desk, title, lambda _, report: draw(progress=report), counted="Бланки").open()
