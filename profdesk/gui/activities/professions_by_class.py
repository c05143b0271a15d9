"""Class by class, how many children have met the professions that the programme wants, and who lacks which."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from profdesk.domain.plural import counted
from profdesk.domain.professions import ClassProfessions, YearProfessions
from profdesk.gui.activities.profession_matrix import ProfessionMatrix
from profdesk.gui.common.columns import Column, Heading, Look
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.forms import fill
from profdesk.gui.common.paper import PaperDialog
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.services import professions

_LEFT = 60
_WIDEST = 1320
_ABOUT = (
    "Считаются профессии, о которых ребёнок узнал на уроках, встречах, экскурсиях и пробах, за все годы. "
    "Пустая клетка — ещё не знает: такие профессии стоит запланировать."
)
_NOBODY = "Классов в этом учебном году нет: загрузите списки."


class ProfessionsByClass(QDialog):
    """The class chosen at the left is shown at the right."""

    heading: QLabel
    facts: QLabel
    classes: DeskTable
    chosen: QLabel
    matrix: ProfessionMatrix
    told: QLabel
    copy_button: QPushButton
    print_button: QPushButton
    leave_button: QPushButton

    def __init__(self, parent: QWidget | None, desk: Desk, found: YearProfessions, group: str = "") -> None:
        super().__init__(parent)
        fill(self, "professions_by_class")
        self._desk = desk
        self._found = found
        self.setWindowTitle("Профессии по классам")
        self.heading.setText(f"Профессии по классам, {found.year.title}")
        self.facts.setText(_ABOUT)
        self.classes.set_columns(self._columns(), key=lambda one: one.group.id)
        self.classes.chosen.connect(self._show)
        self.matrix.looked_at.connect(self.told.setText)
        self.copy_button.clicked.connect(self._copy)
        self.print_button.clicked.connect(self._print)
        self.print_button.setShortcut("Ctrl+P")
        self.leave_button.clicked.connect(self.accept)
        self.classes.set_rows(self._rows(), _NOBODY)
        for button in (self.copy_button, self.print_button):
            button.setEnabled(bool(found.classes))
        if not (group and self.classes.choose(group)):
            self.classes.choose_first()
        if parent is not None:
            self.resize(min(_WIDEST, parent.window().width() - _LEFT), parent.window().height() - _LEFT)
        self.classes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rows(self) -> Sequence[ClassProfessions | Heading]:
        """Classes under the headings of their levels, each with how many professions are wanted."""
        rows: list[ClassProfessions | Heading] = []
        titles = {level.code: level.title for level in self._desk.programme.levels}
        for level, some in groupby(self._found.classes, key=lambda one: one.group.level):
            classes = list(some)
            wanted = classes[0].wanted
            number = f": нужно {wanted}" if wanted else ""
            rows += [Heading(f"{titles.get(level, '')}{number}"), *classes]
        return rows

    def _columns(self) -> tuple[Column[ClassProfessions], ...]:
        return (
            Column("Класс", lambda one: one.group.name.title),
            Column("Знают все", _done, width=84, right=True, look=_look),
        )

    def _show(self, one: ClassProfessions | None) -> None:
        if one is None:
            return
        children = counted(len(one.pupils), "ученик", "ученика", "учеников")
        if one.wanted is None:
            self.chosen.setText(f"{one.group.name.title}: {children}, числа программа не называет")
        else:
            self.chosen.setText(f"{one.group.name.title}: {one.done} из {len(one.pupils)} знают {one.wanted} и больше")
        self.matrix.show_class(self._found, one)

    def _copy(self) -> None:
        self.matrix.copy()
        self.told.setText("Таблица скопирована: вставьте её в Excel.")

    def _print(self) -> None:
        one: ClassProfessions | None = self.classes.row()
        if one is not None:
            workspace = self._desk.workspace
            draw = partial(professions.class_paper, workspace, workspace.actor, self._found, one)
            title = f"Профессии, {one.group.name.title}, {self._found.year.title}"
            PaperDialog(self, self._desk, title, lambda _: draw()).open()


def _done(one: ClassProfessions) -> str:
    return "" if one.wanted is None else f"{one.done} из {len(one.pupils)}"


def _look(one: ClassProfessions) -> Look:
    whole = one.wanted is not None and bool(one.pupils) and one.done == len(one.pupils)
    return Look("check-circle", Tone.OK) if whole else Look()
