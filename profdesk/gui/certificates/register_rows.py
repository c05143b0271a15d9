"""Issued certificates as the table shows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from profdesk.domain import register
from profdesk.domain.certificate_register import Issued, Standing
from profdesk.domain.people import fold
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone


def order(one: Issued) -> tuple[int, int, str]:
    """By their numbers: those that two computers gave alike stand beside each other, the first one's first."""
    return one.issued_on.year, one.sequence, register.order(one.number)


def _state(one: Issued) -> Look:
    if one.standing is Standing.WITHDRAWN:
        return Look("prohibit", Tone.BAD, chip=True)
    return Look("check-circle-fill", Tone.OK, chip=True)


def columns(names: Mapping[str, str]) -> tuple[Column[Issued], ...]:
    """The columns; ``names`` are those of users by id."""

    def who(one: Issued) -> str:
        return names.get(one.actor, "")

    return (
        Column("Номер", lambda one: one.number, width=130, sort=order),
        Column(
            "Кому",
            lambda one: one.pupil.full,
            sort=lambda one: fold(one.pupil.full),
            second=lambda one: one.whom,
        ),
        Column("Выдан", lambda one: f"{one.issued_on:%d.%m.%Y}", width=100, sort=lambda one: one.issued_on),
        Column("Кто выдал", who, width=230, sort=lambda one: fold(who(one))),
        Column(
            "Состояние", lambda one: one.state, width=170, sort=lambda one: one.withdrawn_on or date.min, look=_state
        ),
        Column(
            "Примечание", lambda one: one.note, sort=lambda one: fold(one.note), look=lambda _: Look(tone=Tone.MUTED)
        ),
    )
