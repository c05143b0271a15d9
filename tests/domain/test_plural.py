"""Russian words after numbers."""

from __future__ import annotations

import pytest

from profdesk.domain.plural import counted


@pytest.mark.parametrize(
    ("count", "word"),
    [
        (0, "компетенций"),
        (1, "компетенция"),
        (3, "компетенции"),
        (11, "компетенций"),
        (14, "компетенций"),
        (20, "компетенций"),
        (21, "компетенция"),
        (112, "компетенций"),
    ],
)
def test_the_word_after_a_number(count: int, word: str) -> None:
    assert counted(count, "компетенция", "компетенции", "компетенций") == f"{count} {word}"
