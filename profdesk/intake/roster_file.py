"""A class list's file read into raw rows, whatever format it has, by its content and not by its name."""

from __future__ import annotations

from pathlib import Path

from profdesk.domain.roster import Sheet
from profdesk.errors import WrongInputError
from profdesk.intake import html_table, text_table, workbook, xml_workbook
from profdesk.intake.limits import LARGEST_TEXT, MOST_FILLED, MOST_ROWS, TOO_LARGE, TOO_MANY_ROWS, Unreadable

_LARGEST = 20 * 1024 * 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN = (
    (b"%PDF", "документ PDF"),
    (b"\x89PNG", "картинка"),
    (b"\xff\xd8\xff", "картинка"),
    (b"GIF8", "картинка"),
    (b"BM", "картинка"),
    (b"{\\rtf", "документ RTF"),
    (b"Rar!", "архив"),
    (b"7z\xbc\xaf", "архив"),
    (b"\x1f\x8b", "архив"),
    (b"MZ", "программа"),
    (b"SQLite format 3", "база данных"),
)


def read(path: Path) -> tuple[Sheet, ...]:
    """Read every table of a file; WrongInputError says in a sentence why a file is refused whole.

    Files over 20 MB, texts over 8 MB, workbooks that unpack to over 64 MB and tables over 200,000 rows are refused
    before they are read; of a wider table the first 200 columns are read.
    """
    data = _bytes(path)
    try:
        sheets = _sheets(data)
    except Unreadable as error:
        raise WrongInputError(f"Файл «{path.name}» не прочитан: {error}") from error
    if not any(sheet.rows for sheet in sheets):
        unread = [f"Файл «{path.name}» пуст: в нём нет ни одной строки.", *(no for one in sheets for no in one.notices)]
        raise WrongInputError(" ".join(unread))
    return sheets


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise WrongInputError(f"«{path.name}» — папка. Выберите файл со списком.")
        if path.exists() and not path.is_file():
            raise WrongInputError(f"«{path.name}» — не файл. Выберите файл со списком.")
        if path.stat().st_size > _LARGEST:
            raise WrongInputError(f"Файл «{path.name}» больше 20 МБ: списки классов такими не бывают.")
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        if not _is_folder_there(path):
            raise WrongInputError(
                f"Папка с файлом «{path.name}» недоступна. Проверьте, подключены ли диск и сеть."
            ) from error
        if isinstance(error, FileNotFoundError):
            raise WrongInputError(f"Файла «{path.name}» нет. Проверьте имя и папку.") from error
        raise WrongInputError(
            f"Файл «{path.name}» не открывается. Закройте его в других программах и проверьте доступ."
        ) from error
    if not data.strip():
        raise WrongInputError(f"Файл «{path.name}» пуст: в нём нет ни одной строки.")
    return data


def _is_folder_there(path: Path) -> bool:
    try:
        return path.parent.is_dir()
    except OSError:
        return False


def _sheets(data: bytes) -> tuple[Sheet, ...]:
    if data.startswith(_ZIP):
        return workbook.read_zipped(data)
    if data.startswith(_OLE):
        return workbook.read_old(data)
    for start, kind in _KNOWN:
        if data.startswith(start) and not (start.isalpha() and _is_text(data)):
            raise Unreadable(f"это {kind}. Нужна таблица: xlsx, xls, ods, csv или docx.")
    if len(data) > LARGEST_TEXT or data.count(b"<t") + data.count(b"<T") > 2 * MOST_FILLED:
        raise Unreadable(TOO_LARGE)
    if data.count(b"\n") > MOST_ROWS:
        raise Unreadable(TOO_MANY_ROWS)
    words = text_table.decoded(data)
    if xml_workbook.is_xml_workbook(words):
        return xml_workbook.read(words)
    if html_table.is_html(words):
        return (html_table.read(words),)
    return (text_table.read(words),)


def _is_text(data: bytes) -> bool:
    """Whether two letters that begin a program or a picture begin a text here («MZ», «BM»)."""
    return not any(byte < 9 for byte in data[:200])
