"""Our own class lists in all formats, each read as a person reads it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from roster_cases import CASES, Case

from profdesk.domain.roster import RosterPupil
from profdesk.domain.roster_reading import recognise
from profdesk.intake import roster_file

TODAY = date(2026, 11, 23)


def shown(pupil: RosterPupil) -> tuple[str, str, str | None, str, str, str]:
    name = pupil.name
    sex, group = pupil.sex.value if pupil.sex else "", pupil.group.title if pupil.group else ""
    return name.surname, name.given, name.patronymic, pupil.birth_date.isoformat(), sex, group


def expected(line: str) -> tuple[str, str, str | None, str, str, str]:
    full, born, sex, group = line.split("|")
    surname, given, *rest = full.split(" ", 2)
    return surname, given, rest[0] if rest else None, born, sex, group


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_list_is_read_as_a_person_reads_it(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "список.dat"
    path.write_bytes(case.data)
    roster = recognise(roster_file.read(path), TODAY)
    assert [shown(pupil) for pupil in roster.pupils] == [expected(line) for line in case.pupils]
    assert [(line.line, line.reason) for line in roster.refused] == list(case.refused)
