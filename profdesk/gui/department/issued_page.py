"""The page «Подписанные»: every consolidation that the department signed, and who signed it further."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from profdesk.domain.rights import Right
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.issued.papers import CONSOLIDATIONS
from profdesk.gui.common.issued.view import IssuedTools, IssuedView
from profdesk.gui.common.views_page import ViewsPage


class IssuedPage(ViewsPage):
    """The register's view alone, under a header of its own."""

    name = "issued"
    title = "Подписанные"
    icon = "pen-nib"
    help = (
        ("Ctrl+F", "найти по номеру, периоду, подписавшему"),
        ("Ctrl+S", "сохранить копию"),
        ("F5", "проверить"),
        ("Ctrl+D", "подписать вторым, своим ключом"),
        ("Ctrl+O, Del", "добавить подпись, убрать её"),
        ("Ctrl+Z, Ctrl+Y", "отменить, сделать снова"),
        ("PgUp, PgDn", "листать документ"),
        ("+, -", "страница крупнее, целиком"),
    )

    writes = (Right.SUMMARY_SIGN,)
    keys_of = ((Right.SUMMARY_SIGN, ("Ctrl+D", "Ctrl+O, Del", "Ctrl+O", "Ctrl+Z, Ctrl+Y")),)

    wanted_consolidation = Signal()
    """Nothing has been signed yet: the user wants to."""

    header: PageHeader
    year: QComboBox
    export_button: QPushButton
    copy_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "department_issued")
        tools = IssuedTools(self.year, self.export_button, self.copy_button)
        self.issued = IssuedView(desk, tools, CONSOLIDATIONS)
        self.issued.wanted_first.connect(self.wanted_consolidation)
        self.offer({"issued": ("Подписанные", self.issued)})
        self.view.hide()
