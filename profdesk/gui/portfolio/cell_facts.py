"""What is known of one cell of the grid: its history, who thinks what of it, its note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from profdesk.domain.people import Group, Pupil
from profdesk.domain.portfolio import STAFF, Assessment, Basis, Cell, differing, opinions
from profdesk.domain.programme import Competency
from profdesk.domain.school_year import Period
from profdesk.gui.common import who
from profdesk.services import notes, portfolio, users

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace

_APART = (Basis.SELF, Basis.PARENTS)


@dataclass(frozen=True)
class Subject:
    """The cell of a class in a term, with whom and what it is about."""

    group: Group
    period: Period
    pupil: Pupil
    competency: Competency

    @property
    def cell(self) -> Cell:
        """Where it stands in the grid."""
        return Cell(self.pupil.id, self.competency.code)


@dataclass(frozen=True)
class CellFacts:
    """``history`` is that of the school year, the latest first in each strand and term; ``me`` an id."""

    period: Period
    history: Sequence[Assessment]
    note: str
    names: Mapping[str, str]
    me: str

    @property
    def standing(self) -> Assessment | None:
        """What the grid shows; its stage is None where it was taken back. None: never assessed in this term."""
        return next(iter(self._staff), None)

    @property
    def others(self) -> Sequence[Assessment]:
        """What other raters think, where it differs."""
        return differing(self._staff)

    @property
    def can_agree(self) -> bool:
        """Whether the acting user once thought otherwise than the rater whose stage stands."""
        return any(one.actor == self.me for one in self.others)

    @property
    def apart(self) -> Sequence[Assessment]:
        """What the pupil and the parents think; they are no raters."""
        told = (opinions(self._of(basis.strand)) for basis in _APART)
        return [one for some in told for one in some[:1] if one.stage is not None]

    def name(self, one: Assessment) -> str:
        """Whose assessment it is."""
        return who.short(self.names, one.actor)

    def who(self, one: Assessment) -> str:
        """Whose assessment it is, said to the one who reads it."""
        return "вы" if one.actor == self.me else self.name(one)

    @property
    def _staff(self) -> Sequence[Assessment]:
        return self._of(STAFF)

    def _of(self, strand: str) -> Sequence[Assessment]:
        return [one for one in self.history if one.basis.strand == strand and one.period == self.period]


def read(workspace: Workspace, subject: Subject) -> CellFacts:
    """Read what is known of a cell."""
    actor, cell, period = workspace.actor, subject.cell, subject.period
    note = notes.of_cell(workspace, actor, cell, period)
    return CellFacts(
        period=period,
        history=portfolio.history(workspace, actor, cell, period.year),
        note="" if note is None else note.words,
        names=users.names(workspace, actor),
        me=actor.id,
    )
