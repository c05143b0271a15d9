"""Makes files of class lists in every format that schools send."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

from docx import Document
from openpyxl import Workbook

Table = Sequence[Sequence[object]]


def text(table: Table, delimiter: str = ";", encoding: str = "cp1251", newline: str = "\r\n") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(
        [["" if cell is None else _shown(cell) for cell in row] for row in table]
    )
    words = out.getvalue()
    if encoding == "cp866":
        words = words.replace("«", "'").replace("»", "'")
    return words.encode(encoding)


def xlsx(
    sheets: Mapping[str, Table], merged: Mapping[str, Sequence[str]] | None = None, hidden: Sequence[str] = ()
) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        for row in table:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(sheets: Mapping[str, Table]) -> bytes:
    return ods_of(
        "".join(f'<table:table table:name="{escape(name)}">{_ods_rows(t)}</table:table>' for name, t in sheets.items())
    )


def ods_of(tables: str, manifest: str = "") -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{space}:office:1.0" '
        f'xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{space}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}">{manifest}</manifest:file-entry>'
        "</manifest:manifest>"
    )
    return zipped({"mimetype": kind, "META-INF/manifest.xml": listed, "content.xml": content})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def docx(parts: Sequence[str | Table]) -> bytes:
    """A document of paragraphs and tables."""
    document = Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), max(map(len, part)))
        for number, row in enumerate(part):
            for index, cell in enumerate(row):
                table.cell(number, index).text = "" if cell is None else _shown(cell)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html(body: str, encoding: str = "utf-8", charset: str | None = None) -> bytes:
    told = f'<meta http-equiv="Content-Type" content="text/html; charset={charset or encoding}">'
    return f"<html><head>{told}<title>Отчёт</title></head><body>{body}</body></html>".encode(encoding)


def html_table(table: Table, head: str = "td") -> str:
    rows = [
        "".join(
            f"<{head if not number else 'td'}>{escape(_shown(cell))}</{head if not number else 'td'}>" for cell in row
        )
        for number, row in enumerate(table)
    ]
    return "<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def xml_2003(sheets: Mapping[str, Table]) -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    made = "".join(
        f'<Worksheet ss:Name="{escape(name)}"><Table>'
        + "".join("<Row>" + "".join(_xml_cell(cell) for cell in row) + "</Row>" for row in table)
        + "</Table></Worksheet>"
        for name, table in sheets.items()
    )
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    return f'{start}<Workbook xmlns="{space}" xmlns:ss="{space}">{made}</Workbook>'.encode()


def _xml_cell(cell: object) -> str:
    if cell is None:
        return "<Cell/>"
    if isinstance(cell, date):
        return f'<Cell><Data ss:Type="DateTime">{cell.isoformat()}T00:00:00.000</Data></Cell>'
    kind = "Number" if isinstance(cell, int | float) else "String"
    return f'<Cell><Data ss:Type="{kind}">{escape(str(cell))}</Data></Cell>'


def _ods_rows(table: Table) -> str:
    return "".join(
        "<table:table-row>" + "".join(_ods_cell(cell) for cell in row) + "</table:table-row>" for row in table
    ) + (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>"
    )


def _ods_cell(cell: object) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}">'
            f"<text:p>{_shown(cell)}</text:p></table:table-cell>"
        )
    if isinstance(cell, int | float):
        opening = f'<table:table-cell office:value-type="float" office:value="{cell}">'
        return f"{opening}<text:p>{cell}</text:p></table:table-cell>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def _shown(cell: object) -> str:
    return f"{cell:%d.%m.%Y}" if isinstance(cell, date) else str(cell)
