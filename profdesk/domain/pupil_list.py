"""The list of a school year's pupils: where each belongs, how far the portfolio is, and finding by words.

A word is found anywhere in a name, ё as е, in any case and order; a class as people type it («7а», «7 «А»»),
and a birth date by its figures («05.02», «2014»).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from profdesk.domain.merging import SchoolYearOf
from profdesk.domain.people import Group, Leave, Pupil, fold
from profdesk.domain.portfolio import Completeness
from profdesk.domain.programme import Level
from profdesk.domain.roster_text import is_russian, russian

ALL, LEFT, HOMELESS = "all", "left", "homeless"
"""Scopes besides those of ``of_level`` and ``of_group``: who attends, who left, who is in no class."""

Terms = tuple[str, ...]
_CLASS = re.compile(r"(?<!\w)(\d{1,2})\s*[-«\"“„']?\s*([а-яёa-z])(?![\w])[»\"”“']?")
_LAYOUT = str.maketrans("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё")
_LATIN = re.compile("[a-z]")
_FIGURES_OF_CLASS = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """A pupil in the list of a year; ``portfolio`` is None for those who attend no class of it.

    ``last`` is where those were who attend none, in this year or before; ``folded`` is the name as it is compared.
    """

    pupil: Pupil
    portfolio: Completeness | None = None
    last: SchoolYearOf | None = None
    folded: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.pupil.name.full))

    @property
    def left(self) -> Leave | None:
        """When and why a pupil who attends no class left, be it in an earlier year."""
        return self.last.leave if self.last else None

    @property
    def uncovered(self) -> bool:
        """Whether the portfolio of the year still lacks an assessment («ещё не охвачен»)."""
        return self.portfolio is not None and not self.portfolio.complete


@dataclass(frozen=True)
class Listing:
    """Everybody by name, and the groups of the year."""

    rows: tuple[Listed, ...]
    groups: tuple[Group, ...]

    def after(self, former: Listing) -> Listing:
        """The same list with what has not changed since ``former`` as the very same values, cheap to compare."""
        known = {row.pupil.id: row for row in former.rows}
        kept = ((known.get(row.pupil.id), row) for row in self.rows)
        return Listing(tuple(old if old is not None and old == row else row for old, row in kept), self.groups)


@dataclass(frozen=True)
class Branch:
    """A place in the tree of classes; ``scope`` is what it narrows the list to."""

    scope: str
    title: str
    count: int
    children: tuple[Branch, ...] = ()


def of_level(code: str) -> str:
    """The scope of a level's pupils."""
    return f"level:{code}"


def of_group(group_id: str) -> str:
    """The scope of a group's pupils."""
    return f"group:{group_id}"


def scopes(row: Listed) -> tuple[str, ...]:
    """Every scope a pupil belongs to."""
    group = row.pupil.group
    if group is not None and row.pupil.attends:
        return ALL, of_level(group.level), of_group(group.id)
    return (LEFT,) if row.left is not None else (HOMELESS,)


def branches(listing: Listing, levels: Sequence[Level], *, uncovered: bool = False) -> tuple[Branch, ...]:
    """The tree: everybody, each level there is with its classes, those who left and those in no class.

    ``uncovered`` counts only those whose portfolio still lacks something.
    """
    counts: dict[str, int] = defaultdict(int)
    for row in listing.rows:
        if row.uncovered or not uncovered:
            for scope in scopes(row):
                counts[scope] += 1
    tree = [Branch(ALL, "Все, кто учится", counts[ALL])]
    for level in levels:
        scope = of_level(level.code)
        groups = [group for group in listing.groups if group.level == level.code]
        children = tuple(Branch(of_group(g.id), g.name.title, counts[of_group(g.id)]) for g in groups)
        if children:
            tree.append(Branch(scope, level.title, counts[scope], children))
    apart = ((LEFT, "Выбыли"), (HOMELESS, "Без класса"))
    return (*tree, *(Branch(scope, title, counts[scope]) for scope, title in apart if counts[scope]))


_Entry = tuple[str, Listed]


class PupilIndex:
    """Finds pupils by words; each keystroke looks only through what the one before it has left."""

    def __init__(self, rows: Sequence[Listed] = ()) -> None:
        self._scoped: dict[str, list[_Entry]] = defaultdict(list)
        self._asked = ("", False)
        self._trail: list[tuple[Terms, list[_Entry]]] = []
        for row in rows:
            entry = (_haystack(row), row)
            for scope in scopes(row):
                self._scoped[scope].append(entry)

    def size(self, scope: str, *, uncovered: bool = False) -> int:
        """How many there are to look through."""
        return len(self._base(scope, uncovered=uncovered))

    def find(self, words: str, scope: str = ALL, *, uncovered: bool = False) -> list[Listed]:
        """Pupils of a scope in whom every word is found, by name; ``uncovered`` leaves the covered out."""
        wanted = terms(words)
        if self._asked != (scope, uncovered) or not self._trail:
            self._asked = (scope, uncovered)
            self._trail = [((), self._base(scope, uncovered=uncovered))]
        while not _narrower(wanted, self._trail[-1][0]):
            self._trail.pop()
        former, found = self._trail[-1]
        for term in wanted:
            if term not in former:
                found = [entry for entry in found if term in entry[0]]
        if wanted != former:
            self._trail.append((wanted, found))
        return [row for _, row in found]

    def _base(self, scope: str, *, uncovered: bool) -> list[_Entry]:
        entries = self._scoped.get(scope, [])
        return [entry for entry in entries if entry[1].uncovered] if uncovered else entries


def terms(words: str) -> Terms:
    """What of typed words is looked for; Latin letters are taken for Russian keys pressed by mistake."""
    text = _CLASS.sub(lambda found: found[1] + russian(found[2], beside_russian=True), fold(words))
    if _LATIN.search(text) and not is_russian(text):
        text = text.translate(_LAYOUT)
    return tuple(_term(word) for word in text.split())


def _term(word: str) -> str:
    """A class is looked for from its first figure on, so that 1 «А» is not found in 11 «А»."""
    figures = len(word) - len(word.lstrip("0123456789"))
    return f" {word}" if 0 < figures <= _FIGURES_OF_CLASS and "." not in word else word


def _narrower(wanted: Terms, former: Terms) -> bool:
    """Whether all that is found by ``wanted`` is found by ``former`` too."""
    return all(any(old in new for new in wanted) for old in former)


def _haystack(row: Listed) -> str:
    group = row.pupil.group.name if row.pupil.group else None
    title = group.title if group else ""
    short = f"{group.grade}{group.letter}" if group and group.grade and group.letter else ""
    return f" {row.folded} {fold(f'{title} {short}')}\t{row.pupil.birth_date:%d.%m.%Y}"
