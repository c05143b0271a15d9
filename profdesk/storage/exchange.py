"""Operations on their way between computers: what another has not seen, and what it sends."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, groupby
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from profdesk.domain import exchange_words
from profdesk.domain.access import Actor
from profdesk.domain.computers import Computer
from profdesk.domain.exchange import DESK, PSY, Chains, Vector
from profdesk.domain.exchange_rights import Refused
from profdesk.domain.exchange_state import Place
from profdesk.domain.progress import Progress, Report, counted, mute, saying, silent
from profdesk.errors import AccessError, WrongInputError
from profdesk.storage import (
    clock_corrections,
    collecting,
    exchange_authors,
    exchange_merge,
    exchange_part,
    exchange_people,
    exchange_plan,
    exchange_senders,
    exchange_undo,
    journal,
    mark,
)
from profdesk.storage.clock import HybridClock, reading_of
from profdesk.storage.clock_corrections import SCHEMAS
from profdesk.storage.computers import ComputerStore
from profdesk.storage.erasure_elsewhere import Elsewhere
from profdesk.storage.exchange_checks import FORKED, SPOILED
from profdesk.storage.exchange_merge import DIFFERENCES, Merged
from profdesk.storage.exchange_models import ComputerRow
from profdesk.storage.exchange_part import Part
from profdesk.storage.exchange_rows import JOURNALS, Contents, Rows, parts
from profdesk.storage.exchange_undo import Spans
from profdesk.storage.mark import Left
from profdesk.storage.models import AnyOperation
from profdesk.storage.quarantine import Quarantine

_TRAVELLING = (
    "id", "clock", "device", "actor", "batch", "verb", "table_name", "record", "fields", "previous", "hash", "number",
    "erased",
)  # fmt: skip
_BYTES_AT_ONCE = 20
_CHECKING, _JOURNALING, _WRITING = "Проверяем записи", "Пополняем журнал", "Вносим записи"
_DEEDS = "deed"
_OF_PSYCHOLOGISTS = "В этом файле были записи диагностики. Отменить приём может психолог."
_FOR_EVER = "Отменить приём нельзя: с этим файлом пришло уничтожение сведений, его не вернуть."
_BUILT_ON = (
    "Отменить приём нельзя: с тех пор принятое изменили, дополнили или приняли следующий файл. "
    "Отмените сначала то, что сделано позже, или исправьте сами записи."
)
_UNTOUCHED = Merged({}, {}, {})

Travelling = Mapping[str, Any]
"""An operation with its fields by the names of the journal's columns, ``fields`` as JSON text."""


@dataclass(frozen=True)
class Taken:
    """What a journal got that it had not: operations by computer as first and last number, and what became of rows.

    ``waiting`` are those, told in the same way, that came now and wait, for their computer's clock is ahead. ``span``
    are the first and last ``seq`` of those merged; how many those are, how many were ``known`` and are ``postponed``.
    """

    chains: Mapping[str, tuple[int, int]]
    merged: Merged
    waiting: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    span: tuple[int, int] | None = None
    known: int = 0
    operations: int = 0
    postponed: int = 0


