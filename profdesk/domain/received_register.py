"""Which of the summaries that organisations sent count for a span, which do not and why, and who sent none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from profdesk.domain.received import ReceivedSummary
from profdesk.domain.senders import KeyState, Sender, SenderKey
from profdesk.domain.span import Span


@dataclass(frozen=True)
class Receipt:
    """A summary as it came: ``received_at`` is the department's own clock, ``fingerprint`` that of the signer's key."""

    id: str
    sender_id: str
    number: str
    replaces: str | None
    span: Span
    counted_at: datetime
    received_at: datetime
    sha256: str
    name: str
    fingerprint: str
    is_withdrawn: bool = False

    @property
    def order(self) -> tuple[datetime, datetime, str]:
        """Of two of the same span the later one counts."""
        return self.counted_at, self.received_at, self.id


@dataclass(frozen=True)
class Counted:
    """A summary that counts; ``note`` says what is to be known of it, empty for most."""

    sender: Sender
    receipt: Receipt
    summary: ReceivedSummary
    note: str = ""


@dataclass(frozen=True)
class NotCounted:
    """A summary that lies there and does not count, and why."""

    sender: Sender
    receipt: Receipt
    reason: str


@dataclass(frozen=True)
class Received:
    """All that came of a span, by the organisation's name; ``missing`` are those of whom none counts."""

    span: Span
    counted: tuple[Counted, ...]
    not_counted: tuple[NotCounted, ...]
    missing: tuple[Sender, ...]


@dataclass(frozen=True)
class Standing:
    """A receipt's place: it counts if ``reason`` is empty."""

    receipt: Receipt
    reason: str = ""
    note: str = ""


def standings(
    receipts: Iterable[Receipt], senders: Mapping[str, Sender], keys: Mapping[str, SenderKey]
) -> Sequence[Standing]:
    """Settle what counts among receipts of one school year, each organisation and span by itself.

    ``senders`` are by id, ``keys`` by fingerprint. A summary that its key does not vouch for neither counts
    nor replaces another; a correction takes the place of the number it names, of whatever span that was.
    """
    found: list[Standing] = []
    by_sender: dict[str, list[Receipt]] = {}
    for one in receipts:
        if not one.is_withdrawn:
            by_sender.setdefault(one.sender_id, []).append(one)
    for sender_id, own in by_sender.items():
        if senders[sender_id].is_withdrawn:
            found += [Standing(one, "организация убрана из списка") for one in own]
            continue
        doubts = {one.id: _doubt(one, keys.get(one.fingerprint)) for one in own}
        found += [Standing(one, doubts[one.id]) for one in own if doubts[one.id]]
        found += _settled([one for one in own if not doubts[one.id]], keys)
    return found


def _settled(own: Sequence[Receipt], keys: Mapping[str, SenderKey]) -> Iterable[Standing]:
    latest: dict[Span, Receipt] = {}
    for one in sorted(own, key=lambda receipt: receipt.order, reverse=True):
        correction = replacement(one, own)
        if correction is not None:
            yield Standing(one, f"исправлена сводкой № {correction.number}")
        elif one.span in latest:
            newer = latest[one.span]
            yield Standing(one, f"есть новее: № {newer.number} от {newer.counted_at:%d.%m.%Y}")
        else:
            latest[one.span] = one
            yield Standing(one, note=_note(keys[one.fingerprint]))


def replacement(receipt: Receipt, others: Iterable[Receipt]) -> Receipt | None:
    """The summary of the same organisation that corrects this one and was counted after it."""
    return next(
        (
            one
            for one in others
            if one.replaces == receipt.number and one.order > receipt.order and not one.is_withdrawn
        ),
        None,
    )


def _doubt(receipt: Receipt, key: SenderKey | None) -> str:
    if key is None or key.record.sender_id != receipt.sender_id:
        return "ключа, которым она подписана, нет у этой организации"
    state = key.state(receipt.received_at)
    if state is KeyState.REVOKED:
        return f"ключ отозван раньше, чем сводка пришла: {key.record.revoked_reason}"
    if state is KeyState.WAITING:
        return "ключ не сверен по телефону"
    return "" if state is KeyState.GOOD else "срок ключа истёк раньше, чем сводка пришла"


def _note(key: SenderKey) -> str:
    if key.record.revoked_at is None:
        return ""
    return f"ключ отозван {key.record.revoked_at.astimezone():%d.%m.%Y}, уже после приёма сводки"
