"""What a person should be told of an entry today: an agreement that ends, a page nobody has looked at, who has gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from profdesk.domain import plural
from profdesk.domain.register import Register, Values
from profdesk.domain.registers import AGREEMENTS, STAFF, WEB_PAGES, WORKING_GROUP
from profdesk.domain.school_year import SchoolYear

WARNED = 60
"""How many days before its end an agreement is spoken of."""
HEADS = {AGREEMENTS.code: "Срок", WEB_PAGES.code: "Проверка"}
"""What the column of states is called in the registers that have one."""
_GONE = {STAFF.code: "left_on", WORKING_GROUP.code: "until"}


@dataclass(frozen=True)
class State:
    """A state in a few words; ``late`` where it is too late already."""

    words: str
    late: bool = False


def state(register: Register, values: Values, today: date, year: SchoolYear) -> State | None:
    """What to tell of an entry, None where all is well."""
    if register.code == AGREEMENTS.code:
        return _of_agreement(values.get("valid_until"), today)
    if register.code == WEB_PAGES.code:
        return _of_page(values.get("checked_on"), year)
    return None


def is_past(register: Register, values: Values, today: date) -> bool:
    """Whether an entry tells of somebody who is no longer there."""
    gone = values.get(_GONE.get(register.code, ""))
    return isinstance(gone, date) and gone <= today


def _of_agreement(until: object, today: date) -> State | None:
    if not isinstance(until, date):
        return None
    days = (until - today).days
    if days < 0:
        return State("истёк", late=True)
    if days > WARNED:
        return None
    return State(f"кончается через {plural.counted(days, 'день', 'дня', 'дней')}" if days else "кончается сегодня")


def _of_page(checked: object, year: SchoolYear) -> State | None:
    if isinstance(checked, date) and checked >= year.first_day:
        return None
    return State("не проверена в этом учебном году")
