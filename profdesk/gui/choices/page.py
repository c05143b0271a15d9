"""The page «Выбор и выпуск»: the talk with a child about what to choose, and what became of those who left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from profdesk.domain.rights import Right
from profdesk.gui.choices.choice_view import ChoiceTools, ChoiceView
from profdesk.gui.choices.graduates_view import GraduatesView, GraduateTools
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.views_page import ViewsPage

CHOICE, GRADUATES = "choice", "graduates"


class ChoicesPage(ViewsPage):
    """Two views of one header."""

    name = "choices"
    title = "Выбор и выпуск"
    icon = "path"
    help = (
        ("Ctrl+N", "записать новый выбор ученика"),
        ("Enter, F2", "изменить записанный выбор"),
        ("Del", "убрать записанный выбор"),
        ("Alt+↓, Alt+↑", "следующий ученик, предыдущий"),
        ("Ctrl+F", "найти ученика"),
        ("Ctrl+K", "открыть карточку ученика"),
        ("Ctrl+P", "напечатать факты для разговора; итоги выпуска"),
        ("Shift+↓, Ctrl+A", "выбрать несколько выпускников, всех"),
        ("Ctrl+C", "скопировать выпускников для таблицы"),
        ("Ctrl+O", "загрузить список выпускников"),
        ("Ctrl+Z, Ctrl+Y", "отменить, сделать снова"),
    )

    writes = (Right.CHOICES_WRITE,)
    keys_of = ((Right.CHOICES_WRITE, ("Ctrl+N", "Enter", "Enter, F2", "Del", "Ctrl+O", "Ctrl+Z, Ctrl+Y")),)

    wanted_card = Signal(str)
    """The id of the pupil whose card the user wants to see."""
    wanted_pupils = Signal()
    """There is nobody yet: the user wants to load a list."""
    wanted_import = Signal(object)
    """The path of a table of graduates that the user wants to load."""

    header: PageHeader
    group: QComboBox
    subject: Segmented
    print_button: QPushButton
    add_button: QPushButton
    year: QComboBox
    export_button: QPushButton
    paper_button: QPushButton
    import_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "choices_page")
        tools = ChoiceTools(self.group, self.subject, self.print_button, self.add_button)
        self.choice = ChoiceView(desk, tools)
        self.choice.wanted_card.connect(self.wanted_card)
        self.choice.wanted_pupils.connect(self.wanted_pupils)
        graduate_tools = GraduateTools(self.year, self.export_button, self.paper_button, self.import_button)
        self.graduates = GraduatesView(desk, graduate_tools)
        self.graduates.wanted_import.connect(self.wanted_import)
        self.offer({CHOICE: ("Выбор", self.choice), GRADUATES: ("Выпускники", self.graduates)})

    def show_missing(self, wanted: tuple[str, str]) -> None:
        """Show the class (its id) in which most lack what a measure asks."""
        self.view.choose(CHOICE)
        self.choice.show_missing(*wanted)

    def show_graduates(self, year: int) -> None:
        """Show those who left in a year."""
        self.graduates.show_year(year)
        self.view.choose(GRADUATES)
