"""Names of those whose ids stand in facts, as screens say them."""

from __future__ import annotations

from collections.abc import Mapping

UNKNOWN = "неизвестный пользователь"


def short(names: Mapping[str, str], actor: str) -> str:
    """Surname and given name by an id: «Седова Ольга»."""
    return " ".join(names.get(actor, UNKNOWN).split()[:2])
