"""Merging: the state is a function of the set of operations, nothing accepted is lost, and rows fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

import pytest
from exchange_devices import BY_NAME, SHAPES, Computer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profdesk.domain.exchange_state import Place, State, stand
from profdesk.domain.operations import Bond, Operation, Value, Verb

NAMES = ("А", "Б", "В")
Key = tuple[str, int]
"""A computer and a number in its chain."""
WORDS: dict[str, dict[str, tuple[Value, ...]]] = {
    "partner": {"name": ("Завод", "Пекарня")},
    "group": {"year": (2026,), "title": ("5А", "5Б", "5В"), "level": ("basic", "primary")},
    "pupil": {"surname": ("Ким", "Лим", "Цой"), "sex": ("m", "f", None)},
    "activity": {"title": ("День", "Неделя")},
    "enrolment": {"year": (2026, 2027)},
    "invited": {},
    "sheet": {"session": ("s",), "mode": ("paper", "screen")},
    "answer": {"item": (1, 2), "words": ("да", "нет", None)},
    "mark": {"stage": (0, 1, 2)},
}
TABLES = (*WORDS, "group", "group", "group", "sheet", "sheet", "enrolment")
WORK = {"group": ("enrolment", "invited"), "sheet": ("answer", "answer"), "pupil": ("enrolment", "sheet")}
"""What whoever enters a record enters with it: what names the record."""
DEEDS = ("work", "work", "work", "update", "update", "update", "delete", "delete", "again", "again", "take", "take")


class Step(NamedTuple):
    """What one of three computers does: writes, or takes what another knows."""

    who: int
    deed: str
    table: str
    choices: tuple[int, ...]
    late: int


STEP = st.builds(
    Step,
    st.integers(0, 2),
    st.sampled_from(DEEDS),
    st.sampled_from(TABLES),
    st.tuples(*(st.integers(0, 5) for _ in range(4))),
    st.integers(0, 1),
)
STEPS = st.lists(STEP, min_size=12, max_size=36)
SLOW = 12
"""So many steps the clocks stand still: computers often read the same."""
SKEWS = st.tuples(*(st.sampled_from((0, 0, 0, 5, 40)) for _ in NAMES))


def life(steps: list[Step], skew: tuple[int, ...]) -> list[Computer]:
    """Three computers that begin with the same and do these steps; whatever one writes, it shows what stands."""
    computers = [Computer(name) for name in NAMES]
    base = computers[0]
    for moment, table in enumerate(("partner", "group", "pupil", "pupil", "activity", "enrolment", "sheet"), 1):
        base.insert(table, f"{table}-{moment:02}", drawn(base, table, (0, 0, 0, 0)), moment)
    for other in computers[1:]:
        other.take(base.unseen(other))
    base.settle()
    for moment, step in enumerate(steps, 10):
        one = computers[step.who]
        if step.deed == "take":
            one.take(computers[step.choices[0] % 3].unseen(one))
        elif write(one, step, moment, 10 + moment // SLOW + skew[step.who] + step.late):
            shown = {place: dict(row) for place, row in one.rows.items()}
            held = one.held
            assert held or one.settle().rows == shown, "what a computer writes is what stands by all it knows"
            one.settle()
    return computers


def write(one: Computer, step: Step, moment: int, now: int) -> bool:
    if step.deed == "work":
        tables = (step.table, *WORK.get(step.table, ()))
        made = [
            one.insert(table, f"{table}-{moment:02}-{at}", drawn(one, table, step.choices), now)
            for at, table in enumerate(tables)
        ]
        return any(made)
    if step.deed == "again":
        known = {told.record for told in one.known.values() if told.table == step.table}
        gone = sorted(known - {record for table, record in (*one.rows, *one.stands_for) if table == step.table})
        row = drawn(one, step.table, step.choices)
        return bool(gone) and one.insert(step.table, gone[step.choices[3] % len(gone)], row, now)
    table, record = aim(one, step)
    if step.deed == "delete":
        return one.delete(table, record, now)
    return one.update(table, record, drawn(one, table, step.choices), now)


def aim(one: Computer, step: Step) -> Place:
    """A record to change: every other time one that two computers entered, if there is any."""
    twice = sorted({(table, row) for (table, _), row in one.stands_for.items()} & one.rows.keys())
    shown = sorted(place for place in one.rows if place[0] == step.table)
    aims = (step.choices[2] % 2 and twice) or shown or [(step.table, "")]
    return aims[-1 - step.choices[3] % len(aims)]


def drawn(one: Computer, table: str, choices: tuple[int, ...]) -> dict[str, Value]:
    """Values for a row: words, and links to what the computer shows."""
    row: dict[str, Value] = {}
    for choice, (name, words) in zip(choices, WORDS[table].items(), strict=False):
        row[name] = words[choice % len(words)]
    for choice, (name, link) in zip(reversed(choices), BY_NAME[table].links.items(), strict=False):
        shown: list[Value] = [record for of, record in one.rows if of == link.table]
        there = [*shown, None] if link.bond is Bond.OPTIONAL else shown
        row[name] = there[choice % len(there)] if there else None
    return row


def both(*deeds: Callable[[Computer, int], object]) -> tuple[Computer, Computer, State]:
    """Two computers that begin with the same and, not knowing of one another, do a deed each; what stands after."""
    one, two, *_ = life([], (0, 0, 0))
    for moment, (computer, deed) in enumerate(zip((one, two), deeds, strict=True), 100):
        assert deed(computer, moment)
        computer.settle()
    one.take(two.unseen(one))
    two.take(one.unseen(two))
    assert one.rows == two.rows
    return one, two, one.settle()


def test_later_change_stands_and_the_other_is_kept_beside() -> None:
    _, _, state = both(
        lambda one, now: one.update("pupil", "pupil-03", {"surname": "Лим"}, now),
        lambda two, now: two.update("pupil", "pupil-03", {"surname": "Цой", "sex": "f"}, now),
    )
    assert state.rows["pupil", "pupil-03"] == {"surname": "Цой", "sex": "f"}
    assert [(one.field, one.value, one.operation.device) for one in state.others] == [("surname", "Лим", "А")]


def test_what_was_overwritten_by_who_knew_of_it_is_no_other() -> None:
    one, two, _ = both(
        lambda one, now: one.update("pupil", "pupil-03", {"surname": "Лим"}, now),
        lambda two, now: two.update("pupil", "pupil-03", {"surname": "Цой"}, now),
    )
    one.update("pupil", "pupil-03", {"surname": "Лим"}, 200)
    assert one.settle().others == []
    one.update("pupil", "pupil-03", {"surname": "Ким"}, 201)
    two.take(one.unseen(two))
    assert two.settle().others == []


def test_one_class_entered_twice_is_one_and_both_computers_go_on_with_it() -> None:
    def enter(record: str, level: str) -> Callable[[Computer, int], bool]:
        return lambda one, now: one.insert("group", record, {"year": 2026, "title": "5Б", "level": level}, now)

    one, two, state = both(enter("group-7", "basic"), enter("group-8", "primary"))
    assert state.stands_for == {("group", "group-8"): "group-7"}
    assert state.rows["group", "group-7"]["level"] == "primary"
    assert [(other.field, other.value) for other in state.others] == [("level", "basic")]
    assert one.update("group", "group-7", {"title": "5В"}, 200), "renamed as one"
    two.take(one.unseen(two))
    assert one.settle() == two.settle()
    assert [row["title"] for (table, _), row in two.rows.items() if table == "group"] == ["5А", "5В"]
    assert two.delete("group", "group-7", 201), "and deleted as one"
    one.take(two.unseen(one))
    assert one.settle() == two.settle()
    assert [record for table, record in one.rows if table == "group"] == ["group-02"]


def test_deleted_row_stays_while_somebody_built_on_it_and_goes_when_nobody_does() -> None:
    def tidy(one: Computer, now: int) -> bool:
        one.delete("enrolment", "enrolment-06", now)
        return one.delete("group", "group-02", now)

    row: dict[str, Value] = {"pupil": "pupil-04", "year": 2026, "group": "group-02"}
    one, two, state = both(tidy, lambda two, now: two.insert("enrolment", "enrolment-9", row, now))
    assert state.held == {("group", "group-02")}
    assert ("enrolment", "enrolment-9") in state.rows
    two.delete("enrolment", "enrolment-9", 200)
    one.take(two.unseen(one))
    assert one.settle() == two.settle()
    assert ("group", "group-02") not in one.rows


def test_change_of_what_somebody_deleted_is_told() -> None:
    _, _, state = both(
        lambda one, now: one.delete("activity", "activity-05", now),
        lambda two, now: two.update("activity", "activity-05", {"title": "Неделя"}, now),
    )
    assert ("activity", "activity-05") not in state.rows
    assert [(one.field, one.value, one.operation.device) for one in state.others] == [("title", "Неделя", "Б")]


def test_row_waits_for_what_it_names_and_an_empty_link_for_its_partner() -> None:
    one = Computer("А")
    one.insert("pupil", "p", {"surname": "Ким", "sex": None}, 1)
    one.insert("mark", "m", {"pupil": "p", "stage": 1}, 2)
    one.insert("partner", "z", {"name": "Завод"}, 3)
    one.insert("activity", "a", {"title": "День", "partner": "z"}, 4)
    pupil, mark, _, activity = one.known.values()
    assert stand(SHAPES, [mark]).rows == {}
    assert ("mark", "m") in stand(SHAPES, [mark, pupil]).rows
    assert stand(SHAPES, [activity]).rows == {("activity", "a"): {"title": "День", "partner": None}}


def test_field_that_an_older_program_did_not_know_has_its_first_value() -> None:
    made = Operation("1", "А", 1, Verb.INSERT, "pupil", "p", {"surname": (None, "Ким")})
    assert stand(SHAPES, [made]).rows == {("pupil", "p"): {"surname": "Ким", "sex": None}}


def test_equal_clocks_are_told_apart_by_the_computer() -> None:
    one, two = (
        Operation("5", device, 1, Verb.UPDATE, "pupil", "p", {"surname": ("Ким", word)})
        for device, word in (("А", "Лим"), ("Б", "Цой"))
    )
    made = Operation("1", "А", 0, Verb.INSERT, "pupil", "p", {"surname": (None, "Ким")})
    assert stand(SHAPES, [one, made, two]) == stand(SHAPES, [two, one, made])
    assert stand(SHAPES, [one, two, made]).rows["pupil", "p"]["surname"] == "Цой"


def test_what_an_erasure_emptied_comes_back_by_nobody_elses_change() -> None:
    emptied = Operation("1", "А", 1, Verb.INSERT, "pupil", "p", {})
    later = Operation("2", "Б", 1, Verb.UPDATE, "pupil", "p", {"surname": ("Ким", "Лим")})
    mark = Operation("3", "Б", 2, Verb.INSERT, "mark", "m", {"pupil": (None, "p"), "stage": (None, 1)})
    assert stand(SHAPES, [emptied, later, mark]).rows == {}


def check_fits(state: State) -> None:
    """No row names one that is not there, and no two rows are one thing by their table's key."""
    for shape in SHAPES:
        rows = {record: row for (table, record), row in state.rows.items() if table == shape.table}
        for row in rows.values():
            for name, link in shape.links.items():
                if row.get(name) is not None and link.bond is not Bond.LOOSE:
                    assert (link.table, row[name]) in state.rows
        if shape.key:
            keys = [tuple(row[name] for name in shape.key) for row in rows.values()]
            assert len(keys) == len(set(keys))


