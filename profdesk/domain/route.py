"""A child's individual route: goals far and near, steps with dates, variants in reserve, difficulties and ways round.

Source: the four skills of choice (the programme's result 4) and its «личный профессиональный план».
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from profdesk.domain import wording
from profdesk.domain.roster_text import text
from profdesk.errors import WrongInputError

LONGEST = 200
_YEARS_AHEAD = 40


class LineKind(StrEnum):
    """What a line of a route is; the value is what the database keeps."""

    FAR = "far"
    NEAR = "near"
    STEP = "step"
    RESERVE = "reserve"
    DIFFICULTY = "difficulty"

    @property
    def is_dated(self) -> bool:
        """Whether such a line may have a day by which it is to be done."""
        return self in (LineKind.FAR, LineKind.NEAR, LineKind.STEP)

    @property
    def can_be_done(self) -> bool:
        """Whether there is an end to it: a variant in reserve just stays in reserve."""
        return self is not LineKind.RESERVE


class LineState(StrEnum):
    """What has become of a line; one that is removed is in the history alone."""

    OPEN = "open"
    DONE = "done"
    REMOVED = "removed"


@dataclass(frozen=True)
class RouteEntry:
    """What is written of a line; ``way`` is what follows from it: how a goal is reached, a difficulty got round."""

    kind: LineKind
    words: str
    way: str = ""
    due: date | None = None

    @property
    def tidy(self) -> RouteEntry:
        """Without spaces that say nothing and without a day where there can be none."""
        due = self.due if self.kind.is_dated else None
        return replace(self, words=text(self.words), way=text(self.way), due=due)


@dataclass(frozen=True)
class RouteLine:
    """A version of a line: ``line`` is the id that its versions share, ``stands`` says that none is later.

    ``actor`` is the id of who wrote this version, ``at`` when.
    """

    line: str
    pupil: str
    entry: RouteEntry
    state: LineState
    actor: str
    at: datetime
    stands: bool = True

    @property
    def is_there(self) -> bool:
        """Whether the route shows it."""
        return self.stands and self.state is not LineState.REMOVED

    def is_overdue(self, today: date) -> bool:
        """Whether its day is past and it is not done."""
        return self.state is LineState.OPEN and self.entry.due is not None and self.entry.due < today


@dataclass(frozen=True)
class Route:
    """The lines that are there: steps by their days, those without a day last, all else as it was written."""

    lines: tuple[RouteLine, ...] = ()

    def of(self, kind: LineKind) -> tuple[RouteLine, ...]:
        """The lines of a kind, in order."""
        return tuple(one for one in self.lines if one.entry.kind is kind)

    def overdue(self, today: date) -> tuple[RouteLine, ...]:
        """What should be done by now and is not."""
        return tuple(one for one in self.lines if one.is_overdue(today))


@dataclass(frozen=True)
class RouteChange:
    """What became of a line at once; ``before`` is None for a new one."""

    before: RouteLine | None
    after: RouteLine


def route(versions: Iterable[RouteLine]) -> Route:
    """The route as it is now, from all versions of its lines."""
    return Route(tuple(sorted((one for one in versions if one.is_there), key=_order)))


def changes(versions: Sequence[RouteLine]) -> tuple[RouteChange, ...]:
    """How a route came to be, the latest first; the versions of a line stand together, in their order."""
    found: list[RouteChange] = []
    for _, chain in groupby(versions, key=lambda one: one.line):
        before = None
        for after in chain:
            found.append(RouteChange(before, after))
            before = after
    return tuple(sorted(found, key=lambda one: (one.after.at, one.after.line), reverse=True))


def problems(entry: RouteEntry, born: date) -> Mapping[str, str]:
    """What is wrong with each field of an entry, in a sentence."""
    found: dict[str, str] = {}
    tidy = entry.tidy
    if not any(letter.isalnum() for letter in tidy.words):
        found["words"] = "Напишите словами, о чём эта строка."
    for field, words in (("words", tidy.words), ("way", tidy.way)):
        if len(words) > LONGEST:
            found[field] = f"Здесь {len(words)} знаков. Сократите до {LONGEST}."
    if tidy.due is not None and tidy.due < born:
        found["due"] = f"Срок раньше дня рождения, {wording.day(born)} Проверьте год."
    elif tidy.due is not None and tidy.due.year > born.year + _YEARS_AHEAD:
        found["due"] = f"К этому сроку исполнится {tidy.due.year - born.year}. Проверьте год."
    return found


def checked(entry: RouteEntry, born: date) -> RouteEntry:
    """An entry as it is kept; WrongInputError says what is wrong with it."""
    found = problems(entry, born)
    if found:
        raise WrongInputError(next(iter(found.values())))
    return entry.tidy


def _order(one: RouteLine) -> tuple[int, date, str]:
    due = one.entry.due if one.entry.kind is LineKind.STEP else None
    return list(LineKind).index(one.entry.kind), due or date.max, one.line
