"""Names of those whose ids stand in facts, as screens say them."""

from __future__ import annotations

from collections.abc import Mapping

from profdesk.domain.wording import NBSP

UNKNOWN = "неизвестный пользователь"


def short(names: Mapping[str, str], actor: str) -> str:
    """Surname and given name by an id: «Седова Ольга»."""
    return " ".join(names.get(actor, UNKNOWN).split()[:2])


def with_initials(names: Mapping[str, str], actor: str) -> str:
    """Surname and initials by an id, for narrow places: «Седова О. И.»; it does not part."""
    surname, *given = names.get(actor, UNKNOWN).split()[:3]
    return NBSP.join([surname, *(f"{part[0]}." for part in given)]) if actor in names else UNKNOWN
