"""Histories of made-up pupils as values: classes by year, assessments in short."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from profdesk import assets
from profdesk.domain import programme_file
from profdesk.domain.history import Attended, History, Recorded
from profdesk.domain.people import Group, GroupName, Leave, PersonName, Pupil, Sex
from profdesk.domain.portfolio import Assessment, Basis
from profdesk.domain.programme import Programme
from profdesk.domain.school_year import Period, SchoolYear, Term

FIRST, SECOND = Term.FIRST, Term.SECOND


@cache
def programme() -> Programme:
    text = assets.resource("programmes", "artemovsky-2022-2025.toml").read_text(encoding="utf-8")
    return programme_file.parse(text, "программа")


def attended(year: int, grade: int | None, leave: Leave | None = None) -> Attended:
    found = programme().level_of_grade(grade)
    assert found is not None
    title = "Подготовительная «Солнышко»" if grade is None else f"{grade} «А»"
    return Attended(Group(f"g{year}", GroupName(title, grade, "А"), found.code, year), leave)


def school_path(last_grade: int, *, year: int = 2026, kindergarten: int = 1) -> tuple[Attended, ...]:
    """A child of ``last_grade`` in ``year`` who was here from the kindergarten on."""
    first = year - last_grade + 1
    path = [attended(first - back, None) for back in range(kindergarten, 0, -1)]
    return (*path, *(attended(first + grade - 1, grade) for grade in range(1, last_grade + 1)))


def recorded(
    code: str,
    stage: int | None,
    year: int,
    term: Term = FIRST,
    day: date | None = None,
    *,
    basis: Basis = Basis.OBSERVATION,
    before: int | None = None,
    stands: bool = True,
    actor: str = "u1",
) -> Recorded:
    made = day or (date(year, 11, 13) if term is FIRST else date(year + 1, 5, 15))
    at = datetime(made.year, made.month, made.day, 9, 30, tzinfo=UTC)
    return Recorded(code, Assessment(stage, basis, Period(SchoolYear(year), term), made, actor, at), before, stands)


def history(path: tuple[Attended, ...] = (), assessments: tuple[Recorded, ...] = (), **more) -> History:
    now = path[-1].group if path else None
    pupil = Pupil("p1", PersonName("Зайцева", "Мария", "Андреевна"), date(2013, 3, 14), Sex.FEMALE, now)
    parts = {"notes": (), "files": (), "certificates": (), "acts": (), **more}
    return History(pupil, path, assessments, **parts)
