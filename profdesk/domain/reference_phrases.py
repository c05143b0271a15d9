"""What stages become in the text of a reference: a file of phrases that belongs to a programme.

The shipped files say in their head what a phrase must be like; a test holds them to it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Phrases:
    """The words of one competency: ``stages`` from the lowest on, ``grown`` after «по сравнению с…»."""

    name: str
    stages: tuple[str, ...]
    grown: str


@dataclass(frozen=True)
class PhraseBook:
    """Phrases by the codes of a competency set and a competency; ``leads`` go before those of a stage, in turn."""

    leads: tuple[tuple[str, ...], ...] = ()
    sets: Mapping[str, Mapping[str, Phrases]] | None = None

    def of(self, competency_set: str, code: str) -> Phrases | None:
        """The words of a competency, None for one that the file does not know."""
        return (self.sets or {}).get(competency_set, {}).get(code)


def parse(text: str) -> PhraseBook:
    """Read a file of phrases; a set that ``continues`` another one has its words."""
    raw = tomllib.loads(text)
    leads = tuple(tuple(some) for some in raw.pop("leads"))
    own = {name: _set(table) for name, table in raw.items() if "continues" not in table}
    continued = {name: own[table["continues"]] for name, table in raw.items() if "continues" in table}
    return PhraseBook(leads, own | continued)


def _set(table: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Phrases]:
    return {code: Phrases(one["name"], tuple(one["stages"]), one["grown"]) for code, one in table.items()}
