"""What a computer that gets a part knows after files that came in turn, late, and of two computers side by side."""

from __future__ import annotations

from profdesk.domain.exchange_known import SHARED, Known

FIRST = {"desk": {"a": 5, "b": 2}}


def test_of_two_files_side_by_side_what_either_says_may_only_be_read_is_read_alone() -> None:
    known = Known(FIRST, frozenset({"pupil", "own", f"own{SHARED}", "gone"}))
    beside = known.after({"desk": {"a": 4, "b": 3}}, frozenset({"pupil", "own", "other", f"other{SHARED}"}))
    assert beside.roots == {"pupil", "own", f"own{SHARED}", f"other{SHARED}"}
    assert beside.seen == {"desk": {"a": 5, "b": 3}}


def test_a_late_file_changes_nothing_and_the_next_says_all_there_is() -> None:
    known = Known(FIRST, frozenset({"own"}))
    assert known.after({"desk": {"a": 4}}, frozenset({f"own{SHARED}"})) == known
    following = known.after({"desk": {"a": 6, "b": 2}}, frozenset({"own", f"own{SHARED}"}))
    assert following.roots == {"own", f"own{SHARED}"}
    assert following.after({"desk": {"a": 7, "b": 2}}, frozenset({"own"})).roots == {"own"}
