"""A route as it follows from the versions of its lines: what is there, in what order, what became of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain import route, route_words
from profdesk.domain.route import LineKind, LineState, RouteChange, RouteEntry, RouteLine
from profdesk.errors import WrongInputError

BORN = date(2010, 3, 14)
TODAY = date(2026, 11, 25)
NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
days = st.dates(date(2026, 1, 1), date(2028, 1, 1))


def chain_of(kind: LineKind) -> st.SearchStrategy[list[tuple[RouteEntry, LineState]]]:
    words, way = st.sampled_from(["а", "б"]), st.sampled_from(["", "в"])
    entries = st.builds(RouteEntry, st.just(kind), words, way, st.none() | days)
    return st.lists(st.tuples(entries, st.sampled_from(LineState)), min_size=1, max_size=4)


chains = st.sampled_from(LineKind).flatmap(chain_of)


def line(kind: LineKind, words: str = "слова", **more) -> RouteLine:
    parts = {"way": more.pop("way", ""), "due": more.pop("due", None)}
    made = RouteLine("1", "p", RouteEntry(kind, words, **parts), LineState.OPEN, "u", NOON)
    return replace(made, **more)


def versions(written: list[list[tuple[RouteEntry, LineState]]]) -> list[RouteLine]:
    """Chains as the storage gives them: line after line, each with its versions in their order."""
    found = []
    for number, chain in enumerate(written):
        for step, (entry, state) in enumerate(chain):
            at = NOON + timedelta(hours=step, minutes=number)
            found.append(RouteLine(f"{number:03}", "p", entry, state, "u", at, step + 1 == len(chain)))
    return found


@given(st.lists(chains, max_size=8))
def test_route_holds_the_last_version_of_each_line_that_was_not_removed(
    written: list[list[tuple[RouteEntry, LineState]]],
) -> None:
    shown = route.route(versions(written))
    there = {f"{number:03}": chain[-1] for number, chain in enumerate(written) if chain[-1][1] != LineState.REMOVED}
    assert {one.line: (one.entry, one.state) for one in shown.lines} == there
    assert [one for kind in LineKind for one in shown.of(kind)] == list(shown.lines)
    dated = [one.entry.due for one in shown.of(LineKind.STEP)]
    assert dated == sorted(dated, key=lambda day: day or date.max)
    for kind in set(LineKind) - {LineKind.STEP}:
        lines = [one.line for one in shown.of(kind)]
        assert lines == sorted(lines)
    assert all(one.entry.due < TODAY and one.state is LineState.OPEN for one in shown.overdue(TODAY) if one.entry.due)


@given(st.lists(chains, max_size=8))
def test_history_leads_from_the_first_words_of_a_line_to_the_last(
    written: list[list[tuple[RouteEntry, LineState]]],
) -> None:
    told = route.changes(versions(written))
    assert [one.after.at for one in told] == sorted((one.after.at for one in told), reverse=True)
    for number, chain in enumerate(written):
        own = [one for one in reversed(told) if one.after.line == f"{number:03}"]
        assert [one.after.entry for one in own] == [entry for entry, _ in chain]
        assert [one.before.entry for one in own if one.before] == [entry for entry, _ in chain[:-1]]
    assert all(route_words.told(one) or (one.before and one.before.entry == one.after.entry) for one in told)


@given(st.text(max_size=400), st.text(max_size=400), st.none() | st.dates())
def test_an_entry_is_kept_as_it_is_read_or_refused_in_a_sentence(words: str, way: str, due: date | None) -> None:
    entry = RouteEntry(LineKind.STEP, words, way, due)
    wrong = route.problems(entry, BORN)
    if wrong:
        assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in wrong.values())
        with pytest.raises(WrongInputError):
            route.checked(entry, BORN)
    else:
        kept = route.checked(entry, BORN)
        assert 0 < len(kept.words) <= route.LONGEST
        assert len(kept.way) <= route.LONGEST
        assert route.checked(kept, BORN) == kept


@pytest.mark.parametrize(
    ("entry", "field", "sentence"),
    [
        (RouteEntry(LineKind.FAR, "  —  "), "words", "Напишите словами"),
        (RouteEntry(LineKind.FAR, "я" * 201), "words", "Здесь 201 знаков. Сократите до 200."),
        (RouteEntry(LineKind.FAR, "врач", "я" * 300), "way", "Сократите до 200."),
        (RouteEntry(LineKind.STEP, "проба", due=date(1927, 5, 1)), "due", "раньше дня рождения"),
        (RouteEntry(LineKind.STEP, "проба", due=date(2206, 5, 1)), "due", "исполнится 196"),
    ],
)
def test_what_is_impossible_is_told_beside_its_field(entry: RouteEntry, field: str, sentence: str) -> None:
    found = route.problems(entry, BORN)
    assert list(found) == [field]
    assert sentence in found[field]


def test_where_there_can_be_no_day_none_is_kept() -> None:
    entry = RouteEntry(LineKind.RESERVE, " повар ", "те же\nпредметы", date(1900, 1, 1))
    assert route.checked(entry, BORN) == RouteEntry(LineKind.RESERVE, "повар", "те же предметы")


def test_overdue_is_said_in_words() -> None:
    late = line(LineKind.STEP, due=TODAY - timedelta(days=21))
    assert route_words.due(late, TODAY) == "просрочено на 21 день"
    assert route_words.due(replace(late, state=LineState.DONE), TODAY) == ""
    assert route_words.due(line(LineKind.STEP, due=TODAY), TODAY) == "срок сегодня"
    assert route_words.due(line(LineKind.FAR, due=date(2027, 5, 25)), TODAY).replace("\u00a0", " ") == "к 25 мая 2027"


def test_changes_are_told_from_what_to_what() -> None:
    blogger = line(LineKind.FAR, "стать блогером")
    writer = line(LineKind.FAR, "стать журналистом", way="филологический профиль", due=date(2030, 6, 1))
    assert route_words.told(RouteChange(None, blogger)) == "добавлено"
    told = route_words.told(RouteChange(blogger, writer))
    assert told == "было «стать блогером»; как к ней прийти: добавлено; срок: без срока → 01.06.2030"
    done = replace(writer, state=LineState.DONE)
    assert route_words.told(RouteChange(writer, done)) == "достигнута"
    assert route_words.told(RouteChange(done, writer)) == "снова не сделано"
    gone = replace(done, state=LineState.REMOVED)
    assert route_words.told(RouteChange(done, gone)) == "убрано"
    assert route_words.told(RouteChange(gone, done)) == "возвращено"


def test_small_children_are_spoken_of_as_children() -> None:
    assert route_words.voice("preschool") is route_words.voice("primary") is route_words.CHILD
    assert route_words.voice("basic") is route_words.voice("secondary") is route_words.PUPIL
    for spoken in (route_words.CHILD, route_words.PUPIL):
        assert set(spoken.kinds) == set(LineKind)
        assert all(bool(words.done) is kind.can_be_done for kind, words in spoken.kinds.items())
    said = " ".join(words.title + words.example + words.add for words in route_words.CHILD.kinds.values())
    assert "професси" not in said.lower()
