"""Ratios of our verbs to a bare baseline measured in turn in one run; the table is printed at the end."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

_MEASURED: list[tuple[str, float, float, float]] = []

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


@pytest.fixture
def ratio(benchmark: BenchmarkFixture) -> Ratio:
    """Measure ours and bare in pairs, after one unmeasured pair; gives the median of the pairs' ratios."""

    def measure(name: str, ours: Callable[[], object], bare: Callable[[], object], pairs: int) -> float:
        count = pairs if benchmark.enabled else 1
        ours(), bare()
        timed = [(_seconds(ours), _seconds(bare)) for _ in range(count)]
        found = median(mine / theirs for mine, theirs in timed)
        benchmark.extra_info["ratio"] = found
        benchmark.pedantic(ours, rounds=1)
        _MEASURED.append((name, found, median(m for m, _ in timed), median(t for _, t in timed)))
        return found

    return measure


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, found, mine, theirs in _MEASURED:
        terminalreporter.write_line(
            f"{name}: {found:.1f} times the bare one ({mine * 1000:.2f} ms to {theirs * 1000:.2f} ms)"
        )
