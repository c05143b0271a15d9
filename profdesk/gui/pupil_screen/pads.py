"""Where a pupil answers: choices to press, several rows of marks, or words to write."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain import answers as sheets
from profdesk.domain import pupil_screen
from profdesk.domain.answers import Answers
from profdesk.domain.instrument import Aspect, Kind
from profdesk.domain.pupil_screen import Choice, PupilScreen, Step
from profdesk.gui.common import fonts
from profdesk.gui.pupil_screen.answer_button import KEYS, AnswerButton, same_key

_LOW, _MARK = 7, 150


class Pad(QWidget):
    """``changed`` when the answer is another; ``answer`` is in the form that sheets keep, empty without one."""

    changed = Signal()

    def answer(self) -> str:
        """What is answered now."""
        raise NotImplementedError

    def press(self, typed: str) -> bool:
        """Take a typed character as an answer; tells whether it is one."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the cursor where one goes on."""
        raise NotImplementedError


class ChoicePad(Pad):
    """One of the choices, or with ``many`` any number of them."""

    def __init__(self, choices: Sequence[Choice], chosen: str, *, many: bool = False) -> None:
        super().__init__()
        self._choices = choices
        self._many = many
        low = len(choices) > _LOW
        columns = 2 if low else 1
        rows = -(-len(choices) // columns)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8 if low else 10)
        self.buttons = []
        codes = chosen.split(sheets.CHOSEN) if many else [chosen]
        for place, one in enumerate(choices):
            button = AnswerButton(KEYS[place] if place < len(KEYS) else "", one.words, low=low)
            button.setChecked(one.code in codes)
            button.clicked.connect(lambda _=False, pressed=button: self._press(pressed))
            grid.addWidget(button, place % rows, place // rows)
            self.buttons.append(button)

    @override
    def answer(self) -> str:
        pairs = zip(self._choices, self.buttons, strict=True)
        return sheets.CHOSEN.join(one.code for one, button in pairs if button.isChecked())

    @override
    def press(self, typed: str) -> bool:
        by_name = (
            one for one, choice in zip(self.buttons, self._choices, strict=True) if same_key(typed, choice.label)
        )
        found = next((one for one in self.buttons if same_key(typed, one.cap)), next(by_name, None))
        if found is None:
            return False
        found.setFocus()
        found.click()
        return True

    @override
    def take_focus(self) -> None:
        next((one for one in self.buttons if one.isChecked()), self.buttons[0]).setFocus()

    def _press(self, pressed: AnswerButton) -> None:
        if not self._many:
            for one in self.buttons:
                one.setChecked(one is pressed)
        self.changed.emit()


class MarksPad(Pad):
    """A row of marks for each aspect; a typed mark goes to the row with the cursor, and the cursor to the next."""

    def __init__(self, aspects: Sequence[Aspect], choices: Sequence[Choice], scored: Sequence[str], given: str) -> None:
        super().__init__()
        marks = given.split(sheets.MARKED) if given else [""] * len(aspects)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.rows = []
        for aspect, mark in zip(aspects, marks, strict=True):
            caption = QLabel(aspect.title.capitalize())
            caption.setFont(fonts.font(17, bold=True))
            row = _Marks(choices, mark, aspect.title, scored if not aspect.dash else None)
            row.changed.connect(self.changed)
            column.addWidget(caption)
            column.addWidget(row)
            self.rows.append(row)

    @override
    def answer(self) -> str:
        marks = [row.answer() for row in self.rows]
        return sheets.MARKED.join(marks) if any(marks) else ""

    @override
    def press(self, typed: str) -> bool:
        place = next((n for n, row in enumerate(self.rows) if row.has_focus()), 0)
        if not self.rows[place].press(typed):
            return False
        self.rows[min(place + 1, len(self.rows) - 1)].take_focus()
        return True

    @override
    def take_focus(self) -> None:
        next((row for row in self.rows if not row.answer()), self.rows[0]).take_focus()


class _Marks(Pad):
    """One row; the choices that it does not have leave their room empty, so that rows stand under one another."""

    def __init__(self, choices: Sequence[Choice], mark: str, title: str, only: Sequence[str] | None) -> None:
        super().__init__()
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._codes = [one.code for one in choices if only is None or one.code in only]
        self.buttons = []
        for place, one in enumerate(choices):
            row.setColumnStretch(place, 1)
            row.setColumnMinimumWidth(place, _MARK)
            if one.code not in self._codes:
                continue
            words = one.words.partition(":")[2].strip().capitalize() or one.words
            button = AnswerButton(one.code.replace("-", "−"), "" if words == one.code else words)
            button.setAccessibleName(f"{title}: {one.words}")
            button.setChecked(one.code == mark)
            button.clicked.connect(lambda _=False, pressed=button: self._press(pressed))
            row.addWidget(button, 0, place)
            self.buttons.append(button)

    def has_focus(self) -> bool:
        return any(one.hasFocus() for one in self.buttons)

    @override
    def answer(self) -> str:
        marked = (code for code, one in zip(self._codes, self.buttons, strict=True) if one.isChecked())
        return next(marked, "")

    @override
    def press(self, typed: str) -> bool:
        if typed not in self._codes:
            return False
        self.buttons[self._codes.index(typed)].click()
        return True

    @override
    def take_focus(self) -> None:
        next((one for one in self.buttons if one.isChecked()), self.buttons[0]).setFocus()

    def _press(self, pressed: AnswerButton) -> None:
        for one in self.buttons:
            one.setChecked(one is pressed)
        self.changed.emit()


class WordsPad(Pad):
    """A few sentences of one's own; Enter begins a new line."""

    def __init__(self, question: str, words: str) -> None:
        super().__init__()
        self.field = QPlainTextEdit(words)
        self.field.setAccessibleName(question)
        self.field.setFont(fonts.font(20))
        self.field.setTabChangesFocus(True)
        self.field.setMinimumHeight(220)
        self.field.textChanged.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    @override
    def answer(self) -> str:
        return self.field.toPlainText().strip()

    @override
    def press(self, typed: str) -> bool:
        return False

    @override
    def take_focus(self) -> None:
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.setFocus()


def pad(screen: PupilScreen, answers: Answers, step: Step) -> Pad:
    """Make the pad of a step, showing the answer it has."""
    instrument, given = screen.instrument, pupil_screen.given(answers, step)
    choices = pupil_screen.choices(screen, answers, step)
    if instrument.kind is Kind.RECORD:
        return WordsPad(pupil_screen.asked(screen, step).question, given)
    if instrument.kind is Kind.TRIPLE:
        return MarksPad(instrument.answering.aspects, choices, list(instrument.values), given)
    return ChoicePad(choices, given, many=instrument.kind is Kind.MATRIX)
