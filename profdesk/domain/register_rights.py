"""Which right opens a register: what it speaks of says who may read and who may keep it."""

from __future__ import annotations

from profdesk.domain.register import Register
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS
from profdesk.domain.registers_of_work import (
    DEMAND,
    INSTITUTIONS,
    LESSONS,
    OWN_TYPES,
    PROFESSIONS,
    SPECIALITIES,
    TRIALS,
)
from profdesk.domain.rights import Right

_OPEN = frozenset(one.code for one in (PROFESSIONS, DEMAND, INSTITUTIONS, SPECIALITIES, TRIALS, LESSONS, OWN_TYPES))
"""What the world of work offers is nobody's secret; whom to call at a partner's is the school's affair."""


def reading(register: Register) -> Right:
    """The right to read a register, and to open the files of its entries."""
    if register.is_of_pupils:
        return Right.PORTFOLIO_READ if register.code == ACHIEVEMENTS.code else Right.CHOICES_READ
    return Right.HOUSE_READ if register.code in _OPEN else Right.REGISTERS_READ


def writing(register: Register) -> Right:
    """The right to write entries of a register, and to take in a table of them."""
    if register.is_of_pupils:
        return Right.PORTFOLIO_WRITE if register.code == ACHIEVEMENTS.code else Right.CHOICES_WRITE
    return Right.LESSONS_WRITE if register.code == LESSONS.code else Right.REGISTERS_WRITE
