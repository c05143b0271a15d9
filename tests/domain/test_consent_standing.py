"""What stands of several papers, who may give one, and how their numbers go on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain import consent_gates, consents
from profdesk.domain.consent_gates import GATES, OUTLETS, Deed
from profdesk.domain.consents import Consent, ConsentKind, ConsentState, standing

DAY = date(2026, 11, 26)
KIND = ConsentKind.PSYCHOLOGICAL


def paper(given_on: date, until: date | None = None, withdrawn: date | None = None, key: str = "a") -> Consent:
    return Consent(key, "p", KIND, "мать", "14", given_on, until, withdrawn, "отец" if withdrawn else "")


@pytest.mark.parametrize(
    ("papers", "state", "words"),
    [
        ([], ConsentState.MISSING, "нет"),
        ([paper(date(2026, 9, 1))], ConsentState.VALID, "есть, без срока"),
        ([paper(date(2026, 9, 1), date(2027, 5, 31))], ConsentState.VALID, "до 31.05.2027"),
        ([paper(date(2026, 9, 1), DAY + timedelta(31))], ConsentState.VALID, "до 27.12.2026"),
        ([paper(date(2026, 9, 1), DAY + timedelta(30))], ConsentState.ENDING, "кончается 26.12.2026"),
        ([paper(date(2026, 9, 1), DAY)], ConsentState.ENDING, "кончается 26.11.2026"),
        ([paper(date(2026, 9, 1), DAY - timedelta(1))], ConsentState.ENDED, "кончилось 25.11.2026"),
        ([paper(date(2026, 9, 1), None, DAY)], ConsentState.WITHDRAWN, "отозвано 26.11.2026"),
        ([paper(date(2026, 9, 1), None, DAY + timedelta(1))], ConsentState.VALID, "есть, без срока"),
        ([paper(DAY + timedelta(1))], ConsentState.MISSING, "нет"),
    ],
)
def test_one_paper_says_its_state_in_words(papers: list[Consent], state: ConsentState, words: str) -> None:
    found = standing(papers, DAY)
    assert (found.state, found.words) == (state, words)


def test_of_several_the_valid_one_stands_and_else_the_latest_decides() -> None:
    withdrawn = paper(date(2025, 9, 1), None, date(2026, 2, 1), "a")
    renewed = paper(date(2026, 9, 1), date(2027, 5, 31), None, "b")
    assert standing([withdrawn, renewed], DAY).paper == renewed
    over = paper(date(2026, 3, 1), date(2026, 5, 31), None, "c")
    assert standing([over, withdrawn], DAY).state is ConsentState.ENDED
    assert standing([paper(date(2026, 3, 1), date(2026, 5, 31), DAY), withdrawn], DAY).state is ConsentState.WITHDRAWN


def test_a_paper_is_told_by_number_day_and_giver() -> None:
    assert standing([paper(date(2026, 9, 3))], DAY).second == "№ 14 от 03.09.2026, мать"
    assert standing([paper(date(2026, 9, 3), None, DAY)], DAY).second == "кто отозвал: отец"


_DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(st.builds(paper, _DAYS, st.none() | _DAYS, st.none() | _DAYS, st.text("abc", max_size=3))), _DAYS)
def test_what_stands_allows_just_when_one_of_the_papers_does(papers: list[Consent], day: date) -> None:
    assert standing(papers, day).state.allows == any(one.is_valid(day) for one in papers)


def test_a_child_signs_alone_from_the_fourteenth_birthday_on() -> None:
    born = date(2012, 11, 26)
    assert consents.SELF in consents.givers(born, DAY)
    assert consents.SELF not in consents.givers(born, DAY - timedelta(1))


@pytest.mark.parametrize(
    ("first", "numbers"),
    [
        ("14", ("14", "15", "16")),
        ("09", ("09", "10", "11")),
        ("14/П-9", ("14/П-9", "14/П-10", "14/П-11")),
        ("без номера", ("без номера",) * 3),
        ("", ("",) * 3),
    ],
)
def test_numbers_go_on_by_their_last_digits(first: str, numbers: tuple[str, ...]) -> None:
    assert consents.numbered(first, 3) == numbers


def test_the_next_number_is_free() -> None:
    assert consents.next_number(["7", "12", "14/П", ""]) == 13
    assert consents.next_number([]) == 1


def test_a_refusal_names_three_and_counts_the_others() -> None:
    words = consent_gates.refusal(Deed.DIAGNOSE, ["А", "Б", "В", "Г", "Д"], withdrawn=False)
    assert words.startswith("Нет согласия родителей: А, Б, В и ещё 2. Напечатайте бланки")
    assert "отозвано: А." in consent_gates.refusal(Deed.PUBLISH, ["А"], withdrawn=True)


def test_every_deed_has_its_gate_and_what_is_published_is_told() -> None:
    assert set(GATES) == set(Deed)
    assert {gate.kind for gate in GATES.values()} == set(ConsentKind)
    assert [one.title for one in OUTLETS if one.is_publication] == ["Цифровой значок (Open Badges)"]
