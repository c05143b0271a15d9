"""What many certificates in one file cost in time and memory beside a bare canvas. See docs/benchmarks.md."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import many_certificates
import pytest
from many_certificates import bare, noted, ours
from pypdfium2 import PdfDocument
from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = pytest.mark.slow

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
MB = 1024
FLAT = 4 * MB


@pytest.mark.benchmark(group="ratios")
def test_thousand_certificates(ratio: Ratio, benchmark: BenchmarkFixture) -> None:
    pages, tape = (1000 if benchmark.enabled else 30), noted()
    ratio(
        "1,000 certificates / a bare canvas writing the same strings and drawings",
        lambda: ours(pages, BytesIO()),
        lambda: bare(pages, BytesIO(), tape),
        3,
    )


def test_the_bare_canvas_writes_the_same(tmp_path: Path) -> None:
    pages = many_certificates.DIFFERENT + 2
    pictures = []
    for name, write in (("ours", ours), ("bare", lambda count, file: bare(count, file, noted()))):
        with (tmp_path / name).open("w+b") as file:
            write(pages, file)
        with PdfDocument(tmp_path / name) as document:
            assert len(document) == pages
            pictures.append([document[place].render(scale=0.5).to_numpy().tobytes() for place in (0, 1, pages - 1)])
    assert pictures[0] == pictures[1]


@pytest.mark.skipif(not os.access("/proc/self/clear_refs", os.W_OK), reason="the peak of memory is read from /proc")
def test_memory_is_flat_in_the_number_of_pages() -> None:
    grown = {which: _grown(which, 1000) - _grown(which, 200) for which in ("ours", "bare")}
    print(*(f"{which}: {kb / MB:.1f} MB for 800 pages more" for which, kb in grown.items()), sep="\n")
    assert grown["ours"] < FLAT < grown["bare"]


def _grown(which: str, pages: int) -> int:
    """By how many KB a process grows at most that writes so many certificates."""
    root = Path(__file__).parents[2]
    paths = os.pathsep.join([str(root), str(root / "tests")])
    command = [sys.executable, many_certificates.__file__, which, str(pages)]
    environment = {**os.environ, "PYTHONPATH": paths}
    return int(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
