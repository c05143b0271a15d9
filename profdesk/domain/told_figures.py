"""Figures of indicators that an organisation's own records cannot answer: what it was told, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from profdesk.domain.programme import Indicator
from profdesk.errors import WrongInputError

NUMBERS, PRESENCE = "manual", "manual_presence"
"""The measures of such indicators: so many of so many, or whether the organisation has something (1 of 1)."""
MEASURES = frozenset({NUMBERS, PRESENCE})
_MOST = 1_000_000
_LONGEST = 300


@dataclass(frozen=True)
class ToldFigure:
    """What was told of an indicator (its code) in a school year; ``actor`` is the id of the user who wrote it."""

    indicator: str
    numerator: int
    denominator: int
    source: str
    actor: str
    recorded_at: datetime


def check(indicator: Indicator, numerator: int, denominator: int) -> None:
    """WrongInputError says what is the matter with a figure."""
    if indicator.rule.measure not in MEASURES:
        raise WrongInputError(f"«{indicator.title}»: этот показатель программа считает сама.")
    if indicator.rule.measure == PRESENCE and (denominator != 1 or numerator not in (0, 1)):
        raise WrongInputError("Здесь отвечают, есть это или нет.")
    if numerator < 0 or denominator < 0:
        raise WrongInputError("Число не бывает меньше нуля.")
    if numerator > denominator:
        raise WrongInputError(f"Числитель больше знаменателя: {numerator} из {denominator}. Проверьте, кто из кого.")
    if denominator > _MOST:
        raise WrongInputError(f"Больше {_MOST} быть не может. Проверьте знаменатель.")


def check_source(source: str) -> None:
    """WrongInputError if it does not say who told a figure."""
    if not source.strip():
        raise WrongInputError("Напишите, откуда это известно: например, «Письмо колледжа от 12.11.2026».")
    if len(source) > _LONGEST:
        raise WrongInputError(f"Источник длиннее {_LONGEST} знаков. Напишите короче: кто сообщил и когда.")
