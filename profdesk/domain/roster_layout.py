"""Where a class list keeps what: headings first, and what stands below them where they say nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from profdesk.domain import group_names, roster_columns, roster_dates, roster_headings, roster_names
from profdesk.domain.people import Sex
from profdesk.domain.roster import NAMES, Choice, Column, Field, Row
from profdesk.domain.roster_columns import Heading
from profdesk.domain.roster_names import NameCells
from profdesk.domain.roster_text import Value, is_number, text

_SAMPLE = 400
_SHOWN = 3
_LEAST_SHARE = 0.6
_Test = Callable[[Value], bool]


@dataclass(frozen=True)
class Layout:
    """The columns of every field that was found, and how they are filled.

    ``numbering`` is the column of line numbers; ``has_groups``: the class is written in a column;
    ``own_groups``: it is headed «группа»; ``sparse_groups``: it stands in the first line of a class only;
    ``marked_sex``: columns «М» and «Ж» in which one or the other is marked; ``headings`` as they are written;
    ``month_first``: dates are month/day/year.
    """

    fields: Mapping[int, Field]
    given_first: bool = False
    numbering: int | None = None
    has_groups: bool = False
    own_groups: bool = False
    sparse_groups: bool = False
    marked_sex: tuple[tuple[int, Sex], ...] = ()
    headings: tuple[str, ...] = ()
    month_first: bool = False

    @property
    def has_names(self) -> bool:
        """Whether there is a column of names."""
        return bool(NAMES & set(self.fields.values()))

    def value(self, row: Row, field: Field) -> Value:
        """The first filled cell of a field's columns; a date in three columns is put together."""
        cells = [cell for index in self._columns(field) if text(cell := _cell(row, index))]
        if field is Field.BIRTH_DATE and len(cells) == 3 and not roster_dates.looks_like_date(cells[0]):
            return " ".join(text(cell) for cell in cells)
        return cells[0] if cells else None

    def text(self, row: Row, field: Field) -> str:
        """The cell of a field as text."""
        return text(self.value(row, field))

    def sex(self, row: Row) -> Value:
        """The cell of the sex, or the one of two columns that is marked."""
        marked = [sex.value for index, sex in self.marked_sex if text(_cell(row, index))]
        return marked[0] if len(marked) == 1 else self.value(row, Field.SEX)

    def name(self, row: Row) -> NameCells:
        """All that a row holds of a name."""
        return NameCells(
            self.text(row, Field.FULL_NAME),
            self.text(row, Field.SURNAME),
            self.text(row, Field.GIVEN),
            self.text(row, Field.PATRONYMIC),
            self.given_first,
        )

    def is_numbered(self, row: Row) -> bool:
        """Whether a row has its number in the list."""
        return self.numbering is not None and is_number(_cell(row, self.numbering))

    def is_continued(self, row: Row) -> bool:
        """Whether the name's cell is merged with the row above: a further line about the same pupil."""
        return any(field in NAMES and index in row.continued for index, field in self.fields.items())

    def column(self, field: Field) -> int | None:
        """The column of a field; of a name, where it begins."""
        return next((index for index, known in sorted(self.fields.items()) if _stands_for(known, field)), None)

    def heading(self, index: int) -> str:
        """The heading of a column, empty where it has none."""
        return self.headings[index] if index < len(self.headings) else ""

    def columns(self, rows: Sequence[Row]) -> tuple[Column, ...]:
        """Every column that holds anything, with its heading and what it was taken for."""
        fields = {**{index: Field.SEX for index, _ in self.marked_sex}, **self.fields}
        shown = (
            Column(index, self.heading(index), fields.get(index, Field.IGNORED), _samples(rows, index))
            for index in range(max((len(row.cells) for row in rows), default=len(self.headings)))
        )
        return tuple(column for column in shown if column.heading or column.samples)

    def _columns(self, field: Field) -> list[int]:
        return [index for index, known in self.fields.items() if known is field]


