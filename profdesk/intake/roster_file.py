"""A class list's file read into raw rows, whatever format it has, by its content and not by its name."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from profdesk.domain.roster import Row, Sheet
from profdesk.errors import WrongInputError
from profdesk.intake import html_table

_LARGEST = 20 * 1024 * 1024
_LARGEST_UNPACKED = 200 * 1024 * 1024
_MOST_ROWS = 200_000
_MOST_COLUMNS = 200
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DELIMITERS = ";\t,|"
_FOREIGN = "Файл не читается как список. Подойдут xlsx, xls, ods и csv; откройте его в Excel и сохраните заново."
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read(path: Path) -> tuple[Sheet, ...]:
    """Read every table of a file; WrongInputError says in a sentence why a file is refused whole.

    Files over 20 MB, workbooks that unpack to over 200 MB and tables over 200,000 rows are refused
    before they are read.
    """
    data = _bytes(path)
    try:
        sheets = _sheets(data)
    except (CalamineError, zipfile.BadZipFile, csv.Error, UnicodeDecodeError) as error:
        raise WrongInputError(f"«{path.name}»: {_FOREIGN}") from error
    if not any(sheet.rows for sheet in sheets):
        raise WrongInputError(f"«{path.name}»: файл пуст, в нём нет ни одной строки.")
    return sheets


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise WrongInputError(f"«{path.name}» — папка. Выберите файл со списком.")
    try:
        if path.stat().st_size > _LARGEST:
            raise WrongInputError(f"«{path.name}» больше 20 МБ: списки классов такими не бывают.")
        data = path.read_bytes()
    except OSError as error:
        raise WrongInputError(f"«{path.name}» не открывается. Проверьте, что файл есть и не занят.") from error
    if not data.strip():
        raise WrongInputError(f"«{path.name}»: файл пуст, в нём нет ни одной строки.")
    return data


def _sheets(data: bytes) -> tuple[Sheet, ...]:
    if data.startswith(_ZIP):
        return _workbook(data, _check_unpacked(data))
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise WrongInputError("Файл закрыт паролем. Откройте его в Excel, снимите пароль и сохраните.")
        return _workbook(data, unpacked=len(data))
    if html_table.is_html(data):
        return (Sheet("", _checked(html_table.rows(data))),)
    return (Sheet("", _checked(_delimited(_decoded(data)))),)


def _check_unpacked(data: bytes) -> int:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > _LARGEST_UNPACKED:
        raise WrongInputError("Таблица внутри файла слишком велика: списки классов такими не бывают.")
    return size


def _workbook(data: bytes, unpacked: int) -> tuple[Sheet, ...]:
    if unpacked > _LARGEST_UNPACKED:
        raise WrongInputError("Таблица внутри файла слишком велика: списки классов такими не бывают.")
    with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        sheets = []
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height > _MOST_ROWS or sheet.total_width > 16_384:
                raise WrongInputError(f"На листе «{name}» больше {_MOST_ROWS} строк: это не список класса.")
            table = sheet.to_python(skip_empty_area=False)
            sheets.append(Sheet(name, _checked((n, _cells(row)) for n, row in enumerate(table, 1))))
    return tuple(sheets)


def _cells(row: Iterable[Any]) -> list[str | int | float | date | None]:
    cells: list[str | int | float | date | None] = []
    for cell in row:
        if isinstance(cell, datetime):
            cells.append(cell.date())
        elif isinstance(cell, date | int | float) and not isinstance(cell, bool):
            cells.append(cell)
        else:
            cells.append(str(cell) if cell not in ("", None) else None)
    return cells


def _checked(rows: Iterable[tuple[int, list[Any]]]) -> tuple[Row, ...]:
    made: list[Row] = []
    for line, cells in rows:
        if line > _MOST_ROWS:
            raise WrongInputError(f"В файле больше {_MOST_ROWS} строк: это не список класса.")
        if any(cell not in (None, "") for cell in cells):
            made.append(Row(line, tuple(cells[:_MOST_COLUMNS])))
    return tuple(made)


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _sound(data.decode(encoding))
    if b"\x00" in data[:2000]:
        return _sound(data.decode("utf-16-le" if data[1:2] == b"\x00" or data[1:2] == b"\x04" else "utf-16-be"))
    try:
        return _sound(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _sound(_one_byte(data))


def _one_byte(data: bytes) -> str:
    """Decode by the code page in which most letters are lower-case Russian ones, as in ordinary words."""
    texts = [data.decode(encoding, errors="replace") for encoding in ("cp1251", "cp866", "koi8-r")]
    return max(texts, key=lambda text: sum("а" <= letter <= "я" for letter in text))


def _sound(text: str) -> str:
    """Refuse what is no text: control characters, or hardly a letter."""
    head = text[:20_000]
    strange = sum(ord(letter) < 32 and letter not in "\r\n\t\f\v" for letter in head)
    strange += head.count("\ufffd")
    if strange > len(head) // 100:
        raise WrongInputError(_FOREIGN)
    return text


def _delimited(text: str) -> Iterable[tuple[int, list[Any]]]:
    delimiter = _delimiter(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for row in reader:
        yield line, [cell.strip() or None for cell in row]
        line = reader.line_num + 1


def _delimiter(text: str) -> str:
    """The delimiter that splits most lines into the same number of cells."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines if delimiter in line]
        common = max(set(counts), key=counts.count) if counts else 0
        return counts.count(common), common

    best = max(_DELIMITERS, key=agreement)
    return best if agreement(best)[0] else ";"
