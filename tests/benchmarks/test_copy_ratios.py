"""What copies and the journal's mark cost beside a plain copy of the same files and a commit without a mark."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from kept_workspaces import create
from support import PASSWORD

from profdesk.domain.access import NewUser
from profdesk.domain.people import PersonName
from profdesk.storage import opening as storage
from profdesk.storage import restore
from profdesk.storage.workspace import Workspace

pytestmark = [pytest.mark.slow, pytest.mark.benchmark(group="copies")]

Ratio = Callable[[str, Callable[[], object], Callable[[], object], int], float]
_MB = 1 << 20


@pytest.fixture
def large(request: pytest.FixtureRequest, tmp_path: Path) -> Workspace:
    """A workspace of 50 MB, or of 2 where nothing is measured: programme texts fill it page by page."""
    owner = NewUser("Иванова Анна", "", PASSWORD)
    made = create(tmp_path / "школа", owner, programme="").workspace
    wanted = 50 if request.config.getoption("benchmark_enable") else 2
    with made.unit(made.actor) as unit:
        unit.programme.choose("я" * (wanted * _MB // 8))
    while (made.path / "desk.db").stat().st_size + (made.path / "desk.db-wal").stat().st_size < wanted * _MB:
        with made.unit(made.actor) as unit:
            unit.programme.choose("ю" * (wanted * _MB // 16))
    made.close()
    return storage.open_workspace(made.path, None, PASSWORD)


def test_making_a_copy(ratio: Ratio, large: Workspace, tmp_path: Path) -> None:
    def bare() -> None:
        shutil.copytree(large.path, tmp_path / "bare", ignore=shutil.ignore_patterns("backups"))
        shutil.rmtree(tmp_path / "bare")

    ratio("A copy of 50 MB, checked / plain copy", lambda: shutil.rmtree(large.back_up("проба")), bare, 5)
    large.close()


def test_restoring_a_copy(ratio: Ratio, large: Workspace, tmp_path: Path) -> None:
    copy = large.back_up("проба")
    actor, folder, keys = large.actor, large.path, large.keys
    large.close()

    def ours() -> None:
        restore.refuse_spoiled(copy)
        restore.put_in_place(folder, copy, actor, keys)

    def bare() -> None:
        shutil.copytree(copy, tmp_path / "bare")
        shutil.rmtree(tmp_path / "bare")

    ratio("Restoring 50 MB / plain copy", ours, bare, 5)
    storage.open_workspace(folder, None, PASSWORD).close()


def test_the_mark_beside_a_commit(ratio: Ratio, tmp_path: Path) -> None:
    owner = NewUser("Иванова Анна", "", PASSWORD)
    made = create(tmp_path / "школа", owner, programme="").workspace
    kept = made._mark

    def commit() -> None:
        for _ in range(20):
            with made.unit(made.actor) as unit:
                unit.pupils.add(PersonName("Ан", "Иван", ""), date(2013, 5, 6), None)

    def marked() -> None:
        made._mark = kept
        commit()

    def bare() -> None:
        made._mark = None
        commit()

    ratio("20 commits with the journal's mark / without", marked, bare, 9)
    made.close()
