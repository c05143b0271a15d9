"""The card in words: who it is, since when here, how complete, what was recorded lately."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pupil_history import FIRST, SECOND, attended, history, programme, recorded, school_path

from profdesk.domain import people, pupil_card, records
from profdesk.domain.history import Attended, History, Noted, Recorded
from profdesk.domain.notes import Note
from profdesk.domain.people import GroupName, Leave, LeaveReason, Sex
from profdesk.domain.portfolio import Basis, Cell, Completeness
from profdesk.domain.pupil_card import PupilCard
from profdesk.domain.school_year import Period, SchoolYear

YEAR = SchoolYear(2026)
TODAY = date(2026, 11, 25)
CODES = [item.code for item in programme().level("basic").competencies.items]


def card(path: tuple[Attended, ...], *facts: Recorded, **more) -> PupilCard:
    return pupil_card.card(history(path, facts, **more), programme(), YEAR, ("p1",), {"u1": "Седова Ольга Ивановна"})


def left(reason: LeaveReason) -> Leave:
    return Leave(date(2026, 10, 12), reason)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (school_path(7), "в школе с 2020 года, до этого Подготовительная «Солнышко»"),
        (school_path(7, kindergarten=0), "в школе с 2020 года"),
        ((attended(2025, 6), attended(2026, 7)), "в списках школы с 2025 года, с 6 «А»"),
        ((attended(2025, None), attended(2026, None)), "в детском саду с 2025 года"),
    ],
)
def test_since_when_a_child_is_here_is_told_as_far_as_it_is_known(path: tuple[Attended, ...], expected: str) -> None:
    found = pupil_card.facts(card(path), TODAY)
    assert found[0] == path[-1].group.name.title
    assert found[1].replace("\u00a0", " ") == "14 марта 2013 г."
    assert found[2].replace("\u00a0", " ") == "13 лет"
    assert found[3] == expected


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            (attended(2026, 7, left(LeaveReason.TRANSFERRED)),),
            "выбытие: перевод в другую организацию, 12 октября 2026 г.",
        ),
        ((attended(2026, 11, left(LeaveReason.GRADUATED)),), "окончание обучения, 12 октября 2026 г."),
        ((attended(2024, 5),), "класс 2024/25 учебного года"),
    ],
)
def test_how_it_ended_is_told(path: tuple[Attended, ...], words: str) -> None:
    assert pupil_card.facts(card(path), TODAY)[-1].replace("\u00a0", " ") == words


def test_completeness_is_of_this_year_and_of_those_who_attend() -> None:
    path = (attended(2025, 6), attended(2026, 7))
    facts = [recorded(code, 2, 2026) for code in CODES[:16]]
    facts += [recorded(code, 2, 2025) for code in CODES]
    facts += [recorded(code, 2, 2026, basis=Basis.SELF) for code in CODES]
    assert card(path, *facts).completeness == Completeness(16, 20)
    assert card(path[:1], *facts).completeness is None
    assert card((attended(2026, 7, left(LeaveReason.LEFT)),), *facts).completeness is None


@pytest.mark.parametrize(
    ("sex", "grade", "expected"),
    [(Sex.FEMALE, 7, "Ученица"), (Sex.MALE, 7, "Ученик"), (None, 7, "Обучающийся"), (Sex.FEMALE, None, "Ребёнок")],
)
def test_a_pupil_is_called_by_what_is_known(sex: Sex | None, grade: int | None, expected: str) -> None:
    last = attended(2026, grade)
    assert pupil_card.who(replace(history((last,)).pupil, sex=sex), last) == expected


def test_a_class_of_next_year_is_not_yet_the_class_of_the_card() -> None:
    path = (attended(2026, 7), attended(2027, 8))
    found = card(path, recorded("planning", 2, 2026))
    assert found.last == path[0]
    assert [group.name.grade for group in found.growth.years] == [7]


def test_a_round_of_marks_is_one_line_and_a_note_tells_of_what_it_is() -> None:
    path = (attended(2026, 7),)
    facts = [recorded(code, 2, 2026) for code in CODES[:3]]
    facts += [recorded(CODES[0], 1, 2026, basis=Basis.SELF)]
    facts += [recorded(CODES[5], None, 2026, before=2)]
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    note = Note(Cell("p1", "planning"), Period(YEAR, FIRST), "Ведёт проект", "u1", at)
    found: History = history(path, tuple(facts), notes=(Noted(note, stands=True), Noted(note, stands=False)))
    lines = [(one.title, one.words, one.day) for one in records.recent(found, programme(), 9)]
    assert lines == [
        ("Заметка", "Планирование: Ведёт проект", date(2026, 11, 20)),
        ("Самооценка", "Отмечена 1 компетенция", date(2026, 11, 13)),
        ("Портфолио", "Оценены 3 компетенции", date(2026, 11, 13)),
    ]


def test_those_of_kindergarten_groups_alone_are_called_children() -> None:
    rainbow, sun, school = GroupName("Старшая «Радуга»"), GroupName("Группа «Солнышко»"), GroupName("1 «А»", 1, "А")
    assert people.pupil_words([rainbow, sun, None]) == ("ребёнок", "ребёнка", "детей")
    for names in ([rainbow, school], [school], [None], []):
        assert people.pupil_words(names) == ("ученик", "ученика", "учеников")


def test_in_a_new_year_the_last_stages_are_shown_and_said_to_be_the_last() -> None:
    path = (attended(2024, 5), attended(2025, 6), attended(2026, 7))
    facts = [recorded("planning", 1, 2024), recorded("planning", 2, 2025, SECOND), recorded("planning", 1, 2025)]
    found = card(path, *facts)
    assert found.completeness == Completeness(0, 20)
    assert pupil_card.not_yet(found) == ("В 2026/27 учебном году ещё не оценивали. Последние: май 2026, 6 «А».")
    compared = found.compared(found.usual_earlier)
    assert [(row.now, row.before) for row in compared.rows if row.now is not None] == [(2, 1)]
    assert pupil_card.not_yet(card(path, *facts, recorded("speech", 0, 2026))) == ""
    assert pupil_card.not_yet(card(path)) == "В 2026/27 учебном году ещё не оценивали."
    assert pupil_card.not_yet(card(())) == ""


def test_the_days_of_moments_are_told() -> None:
    path = (attended(2025, 6), attended(2026, 7))
    found = card(path, recorded("planning", 1, 2025, SECOND), recorded("planning", 2, 2026))
    assert found.now is not None
    assert found.usual_earlier is not None
    assert found.last_day(found.now) == date(2026, 11, 13)
    assert found.last_day(found.usual_earlier) == date(2026, 5, 15)
