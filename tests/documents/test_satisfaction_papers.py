"""The form for parents and the year's answers on paper: everything is there, boxes are boxes, nothing near the edge."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from paper_checks import assert_fonts, assert_inside, pictures, raw_pages
from support import YEAR, organisation

from profdesk import assets
from profdesk.documents.satisfaction_form import satisfaction_form
from profdesk.documents.satisfaction_report import satisfaction_report
from profdesk.domain import satisfaction
from profdesk.domain.activities import ActivityEntry
from profdesk.domain.satisfaction import LevelAnswers, Tally, YearAnswers

FORM = satisfaction.read_form(assets.resource("activities", "satisfaction.toml").read_text(encoding="utf-8"))
DAY = date(2026, 11, 17)
LONG = "Лекторий «Как помочь с выбором профиля и не навредить советами, которые были хороши двадцать лет назад»"
COUNTS = {("whole", "yes"): 15, ("whole", "rather_yes"): 6, ("whole", "no"): 1, ("useful", "yes"): 20}


@pytest.mark.parametrize(("four", "number"), [(True, 4), (False, 2)])
@pytest.mark.parametrize("title", ["Собрание", LONG])
def test_every_form_on_the_sheet_is_whole(four: bool, number: int, title: str, tmp_path: Path) -> None:
    entry = ActivityEntry("parents_meeting", title, DAY, DAY + timedelta(days=1))
    pdf = satisfaction_form(FORM, "Школа № 12", entry, four=four)
    (page,) = raw_pages(pdf, tmp_path)
    for question in FORM.questions:
        assert page.count(question.text) == number
    assert page.count("скорее нет") == number * len(FORM.questions)
    assert page.count(f"{title.rsplit(maxsplit=1)[-1].strip('»')}»") == number
    assert page.count(FORM.words) == number
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)
    assert pdf == satisfaction_form(FORM, "Школа № 12", entry, four=four)


def test_forms_of_four_are_alike_and_parted_by_lines_to_cut() -> None:
    (page,) = pictures(satisfaction_form(FORM, "Школа № 12", ActivityEntry("m", "Собрание", DAY), four=True), 100)
    middle, centre = page.shape[0] // 2, page.shape[1] // 2
    assert (page[middle - 2 : middle + 3].min(axis=0) < 200).mean() > 0.4
    assert (page[:, centre - 2 : centre + 3].min(axis=1) < 200).mean() > 0.4
    left, right = page[: middle - 5, : centre - 5], page[: middle - 5, centre + 5 :]
    assert abs(int(np.sum(left < 200)) - int(np.sum(right < 200))) < 0.05 * np.sum(left < 200)


def test_a_year_on_paper(tmp_path: Path) -> None:
    levels = tuple(LevelAnswers(f"Уровень {number}", number, Tally(23, COUNTS)) for number in range(1, 5))
    pdf = satisfaction_report(organisation(), FORM, YearAnswers(YEAR, levels, 12), DAY)
    pages = raw_pages(pdf, tmp_path)
    whole = " ".join(pages)
    assert "Для родителей: 12 встреч, анкеты собраны после 10." in whole
    assert whole.count("95,5 %") == 5
    assert [f"Страница {number} из {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)
    assert (
        "Анкет пока нет."
        in raw_pages(satisfaction_report(organisation(), FORM, YearAnswers(YEAR, (), 0), DAY), tmp_path)[0]
    )