def lay_out(heading: Heading | None, rows: Sequence[Row], today: date, chosen: Choice | None = None) -> Layout:
    """Decide what every column is, from its heading and from a sample of the rows below.

    What a person has ``chosen`` is taken as it is, unless it is empty.
    """
    sample = _Sample.of(rows)
    fields = _found(heading, sample, today) if not chosen else dict(sorted(chosen.items()))
    fields = {index: field for index, field in fields.items() if field is not Field.IGNORED}
    full = next((index for index, field in fields.items() if field is Field.FULL_NAME), None)
    marked = _marked_sex(heading)
    return Layout(
        fields,
        full is not None and _is_given_first(heading, full, sample),
        _numbering(fields, sample),
        any(sample.cells.get(index) for index, field in fields.items() if field in (Field.GROUP, Field.GRADE)),
        _own_groups(fields, heading),
        _are_groups_sparse(fields, sample),
        marked if any(fields.get(index) is Field.SEX for index, _ in marked) else (),
        heading.words if heading else (),
        any(_is_month_first(sample, index) for index, field in fields.items() if field is Field.BIRTH_DATE),
    )


def _found(heading: Heading | None, sample: _Sample, today: date) -> dict[int, Field]:
    """The field of every column that headings name or content gives away."""
    named = heading.fields if heading else ()
    wanted = {index: field for index, field in enumerate(named) if field not in (None, Field.IGNORED)}
    ignored = {index for index, field in enumerate(named) if field is Field.IGNORED}
    fields = _settled({index: field for index, field in wanted.items() if field is not None}, sample, today)
    free = [
        index for index in range(sample.width) if index not in fields and index not in ignored and index not in wanted
    ]
    return _completed(fields, free, sample, today, headed=heading is not None)


@dataclass(frozen=True)
class _Sample:
    """The cells of some rows by column, blank ones left out: of rows with dates, if there are any."""

    cells: Mapping[int, Sequence[Value]]
    total: int
    width: int
    first: Row | None

    @classmethod
    def of(cls, rows: Sequence[Row]) -> _Sample:
        lines = [row for row in rows if len(roster_columns.distinct(row)) > 1 and not row.continued] or list(rows)
        dated = (row for row in lines if any(map(roster_dates.looks_like_date, row.cells)))
        chosen = list(islice(dated, _SAMPLE)) or lines[:_SAMPLE]
        width = max((len(row.cells) for row in rows), default=0)
        cells = {index: [cell for row in chosen if text(cell := _cell(row, index))] for index in range(width)}
        return cls(cells, len(chosen), width, chosen[0] if chosen else None)

    def share(self, index: int, test: _Test) -> float:
        """The part of all rows whose cell of a column passes a test."""
        return sum(map(test, self.cells.get(index, ()))) / self.total if self.total else 0.0

    def purity(self, index: int, test: _Test) -> float:
        """The part of the filled cells of a column that pass a test."""
        cells = self.cells.get(index, ())
        return sum(map(test, cells)) / len(cells) if cells else 0.0


def _settled(fields: Mapping[int, Field], sample: _Sample, today: date) -> dict[int, Field]:
    """One column for each field, the leftmost with content; several columns under «ФИО» are its parts."""
    made: dict[int, Field] = {}
    for field in Field:
        columns = [index for index, known in fields.items() if known is field]
        made |= _chosen(field, columns, sample, today)
    kinds = set(made.values())
    if {Field.SURNAME, Field.GIVEN} <= kinds:
        made = {index: field for index, field in made.items() if field is not Field.FULL_NAME}
    elif Field.FULL_NAME not in kinds and kinds & {Field.SURNAME, Field.GIVEN}:
        made = _promoted(made, sample)
    if Field.LETTER in kinds and Field.GRADE not in kinds:
        made = {index: Field.GRADE if field is Field.GROUP else field for index, field in made.items()}
    if Field.GRADE not in made.values():
        made = {index: field for index, field in made.items() if field is not Field.LETTER}
    return made


