"""Copies of a whole workspace: what each is and holds, which are kept, and when another one is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from profdesk.domain.mark import Head, Heads

DUE, LATE = 7, 30
"""Days: what was entered in a week can be entered again from paper and memory, what was in a month cannot."""
DAYS, WEEKS, MONTHS = 7, 4, 12
"""How many days, weeks and months that have copies keep one each."""
LAST = 3
"""The newest copies are kept whatever their day: several sessions of one day are told apart by them."""
KEPT = timedelta(days=366)
"""However a copy came to be, it goes after that: what was erased must not lie in copies for ever."""
TRIAL_EVERY = timedelta(days=30)


class CopyKind(StrEnum):
    """Why a copy was made; the value is what its manifest keeps."""

    ASKED = "asked"
    SESSION = "session"
    DAY = "day"
    UPDATE = "update"
    RESTORE = "restore"

    @property
    def label(self) -> str:
        """As the list of copies names it."""
        return _LABELS[self]


_LABELS = {
    CopyKind.ASKED: "по просьбе",
    CopyKind.SESSION: "после работы",
    CopyKind.DAY: "за день",
    CopyKind.UPDATE: "перед обновлением",
    CopyKind.RESTORE: "перед восстановлением",
}
_SCHEDULED = frozenset({CopyKind.SESSION, CopyKind.DAY})


@dataclass(frozen=True)
class Holdings:
    """What a copy holds, counted in it after it was written; ``sessions`` only if whoever made it may read them."""

    pupils: int
    assessments: int
    sessions: int | None


@dataclass(frozen=True)
class Copy:
    """A copy in its folder, ``size`` in bytes; one made before manifests were written tells no more than that."""

    folder: Path
    made_at: datetime
    size: int
    why: str
    kind: CopyKind
    workspace: str = ""
    holds: Holdings | None = None
    heads: Heads | None = None
    number: int = 0
    """Copies are numbered as they are made, since a computer's clock may go back."""

    @property
    def automatic(self) -> bool:
        """Whether the program made it by itself."""
        return self.kind is not CopyKind.ASKED

    @property
    def last(self) -> Head | None:
        """The last record it holds."""
        return self.heads.desk if self.heads else None


@dataclass(frozen=True)
class Trial:
    """A trial restore: of which copy, when, and what came of it in a sentence."""

    copy: str
    at: datetime
    whole: bool
    told: str


@dataclass(frozen=True)
class Failure:
    """A copy that was due and could not be made."""

    at: datetime
    told: str


@dataclass(frozen=True)
class Difference:
    """What restoring a copy would leave behind: journaled changes since it, by what they were made to.

    ``known`` is whether the copy is an earlier state of this very workspace, so that they can be counted.
    ``returning`` are names of users removed since whom it brings back, as nobody else in it could keep users.
    """

    known: bool
    count: int
    since: datetime | None
    until: datetime | None
    by_table: Mapping[str, int]
    returning: tuple[str, ...] = ()

    def parts(self) -> tuple[str, ...]:
        """Counts in words, the most first: «оценки: 120»."""
        found: Counter[str] = Counter()
        for table, count in self.by_table.items():
            found[_TABLES.get(table, "прочее")] += count
        return tuple(f"{label}: {count}" for label, count in found.most_common())


_TABLES = {
    "pupil": "ученики и классы",
    "enrolment": "ученики и классы",
    "study_group": "ученики и классы",
    "assessment": "портфолио",
    "note": "портфолио",
    "evidence": "портфолио",
    "pupil_file": "портфолио",
    "pupil_file_record": "портфолио",
    "consent": "согласия",
    "activity": "мероприятия",
    "activity_group": "мероприятия",
    "activity_profession": "мероприятия",
    "participation": "мероприятия",
    "satisfaction": "мероприятия",
    "certificate": "сертификаты",
    "diagnostic_session": "диагностика",
    "answer_sheet": "диагностика",
    "answer": "диагностика",
    "conclusion": "диагностика",
    "route_line": "маршруты",
    "app_user": "пользователи",
    "group_teacher": "пользователи",
    "deed": "отметки журнала действий",
}


