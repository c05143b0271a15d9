"""When a user was last here, in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from profdesk.domain import logins

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 26, 8, 5, tzinfo=UTC), "сегодня, 08:05"),
        (datetime(2026, 11, 25, 16, 20, tzinfo=UTC), "вчера, 16:20"),
        (datetime(2026, 11, 20, 16, 20, tzinfo=UTC), "20\u00a0ноября"),
        (datetime(2025, 11, 2, 16, 20, tzinfo=UTC), "2\u00a0ноября 2025"),
        (datetime(2026, 11, 27, 1, 0, tzinfo=UTC), "27\u00a0ноября"),
    ],
)
def test_when(moment: datetime, said: str) -> None:
    assert logins.seen(moment, NOW) == said
