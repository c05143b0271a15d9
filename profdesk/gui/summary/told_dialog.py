"""A figure that no record here answers: so many of so many, or whether there is something, and who said so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QWidget

from profdesk.domain import told_figures as domain
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes
from profdesk.domain.programme import Indicator
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span
from profdesk.domain.summary import Figure
from profdesk.domain.summary_people import Behind
from profdesk.errors import ProfdeskError, WrongInputError
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.forms import fill
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone
from profdesk.services import summary_people, told_figures


class ToldDialog(QDialog):
    """Writes, changes or withdraws what was told of an indicator; ``saved`` gives the Step."""

    saved = Signal(object)

    heading: QLabel
    rule: QLabel
    numbers: QWidget
    numerator: QLineEdit
    denominator: QLineEdit
    numbers_note: FieldNote
    presence: QWidget
    answer: QComboBox
    source: QLineEdit
    source_note: FieldNote
    message: InlineMessage
    withdraw_button: QPushButton
    leave_button: QPushButton
    save_button: QPushButton

    def __init__(
        self, parent: QWidget | None, desk: Desk, year: SchoolYear, indicator: Indicator, told: Figure | None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._year = year
        self._indicator = indicator
        self._present = indicator.rule.measure == domain.PRESENCE
        fill(self, "summary_told")
        self.heading.setText(indicator.title)
        self.rule.setText(f"{indicator.rule.text} {year.title} учебный год.")
        self.numbers.setVisible(not self._present)
        self.presence.setVisible(self._present)
        self.answer.addItem("Есть", 1)
        self.answer.addItem("Нет", 0)
        example = "сайт управления, 12.11.2026" if self._present else "письмо колледжа от 12.11.2026"
        self.source_note.set_hint(f"Например: {example}. Печатается рядом с показателем.")
        self.withdraw_button.setVisible(told is not None)
        if told is not None:
            self._put(told)
            self._ask_who()
        self.leave_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.withdraw_button.clicked.connect(self._withdraw)
        (self.answer if self._present else self.numerator).setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, told: Figure) -> None:
        self.numerator.setText(str(told.numerator))
        self.denominator.setText(str(told.denominator))
        self.answer.setCurrentIndex(self.answer.findData(told.numerator))
        self.source.setText(told.source)

    def _ask_who(self) -> None:
        """Say who wrote it and when."""
        workspace, span = self._desk.workspace, Span.of_year(self._year)
        self._desk.run(
            lambda: summary_people.behind(workspace, workspace.actor, span, self._indicator),
            owner=self,
            done=self._tell_who,
        )

    def _tell_who(self, found: Behind) -> None:
        if found.told is not None:
            when = f"{found.told.at.astimezone():%d.%m.%Y}"
            self.source_note.set_hint(f"Записано {', '.join(filter(None, (when, found.told.writer)))}.")

    def _is_right(self) -> bool:
        """Whether the fields can be read; what is the matter with the first that cannot is told beside it."""
        checks: tuple[tuple[QWidget, FieldNote, Callable[[], object]], ...] = (
            (self.numerator, self.numbers_note, lambda: self._present or _number(self.numerator)),
            (self.denominator, self.numbers_note, lambda: domain.check(self._indicator, *self._share())),
            (self.source, self.source_note, lambda: domain.check_source(self.source.text())),
        )
        for field, note, _ in checks:
            set_wrong(field, note, "")
        for field, note, check in checks:
            try:
                check()
            except WrongInputError as error:
                set_wrong(field, note, error.message)
                field.setFocus()
                return False
        return True

    def _share(self) -> tuple[int, int]:
        if self._present:
            return int(self.answer.currentData()), 1
        return _number(self.numerator), _number(self.denominator)

    def _save(self) -> None:
        if self._is_right():
            workspace, share, source = self._desk.workspace, self._share(), self.source.text()
            self._write(
                partial(told_figures.write, workspace, workspace.actor, self._year, self._indicator, *share, source)
            )

    def _withdraw(self) -> None:
        workspace = self._desk.workspace
        self._write(partial(told_figures.withdraw, workspace, workspace.actor, self._year, self._indicator))

    def _write(self, verb: Callable[[], tuple[Step, Changes]]) -> None:
        self._enable(False)
        self._desk.write(verb, owner=self, done=self._written, failed=self._failed, stopped=partial(self._enable, True))

    def _enable(self, wanted: bool) -> None:
        for button in (self.save_button, self.withdraw_button):
            button.setEnabled(wanted)

    def _written(self, step: Step) -> None:
        self.saved.emit(step)
        self.accept()

    def _failed(self, error: ProfdeskError) -> None:
        self._enable(True)
        self.message.say(error.message, Tone.BAD)


def _number(field: QLineEdit) -> int:
    typed = field.text().strip()
    if not typed.isdecimal():
        raise WrongInputError("Напишите целое число, 0 тоже можно.")
    return int(typed)
