"""A workspace in tmp_path with one class of made-up pupils."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from kept_workspaces import create
from support import PASSWORD, YEAR

from profdesk.domain.access import NewUser
from profdesk.domain.people import Group, GroupName, PersonName, Sex
from profdesk.storage.workspace import Workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "школа"


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", PASSWORD)
    made = create(folder, owner, programme="title = 'x'").workspace
    yield made
    made.close()


@pytest.fixture
def group(workspace: Workspace) -> Group:
    with workspace.unit(workspace.actor) as unit:
        made = unit.pupils.ensure_group(GroupName("7 «А»", 7, "А"), "basic", YEAR)
        for surname in ("Яшин", "Ёлкин", "Абрамов", "Жуков"):
            pupil = unit.pupils.add(PersonName(surname, "Иван", "Петрович"), date(2013, 5, 6), Sex.MALE)
            unit.pupils.enrol(pupil, made.id, YEAR)
    return made
