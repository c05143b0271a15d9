"""What every page of the window offers the main window."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import QMetaMethod, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from profdesk.domain.changes import Changes
from profdesk.domain.rights import Right
from profdesk.gui.common.desk import Desk

Keys = tuple[tuple[str, str], ...]
KeysOf = Sequence[tuple[Right, Collection[str]]]


@dataclass(frozen=True)
class Status:
    """What the status bar says of a page.

    ``saved``: the text speaks of something committed (check icon) rather than of a preview (info icon);
    ``undo`` names what Ctrl+Z would take back; ``keys`` are pairs of keys and what they do.
    """

    text: str
    saved: bool = False
    undo: str = ""
    keys: Keys = ()


def usable(desk: Desk, keys: Keys, keys_of: KeysOf) -> Keys:
    """The keys that do anything for the user; ``keys_of`` says which are of no use without a right.

    Where a key does one thing here and another there, it is what it does that is named.
    """
    useless = {key for right, some in keys_of if not desk.may(right) for key in some}
    return tuple((key, words) for key, words in keys if not useless & {key, words})


def saved_at(moment: datetime | None) -> Status:
    """«Сохранено в 10:42», or that nothing has been written yet."""
    if moment is None:
        return Status("Ничего ещё не записано")
    return Status(f"Сохранено в {moment:%H:%M}", saved=True)


class Page(QWidget):
    """A page: header on top, its content below; made when it is first needed, read from the workspace on first sight.

    Subclasses set the class attributes and override what they need. ``help`` lists the page's keys, each
    with what it does, for F1. A page ``under`` another one (its name) is not in the navigation itself: it is
    reached from other pages, and ``left`` leads back to the one it was reached from. ``writes`` are the rights by
    which anything is written here, the usual one first; ``keys_of`` says which keys are of no use without a right.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]
    help: ClassVar[Keys] = ()
    under: ClassVar[str] = ""
    writes: ClassVar[Sequence[Right]] = ()
    keys_of: ClassVar[KeysOf] = ()

    status_changed = Signal()
    left = Signal()
    leads_on = Signal(str)
    """The name of another page that is to come to the front."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.came_from = ""
        """The title of the page that ``left`` leads back to, set by the window before ``activate``."""

    def leads(self, signal: SignalInstance) -> bool:
        """Whether anybody listens to a signal of the page: what leads nowhere is not offered."""
        return self.isSignalConnected(QMetaMethod.fromSignal(signal))

    def shown_help(self) -> Keys:
        """The keys that F1 tells of."""
        return self.usable(self.help)

    def usable(self, keys: Keys) -> Keys:
        """Those of some keys that do anything for the user."""
        return usable(self.desk, keys, self.keys_of)

    @property
    def only_read(self) -> str:
        """What to say to a user who may write nothing here; empty for everybody else."""
        if not self.writes or any(self.desk.may(right) for right in self.writes):
            return ""
        return f"Только просмотр: права {self.writes[0]} у вас нет"

    def activate(self) -> None:
        """Called each time the page is shown; the first time it reads its data."""

    def on_changes(self, changes: Changes) -> None:
        """Called after every committed verb, also while the page is hidden."""

    def search(self) -> None:
        """Ctrl+F: put the cursor into the page's search field."""

    def undo(self) -> None:
        """Ctrl+Z outside a text field."""

    def redo(self) -> None:
        """Ctrl+Y outside a text field."""

    def status(self) -> Status:
        """What the status bar shows while the page is in front."""
        return saved_at(self.desk.saved_at)
