"""Workbooks: xlsx, ods and the old xls, read by calamine after a look at how large they would become."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from profdesk.domain.roster import Sheet
from profdesk.intake import old_envelope, word_table
from profdesk.intake.limits import (
    DAMAGED,
    FOREIGN,
    LOCKED,
    MOST_CELLS,
    MOST_ROWS,
    TOO_LARGE,
    TOO_MANY_ROWS,
    Cell,
    Unreadable,
    cell,
    sheet,
)

_LARGEST_UNPACKED = 64 * 1024 * 1024
_MOST_PARTS = 5_000
_CHUNK = 1024 * 1024
_OVERLAP = 4096
_XLSX, _ODS, _XLSB = "xl/workbook.xml", "content.xml", "xl/workbook.bin"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_FILLED = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?!</)')
_FORMULA_ALONE = re.compile(
    rb'<c\s(?![^>]*\bt="str")[^>]*>\s*<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_UNCOUNTED = (
    "В файле есть формулы без вычисленных значений, их ячейки прочитаны пустыми: откройте его в Excel и сохраните."
)
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')


def read_zipped(data: bytes) -> tuple[Sheet, ...]:
    """Read xlsx, ods or docx; Unreadable for what is none, is damaged, locked, or would fill the memory."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if word_table.PART in archive.namelist():
                return (word_table.read(archive),)
            notices = (_UNCOUNTED,) if _look_into(archive) else ()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Unreadable(DAMAGED) from error
    except RuntimeError as error:
        raise Unreadable(LOCKED) from error
    return _read(data, notices)


def read_old(data: bytes) -> tuple[Sheet, ...]:
    """Read the xls of Excel 97; a locked xlsx comes in the same envelope."""
    if _ENCRYPTED in data:
        raise Unreadable(LOCKED)
    if _WORD_STREAM in data:
        raise Unreadable("это старый документ Word (doc). Сохраните его как docx.")
    old_envelope.check(data)
    return _read(data)


def _read(data: bytes, notices: Sequence[str] = ()) -> tuple[Sheet, ...]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            return tuple(
                _sheet(workbook.get_sheet_by_name(one.name), notices, is_shown=one.visible == SheetVisibleEnum.Visible)
                for one in workbook.sheets_metadata
                if one.typ == SheetTypeEnum.WorkSheet
            )
    except PasswordError as error:
        raise Unreadable(LOCKED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(LOCKED if "assword" in str(error) else DAMAGED) from error


def _sheet(one: CalamineSheet, notices: Sequence[str], *, is_shown: bool) -> Sheet:
    if one.end is None:
        return Sheet(one.name, ())
    if not is_shown:
        return Sheet(one.name, (), (f"Лист «{one.name}» скрыт, его не читали.",))
    if one.end[0] >= MOST_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    if (one.end[0] + 1) * (one.end[1] + 1) > MOST_CELLS:
        raise Unreadable(TOO_LARGE)
    table = [[cell(value) for value in row] for row in one.to_python(skip_empty_area=False)]
    continued = _merged(table, one.merged_cell_ranges or ())
    rows = ((line, cells, continued.get(line - 1, frozenset())) for line, cells in enumerate(table, 1))
    return sheet(one.name, rows, *notices)


def _merged(
    table: list[list[Cell]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]
) -> dict[int, frozenset[int]]:
    """Repeat merged cells in every place they cover; gives the columns covered from above by row."""
    continued: dict[int, frozenset[int]] = {}
    for (top, left), (bottom, right) in ranges:
        if top >= len(table) or left >= len(table[top]) or table[top][left] is None:
            continue
        columns = range(left, min(right + 1, len(table[top])))
        for row in range(top, min(bottom + 1, len(table))):
            for column in columns:
                table[row][column] = table[top][left]
            if row > top:
                continued[row] = continued.get(row, frozenset()) | frozenset(columns)
    return continued


def _look_into(archive: zipfile.ZipFile) -> bool:
    """Refuse by the directory what unpacks too large, and by its cells what would fill the memory.

    Tells whether there are formulas that were never counted, whose cells are blank to every reader but Excel.
    """
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise Unreadable(TOO_LARGE)
    if _XLSB in names:
        raise Unreadable("это книга xlsb. Откройте её в Excel и сохраните как xlsx.")
    if _XLSX in names:
        books = [part for part in parts if part.filename.endswith(".xml")]
        return sum(_check_xlsx(archive, part, is_sheet="/worksheets/" in part.filename) for part in books) > 0
    if _ODS not in names:
        raise Unreadable(FOREIGN)
    _check_ods(archive)
    return False


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo | str) -> Iterator[bytes]:
    """A part by pieces, each with the end of the one before, so that a tag is seen whole once."""
    with archive.open(part) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            whole = rest + chunk
            cut = whole.rfind(b"<")
            rest = whole[cut:] if cut >= 0 and len(whole) - cut <= _OVERLAP else b""
            yield whole[: len(whole) - len(rest)]
        yield rest


def _check_xlsx(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, is_sheet: bool) -> bool:
    """Unpack a part once, which also proves its length and checksum, and measure a sheet by its filled cells."""
    last_row = last_column = 0
    is_uncounted = False
    for piece in _chunks(archive, part):
        if not is_sheet:
            continue
        for letters, row in _FILLED.findall(piece):
            last_row = max(last_row, int(row))
            last_column = max(last_column, _column(letters))
        if last_row > MOST_ROWS:
            raise Unreadable(TOO_MANY_ROWS)
        if last_row * last_column > MOST_CELLS:
            raise Unreadable(TOO_LARGE)
        is_uncounted = is_uncounted or _FORMULA_ALONE.search(piece) is not None
    return is_uncounted


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_ods(archive: zipfile.ZipFile) -> None:
    """Measure the sheets of an ods by the repeats of their filled cells and rows."""
    if any(b"encryption-data" in piece for piece in _manifest(archive)):
        raise Unreadable(LOCKED)
    size = _OdsSize()
    for piece in _chunks(archive, _ODS):
        for kind, attributes, closed in _ODS_TAG.findall(piece):
            repeats = _REPEATED.search(attributes)
            size.count(kind, int(repeats.group(1)) if repeats else 1, filled=not closed)


@dataclass
class _OdsSize:
    """How large the sheet that is being passed becomes up to its last filled cell."""

    rows: int = 0
    width: int = 0
    column: int = 0
    repeat: int = 0

    def count(self, kind: bytes, times: int, *, filled: bool) -> None:
        """Pass a tag; ``rows`` counts blank rows too, but only a filled one makes the sheet that long."""
        if kind == b"table":
            self.rows = self.width = self.column = self.repeat = 0
        elif kind == b"table-row":
            self.rows, self.repeat, self.column = self.rows + self.repeat, times, 0
        else:
            self.column += times
            if filled:
                self.width = max(self.width, self.column)
                if (self.rows + self.repeat) * self.width > MOST_CELLS:
                    raise Unreadable(TOO_LARGE)


def _manifest(archive: zipfile.ZipFile) -> Iterator[bytes]:
    name = "META-INF/manifest.xml"
    return _chunks(archive, name) if name in archive.namelist() else iter(())
