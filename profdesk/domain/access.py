"""Who acts, in which roles, and how far the roles let them see: everybody or the pupils of their own classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a user may be in a workspace; the value is what the vault and the journal keep."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    PSYCHOLOGIST = "psychologist"
    TEACHER = "teacher"
    HEAD = "head"
    READER = "reader"

    @property
    def label(self) -> str:
        """As screens and papers name it, in the nominative."""
        return _LABELS[self]


_LABELS = {
    Role.OWNER: "владелец",
    Role.ADMINISTRATOR: "администратор",
    Role.COORDINATOR: "координатор",
    Role.PSYCHOLOGIST: "психолог",
    Role.TEACHER: "классный руководитель",
    Role.HEAD: "руководитель",
    Role.READER: "читатель",
}

PSYCHOLOGISTS = frozenset({Role.OWNER, Role.PSYCHOLOGIST})
"""Who holds the psychologists' key, and so may read what is diagnosed."""
SIGNERS = frozenset({Role.OWNER, Role.HEAD, Role.COORDINATOR})
"""Who holds the seal key, which unwraps the organisation's signing key."""


class Reach(StrEnum):
    """Whose records a verb may touch."""

    OWN = "own"
    """Those of the pupils and groups of the classes the user leads."""
    ALL = "all"


@dataclass(frozen=True)
class Actor:
    """The user on whose behalf a verb runs; ``id`` is the id of the vault's slot.

    ``reach`` is what the verb at hand was granted (``rights.granted``); None outside of verbs, where a user
    who only leads classes sees no more than those.
    """

    id: str
    name: str
    post: str
    roles: frozenset[Role]
    reach: Reach | None = None

    @property
    def sees_own_only(self) -> bool:
        """Whether records of other classes are to be kept from the user."""
        if self.reach is None:
            return self.roles <= {Role.TEACHER}
        return self.reach is Reach.OWN


@dataclass(frozen=True)
class NewUser:
    """The owner of a workspace to be made."""

    name: str
    post: str
    password: str = field(repr=False)
