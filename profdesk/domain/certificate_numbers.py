"""Numbers of certificates by the school's own pattern: «ПП-2026/0203» of «ПП-{год}/{номер:4}»."""

from __future__ import annotations

import re

from profdesk.errors import WrongInputError

USUAL = "{год}-{номер:4}"
_FIELD = re.compile(r"\{(год|номер)(?::([1-9]))?\}")
_LONGEST = 40


def check(pattern: str) -> None:
    """WrongInputError says what is the matter with a pattern; an empty one stands for the usual."""
    if not pattern:
        return
    rest = _FIELD.sub("", pattern)
    names = [name for name, _ in _FIELD.findall(pattern)]
    if "{" in rest or "}" in rest:
        raise WrongInputError("В скобках бывает только {год} и {номер}, с числом цифр так: {номер:4}.")
    if names.count("номер") != 1 or names.count("год") != 1:
        raise WrongInputError(
            "В образце номера нужны {год} и {номер}, по одному разу: номера каждый год идут с первого."
        )
    if len(pattern) > _LONGEST or any(not letter.isprintable() for letter in rest):
        raise WrongInputError(f"Образец номера длиннее {_LONGEST} знаков или в нём невидимые знаки.")


def number(pattern: str, year: int, sequence: int) -> str:
    """The number of the ``sequence``-th certificate of a calendar year."""

    def field(found: re.Match[str]) -> str:
        name, wide = found.groups()
        return f"{year if name == 'год' else sequence:0{wide or 1}d}"

    return _FIELD.sub(field, pattern or USUAL)
