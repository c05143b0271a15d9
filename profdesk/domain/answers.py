"""Answers of one sheet: by question number, each as one short text.

choice and rating: the option's code («a», «++») · sharing: the points in the order of the options («2-1») ·
triple: the marks in the order of the aspects («2/1/-», one not given is empty) · ranking: the rank («7») ·
matrix: the chosen codes («1+4») · record: what was noted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from profdesk.domain.instrument import Instrument, Kind
from profdesk.errors import WrongInputError

Answers = Mapping[int, str]

SHARED, MARKED, CHOSEN = "-", "/", "+"


class WrongAnswerError(WrongInputError):
    """An answer that this question cannot have."""


def check(instrument: Instrument, item: int, answer: str) -> str:
    """Give an answer in its canonical form; WrongAnswerError says what the question takes instead."""
    if not 1 <= item <= instrument.items:
        raise WrongAnswerError(f"Вопроса {item} нет: в методике {instrument.items}.")
    made = _CHECKS[instrument.kind](instrument, item, answer.strip())
    if made is None:
        raise WrongAnswerError(f"Вопрос {item}: ответа «{answer}» не бывает. {takes(instrument, item)}")
    return made


def takes(instrument: Instrument, item: int) -> str:
    """Say which answers a question takes."""
    kind, answering = instrument.kind, instrument.answering
    if kind is Kind.TRIPLE:
        return f"Оценок {len(answering.aspects)}: {', '.join(aspect.title for aspect in answering.aspects)}."
    if kind is Kind.RANKING:
        return f"Можно место от 1 до {_places(instrument, item)}."
    if kind is Kind.MATRIX:
        return f"Можно номера от 1 до {len(instrument.options_of(item))}."
    if kind is Kind.RECORD:
        return "Напишите несколько слов."
    names = ", ".join(option.code if kind is Kind.RATING else option.label for option in answering.options)
    return f"Поделите {answering.total} между {names}." if kind is Kind.SHARING else f"Можно: {names}."


def is_whole(instrument: Instrument, answer: str | None) -> bool:
    """Whether a question is answered in full; of several marks none may be left out."""
    if not answer:
        return False
    return instrument.kind is not Kind.TRIPLE or all(answer.split(MARKED))


def missing(instrument: Instrument, answers: Answers) -> tuple[int, ...]:
    """The questions without a whole answer."""
    if len(answers) == instrument.items and all(answers.values()) and instrument.kind is not Kind.TRIPLE:
        return ()
    return tuple(item for item in range(1, instrument.items + 1) if not is_whole(instrument, answers.get(item)))


def from_json(instrument: Instrument, raw: object) -> dict[int, str]:
    """Read answers as scripts give them: {"1": "a", "2": {"a": 3, "b": 0}, "3": null}.

    Blank ones are left out; WrongAnswerError for what the instrument cannot have.
    """
    if not isinstance(raw, Mapping):
        raise WrongInputError("Ответы должны быть таблицей JSON: номер вопроса и ответ.")
    answers = {}
    for number, value in raw.items():
        if not str(number).isdecimal():
            raise WrongAnswerError(f"Вопроса «{number}» нет: номера идут от 1 до {instrument.items}.")
        words = _plain(instrument, value)
        if int(number) in answers:
            raise WrongAnswerError(f"Вопрос {int(number)} стоит дважды.")
        if words.strip():
            answers[int(number)] = check(instrument, int(number), words)
    return answers


def to_json(instrument: Instrument, answers: Answers) -> dict[str, Any]:
    """Write every question by number, blank ones as null, the way ``from_json`` reads them."""
    return {str(item): _structured(instrument, answers.get(item)) for item in range(1, instrument.items + 1)}


def _plain(instrument: Instrument, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping) and instrument.kind in (Kind.SHARING, Kind.TRIPLE):
        if instrument.kind is Kind.SHARING:
            return SHARED.join(str(value.get(option.code, "")) for option in instrument.answering.options)
        given = [value.get(aspect.code) for aspect in instrument.answering.aspects]
        return MARKED.join("" if one is None else str(one) for one in given)
    if isinstance(value, list):
        return CHOSEN.join(str(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value)


def _structured(instrument: Instrument, answer: str | None) -> object:
    if answer is None:
        return None
    if instrument.kind is Kind.SHARING:
        codes = [option.code for option in instrument.answering.options]
        return dict(zip(codes, map(int, answer.split(SHARED)), strict=True))
    if instrument.kind is Kind.TRIPLE:
        codes = [aspect.code for aspect in instrument.answering.aspects]
        return {code: mark or None for code, mark in zip(codes, answer.split(MARKED), strict=True)}
    if instrument.kind is Kind.RANKING:
        return int(answer)
    if instrument.kind is Kind.MATRIX and CHOSEN in answer:
        return answer.split(CHOSEN)
    return answer


def _one(instrument: Instrument, item: int, answer: str) -> str | None:
    """An option by its code, or by its label as the sheet prints it («а» for a)."""
    for option in instrument.options_of(item):
        if answer.casefold() in (option.code.casefold(), option.label.casefold()):
            return option.code
    return None


def _shared(instrument: Instrument, _item: int, answer: str) -> str | None:
    parts = answer.split(SHARED)
    if len(parts) != len(instrument.answering.options) or not _numbers(parts):
        return None
    points = [int(part) for part in parts]
    return SHARED.join(map(str, points)) if sum(points) == instrument.answering.total else None


def _marked(instrument: Instrument, item: int, answer: str) -> str | None:
    marks = answer.split(MARKED)
    if len(marks) != len(instrument.answering.aspects):
        return None
    scored = {option.code for option in instrument.options_of(item) if option.value is not None}
    for aspect, mark in zip(instrument.answering.aspects, marks, strict=True):
        dash = aspect.dash and any(option.code == mark for option in instrument.options_of(item))
        if mark and mark not in scored and not dash:
            return None
    return answer if any(marks) else None


def _ranked(instrument: Instrument, item: int, answer: str) -> str | None:
    if not _numbers([answer]) or not 1 <= int(answer) <= _places(instrument, item):
        return None
    return str(int(answer))


def _chosen(instrument: Instrument, item: int, answer: str) -> str | None:
    given = [_one(instrument, item, part.strip()) for part in answer.split(CHOSEN)]
    order = [option.code for option in instrument.options_of(item) if option.code in given]
    return CHOSEN.join(order) if order and None not in given else None


def _noted(_instrument: Instrument, _item: int, answer: str) -> str | None:
    return answer or None


def _places(instrument: Instrument, item: int) -> int:
    return next(len(scale.items) for scale in instrument.scales if item in scale.items)


def _numbers(parts: Iterable[str]) -> bool:
    return all(part.isascii() and part.isdecimal() and len(part) < 4 for part in parts)


_CHECKS = {
    Kind.CHOICE: _one,
    Kind.SHARING: _shared,
    Kind.RATING: _one,
    Kind.TRIPLE: _marked,
    Kind.RANKING: _ranked,
    Kind.MATRIX: _chosen,
    Kind.RECORD: _noted,
}
