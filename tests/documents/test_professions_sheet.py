"""A class against professions on paper: everybody and everything is there however many there are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from paper_checks import assert_fonts, assert_inside, raw_pages
from support import YEAR

from profdesk.documents.professions_sheet import professions_sheet
from profdesk.domain.people import Group, GroupName, PersonName, Pupil
from profdesk.domain.professions import ClassProfessions, Occasion, YearProfessions

DAY = date(2026, 11, 25)
GROUP = Group("g", GroupName("4 «А»", 4, "А"), "primary", 2026, 30)


def sheet(children: int, number: int) -> bytes:
    pupils = tuple(
        Pupil(str(one), PersonName(f"Фамилия{one}ж", "Саша"), date(2016, 5, 6), None, GROUP) for one in range(children)
    )
    titles = {f"p{one}": f"инженер по безопасности {one}ж" for one in range(number)}
    met = {
        pupil.id: {key: [Occasion(DAY, "Урок")] for place, key in enumerate(titles) if (place + int(pupil.id)) % 3}
        for pupil in pupils
    }
    one = ClassProfessions(GROUP, 20, pupils, met)
    return professions_sheet("Школа № 12", YearProfessions(YEAR, (one,), titles, tuple(titles)), one, DAY)


@pytest.mark.parametrize(
    ("children", "number", "pages"), [(25, 21, 1), (34, 21, 2), (20, 45, 2), (60, 70, 9), (0, 0, 1)]
)
def test_every_child_and_every_profession_is_there(children: int, number: int, pages: int, tmp_path: Path) -> None:
    pdf = sheet(children, number)
    found = raw_pages(pdf, tmp_path)
    assert len(found) == pages
    assert f"Лист {pages} из {pages}" in found[-1]
    whole = " ".join(found)
    assert all(f"Фамилия{one}ж Саша" in whole for one in range(children))
    assert all(f"{one}ж" in whole for one in range(number))
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)
    assert pdf == sheet(children, number)
