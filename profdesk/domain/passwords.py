"""What a password has to be, wherever the program takes a new one."""

from __future__ import annotations

import unicodedata

from profdesk.errors import WrongInputError

_SHORTEST = 8


def checked(password: str) -> str:
    """The one form of a new password; WrongInputError if it is too short."""
    one = normal(password)
    if len(one) < _SHORTEST:
        raise WrongInputError(f"Пароль короче {_SHORTEST} знаков. Возьмите длиннее: подойдёт фраза.")
    return one


def normal(password: str) -> str:
    """The one form of a password (NFC), however the keyboard composed its letters."""
    return unicodedata.normalize("NFC", password)
