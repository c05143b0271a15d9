"""Which copies are kept: seven days, four weeks, twelve months, what somebody asked for, and nothing for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain.backups import (
    DAYS,
    KEPT,
    LAST,
    MONTHS,
    WEEKS,
    Copy,
    CopyKind,
    Trial,
    age,
    dropped,
    is_day_due,
    is_trial_due,
    oldest_kept,
)

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
MOMENTS = st.lists(
    st.tuples(st.integers(0, 3 * 365 * 24), st.sampled_from(CopyKind)), max_size=60, unique_by=lambda pair: pair[0]
)


def copy(hours: int, kind: CopyKind = CopyKind.SESSION) -> Copy:
    return Copy(Path(f"{hours}"), NOW - timedelta(hours=hours), 1, "", kind)


def kept(copies: list[Copy]) -> list[Copy]:
    gone = {one.folder for one in dropped(copies)}
    return [one for one in copies if one.folder not in gone]


def day(one: Copy) -> date:
    return one.made_at.astimezone().date()


@given(MOMENTS)
def test_what_is_kept(moments: list[tuple[int, CopyKind]]) -> None:
    copies = [copy(hours, kind) for hours, kind in moments]
    left, since = kept(copies), oldest_kept(copies)
    good = [one for one in copies if since is None or day(one) >= since]
    newest_first = sorted(copies, key=lambda one: one.made_at, reverse=True)
    assert all(one in left for one in (*newest_first[:LAST], *good) if one.kind is CopyKind.ASKED)
    assert all(one in good or one in newest_first[:LAST] for one in left)
    scheduled = [one for one in good if one.kind in (CopyKind.SESSION, CopyKind.DAY)]
    stays = [one for one in left if one in scheduled]
    assert len(stays) <= DAYS + WEEKS + MONTHS + LAST
    if scheduled:
        newest = max(scheduled, key=lambda one: one.made_at)
        assert newest in stays
    days = sorted({day(one) for one in scheduled}, reverse=True)[:DAYS]
    assert {day(one) for one in stays} >= set(days)
    months = sorted({day(one).replace(day=1) for one in scheduled}, reverse=True)[:MONTHS]
    assert {day(one).replace(day=1) for one in stays} >= set(months)
    weeks = sorted({day(one).isocalendar()[:2] for one in scheduled}, reverse=True)[:WEEKS]
    assert {day(one).isocalendar()[:2] for one in stays} >= set(weeks)
    assert kept(left) == left


@given(MOMENTS)
def test_what_is_dropped_day_by_day_leaves_the_same_as_all_at_once(moments: list[tuple[int, CopyKind]]) -> None:
    """Copies come one after another in life: none that the rule wants later may have gone before."""
    there: list[Copy] = []
    for hours, kind in sorted(moments, reverse=True):
        there = kept([*there, copy(hours, kind)])
    at_once = kept([copy(hours, kind) for hours, kind in moments])
    assert {one.folder for one in there} == {one.folder for one in at_once}


def test_a_year_of_work_keeps_days_weeks_and_months() -> None:
    year = [copy(24 * days) for days in range(365)]
    left = kept(year)
    ages = [(NOW - one.made_at).days for one in left]
    assert ages[:7] == list(range(7))
    assert DAYS + MONTHS - 1 <= len(left) <= DAYS + WEEKS + MONTHS
    assert max(ages) > 300


@pytest.mark.parametrize("kind", CopyKind)
def test_no_copy_stays_for_ever_however_it_was_made(kind: CopyKind) -> None:
    old = copy(24 * (KEPT.days + 4), kind)
    worked = [copy(24 * days) for days in (0, 1, 2)]
    assert old in kept([*worked[1:], old]), "two days are not enough to be certain"
    assert old not in kept([*worked, old])
    assert copy(24 * (KEPT.days + 2), kind) in kept([*worked, copy(24 * (KEPT.days + 2), kind)])


def test_a_clock_that_is_wrong_for_a_day_lets_nothing_go() -> None:
    asked = [copy(24 * days, CopyKind.ASKED) for days in range(40, 46)]
    worked = [copy(24 * days) for days in (1, 2, 3)]
    ahead = [replace(copy(-24 * 1500 - hour), number=10 + hour) for hour in range(5)]
    assert set(asked) <= set(kept([*worked, *asked, *ahead]))
    back = replace(copy(24 * 5000, CopyKind.ASKED), number=20)
    assert {*asked, back} <= set(kept([*worked, *asked, back]))


def test_a_copy_is_due_once_a_day_and_a_trial_once_a_month() -> None:
    assert is_day_due(None, NOW)
    assert not is_day_due(NOW - timedelta(minutes=5), NOW)
    assert is_day_due(NOW - timedelta(days=1), NOW)
    assert is_trial_due(None, NOW)
    assert not is_trial_due(Trial("x", NOW - timedelta(days=29), True, ""), NOW)
    assert is_trial_due(Trial("x", NOW - timedelta(days=30), True, ""), NOW)
    assert is_trial_due(Trial("x", NOW + timedelta(days=2000), True, ""), NOW)
    assert age(None, NOW.date()) is None
