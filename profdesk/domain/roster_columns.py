"""The headers of a class list, one line or several, and what each column is by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from profdesk.domain.group_names import in_heading
from profdesk.domain.people import fold
from profdesk.domain.roster import NAMES, Field, Row
from profdesk.domain.roster_dates import looks_like_date
from profdesk.domain.roster_headings import heading_field, is_full_name, is_part, is_strong, names_others
from profdesk.domain.roster_names import looks_like_full_name
from profdesk.domain.roster_text import Value, is_number, text

_PERSONAL = NAMES | {Field.PATRONYMIC, Field.BIRTH_DATE, Field.SEX}
_LONGEST = 300
_DEEPEST = 3
_HIGHEST = 30


@dataclass(frozen=True)
class Heading:
    """A header: its first and last rows (indexes in the sheet), and per column its words and its field.

    A field is None where the words are of no known kind, so that content may tell.
    """

    first: int
    last: int
    line: int
    words: tuple[str, ...]
    fields: tuple[Field | None, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for a header that is only repeated."""
        return tuple(fold(word) for word in self.words)

    @property
    def shape(self) -> str:
        """The key as one text, the same for every file with these headings in these columns."""
        return "|".join(self.key).rstrip("|")


def find_headings(rows: Sequence[Row]) -> list[Heading]:
    """Every header of a sheet, with the further lines of it above and below."""
    found: list[Heading] = []
    index = 0
    while index < len(rows):
        heading = _heading_at(rows, index, found[-1].last if found else -1)
        if heading is None:
            index += 1
        else:
            found.append(heading)
            index = heading.last + 1
    return found


def sections(rows: Sequence[Row], headings: Sequence[Heading]) -> list[tuple[Heading | None, Sequence[Row]]]:
    """The rows below each header; all of them where there is none."""
    if not headings:
        return [(None, rows)]
    ends = [*(heading.first for heading in headings[1:]), len(rows)]
    return [(heading, rows[heading.last + 1 : end]) for heading, end in zip(headings, ends, strict=True)]


def unread_heading(rows: Sequence[Row]) -> Heading | None:
    """The row that looks like a header though none of its words are known: nothing of a pupil stands in it.

    It names the columns to a person and is the same in the next file; it is no reason to pass over a line.
    """
    widest = max((len(distinct(row)) for row in rows), default=0)
    for index, row in enumerate(rows[:_HIGHEST]):
        words = distinct(row)
        if len(words) < 2 or 2 * len(words) < widest or any(map(_is_filled_in, words)):
            continue
        if not any(map(looks_like_full_name, words)):
            cells = tuple(text(cell) for cell in row.cells)
            return Heading(index, index, row.line, cells, (None,) * len(cells))
    return None


def is_column_numbers(row: Row) -> bool:
    """Whether a row numbers the columns («1 2 3 4»), as official forms do under the header."""
    cells = [text(cell) for cell in row.cells if text(cell)]
    return (
        len(cells) >= 3
        and all(map(str.isdecimal, cells))
        and [int(cell) for cell in cells] == list(range(int(cells[0]), int(cells[0]) + len(cells)))
    )


def is_mostly(found: int, cells: Sequence[Value]) -> bool:
    """Whether so many cells of a column stand for what it holds: a third of what is no heading, title or blank."""
    filled = [cell for cell in cells if text(cell)]
    if found and 3 * found < len(filled):
        filled = [cell for cell in filled if heading_field(text(cell)) is None and in_heading(text(cell)) is None]
    return found > 0 and 3 * found >= len(filled)


def distinct(row: Row) -> list[str]:
    """The different texts of a row in order: a merged cell, repeated by its columns, counts once."""
    return list(dict.fromkeys(words for cell in row.cells if (words := text(cell))))


