"""A verb on an activity as one step of undo."""

from __future__ import annotations

from collections.abc import Callable

from profdesk.domain.activities import Activity
from profdesk.domain.batch import Step
from profdesk.domain.changes import Changes


def stepped(words: str, verb: Callable[[], tuple[Activity, Changes]]) -> tuple[tuple[Activity, Step], Changes]:
    """What a verb wrote, with the step that takes it back."""
    written, changes = verb()
    return (written, Step(words, changes.batch, ())), changes
