"""The page «Выбор и выпуск»: the talk with a child about what to choose, and what became of those who left."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QStackedWidget, QWidget
from typing_extensions import override

from profdesk.domain.changes import Changes
from profdesk.gui.choices.choice_view import ChoiceTools, ChoiceView
from profdesk.gui.choices.graduates_view import GraduatesView, GraduateTools
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.page import Page, Status
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.view import View

CHOICE, GRADUATES = "choice", "graduates"
_VIEWS = {CHOICE: "Выбор", GRADUATES: "Выпускники"}


class ChoicesPage(Page):
    """Two views of one header: what of it belongs to a view is in sight with it."""

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

    wanted_card = Signal(str)
    """The id of the pupil whose card the user wants to see."""
    wanted_pupils = Signal()
    """There is nobody yet: the user wants to load a list."""
    wanted_import = Signal(object)
    """The path of a table of graduates that the user wants to load."""

    header: PageHeader
    view: Segmented
    group: QComboBox
    subject: Segmented
    print_button: QPushButton
    add_button: QPushButton
    year: QComboBox
    export_button: QPushButton
    paper_button: QPushButton
    import_button: QPushButton
    views: QStackedWidget

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
        self._known: dict[str, View] = {CHOICE: self.choice, GRADUATES: self.graduates}
        for one in self._known.values():
            self.views.addWidget(one)
            one.status_changed.connect(self.status_changed)
        self.view.set_choices(list(_VIEWS.items()))
        self.view.chosen.connect(lambda _: self._turn())
        self._turn()

    @property
    def front(self) -> View:
        """The view in front."""
        return self._known[self.view.key]

    # -- what the window asks --------------------------------------------------------------------

    @override
    def activate(self) -> None:
        self.front.activate()

    @override
    def on_changes(self, changes: Changes) -> None:
        for one in self._known.values():
            one.on_changes(changes)

    @override
    def search(self) -> None:
        self.front.search()

    @override
    def undo(self) -> None:
        self.front.undo()

    @override
    def redo(self) -> None:
        self.front.redo()

    @override
    def status(self) -> Status:
        return self.front.status()

    def show_missing(self, wanted: tuple[str, str]) -> None:
        """Show the class (its id) in which most lack what a measure asks."""
        self.view.choose(CHOICE)
        self.choice.show_missing(*wanted)

    # -- inside ----------------------------------------------------------------------------------

    def _turn(self) -> None:
        for one in self._known.values():
            one.show_tools(shown=one is self.front)
        self.views.setCurrentWidget(self.front)
        if self.isVisible():
            self.front.activate()
        self.status_changed.emit()
