"""What the page reads of a school year, made ready off the GUI thread: each keystroke then only filters."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from profdesk import settings
from profdesk.domain import pupil_list
from profdesk.domain.duplicates import DuplicateIndex, Pair
from profdesk.domain.people import Pupil
from profdesk.domain.programme import Programme
from profdesk.domain.pupil_entry import PupilDraft
from profdesk.domain.pupil_list import Branch, Listed, Listing, PupilIndex
from profdesk.domain.school_year import SchoolYear
from profdesk.services import pupils

if TYPE_CHECKING:
    from profdesk.services.workspaces import Workspace


@dataclass(frozen=True)
class Reading:
    """The list with its index, its tree (also of the uncovered alone), and who may be entered twice."""

    year: SchoolYear
    listing: Listing = field(default_factory=lambda: Listing((), ()))
    index: PupilIndex = field(default_factory=PupilIndex)
    branches: Sequence[Branch] = ()
    uncovered: Sequence[Branch] = ()
    likeness: DuplicateIndex = field(default_factory=DuplicateIndex)
    doubles: Sequence[Pair] = ()

    apart: frozenset[str] = frozenset()

    def like(self, draft: PupilDraft, own: str) -> Sequence[Pupil]:
        """Who looks like the pupil being written, and was not told to be another child than ``own``."""
        found = self.likeness.like(draft.name, draft.birth_date, draft.sex, own)
        return [pupil for pupil in found if key(own, pupil.id) not in self.apart]

    def row(self, pupil_id: str) -> Listed | None:
        """A pupil's row by the id."""
        return next((row for row in self.listing.rows if row.pupil.id == pupil_id), None)


def read(workspace: Workspace, programme: Programme, year: SchoolYear, former: Reading) -> Reading:
    """Read everything anew; the rows that are as in the ``former`` reading are the very same."""
    with _no_collection():
        listing = pupils.listing(workspace, workspace.actor, year).after(former.listing)
        likeness = DuplicateIndex(row.pupil for row in listing.rows)
        apart = frozenset(settings.load().apart)
        return Reading(
            year,
            listing,
            PupilIndex(listing.rows),
            pupil_list.branches(listing, programme.levels),
            pupil_list.branches(listing, programme.levels, uncovered=True),
            likeness,
            [pair for pair in likeness.pairs() if key(pair[0].id, pair[1].id) not in apart],
            apart,
        )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Put off looking for circular garbage: among 10,000 pupils it holds up the window for a fifth of a second."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def tell_apart(pair: Pair) -> None:
    """Remember on this computer that two who look alike are two children."""
    settings.remember(settings.load().with_apart(key(pair[0].id, pair[1].id)))


def key(one: str, other: str) -> str:
    """A pair as the settings keep it, in whatever order it is met."""
    return " ".join(sorted((one, other)))
