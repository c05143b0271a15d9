"""Clocks that run ahead: what of their readings counts, and what is told of operations that wait because of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from profdesk.domain.exchange import AHEAD_MS, DESK
from profdesk.domain.plural import counted, word

AHEAD = timedelta(milliseconds=AHEAD_MS)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Correction:
    """What one computer did while its clock was wrong counts as done at another reading.

    Its operations are named by their numbers: a reading may come again, when the time it told has really come.
    """

    device: str
    after: int
    until: int
    psy_after: int
    psy_until: int
    counts_as: str

    def span(self, journal: str) -> tuple[int, int]:
        """Its operations of a journal: after a number, and until another."""
        return (self.after, self.until) if journal == DESK else (self.psy_after, self.psy_until)


def reading(corrections: Iterable[Correction], journal: str, device: str, number: int, clock: str) -> str:
    """The reading under which an operation counts: its own, or the least that corrections of its computer give it."""
    told = [clock]
    for one in corrections:
        after, until = one.span(journal)
        if one.device == device and after < number <= until:
            told.append(one.counts_as)
    return min(told)


@dataclass(frozen=True)
class Postponed:
    """Operations of a computer that wait, for its clock was ``ahead`` of this one's when they were made."""

    device: str
    name: str
    own: bool
    """Whether it is this computer itself: its operations stand, and wait on others."""
    count: int
    ahead: timedelta
    until: datetime
    """When the last of them is taken without more ado."""

    def told(self, *, elsewhere: bool = False) -> str:
        """The sentences for the user; ``elsewhere``: not on the page where something can be done about it."""
        there = " на странице «Обмен»" if elsewhere else ""
        records = counted(self.count, "запись", "записи", "записей")
        if self.own:
            return (
                f"Часы этого компьютера спешили или спешат на {ahead_told(self.ahead)}: {records} помечены временем, "
                "которое ещё не наступило, и на других компьютерах будут отложены. Проверьте дату и время компьютера и "
                f"выберите{there} «Считать сделанными сейчас»."
            )
        waits = word(self.count, "отложена и будет принята", "отложены и будут приняты", "отложены и будут приняты")
        return (
            f"Часы на компьютере «{self.name}» спешат на {ahead_told(self.ahead)}. {records[:1].upper()}{records[1:]} "
            f"{waits}, когда это время наступит. Если часы там уже поправлены или ждать нельзя, выберите{there} "
            "«Принять, считая сделанными сейчас». На этом компьютере теперь "
            f"{_moment(self.until + AHEAD - self.ahead)}: если это не так, поправьте сначала его часы."
        )


def ahead_told(ahead: timedelta) -> str:
    """«1 день 2 часа», «412 дней»: to the next hour, which is told only where there are few days."""
    ahead += _HOUR / 2
    days, hours = ahead // _DAY, ahead % _DAY // _HOUR
    told = [counted(days, "день", "дня", "дней")] if days else []
    if (hours and days < 7) or not days:
        told.append(counted(hours, "час", "часа", "часов"))
    return " ".join(told)


def corrected_told(by: str, ahead: timedelta) -> str:
    """What the computer itself is told once another has corrected its clock."""
    return (
        f"На компьютере «{by}» заметили, что часы этого компьютера спешат на {ahead_told(ahead)}, и поправка пришла с "
        "этим файлом, а часы всё те же. Проверьте дату и время компьютера."
    )


def behind_told() -> str:
    """What is told where several computers are ahead at once: then it is rather this one that is behind."""
    return (
        "Похоже, часы этого компьютера отстают: несколько других компьютеров показывают более позднее время. "
        "Проверьте его дату и время и примите изменения ещё раз."
    )


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%d.%m.%Y %H:%M}"
