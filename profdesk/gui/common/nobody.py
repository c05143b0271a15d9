"""What an empty page says where there is no class: what to do, or whom to ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.domain import rights
from profdesk.domain.access import Reach
from profdesk.domain.rights import Right
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState

_NO_CLASS = "Класс вам пока не назначен"
_WHO_GIVES = "Попросите координатора или администратора назначить вам класс: после этого он появится здесь."
_WHO_LOADS = "Списки классов загружает координатор."


def say_nobody(
    desk: Desk,
    empty: EmptyState,
    icon: str,
    fact: str,
    advice: str,
    verb: str = "",
    lines: Sequence[tuple[str, str]] = (),
) -> None:
    """Advise who may load class lists and offer the verb; tell others who loads them, or who gives classes."""
    if desk.may(Right.PUPILS_WRITE):
        empty.set_content(icon, fact, advice, lines)
        empty.set_buttons(verb)
        return
    leads_only = rights.reach(desk.actor.roles, Right.PUPILS_READ) is Reach.OWN
    empty.set_content(icon, *((_NO_CLASS, _WHO_GIVES) if leads_only else (fact, _WHO_LOADS)))
    empty.set_buttons("")
