"""Wrong passwords in a row, and how long each makes the next one wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from profdesk.domain import plural

_FREE = 2
_STEPS = (1, 2, 4, 8, 16, 32, 60)
_LONGEST = 300


@dataclass(frozen=True)
class Attempts:
    """How many passwords in a row were wrong, and when the last of them was."""

    wrong: int = 0
    last: datetime | None = None

    def refused(self, now: datetime) -> Attempts:
        """One more wrong password."""
        return Attempts(self.wrong + 1, now)

    def wait(self, now: datetime) -> int:
        """Whole seconds before the next password is looked at, 0 for at once.

        A clock that was put back makes nobody wait longer than the delay itself.
        """
        if self.last is None:
            return 0
        longest = delay(self.wrong)
        return min(longest, max(0, ceil(longest - (now - self.last).total_seconds())))


def delay(wrong: int) -> int:
    """Seconds after so many wrong passwords in a row: none after two, then 1, 2, 4 up to a minute, then five."""
    step = wrong - _FREE - 1
    if step < 0:
        return 0
    return _STEPS[step] if step < len(_STEPS) else _LONGEST


def time_words(seconds: int) -> str:
    """«через …»: seconds up to a minute and a half, minutes and seconds above."""
    minutes, rest = divmod(seconds, 60)
    short = plural.counted(seconds, "секунду", "секунды", "секунд")
    if seconds < 90:
        return short
    long = plural.counted(minutes, "минуту", "минуты", "минут")
    return f"{long} {plural.counted(rest, 'секунду', 'секунды', 'секунд')}" if rest else long


def next_words(seconds: int) -> str:
    """When the next password may be tried, in a sentence."""
    return f"Следующая попытка через {time_words(seconds)}."


def told(wrong: int) -> str:
    """What the user is told after logging in, of passwords that were not right; empty for none."""
    if not wrong:
        return ""
    words = plural.counted(wrong, "неверный пароль", "неверных пароля", "неверных паролей")
    was = plural.word(wrong, "был", "было", "было")
    return f"С прошлого входа {was} {words}. Если это были не вы, смените пароль и скажите администратору."
