"""The department's paper and workbook show the same sums, and the data travels inside."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import districts
import pytest
from openpyxl import load_workbook
from paper_checks import assert_fonts, assert_inside
from pypdfium2 import PdfDocument
from python_calamine import CalamineWorkbook

from profdesk.documents.consolidation_pdf import DATA_NAME, consolidation_pdf, trends_pdf
from profdesk.documents.consolidation_xlsx import workbook
from profdesk.domain import consolidation_data
from profdesk.domain.consolidation import consolidate
from profdesk.domain.consolidation_paper import ConsolidationPaper, left_out_of_level, made_up_of
from profdesk.domain.summary import Replaced
from profdesk.domain.sums import Count, Part, Sum

SHEETS = [
    "Свод", "Уровни", "Стадии", "Динамика", "Матрица, %", "По организациям", "Портфолио по уровням", "Кто прислал",
    "Не учтено",
]  # fmt: skip


@pytest.fixture(scope="module")
def paper() -> ConsolidationPaper:
    return districts.paper(7, absent=["Детский сад № 7 «Солнышко»"])


@pytest.fixture(scope="module")
def pdf(paper: ConsolidationPaper) -> bytes:
    return consolidation_pdf(paper, consolidation_data.to_json(paper))


def words_of(pdf: bytes) -> list[str]:
    with PdfDocument(pdf) as document:
        pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    return [page.replace("\u00a0", " ") for page in pages]


def shown(part: Part) -> str:
    return f"{str(part.percent).replace('.', ',')} {part.numerator}/{part.denominator}" if part.denominator else "—"


def test_every_sum_is_printed_with_whom_it_leaves_out(paper: ConsolidationPaper, pdf: bytes) -> None:
    pages = words_of(pdf)
    text = " ".join(pages)
    assert any(line.sum.hidden for line in paper.made.lines)
    for line in paper.made.lines:
        assert f"Правило {line.rule}." in text
        assert f"{made_up_of(line)}." in text
        assert str(line.percent).replace(".", ",") in text
    assert "Не прислали Детский сад № 7 «Солнышко»" in pages[0]
    assert "7 из 8 организаций" in pages[0]
    assert "Школа 99.pdf: Ключ этой подписи" in text
    assert "НЕ ПОДПИСАН" in pages[-1]
    for number, page in enumerate(pages, 1):
        assert f"Страница {number} из {len(pages)}" in page


def test_the_matrix_has_every_number_of_every_organisation(paper: ConsolidationPaper, pdf: bytes) -> None:
    text = " ".join(words_of(pdf))
    for line in paper.made.lines:
        for part in line.parts:
            assert not part.is_told or shown(part) in text


def test_lying_pages_stand_among_upright_ones(pdf: bytes) -> None:
    with PdfDocument(pdf) as document:
        lying = [page.get_width() > page.get_height() for page in document]
    assert lying.index(True) > 2
    assert not lying[-1]
    assert_inside(pdf)


def test_fonts_are_inside_and_qpdf_finds_nothing_wrong(pdf: bytes, tmp_path: Path) -> None:
    assert_fonts(pdf, tmp_path)
    if shutil.which("qpdf"):
        answer = subprocess.run(["qpdf", "--check", tmp_path / "paper.pdf"], capture_output=True, check=False)
        assert answer.returncode == 0, answer.stderr


def test_equal_consolidations_give_equal_bytes(paper: ConsolidationPaper, pdf: bytes) -> None:
    assert consolidation_pdf(paper, consolidation_data.to_json(paper)) == pdf


def test_data_is_attached_and_adds_up(paper: ConsolidationPaper, pdf: bytes) -> None:
    with PdfDocument(pdf) as document:
        attachment = document.get_attachment(0)
        assert attachment.get_name() == DATA_NAME
        data = json.loads(bytes(attachment.get_data()))
    assert data["schema"] == "profdesk-consolidation/1"
    for one in data["indicators"]:
        told = [part for part in one["parts"] if None not in (part["numerator"], part["denominator"])]
        for name in ("numerator", "denominator"):
            assert one[name] == sum(part[name] for part in told)
        assert (one["told"], one["hidden"]) == (len(told), len(one["parts"]) - len(told))
        assert one["told"] + one["hidden"] + one["silent"] + one["otherwise"] == len(data["summaries"])
    fields = set(data) | set(data["indicators"][0]) | set(data["stages"][0]) | set(data["trends"][0]["points"][0])
    documented = (Path(__file__).parents[2] / "docs" / "consolidation-data.md").read_text(encoding="utf-8")
    assert not {name for name in fields if f"`{name}`" not in documented}


def test_trends_say_what_the_same_organisations_did(paper: ConsolidationPaper) -> None:
    text = " ".join(words_of(trends_pdf(paper)))
    trend = next(one for one in paper.trends if not one.points[-1].like)
    assert [point.sum.told + point.sum.hidden for point in trend.points] == [7, 8, 7]
    last = trend.points[-1]
    assert last.before
    assert last.now
    told = f"было {last.before.percent} %, стало {last.now.percent} %".replace(".", ",")
    assert told in text
    for one in paper.trends:
        assert one.title.split(",")[0] in text


def test_one_span_alone_has_no_trends_and_a_correction_says_what_it_replaces(paper: ConsolidationPaper) -> None:
    alone = districts.paper(2, years=1)
    pages = words_of(consolidation_pdf(replace(alone, organisation=None, number="2027/03", replaces=REPLACED), b"{}"))
    assert "Динамика" not in " ".join(pages)
    assert "СВОД № 2027/03" in pages[0]
    assert "Заменяет свод № 2027/02. Причина: сложено заново" in pages[0]
    assert "Динамика" not in load_workbook(BytesIO(workbook(alone))).sheetnames


REPLACED = Replaced("2027/02", "сложено заново")


def test_a_level_says_of_each_sum_whom_it_leaves_out(paper: ConsolidationPaper) -> None:
    level = replace(
        paper.made.total, pupils=Count(9, 3, 0), begun=Sum(1, 2, 1, 2), parts=(Part("А", "А", None, 3),) * 3
    )
    assert left_out_of_level(level) == "начато без 2, заполнено без 3 организаций, где число скрыто"
    assert not left_out_of_level(replace(level, begun=Sum(1, 2, 3, 0), parts=()))


def test_the_workbook_has_the_same_sums(paper: ConsolidationPaper) -> None:
    book = load_workbook(BytesIO(workbook(paper)))
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.print_area
    rows = list(book["Свод"].iter_rows(min_row=2, values_only=True))
    assert [row[1:4] for row in rows] == [
        (line.sum.numerator, line.sum.denominator, None if line.percent is None else float(line.percent))
        for line in paper.made.lines
    ]
    assert [row[6:10] for row in rows] == [
        (line.sum.told, line.sum.hidden, line.otherwise, line.silent) for line in paper.made.lines
    ]
    matrix = list(book["Матрица, %"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in matrix[:-1]] == [one.short_name for one in paper.made.summaries]
    assert "•" in [cell for row in matrix for cell in row]
    own = list(book["По организациям"].iter_rows(min_row=2, values_only=True))
    for line in paper.made.lines:
        told = [row[2:4] for row in own if row[1] == line.title and "•" not in row[2:4]]
        assert [sum(column) for column in zip(*told, strict=True)] == [line.sum.numerator, line.sum.denominator]


def test_no_name_becomes_a_formula(paper: ConsolidationPaper) -> None:
    nasty = [replace(one, short_name="=1+1", name="@SUM(A1)", legal_form="") for one in paper.made.summaries[:1]]
    made, _ = consolidate(nasty)
    book = load_workbook(BytesIO(workbook(replace(paper, made=made, left_out=(("+1", "-1"),)))))
    for sheet, cell in (("Матрица, %", "A2"), ("Кто прислал", "A2"), ("Не учтено", "A2"), ("Не учтено", "B2")):
        assert book[sheet][cell].data_type == "s"
        assert book[sheet][cell].value in ("=1+1", "@SUM(A1)", "+1", "-1")


def test_another_reader_finds_the_same_sums(paper: ConsolidationPaper) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(workbook(paper)))
    rows = book.get_sheet_by_name("Свод").to_python()[1:]
    assert [row[1:3] for row in rows] == [[line.sum.numerator, line.sum.denominator] for line in paper.made.lines]


@pytest.mark.slow
def test_two_hundred_organisations_with_long_names_lay_out() -> None:
    paper = districts.paper(200, years=1, absent=[districts.LONG.format(number) for number in range(300, 340)])
    pdf = consolidation_pdf(paper, consolidation_data.to_json(paper))
    assert_inside(pdf)
    text = " ".join(words_of(pdf))
    for name in (*(one.short_name for one in paper.made.summaries), *(one.short_name for one in paper.made.absent)):
        assert name.replace("\u00a0", " ") in text
