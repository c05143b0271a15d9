"""What Ctrl+Z takes back of the answers keyed in, each by name, and Ctrl+Y gives again.

Nothing is removed: an answer is taken back by writing the former one anew.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where the typist is: number of the sheet in the list, question (one past the last: the end), mark."""

    sheet: int = 0
    item: int = 1
    part: int = 0


@dataclass(frozen=True)
class AnswerStep:
    """An answer given at a place, in the second entry or the first; ``entry`` says which of both it changed."""

    sheet: str
    place: Place
    second: bool
    entry: bool
    before: str | None
    after: str | None
    words: str


class AnswerSteps:
    """Steps done and undone since the session was opened."""

    def __init__(self) -> None:
        self._done: list[AnswerStep] = []
        self._undone: list[AnswerStep] = []

    @property
    def next_undo(self) -> str:
        """What Ctrl+Z would take back, empty if nothing."""
        return self._done[-1].words if self._done else ""

    def add(self, step: AnswerStep) -> None:
        """Note an answer just given; nothing can be given again after it."""
        self._done.append(step)
        self._undone.clear()

    def last(self, *, undone: bool) -> AnswerStep | None:
        """The step that would be turned next."""
        steps = self._undone if undone else self._done
        return steps[-1] if steps else None

    def turn(self, *, undone: bool) -> None:
        """Count that step as undone, or as done again."""
        source, target = (self._undone, self._done) if undone else (self._done, self._undone)
        target.append(source.pop())

    def forget(self) -> None:
        """Nothing can be taken back any more."""
        self._done.clear()
        self._undone.clear()
