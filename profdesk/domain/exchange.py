"""What computers without a network send one another: files for one receiver each, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from profdesk.domain import plural
from profdesk.domain.computers import Computer

FORMAT = 1
SUFFIX = ".profdesk"
AHEAD_MS = 24 * 60 * 60 * 1000
"""How far ahead of this computer's clock another's may be; what is further is not merged until it is looked at."""

DESK, PSY = "desk", "psy"
"""The names of the two journals in files of exchange."""

Chains = Mapping[str, int]
"""The last known number of each computer's chain in a journal."""
Vector = Mapping[str, Chains]
"""The same by journal."""


class Kind(StrEnum):
    """What a file of exchange is; the value stands in its head."""

    WORKSPACE = "workspace"
    """The records with which another computer begins."""
    CHANGES = "changes"
    """What the receiver has not seen."""


@dataclass(frozen=True)
class Head:
    """What is open in a file of exchange: for whom it is and who made it, nothing of what is inside."""

    kind: Kind
    workspace: str
    """The id that the workspaces of one organisation share."""
    sender: str
    receiver: str
    schema: str
    """The revision of the tables of the program that made it."""
    program: str
    made_at: str
    lock: str = ""
    """Of a workspace package: the new computer's own secrets, encrypted by the code that is told apart from it."""


@dataclass(frozen=True)
class Manifest:
    """What a file with changes says of itself to its receiver.

    ``seen`` is how far the sender knows the chains, ``base`` how far the receiver knew them by what the sender had
    been told: the operations inside follow that. ``counts`` are those operations by journal.
    """

    seen: Vector
    base: Vector
    counts: Mapping[str, int]
    files: int
    pupils: frozenset[str]
    """Roots (``storage.exchange_part``): what the sender has all of, if it gets a part; from one that gets everything
    to one that gets a part, what the receiver has all of after this file."""
    whole: bool


@dataclass(frozen=True)
class Count:
    """How many records of one sort are new, otherwise than before, and gone."""

    title: str
    made: int
    changed: int
    gone: int


@dataclass(frozen=True)
class Preview:
    """What accepting a file does, or has done; operations that were here already are ``known``.

    ``sealed`` are parts that only a psychologist at this computer can open: they wait for one.
    """

    head: Head
    sender: Computer
    counts: Sequence[Count]
    pupils: Sequence[str]
    """Full names of pupils of whom something changes, as far as the user may see them."""
    operations: int
    known: int
    postponed: int
    sealed: int
    differences: int
    """How many records had a field overwritten that somebody else has put otherwise, unseen."""
    files: int
    warnings: Sequence[str] = ()
    """What is to be said of clocks, this computer's and others', and of users who come in here."""

    @property
    def is_known(self) -> bool:
        """Whether nothing in it is new."""
        return not self.operations and not self.postponed

    @property
    def told(self) -> str:
        """What is in it, in sentences."""
        new = plural.counted(self.operations, "новая запись", "новые записи", "новых записей")
        sentences = [
            "Всё это уже принято." if self.is_known else f"В файле {new}, уже известных: {self.known}.",
            f"Отложено из-за часов: {self.postponed}." if self.postponed else "",
            f"Записи диагностики ({self.sealed}) примет психолог: он откроет тот же файл." if self.sealed else "",
        ]
        return " ".join(one for one in sentences if one)


@dataclass(frozen=True)
class Sent:
    """A file of changes that was written: how much is in it."""

    computer: Computer
    operations: int
    files: int


@dataclass(frozen=True)
class Accepted:
    """A file of changes that was taken in; ``package`` is None where nothing in it was new."""

    package: str | None
    preview: Preview
    people: str = ""
    """What became of users of this computer, in sentences."""


@dataclass(frozen=True)
class Package:
    """A file with changes that was sent or taken, as this computer keeps it.

    ``spans`` are the first and last place of what a taken one brought, by journal.
    """

    id: str
    device: str
    taken: bool
    sha256: str
    spans: Mapping[str, tuple[int, int]]
    operations: int
    files: int
    counts: Sequence[Count]
    actor: str
    moment: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True)
class Exchanged:
    """A line of the history of exchange, with names in place of ids."""

    package: Package
    computer: str
    person: str
    people: str = ""
    """What became of users of this computer when it was taken back, in sentences."""

    @property
    def can_be_undone(self) -> bool:
        """Whether it was taken in and stands; something built on it since may forbid it all the same."""
        return self.package.taken and self.package.undone_at is None

    @property
    def title(self) -> str:
        """What was done, as a line of history says it."""
        told = plural.counted(self.package.operations, "запись", "записи", "записей")
        return f"Принято: {self.computer}, {told}" if self.package.taken else f"Отправлено: {self.computer}, {told}"
