"""The computers that work on an organisation's records, each with its own identity and keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class Computer:
    """A computer as the journal knows it; the id names its chains."""

    id: str
    name: str
    person: str | None
    """The id of the user for whom it was added; None for the first one."""
    series: str
    """What its numbers of papers end in; empty for the first one."""
    whole: bool
    """Whether it gets all records, and not only those that its person's rights reach."""
    verifying_key: str
    address: str
    psy_address: str | None
    added_at: datetime
    stopped_at: datetime | None = None
    replaced_by: str | None = None
    """The id that it took when older records were put in the place of its own; its files may still come under this."""

    @property
    def gets_psy(self) -> bool:
        """Whether what only psychologists may read is sent to it."""
        return self.psy_address is not None


def renewed(own: Computer, others: Iterable[Computer], fresh: str, now: datetime) -> Computer:
    """The same computer under a fresh id, once some of what it did is lost to it.

    Its numbers of papers end otherwise, so that none is given that a lost paper bears, nor one that it gave after a
    former loss of which it knows no more: «К2-В2611-1542» since November 26, 15:42.
    """
    stem = f"{own.series}-" if own.series else ""
    series, taken = f"{stem}В{now.astimezone():%d%m-%H%M}", {one.series for one in others}
    names = (series, *(f"{series}-{again}" for again in range(2, len(taken) + 3)))
    return replace(own, id=fresh, series=next(one for one in names if one not in taken), replaced_by=None)


def is_series_of(former: str, fresh: str) -> bool:
    """Whether numbers of papers that end so can be of a computer that was known by another series, or by this one."""
    return fresh == former or fresh.startswith(f"{former}-В" if former else "В")


_COME = "Появятся компьютеры: {}. Если их никто не присоединял, не принимайте файл."
_OF_PSY = (
    "Им станут отправлять и данные психологов: {}. Если вы об этом не знаете, спросите психолога, прежде чем принять."
)
_OTHER_KEYS = "Другими станут ключи компьютеров: {}. Если вы об этом не знаете, спросите там, прежде чем принять файл."


def outlook(before: Iterable[Computer], after: Iterable[Computer]) -> Sequence[str]:
    """What has to be known of computers before a file is taken in: whoever forges one could be sent everything."""
    there = {one.id: one for one in before}
    keys = {one.verifying_key for one in there.values()}
    now = list(after)
    come = [one for one in now if one.id not in there and one.verifying_key not in keys]
    known = [(there[one.id], one) for one in now if one.id in there]
    psy = [*(one for one in come if one.gets_psy), *(one for was, one in known if one.gets_psy and not was.gets_psy)]
    other = [
        one
        for was, one in known
        if (was.verifying_key, was.address) != (one.verifying_key, one.address)
        or (was.psy_address is not None and was.psy_address != one.psy_address)
    ]
    named = ((_COME, come), (_OF_PSY, psy), (_OTHER_KEYS, other))
    return [words.format(", ".join(f"«{one.name}»" for one in found)) for words, found in named if found]


@dataclass(frozen=True)
class Peer:
    """How exchange with another computer stands."""

    computer: Computer
    person: str
    """The name of its user; empty for the first computer."""
    sent_at: datetime | None
    confirmed: bool
    """Whether it has said that it took what was sent last."""
    taken_at: datetime | None
    waiting: int
    """How many operations known here it has neither been sent nor made known itself."""


@dataclass(frozen=True)
class Standing:
    """This computer and the others."""

    own: Computer | None
    """None while there is no other."""
    peers: tuple[Peer, ...]
