"""The reference on paper and in Word: what is read back from both, whatever was typed into it."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.document import Document as WordDocument
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reference_cases import codes, facts, reference

from profdesk.documents import reference_docx, reference_pdf
from profdesk.domain.people import PersonName, Sex
from profdesk.domain.reference import Reference

NBSP = "\u00a0"
FULL = facts(
    "secondary",
    PersonName("Константинопольская-Преображенская", "Александра-Виктория", "Владиславовна"),
    Sex.FEMALE,
    stages=[3, 2, 1, 0, 2] * 4,
    own=dict.fromkeys(codes("secondary"), 3),
    parents=dict.fromkeys(codes("secondary"), 0),
    evidence=tuple(f"Работа № {number}" for number in range(40)),
    teacher="Седова Ольга Ивановна",
)
SHORT = facts(stages=[3, 2, 1])


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def flat(words: str) -> str:
    return " ".join(words.replace(NBSP, " ").split())


def word(made: Reference) -> WordDocument:
    return Document(BytesIO(reference_docx.reference(made)))


def lines(document: WordDocument) -> list[str]:
    return [flat(paragraph.text) for paragraph in document.paragraphs]


def test_the_paper_holds_heading_text_and_signatures() -> None:
    made = reference(SHORT)
    (page,) = pages(reference_pdf.reference(made))
    text = flat(page)
    for words in ("«Средняя школа № 12»", "ХАРАКТЕРИСТИКА", made.addressed, made.named, "Н. В. Черепанова", "Директор"):
        assert flat(words) in text
    for paragraph in made.paragraphs:
        assert flat(paragraph) in text
    assert text.endswith("20 мая 2027 г.")


def test_a_page_alone_bears_no_number() -> None:
    assert "Страница" not in pages(reference_pdf.reference(reference(SHORT)))[0]


def test_a_long_reference_goes_on_over_pages() -> None:
    made = reference(FULL)
    first, second = pages(reference_pdf.reference(made))
    assert "Страница 1 из 2" in flat(first)
    assert "Страница 2 из 2" in flat(second)
    text = flat(first.split("Страница")[0] + second)
    for paragraph in made.paragraphs:
        assert flat(paragraph)[-60:] in text
    assert "О. И. Седова" in text


def test_equal_references_give_equal_papers() -> None:
    assert reference_pdf.reference(reference(FULL)) == reference_pdf.reference(reference(FULL))


@settings(max_examples=25)
@given(st.text(max_size=300), st.text(min_size=1, max_size=40))
@example("\u00ad", "Ан")
def test_whatever_is_typed_can_be_printed_and_opened(text: str, surname: str) -> None:
    made = Reference(facts(name=PersonName(surname, "Имя")), {"general": text})
    assert reference_pdf.reference(made).startswith(b"%PDF")
    assert "ХАРАКТЕРИСТИКА" in lines(word(made))


def test_a_letter_no_face_has_is_seen_to_be_missing() -> None:
    made = Reference(facts(), {"general": "Знак 😀 здесь."})
    assert "Знак ? здесь." in pages(reference_pdf.reference(made))[0]


def test_word_holds_heading_text_and_signatures_in_styles() -> None:
    made = reference(FULL)
    document = word(made)
    shown = lines(document)
    assert shown[:3] == [
        "Муниципальное бюджетное общеобразовательное учреждение",
        "«Средняя школа № 12»",
        "Артёмовский городской округ",
    ]
    assert shown[3:6] == ["ХАРАКТЕРИСТИКА", flat(made.addressed), flat(made.named)]
    assert shown[6:-3] == [flat(paragraph) for paragraph in made.paragraphs]
    assert shown[-3:] == ["Директор Н. В. Черепанова", "Классный руководитель О. И. Седова", "20 мая 2027 г."]
    body = [paragraph for paragraph in document.paragraphs if flat(paragraph.text) in shown[6:-3]]
    assert {paragraph.style.name for paragraph in body if paragraph.style} == {"Body Text"}
    assert document.paragraphs[3].style is not None
    assert document.paragraphs[3].style.name == "Title"


def test_word_gets_a_sheet_and_a_face_that_every_windows_has() -> None:
    document = word(reference(SHORT))
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    faces = {paragraph.style.font.name for paragraph in document.paragraphs if paragraph.style}
    assert faces == {"Times New Roman"}
    assert document.core_properties.title == "Характеристика, Ильин Даниил"
    assert document.core_properties.author == "Школа № 12"


def test_word_gets_names_as_they_are() -> None:
    made = Reference(facts(name=PersonName("=А1<&>", "Имя")), {"general": "Раз <w:p> & два\x00."})
    shown = lines(word(made))
    assert "Фамилия, имя: =А1<&> Имя" in shown
    assert "Раз <w:p> & два." in shown


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "reference.docx"
    path.write_bytes(reference_docx.reference(reference(SHORT)))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    order = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(order, check=True, capture_output=True, timeout=300)
    (page,) = pages(path.with_suffix(".pdf").read_bytes())
    assert "Ильина Даниила Евгеньевича" in flat(page)
