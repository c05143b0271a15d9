"""What parents think after an activity: a short form, how many gave which answer, what share is satisfied.

Only counts are kept: who answered what is not known to the program.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from profdesk.domain.school_year import SchoolYear
from profdesk.domain.summary import percent
from profdesk.domain.wording import quoted
from profdesk.errors import WrongInputError

SEVERAL = "several"
"""Stands for a level where an activity was for parents of several levels, or of no class."""


@dataclass(frozen=True)
class Answer:
    """An answer to be ticked; ``satisfied``: who gives it is content."""

    code: str
    title: str
    satisfied: bool


@dataclass(frozen=True)
class Question:
    """A question, answered on the scale that all questions share."""

    code: str
    text: str


@dataclass(frozen=True)
class Form:
    """The form; ``whole`` is the code of the question about it all, ``words`` is above the line for one's own words."""

    title: str
    lead: str
    words: str
    whole: str
    answers: tuple[Answer, ...]
    questions: tuple[Question, ...]
    source: str


Sheet = Mapping[str, str]
"""A form that somebody filled in: the code of the answer by that of the question; what was left out is not in it."""


@dataclass(frozen=True)
class Tally:
    """How many forms came back, and how many gave an answer to a question, by the codes of both."""

    forms: int = 0
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def answered(self, question: str) -> int:
        """How many answered a question at all."""
        return sum(count for (asked, _), count in self.counts.items() if asked == question)

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        keys = dict.fromkeys((*self.counts, *other.counts))
        both = {key: self.counts.get(key, 0) + other.counts.get(key, 0) for key in keys}
        return Tally(self.forms + other.forms, both)

    def less(self, other: Tally) -> Tally:
        """Without what was added by ``plus``; nothing falls below none."""
        left = {key: max(0, count - other.counts.get(key, 0)) for key, count in self.counts.items()}
        return Tally(max(0, self.forms - other.forms), {key: count for key, count in left.items() if count})


@dataclass(frozen=True)
class LevelAnswers:
    """What came back at a level: after how many activities, and the counts together."""

    title: str
    activities: int
    tally: Tally


@dataclass(frozen=True)
class YearAnswers:
    """A school year's answers in the order of the levels; ``meetings`` held for parents, asked afterwards or not."""

    year: SchoolYear
    levels: tuple[LevelAnswers, ...]
    meetings: int

    @property
    def whole(self) -> LevelAnswers:
        """All levels together."""
        together = Tally()
        for one in self.levels:
            together = together.plus(one.tally)
        return LevelAnswers("Всё вместе", sum(one.activities for one in self.levels), together)


def read_form(text: str) -> Form:
    """Read the form that the program ships."""
    raw = tomllib.loads(text)
    return Form(
        title=raw["title"],
        lead=raw["lead"],
        words=raw["words"],
        whole=raw["whole"],
        answers=tuple(Answer(one["code"], one["title"], one["satisfied"]) for one in raw["answers"]),
        questions=tuple(Question(one["code"], one["text"]) for one in raw["questions"]),
        source=raw["source"],
    )


def counted(sheets: Iterable[Sheet]) -> Tally:
    """Count forms that were filled in."""
    made = Tally()
    for sheet in sheets:
        made = made.plus(Tally(1, dict.fromkeys(sheet.items(), 1)))
    return made


def satisfied(form: Form, tally: Tally, question: str) -> int:
    """How many of those who answered a question are content."""
    content = [one.code for one in form.answers if one.satisfied]
    return sum(tally.counts.get((question, code), 0) for code in content)


def share(form: Form, tally: Tally, question: str | None = None) -> Decimal | None:
    """What percent of those who answered a question, that about it all if none is named, is content."""
    asked = question or form.whole
    return percent(satisfied(form, tally, asked), tally.answered(asked))


def check(form: Form, tally: Tally, reached: int) -> None:
    """WrongInputError says what cannot be; ``reached`` is how many parents were there, 0 where nobody counted them."""
    if tally.forms < 0 or any(count < 0 for count in tally.counts.values()):
        raise WrongInputError("Число ответов не бывает меньше нуля.")
    for question in form.questions:
        answered = tally.answered(question.code)
        if answered > tally.forms:
            raise WrongInputError(
                f"{quoted(question.text)}: ответов {answered}, а анкет {tally.forms}. Проверьте числа в этой строке."
            )
    if reached and tally.forms > reached:
        raise WrongInputError(
            f"Анкет {tally.forms}, а родителей было {reached}. Проверьте число анкет или поправьте «Кто был»."
        )


def by_level(found: Iterable[tuple[Sequence[str], Tally]]) -> Mapping[str, tuple[int, Tally]]:
    """How many activities there were and what came together, by the level whose parents they were for.

    An activity comes with the levels of its classes; that of several levels, or of none, goes under ``SEVERAL``.
    """
    made: dict[str, tuple[int, Tally]] = {}
    for levels, tally in found:
        level = levels[0] if len(set(levels)) == 1 else SEVERAL
        number, former = made.get(level, (0, Tally()))
        made[level] = number + 1, former.plus(tally)
    return made
