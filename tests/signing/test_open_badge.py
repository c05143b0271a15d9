"""A digital badge: it says what the certificate says, the same each time, and nothing in it can be changed."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from profdesk.domain import open_badge as domain
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_claim import claim_of
from profdesk.domain.people import PersonName
from profdesk.errors import WrongInputError
from profdesk.signing import badge_key, certificate_code, data_integrity, keys, open_badge
from profdesk.signing.keys import SigningKey

Document = dict[str, Any]


@pytest.fixture(scope="module")
def written(issued: CertificateFacts, school_key: SigningKey) -> bytes:
    return open_badge.write(issued, school_key)


@pytest.fixture
def badge(written: bytes) -> Document:
    found: Document = json.loads(written)
    return found


@pytest.fixture(scope="module")
def foreign() -> SigningKey:
    return keys.make_key("Лицей № 3", "Лицей № 3", datetime(2026, 11, 23, tzinfo=UTC))


def read(found: Document) -> open_badge.SignedBadge:
    return open_badge.read(json.dumps(found).encode())


def signed(badge: domain.Badge, key: SigningKey) -> Document:
    """A badge of any words, with a proof by the key."""
    told = domain.document(badge)
    return {**told, "proof": data_integrity.prove(told, open_badge._options(badge), badge_key.derived(key).private)}


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where its values stand; of lists the first two."""
    if isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, name))
    elif not any(step > 1 for step in path if isinstance(step, int)):
        yield path


def with_leaf(found: Document, path: tuple[Any, ...], change: Callable[[Any], Any]) -> Document:
    changed = deepcopy(found)
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = change(place[path[-1]])
    return changed


def test_it_comes_back_as_it_was_written(issued: CertificateFacts, school_key: SigningKey, written: bytes) -> None:
    assert open_badge.write(issued, school_key) == written
    found = open_badge.read(written)
    assert found.claim == claim_of(issued)
    assert found.badge.names == tuple(item.plain for item in issued.competencies.items)
    assert (found.badge.duplicate_of, found.badge.full_name) == ("2026-0117", issued.organisation.full_name)
    signer = found.signer([school_key.certificate_pem])
    assert signer is not None
    assert signer.holder == "Школа № 12"


def test_it_is_a_badge_of_the_third_version_with_the_least_data(badge: Document) -> None:
    subject = badge["credentialSubject"]
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert subject["identifier"] == [
        {"type": "IdentityObject", "hashed": False, "identityHash": "Ильин Даниил Евгеньевич", "identityType": "name"}
    ]
    assert "id" not in subject
    described = {one["id"]: one for one in subject["achievement"]["resultDescription"]}
    assert len(described) == 20
    assert len(subject["result"]) == 16
    for result in subject["result"]:
        levels = {one["id"]: one for one in described[result["resultDescription"]]["rubricCriterionLevel"]}
        assert levels[result["achievedLevel"]]["name"] == result["value"]
    assert badge["validFrom"] == "2026-11-23T00:00:00+12:00"


def test_badges_of_a_class_are_of_one_achievement(issued: CertificateFacts, school_key: SigningKey) -> None:
    other = replace(issued, number="2026-0204", pupil=PersonName("Ким", "Ян"), stages=(None,) * 20, duplicate_of=None)
    other = replace(other, code=certificate_code.write(claim_of(other), school_key))
    first, second = (json.loads(open_badge.write(one, school_key)) for one in (issued, other))
    assert first["credentialSubject"]["achievement"] == second["credentialSubject"]["achievement"]
    assert first["issuer"] == second["issuer"]
    assert first["id"] != second["id"]
    assert read(second).claim.stages == (None,) * 20


def test_only_what_the_paper_shows_is_in_it(issued: CertificateFacts, school_key: SigningKey) -> None:
    shown = replace(issued, formed_only=True, stages=tuple(one if one == 3 else None for one in issued.stages))
    shown = replace(shown, code=certificate_code.write(claim_of(shown), school_key))
    found = json.loads(open_badge.write(shown, school_key))
    assert len(found["credentialSubject"]["result"]) == 4
    assert "другие не показаны" in found["credentialSubject"]["achievement"]["description"]
    assert read(found).claim.formed_only


def test_no_value_can_be_changed(badge: Document) -> None:
    for path in leaves(badge):
        for change in (
            lambda old: old[:-1] + ("A" if old[-1:] != "A" else "B") if isinstance(old, str) else not old,
            lambda old: f"{old} ",
            lambda _: {"@value": "другое"},
            lambda _: None,
        ):
            with pytest.raises(WrongInputError):
                read(with_leaf(badge, path, change))