@dataclass(frozen=True)
class SecondPlace:
    """Where copies go once more; ``reason`` says why the newest is not there yet, ``failure`` what hindered the last.

    ``same_disk`` is whether it would go together with the workspace.
    """

    folder: Path
    is_there: bool
    last: datetime | None
    reason: str = ""
    names: frozenset[str] = frozenset()
    """Names of the copies that lie there."""
    same_disk: bool = False
    failure: Failure | None = None


@dataclass(frozen=True)
class Reading:
    """All that there is to say of a workspace's copies in both places, the newest first."""

    copies: tuple[Copy, ...]
    second: SecondPlace | None
    trial: Trial | None
    failure: Failure | None

    @property
    def before_restore(self) -> Copy | None:
        """The state before the last restore, as long as nothing was copied by schedule since."""
        newest = self.copies[0] if self.copies else None
        return newest if newest is not None and newest.kind is CopyKind.RESTORE else None


def in_turn(copy: Copy) -> tuple[int, datetime, str]:
    """The order in which copies were made."""
    return copy.number, copy.made_at, copy.folder.name


def age(last: date | None, today: date) -> int | None:
    """Days since the last copy; None if there is none."""
    return None if last is None else (today - last).days


def dropped(copies: Sequence[Copy]) -> tuple[Copy, ...]:
    """Which of the copies need not be kept any longer, by the local days they were made on.

    Of those by schedule stay the newest of each of the last ``DAYS`` days, ``WEEKS`` weeks and ``MONTHS`` months that
    have any, of those before an update and before a restore the newest ``LAST``, and all that were asked for: none of
    them once it is expired, but the newest ``LAST`` of all.
    """
    newest_first = sorted(copies, key=in_turn, reverse=True)
    scheduled = [copy for copy in newest_first if copy.kind in _SCHEDULED]
    kept = scheduled[:LAST]
    for count, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        kept += _newest_of_each(scheduled, period, count)
    for kind in (CopyKind.UPDATE, CopyKind.RESTORE):
        kept += [copy for copy in newest_first if copy.kind is kind][:LAST]
    kept += [copy for copy in newest_first if copy.kind is CopyKind.ASKED]
    since = oldest_kept(copies)
    stays = {copy.folder for copy in kept if since is None or _made_on(copy) >= since}
    stays.update(copy.folder for copy in newest_first[:LAST])
    return tuple(copy for copy in newest_first if copy.folder not in stays)


def oldest_kept(copies: Sequence[Copy]) -> date | None:
    """The first day of which copies are not expired; None as long as it is not certain.

    A clock may be wrong for a day: a year is over when copies by schedule of ``LAST`` later days say so.
    """
    newest_first = sorted(copies, key=in_turn, reverse=True)
    days = list(dict.fromkeys(_made_on(copy) for copy in newest_first if copy.kind in _SCHEDULED))[:LAST]
    return min(days) - KEPT if len(days) == LAST else None


def is_day_due(last: datetime | None, now: datetime) -> bool:
    """Whether nothing was copied today yet, by the clock of this computer."""
    return last is None or last.astimezone().date() != now.astimezone().date()


def is_trial_due(trial: Trial | None, now: datetime) -> bool:
    """Whether a copy is to be tried out again: a month after the last time, or where a wrong clock has dated that."""
    return trial is None or not timedelta() <= now - trial.at < TRIAL_EVERY


def _newest_of_each(newest_first: Sequence[Copy], period: Callable[[date], Hashable], count: int) -> list[Copy]:
    found: dict[Hashable, Copy] = {}
    for copy in newest_first:
        found.setdefault(period(_made_on(copy)), copy)
    return list(found.values())[:count]


def _made_on(copy: Copy) -> date:
    return copy.made_at.astimezone().date()


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month