class ExchangeStore:
    """The journals as they are sent and taken; nothing here knows of files or keys."""

    def __init__(self, session: Session, clock: HybridClock, *, psy: bool) -> None:
        self._session = session
        self._clock = clock
        self.names = (DESK, PSY) if psy else (DESK,)
        self._computers = ComputerStore(session, psy=psy)
        self.erased = Elsewhere(session)
        self._recounted: dict[str, Merged] = {}

    def known(self) -> Vector:
        """How far the chains are known here; of others', where this computer gets a part, as far as it gets them."""
        chains = {name: self._chains(JOURNALS[SCHEMAS[name]]) for name in self.names}
        if self._computers.gets_all:
            return chains
        own, seen = self._computers.own_chains, self._computers.seen(self._computers.own_id)
        return {
            name: {**seen.get(name, {}), **{device: last for device, last in chains[name].items() if device in own}}
            for name in self.names
        }

    @property
    def registers(self) -> Mapping[str, str]:
        """The code of the register that a table belongs to."""
        return exchange_plan.REGISTERS

    def refuse_gap(self, base: Vector) -> None:
        """WrongInputError where operations before those that follow ``base`` are not known here."""
        known = self.known()
        missing = sum(
            max(0, number - known[name].get(device, 0))
            for name in self.names
            for device, number in base.get(name, {}).items()
        )
        if missing:
            raise WrongInputError(exchange_words.gap(missing))

    def unseen(self, name: str, seen: Chains, to: Computer | None = None) -> Iterator[Travelling]:
        """The operations of a journal that a computer may get and that come after some numbers, in their order here.

        Those before as well that came into its reach since. A computer that gets a part itself sends what was done
        on it, for of others' chains it has not all.
        """
        kind = JOURNALS[SCHEMAS[name]]
        query = select(*(getattr(kind, one) for one in _TRAVELLING)).order_by(kind.seq)
        if not self._computers.gets_all:
            query = query.where(kind.device.in_(self._computers.own_chains))
        part = None if to is None or to.whole else Part(self._session, to, self._computers.pupils(to.id))
        if part is None or part.is_known:
            query = query.where(_after(kind, seen))
        for row in self._session.execute(query).yield_per(1_000):
            told = dict(row._mapping)
            if part is None or part.sends(told, is_new=told["number"] > seen.get(told["device"], 0)):
                yield told

    def waiting(self, name: str, seen: Chains, to: Computer, since: datetime | None = None) -> int:
        """How many operations ``unseen`` gives for a computer, but for deeds, which change no record.

        ``since``: only those of a later moment.
        """
        after = "" if since is None else reading_of(since)
        if not to.whole or not self._computers.gets_all:
            counting = (one for one in self.unseen(name, seen, to) if one["table_name"] != _DEEDS)
            return sum(1 for one in counting if one["clock"] > after)
        kind = JOURNALS[SCHEMAS[name]]
        query = select(func.count()).select_from(kind)
        query = query.where(_after(kind, seen), kind.table_name != _DEEDS, kind.clock > after)
        return self._session.scalar(query) or 0

    def roots(self, to: Computer) -> frozenset[str]:
        """What a computer that gets a part has all of, once it has taken what ``unseen`` gives for it."""
        had = self._computers.pupils(to.id)
        if to.whole or not self._computers.gets_all:
            return had
        found = Part(self._session, to, had).roots
        return found if PSY in self.names else exchange_part.without_psy(found, had)

    def contents(self, name: str, operations: Iterable[Travelling]) -> Contents:
        """The bytes that rows hold of which operations speak; those of tables that stay here are not among them."""
        rows = Rows(self._session, SCHEMAS[name])
        places = {(one["table_name"], one["record"]) for one in operations}
        return rows.contents(rows.there(place for place in places if place[0] not in exchange_plan.STAYS))

    def contents_in_parts(self, name: str, places: Iterable[Place]) -> Iterator[Contents]:
        """The same for rows by their places, so many at a time that they go into memory."""
        rows = Rows(self._session, SCHEMAS[name])
        for part in parts(sorted(place for place in places if place[0] not in exchange_plan.STAYS), _BYTES_AT_ONCE):
            yield rows.contents(part)

    def pupils(self, merged: Iterable[Merged], actor: Actor) -> Sequence[str]:
        """Full names of the pupils whose rows are not as they were, as far as the user may see pupils."""
        return exchange_people.names(self._session, merged, actor)

    def differences(self) -> frozenset[Place]:
        """The records some field of which was overwritten unseen."""
        found: set[Place] = set()
        for name in self.names:
            kind = DIFFERENCES[SCHEMAS[name]]
            found.update(
                (table, record) for table, record in self._session.execute(select(kind.table_name, kind.record))
            )
        return frozenset(found)

    def refused(self, name: str, operations: Iterable[Travelling], progress: Progress) -> Refused | None:
        """The first of operations that its actor had no right to; WrongInputError for one that no program writes."""
        return exchange_authors.refused(self._session, SCHEMAS[name], operations, progress)

    def beyond_reach(self, operations: Sequence[Travelling], sender: Computer) -> Refused | None:
        """The first of operations from a computer that gets a part which is about nobody of its author's classes."""
        if sender.whole or not self._computers.gets_all:
            return None
        return exchange_authors.beyond_reach(self._session, operations, sender)

    def can_send(self, name: str, operations: Sequence[Travelling], sender: Computer) -> bool:
        """Whether all of some operations can be of that computer, as it is known by now."""
        return exchange_senders.can_send(self._session, SCHEMAS[name], operations, self._computers.get(sender.id))

    @collecting.put_off()
    def take(self, name: str, operations: Iterable[Travelling], contents: Contents, report: Report = mute) -> Taken:
        """Merge into a journal what it has not got of these; WrongInputError if they do not follow what is there.

        From the first one on that is more than a day ahead of this computer's clock, what a computer has done waits;
        what waited already is merged as soon as it may be, so nothing at all may be given as well. What ``desk``'s
        journal says of clocks has to be taken before ``psy``'s.
        """
        kind, schema = JOURNALS[SCHEMAS[name]], SCHEMAS[name]
        quarantine, before = Quarantine(self._session, schema), self._last(kind)
        given = list(operations)
        waited, kept = quarantine.all()
        come = self._fresh(kind, [*waited, *given], saying(report, _CHECKING))
        fresh, waiting = clock_corrections.parted(self._session, name, list(come), clock_corrections.limit(self._clock))
        if waited or waiting:
            quarantine.put(waiting, contents := {**kept, **contents})
        Rows(self._session, schema).journal(fresh, saying(report, _JOURNALING))
        places = {(one["table_name"], one["record"]) for one in fresh if one["table_name"] not in exchange_plan.STAYS}
        span = (before + 1, self._last(kind)) if fresh else None
        merged = self.erased.follow(schema, fresh, self._settled(name, places, contents, saying(report, _WRITING)))
        if fresh and (greatest := clock_corrections.greatest_reading(self._session, [name])):
            self._clock.follow(greatest)
        there = {(one["device"], one["number"]) for one in waited}
        come_to_wait = [one for one in waiting if (one["device"], one["number"]) not in there]
        known = len(given) - sum((one["device"], one["number"]) not in there for one in (*fresh, *waiting))
        return Taken(_chains(fresh), merged, _chains(come_to_wait), span, known, len(fresh), len(come_to_wait))

    def refuse_undo(self, spans: Spans) -> None:
        """WrongInputError where what was taken in cannot be taken out again."""
        if spans.keys() - set(self.names):
            raise AccessError(_OF_PSYCHOLOGISTS)
        found = {name: exchange_undo.brought(self._session, name, span) for name, span in spans.items()}
        if any(one.is_for_ever for one in found.values()):
            raise WrongInputError(_FOR_EVER)
        if exchange_undo.is_built_on(self._session, self.names, spans, found):
            raise WrongInputError(_BUILT_ON)

    def left(self, spans: Spans) -> Left | None:
        """What marks of psy's journal are to know before ``take_out``; None where it stays whole."""
        return mark.left(self._session.connection(), PSY, spans[PSY][0]) if PSY in spans else None

    def files(self, name: str, span: tuple[int, int]) -> frozenset[str]:
        """The SHA-256 of the kept files that operations of a span may speak of."""
        return exchange_undo.brought(self._session, name, span).files

    def take_out(self, name: str, span: tuple[int, int]) -> Merged:
        """Let a journal be as if the operations of a span had never come; ``refuse_undo`` is asked before."""
        found = exchange_undo.brought(self._session, name, span)
        exchange_undo.take_out(self._session, name, span)
        return self._settled(name, {place for place in found.places if place[0] not in exchange_plan.STAYS}, {})

    def forget_waiting(self, device: str) -> None:
        """Drop what waits of a computer because of its clock; it comes again with the next file.

        Nothing counts any more by a correction that is gone.
        """
        for name in self.names:
            Quarantine(self._session, SCHEMAS[name]).forget({device: 1})
            self._settled(name, set(), {}, anew=True)

    def release(self) -> Sequence[Taken]:
        """Merge what has waited because of a clock and may be merged now."""
        return [self.take(name, (), {}) for name in self.names]

    def _settled(
        self, name: str, places: set[Place], contents: Contents, progress: Progress = silent, *, anew: bool = False
    ) -> Merged:
        """Let stand what stands now: of clocks first, since by them it is told what is later than what.

        What a correction does to another journal is done with it, and told when that one is taken.
        """
        schema, found = SCHEMAS[name], self._recounted.pop(name, _UNTOUCHED)
        told = {place for place in places if place[0] == clock_corrections.TABLE}
        if told:
            found = found.joined(exchange_merge.settle(self._session, schema, told, contents))
            others = [other for other in self.names if other != name]
            self._recounted = {other: self._settled(other, set(), {}, anew=True) for other in others}
        counting_anew = clock_corrections.recount(self._session, name, anew=anew or bool(told))
        merged = exchange_merge.settle(self._session, schema, (places - told) | counting_anew, contents, progress)
        if counting_anew:
            clock_corrections.reorder(self._session, name, counting_anew)
            self._clock.restart(clock_corrections.greatest_reading(self._session, self.names))
        return merged.joined(found)

    def _fresh(
        self, kind: type[AnyOperation], operations: Sequence[Travelling], progress: Progress
    ) -> Iterator[Travelling]:
        """Those that are not known, by computer and number."""
        for one in counted(operations, progress):
            if one["fields"] != journal.EMPTIED if one["erased"] else journal.hash_of(one) != one["hash"]:
                raise WrongInputError(SPOILED)
        if self._computers.gets_all and not any(self._joins_in_part(one) for one in operations):
            return self._following(kind, operations)
        own = self._computers.own_id
        return chain(
            self._following(kind, (one for one in operations if one["device"] == own)),
            self._unknown(kind, [one for one in operations if one["device"] != own]),
        )

    def _joins_in_part(self, one: Travelling) -> bool:
        """Whether an operation makes this very computer one that gets a part."""
        if one["table_name"] != ComputerRow.__tablename__ or one["record"] != self._computers.own_id:
            return False
        fields: Mapping[str, Sequence[Any]] = json.loads(one["fields"])
        return fields.get("whole", (None, None))[1] is False

    def _unknown(self, kind: type[AnyOperation], operations: Sequence[Travelling]) -> Iterator[Travelling]:
        """Those that are not known, of chains that are known in part: each stands by itself."""
        known: dict[tuple[str, int], str] = {}
        for device in sorted({one["device"] for one in operations}):
            query = select(kind.number, kind.hash).where(kind.device == device)
            known.update(((device, number), found) for number, found in self._session.execute(query))
        for one in sorted(operations, key=_by_place):
            there = known.setdefault(place := (one["device"], one["number"]), "")
            if there and there != one["hash"]:
                raise WrongInputError(FORKED)
            if not there:
                known[place] = one["hash"]
                yield one

    def _following(self, kind: type[AnyOperation], operations: Iterable[Travelling]) -> Iterator[Travelling]:
        """Those that are not known, each after its forerunner; the last known one proves all before it."""
        ordered, own = sorted(operations, key=_by_place), self._computers.own_id
        for device, of_device in groupby(ordered, key=lambda one: str(one["device"])):
            head = self._head(kind, device)
            all_of = list(of_device)
            known = [one for one in all_of if one["number"] <= head.number]
            if known:
                self._check_same(kind, known[-1])
            for one in all_of[len(known) :]:
                if one["number"] == head.number and one["hash"] == head.hash:
                    continue
                if one["number"] > head.number + 1:
                    raise WrongInputError(exchange_words.gap(one["number"] - head.number - 1))
                if device == own or one["number"] <= head.number or one["previous"] != head.hash:
                    raise WrongInputError(FORKED)
                head = journal.Link(one["number"], one["hash"])
                yield one

    def _last(self, kind: type[AnyOperation]) -> int:
        return self._session.scalar(select(func.max(kind.seq))) or 0

    def _head(self, kind: type[AnyOperation], device: str) -> journal.Link:
        query = select(kind.number, kind.hash).where(kind.device == device).order_by(kind.number.desc()).limit(1)
        row = self._session.execute(query).first()
        return journal.Link(0, journal.FIRST) if row is None else journal.Link(row.number, row.hash)

    def _check_same(self, kind: type[AnyOperation], one: Travelling) -> None:
        query = select(kind.hash).where(kind.device == one["device"], kind.number == one["number"])
        if self._session.scalar(query) not in (None, one["hash"]):
            raise WrongInputError(FORKED)

    def _chains(self, kind: type[AnyOperation]) -> dict[str, int]:
        query = select(kind.device, func.max(kind.number).label("last")).group_by(kind.device)
        return {row.device: row.last for row in self._session.execute(query)}


