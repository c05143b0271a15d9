"""The choice that holds: what, on what it rests, whether it is conscious; and the verbs over it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.domain import choice_facts, wording
from profdesk.domain.choice_facts import Facts
from profdesk.domain.choices import Standing, day_of
from profdesk.domain.register import Entry, Register
from profdesk.gui.choices.rows import LOOKS
from profdesk.gui.common import text
from profdesk.gui.common.card import Card
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.forms import fill

_ADVICE = "Посмотрите вместе факты ниже, поговорите и запишите выбор: Ctrl+N."
_NOTHING = "Выбор ещё не записан."


class ChoiceCard(Card):
    """``entry`` is what the verbs change: the choice that holds, or the record of a talk without one."""

    headline: QLabel
    chip: Chip
    edit_button: QPushButton
    withdraw_button: QPushButton
    words: QLabel
    more: QLabel
    second: QLabel

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry: Entry | None = None
        fill(self, "choices_card")

    def show_choice(self, facts: Facts, register: Register, *, written: bool) -> None:
        """Show what a register says of a pupil; advise how it is ``written`` whom it may be written by."""
        own = facts.choices
        standing, lines = own.standing(register), choice_facts.choice_lines(facts, register)
        self.entry = own.now(register) or next(iter(own.of(register)), None)
        self.headline.setText(choice_facts.headline(facts, register))
        self.chip.setVisible(standing is not Standing.NONE)
        self.chip.say(standing.label, LOOKS[standing].tone, LOOKS[standing].icon)
        if not lines and self.entry is not None:
            talked = wording.day(day_of(register, self.entry))
            lines = (choice_facts.Line(f"Разговор записан {talked}, выбор пока не сделан."),)
        self.words.setText(text.breakable(lines[0].words) if lines else _ADVICE if written else _NOTHING)
        self.more.setText(text.breakable(lines[1].words) if len(lines) > 1 else "")
        self.second.setText(lines[-1].second if lines else "")
        for label in (self.more, self.second):
            label.setVisible(bool(label.text()))
        for button in (self.edit_button, self.withdraw_button):
            button.setVisible(self.entry is not None)