def _heading_at(rows: Sequence[Row], index: int, after: int) -> Heading | None:
    if not _is_header(rows[index]):
        return None
    first = index
    adjacent = rows[index - 1].line == rows[index].line - 1
    if index - 1 > after and adjacent and _is_top(rows[index - 1], rows[index]):
        first -= 1
    last = index
    while last + 1 < len(rows) and last - first + 1 < _DEEPEST and _is_below(rows[last + 1], rows[last]):
        last += 1
    band = [[text(cell) for cell in row.cells] for row in rows[first : last + 1]]
    width = max(map(len, band))
    columns = [_column(band, column) for column in range(width)]
    return Heading(
        first, last, rows[index].line, tuple(words for words, _ in columns), tuple(field for _, field in columns)
    )


def _is_header(row: Row) -> bool:
    words = distinct(row)
    if not words or any(len(word) > _LONGEST for word in words) or any(map(looks_like_date, row.cells)):
        return False
    fields = [heading_field(word) for word in words]
    return _are_headings(words, fields) and not (len(words) > 1 and _is_title(words, fields))


def _are_headings(words: Sequence[str], fields: Sequence[Field | None]) -> bool:
    known = sum(field is not None for field in fields)
    if len(words) > 1 and any(map(is_strong, words)) and not any(map(_is_filled_in, words)):
        return True
    if NAMES & set(fields):
        return known >= 2 or (len(words) == 1 and is_full_name(words[0]) and len(words[0]) < 40)
    if Field.BIRTH_DATE in fields and known >= 2:
        return True
    return known == len(words) >= 2 and not any(map(_is_filled_in, words))


def _is_title(words: Sequence[str], fields: Sequence[Field | None]) -> bool:
    """Whether classes are named here and no column: «Список 5А класса», «Кл. рук. 5Б: Иванова»."""
    titles = [in_heading(word) is not None for word in words]
    plain = {field for field, is_title in zip(fields, titles, strict=True) if not is_title}
    return any(titles) and plain <= {None, Field.IGNORED}


def _is_filled_in(words: str) -> bool:
    """Whether words are no heading but something written down: with figures, a colon, or very long."""
    return len(words) > 60 or words.endswith(":") or any(map(str.isdigit, words))


def _is_top(row: Row, below: Row) -> bool:
    """Whether a row holds group headings («Сведения о родителях») over those of the next row."""
    words = distinct(row)
    if len(words) < 2 or len(words) > len(distinct(below)) or any(map(looks_like_date, row.cells)):
        return False
    if any(word.endswith(":") or in_heading(word) or is_number(word) for word in words):
        return False
    return any(heading_field(word) is not None for word in words)


def _is_below(row: Row, above: Row) -> bool:
    """Whether a row goes on with the header: words under it that name fields, and nothing of a pupil."""
    words = [word for word in distinct(row) if word not in distinct(above)]
    if not words or any(map(looks_like_date, row.cells)) or any(map(is_number, row.cells)):
        return False
    if all(map(is_part, words)):
        return True
    known = [field for word in words if (field := heading_field(word)) is not None]
    return len(known) >= 2 or (len(known) == 1 and len(words) == 1 and bool(set(known) & _PERSONAL))


def _column(band: Sequence[Sequence[str]], column: int) -> tuple[str, Field | None]:
    """The words of one column from top to bottom, and the field they name."""
    cells = [line[column] if column < len(line) else "" for line in band]
    own = list(dict.fromkeys(cell for cell in cells if cell))
    if not own:
        return "", None
    lowest = heading_field(own[-1])
    above = [*own[:-1], *_spread(band, column, cells)]
    if lowest in _PERSONAL and any(names_others(cell) for cell in above):
        return " ".join(own), Field.IGNORED
    field = lowest or heading_field(" ".join(own))
    for cell in reversed(own[:-1]):
        field = field or heading_field(cell)
    return " ".join(own), field


def _spread(band: Sequence[Sequence[str]], column: int, cells: Sequence[str]) -> list[str]:
    """The group headings to the left that reach over this column, where a format keeps no merged cells."""
    reach = []
    for line, cell in zip(band[:-1], cells[:-1], strict=True):
        if not cell and cells[-1]:
            left = [word for word in line[: column + 1] if word]
            reach += left[-1:]
    return reach