def _chosen(field: Field, columns: Sequence[int], sample: _Sample, today: date) -> dict[int, Field]:
    filled = [index for index in columns if sample.cells.get(index)]
    if field is Field.FULL_NAME:
        parts = [index for index in filled if sample.purity(index, _one_name) >= _LEAST_SHARE]
        apart = len({tuple(map(text, sample.cells[index])) for index in parts}) == len(parts)
        if len(parts) in (2, 3) and parts == filled and apart:
            return dict(zip(parts, (Field.SURNAME, Field.GIVEN, Field.PATRONYMIC), strict=False))
    if field is Field.BIRTH_DATE and len(filled) > 1:
        dated = [
            index
            for index in filled
            if sample.purity(index, lambda cell: roster_dates.is_birth_date(cell, today)) > 0.5
        ]
        if not dated and len(filled) == 3:
            return dict.fromkeys(filled, field)
        filled = dated or filled
    if field is Field.GROUP and len(filled) > 1:
        grade = [index for index in filled if sample.purity(index, is_number) > 0.9]
        letter = [index for index in filled if sample.purity(index, _is_letter) > 0.9]
        if grade and letter:
            return {grade[0]: Field.GRADE, letter[0]: Field.LETTER}
        filled = sorted(filled, key=lambda index: -round(sample.purity(index, _is_class), 1))
    chosen = filled or columns
    return {chosen[0]: field} if chosen else {}


def _promoted(fields: Mapping[int, Field], sample: _Sample) -> dict[int, Field]:
    """A lone «Фамилия» or «Имя» whose cells are full names holds full names."""
    lone = next(index for index, field in fields.items() if field in NAMES)
    if {Field.SURNAME, Field.GIVEN} <= set(fields.values()) or sample.purity(lone, _one_name) > 0.5:
        return dict(fields)
    return {index: Field.FULL_NAME if index == lone else field for index, field in fields.items()}


def _completed(
    fields: Mapping[int, Field], free: Sequence[int], sample: _Sample, today: date, *, headed: bool
) -> dict[int, Field]:
    """Add by content what no heading named: names, date of birth, sex, class."""
    made = dict(fields)
    if not NAMES & set(made.values()):
        made |= _names(free, sample, headed=headed)
    elif lone := [index for index, field in made.items() if field in NAMES]:
        made |= _split_names(made, lone, free, sample)
    tests: tuple[tuple[Field, _Test], ...] = (
        (Field.BIRTH_DATE, lambda cell: roster_dates.is_birth_date(cell, today)),
        (Field.SEX, lambda cell: roster_names.sex(cell) is not None),
        (Field.GROUP, _is_class),
    )
    for field, test in tests:
        grouped = field is Field.GROUP and Field.GRADE in made.values()
        open_columns = [index for index in free if index not in made]
        if field in made.values() or grouped or not open_columns:
            continue
        best = max(
            open_columns,
            key=lambda index: (
                round(sample.share(index, test), 1),
                field is Field.BIRTH_DATE and sample.share(index, roster_dates.looks_like_date) > 0.5,
                _earliness(sample, index, today) if field is Field.BIRTH_DATE else 0,
            ),
        )
        if sample.share(best, test) >= _LEAST_SHARE:
            made[best] = field
    return made


