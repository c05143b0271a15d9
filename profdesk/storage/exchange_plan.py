"""Which tables travel, and by what right a computer that gets a part is sent their rows.

Whatever table is added has to be given its place here; a test counts them all. Those of ``psy`` have one place.
"""

from __future__ import annotations

from collections.abc import Mapping

from profdesk.domain import register_rights
from profdesk.domain.registers import ALL
from profdesk.domain.rights import Right
from profdesk.storage.register_models import ROWS

REGISTERS: Mapping[str, str] = {row.__tablename__: code for code, row in ROWS.items()}
"""The code of the register that a table belongs to."""

STAYS = frozenset({"signing_key"})
"""Tables whose rows never leave a computer: the seal key of another could not open them."""

EVERYBODY = frozenset(
    {
        "organisation",
        "programme",
        "study_group",
        "group_teacher",
        "activity_group",
        "app_user",
        "computer",
        "clock_correction",
        "erasure",
        "erased_pupil",
        "erasure_tally",
    }
)
"""Tables that every computer gets: names of classes, who works here, and what must be known of by all.

An activity leaves somebody's reach by what is said of other classes.
"""

WHOLE_ALONE = frozenset({"deed", "batch", "roster_layout", "retention"})
"""Tables that only a computer gets which gets everything."""

BY_RIGHT: Mapping[str, Right] = {
    "pupil": Right.PUPILS_READ,
    "enrolment": Right.PUPILS_READ,
    "consent": Right.CONSENTS_READ,
    "assessment": Right.PORTFOLIO_READ,
    "note": Right.PORTFOLIO_READ,
    "evidence": Right.PORTFOLIO_READ,
    "pupil_file": Right.PORTFOLIO_READ,
    "pupil_file_record": Right.PORTFOLIO_READ,
    "diagnosed": Right.PUPILS_READ,
    "released_conclusion": Right.CONCLUSIONS_READ,
    "route_line": Right.ROUTES_READ,
    "certificate": Right.CERTIFICATES_READ,
    "certificate_design": Right.HOUSE_READ,
    "issued_summary": Right.SUMMARY_READ,
    "summary_signature": Right.SUMMARY_READ,
    "told_figure": Right.SUMMARY_READ,
    "sender": Right.SENDERS_READ,
    "sender_key": Right.SENDERS_READ,
    "received_summary": Right.SENDERS_READ,
    **dict.fromkeys(("activity", "activity_profession", "participation", "satisfaction"), Right.ACTIVITIES_READ),
    **{ROWS[code].__tablename__: register_rights.reading(register) for code, register in ALL.items()},
}
"""By what right a computer that gets a part gets the rows of a table; of pupils only those that the right reaches."""

BY_ENTRY = frozenset({"attachment"})
"""Tables whose rows go with the entry of a register that they belong to."""

BY_RECORD = frozenset({"settled"})
"""Tables whose rows go with the record that they speak of."""

OF_PSY = Right.DIAGNOSTICS
"""By what right a computer that has an address for it gets what lies in ``psy``."""
