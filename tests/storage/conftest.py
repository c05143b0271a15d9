"""A real workspace in tmp_path, with a cheap password hash: cost is an argument of the vault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.people import GroupName, PersonName
from profdesk.domain.portfolio import Basis, Cell, Mark, StageChange
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.storage import workspace as storage
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Created, NewUser, Workspace

YEAR = SchoolYear(2026)
FIRST = Period(YEAR, Term.FIRST)
SECOND = Period(YEAR, Term.SECOND)


@pytest.fixture(scope="session")
def cheap() -> Cost:
    return Cost(memory=64, passes=1, lanes=1)


@pytest.fixture
def password() -> str:
    return "сосновый бор"


@pytest.fixture
def organisation() -> Organisation:
    return Organisation(
        id="",
        kind=OrganisationKind.SCHOOL,
        legal_form="Муниципальное учреждение",
        name="Вымышленная школа № 1",
        short_name="Школа № 1",
        municipality="Вымышленный округ",
        head_post="Директор",
        head_name="Ёлкина Мария Петровна",
        period=FIRST,
    )


@pytest.fixture
def owner(password: str) -> NewUser:
    return NewUser("Климова Вера Львовна", "координатор", password)


@pytest.fixture
def created(tmp_path: Path, organisation: Organisation, owner: NewUser, cheap: Cost) -> Iterator[Created]:
    made = storage.create(tmp_path / "школа", organisation, owner, "code = 'тест'\n", cheap)
    yield made
    made.workspace.close()


@pytest.fixture
def workspace(created: Created) -> Workspace:
    return created.workspace


@dataclass(frozen=True)
class School:
    """A workspace with one class of made-up pupils, and short ways to write and read stages."""

    workspace: Workspace
    group: str
    pupils: tuple[str, ...]

    def mark(
        self,
        pupil: int,
        competency: str,
        stage: int | None,
        period: Period = FIRST,
        basis: Basis = Basis.OBSERVATION,
    ) -> tuple[StageChange, ...]:
        return self.append([Mark(self.cell(pupil, competency), stage)], period, basis)

    def append(
        self, marks: list[Mark], period: Period = FIRST, basis: Basis = Basis.OBSERVATION
    ) -> tuple[StageChange, ...]:
        with self.workspace.unit(self.workspace.actor) as unit:
            day = date(2026, 11, 13)
            return tuple(unit.portfolio.append(marks, period, basis, day, datetime.now(UTC)))

    def cell(self, pupil: int, competency: str) -> Cell:
        return Cell(self.pupils[pupil], competency)


@pytest.fixture
def school(workspace: Workspace) -> School:
    names = (PersonName("Ёжикова", "Анна", "Петровна"), PersonName("Ежов", "Пётр"), PersonName("Яшин", "Лев"))
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("7 «А»", 7, "А"), "basic", YEAR)
        pupils = tuple(unit.pupils.add(name, date(2013, 5, 1 + at), None) for at, name in enumerate(names))
        for pupil in pupils:
            unit.pupils.enrol(pupil, group.id, YEAR)
    return School(workspace, group.id, pupils)
