"""Who was there: everybody expected is present, those who were not are marked, and how it went for each."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QSpinBox, QWidget
from typing_extensions import override

from profdesk.domain import activity_words as words
from profdesk.domain.activities import Audience, Participation, Presence, State
from profdesk.domain.people import Pupil
from profdesk.domain.rights import Right
from profdesk.gui.activities.product_field import ProductField
from profdesk.gui.activities.writing import WritingDialog
from profdesk.gui.common.allowed import show_only, withhold
from profdesk.gui.common.card import Card
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.table import DeskTable
from profdesk.services import activities
from profdesk.services.activities import Attendance

_WRONG_HOURS = "Напишите число часов."


class AttendanceDialog(WritingDialog):
    """Writes presence and results in one act; ``saved`` gives the Activity and the Step.

    Space marks, F2 goes to the result of the chosen pupil and Escape back, Insert adds a work, Ctrl+Enter writes.
    """

    heading: QLabel
    facts: QLabel
    sheet: Card
    table: DeskTable
    panel: Card
    pupil_name: QLabel
    pupil_group: QLabel
    outcome: QPlainTextEdit
    mark: QLineEdit
    feedback: QPlainTextEdit
    hours: QLineEdit
    hours_note: FieldNote
    product: ProductField
    others_row: QWidget
    others: QSpinBox
    keys: QLabel

    def __init__(self, parent: QWidget | None, desk: Desk, found: Attendance) -> None:
        super().__init__(parent, desk, "attendance_dialog")
        self._found = found
        self._said = dict(found.recorded)
        self._pupil: Pupil | None = None
        self._parents = found.activity.entry.audience is Audience.PARENTS
        self._may_write = desk.may(Right.ACTIVITIES_WRITE)
        self._dress()
        self._connect()
        if not self._may_write:
            self._leave_to_read()
        elif found.shared:
            show_only(self.others)
        self._show_rows()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        entry, held = self._found.activity.entry, self._found.activity.state is State.HELD
        self.setWindowTitle("Кто был" if held else "Провели")
        self.heading.setText(entry.title)
        self.facts.setText(", ".join(filter(None, (words.when(entry), entry.at, entry.place))))
        for_pupils = bool(self._found.pupils) and entry.audience is Audience.PUPILS
        self.panel.setVisible(for_pupils)
        self.others_row.setVisible(self._parents)
        self.others.setValue(entry.parents_reached or 0)
        self.hours.setPlaceholderText(str(entry.hours or ""))
        if not for_pupils:
            self.keys.setText("Пробел — не были, Ctrl+Enter — отметить" if self._found.pupils else "")
        who = Column[Pupil]("Чьи родители" if self._parents else "Ученик", lambda one: one.name.short)
        result = Column[Pupil]("Результат", lambda one: self._of(one).result.replace("\n", " "))
        mark = Column[Pupil]("Оценка", lambda one: self._of(one).mark, width=84)
        work = Column[Pupil]("Работа", self._work, width=84, look=self._work_look)
        columns = (who, result, mark, work) if for_pupils else (who,)
        if not self._may_write:
            was = Column[Pupil](
                "Участие", lambda one: words.presence(self._of(one).presence, State.HELD, entry.audience), width=110
            )
            columns = (columns[0], was, *columns[1:])
        checkable = (lambda _: True) if self._may_write else None
        self.table.set_columns(columns, key=lambda one: one.id, checkable=checkable)
        works = self._found.products
        kept = {one.pupil: works[one.product] for one in self._said.values() if one.product and one.product in works}
        self.product.take(self._desk, kept)
        stops = (self.table, self.outcome, self.mark, self.hours, self.feedback, *self.product.stops, self.others)
        for one, following in pairwise((*stops, self.save_button, self.leave_button)):
            QWidget.setTabOrder(one, following)
        if parent := self.parentWidget():
            self.resize(980 if for_pupils else 860, parent.window().height() - 80)

    def _connect(self) -> None:
        self.table.checks_changed.connect(self._count)
        self.table.chosen.connect(self._show_pupil)
        self.table.opened.connect(lambda _: self._to_result())
        for field in (self.outcome, self.feedback, self.mark, self.hours):
            field.textChanged.connect(self._take)
        self.product.changed.connect(self.table.viewport().update)
        self.others.valueChanged.connect(lambda _: self._count())
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        for key, act in (
            ("F2", self._to_result),
            ("Ins", self._add_work),
            ("Ctrl+Return", self.save_button.click),
            ("Ctrl+Enter", self.save_button.click),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _leave_to_read(self) -> None:
        self.leave_button.setText("Закрыть")
        self.keys.setText("")
        self.product.show_only()
        withhold(self.save_button)
        show_only(self)

    # -- showing ---------------------------------------------------------------------------------

    def _show_rows(self) -> None:
        rows: list[Pupil | Heading] = []
        for title, some in groupby(self._found.pupils, key=_class):
            pupils = list(some)
            rows += [Heading(f"{title}: {len(pupils)}"), *pupils]
        self.table.set_rows(rows, "Никого по имени не приглашали: отметим только, что это прошло.")
        absent = {one.pupil for one in self._found.recorded.values() if one.presence is Presence.ABSENT}
        self.table.set_checked(lambda one: one.id not in absent)
        self.table.choose_first()
        self._count()

    def _show_pupil(self, pupil: Pupil | None) -> None:
        self._pupil = pupil
        if pupil is None:
            return
        said = self._of(pupil)
        self.pupil_name.setText(pupil.name.short)
        self.pupil_group.setText(_class(pupil))
        fields = (
            (self.outcome, said.result),
            (self.feedback, said.feedback),
            (self.mark, said.mark),
            (self.hours, "" if said.hours is None else str(said.hours)),
        )
        for field, text in fields:
            with QSignalBlocker(field):
                field.setPlainText(text) if isinstance(field, QPlainTextEdit) else field.setText(text)
        self._tell_hours("")
        self.product.show_pupil(pupil.id)

    def _work(self, pupil: Pupil) -> str:
        return "файл" if self.product.has_work(pupil.id) else ""

    def _work_look(self, pupil: Pupil) -> Look:
        return Look("paperclip") if self._work(pupil) else Look()

    def _count(self) -> None:
        there, total = len(self.table.checked()), len(self._found.pupils)
        if not total and not self.others.value():
            self.save_button.setText("Отметить, что прошло")
            return
        more = f", ещё {self.others.value()}" if self.others.value() else ""
        self.save_button.setText(f"Отметить: были {there} из {total}{more}" if total else f"Отметить: были{more[1:]}")

    def _to_result(self) -> None:
        if self.panel.isVisible() and self._pupil is not None:
            self.outcome.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add_work(self) -> None:
        if self.panel.isVisible() and self._pupil is not None and self._may_write:
            self.product.ask()

    # -- taking ----------------------------------------------------------------------------------

    def _of(self, pupil: Pupil) -> Participation:
        return self._said.get(pupil.id) or Participation(pupil.id, Presence.PRESENT)

    def _take(self) -> None:
        """Keep what stands in the fields of the chosen pupil."""
        if self._pupil is None:
            return
        typed = self.hours.text().strip()
        self._tell_hours("" if not typed or typed.isdecimal() else _WRONG_HOURS)
        self._said[self._pupil.id] = replace(
            self._of(self._pupil),
            hours=int(typed) if typed.isdecimal() else None,
            result=self.outcome.toPlainText().strip(),
            mark=self.mark.text().strip(),
            feedback=self.feedback.toPlainText().strip(),
        )
        self.table.viewport().update()

    def _tell_hours(self, wrong: str) -> None:
        set_wrong(self.hours, self.hours_note, wrong)
        self.hours_note.setVisible(bool(wrong))

    def _save(self) -> None:
        if self.hours_note.words:
            self.hours.setFocus()
            return
        workspace, one = self._desk.workspace, self._found.activity
        there = {pupil.id for pupil in self.table.checked()}
        absent = [pupil.id for pupil in self._found.pupils if pupil.id not in there]
        said = tuple(self._said.values())
        others = self.others.value() if self._parents and not self._found.shared else None
        files = dict(self.product.files)
        self.write(
            f"проведено «{one.entry.title}»",
            lambda: activities.hold(workspace, workspace.actor, one.id, absent, said, others, files),
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads from the fields of a pupil back to the list; nothing typed is lost by it."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and focused is not None and self.panel.isAncestorOf(focused):
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)


def _class(pupil: Pupil) -> str:
    return pupil.group.name.title if pupil.group else "без класса"
