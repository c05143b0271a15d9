"""How long records of a pupil are kept: rules as data, and what of whom is due on a day.

A rule never destroys by itself: it says what a person may destroy now and why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from profdesk.domain import plural, toml_reader
from profdesk.domain.people import PersonName
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import WrongInputError

_LONGEST = 100
_AFTER_WITHDRAWAL = timedelta(days=30)
_LEAP_DAY = (2, 29)


class RecordKind(StrEnum):
    """A kind of records of one pupil that is kept and destroyed as a whole; the value is what files and tables keep."""

    CARD = "card"
    PORTFOLIO = "portfolio"
    ACTIVITIES = "activities"
    ACHIEVEMENTS = "achievements"
    CHOICES = "choices"
    ROUTES = "routes"
    DIAGNOSTICS = "diagnostics"
    TALKS = "talks"
    CONSENTS = "consents"
    CERTIFICATES = "certificates"
    SUMMARIES = "summaries"

    @property
    def label(self) -> str:
        """As screens name it."""
        return _LABELS[self][0]

    @property
    def category(self) -> str:
        """The categories of personal data in it, as an act of erasure names them."""
        return _LABELS[self][1]


_LABELS = {
    RecordKind.CARD: ("Карточка ученика", "фамилия, имя, отчество, дата рождения, пол, классы и выбытие"),
    RecordKind.PORTFOLIO: ("Портфолио", "оценки компетенций, замечания, файлы подтверждений"),
    RecordKind.ACTIVITIES: ("Участие в мероприятиях", "участие в мероприятиях и пробах, их итоги"),
    RecordKind.ACHIEVEMENTS: ("Достижения", "достижения на олимпиадах и конкурсах, их документы"),
    RecordKind.CHOICES: ("Выбор и путь выпускника", "выбор профиля и профессии, путь после школы"),
    RecordKind.ROUTES: ("Маршрут", "цели и шаги индивидуального маршрута"),
    RecordKind.DIAGNOSTICS: ("Диагностика", "ответы на методики, результаты и заключения"),
    RecordKind.TALKS: ("Консультации", "записи консультаций и собеседований"),
    RecordKind.CONSENTS: ("Согласия", "кто дал согласие, номер и сроки согласия"),
    RecordKind.CERTIFICATES: ("Сертификаты", "сведения, по которым выданы сертификаты"),
    RecordKind.SUMMARIES: ("Сводки", "сведения без имён"),
}
OF_PUPIL = frozenset(RecordKind) - {RecordKind.SUMMARIES}
"""The kinds that speak of one pupil."""
IN_PSY = frozenset({RecordKind.DIAGNOSTICS, RecordKind.TALKS})
"""Those of them that lie, wholly or in part, under the psychologists' key."""


class Since(StrEnum):
    """What a term is counted from."""

    LEAVING = "leaving"
    YEAR_END = "year_end"
    CONSENT_END = "consent_end"
    ISSUE = "issue"

    @property
    def label(self) -> str:
        """As «3 года …» continues."""
        return _SINCE[self]


_SINCE = {
    Since.LEAVING: "со дня выбытия",
    Since.YEAR_END: "с конца учебного года выбытия",
    Since.CONSENT_END: "со дня окончания или отзыва согласия",
    Since.ISSUE: "со дня выдачи",
}


class Then(StrEnum):
    """What becomes of records when their term has come."""

    DESTROY = "destroy"
    ANONYMOUS = "anonymous"
    KEEP = "keep"

    @property
    def label(self) -> str:
        """As screens say it."""
        return {"destroy": "уничтожить", "anonymous": "обезличить", "keep": "хранить"}[self]


@dataclass(frozen=True)
class Rule:
    """How long records of a kind are kept; ``basis`` says who sets it, ``source`` where that stands."""

    kind: RecordKind
    years: int
    since: Since
    then: Then
    basis: str
    source: str = ""

    @property
    def term(self) -> str:
        """«3 года со дня выбытия»."""
        if self.then is Then.KEEP:
            return "без срока"
        return f"{plural.counted(self.years, 'год', 'года', 'лет')} {self.since.label}"


