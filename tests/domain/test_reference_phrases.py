"""The phrases of references: every competency of every set has its words, and they are such as sentences need."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from reference_cases import book, programme

from profdesk.domain import reference_phrases
from profdesk.domain.reference_phrases import PhraseBook, Phrases

GENDERED = re.compile(
    r"\b(он|она|ему|ей|сам|сама|должен|должна|готов|готова|способен|способна|уверен|уверена|рад|рада"
    r"|внимателен|внимательна|самостоятелен|самостоятельна|\w+лся|\w+лась)\b"
)
JUDGING = re.compile(
    r"плох|слаб|ленив|не умеет|не может|не способ|не хочет|отста|трудн(ый|ая) ребён|агресс|проблемн", re.IGNORECASE
)


def every() -> Iterator[tuple[str, str, Phrases]]:
    for name, some in (book().sets or {}).items():
        for code, phrases in some.items():
            yield name, code, phrases


def test_every_competency_of_every_set_has_its_words() -> None:
    stages = len(programme().stages)
    for level in programme().levels:
        for item in level.competencies.items:
            phrases = book().of(level.competencies.code, item.code)
            assert phrases is not None, f"{level.code}: {item.code}"
            assert len(phrases.stages) == stages, item.code
    assert len(book().leads) == stages


def test_no_words_for_what_the_programme_does_not_have() -> None:
    sets = {level.competencies.code: {item.code for item in level.competencies.items} for level in programme().levels}
    assert {name: set(some) for name, some in (book().sets or {}).items()} == sets


def test_phrases_continue_a_name() -> None:
    for name, code, phrases in every():
        for phrase in (*phrases.stages, phrases.grown, phrases.name):
            assert re.fullmatch(r"[а-яё]+(?:[ -][а-яё]+)*", phrase), f"{name}.{code}: {phrase}"


@pytest.mark.parametrize("forbidden", [GENDERED, JUDGING], ids=["sex", "judging"])
def test_phrases_neither_tell_the_sex_nor_judge(forbidden: re.Pattern[str]) -> None:
    for name, code, phrases in every():
        for phrase in (*phrases.stages, phrases.grown, phrases.name):
            assert not forbidden.search(phrase), f"{name}.{code}: {phrase}"


def test_verbs_are_in_the_form_their_lead_needs() -> None:
    for name, code, phrases in every():
        needs_help, learning, *others = phrases.stages
        assert re.search(r"\w(ть|ться|ти|чь)\b", learning), f"{name}.{code}: {learning}"
        for phrase in (needs_help, *others, phrases.grown):
            assert re.search(r"\w(ет|ёт|ит|ется|ётся|ится)\b", phrase), f"{name}.{code}: {phrase}"


def test_no_two_stages_of_a_competency_say_the_same() -> None:
    for name, code, phrases in every():
        assert len({*phrases.stages, phrases.grown}) == len(phrases.stages) + 1, f"{name}.{code}"


def test_a_set_that_continues_another_has_its_words() -> None:
    text = 'leads = [[""]]\n[a.x]\nname = "дело"\nstages = ["делает"]\ngrown = "лучше делает"\n[b]\ncontinues = "a"\n'
    made = reference_phrases.parse(text)
    assert made.of("b", "x") == made.of("a", "x") == Phrases("дело", ("делает",), "лучше делает")


def test_no_book_knows_nothing() -> None:
    assert PhraseBook().of("basic", "planning") is None
