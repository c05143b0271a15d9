"""Digital badges signed and read: the credential of ``domain.open_badge`` with a Data Integrity proof."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from profdesk.domain import open_badge
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_claim import Claim
from profdesk.domain.open_badge import Badge
from profdesk.domain.verification import KeyInfo
from profdesk.errors import WrongInputError
from profdesk.signing import badge_key, certificate_code, cose, data_integrity, multibase
from profdesk.signing.certificate_code import SignedClaim
from profdesk.signing.keys import SigningKey

LARGEST = 128 * 1024
"""Bytes; a badge of twenty competencies has 25,000."""
_NO_BADGE = (
    "Это не цифровой значок profdesk: в файле другое, или в нём что-то добавлено, убрано либо изменено. "
    "Возьмите файл, который сохранила программа."
)
_CHANGED = "Значок изменён: подпись к нему не подходит."


@dataclass(frozen=True)
class SignedBadge:
    """A badge whose words are as they were signed, and as its code has them; whose they are, ``signer`` says."""

    badge: Badge
    claim: Claim
    _code: SignedClaim
    _endorsement: cose.Signed

    def signer(self, known: Collection[bytes]) -> KeyInfo | None:
        """The one of the certificates whose key the code names; None if it is not among them.

        WrongInputError if it is, and it did not sign the code or does not vouch for the key of the badge.
        """
        key = self._code.signer(known)
        try:
            if key and not (self._code.same_key(self._endorsement) and self._endorsement.signer(known)):
                raise WrongInputError(_CHANGED)
        except cose.ForgedError as error:
            raise WrongInputError(_CHANGED) from error
        return key


def write(facts: CertificateFacts, key: SigningKey) -> bytes:
    """The badge of an issued certificate in JSON (UTF-8); the same each time."""
    by = badge_key.derived(key)
    badge = open_badge.badge_of(facts, by.did, by.endorsement)
    told = open_badge.document(badge)
    signed = {**told, "proof": data_integrity.prove(told, _options(badge), by.private)}
    return f"{json.dumps(signed, ensure_ascii=False, indent=1)}\n".encode()


def read(data: bytes) -> SignedBadge:
    """Read a badge; WrongInputError says why it is none, was changed, or says something else than its code."""
    found = _parsed(data)
    if isinstance(found.get("@context"), list):
        for url in found["@context"]:
            data_integrity.context(str(url))
    proof = found.pop("proof", None)
    try:
        badge = open_badge.read(found)
        public = multibase.public_key(badge.did)
        endorsement = badge_key.read(badge.endorsement, badge.did)
        proven = {**proof, "proofValue": ""} == {**_options(badge), "proofValue": ""}
        code = certificate_code.read(badge.code)
    except (open_badge.NoBadgeError, WrongInputError, *cose.MALFORMED) as error:
        raise WrongInputError(_NO_BADGE) from error
    if not proven or not data_integrity.proves(found, proof, public):
        raise WrongInputError(_CHANGED)
    if wrong := open_badge.differences(badge, code.claim):
        raise WrongInputError(f"Значок говорит не то, что код сертификата в нём. Не сходится: {', '.join(wrong)}.")
    return SignedBadge(badge, code.claim, code, endorsement)


def _options(badge: Badge) -> dict[str, Any]:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": open_badge.begins(badge.issued_on),
        "verificationMethod": multibase.method(badge.did),
        "proofPurpose": "assertionMethod",
    }


def _parsed(data: bytes) -> dict[str, Any]:
    """An object in JSON that every reader reads in the same way: no member twice, nothing that is no text."""
    if len(data) > LARGEST:
        raise WrongInputError(_NO_BADGE)
    try:
        found = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_refuse, parse_float=_refuse)
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise WrongInputError(_NO_BADGE) from error
    if not isinstance(found, dict):
        raise WrongInputError(_NO_BADGE)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member stands twice")
    return found


def _refuse(found: str) -> object:
    raise ValueError(f"{found} is not in a badge")
