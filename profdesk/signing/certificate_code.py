"""The code on a certificate: a claim as a short signed text (``cose``)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from profdesk.domain.certificate_claim import DIGEST, Claim
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.verification import KeyInfo
from profdesk.errors import WrongInputError
from profdesk.signing import cose
from profdesk.signing.keys import SigningKey

PREFIX = "PD1:"
_FORMAT = 1
_EPOCH = date(1970, 1, 1)
_UNKNOWN = 15
_SHOWN, _FORMED = 12, 1
_CHANGED = "Код изменён: подпись к нему не подходит."
_NO_CODE = "Это не код сертификата profdesk или он прочитан не целиком. Отсканируйте его ещё раз."


@dataclass(frozen=True)
class SignedClaim:
    """A claim as it was read; nothing is proven before ``signer`` names a key."""

    claim: Claim
    _read: cose.Signed

    def signer(self, known: Collection[bytes]) -> KeyInfo | None:
        """The one of the certificates (PEM or DER) whose key the code names; None if it is not among them.

        WrongInputError if it is, and the signature is not by it.
        """
        try:
            return self._read.signer(known)
        except cose.ForgedError as error:
            raise WrongInputError(_CHANGED) from error

    def same_key(self, other: cose.Signed) -> bool:
        """Whether the code names the key that the other text names."""
        return self._read.key_id == other.key_id


def write(claim: Claim, key: SigningKey) -> str:
    """Sign a claim; gives the text of the code, which never ends in a space."""
    while True:
        text = cose.write(PREFIX, _to_map(claim), key)
        if not text.endswith(" "):
            return text


def unsigned(claim: Claim) -> str:
    """A text as long as the code of a claim, which proves nothing: for seeing whether it fits the paper."""
    return cose.unsigned(PREFIX, _to_map(claim))


def read(text: str) -> SignedClaim:
    """Read the text of a code; WrongInputError if it is none, or is written in another way than ``write`` does."""
    try:
        found = cose.read(PREFIX, text.strip())
        return SignedClaim(_from_map(found.content), found)
    except cose.MALFORMED as error:
        raise WrongInputError(_NO_CODE) from error


def _to_map(claim: Claim) -> dict[int, Any]:
    shown = {_SHOWN: _FORMED} if claim.formed_only else {}
    return {
        0: _FORMAT,
        1: claim.number,
        2: (claim.issued_on - _EPOCH).days,
        3: claim.organisation,
        4: claim.pupil,
        5: claim.group,
        6: claim.year.start,
        7: claim.level,
        8: claim.competencies,
        9: claim.highest,
        10: len(claim.stages),
        11: _packed(claim.stages),
        **shown,
    }


def _from_map(found: dict[int, Any]) -> Claim:
    if found.keys() - {_SHOWN} != set(range(_SHOWN)) or found[0] != _FORMAT:
        raise ValueError("another format of the claim")
    number, organisation, pupil, group, level = (str(found[key]) for key in (1, 3, 4, 5, 7))
    claim = Claim(
        number=number,
        issued_on=_EPOCH + timedelta(days=found[2]),
        organisation=organisation,
        pupil=pupil,
        group=group,
        year=SchoolYear(found[6]),
        level=level,
        competencies=found[8],
        highest=found[9],
        stages=_unpacked(found[11], found[10]),
        formed_only=_SHOWN in found,
    )
    if _to_map(claim) != found or not isinstance(found[8], bytes) or len(found[8]) != DIGEST:
        raise ValueError("a field is of another kind")
    return claim


def _packed(stages: tuple[int | None, ...]) -> bytes:
    """Two stages a byte, the first in the higher half; 15 is not assessed, and fills up the last byte."""
    halves = [_UNKNOWN if stage is None else stage for stage in stages] + [_UNKNOWN] * (len(stages) % 2)
    return bytes(16 * high + low for high, low in zip(halves[::2], halves[1::2], strict=True))


def _unpacked(packed: bytes, count: int) -> tuple[int | None, ...]:
    halves = [half for byte in packed for half in divmod(byte, 16)]
    return tuple(None if half == _UNKNOWN else half for half in halves[:count])
