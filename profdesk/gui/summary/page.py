"""The page «Сводка»: figures with their rules, what the department will get, and signing."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.views_page import ViewsPage
from profdesk.gui.summary.figures_view import FiguresTools, FiguresView

FIGURES = "figures"


class SummaryPage(ViewsPage):
    """The views of one header."""

    name = "summary"
    title = "Сводка"
    icon = "chart-bar"
    help = (
        ("Enter", "ввести или изменить число, которого в программе нет"),
        ("Ctrl+Z, Ctrl+Y", "отменить введённое, ввести снова"),
        ("Ctrl+S", "подписать и сохранить сводку"),
        ("Ctrl+E", "сохранить таблицы для Excel"),
        ("PgUp, PgDn", "листать документ"),
    )

    header: PageHeader
    year: QComboBox
    workbook_button: QPushButton
    sign_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "summary_page")
        self.figures = FiguresView(desk, FiguresTools(self.year, self.workbook_button, self.sign_button))
        self.offer({FIGURES: ("Показатели", self.figures)})
        self.view.setVisible(len(self.view.keys) > 1)
