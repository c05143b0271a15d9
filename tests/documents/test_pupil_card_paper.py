"""The card on paper: one sheet for any level and name, cells instead of a radar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pupil_history import FIRST, SECOND, history, programme, recorded, school_path
from pypdfium2 import PdfDocument
from support import organisation
from test_class_papers import assert_inside, words

from profdesk.documents.pupil_card import pupil_card_paper
from profdesk.domain import pupil_card
from profdesk.domain.history import Recorded
from profdesk.domain.people import PersonName
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.school_year import SchoolYear

DAY = date(2026, 11, 25)
LONG = PersonName("Константинопольская-Преображенская", "Александра-Виктория", "Владиславовна кызы")


def card(grade: int, facts: tuple[Recorded, ...]) -> PupilCard:
    found = history(school_path(grade), facts)
    named = replace(found, pupil=replace(found.pupil, name=LONG))
    return pupil_card.card(named, programme(), SchoolYear(2026), ("p1",), {"u1": "Седова Ольга Ивановна"})


def assessed(grade: int) -> PupilCard:
    facts = [
        recorded(item.code, (place + one.year.start) % 4, one.year.start, term)
        for one in school_path(grade)
        for term in (FIRST, SECOND)
        for place, item in enumerate(programme().level(one.group.level).competencies.items)
    ]
    return card(grade, tuple(facts))


@pytest.mark.parametrize("grade", [1, 4, 8, 11])
def test_a_long_history_of_a_long_name_fits_one_sheet(grade: int) -> None:
    found = assessed(grade)
    pdf = pupil_card_paper(found, found.usual_earlier, organisation(), DAY)
    (text,) = words(pdf)
    assert_inside(pdf, 6.6)
    for item in found.growth.competencies.items:
        assert item.plain_short in text
    assert "Владиславовна кызы" in text
    assert "Седова Ольга Ивановна" in text
    assert "сходных компетенций прежних наборов" in text


def test_where_nothing_is_assessed_the_sheet_says_so() -> None:
    (text,) = words(pupil_card_paper(card(7, ()), None, organisation(), DAY))
    assert "ещё не оценивали" in text
    assert "Опора" not in text


def test_equal_cards_give_equal_bytes() -> None:
    found = assessed(5)
    first, second = (pupil_card_paper(found, found.usual_earlier, organisation(), DAY) for _ in range(2))
    assert first == second
    with PdfDocument(first) as pdf:
        assert pdf.get_metadata_dict()["Title"].startswith("Карточка: Константинопольская")
