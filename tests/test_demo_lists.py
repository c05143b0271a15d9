"""The shipped class lists are what their script writes, and the importer takes every line of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from profdesk import assets
from profdesk.domain.school_year import SchoolYear
from profdesk.services import demo, roster

sys.path.insert(0, str(Path(__file__).parent / "tools"))
import make_demo_rosters


def test_lists_are_what_the_script_writes(tmp_path: Path) -> None:
    make_demo_rosters.write(tmp_path)
    fresh = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    shipped = assets.resource("demo")
    assert fresh == {path.relative_to(shipped): path.read_bytes() for path in shipped.rglob("*.csv")}


@pytest.mark.parametrize("start", [2025, 2026])
def test_every_line_is_taken(start: int) -> None:
    read = [roster.read(path) for path in demo.lists(SchoolYear(start))]
    assert [list(one.refused) for one in read] == [[], []]
    pupils = [pupil for one in read for pupil in one.pupils]
    assert 560 <= len(pupils) <= 660
    groups = {pupil.group.title for pupil in pupils if pupil.group}
    assert {"1 «А»", "7 «А»", "11 «Б»", "Подготовительная «Солнышко»", "Старшая «Ромашка»"} <= groups
    assert len(groups) == 25
