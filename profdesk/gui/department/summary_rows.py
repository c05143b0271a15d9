"""What came of a span, who has sent nothing, and the answers for files, as the tables show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from profdesk.domain import register
from profdesk.domain.people import fold
from profdesk.domain.received_answers import State
from profdesk.domain.received_register import Receipt, Received
from profdesk.domain.senders import KeyState, Listed, Sender
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.tones import Tone
from profdesk.services.received import Answer

_COUNTED = Look("check-circle-fill", Tone.OK, chip=True)
_NOTED = Look("warning", Tone.WARN, chip=True)
_LEFT_OUT = Look("minus-circle", Tone.MUTED, chip=True)
_MISSING = Look("clock", Tone.WARN, chip=True)
_WAITING = frozenset({State.WAITING, State.UNLISTED, State.UNKNOWN_KEY})
_ANSWERS = {
    State.TAKEN: _COUNTED,
    State.NEWER: _COUNTED,
    State.CORRECTION: _COUNTED,
    State.OLDER: _LEFT_OUT,
    State.SAME: Look("equals", Tone.MUTED, chip=True),
    State.WAITING: Look("clock", Tone.WARN, chip=True),
    State.UNLISTED: Look("plus-circle", Tone.WARN, chip=True),
    State.UNKNOWN_KEY: Look("key", Tone.WARN, chip=True),
    State.SIGNATURE: Look("shield-check", Tone.OK, chip=True),
}
_REFUSED = Look("x-circle", Tone.BAD, chip=True)


@dataclass(frozen=True)
class SummaryRow:
    """An organisation with a summary that it sent, or with none; ``note`` stands under its name."""

    sender: Sender
    receipt: Receipt | None
    state: str
    note: str
    look: Look

    @property
    def key(self) -> str:
        """What tells rows apart."""
        return self.receipt.id if self.receipt else self.sender.id

    def matches(self, words: Sequence[str]) -> bool:
        """Whether every word is somewhere in the row."""
        number = self.receipt.number if self.receipt else ""
        hay = fold(f"{self.sender.name} {self.sender.draft.full_name} {self.sender.draft.telephone} {number}")
        return all(word in hay for word in words)


def rows(found: Received, listed: Mapping[str, Listed], words: str) -> Sequence[SummaryRow | Heading]:
    """Who has sent nothing, then what counts and what does not, of those that match the words searched for."""
    wanted = fold(words).split()
    lying = {one.sender.id for one in found.not_counted}
    missing = [
        SummaryRow(one, None, "нет учтённой", "присланная не учтена", _MISSING)
        if one.id in lying
        else SummaryRow(one, None, "не прислала", _of_key(listed.get(one.id)), _MISSING)
        for one in found.missing
    ]
    counted = [
        SummaryRow(one.sender, one.receipt, "учтена", one.note, _NOTED if one.note else _COUNTED)
        for one in found.counted
    ]
    out = [SummaryRow(one.sender, one.receipt, "не учтена", one.reason, _LEFT_OUT) for one in found.not_counted]
    shown: list[SummaryRow | Heading] = []
    for title, there in (("Не прислали", missing), ("Учтены", counted), ("Лежат, но не учтены", out)):
        some = [row for row in there if row.matches(wanted)]
        if some:
            shown += [Heading(f"{title}: {len(some)}"), *some]
    return shown


def counted(found: Received) -> str:
    """«Учтены 5 из 8 организаций, не прислали 3»."""
    there = {one.sender.id for one in found.counted}
    words = f"Учтены {len(there)} из {len(there) + len(found.missing)}"
    return f"{words}, не прислали {len(found.missing)}" if found.missing else words


def can_be_solved(answer: Answer) -> bool:
    """Whether the file can be taken once its key is compared."""
    return answer.state in _WAITING


def _of_key(listed: Listed | None) -> str:
    """Why an organisation could not send anything that counts."""
    state = listed.state(datetime.now(UTC)) if listed else None
    if state is KeyState.GOOD:
        return ""
    return "ключа ещё нет" if state is None else f"ключ: {state.label}"


def _number(row: SummaryRow) -> str:
    return f"№ {row.receipt.number}" if row.receipt else ""


def _replaces(row: SummaryRow) -> str:
    return f"вместо № {row.receipt.replaces}" if row.receipt and row.receipt.replaces else ""


COLUMNS: tuple[Column[SummaryRow], ...] = (
    Column("Организация", lambda row: row.sender.name, sort=lambda row: row.sender.order, second=lambda row: row.note),
    Column("Телефон", lambda row: row.sender.draft.telephone, width=160),
    Column("Сводка", _number, width=150, sort=lambda row: register.order(_number(row)), second=_replaces),
    Column(
        "Посчитана",
        lambda row: f"{row.receipt.counted_at:%d.%m.%Y}" if row.receipt else "",
        width=110,
        sort=lambda row: row.receipt.counted_at if row.receipt else datetime.min.replace(tzinfo=UTC),
    ),
    Column(
        "Принята",
        lambda row: f"{row.receipt.received_at.astimezone():%d.%m.%Y %H:%M}" if row.receipt else "",
        width=150,
        sort=lambda row: row.receipt.received_at if row.receipt else datetime.min.replace(tzinfo=UTC),
    ),
    Column("Состояние", lambda row: row.state, width=150, look=lambda row: row.look),
)
ANSWERS: tuple[Column[Answer], ...] = (
    Column(
        "Ответ",
        lambda answer: answer.state.label,
        width=190,
        look=lambda answer: _ANSWERS.get(answer.state, _REFUSED),
    ),
    Column("Организация и причина", lambda answer: answer.who or "Неизвестно, чья", second=lambda answer: answer.words),
    Column("Файл", lambda answer: answer.path.name, width=300, look=lambda _: Look(tone=Tone.MUTED)),
)
