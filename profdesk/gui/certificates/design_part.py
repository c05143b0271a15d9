"""What every tab of the editor of designs offers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from profdesk.domain.certificate_design import CertificateDesign
from profdesk.gui.common.fields import FieldNote, set_wrong

Choice = TypeVar("Choice", bound=StrEnum)
Fields = Mapping[str, tuple[QWidget, FieldNote]]


class Part(QWidget):
    """Shows a part of a design, gives a design back with what was changed here, and marks what will not do.

    Subclasses set ``title`` and give ``fields``: by place (``Flaw.place``) the input and the line under it.
    """

    title: ClassVar[str]

    changed = Signal()

    def put(self, design: CertificateDesign) -> None:
        """Show a design."""
        raise NotImplementedError

    def read(self, design: CertificateDesign) -> CertificateDesign:
        """The design with what stands here."""
        raise NotImplementedError

    @property
    def fields(self) -> Fields:
        """The inputs that may be wrong."""
        raise NotImplementedError

    def mark(self, wrong: Mapping[str, str]) -> None:
        """Say under each input what is wrong with it, by place, or take the mark away."""
        for place, (box, note) in self.fields.items():
            words = wrong.get(place, "")
            if note.property("told") != words:
                note.setProperty("told", words)
                set_wrong(box, note, words)


def offer(box: QComboBox, words: Mapping[Choice, str]) -> None:
    """Fill a box with choices."""
    for choice, title in words.items():
        box.addItem(title, choice.value)


def put_choice(box: QComboBox, choice: StrEnum) -> None:
    """Show a choice."""
    box.setCurrentIndex(box.findData(choice.value))
