"""The summary's PDF and XLSX show the same tables, and the data travels inside."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from profdesk.documents.summary_pdf import DATA_NAME, summary_pdf
from profdesk.documents.summary_xlsx import workbook
from profdesk.domain import summary_data
from profdesk.domain.published import openly, publish
from profdesk.domain.school_year import SchoolYear, Term
from profdesk.domain.scope import Scope
from profdesk.domain.span import Span
from profdesk.domain.summary import Coverage, Replaced, Summary, points
from profdesk.domain.verification import KeyInfo


def drawn(summary: Summary, data: bytes, stamp: KeyInfo | None = None, signed_at: datetime | None = None) -> bytes:
    return summary_pdf(publish(summary), data, stamp, signed_at)


def tables(summary: Summary) -> bytes:
    return workbook(publish(summary))


def data_of(summary: Summary) -> bytes:
    return summary_data.to_json(publish(summary))


def pages(pdf: bytes) -> list[str]:
    with PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_every_figure_is_printed_with_its_rule(summary: Summary) -> None:
    text = " ".join(pages(drawn(summary, b"{}"))).replace("\u00a0", " ")
    for figure in publish(summary).figures:
        assert figure.indicator.title.split(",")[0] in text
        assert figure.percent is None or str(figure.percent).replace(".", ",") in text
        assert figure.indicator.rule.code in text
    for indicator in summary.unanswered:
        assert indicator.rule.code in text
    for group in summary.groups:
        assert group.title in text


def test_a_figure_that_was_told_says_by_whom_on_paper_in_the_workbook_and_in_the_data(summary: Summary) -> None:
    first = summary.figures[0]
    told = replace(summary, figures=(replace(first, source="Письмо колледжа от 12.11.2026"), *summary.figures[1:]))
    text = " ".join(pages(drawn(told, b"{}"))).replace("\u00a0", " ")
    assert text.count("Число сообщено: Письмо колледжа от 12.11.2026.") == 1
    rows = list(load_workbook(BytesIO(tables(told)))["Показатели"].iter_rows(min_row=2, values_only=True))
    assert [row[-1] for row in rows] == ["Письмо колледжа от 12.11.2026", *[None] * (len(rows) - 1)]
    data = json.loads(data_of(told))["indicators"]
    assert [one["told_by"] for one in data] == [row[-1] for row in rows]


def test_pages_are_numbered(summary: Summary) -> None:
    found = pages(drawn(summary, b"{}"))
    for number, text in enumerate(found, 1):
        assert f"Страница {number} из {len(found)}" in text.replace("\u00a0", " ")


def long_named(summary: Summary) -> Summary:
    name = "Абвгдежзийклмнопрстуфхцчшщъыьэюя" * 7
    organisation = replace(summary.organisation, name=name, short_name=name, legal_form=name, municipality=name)
    groups = tuple(replace(group, title=name) for group in summary.groups)
    return replace(summary, organisation=organisation, groups=groups)


@pytest.mark.parametrize("longest", [False, True])
def test_nothing_is_printed_at_the_edge(summary: Summary, longest: bool) -> None:
    with PdfDocument(drawn(long_named(summary) if longest else summary, b"{}")) as document:
        for page in document:
            text = page.get_textpage()
            for number in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(number)
                assert left >= 50
                assert right <= 595.3 - 30
                assert bottom >= 15
                assert top <= 842 - 25


def test_data_is_attached_byte_for_byte(summary: Summary) -> None:
    data = data_of(summary)
    with PdfDocument(drawn(summary, data)) as document:
        attachment = document.get_attachment(0)
        assert attachment.get_name() == DATA_NAME
        assert bytes(attachment.get_data()) == data


def test_data_says_what_the_paper_says(summary: Summary) -> None:
    data = json.loads(data_of(summary))
    assert data["schema"] == "profdesk-summary/3"
    told = publish(summary)
    assert [one["numerator"] for one in data["indicators"]] == [figure.numerator for figure in told.figures]
    assert [level["complete"] for level in data["levels"]] == [level.complete for level in told.levels]
    assert data["total"]["pupils"] == summary.total.pupils
    hidden = [one for one in data["indicators"] if one["state"] == "hidden"]
    assert hidden
    assert all(one["numerator"] is None and one["percent"] is None for one in hidden)
    chosen = [[w["chosen"] for w in one["wordings"]].count(True) for one in data["indicators"]]
    assert set(chosen) == {1}


def test_equal_summaries_give_equal_bytes(summary: Summary) -> None:
    assert drawn(summary, b"{}") == drawn(summary, b"{}")


def test_empty_organisation_can_be_drawn(summary: Summary) -> None:
    empty = replace(summary, figures=(), levels=(), groups=(), stages=(), number=None)
    assert "предварительный вид" in " ".join(pages(drawn(empty, b"{}"))).lower()
    assert tables(empty)


def test_workbook_holds_the_same_tables(summary: Summary) -> None:
    book = load_workbook(BytesIO(tables(summary)))
    assert book.sheetnames == [
        "О сводке", "Показатели", "Уровни", "Уровни закона", "Классы", "Стадии", "Правила",
    ]  # fmt: skip
    rows = list(book["Показатели"].iter_rows(min_row=2, values_only=True))
    told = [(figure.numerator, figure.denominator) for figure in publish(summary).figures]
    assert [row[1:3] for row in rows] == [tuple("•" if one is None else one for one in pair) for pair in told]
    assert [row[0] for row in book["Классы"].iter_rows(min_row=2, values_only=True)] == [
        g.title for g in summary.groups
    ]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.print_area


def compared(summary: Summary) -> Summary:
    """A correction of the second term, which half as many had reached in the first."""
    span = Span.of_term(SchoolYear(2026), Term.SECOND)
    half = tuple(replace(one, numerator=one.numerator // 2) for one in summary.figures)
    before = replace(summary, span=span.previous, figures=half)
    return replace(summary, span=span, before=before, replaces=Replaced("2026/03", "Не были отмечены две пробы."))


def test_the_span_before_stands_beside_every_figure_that_leaves(summary: Summary) -> None:
    told = publish(compared(summary))
    assert told.before is not None
    text = " ".join(pages(drawn(compared(summary), b"{}"))).replace("\u00a0", " ")
    assert "белый ромб — 1-е полугодие 2026/27 по тем же правилам" in text
    assert "посчитано за 2-е полугодие 2026/27" in text
    rows = list(load_workbook(BytesIO(tables(compared(summary))))["Показатели"].iter_rows(min_row=2, values_only=True))
    data = json.loads(data_of(compared(summary)))["before"]
    assert data["span"] == {"kind": "term-1", "first_day": "2026-09-01", "last_day": "2026-12-31"}
    assert [one["complete"] for one in data["levels"]] == [one.complete for one in told.before.levels]
    assert "Белый ромб — заполненные за 1-е полугодие 2026/27" in text
    shown = 0
    for figure, row, one in zip(told.figures, rows, data["indicators"], strict=True):
        former = told.former(figure)
        assert former is not None
        assert (one["numerator"], one["denominator"]) == (former.numerator, former.denominator)
        assert row[9:11] == tuple("•" if count is None else count for count in (former.numerator, former.denominator))
        if figure.percent is not None and former.percent is not None and figure.of_people:
            change = points(figure, former)
            assert change is not None
            assert row[12] == float(change)
            sign = "+" if change > 0 else ""
            shares = [str(one).replace(".", ",") for one in (former.percent, figure.percent, change)]
            assert "было {} % → {} %, {}{} п. п.".format(*shares[:2], sign, shares[2]) in text
            shown += 1
    assert shown > 2
    assert "было •" not in text
    assert "→ •" not in text
    assert any(one["state"] == "hidden" and one["numerator"] is None for one in data["indicators"])
    plain = replace(summary, before=None)
    assert "ромб" not in " ".join(pages(drawn(plain, b"{}")))
    assert json.loads(data_of(plain))["before"] is None


def test_a_correction_says_on_the_cover_what_it_takes_the_place_of_and_why(summary: Summary) -> None:
    words = "Заменяет сводку № 2026/03. Причина: Не были отмечены две пробы."
    assert words in pages(drawn(compared(summary), b"{}"))[0].replace("\u00a0", " ")
    cells = load_workbook(BytesIO(tables(compared(summary))))["О сводке"].iter_rows(min_row=2, values_only=True)
    assert words in [str(cell).replace("\u00a0", " ") for _, cell in cells]
    assert "Заменяет" not in pages(drawn(summary, b"{}"))[0]
    not_yet_told = replace(summary, replaces=Replaced("2026/03", ""))
    assert "Причина" not in pages(drawn(not_yet_told, b"{}"))[0]


def test_levels_of_the_law_are_told_alike_on_paper_in_the_workbook_and_in_the_data(summary: Summary) -> None:
    told = [(one.title, one.pupils) for one in publish(summary).law_levels]
    assert told == [
        ("Дошкольное образование", 9),
        ("Начальное общее образование", 24),
        ("Основное общее образование", 27),
        ("Среднее общее образование", 12),
    ]
    text = " ".join(pages(drawn(summary, b"{}"))).replace("\u00a0", " ")
    assert "Охват по уровням общего образования" in text
    assert "Основное общее образование, 5–9 классы" in text
    rows = load_workbook(BytesIO(tables(summary)))["Уровни закона"].iter_rows(min_row=2, values_only=True)
    assert [row[:2] for row in rows] == told
    assert [(one["title"], one["pupils"]) for one in json.loads(data_of(summary))["law_levels"]] == told


def test_a_class_alone_is_printed_for_use_inside(summary: Summary) -> None:
    inside = replace(compared(summary), scope=Scope(group="g2"), scope_title="7 «А»", replaces=None)
    pdf = summary_pdf(openly(inside), b"")
    text = " ".join(pages(pdf)).replace("\u00a0", " ")
    assert "ДЛЯ ВНУТРЕННЕГО ПОЛЬЗОВАНИЯ" in text
    assert "7 «А» за 2-е полугодие 2026/27" in text
    for words in ("•", "Подписи", "подписаны вместе", "В управление"):
        assert words not in text
    with PdfDocument(pdf) as document:
        assert document.count_attachments() == 0
    named = replace(inside, scope_title="Подготовительная «Константинопольские звёздочки» " * 3)
    with PdfDocument(summary_pdf(openly(named), b"")) as document:
        for page in document:
            text_page = page.get_textpage()
            rights = [text_page.get_rect(number)[2] for number in range(text_page.count_rects())]
            assert max(rights) <= 595.3 - 30


def test_shares_are_rounded_alike_on_paper_and_in_the_workbook(summary: Summary) -> None:
    row = Coverage("6 «В»", "basic", 160, 20, 10)
    book = load_workbook(BytesIO(tables(replace(summary, groups=(row,)))))
    assert book["Классы"].cell(2, 5).value == 6.3
    assert "160 20 10 6,3" in " ".join(pages(drawn(replace(summary, groups=(row,)), b"{}")))


def test_cover_agrees_with_its_numbers(summary: Summary) -> None:
    found = next(figure for figure in summary.figures if figure.indicator.rule.measure == "trials_any")
    reached, below = replace(found, numerator=30, denominator=30), replace(found, numerator=0, denominator=30)
    cover = pages(drawn(replace(summary, figures=(reached, *[below] * 2)), b"{}"))[0]
    assert "1 показатель достиг цели" in cover
    assert "2 показателя не достигли цели" in cover
    assert "0 показателей без цели" in cover
    nobody = replace(found, numerator=0, denominator=0)
    assert "1 показатель без итога" in pages(drawn(replace(summary, figures=(nobody,)), b"{}"))[0]


def test_stamp_says_whose_key_signed_and_when(summary: Summary) -> None:
    autumn = datetime(2026, 9, 1, tzinfo=UTC)
    key = KeyInfo("МБОУ «Школа № 12»", "Школа № 12", "ab" * 32, autumn, autumn.replace(year=2029))
    signed_at = datetime(2026, 11, 23, 10, 40).astimezone()
    words = pages(drawn(summary, b"{}", key, signed_at))[-1]
    assert "ДОКУМЕНТ ПОДПИСАН" in words
    assert "23.11.2026 10:40" in words
    assert "Подписано" not in pages(drawn(replace(summary, number=None), b"{}", key))[-1]


def test_no_text_becomes_a_formula(summary: Summary) -> None:
    nasty = replace(summary, groups=(Coverage("=1+1", "basic", 1, 1, 1), Coverage("@SUM(A1)", "basic", 1, 1, 1)))
    book = load_workbook(BytesIO(tables(nasty)))
    for row in (2, 3):
        cell = book["Классы"].cell(row, 1)
        assert cell.data_type == "s"
    assert book["Классы"].cell(2, 1).value == "=1+1"


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(summary: Summary, tmp_path: Path) -> None:
    path = tmp_path / "summary.pdf"
    path.write_bytes(drawn(summary, data_of(summary)))
    answer = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
