"""A file written page by page: each page leaves the memory when it is turned, and the file is whole in the end."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from profdesk.documents.sheet import PORTRAIT, Sheet

DAY = date(2026, 12, 24)
TITLES = ["Абрамов", "Ёлкин", "Яшин"]


def written(titles: list[str], pages: int = 3) -> bytes:
    file = BytesIO()
    sheet = Sheet(PORTRAIT, "Три листа", "Школа № 12", DAY, file)
    for number in range(pages):
        if number < len(titles):
            sheet.bookmark(titles[number])
        sheet.stamp("рамка", 100, 100, lambda: sheet.circle(0, 0, 5))
        sheet.text(20, 20, f"Лист {number + 1}")
        sheet.next_page()
    sheet.close()
    return file.getvalue()


def test_a_turned_page_is_in_the_file_and_not_in_the_memory() -> None:
    file = BytesIO()
    sheet = Sheet(PORTRAIT, "Много листов", "Школа № 12", DAY, file)
    for number in range(50):
        sheet.text(20, 20, f"Лист {number}")
        assert file.getvalue().count(b"/Type /Page\n") == number
        sheet.next_page()
    kept = len(sheet.canvas._doc.idToObject)
    assert file.getvalue().count(b"/Type /Page\n") == 50
    assert kept < 5
    sheet.close()
    with PdfDocument(file.getvalue()) as document:
        assert [page.get_textpage().get_text_bounded() for page in document] == [f"Лист {n}" for n in range(50)]


def test_contents_lead_to_their_pages() -> None:
    with PdfDocument(written(TITLES)) as document:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        assert marks == list(zip(TITLES, range(3), strict=True))
        assert document.get_metadata_dict()["Title"] == "Три листа"
    assert b"/Outlines" not in written([])


def test_readers_are_told_the_language_and_to_show_the_title() -> None:
    pdf = written(TITLES)
    assert b"/Lang (ru-RU)" in pdf
    assert b"/DisplayDocTitle true" in pdf


def test_equal_sheets_give_equal_bytes_in_a_file_and_in_memory(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        sheet = Sheet(PORTRAIT, "Лист", "Школа № 12", DAY, file)
        sheet.text(20, 20, "Лист")
        sheet.close()
    again = Sheet(PORTRAIT, "Лист", "Школа № 12", DAY)
    again.text(20, 20, "Лист")
    assert (tmp_path / "a.pdf").read_bytes() == again.finish()


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("titles", [TITLES, TITLES[:1], []])
def test_qpdf_finds_nothing_wrong_with_the_file(titles: list[str], tmp_path: Path) -> None:
    path = tmp_path / "листы.pdf"
    path.write_bytes(written(titles))
    answer = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
