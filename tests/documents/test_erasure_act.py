"""The act of erasure: all that order 179 demands, with names and without."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from paper_checks import assert_fonts, assert_inside, raw_pages
from support import organisation

from profdesk.documents.erasure_act import erasure_act
from profdesk.domain.erasure import Act, CopiesLeft, Done, ErasureKind, JournalPlace, Subject
from profdesk.domain.people import PersonName
from profdesk.domain.retention import OF_PUPIL, RecordKind

DONE = Done(
    id="1",
    number="2026/3",
    made_on=date(2026, 11, 26),
    kind=ErasureKind.WITHDRAWN,
    basis="заявление от 12.11.2026 № 5",
    records={RecordKind.CARD: 2, RecordKind.PORTFOLIO: 118, RecordKind.DIAGNOSTICS: 64},
    pupils=1,
    operations=190,
    actor="1",
    recorded_at=datetime(2026, 11, 26, 12, tzinfo=UTC),
)
ONE = Subject(PersonName("Ильин", "Даниил", "Евгеньевич"), date(2011, 3, 14), "9 «А»", OF_PUPIL)


def act(subjects: Sequence[Subject] = (ONE,), **changes: object) -> Act:
    made = Act(
        done=DONE,
        organisation=organisation(),
        address="623780, Артёмовский, ул. Ленина, 12",
        subjects=subjects,
        who="Климова Татьяна Аркадьевна",
        post="координатор",
        place=JournalPlace(5120, datetime(2026, 11, 26, 12, tzinfo=UTC), "0123456789abcdef" * 4),
        copies=CopiesLeft(date(2027, 11, 27)),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_act_says_all_that_the_order_demands(tmp_path: Path) -> None:
    first, extract = raw_pages(erasure_act(act()), tmp_path)
    for told in (
        "Средняя школа № 12",
        "623780, Артёмовский",
        "Ильин Даниил Евгеньевич",
        "14.03.2011",
        "Уничтожил: координатор",
        "Климова Татьяна Аркадьевна",
        "фамилия, имя, отчество, дата рождения",
        "ответы на методики",
        "desk.db",
        "перезаписью",
        "отозвано согласие",
        "заявление от 12.11.2026 № 5",
        "26 ноября 2026",
        "27.11.2027",
    ):
        assert told in first, told
    for told in (
        "Ильин Даниил Евгеньевич",
        "фамилия, имя",
        "profdesk",
        "отозвано согласие",
        "26.11.2026",
        "№ 5120",
        "190",
    ):
        assert told in extract, told


def test_without_names_the_act_says_where_they_are(tmp_path: Path) -> None:
    told = " ".join(raw_pages(erasure_act(act(())), tmp_path))
    assert "Ильин" not in told
    assert told.count("первом экземпляре") == 2


def test_a_long_act_turns_its_pages(tmp_path: Path) -> None:
    many = [replace(ONE, name=PersonName(f"Ученик{n}", "Даниил", None)) for n in range(90)]
    paper = erasure_act(act(many))
    assert_inside(paper)
    assert_fonts(paper, tmp_path)
    pages = raw_pages(paper, tmp_path)
    assert len(pages) >= 4
    assert all(one.name.surname in " ".join(pages[:-1]) for one in many)


@pytest.mark.parametrize("waits", [True, False])
def test_what_still_waits_for_a_psychologist_is_told(waits: bool, tmp_path: Path) -> None:
    told = " ".join(raw_pages(erasure_act(act(done=replace(DONE, psy_waits=waits))), tmp_path))
    assert ("при входе психолога" in told) is waits
