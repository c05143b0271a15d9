"""All pupils of the school year: search, class, counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from profdesk.domain.people import Group, Pupil, fold
from profdesk.gui.common import file_dialogs, plural
from profdesk.gui.common.card import Card
from profdesk.gui.common.columns import Column
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.table import DeskTable
from profdesk.services import pupils

_SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".html", ".htm")
_ALL, _NOBODYS = "all", "nobody's"
_FEARS = (
    ("Подойдёт любой список", "xlsx, xls, ods или csv, как выгрузил электронный журнал."),
    (
        "Сначала покажем, что прочитали",
        "Новые, изменённые и непонятные строки. До согласия ничего не запишем.",
    ),
    ("Повторная загрузка не удваивает", "Тот же список ничего не изменит, исправленный обновит."),
)
_COLUMNS: tuple[Column[Pupil], ...] = (
    Column("Фамилия, имя, отчество", lambda pupil: pupil.name.full, sort=lambda p: fold(p.name.full)),
    Column(
        "Дата рождения",
        lambda pupil: f"{pupil.birth_date:%d.%m.%Y}",
        width=140,
        sort=lambda pupil: pupil.birth_date,
    ),
    Column("Пол", lambda pupil: pupil.sex.value if pupil.sex else "—", width=70),
    Column(
        "Класс или группа",
        lambda pupil: pupil.group.name.title if pupil.group else "—",
        width=260,
        sort=lambda pupil: pupil.group.name.sort_key if pupil.group else (99, ""),
    ),
)


class ListView(QWidget):
    """``file_given`` asks for the preview of a class list."""

    file_given = Signal(object)

    header: PageHeader
    group: QComboBox
    search_field: SearchField
    import_button: QPushButton
    message: InlineMessage
    sheet: Card
    table: DeskTable
    empty: EmptyState
    count: QLabel

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pupils: Sequence[Pupil] = ()
        self._folded: list[tuple[str, Pupil]] = []
        fill(self, "pupils_list")
        self.table.set_columns(_COLUMNS, key=lambda pupil: pupil.id)
        self.empty.set_content(
            "student", "Учеников пока нет", "Перетащите сюда список классов или выберите файл.", _FEARS
        )
        self.empty.set_buttons("Выбрать файл…", icon="upload-simple")
        self.empty.accept_files(*_SUFFIXES)
        self.empty.dropped.connect(self.file_given)
        self.empty.primary.clicked.connect(self._ask_file)
        self.import_button.clicked.connect(self._ask_file)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, self._ask_file)
        self.search_field.searched.connect(lambda _: self._filter())
        self.group.currentIndexChanged.connect(lambda _: self._filter())
        self._show_emptiness(empty=False)

    def reload(self) -> None:
        """Read the year's pupils and groups again."""
        workspace, year = self._desk.workspace, self._desk.organisation.period.year
        self._desk.run(
            lambda: (pupils.pupils(workspace, workspace.actor, year), pupils.groups(workspace, workspace.actor, year)),
            owner=self,
            done=lambda read: self._show(*read),
        )

    def _show(self, everyone: Sequence[Pupil], groups: Sequence[Group]) -> None:
        self._pupils = everyone
        self._folded = [(_haystack(pupil), pupil) for pupil in everyone]
        chosen = self.group.currentData()
        self.group.blockSignals(True)
        self.group.clear()
        self.group.addItem("Все классы", _ALL)
        for group in groups:
            self.group.addItem(group.name.title, group.id)
        if any(pupil.group is None for pupil in everyone):
            self.group.addItem("Не в классе этого года", _NOBODYS)
        self.group.setCurrentIndex(max(0, self.group.findData(chosen)))
        self.group.blockSignals(False)
        self._show_emptiness(empty=not everyone)
        self._filter()

    def _filter(self) -> None:
        words = fold(self.search_field.text()).split()
        group = self.group.currentData()
        scope = [(hay, pupil) for hay, pupil in self._folded if _belongs(pupil, group)]
        found = [pupil for hay, pupil in scope if all(word in hay for word in words)]
        self.table.set_rows(found)
        total = len(scope)
        shown = f"{len(found)} из {total}" if len(found) != total else f"{total}"
        self.count.setText(f"{shown} {plural.word(total, 'ученик', 'ученика', 'учеников')}" if total else "")

    def _show_emptiness(self, *, empty: bool) -> None:
        self.empty.setVisible(empty)
        for part in (self.sheet, self.group, self.search_field, self.import_button):
            part.setVisible(not empty)

    def _ask_file(self) -> None:
        path = file_dialogs.file_to_open(self, "Список классов", file_dialogs.LISTS)
        if path is not None:
            self.file_given.emit(Path(path))


def _belongs(pupil: Pupil, scope: str) -> bool:
    if pupil.group is None:
        return scope == _NOBODYS
    return scope in (_ALL, pupil.group.id)


def _haystack(pupil: Pupil) -> str:
    group = pupil.group.name.title if pupil.group else ""
    bare = "".join(letter for letter in group if letter.isalnum())
    return fold(f"{pupil.name.full} {group} {bare}")
