"""What the journal's tables show: acts at left, what the chosen one changed at right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from profdesk.domain import audit_words, wording
from profdesk.domain.audit import Act, Area
from profdesk.domain.deeds import DeedKind
from profdesk.domain.erasure import GONE
from profdesk.domain.people import initials
from profdesk.domain.plural import counted
from profdesk.gui.common import who
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.tones import Tone
from profdesk.services.audit import Detail, Reading

Line = tuple[str, str]
_DEED = "deed"
"""Told whole by the title of its act, but for how many it was about."""
CHANGES: tuple[Column[Line], ...] = (
    Column("Поле", lambda line: line[0], width=150),
    Column("Что стало", lambda line: line[1]),
)
_ICONS = {
    Area.PUPILS: "users-three",
    Area.PORTFOLIO: "grid-four",
    Area.DIAGNOSTICS: "lock-simple",
    Area.CONSENTS: "file-text",
    Area.REGISTERS: "list-plus",
    Area.PAPERS: "medal",
    Area.USERS: "key",
    Area.DEEDS: "sign-in",
    Area.HOUSE: "gear-six",
}


def columns(reading: Reading) -> tuple[Column[Act], ...]:
    """The columns of acts, with the names that were read with them."""
    return (
        Column("Время", lambda act: f"{act.at.astimezone():%H:%M}", width=70),
        Column("Кто", lambda act: who.with_initials(reading.users, act.actor), width=124),
        Column("Что сделано", lambda act: _parts(act)[0], second=lambda act: "; ".join(_parts(act)[1:]), look=_look),
        Column("О ком", lambda act: _whom(reading, act), width=164, second=_others),
    )


def by_day(acts: Sequence[Act]) -> Sequence[Act | Heading]:
    """Acts under the day of each."""
    shown: list[Act | Heading] = []
    for day, same in groupby(acts, key=lambda act: act.at.astimezone().date()):
        shown += [Heading(wording.whole_day(day)), *same]
    return shown


def rows(found: Sequence[Detail], operations: int) -> Sequence[Line | Heading]:
    """Fields of each changed record under a heading of its own."""
    shown: list[Line | Heading] = []
    for one in found:
        operation = one.operation
        about = f", {initials(one.pupil.partition(', ')[0])}" if one.pupil else ""
        if one.lines or operation.table != _DEED:
            shown.append(Heading(f"{audit_words.subject(operation.table).title}: {operation.verb.label}{about}"))
        if operation.erased:
            shown.append(("содержание", "уничтожено по акту"))
        shown += one.lines
    if operations > len(found):
        shown.append(Heading(f"и ещё {counted(operations - len(found), 'запись', 'записи', 'записей')}"))
    return shown


def _parts(act: Act) -> list[str]:
    return audit_words.what(act).split("; ")


def _whom(reading: Reading, act: Act) -> str:
    name, _, group = next(iter(reading.whom(act)), "").partition(", ")
    return ", ".join(filter(None, (name if name == GONE else initials(name), group)))


def _others(act: Act) -> str:
    others = (act.about or len(act.users)) - 1
    return f"и ещё {others}" if others > 0 else ""


def _look(act: Act) -> Look:
    if any(one.kind is DeedKind.LOGIN_REFUSED for one in act.done):
        return Look("warning", Tone.WARN)
    return Look("lock-simple" if act.psy else _ICONS[audit_words.subject(act.parts[0].table).area])