def _earliness(sample: _Sample, index: int, today: date) -> int:
    """Of several dates of a pupil that of birth is the first."""
    days = [
        roster_dates.birth_date(cell, today) for cell in sample.cells[index] if roster_dates.is_birth_date(cell, today)
    ]
    return -sorted(days)[len(days) // 2].toordinal() if days else -date.max.toordinal()


def _names(free: Sequence[int], sample: _Sample, *, headed: bool) -> dict[int, Field]:
    """The leftmost column of full names, else surname and given name side by side."""
    full = [index for index in free if sample.share(index, _full_name) >= _LEAST_SHARE]
    if full:
        return {full[0]: Field.FULL_NAME}
    for index, after in pairwise(free):
        if all(sample.share(column, _one_name) >= _LEAST_SHARE for column in (index, after)):
            return _three(index, after, free, sample)
    dated = [index for index in free if sample.share(index, roster_dates.is_name_and_date) >= _LEAST_SHARE]
    if dated:
        return {dated[0]: Field.FULL_NAME}
    single = [index for index in free if headed and sample.share(index, _one_name) >= _LEAST_SHARE]
    return {single[0]: Field.FULL_NAME} if single else {}


def _three(index: int, after: int, free: Sequence[int], sample: _Sample) -> dict[int, Field]:
    third = next((column for column in free if column > after), None)
    if third is not None and sample.purity(third, roster_names.looks_like_patronymic) >= _LEAST_SHARE:
        return {index: Field.SURNAME, after: Field.GIVEN, third: Field.PATRONYMIC}
    if sample.purity(after, roster_names.looks_like_patronymic) >= _LEAST_SHARE and third is not None:
        return {third: Field.SURNAME, index: Field.GIVEN, after: Field.PATRONYMIC}
    order = (Field.SURNAME, Field.GIVEN)
    if sample.purity(after, roster_names.looks_like_surname) > sample.purity(index, roster_names.looks_like_surname):
        order = (Field.GIVEN, Field.SURNAME)
    return dict(zip((index, after), order, strict=True))


def _split_names(
    fields: Mapping[int, Field], lone: Sequence[int], free: Sequence[int], sample: _Sample
) -> dict[int, Field]:
    """Columns without headings right of «ФИО» that hold the given name and the patronymic."""
    first = lone[0]
    if len(lone) > 1 or sample.purity(first, _one_name) <= 0.5:
        return {}
    following = [index for index in (first + 1, first + 2) if index in free and sample.purity(index, _one_name) > 0.5]
    if not following or following[0] != first + 1 or fields[first] is Field.GIVEN:
        return {}
    return {first: Field.SURNAME, **dict(zip(following, (Field.GIVEN, Field.PATRONYMIC), strict=False))}


def _is_given_first(heading: Heading | None, full: int, sample: _Sample) -> bool:
    words = heading.words[full] if heading and full < len(heading.words) else ""
    told = roster_headings.heading_order(words)
    if told is not None:
        return told
    return roster_names.given_comes_first([cell for cell in sample.cells.get(full, ()) if isinstance(cell, str)])


def _numbering(fields: Mapping[int, Field], sample: _Sample) -> int | None:
    """The column of line numbers, left of the names."""
    first = min((index for index, field in fields.items() if field in NAMES), default=0)
    numbered = (index for index in range(first) if index not in fields and sample.purity(index, is_number) > 0.9)
    return next(numbered, None)


def _marked_sex(heading: Heading | None) -> tuple[tuple[int, Sex], ...]:
    """Two columns under «Пол», one for each sex."""
    marked: dict[int, Sex] = {}
    for index, kind in enumerate(heading.fields if heading else ()):
        said = roster_names.sex(heading.words[index].split()[-1]) if heading and kind is Field.SEX else None
        if said is not None:
            marked[index] = said
    return tuple(marked.items()) if len(set(marked.values())) == 2 else ()


def _own_groups(fields: Mapping[int, Field], heading: Heading | None) -> bool:
    """Whether a column says «группа» and not «класс», as in kindergartens."""
    index = next((index for index, field in fields.items() if field is Field.GROUP), None)
    words = heading.words[index].lower() if heading and index is not None and index < len(heading.words) else ""
    return "груп" in words and "класс" not in words


def _are_groups_sparse(fields: Mapping[int, Field], sample: _Sample) -> bool:
    """Whether the class stands only in the first line of every class, the lines below left blank."""
    index = next((index for index, field in fields.items() if field is Field.GROUP), None)
    if index is None or sample.first is None or not text(_cell(sample.first, index)):
        return False
    cells = [text(cell) for cell in sample.cells.get(index, ())]
    return 3 * len(cells) <= sample.total and len(set(cells)) == len(cells)


def _is_month_first(sample: _Sample, index: int) -> bool:
    return roster_dates.month_comes_first(sample.cells.get(index, ()))


def _samples(rows: Sequence[Row], index: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows[:_SAMPLE]:
        if words := text(_cell(row, index)):
            found[words] = None
            if len(found) == _SHOWN:
                break
    return tuple(found)


def _stands_for(known: Field, wanted: Field) -> bool:
    return (
        known is wanted
        or (wanted is Field.FULL_NAME and known in NAMES)
        or (known, wanted)
        == (
            Field.GRADE,
            Field.GROUP,
        )
    )


def _cell(row: Row, index: int) -> Value:
    return row.cells[index] if index < len(row.cells) else None


def _one_name(cell: Value) -> bool:
    return roster_names.looks_like_one_name(cell)


def _full_name(cell: Value) -> bool:
    return roster_names.looks_like_full_name(cell)


def _is_class(cell: Value) -> bool:
    return group_names.strict_class(text(cell)) is not None


def _is_letter(cell: Value) -> bool:
    words = text(cell)
    return bool(words) and words[0].isalpha() and group_names.parse_group(f"1 {words}") is not None
