"""The demonstration school's routes: of every age, with what was done, forgotten and changed, the same every time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from diagnostic_school import new_workspace
from support import YEAR

from profdesk.domain import route
from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.route import LineKind, LineState, RouteLine
from profdesk.services import demo_registers, demo_routes

TODAY = date(2026, 11, 25)
SIZE = 6


def routes(folder: Path, today: date = TODAY) -> dict[tuple[int | None, str], tuple[RouteLine, ...]]:
    """All versions of the routes of a school with a kindergarten, by grade and name."""
    workspace = new_workspace(folder)
    with workspace.unit(workspace.actor) as unit:
        for grade in (None, *range(1, 12)):
            name = GroupName("Подготовительная «Радуга»") if grade is None else GroupName(f"{grade} «А»", grade, "А")
            group = unit.pupils.ensure_group(name, "secondary", YEAR)
            for number in range(SIZE):
                born = date(2026 - 7 - (grade or 0), 1 + number, 3)
                known = unit.pupils.add(PersonName(f"Алексеев{grade}", f"Саша{number}"), born, None)
                unit.pupils.enrol(known, group.id, YEAR)
    demo_registers.fill(workspace, today, lambda *_: None)
    reported: list[tuple[int, int]] = []
    demo_routes.plan(workspace, known, today, lambda done, total: reported.append((done, total)))
    assert reported[-1] == (12, 12)
    found = {}
    with workspace.unit(workspace.actor) as unit:
        for pupil in unit.pupils.all(YEAR):
            versions = unit.routes.of_pupil(pupil.id)
            assert pupil.group is not None
            if versions:
                found[pupil.group.name.grade, pupil.name.given] = versions
                for one in versions:
                    assert not route.problems(one.entry, pupil.birth_date)
                    assert one.at.date() <= today
    workspace.close()
    return found


def test_routes_are_believable_for_every_age(tmp_path: Path) -> None:
    found = routes(tmp_path)
    for grade in range(5, 12):
        assert sum(key[0] == grade for key in found) >= 2
    assert (11, f"Саша{SIZE - 1}") in found
    young = [versions for (grade, _), versions in found.items() if grade is None or grade < 5]
    assert 0 < len(young) < SIZE
    assert not any("професси" in one.entry.words.lower() and "far" in one.entry.kind for some in young for one in some)
    for versions in found.values():
        shown = route.route(versions)
        assert all(shown.of(kind) for kind in LineKind)
        assert shown.overdue(TODAY)
        assert any(one.state is LineState.DONE for one in shown.of(LineKind.STEP))
    changed = [one for versions in found.values() for one in route.changes(versions) if one.before]
    assert any(one.before and one.before.entry.words != one.after.entry.words for one in changed)


def test_routes_are_the_same_in_every_workspace(tmp_path: Path) -> None:
    first, second = (
        {
            key: [(one.entry, one.state, one.at, one.stands) for one in versions]
            for key, versions in routes(tmp_path / folder).items()
        }
        for folder in "аб"
    )
    assert first == second
