"""Two pupils side by side: what each has, and which value of every field stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QGridLayout, QRadioButton, QWidget

from profdesk.domain import plural
from profdesk.domain.merging import Merge, PupilHistory
from profdesk.domain.people import Leave, PersonName, Pupil
from profdesk.gui.common import fonts, text

_COLUMN = 280
_MARK = 24
"""The round mark of a choice with the space after it: values without one are aligned with its words."""
_ABOVE = 4
_STAYS, _SURNAME, _GIVEN, _PATRONYMIC, _BORN, _SEX, _CLASS = (
    "stays",
    "surname",
    "given",
    "patronymic",
    "born",
    "sex",
    "class",
)


@dataclass(frozen=True)
class _Field:
    key: str
    title: str
    shown: Callable[[Pupil], str]


def _class(pupil: Pupil) -> str:
    if pupil.group is None:
        return ""
    return pupil.group.name.title + _left(pupil.leave)


def _left(leave: Leave | None) -> str:
    return f", выбытие {leave.day:%d.%m.%Y}" if leave else ""


_FIELDS = (
    _Field(_SURNAME, "Фамилия", lambda pupil: pupil.name.surname),
    _Field(_GIVEN, "Имя", lambda pupil: pupil.name.given),
    _Field(_PATRONYMIC, "Отчество", lambda pupil: pupil.name.patronymic or ""),
    _Field(_BORN, "Дата рождения", lambda pupil: f"{pupil.birth_date:%d.%m.%Y}"),
    _Field(_SEX, "Пол", lambda pupil: pupil.sex.value if pupil.sex else ""),
    _Field(_CLASS, "Класс", _class),
)


class MergeGrid(QWidget):
    """``changed`` tells that another value was chosen; equal values leave nothing to choose."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair: tuple[PupilHistory, PupilHistory] | None = None
        self._choices: dict[str, QButtonGroup] = {}
        self._touched: set[str] = set()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, 110)
        for column in (1, 2):
            self._grid.setColumnMinimumWidth(column, _COLUMN)

    def show_pair(self, first: PupilHistory, second: PupilHistory) -> None:
        """Show two pupils; the one with more stays, with what the other has more of."""
        self._clear()
        self._pair = (first, second)
        self._add_choice(_STAYS, "Останется", (first.pupil.name.full, second.pupil.name.full))
        for field in _FIELDS:
            values = (field.shown(first.pupil), field.shown(second.pupil))
            settled = values[0] == values[1] or (field.key == _CLASS and not all(values))
            if settled:
                self._add_line(field.title, (values[0] or values[1] or "—", ""))
            else:
                self._add_choice(field.key, field.title, (values[0] or "—", values[1] or "—"))
        rule = QFrame()
        rule.setProperty("rule", "true")
        self._grid.addWidget(rule, self._grid.rowCount(), 0, 1, 3)
        self._add_line("Записано", (_facts(first) or "ничего", _facts(second) or "ничего"))
        self._add_line("По годам", (_years(first), _years(second)))
        self._choices[_STAYS].button(int(second.weight > first.weight)).setChecked(True)
        self._follow()

    @property
    def choice(self) -> Merge:
        """What was chosen; only after ``show_pair``."""
        first, second = self._histories
        stays, goes = (second, first) if self._side(_STAYS) else (first, second)
        pupil = {key: (first, second)[self._side(key)].pupil for key in (field.key for field in _FIELDS)}
        name = PersonName(pupil[_SURNAME].name.surname, pupil[_GIVEN].name.given, pupil[_PATRONYMIC].name.patronymic)
        return Merge(stays.pupil.id, goes.pupil.id, name, pupil[_BORN].birth_date, pupil[_SEX].sex, pupil[_CLASS].id)

    @property
    def given(self) -> str:
        """What the one that stays is given by the other, in words; empty for nothing."""
        first, second = self._histories
        return _facts(first if self._side(_STAYS) else second)

    def button(self, key: str, *, second: bool) -> QAbstractButton:
        """What chooses a value of a field that differs."""
        return self._choices[key].button(int(second))

    # -- inside ----------------------------------------------------------------------------------

    @property
    def _histories(self) -> tuple[PupilHistory, PupilHistory]:
        if self._pair is None:
            raise RuntimeError("no pair is shown")
        return self._pair

    def _side(self, key: str) -> int:
        """Which of the two a value is taken from; where both are equal, from the first."""
        group = self._choices.get(key)
        return max(0, group.checkedId()) if group is not None else 0

    def _clear(self) -> None:
        self._choices = {}
        self._touched = set()
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _add_line(self, title: str, words: tuple[str, str]) -> None:
        row = self._grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        caption = text.label(title, "caption")
        caption.setContentsMargins(0, _ABOVE, 0, _ABOVE)
        self._grid.addWidget(caption, row, 0, top)
        for column, value in enumerate(words, 1):
            if value:
                label = text.label(value, wrap=True)
                label.setContentsMargins(_MARK, _ABOVE, 0, _ABOVE)
                self._grid.addWidget(label, row, column, 1, 1 if words[1] else 2, top)

    def _add_choice(self, key: str, title: str, words: tuple[str, str]) -> None:
        row = self._grid.rowCount()
        group = self._choices[key] = QButtonGroup(self)
        self._grid.addWidget(text.label(title, "caption"), row, 0)
        for number, value in enumerate(words):
            button = QRadioButton(value)
            button.setAccessibleName(f"{title}: {value}")
            button.setFont(fonts.font(fonts.TEXT, bold=key == _STAYS))
            group.addButton(button, number)
            self._grid.addWidget(button, row, number + 1)
        group.button(0).setChecked(True)
        group.idClicked.connect(lambda _: self._chosen(key))

    def _chosen(self, key: str) -> None:
        self._touched.add(key)
        if key == _STAYS:
            self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        """Values not chosen by hand are those of the one that stays, unless it has none."""
        stays = self._side(_STAYS)
        for field in _FIELDS:
            if field.key in self._choices and field.key not in self._touched:
                has = bool(field.shown(self._histories[stays].pupil))
                self._choices[field.key].button(stays if has else 1 - stays).setChecked(True)


def _facts(one: PupilHistory) -> str:
    counted = (
        (one.assessments, "оценка", "оценки", "оценок"),
        (one.notes, "заметка", "заметки", "заметок"),
        (one.files, "файл", "файла", "файлов"),
        (one.certificates, "сертификат", "сертификата", "сертификатов"),
        (one.route_lines, "строка маршрута", "строки маршрута", "строк маршрута"),
    )
    return ", ".join(plural.counted(number, *words) for number, *words in counted if number)


def _years(one: PupilHistory) -> str:
    return "\n".join(f"{year.year.title}: {year.group}{_left(year.leave)}" for year in one.years) or "ни в одном классе"
