"""How a copy of the workspace is told, on its page and where a workspace is recovered."""

from __future__ import annotations

from datetime import datetime

from profdesk.domain import wording
from profdesk.domain.backups import Copy, Failure
from profdesk.domain.plural import word

_MB = 1 << 20


def moment(at: datetime) -> str:
    """«26 ноября 2026, 10:15» by the clock of this computer."""
    local = at.astimezone()
    return f"{wording.whole_day(local.date())}, {local:%H:%M}"


def why(copy: Copy) -> str:
    """Why it was made, beginning with a capital."""
    words = copy.why or copy.kind.label
    return f"{words[:1].upper()}{words[1:]}"


def holds(copy: Copy) -> str:
    """The pupils and assessments that were counted in it."""
    if copy.holds is None:
        return "Сделана прежней версией программы"
    pupils = f"{_figure(copy.holds.pupils)} {word(copy.holds.pupils, 'ученик', 'ученика', 'учеников')}"
    stages = f"{_figure(copy.holds.assessments)} {word(copy.holds.assessments, 'оценка', 'оценки', 'оценок')}"
    return f"{pupils}, {stages}"


def sessions(copy: Copy) -> str:
    """Its diagnostic sessions, where whoever made it could count them; empty otherwise."""
    if copy.holds is None or not copy.holds.sessions:
        return ""
    return f"{_figure(copy.holds.sessions)} {word(copy.holds.sessions, 'сеанс', 'сеанса', 'сеансов')} диагностики"


def last(copy: Copy) -> str:
    """The last record in it, by number and time."""
    if copy.last is None:
        return ""
    return f"№ {_figure(copy.last.seq)}, {copy.last.at.astimezone():%d.%m.%Y %H:%M}"


def size(copy: Copy) -> str:
    """In megabytes, one at least."""
    return f"{max(1, round(copy.size / _MB))} МБ"


def unmade(found: Failure) -> str:
    """That a copy was due and could not be made."""
    return f"Копию {moment(found.at)} сделать не удалось. {found.told}"


def unput(found: Failure, *, why: bool = True) -> str:
    """That a copy did not get into the second place."""
    return f"Копия {moment(found.at)} не легла во второе место.{f' {found.told}' if why else ''}"


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
