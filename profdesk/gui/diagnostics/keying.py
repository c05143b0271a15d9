"""From a key to a committed answer: where the typist is, what a press means, one write for each answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, Signal

from profdesk.domain import answers as sheets
from profdesk.domain import keying
from profdesk.domain.answers import Answers, WrongAnswerError
from profdesk.domain.diagnostics import Attendance, PupilSheet, SessionView, Sheet, SheetState
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.pace import Pace
from profdesk.gui.common.desk import Desk
from profdesk.gui.diagnostics.answer_steps import AnswerStep, AnswerSteps, Place
from profdesk.gui.diagnostics.writes import Writes
from profdesk.services import diagnostics

_DONE = (SheetState.COMPLETE, SheetState.DOUBTFUL)


class Keying(QObject):
    """Shows an answer at once, writes it through the desk in the order of the keys, tells what became of it.

    With ``second`` set, answers go to the checking entry and stop where they differ from the first.
    """

    changed = Signal()
    """Something else is to be shown."""
    refused = Signal(str)
    """A key that means nothing here, and why."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: SessionView | None = None
        self.place = Place()
        self.typed = ""
        self.second = False
        self.steps = AnswerSteps()
        self.pace = Pace()
        self.writes = Writes(desk, self)
        self.writes.lost.connect(self.steps.forget)
        self.writes.outdated.connect(self.reload)

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def view(self) -> SessionView:
        """The session; only once it has been read."""
        if self._view is None:
            raise RuntimeError("no session is open")
        return self._view

    @property
    def is_open(self) -> bool:
        """Whether a session has been read, with a sheet to be keyed in."""
        return self._view is not None and bool(self._view.sheets)

    @property
    def instrument(self) -> Instrument:
        """What the sheets answer."""
        return self.view.instrument

    @property
    def current(self) -> PupilSheet:
        """The sheet in hand."""
        return self.view.sheets[self.place.sheet]

    @property
    def answers(self) -> Answers:
        """The answers of the entry that is being made."""
        return self.current.sheet.second if self.second else self.current.sheet.answers

    @property
    def at_end(self) -> bool:
        """Whether the sheet in hand has been gone through."""
        return self.place.item > self.instrument.items

    @property
    def difference(self) -> tuple[str | None, str] | None:
        """The first and second answer of the question in hand where they differ in the second entry."""
        sheet = self.current.sheet
        if not self.second or self.place.item not in sheet.differences():
            return None
        return sheet.answers.get(self.place.item), sheet.second[self.place.item]

    def open(self, session_id: str) -> None:
        """Open a session at the first sheet with a blank."""
        self._view = None
        self.second = False
        self.writes.words, self.typed, self.pace = "", "", Pace()
        self.steps.forget()
        self._read(session_id, partial(self._take, first=True))

    def reload(self) -> None:
        """Read the session again and stay where one is."""
        if self._view is not None:
            self._read(self._view.session.id, self._take)

    def look_again(self) -> None:
        """Show what the pupil has answered on the sheet in hand, and go on at what is left of it."""
        self._read(self.view.session.id, self._take_answered)

    def check(self, *, second: bool) -> None:
        """Begin the second entry, or go back to the first."""
        self.second = second
        self._to_first_open()

    # -- going about -----------------------------------------------------------------------------

    def go_to(self, sheet: int) -> None:
        """Take another sheet, at its first question without an answer."""
        if 0 <= sheet < len(self.view.sheets):
            self.place = Place(sheet)
            self.place = Place(sheet, self._first_blank())
            self._moved()

    def go_to_item(self, item: int) -> None:
        """Go to a question of the sheet in hand."""
        self.place = replace(self.place, item=min(max(item, 1), self.instrument.items + 1), part=0)
        self._moved()

    def next_open(self) -> None:
        """Take the next sheet that is not whole, after this one or from the top."""
        count = len(self.view.sheets)
        order = [(self.place.sheet + step) % count for step in range(1, count + 1)]
        for number in order:
            if self.is_wanted(self.view.sheets[number]):
                self.go_to(number)
                return
        self.refused.emit("Больше вводить нечего: пустых бланков нет.")

    def is_wanted(self, one: PupilSheet) -> bool:
        """Whether a sheet still has something to be keyed in."""
        if one.sheet.attendance is not None or one.sheet.is_hidden:
            return False
        return bool(keying.blanks(self.instrument, one.sheet, second=self.second))

    # -- keys ------------------------------------------------------------------------------------

    def press(self, letter: str) -> None:
        """Answer with a character, or add it to an answer that is typed out."""
        if not self._may_answer():
            return
        if self.instrument.kind in keying.TYPED:
            more = keying.typed(self.instrument, letter)
            self._type(more) if more else self._refuse(letter)
            return
        key = keying.pressed(self.instrument, self.place.part, letter)
        if key is None:
            self._refuse(letter)
        else:
            self.give(key.code)

    def give(self, code: str) -> None:
        """Answer the question, or its mark in hand, and go on; an empty code is no answer."""
        if not self._may_answer():
            return
        item, part = self.place.item, self.place.part
        self._put(keying.marked(self.instrument, self.answers.get(item), part, code))
        self._go_on()
        warning = keying.warning(self.instrument, self.current.sheet, item, second=self.second)
        if warning:
            self.refused.emit(warning)

    def enter(self, text: str | None = None) -> None:
        """End an answer that is typed out (``text``: a record); at the end of a sheet go on to the next one."""
        if self.at_end:
            blank = self._first_blank()
            self.go_to_item(blank) if blank <= self.instrument.items else self.next_open()
            return
        words = self.typed if text is None else text.strip()
        if not words and self.instrument.kind is not Kind.RECORD:
            self.refused.emit("Ответа ещё нет. Пробел — оставить вопрос без ответа.")
            return
        try:
            self.give(sheets.check(self.instrument, self.place.item, words) if words else "")
        except WrongAnswerError as error:
            self.typed = ""
            self.changed.emit()
            self.refused.emit(error.message)

    def back(self) -> None:
        """One character, one mark or one question back."""
        if self.typed:
            self.typed = self.typed[:-1]
            self.changed.emit()
        elif self.place.part:
            self.place = replace(self.place, part=self.place.part - 1)
            self._moved()
        else:
            self.go_to_item(self.place.item - 1)

    def keep_text(self, text: str) -> None:
        """Write what was typed as the record of the question in hand, without going on."""
        if self.answers.get(self.place.item, "") != text.strip() and self._may_answer():
            self._put(text.strip() or None)
            self.changed.emit()

    def resolve(self, *, first: bool) -> None:
        """Settle a difference: the first or the second answer is what stands on the paper."""
        found = self.difference
        if found is None:
            self.refused.emit("Расхождения здесь нет.")
            return
        if not self._may_answer():
            return
        before, after = found
        if first:
            self._put(before)
        else:
            self._put(after, second=False)
        self.go_to_item(self.place.item + 1)

    # -- taking back -----------------------------------------------------------------------------

    def undo(self) -> None:
        """Write the answer that was there before the last one given, and go to where it was given."""
        if self._turn(undone=False):
            self._moved()

    def redo(self) -> None:
        """Give the answer last taken back again, and go on behind it."""
        if self._turn(undone=True):
            self._go_on()

    def _turn(self, *, undone: bool) -> bool:
        step = self.steps.last(undone=undone)
        if step is None or self._is_closed():
            return False
        at = next(number for number, one in enumerate(self.view.sheets) if one.sheet.id == step.sheet)
        self.second, self.place = step.second, replace(step.place, sheet=at)
        if not self._may_answer():
            self._moved()
            return False
        now, then = (step.before, step.after) if undone else (step.after, step.before)
        if self._entry(step.entry).get(step.place.item) != now:
            self.steps.forget()
            self._moved()
            self.refused.emit("Этот ответ с тех пор изменён: отменять нечего.")
            return False
        self.steps.turn(undone=undone)
        self._set(then, entry=step.entry)
        return True

    # -- states of the sheet ---------------------------------------------------------------------

    def mark_attendance(self, attendance: Attendance) -> None:
        """Note that a pupil was absent or refused, or take that back, and go on to the next sheet."""
        if self._is_closed():
            return
        sheet = self.current.sheet
        now = None if sheet.attendance is attendance else attendance
        name = self.current.pupil.name.short
        words = f"{name}: {SheetState(now.value).label}" if now else f"{name}: бланк снова ждёт ответов"
        self._replace(replace(sheet, attendance=now))
        self.writes.add(lambda w, a: diagnostics.mark_attendance(w, a, sheet.id, now), words)
        if now is None:
            self.go_to(self.place.sheet)
        else:
            self.go_to(min(self.place.sheet + 1, len(self.view.sheets) - 1))

    def mark_doubtful(self, reason: str) -> None:
        """Take the sheet out of the figures of its class; an empty reason puts it back."""
        if self._is_closed():
            return
        sheet = self.current.sheet
        words = f"{self.current.pupil.name.short}: {'сомнительный' if reason else 'сомнение снято'}"
        self._replace(replace(sheet, doubtful=reason))
        self.writes.add(lambda w, a: diagnostics.mark_doubtful(w, a, sheet.id, reason), words)
        self.changed.emit()

    # -- inside ----------------------------------------------------------------------------------

    def _may_answer(self) -> bool:
        if self._is_closed():
            return False
        sheet = self.current.sheet
        if sheet.attendance is not None:
            key = "F5" if sheet.attendance is Attendance.ABSENT else "F6"
            state = sheet.state(self.instrument).label
            self.refused.emit(f"Бланк отмечен: {state}. {key} снимет отметку, тогда можно вводить.")
            return False
        if self.at_end:
            self.refused.emit("Это был последний вопрос. Tab — следующий бланк.")
            return False
        return True

    def _is_closed(self) -> bool:
        if self.view.session.closed_at is not None:
            self.refused.emit("Сеанс закончен. Откройте его снова, чтобы менять ответы.")
            return True
        if self.current.sheet.is_hidden:
            self.refused.emit("Согласие на работу психолога отозвано: бланк скрыт. Его покажет новое согласие.")
            return True
        return False

    def _refuse(self, letter: str) -> None:
        takes = sheets.takes(self.instrument, self.place.item)
        self.refused.emit(f"Клавиши «{letter}» здесь нет. {takes}")

    def _go_on(self) -> None:
        """To the next mark or question; where the second entry differs one stays."""
        if self.place.part + 1 < keying.parts(self.instrument):
            self.place = replace(self.place, part=self.place.part + 1)
        elif self.difference is None:
            self.place = replace(self.place, item=self.place.item + 1, part=0)
        self._moved()

    def _type(self, letter: str) -> None:
        self.typed = (self.typed + letter)[:12]
        self.changed.emit()

    def _moved(self) -> None:
        self.typed = ""
        self.changed.emit()

    def _first_blank(self) -> int:
        left = keying.blanks(self.instrument, self.current.sheet, second=self.second)
        return next(iter(left), self.instrument.items + 1)

    def _to_first_open(self) -> None:
        numbers = range(len(self.view.sheets))
        self.go_to(next((at for at in numbers if self.is_wanted(self.view.sheets[at])), 0))

    def _replace(self, sheet: Sheet) -> None:
        there = list(self.view.sheets)
        there[self.place.sheet] = replace(self.current, sheet=sheet)
        self._view = replace(self.view, sheets=tuple(there))

    def _put(self, words: str | None, *, second: bool | None = None) -> None:
        """Show an answer and write it; ``second`` says of which entry, if not of the one being made."""
        at, entry = self.place.item, self.second if second is None else second
        former = self._entry(entry).get(at)
        if former == words:
            return
        if words is not None:
            self.pace.answered(monotonic())
        told = keying.shown(self.instrument, at, words) or "снят"
        name = f"ответ {at} {told}, {self.current.pupil.name.short}"
        self.steps.add(AnswerStep(self.current.sheet.id, self.place, self.second, entry, former, words, name))
        self._set(words, entry=entry)

    def _entry(self, second: bool) -> Answers:
        return self.current.sheet.second if second else self.current.sheet.answers

    def _set(self, words: str | None, *, entry: bool) -> None:
        at, sheet, instrument = self.place.item, self.current.sheet, self.instrument
        answers = {number: text for number, text in self._entry(entry).items() if number != at}
        if words is not None:
            answers[at] = words
        self._replace(replace(sheet, second=answers) if entry else replace(sheet, answers=answers))
        self.writes.add(
            lambda w, a: diagnostics.put_answers(w, a, instrument, sheet.id, {at: words}, second=entry),
            f"Ответ {at} {'снят' if words is None else 'записан'}",
        )

    def _read(self, session_id: str, done: Callable[[SessionView], None]) -> None:
        workspace, actor = self._desk.workspace, self._desk.actor
        self._desk.run(lambda: diagnostics.session(workspace, actor, session_id), owner=self, done=done)

    def _take(self, view: SessionView, *, first: bool = False) -> None:
        if not self.writes.settled():
            return
        shown = self._view
        self._view = view
        if first or shown is None or shown.session.id != view.session.id:
            self._to_first_open()
        else:
            self._stay(shown.sheets[self.place.sheet].sheet.id)

    def _take_answered(self, view: SessionView) -> None:
        self._take(view)
        self.go_to(self.place.sheet)

    def _stay(self, sheet_id: str) -> None:
        at = next((number for number, one in enumerate(self.view.sheets) if one.sheet.id == sheet_id), 0)
        self.place = replace(self.place, sheet=at)
        self.changed.emit()
