"""The page «Настройки»: what is printed of the organisation, the year, keys and copies.

Every field is committed when it is left; nothing has to be saved.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget
from typing_extensions import override

from profdesk import settings
from profdesk.domain import certificate_numbers, users
from profdesk.domain.changes import Changes, Kind
from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.rights import Right
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.errors import ProfdeskError, WrongInputError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.allowed import allow, show_only
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.own_password import OwnPasswordDialog
from profdesk.gui.common.page import Page
from profdesk.gui.common.tones import Tone
from profdesk.gui.settings.keys_card import KeysCard
from profdesk.services import key_files, organisation, pupils

_EXAMPLE = 203
"""Which of a year's certificates shows what the pattern gives."""


def _keep_minutes(minutes: int) -> None:
    """Of this computer alone, so it is not the workspace that keeps it."""
    settings.remember(replace(settings.load(), lock_minutes=minutes))


class SettingsPage(Page):
    """Writes the organisation's fields one by one, each as it is left."""

    name = "settings"
    title = "Настройки"
    icon = "gear-six"
    help = (("Tab", "перейти к следующему полю; прежнее запишется"),)

    wanted_audit = Signal()
    wanted_copies = Signal()
    writes = (Right.HOUSE_WRITE,)

    short_name: QLineEdit
    legal_form: QLineEdit
    full_name: QLineEdit
    municipality: QLineEdit
    head_post: QLineEdit
    head_name: QLineEdit
    year: QComboBox
    term: QComboBox
    numbers_card: Card
    numbers: QLineEdit
    numbers_note: FieldNote
    entry: QLabel
    password_button: QPushButton
    keys: KeysCard
    folder: QLabel
    programme: QLabel
    lock_minutes: QSpinBox
    copies_button: QPushButton
    programme_button: QPushButton
    audit_button: QPushButton
    message: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "settings_page")
        self.keys.attach(desk, self.message)
        self._fields = {
            "short_name": self.short_name,
            "legal_form": self.legal_form,
            "name": self.full_name,
            "municipality": self.municipality,
            "head_post": self.head_post,
            "head_name": self.head_name,
        }
        self.numbers.setPlaceholderText(certificate_numbers.USUAL)
        self.numbers.textChanged.connect(lambda _: self._show_number())
        for edit in (*self._fields.values(), self.numbers):
            edit.editingFinished.connect(self._commit)
        self.numbers_card.setVisible(desk.organisation.kind is not OrganisationKind.DEPARTMENT)
        for term in Term:
            self.term.addItem(term.title, term.value)
        self.year.activated.connect(lambda _: self._commit())
        self.term.activated.connect(lambda _: self._commit())
        self.lock_minutes.setRange(settings.SHORTEST_IDLE, settings.LONGEST_IDLE)
        self.lock_minutes.setValue(settings.load().lock_minutes)
        self.lock_minutes.valueChanged.connect(_keep_minutes)
        if not allow(desk, Right.HOUSE_WRITE, self.programme_button):
            show_only(*self._fields.values(), self.numbers, self.year, self.term)
        self.copies_button.clicked.connect(self.wanted_copies)
        self.programme_button.clicked.connect(self._take_programme)
        self.audit_button.clicked.connect(self.wanted_audit)
        self.password_button.clicked.connect(self._change_password)
        # The card fills itself, so the form's own order leaves it out.
        folder = (self.copies_button, self.programme_button, self.audit_button)
        stops = (self.numbers, *self.keys.stops, self.lock_minutes, *folder, self.password_button)
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    @override
    def activate(self) -> None:
        self._show_organisation()
        self._show_folder()
        self.audit_button.setVisible(self.leads(self.wanted_audit))
        self.copies_button.setVisible(self.leads(self.wanted_copies))
        self.keys.refresh()

    @override
    def on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.touches(Kind.ORGANISATION, Kind.PROGRAMME, Kind.KEYS):
            self.activate()

    def _show_organisation(self) -> None:
        shown = self.desk.organisation
        for name, edit in self._fields.items():
            if not (edit.hasFocus() and edit.isModified()):
                edit.setText(getattr(shown, name))
        if not (self.numbers.hasFocus() and self.numbers.isModified()):
            self.numbers.setText(shown.certificate_numbers)
        self._show_number()
        start = shown.period.year.start
        self.year.clear()
        for year in range(start - 2, start + 3):
            self.year.addItem(SchoolYear(year).title, year)
        self.year.setCurrentIndex(self.year.findData(start))
        self.term.setCurrentIndex(self.term.findData(shown.period.term.value))

    def _show_number(self) -> None:
        """Say under the pattern what it gives, or what is the matter with it."""
        pattern, wrong = self.numbers.text().strip(), ""
        try:
            certificate_numbers.check(pattern)
            made = certificate_numbers.number(pattern, pupils.today().year, _EXAMPLE)
            self.numbers_note.set_hint(f"Выйдет, например: {made}. Уже выданные номера не изменятся.")
        except WrongInputError as error:
            wrong = error.message
        set_wrong(self.numbers, self.numbers_note, wrong)

    def _change_password(self) -> None:
        dialog = OwnPasswordDialog(self, self.desk)
        dialog.accepted.connect(lambda: self.message.say("Ваш пароль сменён.", Tone.OK))
        dialog.open()

    def _show_folder(self) -> None:
        actor = self.desk.actor
        roles = ", ".join(role.label for role in users.in_order(actor.roles))
        self.entry.setText(f"{actor.name}: {roles}")
        self.folder.setText(str(self.desk.workspace.path))
        programme = self.desk.programme
        self.programme.setText(f"Программа: «{programme.short_title}», редакция {programme.edition}")

    def _typed(self) -> Organisation:
        period = Period(SchoolYear(self.year.currentData()), Term(self.term.currentData()))
        pattern = self.desk.organisation.certificate_numbers if self.numbers.property("wrong") else self.numbers.text()
        return replace(
            self.desk.organisation,
            certificate_numbers=pattern.strip(),
            short_name=self.short_name.text().strip(),
            legal_form=self.legal_form.text().strip(),
            name=self.full_name.text().strip(),
            municipality=self.municipality.text().strip(),
            head_post=self.head_post.text().strip(),
            head_name=self.head_name.text().strip(),
            period=period,
        )

    def _commit(self) -> None:
        """Write what was typed; a field may lose the cursor only after the workspace was closed."""
        if not self.desk.is_open or not self.desk.may(Right.HOUSE_WRITE):
            return
        if (typed := self._typed()) == self.desk.organisation:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.write(
            lambda: organisation.save(workspace, actor, typed),
            owner=self,
            done=lambda _: self._saved(),
            failed=self._failed,
        )

    def _saved(self) -> None:
        self.message.clear()
        self.status_changed.emit()

    def _failed(self, error: ProfdeskError) -> None:
        self.message.say(error.message, Tone.BAD)

    def _take_programme(self) -> None:
        path = file_dialogs.file_to_open(self, "Файл программы", file_dialogs.PROGRAMME)
        if path is None:
            return
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.write(
            partial(key_files.take_programme_file, workspace, actor, path),
            owner=self,
            done=lambda taken: self._say(f"Программа взята: «{taken.short_title}», редакция {taken.edition}."),
            failed=self._failed,
        )

    def _say(self, sentence: str) -> None:
        self.message.say(sentence, Tone.OK)
