"""A new pupil, or what is written of one: checked field by field, told of a likely double while typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain import pupil_entry
from profdesk.domain.batch import Step
from profdesk.domain.people import Pupil, Sex, pupil_words
from profdesk.domain.pupil_entry import EntryReading, PupilEntry
from profdesk.domain.roster import Field
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupils import class_field
from profdesk.gui.pupils.reading import Reading
from profdesk.services import pupils

_SEXES = (("", "не указан"), (Sex.MALE.value, "мужской"), (Sex.FEMALE.value, "женский"))


class PupilDialog(QDialog):
    """Writes a new pupil, or the ``pupil`` given; what was typed stays until it is written.

    ``saved`` gives the Step, ``wanted_existing`` the id of the pupil that is already there.
    """

    saved = Signal(object)
    wanted_existing = Signal(str)

    heading: QLabel
    surname: QLineEdit
    surname_note: FieldNote
    given: QLineEdit
    given_note: FieldNote
    patronymic: QLineEdit
    patronymic_note: FieldNote
    birth_date: QLineEdit
    birth_date_note: FieldNote
    group: QComboBox
    group_note: FieldNote
    sex: Segmented
    double: InlineMessage
    message: InlineMessage
    leave_button: QPushButton
    again_button: QPushButton
    save_button: QPushButton

    def __init__(
        self, parent: QWidget | None, desk: Desk, reading: Reading, entry: PupilEntry, pupil: Pupil | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reading = reading
        self._pupil = pupil
        self._sex_by_hand = entry.sex is not None
        self._double = ""
        fill(self, "pupil_dialog")
        self.sex.set_choices(_SEXES)
        class_field.offer(self.group, reading.listing.groups, entry.group)
        self._fields = {
            Field.SURNAME: (self.surname, self.surname_note),
            Field.GIVEN: (self.given, self.given_note),
            Field.PATRONYMIC: (self.patronymic, self.patronymic_note),
            Field.BIRTH_DATE: (self.birth_date, self.birth_date_note),
            Field.GROUP: (self.group, self.group_note),
        }
        self._put(entry)
        self._dress()
        self._connect()
        self._look_again()
        self.surname.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        if self._pupil is None:
            return
        self.setWindowTitle(self._pupil.name.short)
        self.heading.setText(self._pupil.name.short)
        self.leave_button.setText("Оставить как было")
        self.save_button.setText("Записать")
        self.again_button.hide()
        if self._pupil.leave is not None:
            self.group.setEnabled(False)
            self.group_note.set_hint(f"Выбытие {self._pupil.leave.day:%d.%m.%Y}")

    def _connect(self) -> None:
        for field in (self.surname, self.given, self.patronymic, self.birth_date):
            field.textEdited.connect(lambda _: self._look_again())
        self.surname.editingFinished.connect(self._split)
        self.patronymic.textChanged.connect(self._guess_sex)
        self.group.editTextChanged.connect(lambda _: self._look_again())
        self.sex.chosen.connect(self._sex_chosen)
        self.double.acted.connect(lambda: self.wanted_existing.emit(self._double))
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(lambda: self._save(again=False))
        self.again_button.clicked.connect(lambda: self._save(again=True))

    # -- what is typed ---------------------------------------------------------------------------

    @property
    def entry(self) -> PupilEntry:
        """What stands in the fields."""
        sex = Sex(self.sex.key) if self.sex.key else None
        texts = (self.surname.text(), self.given.text(), self.patronymic.text(), self.birth_date.text())
        return PupilEntry(*texts, sex, self.group.currentText())

    def renew(self, reading: Reading) -> None:
        """Compare with the list as it stands by now: the one just added is in it."""
        self._reading = reading
        self._look_again()

    def _put(self, entry: PupilEntry) -> None:
        self.surname.setText(entry.surname)
        self.given.setText(entry.given)
        self.patronymic.setText(entry.patronymic)
        self.birth_date.setText(entry.birth_date)
        self.sex.choose(entry.sex.value if entry.sex else "")

    def _read(self) -> EntryReading:
        return pupil_entry.read(self.entry, pupils.today(), [group.name for group in self._reading.listing.groups])

    def _split(self) -> None:
        """A whole name typed or pasted into the first field goes into all three."""
        name = None if self.given.text() else pupil_entry.split(self.surname.text())
        if name is not None:
            self.surname.setText(name.surname)
            self.given.setText(name.given)
            self.patronymic.setText(name.patronymic or self.patronymic.text())
            self._look_again()

    def _guess_sex(self, patronymic: str) -> None:
        likely = pupil_entry.likely_sex(patronymic)
        if not self._sex_by_hand and likely is not None:
            self.sex.choose(likely.value)
            self._sex_by_hand = False

    def _sex_chosen(self, _key: str) -> None:
        self._sex_by_hand = True

    def _look_again(self) -> None:
        """Marks of former mistakes go as soon as they are mended; age, new class and doubles are told."""
        reading = self._read()
        for field, (widget, note) in self._fields.items():
            if note.words and field not in reading.problems and widget.property("wrong"):
                set_wrong(widget, note, "")
        draft = reading.draft
        grade = draft.group.grade if draft and draft.group else None
        self.birth_date_note.set_hint(
            pupil_entry.age_note(draft.birth_date, grade, self._reading.year) if draft else ""
        )
        if self.group.isEnabled():
            self.group_note.set_hint(class_field.note(self.group, self._reading.listing.groups))
        if self._pupil is None:
            named = class_field.read(self.group, self._reading.listing.groups)
            self.heading.setText(f"Новый {pupil_words([named])[0]}")
            self.setWindowTitle(self.heading.text())
        self._tell_double(reading)

    def _tell_double(self, reading: EntryReading) -> None:
        draft, own = reading.draft, self._pupil.id if self._pupil else ""
        found = self._reading.like(draft, own) if draft else []
        if self._pupil is None:
            self.save_button.setText("Всё равно добавить" if found else "Добавить")
        if not found:
            self.double.clear()
            return
        one = found[0]
        place = one.group.name.title if one.group else "без класса"
        self._double = one.id
        words = f"Похоже, уже есть: {one.name.full}, {one.birth_date:%d.%m.%Y}, {place}."
        self.double.say(words, Tone.WARN, "Открыть существующего")

    # -- writing ---------------------------------------------------------------------------------

    def _save(self, *, again: bool) -> None:
        self._split()
        reading = self._read()
        for field, (widget, note) in self._fields.items():
            set_wrong(widget, note, reading.problems.get(field, ""))
        if reading.draft is None:
            next(self._fields[field][0] for field in self._fields if field in reading.problems).setFocus()
            return
        workspace, actor, year = self._desk.workspace, self._desk.actor, self._reading.year
        entry, pupil = self.entry, self._pupil
        self._set_busy(busy=True)
        self._desk.write(
            lambda: (
                pupils.add(workspace, actor, entry, year)
                if pupil is None
                else pupils.edit(workspace, actor, pupil.id, entry, year)
            ),
            owner=self,
            done=lambda step: self._written(step, again=again),
            failed=self._failed,
            stopped=lambda: self._set_busy(busy=False),
        )

    def _written(self, step: Step, *, again: bool) -> None:
        self._set_busy(busy=False)
        self.saved.emit(step)
        if not again:
            self.accept()
            return
        self._sex_by_hand = False
        self._put(PupilEntry("", "", "", ""))
        self._sex_by_hand = False
        self.double.clear()
        self.message.say(f"Записано: {step.words}.", Tone.OK)
        self.surname.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: ProfdeskError) -> None:
        self._set_busy(busy=False)
        self.message.say(error.message, Tone.BAD)

    def _set_busy(self, *, busy: bool) -> None:
        for button in (self.save_button, self.again_button):
            button.setEnabled(not busy)

    @override
    def reject(self) -> None:
        if self.save_button.isEnabled():
            super().reject()
