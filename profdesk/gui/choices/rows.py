"""The pupils of a class with the state of a choice in words and a sign, and the signs of how far a choice is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.domain import choices
from profdesk.domain.choices import PupilChoices, Standing
from profdesk.domain.people import Pupil, fold
from profdesk.domain.register import Register
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone
from profdesk.services.choices import ClassChoices

LOOKS = {
    Standing.NONE: Look("circle", Tone.MUTED),
    Standing.OPEN: Look("circle-half", Tone.WARN),
    Standing.UNJUDGED: Look("circle", Tone.NEUTRAL),
    Standing.CONSCIOUS: Look("check-circle", Tone.OK),
    Standing.KEPT: Look("check-circle", Tone.OK),
    Standing.OTHER: Look("swap", Tone.WARN),
    Standing.UNKNOWN: Look("question", Tone.NEUTRAL),
}


@dataclass(frozen=True)
class PupilRow:
    """A pupil in the list at the left."""

    pupil: Pupil
    own: PupilChoices
    state: str
    standing: Standing


COLUMNS: tuple[Column[PupilRow], ...] = (
    Column("Ученик", lambda row: row.pupil.name.short, sort=lambda row: fold(row.pupil.name.full)),
    Column(
        "Выбор",
        lambda row: row.state,
        width=212,
        sort=lambda row: (list(Standing).index(row.standing), fold(row.state)),
        look=lambda row: LOOKS[row.standing],
    ),
)


def rows(found: ClassChoices, register: Register) -> Sequence[PupilRow]:
    """Every pupil of a class with what a register says."""
    made = []
    for pupil in found.pupils:
        own = found.of(pupil.id)
        made.append(PupilRow(pupil, own, choices.state_words(register, own, found.titles), own.standing(register)))
    return made
