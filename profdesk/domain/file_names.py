"""Names of files that every system takes, Windows too."""

from __future__ import annotations

import re

_LONGEST = 120
_FORBIDDEN = re.compile(r'[:*?"<>|«»\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)", re.IGNORECASE)


def tidy(words: str) -> str:
    """Words as the name of a file without its ending; «файл» if nothing is left of them."""
    name = " ".join(_FORBIDDEN.sub("", re.sub(r"[/\\]", "-", words)).split())[:_LONGEST].strip(" .")
    return f"{name}_" if _DEVICES.fullmatch(name.partition(".")[0].strip()) else name or "файл"
