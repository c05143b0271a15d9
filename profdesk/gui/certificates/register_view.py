"""The view «Реестр»: every certificate that was issued, what became of it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QPushButton
from typing_extensions import override

from profdesk.domain import certificate_register as domain
from profdesk.domain import file_names
from profdesk.domain.batch import Step
from profdesk.domain.certificate_register import Issued, Standing
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.rights import Right
from profdesk.gui.certificates import blank_acts, register_rows
from profdesk.gui.certificates.badge_acts import BadgeActs
from profdesk.gui.certificates.folder_saving import FolderSaving
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.dialog import Dialog
from profdesk.gui.common.forms import fill
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.progress import ProgressStrip
from profdesk.gui.common.tones import Tone
from profdesk.gui.common.year_register import YearRegister
from profdesk.services import certificate_blanks, certificates, users

_NOTHING = (
    "Выданные сертификаты стоят здесь с номерами: их можно найти, напечатать ещё раз, заменить дубликатом, отозвать."
)
_TO_READ = "Выданные сертификаты стоят здесь с номерами: их можно найти и напечатать ещё раз."


@dataclass(frozen=True)
class RegisterTools:
    """What the view has in the header of the page."""

    year: QComboBox
    export_button: QPushButton
    paper_button: QPushButton


class RegisterView(YearRegister):
    """Reads the whole register at once; a year and searched words say what of it is shown, printed and exported."""

    kinds = (Kind.CERTIFICATES, Kind.PUPILS)
    keys = (("Enter", "показать"), ("Shift+↓", "выбрать ещё"), ("Ctrl+D", "дубликат"), ("Del", "отозвать"))

    wanted_card = Signal(str)
    wanted_issue = Signal()
    """Nothing has been issued yet: the user wants to."""

    sheet: Card
    card_button: QPushButton
    withdraw_button: QPushButton
    duplicate_button: QPushButton
    badge_button: QPushButton
    reprint_button: QPushButton
    progress: ProgressStrip

    def __init__(self, desk: Desk, tools: RegisterTools) -> None:
        super().__init__(desk)
        fill(self, "certificates_register")
        self.tools = tools
        self.table.select_several()
        nothing = _NOTHING if desk.may(Right.CERTIFICATES_ISSUE) else _TO_READ
        self.empty.set_content("medal", "Сертификатов ещё не выдавали", nothing)
        self.empty.set_buttons("Перейти к выдаче", icon="medal")
        self._saving = FolderSaving(self, self.progress)
        self._badges = BadgeActs(self, self.badge_button, self._saving, self._selected)
        self._connect()
        self.begin(tools.year, (tools.export_button, tools.paper_button))

    def _connect(self) -> None:
        for button, act in (
            (self.tools.export_button, self.export),
            (self.tools.paper_button, self.print_register),
            (self.empty.primary, self.wanted_issue.emit),
            (self.card_button, self.open_card),
            (self.withdraw_button, self._withdraw_or_put_back),
            (self.duplicate_button, self.ask_duplicate),
            (self.reprint_button, self.reprint),
        ):
            button.clicked.connect(act)
        self.tools.export_button.setText("Выгрузить в Excel…")
        self.tools.paper_button.setToolTip("Ctrl+P")
        self.table.opened.connect(lambda _: self.reprint())
        self.table.selection_changed.connect(self.offer)
        may_issue = allow(
            self.desk,
            Right.CERTIFICATES_ISSUE,
            self.empty.primary,
            self.withdraw_button,
            self.duplicate_button,
        )
        for words, act in (
            ("Напечатать ещё раз…\tEnter", self.reprint),
            *((("Выдать дубликат…\tCtrl+D", self.ask_duplicate),) if may_issue else ()),
            ("Цифровой значок…\tCtrl+B", self._badges.save),
            *((("Отозвать…\tDel", self.ask_withdrawal),) if may_issue else ()),
            ("Карточка ученика\tCtrl+K", self.open_card),
            ("Скопировать\tCtrl+C", self.table.copy_selected),
        ):
            self.table.addAction(words).triggered.connect(act)
        duplicate = self.duplicate_button.click
        for key, act in (("Ctrl+P", self.print_register), ("Ctrl+K", self.open_card), ("Ctrl+D", duplicate)):
            QShortcut(QKeySequence(key), self).activated.connect(act)
        here = Qt.ShortcutContext.WidgetShortcut
        if may_issue:
            QShortcut(QKeySequence("Del"), self.table, context=here).activated.connect(self.ask_withdrawal)

    # -- reading and showing ---------------------------------------------------------------------

    @override
    def read(self) -> None:
        workspace = self.desk.workspace

        def found() -> tuple[Sequence[Issued], Mapping[str, str]]:
            return certificates.register(workspace, workspace.actor), users.names(workspace, workspace.actor)

        self.desk.run(found, owner=self, done=lambda read: self.show_lines(*read))

    @override
    def set_columns(self, names: Mapping[str, str]) -> None:
        self.table.set_columns(register_rows.columns(names), key=lambda one: one.number)

    @override
    def counted(self, lines: Sequence[Issued]) -> str:
        return domain.counted(lines)

    @property
    @override
    def first_year(self) -> int:
        return self.desk.organisation.period.year.start

    @override
    def offer(self) -> None:
        selected = self.table.selected()
        one = selected[0] if len(selected) == 1 else None
        for tool in (self.tools.export_button, self.tools.paper_button):
            tool.setEnabled(bool(self.table.rows()))
        for button in (self.card_button, self.withdraw_button):
            button.setEnabled(one is not None)
        withdrawn = one is not None and one.standing is Standing.WITHDRAWN
        self.withdraw_button.setText("Вернуть" if withdrawn else "Отозвать…")
        self.duplicate_button.setEnabled(one is not None and not withdrawn)
        self.reprint_button.setEnabled(bool(selected))
        self._badges.offer()
        verb = "Сохранить" if selected and all(one.in_word for one in selected) else "Напечатать"
        self.reprint_button.setText(f"{verb} ещё раз{f' {len(selected)}' if len(selected) > 1 else ''}…")

    def _one(self) -> Issued | None:
        """The selected certificate if it is one."""
        selected = self.table.selected()
        return selected[0] if len(selected) == 1 else None

    def _selected(self) -> Sequence[Issued]:
        """The selected certificates in the order they were issued in."""
        return sorted(self.table.selected(), key=register_rows.order)

    # -- verbs -----------------------------------------------------------------------------------

    def open_card(self) -> None:
        """Lead to the card of the pupil."""
        if (one := self._one()) is not None:
            self.wanted_card.emit(one.pupil_id)

    def reprint(self) -> None:
        """Show the selected papers as they were issued, in the order of their numbers; Word documents are saved."""
        selected = self._selected()
        some = [one.number for one in selected]
        if some and all(one.in_word for one in selected):
            blank_acts.save_again(self, self._saving, selected)
        elif any(one.in_word for one in selected):
            self.say("Среди выбранных есть выданные на бланке Word. Выберите те или другие.", Tone.WARN)
        elif some:
            workspace, actor = self.desk.workspace, self.desk.actor
            title = f"Сертификат № {some[0]}" if len(some) == 1 else domain.span(some)
            draw = partial(certificates.reprint, workspace, actor, some)
            self._open(PaperDialog(self, self.desk, title, lambda _, report: draw(report), counted="Сертификаты"))

    def ask_duplicate(self) -> None:
        """Say what a duplicate is, then ask where to save it."""
        one = self._one()
        if one is None or one.standing is Standing.WITHDRAWN:
            return
        words = (
            "В дубликате то же, что в прежнем сертификате; номер и день выдачи — новые. Прежний станет отозванным. "
            "Отменить выдачу дубликата нельзя."
        )
        question = f"Выдать дубликат сертификата № {one.number}?"
        dialog = Dialog(self, question, f"{one.pupil.full}, {one.whom}. {words}", "Выдать и сохранить…", "Не выдавать")
        dialog.verb.setProperty("kind", "primary")
        dialog.accepted.connect(lambda: self._duplicate(one))
        self._open(dialog)

    def _duplicate(self, one: Issued) -> None:
        ending, kind = (certificate_blanks.ENDING, file_dialogs.DOCX) if one.in_word else (".pdf", file_dialogs.PDF)
        name = f"{file_names.tidy(f'Дубликат сертификата {one.number}')}{ending}"
        path = file_dialogs.file_to_save(self, "Сохранить дубликат", name, kind)
        if path is not None:
            workspace, actor = self.desk.workspace, self.desk.actor
            self.desk.write(
                lambda: certificates.duplicate(workspace, actor, one.number, path),
                owner=self,
                done=lambda number: self.tell_saved(f"Выдан дубликат № {number}, файл: {path}.", path),
                failed=self.fail,
            )

    def _withdraw_or_put_back(self) -> None:
        one = self._one()
        if one is not None and one.standing is Standing.WITHDRAWN:
            self._put_back(one)
        else:
            self.ask_withdrawal()

    def ask_withdrawal(self) -> None:
        """Ask why the chosen certificate is to be worth nothing."""
        one = self._one()
        if one is None or one.standing is Standing.WITHDRAWN:
            return
        dialog = Dialog(
            self,
            f"Отозвать сертификат № {one.number}?",
            f"{one.pupil.full}, {one.whom}. Сертификат останется в реестре отозванным, и проверка по коду это покажет. "
            "Отзыв можно отменить.",
            "Отозвать",
            "Не отзывать",
        )
        dialog.ask_reason("Почему: например, ошибка в фамилии. Причина останется в реестре")
        dialog.accepted.connect(lambda: self._withdraw(one, dialog.reason))
        self._open(dialog)

    def _withdraw(self, one: Issued, reason: str) -> None:
        workspace, actor = self.desk.workspace, self.desk.actor

        def withdraw() -> tuple[Step, Changes]:
            _, changes = certificates.withdraw(workspace, actor, one.number, reason)
            return Step(f"отзыв сертификата № {one.number}", changes.batch, (one.pupil_id,)), changes

        told = f"Отозван сертификат № {one.number}, {one.pupil.full}."
        self._write(withdraw, told, "Вернуть")

    def _put_back(self, one: Issued) -> None:
        workspace, actor = self.desk.workspace, self.desk.actor

        def put_back() -> tuple[Step, Changes]:
            _, changes = certificates.put_back(workspace, actor, one.number)
            return Step(f"возврат сертификата № {one.number}", changes.batch, (one.pupil_id,)), changes

        self._write(put_back, f"Снова действует сертификат № {one.number}, {one.pupil.full}.")

    def _write(self, verb: Callable[[], tuple[Step, Changes]], told: str, action: str = "") -> None:
        def done(step: Step) -> None:
            self.steps.add(step)
            self.say(told, Tone.OK, action, self.steps.undo)

        self.desk.write(verb, owner=self, done=done, failed=self.fail)

    def print_register(self) -> None:
        """Show what is shown as a paper."""
        shown, year, words = tuple(self.table.rows()), self.year, self.search_field.text().strip()
        if shown:
            workspace, actor = self.desk.workspace, self.desk.actor
            title = f"Реестр сертификатов {year.title if year else 'за все годы'}"
            draw = partial(certificates.register_paper, workspace, actor, shown, year, words)
            self._open(PaperDialog(self, self.desk, title, lambda _: draw()))

    def export(self) -> None:
        """Write what is shown as a workbook."""
        shown, year, workspace = tuple(self.table.rows()), self.year, self.desk.workspace
        name = file_names.tidy(f"Реестр сертификатов {year.title if year else ''}")
        path = file_dialogs.file_to_save(self, "Реестр сертификатов", f"{name}.xlsx", file_dialogs.XLSX)
        if path is not None:
            self.desk.run(
                lambda: certificates.export_register(workspace, workspace.actor, shown, path),
                owner=self,
                done=lambda _: self.tell_saved(f"Сохранено: {path}.", path),
                failed=self.fail,
            )

    # -- telling ---------------------------------------------------------------------------------

    def _open(self, dialog: Dialog | PaperDialog) -> None:
        dialog.finished.connect(self.enter)
        dialog.open()
