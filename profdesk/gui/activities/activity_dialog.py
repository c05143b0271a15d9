"""An activity to be planned or changed: what, when, where, for whom, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from profdesk.domain import activity_words as words
from profdesk.domain.activities import SHARED, Activity, ActivityEntry, ActivityType, Sort
from profdesk.domain.register import Values
from profdesk.domain.rights import Right
from profdesk.errors import WrongInputError
from profdesk.gui.activities import choosing
from profdesk.gui.activities.competency_field import CompetencyField
from profdesk.gui.activities.invited import Invited
from profdesk.gui.activities.picks import Picks
from profdesk.gui.activities.writing import WritingDialog
from profdesk.gui.common.allowed import show_only, withhold
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.tones import Tone
from profdesk.services import activities
from profdesk.services.activities import Offer, YearPlan

_LESSON = "lesson"


class ActivityDialog(WritingDialog):
    """Writes a new activity, begun with some entry, or the one given; ``saved`` gives the Activity and the Step."""

    heading: QLabel
    kind: QComboBox
    day: QDateEdit
    last_day: QDateEdit
    at: QLineEdit
    day_note: FieldNote
    trial_row: QWidget
    trial: QComboBox
    lesson_row: QWidget
    lesson: QComboBox
    name: QLineEdit
    name_note: FieldNote
    partner: QComboBox
    place: QLineEdit
    partner_note: FieldNote
    responsible: QComboBox
    hours: QLineEdit
    hours_note: FieldNote
    professions: Picks
    competencies: CompetencyField
    labour_market: QCheckBox
    note: QPlainTextEdit
    invited: Invited

    def __init__(
        self,
        parent: QWidget | None,
        desk: Desk,
        plan: YearPlan,
        offer: Offer,
        begun: Activity | ActivityEntry,
    ) -> None:
        super().__init__(parent, desk, "activity_dialog")
        self._plan = plan
        self._offer = offer
        self._one = one = begun if isinstance(begun, Activity) else None
        self._filled: set[str] = set()
        """Words that a trial or lesson put into a field; those of another one may replace them."""
        self._may_write = desk.may(Right.ACTIVITIES_WRITE) and not (one and one.id in plan.shared)
        self._entry = begun.entry if isinstance(begun, Activity) else begun
        self._by_hand = bool(self._entry.competencies)
        """Whether somebody chose the competencies: then no former activity's take their place."""
        self.setWindowTitle("Изменить" if one else "Запланировать")
        self.heading.setText(f"Изменить: {one.entry.title}" if one else "Запланировать")
        self.save_button.setText("Сохранить" if one else "Запланировать")
        self.leave_button.setText("Не менять" if one else "Не планировать")
        for note in (self.day_note, self.name_note, self.partner_note, self.hours_note):
            note.hide()
        self._offer_choices()
        self._put(self._entry)
        self._order_tabs()
        if not self._may_write:
            self._leave_to_read()
        self._connect()
        self._show_kind()
        self._narrow()
        begin = self.leave_button if self.name.isReadOnly() else self.name if one else self.kind
        begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_choices(self) -> None:
        for one in self._plan.types.values():
            self.kind.addItem(one.title, one.code)
        titles = self._plan.titles
        choosing.offer(self.partner, titles["partners"].items())
        choosing.offer(self.trial, titles["trials"].items())
        choosing.offer(self.lesson, titles["lessons"].items())
        choosing.offer(self.responsible, ((name, name) for name in self._offer.staff))
        self.professions.offer("Профессии, о которых узнают", titles["professions"].items(), "Начните писать название")
        self.competencies.take(self._desk.programme)
        invited = list(self._plan.groups.values())
        if not self._may_write:
            invited = [one for one in invited if one.id in self._entry.groups]
        self.invited.offer(invited, self._desk.programme.levels, self._offer.pupils)

    def _leave_to_read(self) -> None:
        self.setWindowTitle("Посмотреть")
        self.heading.setText(self._entry.title)
        self.leave_button.setText("Закрыть")
        withhold(self.save_button, self.competencies.choose_button, self.invited.level_buttons)
        show_only(self)
        for part in (self.professions, self.invited.pupils):
            part.choice.hide()
            part.chosen.setEnabled(False)
            if not part.keys:
                withhold(part)
        self.invited.groups.setEnabled(False)
        if self._one is not None and self._one.id in self._plan.shared:
            self.message.say(SHARED, Tone.INFO)

    def _put(self, entry: ActivityEntry) -> None:
        self.kind.setCurrentIndex(max(0, self.kind.findData(entry.type)))
        self.day.setDate(_qdate(entry.begins_on))
        self.last_day.setDate(_qdate(entry.last_day))
        self.at.setText(entry.at)
        self.name.setText(entry.title)
        choosing.put(self.partner, entry.partner)
        choosing.put(self.trial, entry.trial)
        choosing.put(self.lesson, entry.lesson)
        self.place.setText(entry.place)
        self.responsible.setEditText(entry.responsible)
        self.hours.setText("" if entry.hours is None else str(entry.hours))
        self.professions.put(entry.professions)
        self.competencies.put(entry.competencies)
        self.labour_market.setChecked(entry.labour_market)
        self.note.setPlainText(entry.note)
        self.invited.put(entry.groups, entry.pupils)

    def _connect(self) -> None:
        self._length = self.day.date().daysTo(self.last_day.date())
        self.kind.currentIndexChanged.connect(lambda _: self._show_kind())
        self.day.dateChanged.connect(self._move)
        self.last_day.dateChanged.connect(lambda _: self._measure())
        self.trial.currentIndexChanged.connect(lambda _: self._fill_in(self.trial, "trials"))
        self.lesson.currentIndexChanged.connect(lambda _: self._fill_in(self.lesson, "lessons"))
        self.competencies.changed.connect(self._filled_by_hand)
        self.invited.changed.connect(self._narrow)
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)

    def _order_tabs(self) -> None:
        """The parts with fields of their own stand where one sees them."""
        competencies = self.competencies.choose_button
        stops = (self.hours, *self.professions.stops, competencies, self.labour_market, self.note, *self.invited.stops)
        for one, following in pairwise((*stops, self.save_button, self.leave_button)):
            QWidget.setTabOrder(one, following)

    # -- showing ---------------------------------------------------------------------------------

    @property
    def _type(self) -> ActivityType:
        return self._plan.types[self.kind.currentData()]

    def _show_kind(self) -> None:
        kind = self._type
        self.trial_row.setVisible(kind.sort is Sort.TRIAL)
        self.lesson_row.setVisible(kind.code == _LESSON)
        self.competencies.setVisible(kind.sort is not Sort.EVENT)
        self.labour_market.setEnabled(self._may_write and not kind.labour_market)
        self.labour_market.setChecked(kind.labour_market or self._entry.labour_market)
        self.invited.show_audience(kind.audience)

    def _move(self, day: QDate) -> None:
        """The last day goes with the first."""
        self.last_day.setDate(day.addDays(self._length))

    def _measure(self) -> None:
        self._length = max(0, self.day.date().daysTo(self.last_day.date()))

    def _fill_in(self, field: QComboBox, register: str) -> None:
        """Put what a trial or a lesson says into the fields that nobody has filled by hand."""
        key = field.currentData()
        found = next((one.values for one in self._offer.books[register] if one.id == key), None)
        if found is not None:
            self._fill_field(self.name, self._plan.titles[register][key])
            self._fill_field(self.hours, str(found.get("hours") or ""))
            self._fill_links(found)
        if register == "trials" and not self._by_hand:
            self.competencies.put(self._offer.seen.get(key, ()))

    def _filled_by_hand(self) -> None:
        self._by_hand = True

    def _narrow(self) -> None:
        """Only competencies of those invited can be seen."""
        self.competencies.narrow(self.invited.levels)

    def _fill_field(self, field: QLineEdit, said: str) -> None:
        if said and field.text() in ("", *self._filled):
            field.setText(said)
            self._filled.add(said)

    def _fill_links(self, found: Values) -> None:
        partner, profession = found.get("partner"), found.get("profession")
        if partner and not self.partner.currentText():
            choosing.put(self.partner, str(partner))
        if profession:
            self.professions.add(str(profession))

    # -- writing ---------------------------------------------------------------------------------

    def _save(self) -> None:
        entry = self._read()
        if entry is None:
            return
        workspace, which = self._desk.workspace, self._one.id if self._one else None
        verb = "изменено" if which else "запланировано"
        self.write(f"{verb} «{entry.title}»", lambda: activities.write(workspace, workspace.actor, entry, which))

    def _is_right(self) -> bool:
        """Whether the fields can be read; what is the matter with the first that cannot is told beside it."""
        kind = self._type
        checks: tuple[tuple[QWidget, FieldNote, Callable[[], object]], ...] = (
            (self.day, self.day_note, self._days),
            (self.at, self.day_note, lambda: words.clock(self.at.text())),
            (self.trial, self.name_note, lambda: self._link(self.trial, wanted=kind.sort is Sort.TRIAL)),
            (self.lesson, self.name_note, lambda: self._link(self.lesson, wanted=kind.code == _LESSON)),
            (self.name, self.name_note, self._title),
            (self.partner, self.partner_note, lambda: choosing.chosen(self.partner)),
            (self.hours, self.hours_note, self._hours),
        )
        for field, note, _ in checks:
            set_wrong(field, note, "")
            note.hide()
        for field, note, check in checks:
            try:
                check()
            except WrongInputError as error:
                set_wrong(field, note, error.message)
                note.show()
                field.setFocus()
                return False
        return True

    def _read(self) -> ActivityEntry | None:
        """What stands in the fields; None where something is the matter."""
        if not self._is_right():
            return None
        kind = self._type
        first, last = self._days()
        return replace(
            self._entry,
            type=kind.code,
            title=self._title(),
            begins_on=first,
            ends_on=last if last != first else None,
            at=words.clock(self.at.text()),
            place=self.place.text().strip(),
            audience=kind.audience,
            direction=kind.direction,
            hours=self._hours(),
            responsible=self.responsible.currentText().strip(),
            labour_market=self.labour_market.isChecked(),
            partner=choosing.chosen(self.partner),
            trial=self._link(self.trial, wanted=kind.sort is Sort.TRIAL),
            lesson=self._link(self.lesson, wanted=kind.code == _LESSON),
            professions=self.professions.keys,
            competencies=() if kind.sort is Sort.EVENT else self.competencies.codes,
            groups=self.invited.groups_chosen(kind.audience),
            pupils=self.invited.pupils_chosen(kind.audience),
            note=self.note.toPlainText(),
        )

    def _days(self) -> tuple[date, date]:
        first, last, year = _date(self.day), _date(self.last_day), self._plan.year
        if not year.first_day <= first <= year.last_day:
            raise WrongInputError(
                f"{year.title} учебный год идёт с {year.first_day:%d.%m.%Y} по {year.last_day:%d.%m.%Y}. "
                "Для другого года откройте его план."
            )
        if last < first:
            raise WrongInputError("Последний день раньше первого. Проверьте даты.")
        return first, last

    def _title(self) -> str:
        title = " ".join(self.name.text().split())
        if not title:
            raise WrongInputError("Напишите, что это: например, «Экскурсия в пожарную часть».")
        return title

    def _hours(self) -> int | None:
        typed = self.hours.text().strip()
        if typed and not typed.isdecimal():
            raise WrongInputError("Напишите целое число часов.")
        return int(typed) if typed else None

    def _link(self, field: QComboBox, *, wanted: bool) -> str | None:
        return choosing.chosen(field) if wanted else None


def _date(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
