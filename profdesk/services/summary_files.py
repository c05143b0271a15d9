"""A file that should be a signed summary: verified against the keys that the asker trusts, and read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from profdesk.domain import received
from profdesk.domain.received import ReceivedSummary
from profdesk.domain.verification import Verdict, Verification
from profdesk.errors import WrongInputError

LARGEST = 50 * 1024 * 1024
"""Bytes of a document."""
DATA = "summary.json"
"""What the data inside a summary is called."""
_OTHERS = "подписана ключом, который назван так: {}, а составлена от имени «{}»"
_PERSONS = "первым её подписал {}, а сначала подписывает организация «{}» своим ключом"
_EARLY = (
    "Сводка посчитана {:%d.%m.%Y}, а этот день ещё не наступил. Пусть организация проверит дату на компьютере, "
    "посчитает сводку заново и подпишет."
)
_CLOCKS = timedelta(days=1)
"""How far apart clocks may be."""


@dataclass(frozen=True)
class Checked:
    """What a document proves; with an unknown key ``summary`` and ``data`` are what it says of itself.

    ``foreign`` says whose key signed it instead of that of the organisation it speaks for.
    """

    answer: Verification
    summary: ReceivedSummary | None = None
    data: bytes = b""
    foreign: str = ""


def check(pdf: bytes, known: Collection[bytes]) -> Checked:
    """Verify and read a document; never raises: what cannot be counted is refused in words."""
    from profdesk.signing import keys, verify
    from profdesk.signing.attached import attached

    answer = verify.verify(pdf, known)
    if answer.verdict is Verdict.REFUSED:
        return Checked(answer)
    sealed_by = answer.signatures[0].key
    try:
        data = attached(pdf, DATA, received.LARGEST)
        summary = received.read(data)
    except WrongInputError as error:
        return Checked(replace(answer, verdict=Verdict.REFUSED, reason=error.message))
    if summary.counted_at > datetime.now(UTC) + _CLOCKS:
        return Checked(replace(answer, verdict=Verdict.REFUSED, reason=_EARLY.format(summary.counted_at)))
    if keys.belongs(sealed_by, summary.organisation, summary.short_name):
        return Checked(answer, summary, data)
    words, whose = (_PERSONS, sealed_by.owner) if sealed_by.post else (_OTHERS, sealed_by.organisation)
    foreign = words.format(whose, summary.short_name)
    if answer.verdict is Verdict.TRUSTED:
        answer = replace(answer, verdict=Verdict.REFUSED, reason=foreign)
    return Checked(answer, foreign=foreign)
