"""One table of a class list, row by row: pupils, refused lines with reasons, and lines that are no pupil's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from profdesk.domain import group_names, roster_columns, roster_dates, roster_names
from profdesk.domain.people import GroupName, fold
from profdesk.domain.roster import Field, PassedLine, RefusedLine, RosterPupil, Row, Sheet
from profdesk.domain.roster_gone import gone, section
from profdesk.domain.roster_layout import Layout
from profdesk.domain.roster_names import NameCells
from profdesk.domain.roster_text import Value, Wrong, is_number, letters, text

_FOOTER = re.compile(
    r"^(?:итого|всего|директор|заведующ(?:ий|ая)|классн(?:ый|ые) руководител[ьи]|кл ?рук\w*|классный|секретарь|исп|стр|"
    r"воспитател[ьи]|учител[ья]|исполнител[ьи]|исполнил[аи]?|составил[аи]?|подготовил[аи]?|проверил[аи]?|дата|подписи?|"
    r"м ?п|количество|кол во|численность|из них|в том числе|(?:мальчик|девоч|юнош|девуш)\w*(?= ?\d| ?$)|примечани[ея]|"
    r"утвержда\w*|согласова\w*|зам|заместитель|методист|ответственн(?:ый|ая)|тел|телефон|приложение|страница|"
    r"родительский комитет|психолог|социальный педагог|печать|руководитель|специалист|старший воспитатель|"
    r"сформирован\w*|по состоянию|на \d+)(?!\w)"
)
_SUBTITLE = re.compile(r"(?:мальчики|девочки|юноши|девушки)\W*")
_WORDS = re.compile(r"[^а-яa-z0-9]+")
_LONGEST = 200
_NO_NAME = "Нет фамилии и имени"


@dataclass
class TableReader:
    """Goes down one table, keeping the layout and the class that hold at the present row.

    ``closed`` means that a footer was passed, or no header yet: then only a whole pupil's line counts;
    ``leaving`` is the title over those who left.
    """

    sheet: Sheet
    today: date
    layout: Layout
    closed: bool = False
    group: GroupName | None = None
    above: GroupName | None = None
    leaving: str = ""
    pupils: list[RosterPupil] = field(default_factory=list)
    refused: list[RefusedLine] = field(default_factory=list)
    passed: list[PassedLine] = field(default_factory=list)

    def use(self, layout: Layout) -> None:
        """Go on below another header."""
        if layout.has_names:
            self.layout, self.closed, self.above, self.leaving = layout, False, None, ""

    def take_all(self, rows: Iterable[Row]) -> None:
        """Sort rows into pupils, refused lines and all the rest."""
        for row in rows:
            if self.layout.is_continued(row):
                self._pass_over(row, "Продолжение строки выше")
            elif roster_columns.is_column_numbers(row):
                self._pass_over(row, "Номера столбцов")
            elif (title := section(row)) is not None:
                self.leaving = title
                self._pass_over(row, "Ниже выбывшие" if title else "Ниже прибывшие")
            else:
                self._take(row)

    def _take(self, row: Row) -> None:
        cells, born = self._name_and_date(row)
        has_name = any(map(str.isalpha, cells.text))
        has_date = not roster_dates.is_blank(text(born)) and text(born) not in (cells.full, cells.surname, cells.given)
        if self._is_footer(row, cells):
            self.closed = True
        is_line = has_name and (has_date or self._is_pupil_without_date(row, cells))
        if is_line and (not self.closed or self._is_line_again(row, cells, born)):
            self._read_line(row, cells, born)
        elif is_line:
            self._pass_over(row, "Итог или подпись")
        elif has_name or not has_date or not roster_dates.looks_like_date(born):
            self._take_other(row)
        elif self.closed:
            self._pass_over(row, "Итог или подпись")
        else:
            self._refuse(row, _NO_NAME, Field.FULL_NAME)

    def _name_and_date(self, row: Row) -> tuple[NameCells, Value]:
        cells, born = self.layout.name(row), self.layout.value(row, Field.BIRTH_DATE)
        if born is None and any(map(str.isdigit, cells.full)):
            full, found = roster_dates.split_off(cells.full)
            if roster_names.looks_like_full_name(full) or self.layout.is_numbered(row):
                return NameCells(full, given_first=cells.given_first), found or None
        return cells, roster_dates.day_first(born) if self.layout.month_first else born

    def _is_footer(self, row: Row, cells: NameCells) -> bool:
        if self.layout.is_numbered(row) and roster_names.looks_like_full_name(cells.text):
            return False
        first = next((words for cell in row.cells if (words := text(cell)) and not is_number(cell)), "")
        if _SUBTITLE.fullmatch(fold(first)) and len(roster_columns.distinct(row)) == 1:
            return False
        return any(_FOOTER.match(_WORDS.sub(" ", fold(words)).strip()) for words in (first, cells.text))

    def _is_line_again(self, row: Row, cells: NameCells, born: Value) -> bool:
        """Whether a row below a footer is a pupil's after all, and no signature with its date."""
        if not roster_names.looks_like_full_name(cells.text):
            return False
        return (
            self.layout.is_numbered(row) or roster_dates.is_birth_date(born, self.today) or roster_dates.never_was(born)
        )

    def _is_pupil_without_date(self, row: Row, cells: NameCells) -> bool:
        """Whether a row without a date of birth is a pupil to be refused, not a title or a note."""
        if self.closed:
            return self.layout.is_numbered(row) and roster_names.looks_like_full_name(cells.text)
        words = roster_columns.distinct(row)
        if len(words) <= 2 and any(group_names.in_heading(word) for word in words):
            return False
        beside = self.layout.is_numbered(row) or any(
            self.layout.text(row, known) for known in (Field.GROUP, Field.GRADE, Field.SEX)
        )
        named = roster_names.looks_like_full_name(cells.text) or roster_names.looks_like_one_name(cells.text)
        return named or (beside and len(words) > 1 and len(cells.text) < 80)

    def _take_other(self, row: Row) -> None:
        """Remember the class that a row above or between the lines names; tell a line without a pupil."""
        known = (Field.GROUP, Field.GRADE, Field.SEX)
        filled = sum(bool(self.layout.text(row, one)) for one in known)
        words = roster_columns.distinct(row)
        if not self.closed and filled > 1 and not words[0][:1].isalpha():
            self._refuse(row, _NO_NAME, Field.FULL_NAME)
            return
        if self.layout.is_numbered(row) and filled:
            self._pass_over(row, "Нет имени ученика")
            return
        self.leaving = ""
        for candidate in (*words, " ".join(words)):
            found = group_names.in_heading(candidate)
            if found is not None:
                self.group, self.above, self.closed = found, None, self.closed and not self.pupils
                self._pass_over(row, f"Класс ниже: {found.title}")
                return
        if not self.pupils:
            self._pass_over(row, "Надпись над списком")
        else:
            self._pass_over(row, "Итог или подпись" if self.closed else "Нет имени ученика")

    def _read_line(self, row: Row, cells: NameCells, born: Value) -> None:
        at = Field.FULL_NAME
        try:
            read = roster_names.read_name(cells)
            at = Field.BIRTH_DATE
            day = roster_dates.birth_date(born, self.today)
            at = Field.GROUP
            group, remarks = self._group(row)
        except Wrong as wrong:
            self._refuse(row, str(wrong), at)
            return
        self.closed = False
        given = self.layout.sex(row)
        sex = roster_names.sex(given)
        if sex is None and not roster_dates.is_blank(text(given)):
            remarks = (*remarks, f"Пол не понят: «{text(given)}»")
        remarks = (*read.remarks, *remarks)
        left = gone(self.layout, row, group) or self.leaving
        self.pupils.append(
            RosterPupil(row.line, self.sheet.name, read.name, day, sex, group, remarks, left, self.sheet.first)
        )

    def _group(self, row: Row) -> tuple[GroupName | None, tuple[str, ...]]:
        words = self._group_words(row)
        if roster_dates.is_blank(words):
            return self._without_cell(), ()
        read = group_names.named_group if self.layout.own_groups else group_names.parse_group
        found = read(words)
        if found is None:
            raise Wrong(group_names.problem(words))
        if self.group is not None and self.group.grade is not None and _says_less(found, self.group):
            return self.group, ()
        self.above = found
        remarks = ("Буква класса латинская, прочитана как русская",) if group_names.has_latin(words) else ()
        return found, remarks

    def _group_words(self, row: Row) -> str:
        grade, letter = self.layout.text(row, Field.GRADE), self.layout.text(row, Field.LETTER)
        return group_names.joined(grade, letter) if grade else self.layout.text(row, Field.GROUP)

    def _without_cell(self) -> GroupName | None:
        """The class of a line whose own cell is blank: of the title, or of a line above where it stands once."""
        if self.layout.sparse_groups and self.above is not None:
            return self.above
        if self.group is None and self.layout.has_groups:
            raise Wrong("Не указан класс")
        return self.group

    def _refuse(self, row: Row, reason: str, at: Field) -> None:
        column = self.layout.column(at)
        self.refused.append(
            RefusedLine(
                row.line,
                self.sheet.name,
                self.layout.name(row).text[:_LONGEST],
                reason,
                at,
                self.layout.text(row, Field.BIRTH_DATE)[:_LONGEST],
                text(self.layout.sex(row))[:_LONGEST],
                self._group_words(row)[:_LONGEST],
                f"{letters(column)}{row.line}" if self.sheet.name and column is not None else "",
                self.sheet.first,
            )
        )

    def _pass_over(self, row: Row, reason: str) -> None:
        """Tell a row that is no pupil's by what stands in it and not only goes on from above."""
        own = [cell for index, cell in enumerate(row.cells) if index not in row.continued]
        words = " · ".join(dict.fromkeys(words for cell in own if (words := text(cell))))
        if words:
            self.passed.append(PassedLine(row.line, self.sheet.name, words, reason, self.sheet.first))


def _says_less(cell: GroupName, title: GroupName) -> bool:
    """Whether a cell only repeats the grade of the class in the title, or is no class beside one."""
    return cell.grade is None or (cell.letter is None and cell.grade == title.grade)
