"""The hybrid logical clock never gives a reading that sorts before an earlier one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from profdesk.storage.clock import HybridClock

walls = st.lists(st.integers(min_value=0, max_value=4_102_444_800_000), min_size=1, max_size=60)


@given(walls)
def test_readings_rise_whatever_the_wall_clock_does(times: list[int]) -> None:
    remaining = iter(times)
    clock = HybridClock(wall=lambda: next(remaining))
    readings = [clock.tick() for _ in times]
    assert all(earlier < later for earlier, later in zip(readings, readings[1:], strict=False))


@given(walls, walls)
def test_a_restored_clock_goes_on_from_the_last_reading(before: list[int], after: list[int]) -> None:
    first, second = iter(before), iter(after)
    clock = HybridClock(wall=lambda: next(first))
    last = [clock.tick() for _ in before][-1]
    restored = HybridClock(last, wall=lambda: next(second))
    assert all(restored.tick() > last for _ in after)


@given(walls)
def test_a_reading_is_no_earlier_than_the_wall(times: list[int]) -> None:
    remaining = iter(times)
    clock = HybridClock(wall=lambda: next(remaining))
    assert all(clock.tick() >= f"{now:013d}" for now in times)


def test_the_counter_runs_over_into_the_time() -> None:
    """A wall clock set back for good leaves only the counter to count: it must not outgrow its width."""
    last = "4102444800000-999998"
    clock = HybridClock(last, wall=lambda: 0)
    readings = [last, *(clock.tick() for _ in range(4))]
    assert readings == sorted(set(readings))
