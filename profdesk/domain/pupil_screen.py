"""What a pupil is asked on the screen, one step at a time, and what an answer to it writes on the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from profdesk.domain import answers as sheets
from profdesk.domain.answers import Answers
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.plural import counted
from profdesk.domain.questions import Wording, worded_options


@dataclass(frozen=True)
class PupilScreen:
    """All that the window of one pupil knows: one sheet and no names but the child's own given name."""

    sheet: str
    given_name: str
    instrument: Instrument
    wording: Wording
    answers: Answers


@dataclass(frozen=True)
class Step:
    """A question; or, with a ``place``, which question of a list is to stand on that place of the order."""

    items: tuple[int, ...]
    place: int = 0


@dataclass(frozen=True)
class Choice:
    """An answer to choose, its ``code`` being what the sheet keeps; ``label`` is its letter on paper."""

    code: str
    words: str
    label: str = ""


@dataclass(frozen=True)
class MarkRow:
    """One of several marks that a question gets: what it asks, and what may be chosen."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Asked:
    """What is said of a step: the question, how to answer it, and texts the choices refer to («а) …»)."""

    question: str
    hint: str
    legend: tuple[str, ...] = ()


def unworded(instrument: Instrument, wording: Wording) -> tuple[int, ...]:
    """The questions that a child could not read: neither a text of their own nor one of each answer."""
    if instrument.kind is Kind.MATRIX:
        return ()
    options = worded_options(instrument)

    def told(item: int) -> bool:
        answers_told = bool(options) and all((item, one.code) in wording.options for one in options)
        return item in wording.questions or answers_told

    return tuple(item for item in range(1, instrument.items + 1) if not told(item))


def steps(instrument: Instrument) -> tuple[Step, ...]:
    """Everything that is asked, in order; the last place of a list falls to what is left."""
    if instrument.kind is Kind.RANKING:
        lists = [scale.items for scale in instrument.scales]
        return tuple(Step(items, place) for items in lists for place in range(1, max(2, len(items))))
    return tuple(Step((item,)) for item in range(1, instrument.items + 1))


def counted_steps(instrument: Instrument, count: int) -> str:
    """A number of steps as a child would call them: putting a list in order is not asking."""
    if instrument.kind is Kind.RANKING:
        return counted(count, "шаг", "шага", "шагов")
    return counted(count, "вопрос", "вопроса", "вопросов")


def given(answers: Answers, step: Step) -> str:
    """The answer a step has, perhaps in part; empty without one."""
    if step.place:
        return next((str(item) for item in step.items if answers.get(item) == str(step.place)), "")
    return answers.get(step.items[0], "")


def answered(instrument: Instrument, answers: Answers, step: Step) -> bool:
    """Whether a step is answered in full."""
    return bool(given(answers, step)) if step.place else sheets.is_whole(instrument, answers.get(step.items[0]))


def writes(answers: Answers, step: Step, words: str) -> Mapping[int, str | None]:
    """What the answer ``words`` to a step changes on the sheet; empty if nothing.

    A question put on a place changes places with the one that stood there (a place is never just given
    back); the last one without a place gets the one that is left.
    """
    if words == given(answers, step) or (step.place and not words):
        return {}
    if not step.place:
        return {step.items[0]: words or None}
    chosen, former = int(words), given(answers, step)
    changed: dict[int, str | None] = {int(former): answers.get(chosen)} if former else {}
    changed[chosen] = str(step.place)
    ranks = {**answers, **changed}
    free = [item for item in step.items if not ranks.get(item)]
    left = {str(place) for place in range(1, len(step.items) + 1)} - {ranks.get(item) for item in step.items}
    if len(free) == len(left) == 1:
        changed[free[0]] = left.pop()
    return changed


def choices(screen: PupilScreen, answers: Answers, step: Step) -> tuple[Choice, ...]:
    """What may be chosen at a step; nothing where one writes, or gives several marks (``mark_rows``)."""
    instrument, item = screen.instrument, step.items[0]
    if step.place:
        before = {str(place) for place in range(1, step.place)}
        there = [one for one in step.items if answers.get(one) not in before]
        return tuple(Choice(str(one), _capital(screen.wording.questions[one])) for one in there)
    if instrument.kind is Kind.SHARING:
        total = instrument.answering.total
        return tuple(_share(instrument, first, total - first) for first in range(total, -1, -1))
    if instrument.kind is Kind.TRIPLE:
        return ()
    return tuple(
        Choice(one.code, _capital(screen.wording.options.get((item, one.code), one.label)), one.label)
        for one in instrument.options_of(item)
    )


def mark_rows(instrument: Instrument) -> tuple[MarkRow, ...]:
    """The marks of every question, where it gets several."""
    rows = []
    for aspect in instrument.answering.aspects:
        options = [one for one in instrument.answering.options if aspect.allows(one)]
        words = aspect.marks or ["" if one.label == one.code else one.label for one in options]
        pairs = zip(options, words, strict=True)
        choices = tuple(Choice(one.code, _capital(said), one.code) for one, said in pairs)
        rows.append(MarkRow(aspect.asks or _capital(aspect.title), choices))
    return tuple(rows)


def asked(screen: PupilScreen, step: Step) -> Asked:
    """Say what a step asks, in a child's words."""
    instrument, item = screen.instrument, step.items[0]
    if step.place:
        question = "Выбери самое важное из того, что осталось" if step.place > 1 else "Выбери самое важное для тебя"
        return Asked(question, f"Место {step.place} из {len(step.items)}. Передумать можно кнопкой «Назад».")
    if instrument.kind is Kind.MATRIX:
        title = next(one.title for one in instrument.answering.lists if one.item == item)
        return Asked(f"{title}: что тебе ближе", "Можно выбрать несколько.")
    hint = _hint(instrument)
    question = screen.wording.questions.get(item, "")
    legend: tuple[str, ...] = ()
    if instrument.kind is Kind.SHARING:
        texts = [(one.label, screen.wording.options.get((item, one.code))) for one in instrument.answering.options]
        legend = tuple(f"{label}) {words}" for label, words in texts if words)
    return Asked(question, hint, legend) if question else Asked(hint.rstrip("."), "", legend)


def _hint(instrument: Instrument) -> str:
    answering = instrument.answering
    names = " и ".join(f"«{option.label}»" for option in answering.options)
    if instrument.kind is Kind.RATING and all(option.label.isdecimal() for option in answering.options):
        return f"Выбери число: {answering.options[0].label} — совсем нет, {answering.options[-1].label} — полностью да."
    return {
        Kind.CHOICE: "Выбери один ответ.",
        Kind.RATING: "Выбери один ответ.",
        Kind.SHARING: f"Подели {counted(answering.total, 'балл', 'балла', 'баллов')} между {names}.",
        Kind.TRIPLE: "Ответь в каждой строке.",
        Kind.RECORD: "Напиши своими словами. К следующему вопросу — кнопкой или Ctrl+Enter.",
    }[instrument.kind]


def _share(instrument: Instrument, first: int, second: int) -> Choice:
    names = [option.label for option in instrument.answering.options]
    code = f"{first}{sheets.SHARED}{second}"
    if first == second:
        return Choice(code, f"Поровну: {first} и {second}")
    much = "Больше" if first and second else "Только"
    return Choice(code, f"{much} «{names[first < second]}»: {first} и {second}")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
