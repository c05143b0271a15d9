"""The card of a profession on paper: one page however much is known, its words on it, nobody's name, no note."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_checks import assert_fonts, assert_inside, raw_pages
from support import organisation

from profdesk.documents.profession_card import profession_card
from profdesk.domain.profession_card import Demand, Met, ProfessionCard
from profdesk.domain.register import Entry

DAY = date(2026, 11, 26)
ENTRY = Entry("x", {"note": "только для учителя"})
FACTS = (("Отрасль", "машиностроение"), ("Тип", "человек — техника"), ("Заработок", "выше среднего по округу"))
TEXTS = (("История", "Ремесло выросло из кузнечного дела."), ("Условия труда", "Цех, шум.\nСпецодежда."))
FULL = ProfessionCard(
    entry=ENTRY,
    title="слесарь-ремонтник",
    facts=FACTS,
    texts=TEXTS,
    taught=("Монтаж: колледж, 25 мест",),
    demand=(Demand(2026, 21, ""), Demand(2025, None, "")),
    trials=("«Собери щит», 8–9 классы",),
    lessons=("«Чертёж», технология, 7 класс",),
    met=(Met("p", "Ильин Даниил Евгеньевич, 9 «А»", "Экскурсия", "", DAY),),
)


def words(pdf: bytes, folder: Path) -> str:
    (page,) = raw_pages(pdf, folder)
    return " ".join(page.replace("\u00a0", " ").split())


def test_everything_known_is_on_the_page_but_no_name_and_no_note(tmp_path: Path) -> None:
    pdf = profession_card(organisation(), FULL, DAY)
    told = words(pdf, tmp_path)
    for part in (
        "Слесарь-ремонтник", "машиностроение", "человек — техника", "Ремесло выросло", "Спецодежда.", "Монтаж: колледж",
        "проба «Собери щит», 8–9 классы", "«Чертёж», технология", "2026", "21 вакансия", "число не названо",
        "Составлено 26 ноября 2026 г.",
    ):  # fmt: skip
        assert part in told
    assert "Ильин" not in told
    assert "учителя" not in told
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)


@pytest.mark.parametrize("times", [1, 2, 12, 60])
def test_much_is_said_smaller_and_in_the_end_cut_but_stays_one_page(times: int, tmp_path: Path) -> None:
    long = ProfessionCard(
        ENTRY, "инженер по безопасности транспортной сети и проектировщик доступной среды", FACTS,
        tuple((title, f"{said} " * times * 3) for title, said in TEXTS), FULL.taught * times, FULL.demand * times,
        FULL.trials * times, FULL.lessons * times,
    )  # fmt: skip
    pdf = profession_card(organisation(), long, DAY)
    told = words(pdf, tmp_path)
    assert ("…" in told) is (times > 2)
    assert "Уроки в школе" in told
    assert_inside(pdf)


def test_a_bare_card_and_years_without_figures_are_drawn(tmp_path: Path) -> None:
    bare = words(profession_card(organisation(), ProfessionCard(ENTRY, "сетевой врач"), DAY), tmp_path)
    assert "Сетевой врач" in bare
    years = ProfessionCard(ENTRY, "швея", demand=(Demand(2026, None, ""), Demand(2025, 0, "")))
    assert "По годам: 2025, 2026." in words(profession_card(organisation(), years, DAY), tmp_path)


def test_equal_cards_give_equal_bytes() -> None:
    assert profession_card(organisation(), FULL, DAY) == profession_card(organisation(), FULL, DAY)


@given(
    lines=st.lists(st.text("абвгд ", max_size=300), max_size=8),
    points=st.integers(0, 30),
    title=st.text("ёжик ", min_size=1, max_size=90),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_card_is_one_page(lines: list[str], points: int, title: str, tmp_path: Path) -> None:
    card = ProfessionCard(ENTRY, title, FACTS[: points % 4], (("История", "\n".join(lines)),), FULL.taught * points)
    assert len(raw_pages(profession_card(organisation(), card, DAY), tmp_path)) == 1
