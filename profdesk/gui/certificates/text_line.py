"""A line of words with fields in braces: typed, or taken from the list of those there are."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from profdesk.domain.certificate_fields import KNOWN
from profdesk.gui.common import icons
from profdesk.gui.common.opening_line import OpeningLine


class TextLine(OpeningLine):
    """The fields are behind it; one is put where the cursor stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, "Вставить поле", icons.icon("brackets-curly", "text2", 16))
        self.fields = QMenu(self)
        for name, meaning in KNOWN.items():
            one = self.fields.addAction(f"{{{name}}}\t{meaning}")
            one.triggered.connect(lambda _=False, name=name: self.insert(f"{{{name}}}"))

    @override
    def open_choice(self) -> None:
        self.fields.popup(self.mapToGlobal(self.rect().bottomLeft()))
