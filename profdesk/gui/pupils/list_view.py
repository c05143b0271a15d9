"""All pupils of the school year: classes at left, instant search, who is not covered yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QLabel, QMenu, QPushButton, QWidget

from profdesk.domain import plural
from profdesk.domain.batch import Step
from profdesk.domain.people import Group, pupil_words
from profdesk.domain.pupil_list import ALL, HOMELESS, LEFT, Listed, of_group, scopes
from profdesk.domain.rights import Right
from profdesk.gui.common import file_dialogs, icons
from profdesk.gui.common.allowed import allow
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.nobody import say_nobody
from profdesk.gui.common.search import SearchField, SearchKeys
from profdesk.gui.common.table import DeskTable
from profdesk.gui.common.tones import Tone
from profdesk.gui.pupils import reading
from profdesk.gui.pupils.columns import columns
from profdesk.gui.pupils.reading import Reading
from profdesk.gui.pupils.tree import ClassTree

_SUFFIXES = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".html", ".htm")
_FEARS = (
    ("Подойдёт любой список", "xlsx, xls, ods, csv или таблица Word, как выгрузил электронный журнал."),
    (
        "Сначала покажем, что прочитали",
        "Новые, изменённые и непонятные строки. До согласия ничего не запишем.",
    ),
    ("Повторная загрузка не удваивает", "Тот же список ничего не изменит, исправленный обновит."),
)
_RULE = (
    "Считаем оценки педагогов за {year} учебный год: наблюдение, диагностику, пробу. Самооценка и мнение родителей "
    "не считаются. Охвачен тот, у кого оценены все компетенции уровня."
)
_ELSEWHERE = {ALL: "Показать в других классах: {}", LEFT: "Показать среди выбывших: {}", HOMELESS: "Без класса: {}"}


class ListView(QWidget):
    """``file_given`` asks for the preview of a class list, ``selection_changed`` tells that others are selected."""

    file_given = Signal(object)
    shown = Signal(object)
    """The Reading now shown."""
    selection_changed = Signal()

    header: PageHeader
    search_field: SearchField
    uncovered: QCheckBox
    more_button: QPushButton
    import_button: QPushButton
    add_button: QPushButton
    narrowing: InlineMessage
    message: InlineMessage
    body: QWidget
    tree_card: Card
    tree: ClassTree
    sheet: Card
    table: DeskTable
    empty: EmptyState
    rule: QLabel
    foot: QWidget
    count: QLabel
    elsewhere_button: QPushButton
    card_button: QPushButton
    edit_button: QPushButton
    move_button: QPushButton
    leave_button: QPushButton
    doubles: InlineMessage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reading = Reading(desk.organisation.period.year)
        self._elsewhere = ALL
        self._some: Collection[str] | None = None
        self._followed: tuple[Step, str] | None = None
        fill(self, "pupils_list")
        self._show_columns()
        self.table.select_several()
        say_nobody(
            desk,
            self.empty,
            "student",
            "Учеников пока нет",
            "Перетащите сюда список классов или выберите файл.",
            lines=_FEARS,
        )
        if desk.may(Right.PUPILS_WRITE):
            self.empty.set_buttons("Выбрать файл…", "Добавить вручную", icon="upload-simple")
            self.empty.accept_files(*_SUFFIXES)
        self.more = QMenu(self)
        self.more_button.setMenu(self.more)
        self._connect()
        self._show_emptiness(empty=False)

    def _connect(self) -> None:
        self.empty.dropped.connect(self.file_given)
        self.empty.primary.clicked.connect(self._ask_file)
        self.import_button.clicked.connect(self._ask_file)
        by_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, self._ask_file)
        allow(self._desk, Right.PUPILS_WRITE, by_key, self.import_button, self.doubles)
        self.search_field.textChanged.connect(lambda _: self._filter())
        SearchKeys(self.search_field, self.table).entered.connect(self.enter_table)
        self.uncovered.toggled.connect(lambda _: self._show_columns())
        self.tree.chosen.connect(lambda _: self._filter())
        self.tree.entered.connect(self.enter_table)
        self.table.selection_changed.connect(self.selection_changed)
        self.elsewhere_button.clicked.connect(self._look_elsewhere)
        self.narrowing.acted.connect(self._widen)

    # -- what the page asks ----------------------------------------------------------------------

    @property
    def reading(self) -> Reading:
        """What is shown."""
        return self._reading

    @property
    def group(self) -> Group | None:
        """The class chosen in the tree, None for more than a class."""
        scope = self.tree.scope
        return next((group for group in self._reading.listing.groups if of_group(group.id) == scope), None)

    def selected(self) -> Sequence[Listed]:
        """The selected pupils in the order shown."""
        return self.table.selected()

    def shown_ids(self) -> list[str]:
        """The ids of all pupils shown, in the order shown."""
        return [row.pupil.id for row in self.table.rows()]

    def reload(self) -> None:
        """Read the year's pupils and groups again."""
        workspace, programme = self._desk.workspace, self._desk.programme
        year, former = self._desk.organisation.period.year, self._reading
        if not former.listing.rows:
            self.count.setText("Читаем список…")
        self._desk.run(lambda: reading.read(workspace, programme, year, former), owner=self, done=self._show)

    def follow(self, step: Step, told: str) -> None:
        """After reading again, choose whom a step was done to, or tell it if that pupil is not in sight."""
        self._followed = (step, told)

    def say(self, sentence: str, tone: Tone = Tone.OK) -> None:
        """Tell what was just written, or why it was not."""
        self.message.say(sentence, tone)

    def offer_more(self, words: str, icon: str) -> QAction:
        """Add an entry to «Ещё», where the button stands as soon as there is one to offer."""
        return self.more.addAction(icons.icon(icon, "text2"), words)

    def show_only(self, scope: str, *, uncovered: bool = False, some: Collection[str] | None = None) -> None:
        """Show a scope with nothing looked for: of it all, the uncovered, or ``some`` by their ids."""
        self._some = some
        self.narrowing.clear()
        self.search_field.clear()
        self.uncovered.setChecked(uncovered)
        self.tree.want(scope)
        self._filter()

    def _widen(self) -> None:
        self.show_only(ALL)

    def enter_table(self) -> None:
        """Go on in the list, from its first row if none is chosen."""
        if self.table.row() is None:
            self.table.choose_first()
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- showing ---------------------------------------------------------------------------------

    def reveal(self, pupil_id: str) -> bool:
        """Choose a pupil wherever that is: in the scope chosen, else in the pupil's own class."""
        row = self._reading.row(pupil_id)
        if row is None:
            return False
        if not self.table.choose(pupil_id):
            self.search_field.clear()
            self.uncovered.setChecked(False)
            self.tree.choose(scopes(row)[-1])
        return self.table.choose(pupil_id)

    def _show(self, found: Reading) -> None:
        number = self.table.currentIndex().row()
        self._reading = found
        self._show_emptiness(empty=not found.listing.rows)
        self._show_tree()
        whom = pupil_words(group.name for group in found.listing.groups)[1]
        self.add_button.setText(f"Добавить {whom}")
        if self._followed is not None:
            (step, told), self._followed = self._followed, None
            self.message.clear()
            if not (step.records and self.table.choose(step.records[0])):
                self.say(told)
        if self.table.row() is None and number >= 0:
            self.table.choose_near(number)
        if found.doubles:
            self.doubles.say(f"Возможные двойники: {len(found.doubles)}", Tone.WARN, "Сравнить")
        else:
            self.doubles.clear()
        self.shown.emit(found)

    def _show_columns(self) -> None:
        """Other words for the portfolio, and the rule they follow, while only the uncovered are shown."""
        kept = self.table.row()
        missing = self.uncovered.isChecked()
        self.table.set_columns(
            columns(missing=missing), key=lambda row: row.pupil.id, faded=lambda row: not row.pupil.attends
        )
        self.rule.setText(_RULE.format(year=self._reading.year.title))
        self.rule.setVisible(missing)
        self._show_tree()
        if kept is not None:
            self.table.choose(kept.pupil.id)

    def _show_tree(self) -> None:
        self.tree.show_branches(self._reading.uncovered if self.uncovered.isChecked() else self._reading.branches)
        self._filter()

    def _filter(self) -> None:
        index, words = self._reading.index, self.search_field.text()
        scope, uncovered = self.tree.scope or ALL, self.uncovered.isChecked()
        found = index.find(words, scope, uncovered=uncovered)
        if self._some is not None:
            found = [row for row in found if row.pupil.id in self._some]
        self.table.set_rows(found, self._nothing(words))
        self.count.setText(self._counted(found, index.size(scope, uncovered=uncovered)))
        self._offer_elsewhere(words if not found else "", scope)

    def _nothing(self, words: str) -> str:
        if words.strip():
            return "Здесь таких нет. Ищите по любой части имени, классу или дате рождения"
        return "Здесь охвачены все" if self.uncovered.isChecked() else "Здесь никого нет"

    def _counted(self, found: Sequence[Listed], total: int) -> str:
        if not total:
            return self._nothing("")
        if len(found) < total:
            return f"{len(found)} из {total}" if found else f"Не нашлось среди {total}"
        return plural.counted(total, *pupil_words(row.pupil.group.name if row.pupil.group else None for row in found))

    def _offer_elsewhere(self, words: str, scope: str) -> None:
        """Where nobody is found, say in which other place somebody is."""
        self.elsewhere_button.hide()
        places = {scope: "Показать охваченных: {}"} if self.uncovered.isChecked() else {}
        for other, label in (places | _ELSEWHERE).items():
            found = len(self._reading.index.find(words, other)) if words.strip() else 0
            if found:
                self._elsewhere = other
                self.elsewhere_button.setText(label.format(found))
                self.elsewhere_button.show()
                return

    def _look_elsewhere(self) -> None:
        self.uncovered.setChecked(False)
        self.tree.choose(self._elsewhere)

    def _show_emptiness(self, *, empty: bool) -> None:
        self.empty.setVisible(empty)
        for part in (self.body, self.foot, self.search_field, self.uncovered, self.import_button, self.add_button):
            part.setVisible(not empty)

    def _ask_file(self) -> None:
        path = file_dialogs.file_to_open(self, "Список классов", file_dialogs.LISTS)
        if path is not None:
            self.file_given.emit(Path(path))
