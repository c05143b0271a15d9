"""Names of files that every system takes, Windows too."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from profdesk.domain.people import PersonName
from profdesk.errors import WrongInputError

USUAL = "{класс} {фамилия} {имя}"
_TOLD = "{класс}, {фамилия}, {имя}, {отчество}, {номер}"
_FIELD = re.compile(r"\{(\w+)\}")
_KNOWN = frozenset(_FIELD.findall(_TOLD))
_APART = frozenset({"фамилия", "номер"})
_LONGEST = 120
_FORBIDDEN = re.compile(r'[:*?"<>|«»\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)", re.IGNORECASE)


def tidy(words: str) -> str:
    """Words as the name of a file without its ending; «файл» if nothing is left of them."""
    name = " ".join(_FORBIDDEN.sub("", re.sub(r"[/\\]", "-", words)).split())[:_LONGEST].strip(" .")
    return f"{name}_" if _DEVICES.fullmatch(name.partition(".")[0].strip()) else name or "файл"


def check(pattern: str) -> None:
    """WrongInputError says what is the matter with a pattern of names that are to differ from pupil to pupil."""
    fields = set(_FIELD.findall(pattern))
    if fields - _KNOWN or set("{}") & set(_FIELD.sub("", pattern)):
        raise WrongInputError(f"В скобках бывает только {_TOLD}.")
    if not fields & _APART:
        raise WrongInputError("В имени файла нужна {фамилия} или {номер}: иначе файлы не различить.")


def filled(pattern: str, name: PersonName, group: str, number: str, ending: str = ".pdf") -> str:
    """The name of a pupil's file, with its ending whether the pattern has .pdf or not."""
    values: Mapping[str, str] = {
        "класс": group,
        "фамилия": name.surname,
        "имя": name.given,
        "отчество": name.patronymic or "",
        "номер": number,
    }
    words = re.sub(r"\.(pdf|docx)\s*$", "", pattern, flags=re.IGNORECASE)
    return f"{tidy(_FIELD.sub(lambda found: values[found[1]], words))}{ending}"


def free(name: str, taken: Collection[str]) -> str:
    """The name, or with a count before its ending if it is among those ``taken`` (folded, as Windows compares)."""
    stem, dot, ending = name.rpartition(".")
    tries = (name if count == 1 else f"{stem} ({count}){dot}{ending}" for count in range(1, len(taken) + 2))
    return next(one for one in tries if one.casefold() not in taken)
