"""Files that are refused whole, in one Russian sentence and without filling the memory."""

from __future__ import annotations

import os
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from roster_makers import docx, html, ods_of, text, xlsx, zipped

from profdesk.domain.roster_reading import recognise
from profdesk.errors import WrongInputError
from profdesk.intake import roster_file

ONE = {"Л": [["ФИО", "Дата рождения"], ["Ан Вера", "01.12.2013"]]}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CELL = '<table:table-cell office:value-type="string"{}><text:p>Ан</text:p></table:table-cell>'
WIDE = ' table:number-columns-repeated="16384"'


def with_cells(*places: str) -> bytes:
    """A workbook whose few filled cells stand far apart."""
    cells = "".join(
        f'<row r="{re.sub("[A-Z]", "", place)}"><c r="{place}" t="inlineStr"><is><t>Ан</t></is></c></row>'
        for place in places
    )
    parts = _parts(xlsx(ONE))
    return zipped({**parts, "xl/worksheets/sheet1.xml": _SHEET.format(cells)})


def _parts(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)


def lying_about_size(data: bytes) -> bytes:
    """Say in the directory that the sheet is small, while it unpacks to 300 MB."""
    big = zipped({**_parts(data), "xl/worksheets/sheet1.xml": b" " * 300_000_000})
    true, told = (300_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    return big.replace(true, told)


FILES: dict[str, tuple[bytes, str]] = {
    "пустой.xlsx": (b"", "пуст"),
    "пробелы.csv": (b" \r\n \r\n", "пуст"),
    "запятые.csv": (b";;;\r\n;;;\r\n", "не таблица"),
    "картинка.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "картинка"),
    "снимок.xls": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20, "картинка"),
    "приказ.xls": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    "архив.xlsx": (b"Rar!\x1a\x07\x01\x00" + b"\x00" * 50, "архив"),
    "мусор.csv": (os.urandom(1 << 16), "не таблица"),
    "число.csv": (b"660102\n", "не таблица"),
    "нули.csv": (b"\x00" * 5000, "не таблица"),
    "под паролем.xlsx": (OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600, "паролем"),
    "письмо.xls": (OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le") + b"\x00" * 600, "Word"),
    "обрывок.xls": (OLE + os.urandom(3000), "повреждён"),
    "обрывок.xlsx": (xlsx(ONE)[:3000], "повреждён"),
    "порча.xlsx": (xlsx(ONE).replace(b"PK\x01\x02", b"PK\x01\x09", 1), "повреждён"),
    "обрывок.docx": (zipped({"word/document.xml": "<w:document><w:p>"}), "повреждён"),
    "пустой.docx": (docx([]), "пуст"),
    "архив.ods": (zipped({"фото.jpg": b"\xff\xd8"}), "не таблица"),
    "xlsb.xlsx": (zipped({"xl/workbook.bin": b"\x00"}), "xlsb"),
    "распухнет.xlsx": (zipped({**_parts(xlsx(ONE)), "xl/sharedStrings.xml": b" " * 220_000_000}), "слишком велика"),
    "лжёт о размере.xlsx": (lying_about_size(xlsx(ONE)), "повреждён"),
    "дальняя клетка.xlsx": (with_cells("A1", "XFD1048576"), "200 000"),
    "широкая.xlsx": (with_cells("A1", "XFD150000"), "слишком велика"),
    "повторы.ods": (
        ods_of(
            '<table:table table:name="A"><table:table-row table:number-rows-repeated="1048576">'
            f"{CELL.format(WIDE)}</table:table-row></table:table>"
        ),
        "слишком велика",
    ),
    "строки.ods": (
        ods_of(
            '<table:table table:name="A"><table:table-row table:number-rows-repeated="300000">'
            f"{CELL.format('')}</table:table-row></table:table>"
        ),
        "200 000",
    ),
    "закрыт.ods": (ods_of("", "<manifest:encryption-data/>"), "паролем"),
    "длинный.csv": ("Ан;2\n".encode() * 200_001, "200 000"),
    "пусто внутри.xlsx": (xlsx({"Лист1": []}), "пуст"),
    "обрывок.xml.xls": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet>',
        "повреждён",
    ),
}
WITHOUT_NAMES: dict[str, bytes] = {
    "оценки.csv": text([["Предмет", "Часы"], ["Алгебра", "5"], ["Химия", "2"]]),
    "письмо.txt": "Уважаемые родители!\nСобрание состоится в пятницу, в 18.00.\n".encode(),
    "страница.xls": html("<p>Доступ запрещён</p><table><tr><td>Ошибка 403</td></tr></table>"),
    "заголовок.csv": text([["ФИО", "Дата рождения", "Класс"]]),
    "мамы.csv": text([["ФИО мамы", "Телефон"], ["Ан Вера", "123"], ["Ильина Анна", "124"]]),
}


def refusal(path: Path) -> str:
    with pytest.raises(WrongInputError) as caught:
        recognise(roster_file.read(path))
    return caught.value.message


@pytest.mark.parametrize("name", FILES)
def test_file_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    data, word = FILES[name]
    path = tmp_path / name
    path.write_bytes(data)
    message = refusal(path)
    assert word in message
    assert message.startswith("Файл ")
    assert name in message
    assert message.endswith(".")


@pytest.mark.parametrize("name", WITHOUT_NAMES)
def test_table_without_pupils_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(WITHOUT_NAMES[name])
    assert "Проверьте, тот ли это файл" in refusal(path)


def test_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "большой.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert "20 МБ" in refusal(path)


def test_folder_and_missing_file_are_told(tmp_path: Path) -> None:
    assert "папка" in refusal(tmp_path)
    assert "«нет такого.xlsx» нет" in refusal(tmp_path / "нет такого.xlsx")
    assert "подключены ли диск и сеть" in refusal(tmp_path / "сетевой диск" / "7А.xlsx")


def test_formatted_blank_cells_far_away_are_no_size(tmp_path: Path) -> None:
    parts = _parts(xlsx(ONE))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, bytes)
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    path = tmp_path / "раскрашен.xlsx"
    path.write_bytes(zipped({**parts, "xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", far)}))
    assert len(recognise(roster_file.read(path)).pupils) == 1
