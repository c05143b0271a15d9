"""Organisations as the table shows them, and how the states of keys look."""

from __future__ import annotations

from datetime import UTC, datetime

from profdesk.domain.people import fold
from profdesk.domain.senders import KeyState, Listed
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone

LOOKS = {
    KeyState.GOOD: Look("check-circle-fill", Tone.OK, chip=True),
    KeyState.WAITING: Look("clock", Tone.WARN, chip=True),
    KeyState.REVOKED: Look("prohibit", Tone.BAD, chip=True),
    KeyState.EXPIRED: Look("warning", Tone.WARN, chip=True),
}
_NONE = Look("minus-circle", Tone.MUTED, chip=True)
_ORDER = (KeyState.WAITING, None, KeyState.EXPIRED, KeyState.REVOKED, KeyState.GOOD)


def matches(one: Listed, words: str) -> bool:
    """Whether every word is somewhere in what is written of an organisation."""
    draft = one.sender.draft
    hay = fold(f"{draft.short_name} {draft.full_name} {draft.kind.label} {draft.telephone} {draft.note}")
    return all(word in hay for word in fold(words).split())


def _state(one: Listed) -> KeyState | None:
    return one.state(datetime.now(UTC))


def _words(one: Listed) -> str:
    state = _state(one)
    return "ключа нет" if state is None else state.label


def _look(one: Listed) -> Look:
    state = _state(one)
    return _NONE if state is None else LOOKS[state]


def _until(one: Listed) -> str:
    good = [key.info.valid_until for key in one.keys if key.state(datetime.now(UTC)) is KeyState.GOOD]
    return f"{max(good).astimezone():%d.%m.%Y}" if good else ""


COLUMNS: tuple[Column[Listed], ...] = (
    Column(
        "Организация",
        lambda one: one.sender.name,
        sort=lambda one: one.sender.order,
        second=lambda one: one.sender.draft.name,
    ),
    Column("Телефон", lambda one: one.sender.draft.telephone, width=170),
    Column("Ключ", _words, width=150, sort=lambda one: _ORDER.index(_state(one)), look=_look),
    Column("Действует до", _until, width=120, look=lambda _: Look(tone=Tone.MUTED)),
)
