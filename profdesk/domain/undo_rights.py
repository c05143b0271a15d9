"""Which right takes back what was written into a table; what no table here names is never taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from profdesk.domain import register_rights, rights
from profdesk.domain.access import Actor, Reach
from profdesk.domain.registers import ALL
from profdesk.domain.rights import Right
from profdesk.errors import AccessError

GIVEN_ON = frozenset({"pupil_id"})
"""What joining two pupils changes of their records: whose they are."""

RIGHTS: Mapping[str, Right] = {
    "organisation": Right.HOUSE_WRITE,
    "programme": Right.HOUSE_WRITE,
    "group_teacher": Right.CLASSES_GIVE,
    "study_group": Right.PUPILS_WRITE,
    "pupil": Right.PUPILS_WRITE,
    "enrolment": Right.PUPILS_WRITE,
    "pupil_file": Right.PUPILS_WRITE,
    "pupil_file_record": Right.PUPILS_WRITE,
    "retention": Right.PUPILS_ERASE,
    "consent": Right.CONSENTS_WRITE,
    "assessment": Right.PORTFOLIO_WRITE,
    "note": Right.PORTFOLIO_WRITE,
    "evidence": Right.PORTFOLIO_WRITE,
    "diagnosed": Right.DIAGNOSTICS,
    "released_conclusion": Right.DIAGNOSTICS,
    "route_line": Right.ROUTES_WRITE,
    "certificate": Right.CERTIFICATES_ISSUE,
    "certificate_design": Right.CERTIFICATES_ISSUE,
    "told_figure": Right.SUMMARY_SIGN,
    "summary_signature": Right.SUMMARY_SIGN,
    "sender": Right.SENDERS_WRITE,
    "sender_key": Right.SENDERS_WRITE,
    "received_summary": Right.SENDERS_WRITE,
    "settled": Right.EXCHANGE,
    **dict.fromkeys(
        ("activity", "activity_group", "activity_profession", "participation", "satisfaction"), Right.ACTIVITIES_WRITE
    ),
}
"""The right by the table; tables of registers and their files are told by ``register_rights``."""

_CALLED: Mapping[str, tuple[frozenset[str], Right]] = {
    "app_user": (frozenset({"name", "post"}), Right.USERS_WRITE),
    "computer": (frozenset({"name"}), Right.COMPUTERS),
}
"""What people and computers are called, and nothing more of them, is taken back and differs like any other words.

Roles are not: each computer gives them with the keys that they need, on the page of users, so that a row alone would
say what nobody may do. Keys, series and what a computer gets were settled when it joined; that exchange with one was
stopped stays. Of a summary that was issued nothing is ever changed: a correction is another one.
"""


@dataclass(frozen=True)
class Touched:
    """Fields that a batch wrote in a table; ``register`` is the code of the register that it belongs to, if to one.

    ``psy``: the table is the psychologists' own.
    """

    table: str
    fields: frozenset[str]
    register: str = ""
    psy: bool = False

    @property
    def right(self) -> Right | None:
        """The right that takes such a change back; None where nobody may."""
        if self.fields and self.fields <= GIVEN_ON:
            return Right.PUPILS_WRITE
        if self.psy:
            return Right.DIAGNOSTICS
        called, right = _CALLED.get(self.table, (frozenset(), None))
        if self.fields and self.fields <= called:
            return right
        return register_rights.writing(ALL[self.register]) if self.register else RIGHTS.get(self.table)


def entitled(actor: Actor, done: Iterable[Touched], authors: Iterable[str]) -> Actor:
    """Who may take back a batch that these authors wrote, as it may act: by the least far-reaching right it takes.

    ``actor`` is as the right to undo was granted. AccessError where it is another's act, or a right is wanting.
    """
    if actor.reach is Reach.OWN and any(author != actor.id for author in authors):
        raise AccessError("Это сделали не вы. Попросите отменить того, кто это сделал, или координатора.")
    reach = Reach.ALL
    for one in done:
        if one.right is None:
            raise AccessError("Такое действие не отменяют: оно остаётся в журнале.")
        if rights.granted(actor, one.right).reach is Reach.OWN:
            reach = Reach.OWN
    return replace(actor, reach=reach)