def check_laws(steps: list[Step], skew: tuple[int, ...]) -> None:
    one, two, three = life(steps, skew)
    sets = [dict(each.known) for each in (one, two, three)]
    union = {**sets[0], **sets[1], **sets[2]}
    whole = stand(SHAPES, union.values())
    for order in permutations((0, 1, 2)):
        joined = Computer("Г")
        for at in order:
            joined.take(sets[at].values())
            check_fits(joined.settle())
        joined.take(sets[order[0]].values())
        assert set(joined.known) == set(union), "no accepted operation is lost"
        assert joined.settle() == whole, "in any order and grouping, and when repeated"
    check_grouping(sets, whole)
    for each in (one, two, three):
        for other in (one, two, three):
            each.take(other.unseen(each))
    for each in (one, two, three):
        each.take(one.unseen(each))
    assert one.settle() == two.settle() == three.settle() == whole
    check_facts(union.values(), whole)
    check_prefixes(union)


def check_grouping(sets: Sequence[Mapping[Key, Operation]], whole: State) -> None:
    """Whatever two bring together first, and in whatever order operations are looked at, the same stands."""
    for alone in (0, 1, 2):
        pair, all_of = Computer("Г"), Computer("Д")
        for at in {0, 1, 2} - {alone}:
            pair.take(sets[at].values())
        all_of.take(sets[alone].values())
        all_of.take(pair.known.values())
        assert all_of.settle() == whole, "(a b) c is a (b c)"
    told = list({**sets[0], **sets[1], **sets[2]}.values())
    assert stand(SHAPES, reversed(told)) == stand(SHAPES, [*told[::2], *told[1::2]]) == whole, "of the set alone"


