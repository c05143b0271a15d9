"""What a department answers for each file it was sent: a state, and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from profdesk.domain.detached import LABEL, OutsideVerdict
from profdesk.domain.received_register import Receipt, Standing
from profdesk.domain.senders import KeyState, SenderKey


class State(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    NEWER = "newer"
    CORRECTION = "correction"
    OLDER = "older"
    SAME = "same"
    REFUSED = "refused"
    UNKNOWN_KEY = "unknown-key"
    WAITING = "waiting"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNLISTED = "unlisted"
    FOREIGN = "foreign"
    SIGNATURE = "signature"
    BAD_SIGNATURE = "bad-signature"

    @property
    def label(self) -> str:
        """As screens name it, in one to three words."""
        return _LABELS[self]

    @property
    def is_kept(self) -> bool:
        """Whether the file lies among the received ones now."""
        return self in (State.TAKEN, State.NEWER, State.CORRECTION, State.OLDER, State.SAME)


_LABELS = {
    State.TAKEN: "принята",
    State.NEWER: "принята, новее",
    State.CORRECTION: "принята, исправляет",
    State.OLDER: "не учтена",
    State.SAME: "уже есть",
    State.REFUSED: "не принята",
    State.UNKNOWN_KEY: "ключ неизвестен",
    State.WAITING: "ключ не сверен",
    State.REVOKED: "ключ отозван",
    State.EXPIRED: "срок ключа истёк",
    State.UNLISTED: "нет в списке",
    State.FOREIGN: "чужой ключ",
    State.SIGNATURE: "подпись верна",
    State.BAD_SIGNATURE: "подпись неверна",
}
_OF_KEYS = {
    KeyState.WAITING: (
        State.WAITING,
        "Ключ ещё не сверен по телефону: {whose}. Сверьте его и примите сводку снова.",
    ),
    KeyState.EXPIRED: (
        State.EXPIRED,
        "Срок ключа истёк {until}: {whose}. Попросите прислать новый ключ и подписать им.",
    ),
    KeyState.REVOKED: (
        State.REVOKED,
        "Ключ отозван {revoked}: {reason}. Попросите прислать новый ключ и подписать им.",
    ),
    KeyState.GOOD: (State.REFUSED, "Файл подписан не так, как подписывает profdesk."),
}


def of_key(key: SenderKey, at: datetime) -> tuple[State, str]:
    """Why a summary is not taken that is signed by a key of the list which does not count."""
    state, words = _OF_KEYS[key.state(at)]
    record = key.record
    return state, words.format(
        whose=key.info.person,
        until=f"{key.info.valid_until.astimezone():%d.%m.%Y}",
        revoked=f"{record.revoked_at.astimezone():%d.%m.%Y}" if record.revoked_at else "",
        reason=record.revoked_reason,
    )


def of_receipt(standing: Standing, there: Sequence[Receipt]) -> tuple[State, str]:
    """What a summary just kept is among those that lie there."""
    receipt = standing.receipt
    what = f"№ {receipt.number} за {receipt.span.title}"
    if standing.reason:
        return State.OLDER, f"{what}: сохранена, но не учтена — {standing.reason}."
    own = [one for one in there if one.sender_id == receipt.sender_id and one.id != receipt.id and not one.is_withdrawn]
    if receipt.replaces is not None:
        is_here = any(one.number == receipt.replaces for one in own)
        return State.CORRECTION, f"{what}: исправляет № {receipt.replaces}{'' if is_here else ', которой здесь нет'}."
    if any(one.number == receipt.number and one.counted_at == receipt.counted_at for one in own):
        return State.NEWER, f"{what}: та же сводка с другими подписями, учтена вместо прежнего файла."
    former = max((one for one in own if one.span == receipt.span), key=lambda one: one.order, default=None)
    if former is None:
        return State.TAKEN, f"{what}."
    return State.NEWER, f"{what}: новее, чем № {former.number} от {former.counted_at:%d.%m.%Y}, и учтена вместо неё."


def of_signature(verdict: OutsideVerdict, document: str) -> tuple[bool, str]:
    """What a signature made outside says; ``document`` is the file it lies beside, empty for the one inside it."""
    if not verdict.holds:
        return False, verdict.reason
    names = ", ".join(signer.name for signer in verdict.signers)
    of = f" к «{document}»" if document else ""
    return True, f"Подпись{of} {LABEL}. Подписал: {names}."
