"""Instruments: those that ship, checking a file of one's own, scoring answers, the template for the wording."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from profdesk import assets
from profdesk.domain import answers as sheets
from profdesk.domain import instrument_file, questions, scoring
from profdesk.domain.instrument import Direction, Instrument
from profdesk.domain.scoring import Outcome
from profdesk.domain.toml_reader import Problem
from profdesk.errors import NotFoundError
from profdesk.services import files


def shipped() -> tuple[Instrument, ...]:
    """The instruments that come with the program, by direction and title."""
    order = list(Direction)
    return tuple(sorted(_shipped(), key=lambda one: (order.index(one.direction), one.title)))


def source(instrument: Instrument) -> str | None:
    """The text of a shipped instrument's file; None for one of the school's own."""
    return _shipped().get(instrument)


def called(code: str) -> Instrument:
    """Find an instrument by its code; NotFoundError lists those there are."""
    for instrument in shipped():
        if instrument.code == code:
            return instrument
    raise NotFoundError(f"Нет методики «{code}». Есть: {', '.join(one.code for one in shipped())}.")


def check(path: Path) -> tuple[Problem, ...]:
    """Tell everything that is wrong in an instrument file, in the order of its lines."""
    return instrument_file.problems(files.read_text(path))


def score(instrument: Instrument, raw: object) -> Outcome:
    """Score answers given as JSON; WrongInputError says what an instrument cannot have."""
    return scoring.score(instrument, sheets.from_json(instrument, raw))


def template(instrument: Instrument, *, as_workbook: bool) -> bytes:
    """Write the empty table for the wording of the questions, as XLSX or as CSV."""
    from profdesk.documents import wording_template

    head, rows = questions.headings(instrument), questions.rows(instrument)
    if as_workbook:
        return wording_template.workbook(instrument.title, head, rows)
    return wording_template.text_table(head, rows)


@lru_cache(maxsize=1)
def _shipped() -> Mapping[Instrument, str]:
    paths = sorted(assets.resource("instruments").glob("*.toml"))
    texts = [(path.name, path.read_text(encoding="utf-8")) for path in paths]
    return {instrument_file.parse(text, name): text for name, text in texts}
