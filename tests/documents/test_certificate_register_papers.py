"""The register of certificates on paper and as a workbook: every line is there, whole, with what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from paper_checks import assert_fonts, assert_inside, raw_pages
from support import YEAR, organisation

from profdesk.documents import certificate_register, certificate_register_xlsx
from profdesk.domain.certificate_register import Issued
from profdesk.domain.people import PersonName

DAY = date(2026, 11, 12)
NAMES = {"one": "Константинопольская-Преображенская Александра Владиславовна"}


def lines(count: int) -> Sequence[Issued]:
    """Every third is withdrawn, every fourth is a duplicate; the third has the longest of names."""
    long = PersonName("Римский-Корсаков-Преображенский", "Константин", "Владиславович")
    return [
        Issued(
            number=f"ПП-2026/{number:04}",
            sequence=number,
            pupil_id=str(number),
            pupil=long if number == 3 else PersonName(f"Абрамова{number}", "Полина", "Игоревна"),
            group="7 «А»",
            year=YEAR,
            issued_on=DAY,
            actor="one",
            code="",
            duplicate_of="ПП-2026/0001" if number % 4 == 0 else None,
            withdrawn_on=DAY + timedelta(days=1) if number % 3 == 0 else None,
            withdrawn_reason="ошибка в написании отчества, замечена родителями на собрании" if number % 3 == 0 else "",
        )
        for number in range(1, count + 1)
    ]


def test_every_line_is_on_the_paper_and_nothing_near_the_edge(tmp_path: Path) -> None:
    found = lines(70)
    pdf = certificate_register.paper(organisation(), found, NAMES, YEAR, "", DAY)
    pages = raw_pages(pdf, tmp_path)
    whole = " ".join(pages)
    assert pages[0].startswith("Реестр сертификатов портфолио, 2026/27 учебный год")
    assert "Всего: 70 сертификатов, действует 47, отозвано 23." in whole
    assert all(one.number in whole for one in found)
    assert whole.count("отозван 13.11.2026") == 23
    assert whole.count("Состояние") == len(pages) > 2
    assert [f"Страница {number} из {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert_inside(pdf)
    assert_fonts(pdf, tmp_path)
    assert pdf == certificate_register.paper(organisation(), found, NAMES, YEAR, "", DAY)


def test_a_part_of_the_register_says_so(tmp_path: Path) -> None:
    pdf = certificate_register.paper(organisation(), lines(1), NAMES, None, "абрамова", DAY)
    (page,) = raw_pages(pdf, tmp_path)
    assert page.startswith("Реестр сертификатов портфолио ")
    assert "Всего: 1 сертификат. Показаны найденные по словам «абрамова»." in page


@pytest.mark.parametrize("count", [1, 12])
def test_the_workbook_has_a_row_for_each(count: int) -> None:
    found = lines(count)
    sheet = load_workbook(BytesIO(certificate_register_xlsx.workbook(found, NAMES))).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    assert [row[0] for row in rows] == [one.number for one in found]
    third = dict(zip(head, rows[min(2, count - 1)], strict=True))
    assert third["Кто выдал"] == NAMES["one"]
    assert third["Отозван"] == (None if count == 1 else "13.11.2026")
