"""The journal as people read it: acts of users, what each changed, whether the chain of hashes is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from profdesk.domain import plural
from profdesk.domain.deeds import DeedKind


class Area(StrEnum):
    """What a change is about; the value is what a filter is coded by."""

    PUPILS = "pupils"
    PORTFOLIO = "portfolio"
    DIAGNOSTICS = "diagnostics"
    CONSENTS = "consents"
    REGISTERS = "registers"
    PAPERS = "papers"
    USERS = "users"
    DEEDS = "deeds"
    HOUSE = "house"

    @property
    def label(self) -> str:
        """As the filter names it."""
        return _AREAS[self]


_AREAS = {
    Area.PUPILS: "Ученики и классы",
    Area.PORTFOLIO: "Портфолио и маршруты",
    Area.DIAGNOSTICS: "Диагностика",
    Area.CONSENTS: "Согласия и уничтожение",
    Area.REGISTERS: "Мероприятия и реестры",
    Area.PAPERS: "Сертификаты и сводки",
    Area.USERS: "Пользователи и права",
    Area.DEEDS: "Входы, печать, выгрузки",
    Area.HOUSE: "Настройки",
}


class Verb(StrEnum):
    """What happened to a record; the value is what the journal keeps."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"

    @property
    def label(self) -> str:
        """After the name of what was changed: «оценка: добавлено»."""
        return {Verb.INSERT: "добавлено", Verb.UPDATE: "изменено", Verb.DELETE: "удалено"}[self]


@dataclass(frozen=True)
class Part:
    """So many records of one table under one verb; ``table`` is its name, of a register the register's code."""

    table: str
    verb: Verb
    count: int


@dataclass(frozen=True)
class Done:
    """A deed that changed no record, and how many pupils or lines it was about."""

    kind: DeedKind
    title: str
    count: int


@dataclass(frozen=True)
class Act:
    """What one user did at once: a batch of the journal, of ``desk`` or of ``psy``.

    ``pupils`` are ids of some of those it was about, ``about`` how many they are in all, ``users`` ids of those whose
    rights it was about; ``reading`` is the clock's.
    """

    batch: str
    at: datetime
    actor: str
    device: str
    psy: bool
    parts: tuple[Part, ...]
    done: tuple[Done, ...]
    pupils: tuple[str, ...]
    about: int
    reading: str
    users: tuple[str, ...] = ()

    @property
    def operations(self) -> int:
        """How many records it changed."""
        return sum(part.count for part in self.parts)


@dataclass(frozen=True)
class Operation:
    """One change of one record; ``fields`` hold values before and after, and nothing where ``erased``."""

    number: int
    table: str
    verb: Verb
    pupil: str | None
    fields: Mapping[str, tuple[object, object]]
    erased: bool


@dataclass(frozen=True)
class Wanted:
    """Which acts to show: those of a user, about a pupil, of areas, within days; None and empty are all."""

    who: str | None = None
    pupil: str | None = None
    area: Area | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Found:
    """Acts, the latest first; ``more`` says that there are earlier ones."""

    acts: tuple[Act, ...]
    more: bool


@dataclass(frozen=True)
class Chain:
    """The check of one journal; ``broken_at`` is the number of the first operation that does not fit."""

    psy: bool
    operations: int
    broken_at: int | None

    @property
    def told(self) -> str:
        """What the check found, in a sentence."""
        name = "Журнал психологов" if self.psy else "Журнал"
        if self.broken_at is not None:
            return (
                f"{name} нарушен на записи № {self.broken_at}: она или то, что перед ней, изменены в обход программы."
            )
        return f"{name} цел: {plural.counted(self.operations, 'запись', 'записи', 'записей')}, цепочка сходится."
