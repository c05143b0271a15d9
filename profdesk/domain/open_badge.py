"""A certificate as a digital badge: Open Badges 3.0, a verifiable credential in JSON; see docs/badge-format.md.

There is one way only to write a badge. ``read`` takes what ``document`` would write and nothing else, so no member
can be added or left out, and what the program does not know to be signed is not there.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_claim import Claim, codes_digest
from profdesk.domain.school_year import SchoolYear

CONTEXTS = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
ENDING = ".json"
Named = TypeVar("Named", int, str)

# The words below are part of the format: changed, they make every badge that was given out unreadable.
_NAME = "Сертификат портфолио № {}"
_INSTEAD = "Дубликат сертификата № {}"
_GROUP = "Класс или группа: {}"
_ABOUT = "Компетенции профессионального самоопределения и стадии, на которых они сформированы к дню выдачи."
_ABOUT_FORMED = "Компетенции профессионального самоопределения, которые сформированы к дню выдачи; другие не показаны."
_CRITERIA = "Стадию каждой компетенции отмечают педагоги организации в профессиональном портфолио ученика."
_CODE = "Код на сертификате"
_CODE_ABOUT = "Этот же код напечатан на сертификате и подписан ключом организации. Его проверяет программа profdesk."
_KEY_KIND = "ext:profdeskKey"


class NoBadgeError(Exception):
    """What was read is not a badge of this format."""


@dataclass(frozen=True)
class Badge:
    """What a badge says; ``stages`` run parallel to ``competencies`` (code, title), None is not on the paper.

    With ``formed_only`` those of the highest stage alone are there, else all that were assessed.
    ``did`` names the key that signs it, ``endorsement`` is what binds that key to the organisation's own;
    ``code`` is the text of the paper's code. ``scale`` has the values of stages with their titles.
    """

    did: str
    endorsement: str
    code: str
    number: str
    issued_on: date
    organisation: str
    full_name: str
    pupil: str
    group: str
    year: SchoolYear
    level: str
    title: str
    competencies: tuple[tuple[str, str], ...]
    scale: tuple[tuple[int, str], ...]
    stages: tuple[int | None, ...]
    duplicate_of: str | None = None
    formed_only: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """What the competencies are called."""
        return tuple(title for _, title in self.competencies)


def badge_of(facts: CertificateFacts, did: str, endorsement: str) -> Badge:
    """The badge of an issued certificate; ValueError for one without a number."""
    if facts.number is None:
        raise ValueError("a badge is given for an issued certificate")
    return Badge(
        did=did,
        endorsement=endorsement,
        code=facts.code,
        number=facts.number,
        issued_on=facts.issued_on,
        organisation=facts.organisation.short_name,
        full_name=facts.organisation.full_name,
        pupil=facts.pupil.full,
        group=facts.group,
        year=facts.year,
        level=facts.level.code,
        title=f"Профессиональное портфолио, {facts.level.grades_title}",
        competencies=tuple((item.code, item.plain) for item in facts.competencies.items),
        scale=tuple((stage.value, stage.print_title) for stage in facts.scale),
        stages=facts.stages,
        duplicate_of=facts.duplicate_of,
        formed_only=facts.formed_only,
    )


def differences(badge: Badge, claim: Claim) -> tuple[str, ...]:
    """What of a badge is not as its code claims, in words: «номер», «имя»."""
    told = {
        "номер": (badge.number, claim.number),
        "день выдачи": (badge.issued_on, claim.issued_on),
        "организация": (badge.organisation, claim.organisation),
        "имя": (badge.pupil, claim.pupil),
        "класс": (badge.group, claim.group),
        "учебный год": (badge.year, claim.year),
        "уровень образования": (badge.level, claim.level),
        "набор компетенций": (codes_digest(code for code, _ in badge.competencies), claim.competencies),
        "шкала": (badge.scale[-1][0], claim.highest),
        "стадии": ((badge.stages, badge.formed_only), (claim.stages, claim.formed_only)),
    }
    return tuple(name for name, (here, there) in told.items() if here != there)


def document(badge: Badge) -> dict[str, Any]:
    """The credential without its proof; its ids depend on what it says alone."""
    day = badge.issued_on.isoformat()
    return {
        "@context": list(CONTEXTS),
        "id": _urn(f"{badge.did}#{badge.number}"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _NAME.format(badge.number),
        **({"description": _INSTEAD.format(badge.duplicate_of)} if badge.duplicate_of else {}),
        "issuer": {
            "id": badge.did,
            "type": ["Profile"],
            "name": badge.organisation,
            "description": badge.full_name,
            "otherIdentifier": [
                {"type": "IdentifierEntry", "identifier": badge.endorsement, "identifierType": _KEY_KIND}
            ],
        },
        "validFrom": begins(badge.issued_on),
        "awardedDate": f"{day}T00:00:00Z",
        "credentialSubject": _subject(badge),
        "evidence": [{"type": ["Evidence"], "name": _CODE, "description": _CODE_ABOUT, "narrative": badge.code}],
    }


def begins(day: date) -> str:
    """When a day begins at the eastern end of Russia, so that a badge is valid at once wherever it is issued."""
    return f"{day.isoformat()}T00:00:00+12:00"


def read(found: Mapping[str, Any]) -> Badge:
    """What a credential without its proof says; NoBadgeError for one that ``document`` does not write."""
    try:
        badge = _read(found)
        same = _plain(document(badge)) == _plain(found)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise NoBadgeError from error
    if not same:
        raise NoBadgeError
    return badge


def _subject(badge: Badge) -> dict[str, Any]:
    achievement = _achievement_id(badge)
    titles = dict(badge.scale)
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": badge.pupil, "identityType": "name"}
        ],
        "licenseNumber": badge.number,
        "term": badge.year.title,
        "narrative": _GROUP.format(badge.group),
        "achievement": {
            "id": achievement,
            "type": ["Achievement"],
            "achievementType": "Certificate",
            "name": badge.title,
            "description": _about(badge),
            "criteria": {"narrative": _CRITERIA},
            "humanCode": badge.level,
            "inLanguage": "ru",
            "resultDescription": [_described(badge, achievement, code, title) for code, title in badge.competencies],
        },
        "result": [
            {
                "type": ["Result"],
                "resultDescription": _part(achievement, code),
                "achievedLevel": _part(achievement, code, stage),
                "value": titles[stage],
            }
            for (code, _), stage in zip(badge.competencies, badge.stages, strict=True)
            if stage is not None
        ],
    }


def _described(badge: Badge, achievement: str, code: str, title: str) -> dict[str, Any]:
    """A competency with the stages it may be at, the lowest first."""
    return {
        "id": _part(achievement, code),
        "type": ["ResultDescription"],
        "name": title,
        "resultType": "RubricCriterionLevel",
        "rubricCriterionLevel": [
            {
                "id": _part(achievement, code, value),
                "type": ["RubricCriterionLevel"],
                "name": stage,
                "level": str(value),
            }
            for value, stage in badge.scale
        ],
    }


def _achievement_id(badge: Badge) -> str:
    """One for all badges that are about the same competencies in the same words of one organisation."""
    words = [badge.title, _about(badge), badge.level, badge.competencies, badge.scale]
    return _urn(f"{badge.did}#{_plain(words)}")


def _about(badge: Badge) -> str:
    return _ABOUT_FORMED if badge.formed_only else _ABOUT


def _part(achievement: str, code: str, stage: int | None = None) -> str:
    """The id of a competency of an achievement, or of a stage of it."""
    return f"{achievement}#{quote(code, safe='')}" + ("" if stage is None else f"/{stage}")


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _read(found: Mapping[str, Any]) -> Badge:
    subject, issuer = found["credentialSubject"], found["issuer"]
    achievement = subject["achievement"]
    described = achievement["resultDescription"]
    achieved = {one["resultDescription"]: one["achievedLevel"].rpartition("/")[2] for one in subject["result"]}
    return Badge(
        did=_text(issuer["id"]),
        endorsement=_text(issuer["otherIdentifier"][0]["identifier"]),
        code=_text(found["evidence"][0]["narrative"]),
        number=_text(subject["licenseNumber"]),
        issued_on=date.fromisoformat(found["awardedDate"].partition("T")[0]),
        organisation=_text(issuer["name"]),
        full_name=_text(issuer["description"]),
        pupil=_text(subject["identifier"][0]["identityHash"]),
        group=_text(subject["narrative"]).removeprefix(_GROUP.format("")),
        year=SchoolYear(int(subject["term"].partition("/")[0])),
        level=_text(achievement["humanCode"]),
        title=_text(achievement["name"]),
        competencies=_each_once((unquote(one["id"].partition("#")[2]), _text(one["name"])) for one in described),
        scale=_each_once((int(one["level"]), _text(one["name"])) for one in described[0]["rubricCriterionLevel"]),
        stages=tuple(int(achieved[one["id"]]) if one["id"] in achieved else None for one in described),
        duplicate_of=_text(found["description"]).removeprefix(_INSTEAD.format("")) if "description" in found else None,
        formed_only=achievement["description"] == _ABOUT_FORMED,
    )


def _text(value: object) -> str:
    """A text and nothing else: an object in its place would be a piece of RDF that nobody has looked at."""
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _each_once(pairs: Iterable[tuple[Named, str]]) -> tuple[tuple[Named, str], ...]:
    """At least one, and none twice: equal nodes without ids cost RDFC-1.0 the factorial of their number."""
    found = tuple(pairs)
    if len({name for name, _ in found}) != len(found) or not found:
        raise ValueError("named twice, or nothing named")
    return found
