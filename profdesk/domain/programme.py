"""The municipal programme as data: levels, competencies, indicators and targets.

No count, name or target of a programme stands in code; ``domain.programme_file`` reads them from
a TOML file, and every text carries ``source``, the clause of the programme it was taken from.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from profdesk.domain.people import Group

SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Stage:
    """A stage of a competency; ``print_title`` is the kinder wording of certificates."""

    value: int
    title: str
    print_title: str


@dataclass(frozen=True)
class Competency:
    """``title`` may hold soft hyphens; ``short`` fits a narrow head; both are shown, never matched."""

    code: str
    title: str
    short: str
    source: str
    explanation: str

    @property
    def plain(self) -> str:
        """The title without soft hyphens: for searching, exporting and screen readers."""
        return self.title.replace(SOFT_HYPHEN, "")

    @property
    def plain_short(self) -> str:
        """The short name without soft hyphens."""
        return self.short.replace(SOFT_HYPHEN, "")


@dataclass(frozen=True)
class SetPart:
    """A run of competencies that the programme lists together; a rule is drawn between parts."""

    title: str
    items: tuple[Competency, ...]


@dataclass(frozen=True)
class CompetencySet:
    """The competencies of one level in the programme's order; their count is never written down."""

    code: str
    title: str
    parts: tuple[SetPart, ...]

    @property
    def items(self) -> tuple[Competency, ...]:
        """All competencies of all parts, in order."""
        return tuple(item for part in self.parts for item in part.items)


@dataclass(frozen=True)
class Link:
    """A competency of one set that an earlier set's competencies lead to; ``source`` says whose opinion it is.

    ``former`` holds codes of the set ``from_set``.
    """

    to_set: str
    code: str
    from_set: str
    former: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Number:
    """One wording that names a number, as the text has it."""

    text: str
    count: int
    source: str


@dataclass(frozen=True)
class Acquaintance:
    """How many professions a child is to meet; more than one wording where the text contradicts itself.

    ``reason`` says why the chosen one was chosen.
    """

    wordings: tuple[Number, ...]
    chosen: int
    reason: str = ""

    @property
    def count(self) -> int:
        """The number to count by."""
        return self.wordings[self.chosen].count


@dataclass(frozen=True)
class Level:
    """A level of education; ``grades`` is empty for kindergarten groups.

    ``professions_to_meet`` is None where the programme names no number.
    """

    code: str
    title: str
    grades_title: str
    grades: tuple[int, ...]
    competencies: CompetencySet
    professions_to_meet: Acquaintance | None = None


@dataclass(frozen=True)
class Industry:
    """An industry named by the programme."""

    code: str
    title: str
    source: str


@dataclass(frozen=True)
class Profession:
    """A profession named by the programme; ``industry`` is a code or None where the text gives none."""

    code: str
    title: str
    industry: str | None
    source: str


@dataclass(frozen=True)
class Direction:
    """One of the directions of activity."""

    code: str
    title: str
    source: str


@dataclass(frozen=True)
class Concern:
    """A problem the programme is to solve; ``personal``: one that a pupil or parents come to talk about."""

    code: str
    title: str
    text: str
    source: str
    personal: bool


@dataclass(frozen=True)
class Phase:
    """A stage of carrying the programme out («этап»); the name avoids confusion with Stage."""

    code: str
    title: str
    begins: date
    ends: date
    results: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Wording:
    """One wording of an indicator; ``target`` is in percent, None where the text names none."""

    text: str
    target: Decimal | None
    source: str


@dataclass(frozen=True)
class Rule:
    """How an indicator is counted; ``measure`` names the function, ``text`` is printed beside the figure.

    ``short`` says it in a line of the screen. ``edition`` rises with every change, so that an issued
    summary can be told from a later count. ``grades`` are those it asks of, empty for all of the levels.
    """

    code: str
    edition: int
    measure: str
    text: str
    short: str
    grades: tuple[int, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """An indicator or target; ``wordings`` has more than one entry where the text contradicts itself.

    ``short`` names it on a line of the screen. ``reason`` says why the chosen one was chosen.
    """

    code: str
    title: str
    short: str
    section: str
    levels: tuple[str, ...]
    rule: Rule
    wordings: tuple[Wording, ...]
    chosen: int
    reason: str = ""

    def asks_of(self, group: Group) -> bool:
        """Whether the pupils of a group are among those it asks of."""
        return group.level in self.levels and (not self.rule.grades or group.name.grade in self.rule.grades)

    @property
    def wording(self) -> Wording:
        """The wording chosen to count by."""
        return self.wordings[self.chosen]

    @property
    def target(self) -> Decimal | None:
        """The chosen wording's target in percent."""
        return self.wording.target


@dataclass(frozen=True)
class Programme:
    """A whole programme file, checked; ``digest`` is SHA-256 of its text in hex."""

    code: str
    title: str
    short_title: str
    municipality: str
    edition: int
    begins: date
    ends: date
    digest: str
    stages: tuple[Stage, ...]
    levels: tuple[Level, ...]
    industries: tuple[Industry, ...]
    professions: tuple[Profession, ...]
    directions: tuple[Direction, ...]
    phases: tuple[Phase, ...]
    indicators: tuple[Indicator, ...]
    crosswalk: tuple[Link, ...] = ()
    concerns: tuple[Concern, ...] = ()

    @property
    def first_grade(self) -> int:
        """The grade that school begins with."""
        return min(grade for level in self.levels for grade in level.grades)

    def level(self, code: str) -> Level:
        """The level of that code; KeyError if the file has none."""
        for level in self.levels:
            if level.code == code:
                return level
        raise KeyError(code)

    def professions_to_meet(self, level: str) -> int | None:
        """How many professions a child of a level is to meet; None where the programme names no number."""
        found = next((one.professions_to_meet for one in self.levels if one.code == level), None)
        return found.count if found else None

    @property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """The codes of each level's competencies, in the programme's order."""
        return {level.code: tuple(item.code for item in level.competencies.items) for level in self.levels}

    def competencies_of(self, levels: Collection[str]) -> tuple[Competency, ...]:
        """The competencies of some levels, each once, in the programme's order."""
        found = {one.code: one for level in self.levels if level.code in levels for one in level.competencies.items}
        return tuple(found.values())

    def level_of_grade(self, grade: int | None) -> Level | None:
        """The level a grade belongs to (None asks for kindergarten); None if no level has it."""
        for level in self.levels:
            if (grade in level.grades) if grade is not None else not level.grades:
                return level
        return None
