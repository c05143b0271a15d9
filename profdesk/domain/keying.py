"""Keying paper sheets in without a mouse: which keys a question has, and what a press of one answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.domain import answers as sheets
from profdesk.domain.answers import Answers
from profdesk.domain.diagnostics import Sheet
from profdesk.domain.instrument import Instrument, Kind, Option

TYPED = frozenset({Kind.RANKING, Kind.MATRIX})
"""The kinds whose answers are typed out and ended with Enter, since they have more answers than there are keys."""

_PLACES = ("а1aф", "б2bи", "в3cс", "г4d", "д5e", "6f", "7g", "8h", "9i")
"""By place: the letter of the sheet, its digit, the Latin letter, and the Russian one on its key."""

MOST_KEYS = len(_PLACES)

_SIGNS = {"++": "*", "+": "+=", "0": "0", "?": "?0", "-": "-", "--": "/"}
"""The signs of a rating as the numbers' side of a keyboard has them."""


@dataclass(frozen=True)
class Key:
    """A key on the screen: ``code`` is the answer it gives, ``presses`` are the characters that press it.

    The first two of ``presses`` are the ones to be told; ``note`` says what the answer means, if ``face`` does not.
    """

    code: str
    face: str
    presses: str
    note: str = ""


def keys(instrument: Instrument, part: int = 0) -> tuple[Key, ...]:
    """The keys of a question, of its mark number ``part`` where it gets several; none where answers are typed out."""
    return _KEYS[instrument.kind](instrument, part) if instrument.kind in _KEYS else ()


def pressed(instrument: Instrument, part: int, letter: str) -> Key | None:
    """The key that a character presses, whatever its case and the layout of the keyboard."""
    return next((key for key in keys(instrument, part) if letter and letter.casefold() in key.presses), None)


def parts(instrument: Instrument) -> int:
    """How many presses a question takes."""
    return len(instrument.answering.aspects) if instrument.kind is Kind.TRIPLE else 1


def marked(instrument: Instrument, before: str | None, part: int, code: str) -> str | None:
    """The answer after one press (an empty code takes the mark away); None where nothing is left of it."""
    if instrument.kind is not Kind.TRIPLE:
        return code or None
    marks = before.split(sheets.MARKED) if before else [""] * parts(instrument)
    marks[part] = code
    return sheets.MARKED.join(marks) if any(marks) else None


def typed(instrument: Instrument, letter: str) -> str:
    """What a character adds to an answer that is typed out; empty if it has no place there."""
    if letter.isascii() and letter.isdecimal():
        return letter
    return sheets.CHOSEN if instrument.kind is Kind.MATRIX and letter in "+,=" else ""


def rivals(instrument: Instrument, answers: Answers, item: int) -> tuple[int, ...]:
    """The other questions of the same list that have the same place in a ranking."""
    if instrument.kind is not Kind.RANKING or item not in answers:
        return ()
    together = next(scale.items for scale in instrument.scales if item in scale.items)
    return tuple(one for one in together if one != item and answers.get(one) == answers[item])


def blanks(instrument: Instrument, sheet: Sheet, *, second: bool) -> Sequence[int]:
    """The questions that still want an answer, in the second entry those not given again or given otherwise."""
    if second:
        return sorted((set(sheet.answers) - set(sheet.second)) | set(sheet.differences()))
    return sheets.missing(instrument, sheet.answers)


def warning(instrument: Instrument, sheet: Sheet, item: int, *, second: bool) -> str:
    """What the answer just given does not go with, empty if nothing."""
    entry, first = sheet.second if second else sheet.answers, sheet.answers.get(item)
    if second and item in sheet.differences():
        return "Второй ответ не такой, как первый: посмотрите на бланк."
    if second and first and item not in entry:
        return f"Вопрос {item}: в первый раз здесь был ответ «{shown(instrument, item, first)}»."
    if others := rivals(instrument, entry, item):
        return f"Место {entry[item]} уже стоит у вопроса {', '.join(map(str, others))}."
    return ""


def shown(instrument: Instrument, item: int, answer: str | None) -> str:
    """An answer as a narrow cell shows it: «а», «2:1», «21–»; empty where there is none."""
    if not answer:
        return ""
    if instrument.kind is Kind.CHOICE:
        return next(option.label for option in instrument.options_of(item) if option.code == answer)
    if instrument.kind is Kind.SHARING:
        return answer.replace(sheets.SHARED, ":")
    if instrument.kind is Kind.TRIPLE:
        return "".join(mark.replace("-", "–") or "·" for mark in answer.split(sheets.MARKED))
    return answer.replace("-", "–") if instrument.kind is Kind.RATING else answer


def _choice(instrument: Instrument, _part: int) -> tuple[Key, ...]:
    return tuple(
        Key(option.code, option.label, presses)
        for option, presses in zip(instrument.answering.options, _PLACES, strict=False)
    )


def _rating(instrument: Instrument, _part: int) -> tuple[Key, ...]:
    options = instrument.answering.options
    if all(option.code.isdecimal() for option in options):
        return tuple(Key(one.code, one.code, one.code[-1], _note(one)) for one in options)
    return tuple(
        Key(one.code, one.code.replace("-", "–"), f"{place}{_SIGNS.get(one.code, '')}", _note(one))
        for place, one in enumerate(options, 1)
    )


def _sharing(instrument: Instrument, _part: int) -> tuple[Key, ...]:
    total, names = instrument.answering.total, [option.label for option in instrument.answering.options]
    return tuple(
        Key(
            f"{first}{sheets.SHARED}{total - first}",
            str(first),
            str(first),
            f"{names[0]} {first}, {names[1]} {total - first}",
        )
        for first in range(total, -1, -1)
    )


def _triple(instrument: Instrument, part: int) -> tuple[Key, ...]:
    dash = instrument.answering.aspects[part].dash
    return tuple(
        Key(one.code, one.code.replace("-", "–"), one.code, _note(one))
        for one in instrument.answering.options
        if dash or one.value is not None
    )


def _note(option: Option) -> str:
    return "" if option.label == option.code else option.label


_KEYS = {Kind.CHOICE: _choice, Kind.RATING: _rating, Kind.SHARING: _sharing, Kind.TRIPLE: _triple}
