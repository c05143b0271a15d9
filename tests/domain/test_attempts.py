"""How long wrong passwords make the next one wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from profdesk.domain import attempts
from profdesk.domain.attempts import Attempts

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_two_are_free_and_the_third_begins_to_cost() -> None:
    told = [attempts.delay(wrong) for wrong in range(12)]
    assert told == [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 300, 300]


def test_a_wait_runs_out_by_the_clock() -> None:
    tried = Attempts(5, NOW)
    assert tried.wait(NOW) == 4
    assert tried.wait(NOW + timedelta(seconds=2.5)) == 2
    assert tried.wait(NOW + timedelta(seconds=4)) == 0
    assert Attempts().wait(NOW) == 0


@given(st.integers(0, 10**6), st.timedeltas(timedelta(days=-9999), timedelta(days=9999)))
def test_a_clock_put_anywhere_never_makes_one_wait_longer_than_the_delay(wrong: int, moved: timedelta) -> None:
    assert 0 <= Attempts(wrong, NOW).wait(NOW + moved) <= attempts.delay(wrong)


def test_words() -> None:
    assert attempts.next_words(1) == "Следующая попытка через 1 секунду."
    assert attempts.next_words(64) == "Следующая попытка через 64 секунды."
    assert attempts.next_words(300) == "Следующая попытка через 5 минут."
    assert attempts.next_words(290) == "Следующая попытка через 4 минуты 50 секунд."
    assert attempts.told(0) == ""
    assert attempts.told(1).startswith("С прошлого входа был 1 неверный пароль.")
    assert attempts.told(3).startswith("С прошлого входа было 3 неверных пароля.")
    assert attempts.told(12).startswith("С прошлого входа было 12 неверных паролей.")
