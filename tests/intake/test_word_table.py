"""What stands in a Word document beside plain tables: merged cells, tables in tables, wrapped rows."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document

from profdesk.intake import roster_file


def rows(folder: Path, document: Document) -> list[tuple[tuple[object, ...], list[int]]]:
    out = BytesIO()
    document.save(out)
    path = folder / "список.docx"
    path.write_bytes(out.getvalue())
    (sheet,) = roster_file.read(path)
    return [(row.cells, sorted(row.continued)) for row in sheet.rows]


def test_merged_cells_stand_in_every_place_they_cover(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(3, 3)
    for place, words in {(0, 0): "6А", (1, 1): "Ан Вера", (2, 1): "Ким Лев", (2, 2): "дома"}.items():
        table.cell(*place).text = words
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(1, 2).merge(table.cell(2, 2))
    assert rows(tmp_path, document) == [
        (("6А", "6А", "6А"), []),
        ((None, "Ан Вера", "дома"), []),
        ((None, "Ким Лев", "дома"), [2]),
    ]


def test_a_table_inside_a_cell_is_read_below_its_row(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Школа"
    table.cell(0, 1).text = "5А"
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Ан Вера", "01.12.2013"
    document.add_paragraph("Директор\tЧерепанова")
    assert rows(tmp_path, document) == [
        (("Школа", "5А"), []),
        (("Ан Вера", "01.12.2013"), []),
        (("Директор Черепанова",), []),
    ]
