"""Russian words after numbers: 1 ученик, 2 ученика, 5 учеников."""

from __future__ import annotations


def word(number: int, one: str, few: str, many: str) -> str:
    """The form of a word that stands after a number."""
    tens, ones = number % 100 // 10, number % 10
    if tens == 1 or ones == 0 or ones > 4:
        return many
    return one if ones == 1 else few


def counted(number: int, one: str, few: str, many: str) -> str:
    """The number with the word after it."""
    return f"{number} {word(number, one, few, many)}"
