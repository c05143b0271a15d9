"""Two computers without a network give numbers of papers that never meet, each counting its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from exchange_files import Room, accepted, joined, sent
from exchange_rooms import shown
from support import pupil_ids

from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.people import Group
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.span import Span
from profdesk.domain.summary import Replaced
from profdesk.gui.certificates import register_rows
from profdesk.services import certificates, erasure
from profdesk.storage.workspace import Workspace

NOW = datetime.now(UTC)
YEAR = NOW.astimezone().year


def issued(room: Room, group: Group, pupil: str, path: Path) -> list[str]:
    return list(certificates.issue(room.workspace, room.workspace.actor, group.id, [pupil], path)[0])


def certificates_of(room: Room) -> set[str]:
    return {row["number"] for (table, _), row in shown(room.workspace).items() if table == "certificate"}


def summary_number(room: Room) -> str:
    with room.workspace.unit(room.workspace.actor) as unit:
        return unit.summaries.next_number(NOW)


def test_each_computer_counts_its_own_papers(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    first, second = joined(workspace, tmp_path / "второй")
    pupils = pupil_ids(first.workspace, group)
    paper = tmp_path / "сертификат.pdf"
    assert issued(first, group, pupils[0], paper) == [f"{YEAR}-0001"]
    assert issued(second, group, pupils[0], paper) == [f"{YEAR}-0001-К2"]
    assert issued(second, group, pupils[1], paper) == [f"{YEAR}-0002-К2"]
    assert (summary_number(first), summary_number(second)) == (f"{YEAR}/01", f"{YEAR}/01-К2")
    for room, pupil in ((first, pupils[1]), (second, pupils[2])):
        erasure.erase(room.workspace, room.workspace.actor, [Target(pupil)], ErasureKind.TERM, "")
    for sender, receiver in ((first, second), (second, first)):
        accepted(receiver, sent(sender, receiver, tmp_path / "обмен.profdesk"))
    assert issued(first, group, pupils[0], paper) == [f"{YEAR}-0002"]
    for room in (first, second):
        acts = erasure.acts(room.workspace, room.workspace.actor)
        assert {one.number for one in acts} == {f"{YEAR}/1", f"{YEAR}/1-К2"}
    assert certificates_of(first) == certificates_of(second) | {f"{YEAR}-0002"}
    latest = [f"{YEAR}-0002", f"{YEAR}-0002-К2", f"{YEAR}-0001-К2", f"{YEAR}-0001"]
    there = certificates.register(first.workspace, first.workspace.actor)
    assert [one.number for one in there] == latest
    by_number = [f"{YEAR}-0001", f"{YEAR}-0001-К2", f"{YEAR}-0002", f"{YEAR}-0002-К2"]
    assert [one.number for one in sorted(there, key=register_rows.order)] == by_number
    for room in (first, second):
        room.workspace.close()


@dataclass(frozen=True)
class Paper:
    number: str
    span: Span
    replaces: Replaced | None = None


def test_the_newest_summary_is_that_of_the_latest_moment_whatever_its_number(workspace: Workspace) -> None:
    """Of two corrections that two computers made of one summary, not knowing of one another, the later one counts."""
    span = Span.of_year(SchoolYear(2026))
    papers = [
        Paper("2026/12", span),
        Paper("2026/13", span, Replaced("2026/12", "первое исправление")),
        Paper("2026/03-К2", span, Replaced("2026/12", "второе исправление")),
        Paper("2026/04-К10", span),
        Paper("2026/04-К2", span),
    ]
    with workspace.unit(workspace.actor) as unit:
        for day, one in enumerate(papers):
            unit.summaries.register(one, b"%d" % day, NOW + timedelta(days=day))
        there = unit.summaries.issued()
    assert [one.number for one in there] == [one.number for one in reversed(papers)]
    found = {one.number: one for one in there}
    assert [number for number, one in found.items() if one.stands] == ["2026/04-К2"]
    assert found["2026/12"].state == "есть замена: № 2026/03-К2"
    assert found["2026/13"].state == "есть новее: № 2026/04-К2"
    assert [one.number for one in sorted(there, key=lambda one: one.order)] == [
        "2026/03-К2", "2026/04-К2", "2026/04-К10", "2026/12", "2026/13",
    ]  # fmt: skip
