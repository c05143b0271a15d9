"""Who acts. For now one owner holds every role; every service verb already takes the actor."""

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


PSYCHOLOGISTS = frozenset({Role.OWNER, Role.PSYCHOLOGIST})
"""Who holds the psychologists' key, and so may read what is diagnosed."""


@dataclass(frozen=True)
class Actor:
    """The user on whose behalf a verb runs; ``id`` is the id of the vault's slot."""

    id: str
    name: str
    post: str
    roles: frozenset[Role]


@dataclass(frozen=True)
class NewUser:
    """The owner of a workspace to be made."""

    name: str
    post: str
    password: str = field(repr=False)
