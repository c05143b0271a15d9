"""The list of sheets beside the key desk: who, and what has become of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.domain import answers as sheets
from profdesk.domain import plural
from profdesk.domain.diagnostics import PupilSheet, SheetState
from profdesk.domain.instrument import Instrument
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone
from profdesk.gui.diagnostics.keying import Keying

_LOOKS = {
    SheetState.NOT_BEGUN: Look("circle", Tone.MUTED),
    SheetState.INCOMPLETE: Look("circle-half", Tone.WARN),
    SheetState.COMPLETE: Look("check-circle-fill", Tone.OK),
    SheetState.DOUBTFUL: Look("warning", Tone.WARN),
    SheetState.ABSENT: Look("minus-circle", Tone.MUTED),
    SheetState.REFUSED: Look("prohibit", Tone.MUTED),
    SheetState.HIDDEN: Look("eye-slash", Tone.MUTED),
}


_AWAY = (SheetState.ABSENT, SheetState.REFUSED, SheetState.HIDDEN)


@dataclass(frozen=True)
class SheetRow:
    """A line of the list; ``place`` is its number in the session as it is shown."""

    id: str
    place: int
    number: int
    name: str
    words: str
    look: Look
    away: bool


COLUMNS: tuple[Column[SheetRow], ...] = (
    Column("№", lambda row: str(row.number), width=38, right=True),
    Column("Ученик", lambda row: row.name),
    Column("Бланк", lambda row: row.words, width=136, look=lambda row: row.look),
)


def rows(keying: Keying) -> Sequence[SheetRow]:
    """A line for each sheet, in the order of the session."""
    made = _checked_row if keying.second else _row
    return [made(keying, place, one) for place, one in enumerate(keying.view.sheets)]


def _row(keying: Keying, place: int, one: PupilSheet) -> SheetRow:
    state = one.sheet.state(keying.instrument)
    words, look = state.label, _LOOKS[state]
    if state is SheetState.COMPLETE:
        words = "введён"
    elif state is SheetState.INCOMPLETE:
        words = _count(keying.instrument, one)
    if place == keying.place.sheet and state in (SheetState.NOT_BEGUN, SheetState.INCOMPLETE):
        words, look = _count(keying.instrument, one), Look("pencil-simple", Tone.INFO)
    away = state in _AWAY
    return SheetRow(one.sheet.id, place, one.sheet.number, one.pupil.name.short, words, look, away)


def _checked_row(keying: Keying, place: int, one: PupilSheet) -> SheetRow:
    """The same in the checking entry: how much is checked, or in how many places it differs."""
    sheet, state = one.sheet, one.sheet.state(keying.instrument)
    differing = len(sheet.differences())
    away = state in _AWAY or not sheet.answers
    if away:
        words, look = state.label, _LOOKS[state]
    elif differing:
        words, look = plural.counted(differing, "отличие", "отличия", "отличий"), Look("warning", Tone.BAD)
    elif not set(sheet.answers) - set(sheet.second):
        words, look = "проверен", Look("check-circle-fill", Tone.OK)
    else:
        words, look = f"{len(sheet.second)} из {len(sheet.answers)}", Look("circle-half", Tone.MUTED)
    return SheetRow(sheet.id, place, sheet.number, one.pupil.name.short, words, look, away)


def _count(instrument: Instrument, one: PupilSheet) -> str:
    given = instrument.items - len(sheets.missing(instrument, one.sheet.answers))
    return f"{given} из {instrument.items}"
