"""What a tab of the pupil card offers: a later feature adds its own without touching the others."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from profdesk.domain.pupil_card import PupilCard
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.page import Keys, KeysOf, usable
from profdesk.gui.common.steps import Steps


class Tab(QWidget):
    """A tab is made once and shows one card after the other; what the card does not hold it reads itself."""

    title: ClassVar[str]
    keys: ClassVar[Keys] = ()
    """What the status bar tells of keys while the tab is in front."""
    help: ClassVar[Keys] = ()
    """Its own keys, each with what it does, for F1."""
    keys_of: ClassVar[KeysOf] = ()
    """Which of them are of no use without a right."""
    steps: Steps | None = None
    """What Ctrl+Z takes back while the tab is in front, where it writes anything."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk

    def usable(self, keys: Keys) -> Keys:
        """Those of some keys that do anything for the user."""
        return usable(self.desk, keys, self.keys_of)

    def heading(self, card: PupilCard) -> str:
        """The words of the tab itself; with a count where one is worth a look."""
        del card
        return self.title

    def show_card(self, card: PupilCard) -> None:
        """Show another pupil, or the same one read again; called when the tab is first looked at."""
        raise NotImplementedError
