"""The card's tab «Файлы»: what shows what the pupil did, kept in the workspace by its content."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from profdesk.domain.pupil_card import PupilCard
from profdesk.gui.common.card_tab import Tab
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.evidence_list import EvidenceList
from profdesk.gui.common.forms import fill


class FilesTab(Tab):
    """All files of the pupil; a new one is about the pupil as a whole."""

    title = "Файлы"

    files: EvidenceList

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "pupil_card_files")
        self.files.files_table.setProperty("bare", True)
        self._shown = ""

    @override
    def heading(self, card: PupilCard) -> str:
        count = sum(one.withdrawn_at is None for one in card.history.files)
        return f"{self.title}  {count}" if count else self.title

    @override
    def show_card(self, card: PupilCard) -> None:
        if card.pupil.id != self._shown:
            self._shown = card.pupil.id
            self.files.show_files(self.desk, card.pupil.id, None, self.desk.organisation.period)
