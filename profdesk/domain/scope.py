"""Whose affairs are looked at: the whole organisation, a level of the programme or of the law, or one group."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from profdesk.domain.people import Group
from profdesk.domain.programme import Programme


@dataclass(frozen=True)
class LegalLevel:
    """A level of general education by the law; ``grades`` are empty for kindergarten groups."""

    code: str
    title: str
    grades: tuple[int, ...]
    source: str

    @property
    def range(self) -> str:
        """The grades as papers write them: «5–9 классы»; empty without grades."""
        return f"{self.grades[0]}–{self.grades[-1]} классы" if self.grades else ""

    def has(self, grade: int | None) -> bool:
        """Whether a group of a grade (None: of a kindergarten) belongs to it."""
        return grade in self.grades if grade is not None else not self.grades


_LAW = "Федеральный закон от 29.12.2012 № 273-ФЗ, часть 4 статьи 10"
LEGAL_LEVELS = (
    LegalLevel("law-preschool", "Дошкольное образование", (), f"{_LAW}, статья 64"),
    LegalLevel(
        "law-primary",
        "Начальное общее образование",
        (1, 2, 3, 4),
        f"{_LAW}, статья 66; четыре года: ФГОС, приказ Минпросвещения России от 31.05.2021 № 286",
    ),
    LegalLevel(
        "law-basic",
        "Основное общее образование",
        (5, 6, 7, 8, 9),
        f"{_LAW}, статья 66; пять лет: ФГОС, приказ Минпросвещения России от 31.05.2021 № 287",
    ),
    LegalLevel(
        "law-secondary",
        "Среднее общее образование",
        (10, 11),
        f"{_LAW}, статья 66; два года: ФГОС, приказ Минобрнауки России от 17.05.2012 № 413",
    ),
)
"""The levels of general education; the law names them, the state standards say how many years each takes.

The programme's own levels differ: its basic school ends with grade 8, its secondary school begins with grade 9.
"""


def legal_level(grade: int | None) -> LegalLevel | None:
    """The level of the law that a grade belongs to (None: of a kindergarten); None if there is none."""
    return next((level for level in LEGAL_LEVELS if level.has(grade)), None)


@dataclass(frozen=True)
class Scope:
    """A level by its code, a legal level by its, or a group by its id; all empty for the whole organisation."""

    level: str = ""
    group: str = ""
    law: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is everybody."""
        return not (self.level or self.group or self.law)

    @property
    def code(self) -> str:
        """As settings and lists keep it: «level:basic», empty for everybody."""
        kept = {"level": self.level, "law": self.law, "group": self.group}
        return next((f"{kind}:{value}" for kind, value in kept.items() if value), "")

    @classmethod
    def coded(cls, code: str) -> Scope:
        """Read a ``code``; everybody for one that cannot be read."""
        kind, _, value = code.partition(":")
        return cls(**{kind: value}) if kind in ("level", "law", "group") else cls()

    def takes(self, group: Group, chosen: Group | None = None) -> bool:
        """Whether a group is within; ``chosen`` is the scope's own group where another year's are asked about."""
        if self.group and group.id != self.group and not (chosen is not None and chosen.was(group)):
            return False
        legal = legal_level(group.name.grade)
        return self.level in ("", group.level) and (not self.law or (legal is not None and legal.code == self.law))

    def title(self, programme: Programme, chosen: Group | None) -> str:
        """What it is called; empty for the whole organisation. ``chosen`` is the group that it names."""
        if chosen is not None:
            return chosen.name.title
        titles = {level.code: level.title for level in programme.levels} | {one.code: one.title for one in LEGAL_LEVELS}
        return titles.get(self.level or self.law, "")


WHOLE = Scope()


def levels_offered(programme: Programme, groups: Collection[Group]) -> list[tuple[str, Scope]]:
    """The levels of the programme that some groups have, by name."""
    there = {group.level for group in groups}
    return [(_capital(one.grades_title), Scope(level=one.code)) for one in programme.levels if one.code in there]


def legal_levels_offered(programme: Programme, groups: Collection[Group]) -> list[tuple[str, Scope]]:
    """The levels of the law that some groups have, by name, but for those that a level of the programme equals."""
    same = {one.grades for one in programme.levels}
    there = {legal_level(group.name.grade) for group in groups}
    return [(one.range, Scope(law=one.code)) for one in LEGAL_LEVELS if one in there and one.grades not in same]


def groups_offered(groups: Collection[Group]) -> list[tuple[str, Scope]]:
    """Each group by its name: kindergarten first, then by grade and letter."""
    ordered = sorted(groups, key=lambda group: group.name.sort_key)
    return [(_capital(one.name.title), Scope(group=one.id)) for one in ordered]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
