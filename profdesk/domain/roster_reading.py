"""A class list recognised in raw rows: header, classes, good lines, refused lines with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from profdesk.domain import group_names, roster_columns, roster_values
from profdesk.domain.people import GroupName, PersonName, fold
from profdesk.domain.roster import Field, RefusedLine, Roster, RosterPupil, Row, Sheet, SheetReading
from profdesk.domain.roster_values import Value, Wrong
from profdesk.errors import WrongInputError

_FOOTER = re.compile(
    r"^(итого|всего|директор|заведующ|классный рук|кл\.? ?рук|воспитател|секретар|учител|исп\.|исполнител|"
    r"дата|подпись|м\.? ?п\.?|количеств|из них|мальчик\w*\s*[:\d]|девоч\w*\s*[:\d]|примечани|утвержд|"
    r"зам\.|методист|"
    r"ответственн|тел\.?|список|приложение|отчет|стр\.|страница)"
)
_SEARCHED = 60


def recognise(sheets: Sequence[Sheet], today: date | None = None) -> Roster:
    """Read every sheet; WrongInputError if no sheet has a column of names.

    Lines that repeat an earlier one (same name and date of birth) are refused, the first is kept.
    """
    day = today or datetime.now(UTC).astimezone().date()
    readers = [_SheetReader(sheet, day) for sheet in sheets if sheet.rows]
    for reader in readers:
        reader.read()
    found = [reader for reader in readers if reader.found]
    if not found:
        raise WrongInputError("В файле не нашлось списка: нет столбца с фамилией и именем. Проверьте, тот ли это файл.")
    pupils, repeated = _without_repeats([pupil for reader in found for pupil in reader.pupils])
    refused = [line for reader in found for line in reader.refused]
    order = {reader.sheet.name: number for number, reader in enumerate(found)}
    return Roster(
        tuple(reader.reading() for reader in found),
        tuple(pupils),
        tuple(sorted((*refused, *repeated), key=lambda line: (order[line.sheet], line.line))),
    )


@dataclass
class _SheetReader:
    """Goes down one sheet, keeping the header and the class that hold at the present row."""

    sheet: Sheet
    today: date
    fields: dict[int, Field] = field(default_factory=dict)
    header: Row | None = None
    group: GroupName | None = None
    pupils: list[RosterPupil] = field(default_factory=list)
    refused: list[RefusedLine] = field(default_factory=list)

    @property
    def found(self) -> bool:
        """Whether the sheet has a column of names."""
        return bool({Field.FULL_NAME, Field.SURNAME, Field.GIVEN} & set(self.fields.values()))

    def read(self) -> None:
        """Sort every row into pupils and refused lines."""
        self.group = group_names.strict_class(self.sheet.name.strip())
        start = self._find_header()
        if not self.found:
            return
        for row in self.sheet.rows[start:]:
            self._take(row)

    def reading(self) -> SheetReading:
        """How the sheet was understood."""
        width = max(len(row.cells) for row in self.sheet.rows)
        line = self.header.line if self.header else None
        return SheetReading(self.sheet.name, line, roster_columns.columns(self.fields, self.header, width))

    def _find_header(self) -> int:
        rows = self.sheet.rows
        for number, row in enumerate(rows[:_SEARCHED]):
            fields = roster_columns.header(row)
            if fields is None:
                self._note_heading(row)
                continue
            self.header = row
            after = number + 1
            if after < len(rows) and (second := _second_header(rows[after])):
                fields = _merged(fields, second)
                self.header = _joined(row, rows[after])
                after += 1
            below = rows[after : after + 200]
            self.fields = roster_columns.completed(roster_columns.settled(fields), below, self.today)
            return after
        self.fields = roster_columns.completed({}, rows[:200], self.today)
        if Field.BIRTH_DATE not in self.fields.values():
            self.fields = {}
        return 0

    def _take(self, row: Row) -> None:
        if not any(roster_values.text(cell) for cell in row.cells):
            return
        again = roster_columns.header(row)
        if again is not None:
            self.fields = roster_columns.settled(again) if set(again) != set(self.fields) else self.fields
            return
        born = self._value(row, Field.BIRTH_DATE)
        words = self._name_text(row)
        if not roster_values.text(born) and not self._is_pupil_without_date(row, words):
            self._note_heading(row)
            return
        if not words and not roster_values.is_birth_date(born, self.today):
            return
        self._read_line(row, words)

    def _read_line(self, row: Row, words: str) -> None:
        at = Field.FULL_NAME
        try:
            name, latin = self._name(row)
            at = Field.BIRTH_DATE
            born = roster_values.birth_date(self._value(row, Field.BIRTH_DATE), self.today)
            at = Field.GROUP
            group, remarks = self._group(row)
        except Wrong as wrong:
            shown = words or _shown(row)
            self.refused.append(RefusedLine(row.line, self.sheet.name, shown, str(wrong), at))
            return
        if latin:
            remarks = ("Латинские буквы в имени прочитаны как русские", *remarks)
        sex = roster_values.sex(self._value(row, Field.SEX))
        self.pupils.append(RosterPupil(row.line, self.sheet.name, name, born, sex, group, remarks))

    def _name(self, row: Row) -> tuple[PersonName, bool]:
        full, latin = roster_values.name_words(self._text(row, Field.FULL_NAME))
        if full:
            return roster_values.person(full[:1], full[1:2], full[2:]), latin
        surname, one = roster_values.name_words(self._text(row, Field.SURNAME))
        given, two = roster_values.name_words(self._text(row, Field.GIVEN))
        patronymic, three = roster_values.name_words(self._text(row, Field.PATRONYMIC))
        if given and not patronymic and len(given) > 1 and Field.PATRONYMIC not in self.fields.values():
            given, patronymic = given[:1], given[1:]
        if patronymic and not any(letter.isalpha() for letter in patronymic[0]):
            patronymic = []
        return roster_values.person(surname, given, patronymic), one or two or three

    def _group(self, row: Row) -> tuple[GroupName | None, tuple[str, ...]]:
        grade, letter = self._text(row, Field.GRADE), self._text(row, Field.LETTER)
        words = group_names.joined(grade, letter) if grade else self._text(row, Field.GROUP)
        if not words:
            return self.group, ()
        wrong = group_names.problem(words)
        if wrong is not None:
            raise Wrong(wrong)
        latin = group_names.has_latin(words)
        remarks = ("Буква класса латинская, прочитана как русская",) if latin else ()
        return group_names.parse_group(words), remarks

    def _is_pupil_without_date(self, row: Row, words: str) -> bool:
        """Whether a row without a date of birth is a pupil to be refused, not a footer or a title."""
        if not words or Field.BIRTH_DATE not in self.fields.values():
            return bool(words) and not _FOOTER.match(fold(words)) and _is_name(words)
        beside = sum(bool(roster_values.text(cell)) for cell in row.cells)
        titled = group_names.in_heading(_shown(row)) is not None and beside <= 2
        return not titled and not _FOOTER.match(fold(_shown(row))) and _is_name(words)

    def _note_heading(self, row: Row) -> None:
        """Remember the class that a row above or between the lines names."""
        for cell in row.cells:
            words = roster_values.text(cell)
            if words and not isinstance(cell, int | float):
                found = group_names.in_heading(words)
                if found is not None and not _FOOTER.match(fold(words).replace("список", "")):
                    self.group = found
                    return

    def _name_text(self, row: Row) -> str:
        parts = (Field.FULL_NAME, Field.SURNAME, Field.GIVEN, Field.PATRONYMIC)
        return " ".join(words for part in parts if (words := self._text(row, part)))

    def _text(self, row: Row, wanted: Field) -> str:
        return roster_values.text(self._value(row, wanted))

    def _value(self, row: Row, wanted: Field) -> Value:
        for index, known in self.fields.items():
            if known is wanted and index < len(row.cells):
                return row.cells[index]
        return None


def _without_repeats(pupils: Iterable[RosterPupil]) -> tuple[list[RosterPupil], list[RefusedLine]]:
    seen: dict[tuple[str, date], RosterPupil] = {}
    kept: list[RosterPupil] = []
    repeated: list[RefusedLine] = []
    for pupil in pupils:
        first = seen.setdefault((fold(pupil.name.full), pupil.birth_date), pupil)
        if first is pupil:
            kept.append(pupil)
            continue
        sheet = f" листа «{first.sheet}»" if first.sheet and first.sheet != pupil.sheet else ""
        reason = f"Повтор строки {first.line}{sheet}. Оставлена первая"
        repeated.append(RefusedLine(pupil.line, pupil.sheet, pupil.name.full, reason))
    return kept, repeated


def _second_header(row: Row) -> Mapping[int, Field]:
    """The fields of a second line of headings: words only, and at least one of a name or two of others."""
    if any(isinstance(cell, int | float | date) for cell in row.cells):
        return {}
    fields: dict[int, Field] = {}
    for index, cell in enumerate(row.cells):
        found = roster_columns.heading_field(cell) if isinstance(cell, str) else None
        if found is not None and found not in fields.values():
            fields[index] = found
    names = {Field.SURNAME, Field.GIVEN, Field.PATRONYMIC} & set(fields.values())
    return fields if len(names) >= 2 or len(fields) >= 3 else {}


def _merged(first: Mapping[int, Field], second: Mapping[int, Field]) -> dict[int, Field]:
    split = {Field.SURNAME, Field.GIVEN} <= set(second.values())
    kept = {i: f for i, f in first.items() if i not in second and not (split and f is Field.FULL_NAME)}
    kept = {i: f for i, f in kept.items() if f not in second.values()}
    return {**kept, **second}


def _joined(first: Row, second: Row) -> Row:
    width = max(len(first.cells), len(second.cells))
    cells = tuple(_cell(second, index) or _cell(first, index) for index in range(width))
    return replace(first, cells=cells)


def _cell(row: Row, index: int) -> str:
    return roster_values.text(row.cells[index]) if index < len(row.cells) else ""


def _is_name(words: str) -> bool:
    return roster_values.looks_like_full_name(words) or roster_values.looks_like_one_name(words)


def _shown(row: Row) -> str:
    return " ".join(words for cell in row.cells if (words := roster_values.text(cell)))