def _by_place(one: Travelling) -> tuple[str, int, bool]:
    """By computer and number; of two that are one, the one that was emptied first."""
    return one["device"], one["number"], one["erased"] is None


def _chains(operations: Iterable[Travelling]) -> Mapping[str, tuple[int, int]]:
    """First and last number by computer, of operations by computer and number."""
    chains: dict[str, tuple[int, int]] = {}
    for one in operations:
        first, _ = chains.get(one["device"], (one["number"], 0))
        chains[one["device"]] = first, one["number"]
    return chains


def _after(kind: type[AnyOperation], seen: Chains) -> ColumnElement[bool]:
    later = [and_(kind.device == device, kind.number > number) for device, number in seen.items()]
    return or_(kind.device.not_in(seen), *later)


def packed(operations: Sequence[Travelling]) -> bytes:
    """Operations as a file of exchange holds them."""
    return json.dumps([[one[name] for name in _TRAVELLING] for one in operations], ensure_ascii=False).encode()


def unpacked(data: bytes) -> Sequence[Travelling]:
    """Read ``packed`` back; WrongInputError for anything else."""
    try:
        found = json.loads(data)
        if all(map(_is_sound, found)):
            return [dict(zip(_TRAVELLING, one, strict=True)) for one in found]
    except (ValueError, TypeError, RecursionError):
        pass
    raise WrongInputError(SPOILED)


def _is_sound(values: Sequence[Any]) -> bool:
    *texts, number, erased = values
    return {*map(type, texts)} == {str} and type(number) is int and number > 0 and isinstance(erased, str | None)
