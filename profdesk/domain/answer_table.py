"""An outside table of answers: whose row it is and which column is which question, found by what stands there.

Pupils may stand in rows or in columns. Nobody is matched by guess: a name that fits two pupils, or a pupil
with two rows, is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from profdesk.domain import answer_cells
from profdesk.domain.answer_cells import UnclearError
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.people import Pupil, fold
from profdesk.domain.questions import Wording
from profdesk.domain.roster_text import Value, is_russian, russian, text
from profdesk.errors import WrongInputError

Table = Sequence[tuple[int, Sequence[Value]]]
"""Pairs of line number and cells."""

_NUMBERED = re.compile(
    r"^(?:вопрос|в|q|question|№|п|пункт)?\s*\.?\s*№?\s*(\d{1,3})(?:\s*$|\s*[.):\-–—\s\]])", re.IGNORECASE
)
_INSIDE = re.compile(r"\[?(?:вопрос|question)\s*№?\s*(\d{1,3})\b", re.IGNORECASE)
_LEAST_SHARE = 0.5
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\.?")
_CLASS = re.compile(r"\b\d{1,2}\s*-?\s*[\"«“„']?\s*[^\W\d_](?![\w.])")


@dataclass(frozen=True)
class Doubt:
    """A cell or row left out, and why; ``line`` is where it stands in the file."""

    line: int
    name: str
    reason: str


@dataclass(frozen=True)
class MatchedSheet:
    """A pupil's answers with the line they stand in and the name written there."""

    line: int
    written: str
    pupil: Pupil
    answers: Mapping[int, str]


@dataclass(frozen=True)
class AnswerTable:
    """What an answer file holds: sheets, names that fit nobody or several, cells that cannot be told."""

    instrument: Instrument
    sheets: tuple[MatchedSheet, ...]
    unmatched: tuple[Doubt, ...]
    unclear: tuple[Doubt, ...]
    absent: tuple[Pupil, ...]


def read(
    instrument: Instrument, tables: Iterable[Table], pupils: Sequence[Pupil], name: str, wording: Wording | None = None
) -> AnswerTable:
    """Read the first table in which the questions are found; WrongInputError if there is none."""
    for table in tables:
        for turned in (table, _turned(table)):
            columns = _questions(instrument, turned, wording or Wording())
            if columns is not None:
                return _read(instrument, turned, columns, pupils, wording)
    raise WrongInputError(
        f"Файл «{name}»: не нашли столбцы с вопросами от 1 до {instrument.items}. Пронумеруйте заголовки: 1, 2, 3…"
    )


@dataclass(frozen=True)
class _Columns:
    """The place of the heading and the columns of each question, several where it gets several marks.

    ``left_out`` are numbers in the heading that are no question of their own, each with the reason.
    """

    head: int
    items: Mapping[int, tuple[int, ...]]
    left_out: Mapping[int, str]


def _questions(instrument: Instrument, table: Table, wording: Wording) -> _Columns | None:
    best: _Columns | None = None
    texts = {fold(words): item for item, words in wording.questions.items()}
    for place, (_, cells) in enumerate(table):
        found: dict[int, list[int]] = {}
        for column, cell in enumerate(cells):
            item = _number(cell) or texts.get(fold(text(cell)))
            if item is not None:
                found.setdefault(item, []).append(column)
        left_out = {item: why for item, columns in found.items() if (why := _is_no_question(instrument, item, columns))}
        fits = {item: tuple(columns) for item, columns in found.items() if item not in left_out}
        if len(fits) >= max(2, _LEAST_SHARE * instrument.items) and (best is None or len(fits) > len(best.items)):
            best = _Columns(place, fits, left_out)
    return best if best is not None and _is_heading(table, best) else None


def _is_no_question(instrument: Instrument, item: int, columns: Sequence[int]) -> str:
    """Why a number of the heading is left out; empty if it is a question."""
    if not 1 <= item <= instrument.items:
        return f"в методике вопросы от 1 до {instrument.items}, столбец не взят"
    if len(columns) not in (1, max(1, len(instrument.answering.aspects))):
        return f"стоит над столбцами {', '.join(str(column + 1) for column in columns)}: оставьте один"
    return ""


def _is_heading(table: Table, found: _Columns) -> bool:
    """Whether text stands below the numbers somewhere: a row of ranks is no heading of anything."""
    first = min(min(columns) for columns in found.items.values())
    return any(_WORDS.search(text(cell)) for _, cells in table[found.head + 1 :] for cell in cells[: max(first, 1)])


def _number(cell: Value) -> int | None:
    words = text(cell)
    found = _NUMBERED.match(words) or _INSIDE.search(words)
    return int(found.group(1)) if found else None


def _turned(table: Table) -> Table:
    """The table with rows and columns exchanged; lines are then the numbers of the columns."""
    width = max((len(cells) for _, cells in table), default=0)
    return [
        (column + 1, [cells[column] if column < len(cells) else None for _, cells in table]) for column in range(width)
    ]


