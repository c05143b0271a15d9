"""Everything recorded of one pupil, as it was recorded: nothing is left out that was superseded or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from profdesk.domain.activities import ActivityEntry, Participation
from profdesk.domain.diagnostics import Released
from profdesk.domain.evidence import Evidence
from profdesk.domain.notes import Note
from profdesk.domain.people import Group, Leave, Pupil
from profdesk.domain.portfolio import Assessment
from profdesk.domain.pupil_file import SentRecord
from profdesk.domain.register import Register, Titles, Values
from profdesk.domain.route import RouteLine
from profdesk.domain.school_year import SchoolYear


@dataclass(frozen=True)
class Recorded:
    """An assessment of a competency; ``before`` is the stage it superseded, ``stands`` that nothing supersedes it."""

    competency: str
    assessment: Assessment
    before: int | None
    stands: bool


@dataclass(frozen=True)
class Noted:
    """A note at a cell (empty words: taken away); ``stands`` says that no later one supersedes it."""

    note: Note
    stands: bool


@dataclass(frozen=True)
class Kept:
    """A file, and when it was taken out of sight (None: it is shown)."""

    evidence: Evidence
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Certified:
    """A certificate of the register; ``year`` is the school year certified, ``actor`` the id of who issued it."""

    number: str
    year: SchoolYear
    issued_on: date
    actor: str


@dataclass(frozen=True)
class Attended:
    """The group of one school year, and since when and why no longer; without ``organisation`` it is of this one."""

    group: Group
    leave: Leave | None
    organisation: str = ""

    @property
    def year(self) -> SchoolYear:
        """The school year of the group."""
        return SchoolYear(self.group.year)


@dataclass(frozen=True)
class FieldChange:
    """A field of the pupil's record as the journal names it, with its values before and after."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Act:
    """What was done at once to the pupil's own record or class: an import, a merge, an edit.

    ``title`` is that of an act that can be taken back, empty for a change of this pupil alone; ``entered``
    says that the pupil was written first by it. ``actor`` is the id of a user.
    """

    title: str
    entered: bool
    changes: tuple[FieldChange, ...]
    actor: str
    at: datetime
    undone_at: datetime | None


@dataclass(frozen=True)
class Diagnosed:
    """That a diagnostic session took place with the pupil: all that others than psychologists know of it."""

    year: SchoolYear
    day: date


@dataclass(frozen=True)
class Registered:
    """An entry of a register that speaks of the pupil, and when it was taken out (None: it stands)."""

    register: Register
    values: Values
    titles: Titles
    actor: str
    at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Visited:
    """A held activity at which the pupil was, or the parents where it is for them; ``kind`` is its type's title."""

    entry: ActivityEntry
    part: Participation
    kind: str


@dataclass(frozen=True)
class History:
    """``attended`` and ``acts`` run from the first to the last; ``assessments`` of one place as they superseded.

    The pupil's group is that of the school year that was asked for. ``routes`` are all versions of the route's lines.
    ``visited`` are the activities, the latest first; ``brought`` is what came from other organisations in words,
    ``elsewhere`` the groups that the pupil was in there.
    """

    pupil: Pupil
    attended: tuple[Attended, ...]
    assessments: tuple[Recorded, ...]
    notes: tuple[Noted, ...]
    files: tuple[Kept, ...]
    certificates: tuple[Certified, ...]
    acts: tuple[Act, ...]
    diagnosed: tuple[Diagnosed, ...] = ()
    released: tuple[Released, ...] = ()
    routes: tuple[RouteLine, ...] = ()
    registered: tuple[Registered, ...] = ()
    visited: tuple[Visited, ...] = ()
    brought: tuple[SentRecord, ...] = ()
    elsewhere: tuple[Attended, ...] = ()

    @property
    def schooling(self) -> tuple[Attended, ...]:
        """One group of each school year, wherever it was: the one here, else the last elsewhere."""
        of_year = {one.year: one for one in (*self.elsewhere, *self.attended)}
        return tuple(of_year[year] for year in sorted(of_year))

    def last_attended(self, year: SchoolYear) -> Attended | None:
        """The group of that school year, else the last one before it."""
        return next((one for one in reversed(self.attended) if one.year <= year), None)
