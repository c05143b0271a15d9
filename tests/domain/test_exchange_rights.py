"""Whether another computer takes what somebody did, by the roles that are known there."""

from __future__ import annotations

import pytest

from profdesk.domain.access import Role
from profdesk.domain.exchange_rights import Told, refused
from profdesk.domain.operations import Verb

_OWN_ID = "01930b52-6a40-7c55-9d6e-3f5d1c1b7e11"


@pytest.mark.parametrize(
    ("verb", "record", "role", "taken"),
    [
        (Verb.INSERT, "doctor", Role.TEACHER, True),
        (Verb.INSERT, _OWN_ID, Role.TEACHER, False),
        (Verb.UPDATE, "doctor", Role.TEACHER, False),
        (Verb.DELETE, "doctor", Role.TEACHER, False),
        (Verb.INSERT, "doctor", Role.READER, False),
        (Verb.INSERT, _OWN_ID, Role.COORDINATOR, True),
    ],
)
def test_who_links_to_a_profession_of_the_programme_gives_it_a_row_and_no_more(
    verb: Verb, record: str, role: Role, taken: bool
) -> None:
    done = Told("кто-то", "profession", verb, record, frozenset({"title"}), False, None)
    found = refused([done], {"кто-то": frozenset({role})}, {"profession": "professions"})
    assert (found is None) is taken
