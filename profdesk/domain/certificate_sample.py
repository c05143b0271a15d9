"""Invented certificates that show what a design looks like with the shortest and with the longest names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from profdesk.domain.certificate import CertificateFacts, formed_alone, teacher_post
from profdesk.domain.certificate_design import Content, Shown
from profdesk.domain.organisation import Organisation
from profdesk.domain.people import PersonName
from profdesk.domain.programme import Level, Programme
from profdesk.domain.school_year import SchoolYear

_SHORT = PersonName("Ким", "Ян")
_LONG = PersonName("Константинопольская-Преображенская", "Александра-Виктория", "Владиславовна кызы")
_FEW, _MANY = (2, 3, 3, 1, 2, 3, 2), (3, 2, 1, 3, 3, 2, 0)
_STUDIES = "Профиль обучения: технологический"
_DEEDS = "Профессиональные пробы: 4 · социальные практики: 2 · волонтёрство: 38 часов"
_ACHIEVEMENTS = (
    "Олимпиада по технологии: призёр, региональный уровень, {}",
    "Чемпионат «Профессионалы», компетенция «Лабораторный химический анализ»: победитель, региональный уровень, {}",
    "Конкурс проектов «Моя будущая профессия»: победитель, муниципальный уровень, {}",
    "Соревнования по спортивному ориентированию: призёр, муниципальный уровень, {}",
)  # fmt: skip


def sample(
    programme: Programme, school: Organisation, level: Level, content: Content, today: date, *, long: bool
) -> CertificateFacts:
    """An invented pupil of a level with stages of all kinds; ``long``: everything is as long as it comes."""
    highest = programme.stages[-1].value
    stages = _stages(len(level.competencies.items), highest, _MANY if long else _FEW)
    formed_only = content.shown is Shown.FORMED
    facts = CertificateFacts(
        number=None,
        organisation=school,
        pupil=_LONG if long else _SHORT,
        group=_group(level, long=long),
        level=level,
        year=SchoolYear.containing(today),
        competencies=level.competencies,
        stages=formed_alone(stages, highest) if formed_only else stages,
        scale=programme.stages,
        issued_on=today,
        teacher_post=teacher_post(in_school=bool(level.grades)),
        formed_only=formed_only,
    )
    return _with_more(facts, content, stages, long=long)


def _stages(count: int, highest: int, pattern: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(min(pattern[place % len(pattern)], highest) for place in range(count))


def _with_more(facts: CertificateFacts, content: Content, stages: tuple[int, ...], *, long: bool) -> CertificateFacts:
    """The facts with what else the content shows: every second competency has grown."""
    achieved = tuple(line.format(facts.issued_on.year) for line in _ACHIEVEMENTS[: None if long else 1])
    deeds = (_STUDIES, _DEEDS) if long else (_DEEDS,)
    return replace(
        facts,
        former=tuple(max(0, stage - place % 2) for place, stage in enumerate(stages)) if content.growth else (),
        deeds=deeds if content.deeds else (),
        achievements=achieved if content.achievements else (),
    )


def _group(level: Level, *, long: bool) -> str:
    if not level.grades:
        return "Подготовительная группа компенсирующей направленности «Почемучки»" if long else "«Почемучки»"
    return f"{level.grades[-1]} «соц-эк»" if long else f"{level.grades[0]} «А»"
