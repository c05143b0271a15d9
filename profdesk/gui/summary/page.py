"""The page «Сводка»: figures with their rules, what the department will get, and signing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from profdesk.domain.issued_summaries import IssuedSummary
from profdesk.domain.rights import Right
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.issued.papers import SUMMARIES
from profdesk.gui.common.issued.view import IssuedTools, IssuedView
from profdesk.gui.common.views_page import ViewsPage
from profdesk.gui.summary.correction_dialog import CorrectionDialog
from profdesk.gui.summary.figures_view import FiguresTools, FiguresView
from profdesk.gui.summary.leads import Place

FIGURES, ISSUED = "figures", "issued"

_SIGN = "подписать и сохранить сводку"


class SummaryPage(ViewsPage):
    """The views of one header."""

    name = "summary"
    title = "Сводка"
    icon = "chart-bar"
    help = (
        ("Enter", "кто в числе и кто не вошёл; ввести число, которого в программе нет"),
        ("Ctrl+F", "найти среди них по имени, классу, причине"),
        ("← →", "вошли, не вошли"),
        ("Enter, Ctrl+K", "открыть карточку ученика"),
        ("Shift+↓, Ctrl+A", "выбрать несколько учеников, всех"),
        ("Ctrl+C", "скопировать выбранных для таблицы"),
        ("Ctrl+Enter", "сделать, чего не хватает: портфолио, мероприятие, выбор, реестр"),
        ("Ctrl+Z, Ctrl+Y", "отменить введённое, ввести снова"),
        ("Ctrl+S", _SIGN),
        ("Ctrl+E", "сохранить таблицы для Excel"),
        ("PgUp, PgDn", "листать документ"),
        ("Ctrl+P", "напечатать документ для своей работы"),
        ("Alt+↓", "в шапке: за какое время и чьи показатели"),
        ("+, -", "страница крупнее, целиком"),
        ("Ctrl+S", "в выданных: сохранить копию"),
        ("F5, Ctrl+R", "в выданных: проверить, исправить"),
        ("Ctrl+D", "в выданных: подписать вторым, своим ключом"),
        ("Ctrl+O, Del", "в выданных: добавить подпись, убрать её"),
    )

    keys_of = ((Right.SUMMARY_SIGN, ("F5, Ctrl+R", "Ctrl+D", "Ctrl+O, Del", "Ctrl+O", "Ctrl+Z, Ctrl+Y", _SIGN)),)

    wanted_card = Signal(str)
    """The id of the pupil whose card the user wants to see."""
    wanted_portfolio = Signal(str)
    """The id of a group to be assessed."""
    wanted_activity = Signal(object)
    """What is to be planned: the measure it is for, and the ids of the groups and pupils it is missing for."""
    wanted_choices = Signal(object)
    """The measure by which choices are missing, and the id of a group."""
    wanted_graduates = Signal(int)
    """The year they left in."""
    wanted_register = Signal(object)
    """The Register."""

    header: PageHeader
    period: QComboBox
    scope: QComboBox
    workbook_button: QPushButton
    sign_button: QPushButton
    issued_year: QComboBox
    export_button: QPushButton
    copy_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "summary_page")
        tools = FiguresTools(self.period, self.scope, self.workbook_button, self.sign_button)
        self.figures = FiguresView(desk, tools)
        people = self.figures.people
        people.leading = self._leads_to
        people.wanted_card.connect(self.wanted_card)
        people.wanted_portfolio.connect(self.wanted_portfolio)
        people.wanted_activity.connect(self.wanted_activity)
        people.wanted_choices.connect(self.wanted_choices)
        people.wanted_graduates.connect(self.wanted_graduates)
        people.wanted_register.connect(self.wanted_register)
        issued_tools = IssuedTools(self.issued_year, self.export_button, self.copy_button)
        self.issued = IssuedView(desk, issued_tools, SUMMARIES)
        self.issued.wanted_first.connect(self._lead_to_figures)
        self.issued.acts.wanted_correction.connect(self._ask_correction)
        self.offer({FIGURES: ("Показатели", self.figures), ISSUED: ("Выданные сводки", self.issued)})

    def _leads_to(self, place: Place) -> bool:
        ways = {
            Place.PORTFOLIO: self.wanted_portfolio,
            Place.ACTIVITY: self.wanted_activity,
            Place.CHOICES: self.wanted_choices,
            Place.GRADUATES: self.wanted_graduates,
            Place.REGISTER: self.wanted_register,
        }
        return self.leads(ways[place])

    def _lead_to_figures(self) -> None:
        self.view.choose(FIGURES)
        self.view.setFocus()

    def _ask_correction(self, former: IssuedSummary) -> None:
        """Show what would be signed instead and ask what is corrected."""
        dialog = CorrectionDialog(self.issued, self.desk, former)
        dialog.signed.connect(lambda number, path: self._tell_corrected(former, number, path))
        dialog.finished.connect(self.issued.acts.closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell_corrected(self, former: IssuedSummary, number: str, path: Path) -> None:
        words = f"Сводка № {number} подписана вместо № {former.number} и сохранена: {path}."
        self.issued.tell_saved(words, path)
        self.issued.choose(number)
