"""Where a pupil answers: choices to press, several rows of marks, or words to write."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain import answers as sheets
from profdesk.domain import pupil_screen
from profdesk.domain.answers import Answers
from profdesk.domain.instrument import Kind
from profdesk.domain.pupil_screen import Choice, MarkRow, PupilScreen, Step
from profdesk.gui.common import fonts
from profdesk.gui.pupil_screen.answer_button import BIG, KEYS, LARGE, LOW, MIDDLE, TILE, AnswerButton, Size, same_key

_SHORT, _FEW, _MANY = 2, 4, 6


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
        rows, size = _arranged(choices)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8 if len(choices) > rows else 10)
        self.buttons = []
        codes = chosen.split(sheets.CHOSEN) if many else [chosen]
        for place, one in enumerate(choices):
            button = AnswerButton(KEYS[place : place + 1], one.words, size)
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
        by_place = (one for one, key in zip(self.buttons, KEYS, strict=False) if same_key(typed, key))
        found = next(by_place, next(by_name, None))
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
    """Several rows of marks; a typed mark goes to the row with the cursor, and the cursor to the next."""

    def __init__(self, rows: Sequence[MarkRow], given: str) -> None:
        super().__init__()
        marks = given.split(sheets.MARKED) if given else [""] * len(rows)
        widest = max(len(row.choices) for row in rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.rows = []
        for row, mark in zip(rows, marks, strict=True):
            caption = QLabel(row.title)
            caption.setFont(fonts.font(20, bold=True))
            line = _Marks(row, mark, widest)
            line.changed.connect(self.changed)
            column.addWidget(caption)
            column.addWidget(line)
            column.addSpacing(10)
            self.rows.append(line)

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
    """One row; one that has fewer marks than the ``widest`` ends earlier, so that rows stand under one another."""

    def __init__(self, row: MarkRow, mark: str, widest: int) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place in range(widest):
            grid.setColumnStretch(place, 1)
        for place in range(len(row.choices), widest):
            grid.addWidget(QWidget(), 0, place)
        self._codes = [one.code for one in row.choices]
        self.buttons = []
        for place, one in enumerate(row.choices):
            button = AnswerButton(one.code.replace("-", "−"), one.words, MIDDLE)
            button.setAccessibleName(f"{row.title}: {one.words or one.code}")
            button.setChecked(one.code == mark)
            button.clicked.connect(lambda _=False, pressed=button: self._press(pressed))
            grid.addWidget(button, 0, place)
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


class _Field(QPlainTextEdit):
    """Takes what is typed alone: the clipboard may still hold what the psychologist copied of others."""

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return False

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        return


class WordsPad(Pad):
    """A few sentences of one's own; Enter begins a new line."""

    def __init__(self, question: str, words: str) -> None:
        super().__init__()
        self.field = _Field(words)
        self.field.setAccessibleName(question)
        self.field.setFont(fonts.font(22))
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.setTabChangesFocus(True)
        self.field.setMinimumHeight(260)
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
    if instrument.kind is Kind.RECORD:
        return WordsPad(pupil_screen.asked(screen, step).question, given)
    if instrument.kind is Kind.TRIPLE:
        return MarksPad(pupil_screen.mark_rows(instrument), given)
    return ChoicePad(pupil_screen.choices(screen, answers, step), given, many=instrument.kind is Kind.MATRIX)


def _arranged(choices: Sequence[Choice]) -> tuple[int, Size]:
    """How many rows the choices take, and how big they can be on the smallest screen."""
    count = len(choices)
    if all(len(one.words) <= _SHORT for one in choices):
        return 1, TILE
    if count <= _FEW:
        return count, BIG
    if count <= _MANY:
        return count, LARGE
    rows = -(-count // 2)
    return rows, MIDDLE if rows <= _MANY else LOW
