"""What stands in the journal, in the words of the screen: what was done, and what each field was and became."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

from profdesk.domain import registers
from profdesk.domain.access import Role
from profdesk.domain.activities import Audience, State
from profdesk.domain.audit import Act, Area, Done, Operation, Verb
from profdesk.domain.audit_subjects import SUBJECTS, Subject
from profdesk.domain.consents import ConsentKind
from profdesk.domain.deeds import DeedKind
from profdesk.domain.diagnostics import SheetMode
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.people import LeaveReason, fold
from profdesk.domain.portfolio import Basis
from profdesk.domain.register import FieldKind
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.talks import TalkKind, Whom

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DAY, _MOMENT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT.+")

_DEED = "deed"
_ABOUT_ITSELF = frozenset({_DEED, "batch"})
"""Tables that say of an act that there was one, and not what it changed."""
_STRANDS = {"staff": "педагогов", "self": "самооценка", "parents": "родителей"}
_LINES = {
    "far": "дальняя цель",
    "near": "ближняя цель",
    "step": "шаг",
    "reserve": "запасной вариант",
    "difficulty": "трудность",
}
_PRESENCE = {"invited": "по приглашению", "present": "да", "absent": "нет"}
_STATES = {"open": "открыта", "done": "сделана", "removed": "убрана"}


def _roles(values: str) -> str:
    return ", ".join(Role(value).label for value in values.split(",") if value)


_CODES: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("enrolment", "left_reason"): lambda code: LeaveReason(code).label,
    ("assessment", "basis"): lambda code: Basis(code).label,
    ("assessment", "strand"): lambda code: _STRANDS.get(code, code),
    ("note", "strand"): lambda code: _STRANDS.get(code, code),
    ("route_line", "kind"): lambda code: _LINES.get(code, code),
    ("route_line", "state"): lambda code: _STATES.get(code, code),
    ("consent", "kind"): lambda code: ConsentKind(code).label,
    ("answer_sheet", "mode"): lambda code: SheetMode(code).label,
    ("answer_sheet", "attendance"): lambda code: {"absent": "не было", "refused": "отказ"}.get(code, code),
    ("consultation", "kind"): lambda code: TalkKind(code).label,
    ("consultation", "whom"): lambda code: Whom(code).label,
    ("participation", "presence"): lambda code: _PRESENCE.get(code, code),
    ("activity", "state"): lambda code: State(code).label,
    ("activity", "audience"): lambda code: Audience(code).label,
    ("deed", "kind"): lambda code: DeedKind(code).label,
    ("app_user", "roles"): _roles,
    ("organisation", "kind"): lambda code: OrganisationKind(code).label,
    ("sender", "kind"): lambda code: OrganisationKind(code).label,
}


def subject(table: str) -> Subject:
    """What records of a table are; a table the program does not know is shown by its name alone."""
    if table in registers.ALL:
        found = registers.ALL[table]
        fields = {field.code: field.title.lower() for field in found.fields}
        return Subject(found.one, Area.REGISTERS, {**fields, "withdrawn_at": "убрано"})
    return SUBJECTS.get(table, Subject(table, Area.HOUSE, {}))


def tables(area: Area) -> frozenset[str]:
    """The tables of an area, registers by their codes."""
    own = {name for name, one in SUBJECTS.items() if one.area is area}
    return frozenset(own | (set(registers.ALL) if area is Area.REGISTERS else set()))


def what(act: Act) -> str:
    """What was done, in one line: deeds by their own words, changes by what they changed."""
    deeds = [_deed(one) for one in act.done]
    parts = [part for part in act.parts if part.table not in _ABOUT_ITSELF] or [
        part for part in act.parts if part.table != _DEED
    ]
    changes = [f"{subject(part.table).title}: {part.verb.label} {part.count}" for part in parts]
    words = "; ".join((*deeds, *changes))
    return words[:1].upper() + words[1:]


def _deed(done: Done) -> str:
    """Its kind and title, which may begin with the kind already."""
    label = done.kind.label
    return (
        f"{label}: {done.title}" if done.title and not fold(done.title).startswith(fold(label)) else done.title or label
    )


def lines(operation: Operation, titles: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """What each named field was and became; of a record that was added or removed only what it holds or held.

    ``titles`` are names of what fields hold the ids or codes of: groups, users, pupils, competencies.
    """
    names = subject(operation.table).fields
    for code, (before, after) in operation.fields.items():
        if name := names.get(code):
            was, became = (said(operation.table, code, value, titles) for value in (before, after))
            if operation.verb is Verb.UPDATE:
                yield name, f"{was or '—'} → {became or '—'}"
            elif was or became:
                yield name, was or became


def said(table: str, code: str, value: object, titles: Mapping[str, str]) -> str:
    """What a field holds, in words; empty where it holds nothing."""
    if value is None or value == "" or (table, code, value) == ("deed", "count", 0):
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if code == "school_year" and isinstance(value, int):
        return SchoolYear(value).title
    if not isinstance(value, str):
        return str(value)
    if (table, code) == ("activity", "competencies"):
        return ", ".join(titles.get(one, one) for one in value.split())
    return titles.get(value) or _coded(table, code, value)


def _coded(table: str, code: str, value: str) -> str:
    if known := _CODES.get((table, code)):
        return known(value)
    if table in registers.ALL:
        fields = {field.code: field for field in registers.ALL[table].fields}
        if code in fields and fields[code].kind is FieldKind.CHOICE:
            return fields[code].choice(value)
    if _ID.fullmatch(value):
        return "другая запись"
    if _DAY.fullmatch(value):
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    if _MOMENT.fullmatch(value):
        return f"{datetime.fromisoformat(value).astimezone():%d.%m.%Y, %H:%M}"
    return value
