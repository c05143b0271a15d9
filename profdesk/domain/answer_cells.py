"""A cell of an answer table as the instrument takes it, however people and online forms write answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from profdesk.domain import answers as sheets
from profdesk.domain.answers import WrongAnswerError
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.people import fold
from profdesk.domain.questions import Wording
from profdesk.domain.roster_text import Value, russian, text

_MINUS = str.maketrans("–—−", "---")
_LEADING = re.compile(r"^\W{0,2}([^\W_]{1,2})\s*(?:[.):\-–—]|$)")
_NUMBERS = re.compile(r"\d+")
_BLANKS = frozenset({"", "нет ответа", "н/о", "не ответил", "не ответила", "пропуск"})


class UnclearError(ValueError):
    """A cell that could mean several answers or none; the text is the reason, in Russian."""


def read(
    instrument: Instrument, item: int, cell: Value, wording: Wording | None = None, *, in_russian: bool = False
) -> str | None:
    """Give the canonical answer, None for a blank cell; UnclearError where it cannot be told.

    Among answers written in Russian a Latin letter that looks like another answer («B» and «В») is not taken.
    """
    words = text(cell).translate(_MINUS).strip()
    if fold(words) in _BLANKS:
        return None
    if in_russian and _looks_like_another(instrument, item, words):
        raise UnclearError(f"«{words}» на вопрос {item} набрано латинской буквой: не ясно, какой это ответ")
    for made in _candidates(instrument, item, words, wording or Wording()):
        try:
            return sheets.check(instrument, item, made)
        except WrongAnswerError:
            continue
    raise UnclearError(f"ответа «{words}» на вопрос {item} не бывает")


def _looks_like_another(instrument: Instrument, item: int, words: str) -> bool:
    leading = _LEADING.match(words)
    letter = leading.group(1) if leading else words
    seen = russian(letter, beside_russian=True).casefold()
    by_look = {one.code for one in instrument.options_of(item) if one.label.casefold() == seen}
    by_code = {one.code for one in instrument.options_of(item) if one.code.casefold() == letter.casefold()}
    return bool(by_look and by_code and by_look != by_code)


def _candidates(instrument: Instrument, item: int, words: str, wording: Wording) -> Sequence[str]:
    """What the cell may stand for, the surest first."""
    numbers = _NUMBERS.findall(words)
    if instrument.kind is Kind.RECORD:
        return [words]
    if instrument.kind is Kind.RANKING:
        return [text(words), *numbers[:1]] if len(numbers) == 1 else []
    if instrument.kind is Kind.SHARING:
        return [sheets.SHARED.join(numbers)] if len(numbers) == len(instrument.answering.options) else []
    if instrument.kind is Kind.TRIPLE:
        return _marks(instrument, words)
    if instrument.kind is Kind.MATRIX:
        return [words.replace(",", sheets.CHOSEN).replace(";", sheets.CHOSEN)]
    return [words, *_by_option(instrument, item, words, wording)]


def _marks(instrument: Instrument, words: str) -> Sequence[str]:
    if words.count(sheets.MARKED) == len(instrument.answering.aspects) - 1:
        return [re.sub(r"\s*/\s*", sheets.MARKED, words)]
    parts = [part for part in re.split(r"[\s,;]+", words) if part]
    if len(parts) == 1 and len(words) == len(instrument.answering.aspects):
        parts = list(words)
    return [sheets.MARKED.join(parts)] if len(parts) == len(instrument.answering.aspects) else []


def _by_option(instrument: Instrument, item: int, words: str, wording: Wording) -> Sequence[str]:
    """An option by its whole text, by its leading letter («а) вариант»), by its points or its number."""
    folded = fold(words)
    options = instrument.options_of(item)
    found = [
        option.code
        for option in options
        if folded in (fold(option.label), fold(wording.options.get((item, option.code), "\0")))
    ]
    leading = _LEADING.match(words)
    if leading:
        letter = leading.group(1).casefold()
        found += [option.code for option in options if letter in (option.code.casefold(), option.label.casefold())]
    if instrument.kind is Kind.RATING:
        return [*found, *(option.code for option in options if words in (str(option.value), f"+{option.value}"))]
    number = words.rstrip(".)")
    return [*found, *(option.code for place, option in enumerate(options, 1) if number == str(place))]
