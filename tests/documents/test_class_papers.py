"""The papers of a class: the sheet that is marked by pencil, and the overview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from pypdfium2 import PdfDocument
from support import FIRST, organisation

from profdesk.documents.class_overview import class_overview
from profdesk.documents.observation_sheet import observation_sheet
from profdesk.domain import class_overview as domain
from profdesk.domain.observation import ObservationFacts
from profdesk.domain.people import Group, GroupName, PersonName, Pupil
from profdesk.domain.portfolio import Cell, Grid
from profdesk.domain.programme import Programme

DAY = date(2026, 11, 23)
LONGEST = "Константинопольская-Преображенская Александра-Виктория"
MM = 72 / 25.4


def sheet_facts(programme: Programme, level: str, pupils: int, earlier: dict[Cell, int]) -> ObservationFacts:
    names = [(str(number), LONGEST if number % 7 == 0 else f"Ильин{number} Лев") for number in range(pupils)]
    return ObservationFacts(
        organisation=organisation().full_name,
        group="7 «А» класс",
        period=FIRST,
        who="Фамилия, имя",
        pupils=tuple(names),
        competencies=programme.level(level).competencies.items,
        scale=programme.stages,
        earlier=earlier,
    )


def words(pdf: bytes) -> list[str]:
    with PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def assert_inside(pdf: bytes, margin: float) -> None:
    """No text lies nearer to the edge than ``margin`` millimetres."""
    with PdfDocument(pdf) as document:
        for page in document:
            text, (width, height) = page.get_textpage(), page.get_size()
            for number in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(number)
                assert left >= margin * MM
                assert right <= width - margin * MM
                assert bottom >= margin * MM
                assert top <= height - margin * MM


@pytest.mark.parametrize("level", ["preschool", "primary", "basic", "secondary"])
@pytest.mark.parametrize(("pupils", "pages"), [(1, 1), (30, 1), (31, 2), (61, 3), (0, 1)])
def test_a_class_of_thirty_fits_one_sheet(programme: Programme, level: str, pupils: int, pages: int) -> None:
    pdf = observation_sheet(sheet_facts(programme, level, pupils, {}), DAY)
    found = words(pdf)
    assert len(found) == pages
    assert_inside(pdf, 6.6)
    for number, text in enumerate(found, 1):
        assert f"Лист {number} из {pages}" in text


@pytest.mark.parametrize("earlier", [{}, {Cell("1", "planning"): 2}])
def test_the_two_sides_of_the_top_do_not_meet(programme: Programme, earlier: dict[Cell, int]) -> None:
    facts = sheet_facts(programme, "basic", 3, earlier)
    facts = replace(facts, organisation="Школа с именем " * 8, group=f"группа «{LONGEST}»")
    with PdfDocument(observation_sheet(facts, DAY)) as document:
        text, high = document[0].get_textpage(), document[0].get_height()
        rects = [text.get_rect(number) for number in range(text.count_rects())]
    for upper, lower in ((10, 15), (15, 20)):
        line = sorted((left, right) for left, bottom, right, _ in rects if upper < (high - bottom) / MM < lower)
        assert len(line) > 1
        assert all(right < left for (_, right), (left, _) in pairwise(line))


def test_the_sheet_keeps_the_order_of_the_grid(programme: Programme) -> None:
    facts = sheet_facts(programme, "basic", 27, {})
    (text,) = words(observation_sheet(facts, DAY))
    places = [text.index(name) for _, name in facts.pupils[1:7]]
    assert places == sorted(places)
    assert "Пустая клетка" in text
    assert "Бледная" not in text


def test_stages_of_the_last_term_stand_pale_in_their_cells(programme: Programme) -> None:
    codes = [item.code for item in programme.level("basic").competencies.items]
    (empty,) = words(observation_sheet(sheet_facts(programme, "basic", 3, {}), DAY))
    filled = {Cell("1", codes[0]): 3, Cell("2", codes[19]): 2}
    (text,) = words(observation_sheet(sheet_facts(programme, "basic", 3, filled), DAY))
    assert "Бледная цифра" in text.replace("\u00a0", " ")
    assert text.count("3") == empty.count("3") + 1
    assert text.count("2") == empty.count("2") + 1


def test_equal_facts_give_equal_bytes(programme: Programme) -> None:
    facts = sheet_facts(programme, "primary", 12, {})
    assert observation_sheet(facts, DAY) == observation_sheet(facts, DAY)


def grid(programme: Programme, stages: dict[Cell, int], earlier: dict[Cell, int], pupils: int = 4) -> Grid:
    level = programme.level("basic")
    group = Group("g", GroupName("7 «А»", 7, "А"), "basic", 2026, pupils)
    people = tuple(
        Pupil(str(number), PersonName(f"Ильин{number}", "Лев"), date(2013, 1, 2), None, group)
        for number in range(pupils)
    )
    in_year: dict[str, int] = {}
    for cell in stages:
        in_year[cell.pupil] = in_year.get(cell.pupil, 0) + 1
    return Grid(group, FIRST, level.competencies, people, stages, earlier, in_year)


def test_overview_names_strongest_weakest_and_changes(programme: Programme) -> None:
    codes = [item.code for item in programme.level("basic").competencies.items]
    stages = {Cell(str(pupil), code): 1 for pupil in range(3) for code in codes}
    stages |= {Cell(str(pupil), "planning"): 3 for pupil in range(3)}
    stages |= {Cell("0", "flexibility"): 2}
    earlier = {Cell("0", "planning"): 1, Cell("1", "planning"): 3, Cell("1", "initiative"): 2}
    found = domain.overview(grid(programme, stages, earlier), programme.stages)
    assert [row.competency.code for row in found.strongest] == ["planning", "flexibility"]
    assert "planning" not in [row.competency.code for row in found.weakest]
    assert all(row.high == 0 for row in found.weakest)
    assert (found.complete, [pupil.id for pupil, _ in found.unfinished]) == (3, ["3"])
    assert [(one.pupil.id, one.risen, one.fallen) for one in found.changes] == [
        ("0", ("planning",), ()),
        ("1", (), ("initiative",)),
    ]
    text = " ".join(words(class_overview(found, organisation(), DAY))).replace("\u00a0", " ")
    assert "3 из 4" in text
    assert "Ильин0 Лев: выше — планирование" in text
    assert "ниже — инициатива" in text
    assert "Ильин3 Лев" in text


def test_overview_of_a_class_that_nobody_assessed_says_so(programme: Programme) -> None:
    found = domain.overview(grid(programme, {}, {}), programme.stages)
    assert (found.strongest, found.weakest, found.changes, found.compared) == ((), (), (), 0)
    pdf = class_overview(found, organisation(), DAY)
    text = " ".join(words(pdf))
    assert "оценок пока мало" in text
    assert "Сравнить не с чем" in text
    assert_inside(pdf, 9.5)


def test_a_competency_marked_for_few_is_not_ranked(programme: Programme) -> None:
    codes = [item.code for item in programme.level("basic").competencies.items]
    stages = {Cell(str(pupil), code): 1 for pupil in range(4) for code in codes[:4]}
    stages |= {Cell("0", codes[1]): 3, Cell("0", codes[10]): 3}
    found = domain.overview(grid(programme, stages, {}), programme.stages)
    assert [row.competency.code for row in found.strongest] == [codes[1]]


def test_those_who_changed_as_much_as_the_fifth_are_named_too() -> None:
    group = Group("g", GroupName("7 «А»", 7, "А"), "basic", 2026)
    changes = [
        domain.PupilChange(
            Pupil(str(n), PersonName("Ан", "Вера"), DAY, None, group), tuple("abcdefg"[: max(1, 4 - n)]), ()
        )
        for n in range(8)
    ]
    assert [change.pupil.id for change in domain.leading(changes)] == [str(n) for n in range(8)]
    assert len(domain.leading(changes[:4])) == 4
