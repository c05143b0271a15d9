"""The draft of a conclusion: whole sentences for whatever was answered, ties told as ties, no norm of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profdesk.domain import conclusion_draft, scoring
from profdesk.domain import results as domain
from profdesk.domain.answers import Answers
from profdesk.domain.conclusion_draft import Part
from profdesk.domain.diagnostics import Session, Sheet
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.people import PersonName, Pupil
from profdesk.domain.questions import Wording
from profdesk.domain.results import Result
from profdesk.domain.school_year import SchoolYear
from profdesk.services import instruments

PUPIL = Pupil("p", PersonName("Лосев", "Дмитрий"), date(2012, 5, 6), None, None)
NONE = Wording()
CODES = [one.code for one in instruments.shipped()]


def result(instrument: Instrument, answers: Answers, day: date = date(2026, 11, 20), doubtful: str = "") -> Result:
    session = Session(f"s{day}", instrument.digest, SchoolYear.containing(day), day, "", "8 «Б»", "a")
    sheet = Sheet(f"b{day}", session.id, "p", 1, doubtful=doubtful, answers=answers)
    return Result(session, sheet, PUPIL, scoring.score(instrument, answers))


def sheet(instrument: Instrument, chance: Random) -> Mapping[int, str]:
    """Any answers the questions can have, some left out."""
    ranks = {}
    for scale in instrument.scales:
        ranks |= dict(zip(scale.items, chance.sample(range(1, len(scale.items) + 1), len(scale.items)), strict=True))
    found = {}
    for item in range(1, instrument.items + 1):
        codes = [option.code for option in instrument.options_of(item)]
        if chance.random() < 0.1:
            continue
        if instrument.kind is Kind.RECORD:
            found[item] = "рассказал"
        elif instrument.kind is Kind.RANKING:
            found[item] = str(ranks[item])
        elif instrument.kind is Kind.SHARING:
            first = chance.randint(0, instrument.answering.total)
            found[item] = f"{first}-{instrument.answering.total - first}"
        elif instrument.kind is Kind.TRIPLE:
            found[item] = "/".join(chance.choice(codes) for _ in instrument.answering.aspects)
        else:
            found[item] = chance.choice(codes)
    return found


def check_sentences(words: str) -> None:
    assert not re.search(r"None|Fraction|\.\.|  |\{|\}", words), words
    if words:
        assert words.endswith(".")
        assert words[0].isupper()
        assert words.count("«") == words.count("»")


@pytest.mark.parametrize("code", CODES)
@given(seed=st.integers(0, 2**32), doubtful=st.sampled_from(["", "спешил"]), compared=st.booleans())
@settings(max_examples=20)
def test_any_sheet_gives_whole_sentences(code: str, seed: int, doubtful: str, *, compared: bool) -> None:
    instrument, chance = instruments.called(code), Random(seed)  # noqa: S311 - answers, not secrets
    now = result(instrument, sheet(instrument, chance), doubtful=doubtful)
    former = result(instrument, sheet(instrument, chance), date(2025, 11, 14)) if compared else None
    check_sentences(conclusion_draft.draft(now, former, NONE))
    for which in Part:
        check_sentences(conclusion_draft.part(now, which, NONE))
    if instrument.caution:
        assert instrument.caution.rstrip(".") in conclusion_draft.draft(now, former, NONE)
    if not instrument.bands:
        assert "Уровень по ключу" not in conclusion_draft.draft(now, former, NONE)


def test_ties_changes_and_doubts_are_told() -> None:
    instrument = instruments.called("ddo_klimov_20")
    nature, human = instrument.scale("nature"), instrument.scale("human")
    answers = {entry.item: entry.code for entry in nature.entries[:5]}
    answers |= {entry.item: entry.code for entry in [one for one in human.entries if one.item not in answers][:5]}
    now = result(instrument, answers, doubtful="спешил")
    before = result(instrument, {entry.item: entry.code for entry in nature.entries[:7]}, date(2025, 11, 14))
    words = conclusion_draft.draft(now, before, NONE)
    tops = [one.scale.title for one in now.outcome.leading]
    assert len(tops) == 2
    assert f"Первое место поровну: «{tops[0]}» и «{tops[1]}», по 5 баллов из 8." in words
    assert "Ниже: «Природа» с 7 до 5" in words
    assert "Бланк отмечен как сомнительный: спешил." in words
    assert f"Без ответа {len(now.outcome.missing)} вопросов из 20: " in words
    assert "Результат требует проверки." in conclusion_draft.part(now, Part.LEADING, NONE)
    assert "балл" not in conclusion_draft.part(now, Part.LEADING, NONE).lower()


def test_result_is_compared_with_earlier_ones_by_the_same_key_only() -> None:
    ddo, other = instruments.called("ddo_klimov_20"), instruments.called("ddo_azbel_30")
    now, before = result(ddo, {1: "a"}), result(ddo, {1: "b"}, date(2025, 11, 14))
    shown = domain.PupilResult(now, (before, result(other, {1: "a"}, date(2025, 11, 14))))
    assert shown.earlier == (before,)
    assert domain.PupilResult(before, (now,)).earlier == ()


def test_values_by_their_wording_and_lists_that_do_not_count() -> None:
    instrument = instruments.called("rokeach_18_18")
    first, second = (scale.items for scale in instrument.scales)
    answers = {item: str(place) for place, item in enumerate(first, 1)} | dict.fromkeys(second, "1")
    found = result(instrument, answers)
    words = conclusion_draft.draft(found, None, Wording({1: "Здоровье"}))
    assert "первыми стоят «Здоровье», №\u00a02 и №\u00a03" in words
    assert "Список «Инструментальные ценности» не считается: дважды стоит место 1" in words
