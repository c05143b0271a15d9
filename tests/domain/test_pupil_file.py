"""A pupil's file as JSON: what was written is read, what is changed is refused in words or says it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import FIRST, YEAR, often

from profdesk.domain import pupil_file_json
from profdesk.domain.people import PersonName, Sex
from profdesk.domain.portfolio import STAFF, Basis
from profdesk.domain.pupil_file import (
    PupilFile,
    SentAssessment,
    SentClass,
    SentConclusion,
    SentFrom,
    SentNote,
    SentPupil,
    SentRecord,
    SentWork,
    settled_id,
)
from profdesk.errors import WrongInputError

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
WHO = "01a219d4-8ec1-74f6-93de-eb5893261dca"
WORDS = st.text(max_size=30)


def fresh() -> str:
    return str(uuid4())


def file(words: str = "слова", title: str = "Планирование") -> PupilFile:
    return PupilFile(
        id=fresh(),
        made_at=AT,
        made_by="Климова Татьяна",
        sender=SentFrom("", "Детский сад № 5", "Детский сад № 5", "", "0" * 64),
        pupil=SentPupil(PersonName("Зорина", "Вера"), date(2019, 5, 14), Sex.FEMALE),
        classes=(SentClass(YEAR, "Радуга", "Детский сад № 5"),),
        competencies={"planning": title},
        stages={2: "формируется"},
        people={WHO: "Климова Татьяна"},
        assessments=(SentAssessment(fresh(), "planning", 2, Basis.TRIAL, FIRST, date(2026, 10, 1), WHO, AT),),
        notes=(SentNote(fresh(), "planning", STAFF, FIRST, words, WHO, AT),),
        works=(SentWork(fresh(), None, FIRST, title, "рисунок.png", 3, "0" * 64, True, "", AT),),
        records=(SentRecord(fresh(), "visit", YEAR, None, title, words, "", "", AT),),
        conclusions=(SentConclusion(fresh(), date(2026, 10, 2), words, WHO, AT),),
    )


@often(2)
@given(WORDS, WORDS.filter(str.strip))
def test_what_is_written_can_be_read(words: str, title: str) -> None:
    written = pupil_file_json.to_json(file(words, title))
    assert b"\n" not in written
    assert pupil_file_json.to_json(pupil_file_json.read(written)) == written


def test_what_was_written_is_what_is_read() -> None:
    one = file("две\nстроки")
    assert pupil_file_json.read(pupil_file_json.to_json(one)) == one


def test_a_long_text_is_read_and_one_that_nobody_would_read_is_not_written() -> None:
    long = file(words="ы" * 100_000, title="ы" * 1_000)
    title = "ы" * 100_000
    long = replace(long, works=(replace(long.works[0], title=title),), records=(replace(long.records[0], title=title),))
    assert pupil_file_json.read(pupil_file_json.to_json(long)) == long
    with pytest.raises(WrongInputError, match="длиннее 100 000 знаков"):
        pupil_file_json.to_json(file(words="ы" * 100_001))


def places(told: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a file, to be put in its place."""
    inner = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    return (
        [way, *(found for key, one in inner for found in places(one, (*way, key)))]
        if way
        else [found for key, one in inner for found in places(one, (key,))]
    )


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), WORDS, st.just([]), st.just({}),
    st.sampled_from(["\x00", "\u202e", "a\nb", "9999-99-99", "0" * 64, WHO, 10**30, "x.exe", -1, "2026-10-01"]),
)  # fmt: skip


@often(20)
@given(st.data())
def test_whatever_is_changed_is_refused_in_words_or_read_as_it_says(data: st.DataObject) -> None:
    told = json.loads(pupil_file_json.to_json(file()))
    way = data.draw(st.sampled_from(places(told)))
    place = told
    for key in way[:-1]:
        place = place[key]
    place[way[-1]] = data.draw(ODD)
    with suppress(WrongInputError):
        found = pupil_file_json.read(json.dumps(told).encode())
        assert json.loads(pupil_file_json.to_json(found)) == told


@pytest.mark.parametrize("taken", [b"", b"null", b"[]", b"{}", b'"profdesk-pupil"', b"[" * 100_000, b"\xff"])
def test_what_is_no_file_is_told(taken: bytes) -> None:
    with pytest.raises(WrongInputError):
        pupil_file_json.read(taken)


def test_a_later_version_says_to_update() -> None:
    told = json.loads(pupil_file_json.to_json(file())) | {"version": 2, "more": 1}
    with pytest.raises(WrongInputError, match="Обновите profdesk"):
        pupil_file_json.read(json.dumps(told).encode())


@given(st.uuids(version=4))
def test_an_id_settles_once(sent: UUID) -> None:
    settled = settled_id(str(sent))
    assert UUID(settled).version == 5
    assert settled_id(settled) == settled