def _read(
    instrument: Instrument, table: Table, found: _Columns, pupils: Sequence[Pupil], wording: Wording | None
) -> AnswerTable:
    used = {column for columns in found.items.values() for column in columns}
    below = [cells for _, cells in table[found.head + 1 :]]
    in_russian = any(is_russian(text(cells[column])) for cells in below for column in used if column < len(cells))
    rows: dict[str, list[MatchedSheet]] = {}
    unmatched: list[Doubt] = []
    unclear = [Doubt(table[found.head][0], f"вопрос {item}", why) for item, why in sorted(found.left_out.items())]
    for line, cells in table[found.head + 1 :]:
        own = [cell for column, cell in enumerate(cells) if column not in used and isinstance(cell, str)]
        answers, doubts = _answers(instrument, found, cells, wording, in_russian=in_russian)
        fitting = _fitting(own, pupils)
        written = _written(own, fitting)
        if len(fitting) == 1:
            rows.setdefault(fitting[0].id, []).append(MatchedSheet(line, written, fitting[0], answers))
            unclear += [Doubt(line, written, reason) for reason in doubts]
        elif answers or fitting:
            unmatched.append(Doubt(line, written, _why(fitting, own, pupils)))
    single, doubled = _told_apart(rows)
    absent = tuple(pupil for pupil in pupils if pupil.id not in rows)
    return AnswerTable(instrument, single, (*unmatched, *doubled), tuple(unclear), absent)


def _told_apart(rows: Mapping[str, Sequence[MatchedSheet]]) -> tuple[tuple[MatchedSheet, ...], tuple[Doubt, ...]]:
    """The sheets of those who have one row, and a doubt for every row of those who have more."""
    single = tuple(some[0] for some in rows.values() if len(some) == 1)
    doubled = tuple(doubt for some in rows.values() if len(some) > 1 for doubt in _doubled(some))
    return single, doubled


def _why(fitting: Sequence[Pupil], cells: Sequence[str], pupils: Sequence[Pupil]) -> str:
    if fitting:
        return f"подходят двое: {fitting[0].name.full} и {fitting[1].name.full}"
    words = _folded(cells)
    namesake = next((one for one in pupils if _there(fold(one.name.surname), words)), None)
    return "такого ученика нет" if namesake is None else f"имя не сошлось, а с этой фамилией есть {namesake.name.full}"


def _doubled(rows: Sequence[MatchedSheet]) -> Iterable[Doubt]:
    lines = ", ".join(str(row.line) for row in rows)
    return (Doubt(row.line, row.written, f"ответы этого ученика в строках {lines}") for row in rows)


def _answers(
    instrument: Instrument, found: _Columns, cells: Sequence[Value], wording: Wording | None, *, in_russian: bool
) -> tuple[dict[int, str], list[str]]:
    answers: dict[int, str] = {}
    doubts: list[str] = []
    for item, columns in sorted(found.items.items()):
        own = [cells[column] if column < len(cells) else None for column in columns]
        cell: Value = own[0]
        if instrument.kind is Kind.TRIPLE and len(own) > 1:
            cell = "/".join(map(text, own)) if any(text(one) for one in own) else None
        try:
            answer = answer_cells.read(instrument, item, cell, wording, in_russian=in_russian)
        except UnclearError as error:
            doubts.append(str(error))
            continue
        if answer is not None:
            answers[item] = answer
    return answers, doubts


def _fitting(cells: Sequence[str], pupils: Sequence[Pupil]) -> Sequence[Pupil]:
    """The pupils that what stands beside the answers fits best: whole names before shortened ones."""
    words = _folded(cells)
    if not words:
        return ()
    for test in (_whole, _given, _initial):
        fitting = [pupil for pupil in pupils if test(pupil, words)]
        if fitting:
            return fitting
    return ()


def _folded(cells: Sequence[str]) -> Sequence[str]:
    return [fold(russian(word, beside_russian=True)) for cell in cells for word in _named(cell)]


def _named(cell: str) -> Sequence[str]:
    """The words of a cell that may be a name; the letter of a class («9А», «А») is nobody's initial."""
    words = _WORDS.findall(_CLASS.sub(" ", text(cell)))
    return () if len(words) == 1 and len(words[0]) == 1 else words


def _whole(pupil: Pupil, words: Sequence[str]) -> bool:
    return pupil.name.patronymic is not None and all(_there(part, words) for part in _parts(pupil))


def _given(pupil: Pupil, words: Sequence[str]) -> bool:
    """Surname and given name in any order; another patronymic is another person."""
    surname, given, *patronymic = _parts(pupil)
    if not (_there(surname, words) and _there(given, words)):
        return False
    others = [word for word in words if word.endswith(("вич", "вна", "ична", "ич", "кызы", "оглы"))]
    return not patronymic or not others or patronymic[0] in words or surname in others


def _initial(pupil: Pupil, words: Sequence[str]) -> bool:
    """Surname and initials in their order: «И. А.» is not Анна Игоревна."""
    surname, *names = _parts(pupil)
    letters = [word.rstrip(".") for word in words if len(word.rstrip(".")) == 1]
    return _there(surname, words) and bool(letters) and all(map(str.startswith, names, letters))


def _there(part: str, words: Sequence[str]) -> bool:
    return all(piece in words for piece in part.split())


def _parts(pupil: Pupil) -> Sequence[str]:
    return [fold(part) for part in (pupil.name.surname, pupil.name.given, pupil.name.patronymic) if part]


def _written(cells: Sequence[str], fitting: Sequence[Pupil]) -> str:
    """The name as it stands in the file: the cells with a word of those who fit, else with most words."""
    known = {word for pupil in fitting for part in _parts(pupil) for word in part.split()}
    named = [
        text(cell) for cell in cells if any(fold(word).rstrip(".") in known for word in _WORDS.findall(text(cell)))
    ]
    if named:
        return " ".join(named)
    return max((text(cell) for cell in cells), key=lambda words: len(_WORDS.findall(words)), default="")