def test_every_letter_of_the_name_and_of_the_proof_counts(badge: Document) -> None:
    name = ("credentialSubject", "identifier", 0, "identityHash")
    for path in (name, ("proof", "proofValue")):
        for place in range(len(badge["proof"]["proofValue"] if path[0] == "proof" else "Ильин Даниил Евгеньевич")):
            with pytest.raises(WrongInputError):
                read(with_leaf(badge, path, lambda old, at=place: old[:at] + old[at].swapcase() + "1" + old[at + 1 :]))


def test_nothing_can_be_added_or_left_out(badge: Document) -> None:
    places = (badge, badge["issuer"], badge["credentialSubject"], badge["evidence"][0], badge["proof"])
    for place in places:
        place["birthDate"] = "2013-06-02"
        with pytest.raises(WrongInputError):
            read(badge)
        del place["birthDate"]
        for member in list(place):
            kept = place.pop(member)
            with pytest.raises(WrongInputError):
                read(badge)
            place[member] = kept
    assert read(badge)
    for several in (badge["credentialSubject"]["result"], badge["@context"], badge["evidence"]):
        several.append(several[0])
        with pytest.raises(WrongInputError):
            read(badge)
        several.pop()


def test_a_foreign_dictionary_is_named(badge: Document) -> None:
    badge["@context"].append("https://example.org/words.json")
    with pytest.raises(WrongInputError, match=r"словарь «https://example\.org/words\.json», которого в программе нет"):
        read(badge)


def test_no_network_is_asked(issued: CertificateFacts, school_key: SigningKey, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    found = json.loads(open_badge.write(issued, school_key))
    read(found)
    found["@context"][0] = "http://127.0.0.1:9/v2"
    with pytest.raises(WrongInputError):
        read(found)


def test_words_that_differ_from_the_code_are_told(issued: CertificateFacts, school_key: SigningKey) -> None:
    wrong = replace(issued, pupil=PersonName("Ильина", "Дарья"), number="2026-0204", stages=(3,) * 20)
    with pytest.raises(WrongInputError, match="Не сходится: номер, имя, стадии"):
        open_badge.read(open_badge.write(wrong, school_key))


def test_who_has_a_code_cannot_make_a_badge_of_it(
    issued: CertificateFacts, school_key: SigningKey, foreign: SigningKey, written: bytes
) -> None:
    """The words are right, but the key that signs them is not the school's."""
    forged = open_badge.read(open_badge.write(issued, foreign))
    for known in ([school_key], [school_key, foreign]):
        with pytest.raises(WrongInputError, match="изменён"):
            forged.signer([one.certificate_pem for one in known])
    assert forged.signer([foreign.certificate_pem]) is None
    by = badge_key.derived(foreign)
    borrowed = replace(open_badge.read(written).badge, did=by.did)
    with pytest.raises(WrongInputError, match="не цифровой значок"):
        read(signed(borrowed, foreign))


def test_what_would_cost_canonicalisation_dear_is_not_a_badge(written: bytes, school_key: SigningKey) -> None:
    """Twenty equal results without ids: RDFC-1.0 would try the factorial of twenty orders."""
    badge = open_badge.read(written).badge
    same = domain.document(replace(badge, competencies=(("a", "a"),) * 20, stages=(3,) * 20))
    with pytest.raises(domain.NoBadgeError):
        domain.read(same)
    with pytest.raises(domain.NoBadgeError):
        domain.read(domain.document(replace(badge, scale=(), stages=(None,) * 20)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe{}",
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"proof": {}, "proof": {}}',
        b'{"@context": NaN}',
        b'{"@context": 1e999}',
        b'{"name": "\\ud800"}',
        b'{"@context": [{"@vocab": "urn:x:"}], "proof": []}',
        b" " * open_badge.LARGEST + b"{}",
    ],
)
def test_what_is_no_badge_is_told_so(data: bytes) -> None:
    with pytest.raises(WrongInputError):
        open_badge.read(data)


def test_no_member_may_stand_twice(written: bytes) -> None:
    name = '"identityHash": "Ильин Даниил Евгеньевич",'.encode()
    twice = written.replace(name, '"identityHash": "Ким Ян",'.encode() + name)
    assert json.loads(twice) == json.loads(written)
    with pytest.raises(WrongInputError, match="не цифровой значок"):
        open_badge.read(twice)


def test_a_restored_workspace_signs_with_the_same_key(school_key: SigningKey, foreign: SigningKey) -> None:
    first, again, other = (badge_key.derived(one) for one in (school_key, school_key, foreign))
    assert (first.did, first.endorsement) == (again.did, again.endorsement)
    assert other.did != first.did
    assert "private" not in repr(first)
