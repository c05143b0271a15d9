"""A certificate's facts as JSON: what the register keeps of every paper, and draws it again from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.people import PersonName
from profdesk.domain.programme import Competency, CompetencySet, Level, SetPart, Stage
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.errors import WrongInputError

SCHEMA = "profdesk-certificate/3"
_BEFORE_DESIGNS = "profdesk-certificate/2"
ERASED = '{"schema":"profdesk-certificate/erased"}'
"""What is kept of a certificate when what it says of its pupil was destroyed."""


def to_json(facts: CertificateFacts) -> str:
    """Write every fact that is drawn; deterministic."""
    organisation, pupil, level = facts.organisation, facts.pupil, facts.level
    return json.dumps(
        {
            "schema": SCHEMA,
            "number": facts.number,
            "duplicate_of": facts.duplicate_of,
            "code": facts.code,
            "issued_on": facts.issued_on.isoformat(),
            "organisation": {
                "legal_form": organisation.legal_form,
                "name": organisation.name,
                "short_name": organisation.short_name,
                "municipality": organisation.municipality,
                "head_post": organisation.head_post,
                "head_name": organisation.head_name,
            },
            "pupil": [pupil.surname, pupil.given, pupil.patronymic],
            "group": facts.group,
            "level": [level.code, level.title, level.grades_title],
            "year": facts.year.start,
            "competencies": [
                {"title": part.title, "items": [[item.code, item.title, item.short] for item in part.items]}
                for part in facts.competencies.parts
            ],
            "stages": facts.stages,
            "scale": [[stage.value, stage.title, stage.print_title] for stage in facts.scale],
            "teacher_post": facts.teacher_post,
            "formed_only": facts.formed_only,
            "former": facts.former,
            "deeds": facts.deeds,
            "achievements": facts.achievements,
            "blank": facts.blank,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def from_json(text: str) -> CertificateFacts:
    """Read the facts back, so that the same paper is drawn; WrongInputError for those of an earlier program."""
    if text == ERASED:
        raise WrongInputError("Сведения, по которым выдан этот сертификат, уничтожены: повторить его нельзя.")
    kept = json.loads(text)
    if kept["schema"] == _BEFORE_DESIGNS:
        kept = _with_what_designs_show(kept)
    if kept["schema"] != SCHEMA:
        raise WrongInputError(
            "Этот сертификат выдала прежняя версия программы: повторить его можно только из сохранённого файла."
        )
    year = SchoolYear(kept["year"])
    competencies = _set(kept["competencies"])
    code, title, grades_title = kept["level"]
    return CertificateFacts(
        number=kept["number"],
        organisation=_organisation(kept["organisation"], year),
        pupil=PersonName(*kept["pupil"]),
        group=kept["group"],
        level=Level(code, title, grades_title, (), competencies),
        year=year,
        competencies=competencies,
        stages=tuple(kept["stages"]),
        scale=tuple(Stage(*stage) for stage in kept["scale"]),
        issued_on=date.fromisoformat(kept["issued_on"]),
        teacher_post=kept["teacher_post"],
        code=kept["code"],
        duplicate_of=kept["duplicate_of"],
        formed_only=kept["formed_only"],
        former=tuple(kept["former"]),
        deeds=tuple(kept["deeds"]),
        achievements=tuple(kept["achievements"]),
        blank=kept.get("blank", ""),
    )


def _with_what_designs_show(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept before there were designs: everything was shown, and the head signed before the teacher."""
    (head_post, head_name), (teacher_post, _) = kept["signatories"]
    organisation = {**kept["organisation"], "head_post": head_post, "head_name": head_name}
    shown: dict[str, Any] = {"formed_only": False, "former": [], "deeds": [], "achievements": []}
    return {**kept, **shown, "schema": SCHEMA, "organisation": organisation, "teacher_post": teacher_post}


def _organisation(kept: Mapping[str, str], year: SchoolYear) -> Organisation:
    """What a paper names of the organisation; the rest is not kept."""
    return Organisation(id="", kind=OrganisationKind.SCHOOL, period=Period(year, Term.FIRST), **kept)


def _set(parts: list[dict[str, Any]]) -> CompetencySet:
    made = (
        SetPart(part["title"], tuple(Competency(code, title, short, "", "") for code, title, short in part["items"]))
        for part in parts
    )
    return CompetencySet("", "", tuple(made))
