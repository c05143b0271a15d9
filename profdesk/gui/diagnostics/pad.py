"""What the key desk draws, as values: the number of the question, its keys, what is typed so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.domain import answers as sheets
from profdesk.domain import keying as rules
from profdesk.domain.instrument import Kind
from profdesk.gui.diagnostics.keying import Keying


@dataclass(frozen=True)
class Box:
    """A key big enough to be read from a metre off; ``letter`` is what pressing it types."""

    face: str
    hint: str
    letter: str
    chosen: bool = False


@dataclass(frozen=True)
class Slot:
    """A mark of a question that gets several; ``current`` is the one the next key gives."""

    title: str
    face: str
    current: bool


@dataclass(frozen=True)
class Pad:
    """``big`` is the number or, at the end of a sheet, a word; ``typed`` is None where nothing is typed out.

    ``elsewhere``: the answer is written in a field of its own.
    """

    caption: str
    big: str
    boxes: tuple[Box, ...] = ()
    slots: tuple[Slot, ...] = ()
    typed: str | None = None
    foot: str = ""
    elsewhere: bool = False

    @property
    def words(self) -> str:
        """The same for a screen reader."""
        parts = [f"{self.caption} {self.big}".strip()]
        parts += [f"{slot.title}: {slot.face or 'нет'}" for slot in self.slots]
        parts += [f"введено {self.typed or 'пусто'}" if self.typed is not None else ""]
        parts += [f"{box.face}{', выбрано' if box.chosen else ''}: {box.hint}" for box in self.boxes]
        return "; ".join(part for part in (*parts, self.foot) if part)


def pad(keying: Keying) -> Pad:
    """What to draw for the question in hand."""
    if keying.at_end:
        return _end(keying)
    instrument, item, part = keying.instrument, keying.place.item, keying.place.part
    big, answer = str(item), keying.answers.get(item)
    if instrument.kind is Kind.RECORD:
        return Pad("Вопрос", big, foot="Enter — записать и дальше, Shift+Enter — новая строка", elsewhere=True)
    if instrument.kind in rules.TYPED:
        lists = {one.item: one.title for one in instrument.answering.lists}
        options = [f"{one.code} {one.label}" for one in instrument.options_of(item)]
        foot = f"{sheets.takes(instrument, item)} Enter — записать, Пробел — ответа нет"
        if options:
            foot = f"{', '.join(options)}. Несколько номеров соедините плюсом: 1+4. Enter — записать"
            return Pad(f"Список {item}", lists[item], typed=keying.typed or (answer or ""), foot=foot)
        return Pad("Вопрос", big, typed=keying.typed or (answer or ""), foot=foot)
    boxes = tuple(_box(key, _chosen(keying, answer) == key.code) for key in rules.keys(instrument, part))
    foot = "Пробел — ответа нет"
    if instrument.kind is Kind.SHARING:
        foot = f"Сколько баллов из {instrument.answering.total} получило первое. {foot}"
    return Pad("Вопрос", big, boxes, _slots(keying, answer), foot=foot)


def _end(keying: Keying) -> Pad:
    blank = sheets.missing(keying.instrument, keying.current.sheet.answers)
    if keying.second:
        return Pad("", "Бланк проверен", foot="Tab или Enter — следующий бланк")
    if blank:
        numbers = ", ".join(map(str, blank[:8])) + ("…" if len(blank) > 8 else "")
        return Pad("", "Бланк не полон", foot=f"Без ответа: {numbers}. Enter — к первому из них, Tab — следующий бланк")
    return Pad("", "Бланк введён", foot="Tab или Enter — следующий бланк")


def _chosen(keying: Keying, answer: str | None) -> str | None:
    if answer is None or keying.instrument.kind is not Kind.TRIPLE:
        return answer
    return answer.split(sheets.MARKED)[keying.place.part] or None


def _box(key: rules.Key, chosen: bool) -> Box:
    letters = [letter for letter in key.presses[:2] if letter != key.face.casefold() or len(key.presses) > 1]
    press = f"клавиша {' или '.join(letters)}" if letters else ""
    return Box(key.face, "\n".join(part for part in (key.note, press) if part), key.presses[0], chosen)


def _slots(keying: Keying, answer: str | None) -> tuple[Slot, ...]:
    aspects = keying.instrument.answering.aspects
    marks: Sequence[str] = answer.split(sheets.MARKED) if answer and aspects else [""] * len(aspects)
    return tuple(
        Slot(aspect.title, mark.replace("-", "–"), place == keying.place.part)
        for place, (aspect, mark) in enumerate(zip(aspects, marks, strict=True))
    )
