"""The way of changes to another computer and back, in four steps; the one that comes next is in bold."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from profdesk.domain.computers import Peer
from profdesk.gui.common import text
from profdesk.gui.common.card import Card

_STEPS = (
    "1. Здесь: «Отправить изменения…», файл сохраните на флешку.",
    "2. На том компьютере: «Обмен», «Принять изменения…».",
    "3. Там же: «Отправить изменения…» на эту же флешку.",
    "4. Здесь: «Принять изменения…», файл с флешки.",
)
_SENDING, _TAKING_THERE = 0, 1
_NOWHERE = len(_STEPS)


class Way(Card):
    """What to do with a flash drive; nobody need remember where it was left off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Как обменяться изменениями")
        self._steps = [text.label(words, wrap=True) for words in _STEPS]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(24)
        for step in self._steps:
            row.addWidget(step, 1)

    def show_peer(self, peer: Peer | None) -> None:
        """Mark the step that comes next with a computer; none where there is nothing to send or all has arrived."""
        following = _following(peer)
        for number, step in enumerate(self._steps):
            text.set_role(step, "strong" if number == following else "second")

    @property
    def steps(self) -> list[QLabel]:
        """The labels of the steps."""
        return self._steps


def _following(peer: Peer | None) -> int:
    if peer is None or peer.computer.stopped_at is not None:
        return _NOWHERE
    if peer.waiting:
        return _SENDING
    return _NOWHERE if peer.confirmed or peer.sent_at is None else _TAKING_THERE
