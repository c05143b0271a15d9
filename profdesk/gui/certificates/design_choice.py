"""Which design certificates of a class are issued by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from profdesk.domain.certificate_design import CertificateDesign, first_for


class DesignChoice(QObject):
    """The box of designs: that of the class's level is chosen, or what the user took for this level before."""

    changed = Signal()
    """The user has taken another design."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box)
        self._box = box
        self._designs: Sequence[CertificateDesign] = ()
        self._level = ""
        self._taken: dict[str, str] = {}
        box.activated.connect(lambda _: self._take())

    @property
    def design(self) -> CertificateDesign | None:
        """What is chosen, None before the designs have been read."""
        place = self._box.currentIndex()
        return self._designs[place] if place >= 0 else None

    def offer(self, designs: Sequence[CertificateDesign]) -> None:
        """Offer these designs."""
        self._designs = designs
        with QSignalBlocker(self._box):
            self._box.clear()
            for one in designs:
                self._box.addItem(one.title, one.code)
        self._choose()

    def show_level(self, level: str) -> None:
        """Choose for a level (its code)."""
        self._level = level
        self._choose()

    def _choose(self) -> None:
        if self._designs:
            usual = first_for(self._level, self._designs).code
            place = self._box.findData(self._taken.get(self._level, usual))
            self._box.setCurrentIndex(place if place >= 0 else self._box.findData(usual))

    def _take(self) -> None:
        self._taken[self._level] = str(self._box.currentData())
        self.changed.emit()