@dataclass(frozen=True)
class Kept:
    """What is kept of a pupil; ``left_on`` is None while the pupil is here.

    ``counts`` are records by kind; a kind that is not in it cannot be seen without the psychologists' key.
    """

    pupil: str
    name: PersonName
    group: str
    left_on: date | None
    counts: Mapping[RecordKind, int]
    consent_end: date | None = None
    last_issue: date | None = None
    withdrawn_on: date | None = None
    """When the consent to personal data was withdrawn, where none stands since."""

    @property
    def to_go_by(self) -> date | None:
        """Until when records without a consent have to go: within 30 days (152-FZ, art. 21, part 5)."""
        return self.withdrawn_on + _AFTER_WITHDRAWAL if self.withdrawn_on else None


@dataclass(frozen=True)
class Due:
    """Records of a kind whose term ends ``on`` a day, by a rule."""

    kind: RecordKind
    on: date
    rule: Rule


def parse(text: str, name: str = "retention.toml") -> tuple[Rule, ...]:
    """Read the rules, one for each kind; WrongInputError says what is wrong in the file of that name."""
    raw, problems = toml_reader.load(text)
    if raw is None:
        raise WrongInputError(f"«{name}» не читается как TOML, строка {problems[0].line}: {problems[0].message}.")
    try:
        rules = tuple(_rule(one) for one in raw["rules"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise WrongInputError(f"В «{name}» правило записано неверно: {error}. Сравните с файлом программы.") from error
    kinds = [rule.kind for rule in rules]
    twice = [kind.label for kind in RecordKind if kinds.count(kind) > 1]
    missing = [kind.label for kind in RecordKind if kind not in kinds]
    if twice or missing:
        what = f"дважды: {', '.join(twice)}" if twice else f"не хватает: {', '.join(missing)}"
        raise WrongInputError(f"В «{name}» правила названы {what}." if twice else f"В «{name}» {what}.")
    return rules


def due(rules: Sequence[Rule], kept: Kept) -> tuple[Due, ...]:
    """When the term of each kind of records of a pupil who left ends, kinds without records left out.

    The card goes last: not before everything else that is to go has gone.
    """
    if kept.left_on is None:
        return ()
    found = [
        Due(rule.kind, _after(_start(rule.since, kept, kept.left_on), rule.years), rule)
        for rule in rules
        if rule.kind is not RecordKind.CARD and rule.then is not Then.KEEP and kept.counts.get(rule.kind)
    ]
    card = next(rule for rule in rules if rule.kind is RecordKind.CARD)
    if card.then is Then.KEEP:
        return tuple(found)
    own = _after(_start(card.since, kept, kept.left_on), card.years)
    return (*found, Due(RecordKind.CARD, max([own, *(one.on for one in found)]), card))


def due_by(rules: Sequence[Rule], kept: Kept, day: date) -> tuple[Due, ...]:
    """What is due on a day; the card only together with all that is left."""
    return tuple(one for one in due(rules, kept) if one.on <= day)


def _rule(raw: Mapping[str, Any]) -> Rule:
    years, then = raw["years"], Then(raw["then"])
    if not isinstance(years, int) or isinstance(years, bool) or not 0 <= years <= _LONGEST:
        raise ValueError(f"years = {years!r}")
    kind = RecordKind(raw["kind"])
    if then is Then.ANONYMOUS and kind is not RecordKind.CERTIFICATES:
        raise ValueError(f"then = {then.value!r} у «{kind.label}»")
    if kind is RecordKind.CERTIFICATES and then is Then.DESTROY:
        raise ValueError(f"then = {then.value!r} у «{kind.label}»: номера в реестре остаются")
    return Rule(kind, years, Since(raw["from"]), then, str(raw["basis"]).strip(), str(raw["source"]).strip())


def _start(since: Since, kept: Kept, left_on: date) -> date:
    if since is Since.YEAR_END:
        return SchoolYear.containing(left_on).last_day
    if since is Since.CONSENT_END:
        return kept.consent_end or left_on
    return (kept.last_issue or left_on) if since is Since.ISSUE else left_on


def _after(day: date, years: int) -> date:
    """The same day so many years later, the first of March for one that is not there."""
    if (day.month, day.day) == _LEAP_DAY:
        return date(day.year + years, 3, 1) if years % 4 else date(day.year + years, 2, 29)
    return day.replace(year=day.year + years)
