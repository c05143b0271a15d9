"""A line of the page: a task in words, and the ways on from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from profdesk.domain.overview import Subject, Task
from profdesk.domain.overview_words import REACHED_BY, Told, tell
from profdesk.domain.programme import Programme

_LINKS = {
    Subject.PORTFOLIOS: "Отметить портфолио",
    Subject.CONSENTS: "Внести согласия",
    Subject.OVERDUE: "Отметить",
    Subject.EXPIRED: "Заменить",
    Subject.ENDING: "Продлить",
    Subject.CERTIFICATES: "Напечатать",
    Subject.HOMELESS: "Распределить",
    Subject.COPY: "Сделать копию",
}
_LIST = "Список"
_LISTED = (Subject.CONSENTS, Subject.REACH)


@dataclass(frozen=True)
class Line:
    """A task as it is shown; ``link`` says where Enter leads, ``aside`` what else it leads to; empty for nowhere."""

    told: Told
    link: str
    aside: str = ""

    @property
    def task(self) -> Task:
        """What it is about."""
        return self.told.task

    @property
    def sentence(self) -> str:
        """All of it, as a screen reader says it."""
        told = self.told
        return ". ".join(filter(None, (f"{told.task.count} {told.words}", told.chip, told.detail, self.link)))


def line(task: Task, programme: Programme, today: date) -> Line:
    """Put a task into words, with every way on."""
    measure = task.figure.indicator.rule.measure if task.figure else ""
    link = REACHED_BY[measure] if measure else _LINKS[task.subject]
    return Line(tell(task, programme, today), link, _LIST if task.subject in _LISTED else "")


def rows(lines: Sequence[Line]) -> Sequence[Line | str]:
    """Lines under «Этот месяц» and «Скоро», a heading only where it has lines."""
    found: list[Line | str] = []
    for heading, soon in (("Этот месяц", False), ("Скоро", True)):
        own = [one for one in lines if one.task.soon is soon]
        found += [heading, *own] if own else []
    return found
