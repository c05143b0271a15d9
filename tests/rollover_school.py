"""Schools to roll over: classes in words, in a real workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from kept_workspaces import PROGRAMME, create
from support import PASSWORD, organisation

from profdesk.domain import programme_file
from profdesk.domain.access import NewUser
from profdesk.domain.group_names import parse_group
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.programme import Programme
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.signing import keys
from profdesk.storage.workspace import Workspace

SUMMER, AUTUMN = date(2026, 6, 15), date(2025, 10, 10)
YEAR = SchoolYear(2025)
"""The year that ends: long over by the clock of any computer that runs these tests."""


def programme() -> Programme:
    return programme_file.parse(PROGRAMME, "программа")


def named(title: str) -> GroupName:
    found = parse_group(title)
    assert found is not None, title
    return found


def new_workspace(folder: Path, kind: OrganisationKind = OrganisationKind.SCHOOL, year: SchoolYear = YEAR) -> Workspace:
    """A workspace in the second term of a year, with a signing key."""
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    whose = replace(organisation(), kind=kind, period=Period(year, Term.SECOND))
    made = create(folder, owner, whose).workspace
    key = keys.make_key("Школа № 12", "Школа № 12", datetime.now(UTC))
    with made.unit(made.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
    return made


def add(
    workspace: Workspace, classes: Mapping[str, Sequence[str]], year: SchoolYear = YEAR, born: date = date(2013, 5, 6)
) -> dict[str, str]:
    """Put pupils («Белов») into classes («7А»); a birth date may stand behind («Белов 2019-03-04»). Gives the ids."""
    made: dict[str, str] = {}
    levels = programme()
    with workspace.unit(workspace.actor) as unit:
        for title, people in classes.items():
            name = named(title)
            level = levels.level_of_grade(name.grade)
            group = unit.pupils.ensure_group(name, level.code if level else "", year)
            for one in people:
                surname, _, day = one.partition(" ")
                birth = date.fromisoformat(day) if day else born
                made[surname] = unit.pupils.add(PersonName(surname, "Саша"), birth, None)
                unit.pupils.enrol(made[surname], group.id, year)
    return made


def classes(workspace: Workspace, year: SchoolYear) -> dict[str, list[str]]:
    """Who attends which class in a year, by surname."""
    found: dict[str, list[str]] = {}
    with workspace.unit(workspace.actor) as unit:
        for group in unit.pupils.groups(year):
            found[group.name.title] = [pupil.name.surname for pupil in unit.pupils.in_group(group.id)]
    return found
