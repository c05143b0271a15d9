"""The names behind a figure of the summary: who is counted, who is missing, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from profdesk.domain import choice_measures, register_measures, told_figures
from profdesk.domain.people import Group, GroupName, fold, pupil_words
from profdesk.domain.plural import counted
from profdesk.domain.programme import Indicator
from profdesk.domain.span import Span
from profdesk.domain.summary import Figure, Summary


class Subject(StrEnum):
    """Whom an indicator asks of."""

    PUPILS = "pupils"
    GRADUATES = "graduates"
    STAFF = "staff"
    ITSELF = "itself"
    TOLD = "told"


_FORMS = {
    Subject.STAFF: ("работник", "работника", "работников"),
    Subject.GRADUATES: ("выпускник", "выпускника", "выпускников"),
    Subject.ITSELF: ("организация", "организации", "организаций"),
}


def subject_of(indicator: Indicator) -> Subject:
    """Whom an indicator asks of."""
    measure = indicator.rule.measure
    if measure in told_figures.MEASURES:
        return Subject.TOLD
    if measure in register_measures.ORGANISATIONS:
        return Subject.ITSELF
    if measure in register_measures.OF_STAFF:
        return Subject.STAFF
    return Subject.GRADUATES if measure in choice_measures.OF_GRADUATES else Subject.PUPILS


@dataclass(frozen=True)
class Line:
    """Somebody (or the organisation itself) behind a figure.

    ``where`` is a class or a post; ``why`` says what counts, or what is missing. ``pupil`` is the id of a pupil whose
    card can be opened, ``group`` the class of the span's year.
    """

    key: str
    name: str
    where: str
    why: str
    pupil: str = ""
    group: Group | None = None

    @property
    def order(self) -> tuple[object, ...]:
        """By class, then by name."""
        return (self.group is None, self.group.name.sort_key if self.group else (0, ""), fold(self.name))

    def matches(self, words: str) -> bool:
        """Whether each of some words stands somewhere in it."""
        text = fold(f"{self.name} {self.where} {self.why}")
        return all(one in text for one in fold(words).split())


@dataclass(frozen=True)
class Told:
    """Where a figure that no record answers comes from, and who wrote it when."""

    source: str
    writer: str
    at: datetime


@dataclass(frozen=True)
class Behind:
    """Everybody behind a figure of a span; both are empty for a figure that was ``told``."""

    indicator: Indicator
    span: Span
    counted: tuple[Line, ...] = ()
    missing: tuple[Line, ...] = ()
    told: Told | None = None

    @property
    def subject(self) -> Subject:
        """Whom the indicator asks of."""
        return subject_of(self.indicator)

    @property
    def groups(self) -> Mapping[str, Group]:
        """The classes of those asked, by their ids."""
        return {one.group.id: one.group for one in (*self.counted, *self.missing) if one.group}

    def invited(self, some: Collection[Line]) -> tuple[list[str], list[str]]:
        """Whom to ask to something: classes (ids) that are among some lines as a whole, and pupils of others."""
        there = Counter(one.group.id for one in (*self.counted, *self.missing) if one.group)
        asked = Counter(one.group.id for one in some if one.group)
        whole = [group for group in self.groups if asked[group] == there[group]]
        return whole, [one.pupil for one in some if one.group is None or one.group.id not in whole]


def words_of(behind: Behind, number: int) -> str:
    """«332 ученика», «31 работник»: some of those asked."""
    return counted(number, *_forms(behind))


def one_word(behind: Behind) -> str:
    """«Ученик», «Ребёнок»: what each of those asked is."""
    return _forms(behind)[0].capitalize()


def where_word(behind: Behind) -> str:
    """«Класс», «Группа», «Должность»: what ``where`` says of them; empty where it says nothing."""
    if behind.subject in (Subject.PUPILS, Subject.GRADUATES):
        return "Группа" if _forms(behind)[0] == "ребёнок" else "Класс"
    return "Должность" if behind.subject is Subject.STAFF else ""


def _forms(behind: Behind) -> tuple[str, str, str]:
    own = pupil_words(group.name for group in behind.groups.values())
    return _FORMS.get(behind.subject, own)


def counted_words(figure: Figure, summary: Summary) -> str:
    """The same of those whom a figure counts."""
    own = [one.level for one in summary.stages if one.level.code in figure.indicator.levels]
    grades = [GroupName("", grade) for level in own for grade in (level.grades or (None,))]
    return counted(figure.numerator, *_FORMS.get(subject_of(figure.indicator), pupil_words(grades)))


def shown_words(behind: Behind, shown: int, everybody: int) -> str:
    """«45 учеников», or of how many some are shown."""
    return words_of(behind, everybody) if shown == everybody else f"{shown} из {everybody}"


def nobody(behind: Behind, *, missing: bool) -> str:
    """What an empty list says."""
    if not (behind.counted or behind.missing):
        return "Считать некого"
    return "Вошли все" if missing else "Пока никто не вошёл"


def about(figure: Figure, span: Span, whose: str) -> str:
    """The rule, the days and whose it is, and how far it is from the target."""
    indicator = figure.indicator
    parts = [indicator.rule.short, f"{whose}, {span.title}"]
    if indicator.target is not None:
        target = f"цель {f'{indicator.target:f}'.replace('.', ',')} %"
        parts.append(f"до цели не хватает {figure.shortage}, {target}" if figure.shortage else f"{target} достигнута")
    return ". ".join(one[:1].upper() + one[1:] for one in parts)
