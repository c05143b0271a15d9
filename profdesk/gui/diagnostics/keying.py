"""From a key to a committed answer: where the typist is, what a press means, one write for each answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, Signal

from profdesk.domain import answers as sheets
from profdesk.domain import keying
from profdesk.domain.answers import Answers, WrongAnswerError
from profdesk.domain.changes import Changes
from profdesk.domain.diagnostics import Attendance, PupilSheet, SessionView, Sheet, SheetState
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.pace import Pace
from profdesk.errors import ProfdeskError
from profdesk.gui.common.desk import Desk
from profdesk.services import diagnostics

_DONE = (SheetState.COMPLETE, SheetState.DOUBTFUL)
_AWAY = (SheetState.ABSENT, SheetState.REFUSED)


@dataclass(frozen=True)
class Place:
    """Where the typist is: number of the sheet in the list, question (one past the last: the end), mark."""

    sheet: int = 0
    item: int = 1
    part: int = 0


class Keying(QObject):
    """Shows an answer at once, writes it through the desk in the order of the keys, tells what became of it.

    With ``second`` set, answers go to the checking entry and stop where they differ from the first.
    """

    changed = Signal()
    """Something else is to be shown."""
    recorded = Signal()
    """A write was answered: ``words`` and ``waiting`` are new."""
    refused = Signal(str)
    """A key that means nothing here, and why."""
    lost = Signal(str)
    """Something was not written, and why; what is shown is read from the disk anew."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: SessionView | None = None
        self._stale = False
        self.place = Place()
        self.typed = ""
        self.second = False
        self.pace = Pace()
        self.waiting = 0
        self.words = ""
        """What the status bar says of the last write."""

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
        self.words, self.typed, self.pace = "", "", Pace()
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
        state = one.sheet.state(self.instrument)
        if state in _AWAY:
            return False
        if self.second:
            return bool(set(one.sheet.answers) - set(one.sheet.second)) or bool(one.sheet.differences())
        return bool(sheets.missing(self.instrument, one.sheet.answers))

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
        if part + 1 < keying.parts(self.instrument):
            self.place = replace(self.place, part=part + 1)
        elif self.difference is None:
            self.place = replace(self.place, item=item + 1, part=0)
        self._moved()
        self._warn(item)

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
        self._write(lambda w, a: diagnostics.mark_attendance(w, a, sheet.id, now), words)
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
        self._write(lambda w, a: diagnostics.mark_doubtful(w, a, sheet.id, reason), words)
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
        return False

    def _refuse(self, letter: str) -> None:
        takes = sheets.takes(self.instrument, self.place.item)
        self.refused.emit(f"Клавиши «{letter}» здесь нет. {takes}")

    def _warn(self, item: int) -> None:
        """Tell at once what the answer just given does not go with."""
        rivals = keying.rivals(self.instrument, self.answers, item)
        first = self.current.sheet.answers.get(item)
        if self.difference is not None:
            self.refused.emit("Второй ответ не такой, как первый: посмотрите на бланк.")
        elif self.second and first and item not in self.answers:
            words = keying.shown(self.instrument, item, first)
            self.refused.emit(f"Вопрос {item}: в первый раз здесь был ответ «{words}».")
        elif rivals:
            self.refused.emit(f"Место {self.answers[item]} уже стоит у вопроса {', '.join(map(str, rivals))}.")

    def _type(self, letter: str) -> None:
        self.typed = (self.typed + letter)[:12]
        self.changed.emit()

    def _moved(self) -> None:
        self.typed = ""
        self.changed.emit()

    def _first_blank(self) -> int:
        if self.second:
            sheet = self.current.sheet
            left = (set(sheet.answers) - set(sheet.second)) | set(sheet.differences())
            return min(left, default=self.instrument.items + 1)
        return next(iter(sheets.missing(self.instrument, self.answers)), self.instrument.items + 1)

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
        sheet, instrument = self.current.sheet, self.instrument
        former = sheet.second if entry else sheet.answers
        if former.get(at) == words:
            return
        answers = {number: text for number, text in former.items() if number != at}
        if words is not None:
            answers[at] = words
            self.pace.answered(monotonic())
        self._replace(replace(sheet, second=answers) if entry else replace(sheet, answers=answers))
        told = f"Ответ {at} записан" if words is not None else f"Ответ {at} снят"
        self._write(lambda w, a: diagnostics.put_answers(w, a, instrument, sheet.id, {at: words}, second=entry), told)

    def _write(self, verb: Callable[..., tuple[object, Changes]], words: str) -> None:
        workspace, actor = self._desk.workspace, self._desk.actor
        self.waiting += 1
        self._desk.write(
            lambda: verb(workspace, actor),
            owner=self,
            done=lambda _: self._written(words),
            failed=self._failed,
            stopped=lambda: self._lose(""),
        )

    def _written(self, words: str) -> None:
        self.waiting -= 1
        self.words = words
        self._drain()
        self.recorded.emit()

    def _failed(self, error: ProfdeskError) -> None:
        self._lose(error.message)

    def _lose(self, why: str) -> None:
        self.waiting -= 1
        self._stale = True
        self.words = ""
        self.lost.emit(why)
        self._drain()

    def _drain(self) -> None:
        """After a failed write show what the disk has, once nothing is on its way any more."""
        if self._stale and not self.waiting:
            self._stale = False
            self.reload()

    def _read(self, session_id: str, done: Callable[[SessionView], None]) -> None:
        workspace, actor = self._desk.workspace, self._desk.actor
        self._desk.run(lambda: diagnostics.session(workspace, actor, session_id), owner=self, done=done)

    def _take(self, view: SessionView, *, first: bool = False) -> None:
        if self.waiting:
            self._stale = True
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
