"""Texts of other computers that this program's own work hangs on, and what each has to look like.

A word that no program writes there would be taken in and then stand in the way of opening, merging or sending for ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from profdesk.domain.access import Role
from profdesk.domain.erasure import ErasureKind
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.retention import RecordKind
from profdesk.storage.clock import kept_moment
from profdesk.storage.computers import key_bytes
from profdesk.storage.register_models import ROWS

CLOCK = re.compile(r"[0-9]{13}-[0-9]{6}")
_ADDRESS = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_KEY_LENGTH = 32


def _is_one_of(known: Callable[[str], object]) -> Callable[[str], bool]:
    """Whether a reader takes a text: it raises ValueError for others."""

    def looked_at(text: str) -> bool:
        try:
            known(text)
        except ValueError:
            return False
        return True

    return looked_at


def _is_list_of(known: Callable[[str], object]) -> Callable[[str], bool]:
    """The same of texts with commas, one at least."""
    looked_at = _is_one_of(known)
    return lambda text: all(map(looked_at, text.split(",")))


def _is_key(text: str) -> bool:
    return _is_one_of(key_bytes)(text) and len(key_bytes(text)) == _KEY_LENGTH


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None


def _counts(text: str) -> None:
    """How many records of each kind, as JSON."""
    told = json.loads(text)
    if not isinstance(told, dict) or not all(type(count) is int for count in told.values()):
        raise ValueError(text)
    for kind in told:
        RecordKind(kind)


_is_moment = _is_one_of(kept_moment)
_FORMS: Mapping[tuple[str, str], Callable[[str], bool]] = {
    ("app_user", "roles"): _is_list_of(Role),
    ("app_user", "added_at"): _is_moment,
    ("app_user", "removed_at"): _is_moment,
    ("attachment", "register"): lambda text: text in ROWS,
    ("clock_correction", "counts_as"): lambda text: CLOCK.fullmatch(text) is not None,
    ("computer", "added_at"): _is_moment,
    ("computer", "stopped_at"): _is_moment,
    ("computer", "verifying_key"): _is_key,
    ("computer", "address"): _is_address,
    ("computer", "psy_address"): _is_address,
    ("erased_pupil", "psy_erased_at"): _is_moment,
    ("erased_pupil", "kinds"): _is_list_of(RecordKind),
    ("erasure", "kind"): _is_one_of(ErasureKind),
    ("erasure", "counts"): _is_one_of(_counts),
    ("erasure", "recorded_at"): _is_moment,
    ("organisation", "kind"): _is_one_of(OrganisationKind),
}


def is_sound(table: str, field: str, text: str) -> bool:
    """Whether a program can have written a text into a field."""
    form = _FORMS.get((table, field))
    return form is None or form(text)
