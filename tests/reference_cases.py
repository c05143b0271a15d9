"""Pupils whose references several tests make, of the shipped programme and its phrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from support import SECOND, YEAR, organisation

from profdesk import assets
from profdesk.documents.declension import decline
from profdesk.domain import programme_file, reference_phrases, reference_text
from profdesk.domain.people import Group, GroupName, PersonName, Pupil, Sex
from profdesk.domain.programme import Programme
from profdesk.domain.reference import Reference, ReferenceFacts, Section, sex_of
from profdesk.domain.reference_phrases import PhraseBook

NAME = "artemovsky-2022-2025"
GROUPS = {
    "preschool": GroupName("Подготовительная «Солнышко»"),
    "primary": GroupName("3 «Б»", 3, "Б"),
    "basic": GroupName("7 «А»", 7, "А"),
    "secondary": GroupName("10 «соц-эк»", 10, "соц-эк"),
}
DANIIL = PersonName("Ильин", "Даниил", "Евгеньевич")


@cache
def programme() -> Programme:
    return programme_file.parse(assets.resource("programmes", f"{NAME}.toml").read_text(encoding="utf-8"), NAME)


@cache
def book() -> PhraseBook:
    return reference_phrases.parse(assets.resource("references", f"{NAME}.toml").read_text(encoding="utf-8"))


def codes(level: str) -> list[str]:
    return [item.code for item in programme().level(level).competencies.items]


def facts(
    level: str = "basic",
    name: PersonName = DANIIL,
    sex: Sex | None = Sex.MALE,
    born: date = date(2013, 5, 6),
    stages: Mapping[str, int] | Sequence[int] = (),
    **more: Any,
) -> ReferenceFacts:
    """``stages`` may run parallel to the level's competencies, or leave the last of them out."""
    group = Group("g", GROUPS[level], level, YEAR.start)
    pupil = more.pop("pupil", Pupil("p", name, born, sex, group))
    return ReferenceFacts(
        pupil=pupil,
        group=group,
        forms=decline(pupil.name, sex_of(pupil)),
        organisation=more.pop("organisation", organisation()),
        level=programme().level(level),
        scale=more.pop("scale", programme().stages),
        period=SECOND,
        dated=date(2027, 5, 20),
        stages=stages if isinstance(stages, Mapping) else dict(zip(codes(level), stages, strict=False)),
        **more,
    )


def draft(found: ReferenceFacts) -> dict[str, Section]:
    return {section.key: section for section in reference_text.draft(found, book())}


def reference(found: ReferenceFacts) -> Reference:
    sections = draft(found).values()
    return Reference(found, {section.key: section.text for section in sections if section.included})
