"""What a restore would leave behind, in words that fit their number."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from profdesk.domain.backups import Copy, CopyKind, Difference
from profdesk.domain.mark import Head, Lost, Missing
from profdesk.domain.recovery import Damage
from profdesk.gui.copies import rows
from profdesk.gui.start import recovery

NOW = datetime(2026, 11, 26, 19, 1, tzinfo=UTC)
COPY = Copy(Path("копия"), NOW, 1, "", CopyKind.ASKED)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "Уйдёт 1 запись журнала, сделанная позже: портфолио: 1."),
        (3, "Уйдут 3 записи журнала, сделанные позже: портфолио: 3."),
        (12, "Уйдёт 12 записей журнала, сделанных позже: портфолио: 12."),
    ],
)
def test_what_goes_is_counted_in_words_that_fit(count: int, words: str) -> None:
    found = Difference(known=True, count=count, since=NOW, until=NOW, by_table={"assessment": count})
    assert words in rows.consequences(COPY, found)


@pytest.mark.parametrize("exact", [True, False])
def test_whoever_takes_a_marked_copy_is_told_that_records_written_since_are_not_in_it(exact: bool) -> None:
    head = Head(20, "", NOW)
    missing = Missing(Path("школа"), (Lost(False, 9, exact, None, head),), (COPY.folder,))
    told = recovery._copies_told(Damage(Path("школа"), (), (COPY,), 0), missing)
    assert ("на другом компьютере" in told) is not exact


@pytest.mark.parametrize("away", [None, Path("флешка")])
def test_without_a_whole_copy_it_is_said_where_to_look_for_one(away: Path | None) -> None:
    told = recovery._copies_told(Damage(Path("школа"), ("desk.db",), (), 1, away), None)
    assert "Ещё 1 копия повреждена" in told
    assert ("подключите это место" if away else "откройте как рабочую папку") in told
