"""A pupil's file as JSON: written, and read with distrust."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, TypeVar

from profdesk.domain.evidence import LIMIT, is_program
from profdesk.domain.people import PersonName, Sex
from profdesk.domain.portfolio import STAFF, Basis
from profdesk.domain.pupil_file import (
    LARGEST_WORKS,
    VERSION,
    PupilFile,
    SentAssessment,
    SentClass,
    SentConclusion,
    SentFrom,
    SentNote,
    SentPupil,
    SentRecord,
    SentWork,
)
from profdesk.domain.records import RecordKind
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.errors import WrongInputError

SCHEMA = "profdesk-pupil"
_MOST = 20_000
_LONGEST = 100_000
"""Signs of a text of the pupil's records, which people write as long as they like."""
_LONGEST_NAME = 1_000
_YEARS = range(1990, 2200)
_TOO_LONG = "Один из текстов об этом ученике длиннее 100 000 знаков и в файл не войдёт. Сократите его и повторите."
_NEWER = "Файл ученика сделала более новая программа. Обновите profdesk на этом компьютере."
_WRONG = "Это не файл ученика profdesk, или он составлен с ошибкой. Попросите прислать его ещё раз."
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Signs that are never shown: control, direction, halves of others."""
_STRANDS = frozenset({STAFF, Basis.SELF.value, Basis.PARENTS.value})
_KINDS = frozenset(one.value for one in RecordKind)
_MALFORMED = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
Fact = TypeVar("Fact", SentAssessment, SentNote, SentWork, SentRecord, SentConclusion)
_Told = Mapping[str, Any]


def to_json(file: PupilFile) -> bytes:
    """Write what a file tells, as one line of UTF-8; WrongInputError where ``read`` would not take it."""
    told = json.dumps(_cleaned(_told(file)), ensure_ascii=False, separators=(",", ":")).encode()
    try:
        read(told)
    except WrongInputError as error:
        raise WrongInputError(_TOO_LONG) from error
    return told


def read(data: bytes) -> PupilFile:
    """Read what ``to_json`` wrote; WrongInputError for anything else, and for a later version."""
    try:
        found = json.loads(data)
        if found["schema"] == SCHEMA and type(found["version"]) is int and found["version"] > VERSION:
            raise WrongInputError(_NEWER)
        file = _file(found)
        if _cleaned(_told(file)) != found:
            raise WrongInputError(_WRONG)
        _check(file)
    except _MALFORMED as error:
        raise WrongInputError(_WRONG) from error
    return file


# -- writing -----------------------------------------------------------------------------------------


def _told(file: PupilFile) -> dict[str, object]:
    name = file.pupil.name
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "id": file.id,
        "made_at": file.made_at.isoformat(),
        "made_by": file.made_by,
        "sender": {one.name: getattr(file.sender, one.name) for one in fields(SentFrom)},
        "pupil": {
            "surname": name.surname,
            "given": name.given,
            "patronymic": name.patronymic,
            "birth_date": file.pupil.birth_date.isoformat(),
            "sex": file.pupil.sex.value if file.pupil.sex else None,
        },
        "classes": [
            {"year": one.year.start, "title": one.title, "organisation": one.organisation} for one in file.classes
        ],
        "competencies": dict(file.competencies),
        "stages": {str(value): title for value, title in file.stages.items()},
        "people": dict(file.people),
        "assessments": _facts(file.assessments),
        "notes": _facts(file.notes),
        "works": _facts(file.works),
        "records": _facts(file.records),
        "conclusions": _facts(file.conclusions),
    }


def _facts(facts: Iterable[Fact]) -> list[dict[str, object]]:
    return [_fact({one.name: getattr(fact, one.name) for one in fields(fact)}) for fact in facts]


def _fact(values: dict[str, Any]) -> dict[str, object]:
    period = values.pop("period", None)
    if period is not None:
        values |= {"year": period.year.start, "term": int(period.term)}
    year = values.get("year")
    if isinstance(year, SchoolYear):
        values["year"] = year.start
    if "basis" in values:
        values["basis"] = str(values["basis"])
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in values.items()}


def _cleaned(told: Any, *, lines: bool = False) -> Any:
    """Without signs that are never shown; ``words`` alone may have several lines."""
    if isinstance(told, dict):
        return {name: _cleaned(one, lines=name == "words") for name, one in told.items()}
    if isinstance(told, list):
        return [_cleaned(one) for one in told]
    if not isinstance(told, str):
        return told
    seen = _UNSEEN.sub("", told.replace("\r\n", "\n"))
    return seen if lines else " ".join(seen.split("\n")).replace("\t", " ")


# -- reading -----------------------------------------------------------------------------------------


def _file(found: _Told) -> PupilFile:
    pupil, sender = found["pupil"], found["sender"]
    name = PersonName(pupil["surname"], pupil["given"], pupil["patronymic"])
    sex = None if pupil["sex"] is None else Sex(pupil["sex"])
    return PupilFile(
        id=_id(found["id"]),
        made_at=_moment(found["made_at"]),
        made_by=found["made_by"],
        sender=SentFrom(**{one.name: _text(sender[one.name], _LONGEST_NAME) for one in fields(SentFrom)}),
        pupil=SentPupil(name, _day(pupil["birth_date"]), sex),
        classes=tuple(_class(one) for one in found["classes"]),
        competencies=found["competencies"],
        stages={int(value): title for value, title in found["stages"].items()},
        people=found["people"],
        assessments=_each(found["assessments"], _assessment),
        notes=_each(found["notes"], _note),
        works=_each(found["works"], _work),
        records=_each(found["records"], _record),
        conclusions=_each(found["conclusions"], _conclusion),
    )


def _class(told: _Told) -> SentClass:
    title, organisation = _text(told["title"], _LONGEST_NAME), _text(told["organisation"], _LONGEST_NAME)
    return SentClass(_year(told["year"]), title, organisation)


def _each(found: Sequence[_Told], make: Callable[[_Told], Fact]) -> tuple[Fact, ...]:
    if len(found) > _MOST:
        raise WrongInputError(_WRONG)
    return tuple(make(one) for one in found)


def _assessment(told: _Told) -> SentAssessment:
    stage = None if told["stage"] is None else int(told["stage"])
    code, basis = _text(told["competency"], _LONGEST_NAME), Basis(told["basis"])
    return SentAssessment(_id(told["id"]), code, stage, basis, _period(told), _day(told["made_on"]), *_who(told))


def _note(told: _Told) -> SentNote:
    code, words = _text(told["competency"], _LONGEST_NAME), _text(told["words"], _LONGEST)
    if told["strand"] not in _STRANDS:
        raise ValueError(told["strand"])
    return SentNote(_id(told["id"]), code, told["strand"], _period(told), words, *_who(told))


def _work(told: _Told) -> SentWork:
    code = None if told["competency"] is None else _text(told["competency"], _LONGEST_NAME)
    digest, size, inside = _text(told["sha256"], 64), told["size"], told["inside"]
    sizes = type(size) is int and 0 < size <= LIMIT and type(inside) is bool
    name = _text(told["name"], _LONGEST_NAME)
    if not sizes or len(bytes.fromhex(digest)) != 32 or digest != digest.lower() or is_program(name):
        raise ValueError(digest)
    title = _text(told["title"], _LONGEST)
    return SentWork(_id(told["id"]), code, _period(told), title, name, size, digest, inside, *_who(told))


def _record(told: _Told) -> SentRecord:
    if told["kind"] not in _KINDS:
        raise ValueError(told["kind"])
    day = None if told["day"] is None else _day(told["day"])
    title, basis = _text(told["title"], _LONGEST), _text(told["basis"], _LONGEST)
    words = _text(told["words"], _LONGEST)
    return SentRecord(_id(told["id"]), told["kind"], _year(told["year"]), day, title, words, basis, *_who(told))


def _conclusion(told: _Told) -> SentConclusion:
    words = _text(told["words"], _LONGEST)
    return SentConclusion(_id(told["id"]), _day(told["held_on"]), words, *_who(told))


def _who(told: _Told) -> tuple[str, datetime]:
    return (_id(told["by"]) if told["by"] else ""), _moment(told["at"])


def _id(told: str) -> str:
    if str(uuid.UUID(told)) != told:
        raise ValueError(told)
    return told


def _text(told: object, longest: int) -> str:
    if not isinstance(told, str) or len(told) > longest:
        raise ValueError(told)
    return told


def _day(told: str) -> date:
    found = date.fromisoformat(told)
    if not 1900 < found.year < _YEARS.stop:
        raise ValueError(told)
    return found


def _moment(told: str) -> datetime:
    found = datetime.fromisoformat(told)
    if found.tzinfo is None or found.year not in _YEARS:
        raise ValueError(told)
    return found


def _year(told: object) -> SchoolYear:
    if type(told) is not int or told not in _YEARS:
        raise ValueError(told)
    return SchoolYear(told)


def _period(told: _Told) -> Period:
    return Period(_year(told["year"]), Term(told["term"]))


def _check(file: PupilFile) -> None:
    """Meet what is well written and means nothing: unknown codes and people, one id for two facts, too much at once."""
    name = file.pupil.name
    titles = (*file.competencies.values(), *file.stages.values(), *file.people.values())
    for one in (name.surname, name.given, name.patronymic or "", file.made_by, *titles):
        _text(one, _LONGEST_NAME)
    if not name.surname.strip() or not name.given.strip() or not file.sender.short_name.strip():
        raise ValueError(name)
    for by in file.people:
        _id(by)
    facts = file.facts
    if len({one.id for one in facts}) != len(facts) or any(one.by and one.by not in file.people for one in facts):
        raise ValueError(file.id)
    if not file.codes <= file.competencies.keys() or len(titles) + len(file.classes) > _MOST:
        raise ValueError(file.id)
    if any(one.stage is not None and one.stage not in file.stages for one in file.assessments):
        raise ValueError(file.id)
    if sum(one.size for one in file.works if one.inside) > LARGEST_WORKS:
        raise ValueError(file.id)