def check_prefixes(union: Mapping[Key, Operation]) -> None:
    """Links and keys hold after every prefix of one chain, of all as they follow in time, and of each by a part."""
    lengths = {device: max((number for of, number in union if of == device), default=0) for device in NAMES}
    for device in NAMES:
        for last in range(lengths[device] + 1):
            check_fits(stand(SHAPES, [told for (of, at), told in union.items() if of != device or at <= last]))
    in_time = sorted(union.values(), key=lambda one: one.order)
    for last in range(0, len(in_time), 3):
        check_fits(stand(SHAPES, in_time[:last]))
    for parts in permutations((1, 2, 3)):
        ends = {device: lengths[device] * part // 4 for device, part in zip(NAMES, parts, strict=True)}
        check_fits(stand(SHAPES, [told for (of, at), told in union.items() if at <= ends[of]]))


def check_facts(operations: Iterable[Operation], state: State) -> None:
    """What was never deleted stands, if not under its own id then told by another row."""
    told = list(operations)
    gone = {(one.table, one.record) for one in told if one.verb is Verb.DELETE}
    for one in told:
        if one.verb is Verb.INSERT and (one.table, one.record) not in gone:
            row = state.stands_for.get((one.table, one.record), one.record)
            assert (one.table, row) in state.rows
            assert row <= one.record, "the least id tells of all"


def test_lives_are_full_of_equal_clocks() -> None:
    """What is tried above is tried: in most lives two computers read the same and change the same."""
    found = []

    @settings(max_examples=50, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS, SKEWS)
    def look(steps: list[Step], skew: tuple[int, ...]) -> None:
        readings = [(one.clock, one.device) for each in life(steps, skew) for one in each.known.values()]
        clocks = Counter(clock for clock, _ in set(readings))
        found.append(any(count > 1 for count in clocks.values()))

    look()
    assert sum(found) > len(found) // 2


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, SKEWS)
def test_merging_is_a_function_of_the_set(steps: list[Step], skew: tuple[int, ...]) -> None:
    check_laws(steps, skew)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS, SKEWS)
def test_ten_thousand_lives_of_three_computers(steps: list[Step], skew: tuple[int, ...]) -> None:
    check_laws(steps, skew)
