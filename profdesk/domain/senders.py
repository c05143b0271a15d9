"""The organisations that a department expects summaries from, and the keys they sign with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from profdesk.domain.organisation import OrganisationKind, full_name
from profdesk.domain.people import fold
from profdesk.domain.register import order
from profdesk.domain.verification import KeyInfo
from profdesk.errors import WrongInputError

KINDS = (OrganisationKind.SCHOOL, OrganisationKind.KINDERGARTEN)
"""What may send a summary."""
_LONGEST = 500
_APART = re.compile(r"[«»\"'“”„№.,\s]+")


@dataclass(frozen=True)
class SenderDraft:
    """What is written of an organisation; ``name`` stands without quotes, ``legal_form`` may be empty."""

    kind: OrganisationKind
    legal_form: str
    name: str
    short_name: str
    telephone: str = ""
    note: str = ""

    @property
    def full_name(self) -> str:
        """«Муниципальное … учреждение «Средняя школа № 12»»."""
        return full_name(self.legal_form, self.name)

    @property
    def tidy(self) -> SenderDraft:
        """The same with single spaces; WrongInputError if it cannot be taken."""
        name, short_name = " ".join(self.name.split()), " ".join(self.short_name.split())
        tidy = replace(
            self,
            legal_form=" ".join(self.legal_form.split()),
            name=name,
            short_name=short_name or name,
            telephone=" ".join(self.telephone.split()),
            note=self.note.strip(),
        )
        if self.kind not in KINDS:
            raise WrongInputError("Сводки присылают школы и детские сады. Выберите вид организации.")
        if not name:
            raise WrongInputError("Название пустое. Напишите его, как в уставе, без кавычек.")
        if any(len(words) > _LONGEST for words in (tidy.full_name, tidy.short_name, tidy.telephone, tidy.note)):
            raise WrongInputError(f"Слишком длинно: в одной строке помещается {_LONGEST} знаков.")
        return tidy


@dataclass(frozen=True)
class Sender:
    """An organisation of the list; one that was withdrawn is asked for nothing more."""

    id: str
    draft: SenderDraft
    is_withdrawn: bool = False

    @property
    def name(self) -> str:
        """As lists call it."""
        return self.draft.short_name

    @property
    def order(self) -> str:
        """What lists are sorted by: «Школа № 3» before «Школа № 16»."""
        return order(self.name)


class KeyState(StrEnum):
    """What a key is worth at a moment."""

    WAITING = "waiting"
    GOOD = "good"
    REVOKED = "revoked"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """As screens name it."""
        return _STATES[self]


_STATES = {
    KeyState.WAITING: "ждёт сверки",
    KeyState.GOOD: "действует",
    KeyState.REVOKED: "отозван",
    KeyState.EXPIRED: "срок истёк",
}


@dataclass(frozen=True)
class KeyRecord:
    """What is kept of a key; ``certificate`` is PEM, the moments are the department's own."""

    id: str
    sender_id: str
    certificate: bytes
    fingerprint: str
    received_at: datetime
    confirmed_at: datetime | None = None
    confirmed_with: str = ""
    revoked_at: datetime | None = None
    revoked_reason: str = ""


@dataclass(frozen=True)
class SenderKey:
    """A key of an organisation, with what its certificate says."""

    record: KeyRecord
    info: KeyInfo

    def state(self, at: datetime) -> KeyState:
        """What it was worth at a moment of the department's clock."""
        if self.record.revoked_at is not None and self.record.revoked_at <= at:
            return KeyState.REVOKED
        if at > self.info.valid_until:
            return KeyState.EXPIRED
        return KeyState.WAITING if self.record.confirmed_at is None else KeyState.GOOD


@dataclass(frozen=True)
class Listed:
    """An organisation with its keys, the latest first."""

    sender: Sender
    keys: tuple[SenderKey, ...]

    def state(self, at: datetime) -> KeyState | None:
        """That a key waits to be compared, else the best that its keys are worth; None while it has none."""
        states = {key.state(at) for key in self.keys}
        order = (KeyState.WAITING, KeyState.GOOD, KeyState.EXPIRED, KeyState.REVOKED)
        return next((state for state in order if state in states), None)


def named(senders: Sequence[Sender], full_name: str, short_name: str) -> Sender | None:
    """The organisation of the list that is called so, whatever the quotes and the case; None if none or several are.

    A short name alone tells only where the list has no other proper name: two settlements may each have a «Школа № 1».
    """
    wanted, short = _alike(full_name), _alike(short_name)
    whole = [one for one in senders if _alike(one.draft.full_name) == wanted]
    found = whole or [one for one in senders if _alike(one.name) == short and _may_be(one.draft, wanted)]
    return found[0] if len(found) == 1 else None


def is_called(draft: SenderDraft, full_name: str) -> bool:
    """Whether a paper or a key that names an organisation in full, or by its quoted name alone, may mean this one."""
    told, own = _alike(full_name), _alike(draft.full_name)
    return own.endswith(told) or told.endswith(_alike(draft.name)) or (told[-1:] == "…" and told[:-1] in own)


def apart(draft: SenderDraft, others: Iterable[Sender]) -> SenderDraft:
    """The same, called by its proper name where another one is called by its short name."""
    is_taken = _alike(draft.short_name) in {_alike(one.name) for one in others}
    return replace(draft, short_name=draft.name) if is_taken else draft


def ensure_free(draft: SenderDraft, others: Iterable[Sender]) -> None:
    """WrongInputError if another organisation is called so."""
    for one in others:
        if _alike(one.draft.full_name) == _alike(draft.full_name):
            raise WrongInputError(f"Организация «{one.name}» в списке уже есть.")
        if _alike(one.name) == _alike(draft.short_name):
            raise WrongInputError(
                f"Кратко «{one.name}» в списке уже названа организация: {one.draft.full_name}. "
                "Если это другая, дайте ей другое краткое название."
            )


def _may_be(draft: SenderDraft, full_name: str) -> bool:
    """Whether what is written of an organisation leaves room for a full name (folded)."""
    name = _alike(draft.name)
    return name == _alike(draft.short_name) or full_name.endswith(name)


def _alike(name: str) -> str:
    return _APART.sub(" ", fold(name)).strip()
