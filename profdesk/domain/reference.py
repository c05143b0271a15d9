"""The pupil reference («характеристика на обучающегося»): its facts, its sections, the paper made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from profdesk.domain.organisation import Organisation
from profdesk.domain.people import Group, PersonName, Pupil, Sex, initials
from profdesk.domain.portfolio import Completeness
from profdesk.domain.programme import Level, Stage
from profdesk.domain.school_year import Period
from profdesk.domain.wording import quoted

_MALE_ENDS = ("ич", " оглы", " оглу", " угли", " улы", " уулу")
_FEMALE_ENDS = ("вна", "чна", " кызы", " кизи", " гызы", " кыз")


@dataclass(frozen=True)
class Signatory:
    """A line to be signed by hand: «Директор», «Е. В. Соколова»."""

    post: str
    name: str


@dataclass(frozen=True)
class NameForms:
    """A whole name in the cases that papers need."""

    genitive: PersonName
    dative: PersonName
    accusative: PersonName
    instrumental: PersonName


@dataclass(frozen=True)
class ReferenceFacts:
    """Everything a reference may say of a pupil, by competency codes where stages are meant.

    ``stages`` are the latest of the school year, ``earlier`` those of the term ``since`` (None: there is
    none); ``own`` and ``parents`` are what the pupil and the parents think. ``forms`` is None where the name
    is better left as it is. ``teacher`` is empty where the program does not know who it is.
    """

    pupil: Pupil
    group: Group
    forms: NameForms | None
    organisation: Organisation
    level: Level
    scale: tuple[Stage, ...]
    period: Period
    dated: date
    teacher: str = ""
    stages: Mapping[str, int] = field(default_factory=dict)
    earlier: Mapping[str, int] = field(default_factory=dict)
    since: Period | None = None
    own: Mapping[str, int] = field(default_factory=dict)
    parents: Mapping[str, int] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def sex(self) -> Sex | None:
        """As recorded, else as the patronymic tells it."""
        return sex_of(self.pupil)

    @property
    def completeness(self) -> Completeness:
        """Of the portfolio in the school year."""
        items = self.level.competencies.items
        return Completeness(sum(item.code in self.stages for item in items), len(items))

    @property
    def kindergarten(self) -> bool:
        """Whether the pupil is in a group rather than a class."""
        return self.group.name.grade is None


@dataclass(frozen=True)
class Section:
    """A paragraph of the draft; ``included`` tells whether it goes in unless the user wants otherwise."""

    key: str
    title: str
    text: str
    included: bool = True


@dataclass(frozen=True)
class Left:
    """How the user left a section: whether it goes in, and its words."""

    included: bool
    text: str


@dataclass(frozen=True)
class Reference:
    """A reference as it is printed: the facts of its heading and signatures, and the sections as they were left.

    ``sections`` are texts by the keys of their sections, in order; a text may have several paragraphs.
    """

    facts: ReferenceFacts
    sections: Mapping[str, str]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What is to be read, paragraph by paragraph."""
        lines = (line.strip() for text in self.sections.values() for line in text.splitlines())
        return tuple(line for line in lines if line)

    @property
    def title(self) -> str:
        """«Характеристика, Ильин Даниил», for lists, files and what a reader shows above the paper."""
        return f"Характеристика, {self.facts.pupil.name.short}"

    @property
    def addressed(self) -> str:
        """«на обучающуюся 7 «А» класса», the line under the title."""
        return f"{_whom(self.facts)} {_of_what(self.facts)}"

    @property
    def named(self) -> str:
        """The name as that line wants it, or after its own words where it stays in the nominative."""
        name, forms = self.facts.pupil.name, self.facts.forms
        if forms is not None:
            return forms.accusative.full
        return f"{'Фамилия, имя, отчество' if name.patronymic else 'Фамилия, имя'}: {name.full}"

    @property
    def signatories(self) -> tuple[Signatory, ...]:
        """Who signs: the head, and the teacher, whose name may be empty."""
        organisation = self.facts.organisation
        post = "Воспитатель" if self.facts.kindergarten else "Классный руководитель"
        return (
            Signatory(organisation.head_post or "Руководитель", initials(organisation.head_name)),
            Signatory(post, initials(self.facts.teacher)),
        )


def sex_of(pupil: Pupil) -> Sex | None:
    """As recorded, else as the patronymic tells it («Евгеньевич», «Рашид кызы»); None where nothing does."""
    words = (pupil.name.patronymic or "").lower()
    if pupil.sex is None and words.endswith(_MALE_ENDS):
        return Sex.MALE
    return Sex.FEMALE if pupil.sex is None and words.endswith(_FEMALE_ENDS) else pupil.sex


def _whom(facts: ReferenceFacts) -> str:
    female = facts.sex is Sex.FEMALE
    if facts.kindergarten:
        return "на воспитанницу" if female else "на воспитанника"
    return "на обучающуюся" if female else "на обучающегося"


def _of_what(facts: ReferenceFacts) -> str:
    title = facts.group.name.title
    return f"группы {quoted(title)}" if facts.kindergarten else f"{title} класса"
