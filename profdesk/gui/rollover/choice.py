"""The card beside the pupils: what becomes of the selected ones, and where their whole class goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.people import Group, GroupName
from profdesk.domain.rollover import Line, RolloverPlan, Step
from profdesk.gui.common.card import Card
from profdesk.gui.common.fields import FieldNote, set_wrong
from profdesk.gui.common.forms import fill
from profdesk.gui.rollover.lines import KEYS
from profdesk.gui.rollover.rows import counted, place

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)
_HINT = "Впишите или выберите, затем Enter"


class ChoiceCard(Card):
    """Changes nothing itself: what is pressed or typed is told."""

    marked = Signal(object)
    """The Step for the selected pupils."""
    sent = Signal(str)
    """A class as typed, for the selected pupils."""
    class_sent = Signal(str)
    """A class as typed, for the whole class of the selected pupils."""
    forsaken = Signal()
    """The cursor went from a field elsewhere: what was typed without Enter is not to stay there."""

    who: QLabel
    whence: QLabel
    move_step: QPushButton
    graduate_step: QPushButton
    stay_step: QPushButton
    leave_step: QPushButton
    undecided_step: QPushButton
    target_label: QLabel
    target: QComboBox
    class_label: QLabel
    class_target: QComboBox
    note: FieldNote

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fill(self, "rollover_choice")
        self._steps = {
            Step.MOVE: self.move_step,
            Step.GRADUATE: self.graduate_step,
            Step.STAY: self.stay_step,
            Step.LEAVE: self.leave_step,
            Step.UNDECIDED: self.undecided_step,
        }
        for step, button in self._steps.items():
            letter, verb, _ = KEYS[step]
            button.setText(f"{verb}   {letter}")
            button.clicked.connect(lambda _, one=step: self.marked.emit(one))
        self._lines: dict[QComboBox, QLineEdit] = {}
        for field, told in ((self.target, self.sent), (self.class_target, self.class_sent)):
            line = self._lines[field] = QLineEdit()
            field.setLineEdit(line)
            field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            line.returnPressed.connect(lambda line=line, told=told: told.emit(line.text()))
            field.textActivated.connect(told)
            field.editTextChanged.connect(lambda _, field=field: set_wrong(field, self.note, ""))
            field.installEventFilter(self)
        self.note.set_hint(_HINT)

    def show_lines(self, lines: Sequence[Line], plan: RolloverPlan) -> None:
        """Show the selected lines; nothing can be changed of those that are done."""
        groups = {line.group.id: line.group for line in lines}
        self.who.setText(_who(lines))
        self.whence.setText(_whence(lines))
        for step, button in self._steps.items():
            button.setEnabled(any(step in line.steps for line in lines))
            button.setChecked(bool(lines) and all(line.step is step for line in lines))
        open_ones = [line for line in lines if not line.done]
        names = [outcome.name for outcome in plan.outcomes()]
        _offer(self.target, names, open_ones)
        one = next(iter(groups.values())) if len(groups) == 1 else None
        self.target_label.setText(f"{place(plan)} в {plan.year.next.title}")
        self.class_label.setText(_whole(one))
        together = [line for line in plan.lines if one and line.group.id == one.id and not line.done]
        _offer(self.class_target, names, together)
        set_wrong(self.target, self.note, "")
        set_wrong(self.class_target, self.note, "")

    def edit(self, *, of_class: bool) -> None:
        """Put the cursor into a field with its class selected, so that typing replaces it."""
        field = self.class_target if of_class else self.target
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._lines[field].selectAll()

    def complain(self, words: str, *, of_class: bool) -> None:
        """Say why a class as typed will not do."""
        set_wrong(self.class_target if of_class else self.target, self.note, words)

    @property
    def stops(self) -> Sequence[QWidget]:
        """Where the tab key stops, in its order."""
        return (*self._steps.values(), self.target, self.class_target)

    @property
    def is_typing(self) -> bool:
        """Whether the cursor is in one of the fields."""
        return any(field.hasFocus() for field in (self.target, self.class_target))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _PASSING:
            self.forsaken.emit()
        return super().eventFilter(watched, event)


def _offer(field: QComboBox, names: Collection[GroupName], lines: Sequence[Line]) -> None:
    """Offer the classes of the next year that the lines can go to; show the one they all go to."""
    grades = {line.group.name.grade for line in lines}
    onward = {line.onward.grade for line in lines if line.onward}
    fitting = [name.title for name in names if name.grade in grades | onward]
    targets = {line.target.title for line in lines if line.target}
    with QSignalBlocker(field):
        field.clear()
        field.addItems(fitting)
        field.setEditText(targets.pop() if len(targets) == 1 else "")
        field.setEnabled(bool(lines))


def _who(lines: Sequence[Line]) -> str:
    if len(lines) == 1:
        return lines[0].pupil.name.short
    return counted(lines) if lines else "Никто не выбран"


def _whole(group: Group | None) -> str:
    if group is None or group.name.grade is None:
        return "Вся группа"
    return f"Весь класс {group.name.title}"


def _whence(lines: Sequence[Line]) -> str:
    titles = dict.fromkeys(line.group.name.title for line in lines)
    if len(lines) == 1:
        return f"{lines[0].group.name.title} · {lines[0].pupil.birth_date:%d.%m.%Y}"
    return ", ".join(titles)
