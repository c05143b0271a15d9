"""The wording of an instrument's questions, as the school loads it: it belongs to the authors and never ships."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from profdesk.domain.instrument import Instrument, Kind, Option
from profdesk.errors import WrongInputError

NUMBER, QUESTION = "№", "Вопрос"
_ROW, _COLUMN, _CELL = "Строка", "Столбец", "Профессии"


@dataclass(frozen=True)
class Wording:
    """Texts by question, by question and answer code, and by cell (row, column) of a matrix."""

    questions: Mapping[int, str] = field(default_factory=dict)
    options: Mapping[tuple[int, str], str] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)


def worded_options(instrument: Instrument) -> Sequence[Option]:
    """The answers that have a text of their own at each question."""
    return instrument.answering.options if instrument.kind in (Kind.CHOICE, Kind.SHARING) else ()


def headings(instrument: Instrument) -> tuple[str, ...]:
    """The columns of the table that a school fills in."""
    if instrument.kind is Kind.MATRIX:
        return (_ROW, _COLUMN, _CELL)
    return (NUMBER, QUESTION, *(option.label for option in worded_options(instrument)))


def rows(instrument: Instrument, wording: Wording | None = None) -> tuple[tuple[str, ...], ...]:
    """The table's rows: every question, or every cell of a matrix, with the texts there are."""
    known = wording or Wording()
    if instrument.kind is Kind.MATRIX:
        columns, lines = (range(1, len(one.options) + 1) for one in instrument.answering.lists)
        return tuple((str(row), str(column), known.cells.get((row, column), "")) for row in lines for column in columns)
    options = worded_options(instrument)
    return tuple(
        (
            str(item),
            known.questions.get(item, ""),
            *(known.options.get((item, option.code), "") for option in options),
        )
        for item in range(1, instrument.items + 1)
    )


def read(instrument: Instrument, table: Sequence[tuple[int, Sequence[str]]], name: str) -> Wording:
    """Read a filled table: pairs of line number and cells, the headings among them.

    WrongInputError names the line and what is wrong there; questions may be left without a text.
    """
    head = headings(instrument)
    start = next((place for place, (_, cells) in enumerate(table) if _same(cells[: len(head)], head)), None)
    if start is None:
        raise WrongInputError(f"Файл «{name}»: нет строки заголовков «{'», «'.join(head)}». Возьмите пустой шаблон.")
    body = [(line, [*cells, *[""] * len(head)]) for line, cells in table[start + 1 :] if any(cells)]
    wording = _cells(instrument, body, name) if instrument.kind is Kind.MATRIX else _texts(instrument, body, name)
    if not (wording.questions or wording.options or wording.cells):
        raise WrongInputError(f"Файл «{name}»: ни одного текста нет, заполнять нечем.")
    return wording


def to_json(wording: Wording) -> str:
    """Write every text there is, the way ``from_json`` reads it."""
    return json.dumps(
        {
            "questions": sorted(wording.questions.items()),
            "options": sorted([item, code, words] for (item, code), words in wording.options.items()),
            "cells": sorted([row, column, words] for (row, column), words in wording.cells.items()),
        },
        ensure_ascii=False,
    )


def from_json(text: str) -> Wording:
    """Read what ``to_json`` wrote."""
    raw = json.loads(text)
    return Wording(
        dict(raw["questions"]),
        {(item, code): words for item, code, words in raw["options"]},
        {(row, column): words for row, column, words in raw["cells"]},
    )


def _texts(instrument: Instrument, body: Sequence[tuple[int, Sequence[str]]], name: str) -> Wording:
    questions: dict[int, str] = {}
    options: dict[tuple[int, str], str] = {}
    seen: set[int] = set()
    for line, cells in body:
        item = _number(cells[0], instrument.items, name, line, "вопроса")
        if item in seen:
            raise _wrong(name, line, f"вопрос {item} уже есть выше")
        seen.add(item)
        if cells[1].strip():
            questions[item] = cells[1].strip()
        for option, words in zip(worded_options(instrument), cells[2:], strict=False):
            if words.strip():
                options[item, option.code] = words.strip()
    return Wording(questions, options)


def _cells(instrument: Instrument, body: Sequence[tuple[int, Sequence[str]]], name: str) -> Wording:
    columns, lines = (len(one.options) for one in instrument.answering.lists)
    found: dict[tuple[int, int], str] = {}
    for line, cells in body:
        place = (_number(cells[0], lines, name, line, "строки"), _number(cells[1], columns, name, line, "столбца"))
        if place in found:
            raise _wrong(name, line, f"клетка {place[0]}, {place[1]} уже есть выше")
        if cells[2].strip():
            found[place] = cells[2].strip()
    return Wording(cells=found)


def _number(cell: str, most: int, name: str, line: int, what: str) -> int:
    words = cell.strip().removesuffix(".0").rstrip(".")
    if not (words.isascii() and words.isdecimal() and 1 <= int(words[:6]) <= most):
        raise _wrong(name, line, f"номер {what} «{cell.strip()}», а нужен от 1 до {most}")
    return int(words)


def _same(cells: Sequence[str], head: Sequence[str]) -> bool:
    return [cell.strip().casefold() for cell in cells] == [words.casefold() for words in head]


def _wrong(name: str, line: int, what: str) -> WrongInputError:
    return WrongInputError(f"Файл «{name}», строка {line}: {what}.")
