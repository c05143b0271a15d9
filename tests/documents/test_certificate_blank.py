"""The school's own blank in Word: what its fields are filled with, and what is said of one that cannot be filled."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from paper_checks import codes
from PIL import Image
from pypdfium2 import PdfDocument
from word_documents import lines, repacked, written

from profdesk.documents import certificate_blank, certificate_blank_sample, code_picture
from profdesk.documents.certificates.code import SIDE
from profdesk.documents.word_file import clean
from profdesk.domain import certificate_blank as rules
from profdesk.domain import certificate_fields
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_claim import claim_of
from profdesk.domain.people import PersonName
from profdesk.errors import WrongInputError
from profdesk.signing import certificate_code, keys

Facts = Callable[..., CertificateFacts]
FRAME = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>{имя}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
MANY = ("Олимпиада по технологии: призёр", "Конкурс проектов: победитель")


@pytest.fixture(scope="module")
def one(facts: Facts) -> CertificateFacts:
    """A numbered certificate of twenty competencies with the longest name, deeds and achievements."""
    key = keys.make_key("МБОУ «Школа № 12»", "Школа № 12", datetime(2026, 11, 23, 10, 40, tzinfo=UTC))
    made = replace(facts("basic", stage=None), deeds=("Профессиональные пробы: 4",), achievements=MANY)
    return replace(made, code=certificate_code.write(claim_of(made), key))


def filled(data: bytes, facts: CertificateFacts) -> WordDocument:
    certificate_blank.fields(data)
    return Document(BytesIO(certificate_blank.fill(data, facts)))


def complaint(data: bytes) -> str:
    with pytest.raises(WrongInputError) as told:
        certificate_blank.fields(data)
    return told.value.message


def pictures(data: bytes) -> list[Image.Image]:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return [Image.open(BytesIO(packed.read(name))) for name in packed.namelist() if name.startswith("word/media/")]


def table(*rows: tuple[str, ...]) -> Callable[[WordDocument], None]:
    def build(document: WordDocument) -> None:
        made = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, words in zip(made.add_row().cells, row, strict=True):
                cell.text = words

    return build


# -- what is filled ---------------------------------------------------------------------------------


def test_every_field_of_a_design_is_filled_with_the_same(one: CertificateFacts) -> None:
    values = certificate_fields.values(one)
    shown = lines(filled(written(*(f"{name}: {{{name}}}" for name in values)), one))
    assert shown == [f"{name}: {value}".replace("\u00a0", " ") for name, value in values.items()]


@pytest.mark.parametrize("typed", ["{учебный год}", "{{ учебный_год }}", "{ Учебный\u00a0 год }", "{{учебный год}}"])
def test_fields_are_known_however_they_are_typed(one: CertificateFacts, typed: str) -> None:
    assert lines(filled(written(f"Это {typed}, да"), one)) == ["Это 2026/27, да"]


def test_a_field_that_word_has_torn_keeps_the_look_of_its_beginning(one: CertificateFacts) -> None:
    def build(document: WordDocument) -> None:
        paragraph = document.add_paragraph("Кому: ")
        for part in ("{", "учебный", " г", "од}, {кл", "асс}"):
            paragraph.add_run(part).bold = part == "{"

    (paragraph,) = filled(written(build=build), one).paragraphs
    assert paragraph.text == "Кому: 2026/27, 7 «А» класс"
    assert [run.text for run in paragraph.runs if run.bold] == ["2026/27"]


def test_headers_footers_frames_and_pictures_of_the_school(one: CertificateFacts) -> None:
    def build(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "{организация}"
        document.sections[0].footer.paragraphs[0].text = "{код}"
        document.paragraphs[0]._p.append(parse_xml(FRAME))

    document = filled(written("{фамилия}", build=build), one)
    assert document.sections[0].header.paragraphs[0].text == one.organisation.full_name
    assert len(document.sections[0].footer.paragraphs[0]._p.xpath(".//a:blip")) == 1
    words = [text.text for text in document.element.body.iter() if text.tag.endswith("}t") and text.text]
    assert words == [one.pupil.surname, one.pupil.given]


@pytest.mark.parametrize(
    "rows",
    [
        (("№", "Компетенция", "Стадия"), ("{п/п}", "{компетенция}", "{стадия}")),
        (("№", "Что", "Какая"), ("{п/п}.", "{компетенция}", "Стадия: {стадия}")),
    ],
)
def test_a_row_of_a_table_stands_for_every_competency(one: CertificateFacts, rows: tuple[tuple[str, ...], ...]) -> None:
    (made,) = filled(written(build=table(*rows, ("М. П.", "{класс}", ""))), one).tables
    told = [[cell.text for cell in row.cells] for row in made.rows]
    items = one.competencies.items
    assert len(told) == len(items) + 2
    assert [row[1] for row in told[1:-1]] == [item.plain for item in items]
    assert told[1][0].strip(".") == "1"
    assert {row[2].removeprefix("Стадия: ") for row in told[1:-1]} > {"не оценено", "начальная стадия"}
    assert told[-1] == ["М. П.", "7 «А» класс", ""]


def test_where_a_table_is_but_a_frame_the_paragraph_repeats(one: CertificateFacts) -> None:
    def build(document: WordDocument) -> None:
        (cell, other) = document.add_table(1, 2).rows[0].cells
        cell.text = "{ученик}"
        cell.add_paragraph("{п/п}. {компетенция} — {стадия}")
        other.text = "{номер}"

    (made,) = filled(written(build=build), one).tables
    ((left, right),) = (row.cells for row in made.rows)
    assert right.text == one.number
    assert len(left.paragraphs) == len(one.competencies.items) + 1
    assert left.paragraphs[2].text.startswith("2. Критический анализ — ")


def test_deeds_and_achievements_are_lines(one: CertificateFacts) -> None:
    template = written("{дела}", "Достижения: {достижения}", "{достижения}", "конец")
    assert lines(filled(template, one)) == [one.deeds[0], f"Достижения: {MANY[0]}\n{MANY[1]}", *MANY, "конец"]


def test_a_row_with_a_picture_of_its_own_is_repeated_whole(one: CertificateFacts) -> None:
    def build(document: WordDocument) -> None:
        left, right = document.add_table(1, 2).rows[0].cells
        left.text = "{компетенция}"
        right.paragraphs[0].add_run().add_picture(BytesIO(code_picture.png([b"\0"] * 1)))

    (made,) = filled(written(build=build), one).tables
    assert [row.cells[0].text for row in made.rows] == [item.plain for item in one.competencies.items]


def test_a_frame_stays_where_the_paragraph_it_hangs_on_is_emptied(one: CertificateFacts) -> None:
    def build(document: WordDocument) -> None:
        document.paragraphs[0]._p.append(parse_xml(FRAME))

    document = filled(written("Достижения: {достижения}", "конец", build=build), replace(one, achievements=()))
    assert [text.text for text in document.element.body.iter() if text.tag.endswith("}t") and text.text] == [
        one.pupil.given, "конец",
    ]  # fmt: skip


def test_a_paragraph_of_empty_fields_is_left_out(one: CertificateFacts) -> None:
    bare = replace(one, deeds=(), achievements=(), pupil=PersonName("Ким", "Ян"))
    template = written(
        "Отчество: {отчество}", "{дела}", "Достижения: {достижения}", "{имя} {отчество}", build=lone_cell
    )
    document = filled(template, bare)
    assert lines(document) == ["Ян "]
    assert document.tables[0].rows[0].cells[0].text == ""


def lone_cell(document: WordDocument) -> None:
    document.add_table(1, 1).rows[0].cells[0].text = "Достижения: {достижения}"


@pytest.mark.parametrize("surname", ["<w:p>", "А&Б", "{класс}", "{код}", "{{ ученик }}", "'", "\x0bИль\x00ин", "😀"])
def test_names_are_only_words(one: CertificateFacts, surname: str) -> None:
    named = replace(one, pupil=PersonName(surname, "Имя"))
    assert lines(filled(written("{фамилия} {{фамилия}}"), named)) == [f"{clean(surname)} {clean(surname)}"]


def test_equal_certificates_have_equal_bytes(one: CertificateFacts) -> None:
    sample = certificate_blank_sample.sample()
    made = certificate_blank.fill(sample, one)
    assert certificate_blank.fill(sample, one) == made
    with zipfile.ZipFile(BytesIO(made)) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# -- the code ---------------------------------------------------------------------------------------


def test_the_code_is_read_back_from_the_document(one: CertificateFacts) -> None:
    made = certificate_blank.fill(written("{код}"), one)
    (picture,) = pictures(made)
    (found,) = codes(picture.convert("L"))
    assert found.text == one.code
    (shape,) = Document(BytesIO(made)).inline_shapes
    assert (shape.width, shape.height) == (Mm(SIDE), Mm(SIDE))
    assert picture.width / SIDE * 25.4 > 500


def test_a_trial_has_no_number_and_a_code_that_says_so(one: CertificateFacts) -> None:
    trial = replace(one, number=None, code="")
    made = certificate_blank.fill(written("№ {номер}", "{код}"), trial)
    assert lines(Document(BytesIO(made)))[0] == "№ 000"
    (found,) = codes(pictures(made)[0].convert("L"))
    assert found.text.startswith("Проба")


# -- the sample -------------------------------------------------------------------------------------


def test_the_sample_can_be_filled_and_explains_every_field(one: CertificateFacts) -> None:
    sample = certificate_blank_sample.sample()
    told = "\n".join(lines(Document(BytesIO(sample))))
    assert all(f"{{{name}}}\t" in told for name in rules.KNOWN)
    document = filled(sample, one)
    assert one.pupil.full in lines(document)
    assert len(document.tables[0].rows) == len(one.competencies.items) + 1
    assert not any("{" in words or "образца" in words for words in lines(document))
    assert rules.Blank("", sample, certificate_blank.fields(sample)).lacks == ""


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_prints_the_longest_on_one_page(one: CertificateFacts, tmp_path: Path) -> None:
    path = tmp_path / "сертификат.docx"
    champion = (
        "Чемпионат «Профессионалы», компетенция «Лабораторный химический анализ»: победитель, региональный уровень"
    )
    longest = replace(one, deeds=one.deeds * 2, achievements=(*MANY, champion, MANY[0]))
    path.write_bytes(certificate_blank.fill(certificate_blank_sample.sample(), longest))
    home = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    asked = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    subprocess.run(asked, check=True, capture_output=True)
    with PdfDocument(path.with_suffix(".pdf")) as document:
        assert len(document) == 1
        page = document[0]
        told = page.get_textpage().get_text_bounded()
        scan = page.render(scale=150 / 72).to_pil().convert("L")
    assert one.number is not None
    assert one.number in told
    (found,) = codes(scan)
    assert found.text == one.code


# -- blanks that cannot be filled -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("{учебный гот}", "В бланке стоит поле {учебный гот}, такого поля нет. Похожее: {учебный год}."),
        ("Имя: {zzz}", "В бланке стоит поле {zzz}, такого поля нет. Все поля есть в образце бланка."),
        ("{}", "В бланке стоит поле {}, такого поля нет. Все поля есть в образце бланка."),
        ("Имя: {ученик", "В бланке у скобки нет пары: «Имя: {ученик». Поле пишется так: {ученик}."),
        ("ученик} и", "В бланке у скобки нет пары: «ученик} и». Поле пишется так: {ученик}."),
        ("просто слова", "В бланке нет ни одного поля, заполнять нечего."),
    ],
)
def test_what_is_wrong_is_named(words: str, told: str) -> None:
    assert complaint(written("Сертификат", words)).startswith(told)


@pytest.mark.parametrize(
    "words",
    [
        "{{ ученик.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ ученик['__class__'] }}",
        "{{ ученик() }}",
        "{{ ученик|attr('x') }}",
        "{{ 2 ** 999999 }}",
        "{% include '/etc/passwd' %}",
        "{% for x in компетенции %}",
        "{# ученик #}",
    ],
)
def test_nothing_but_names_is_understood(words: str) -> None:
    told = complaint(written("{ученик}", words))
    assert told.startswith(("В бланке стоит", "В бланке у скобки нет пары"))


def test_a_wrong_field_is_found_wherever_it_stands() -> None:
    def build(document: WordDocument) -> None:
        document.sections[0].footer.paragraphs[0].text = "{номир}"

    assert "{номер}" in complaint(written("{ученик}", build=build))
    assert "{стадия}" in complaint(written("{ученик}", build=table(("{стадии}",))))


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Файл бланка пустой"),
        (b"\xd0\xcf\x11\xe0 old Word", "Бланк в старом формате Word"),
        (b"%PDF-1.7", "Бланк не читается как документ Word"),
        (b"PK\x03\x04 torn", "Бланк не читается как документ Word"),
        (repacked(written("{ученик}"), **{"word/document.xml": b"<w:document"}), "Бланк не читается как документ Word"),
        (repacked(written("{ученик}"), **{"word/vbaProject.bin": b"\xd0\xcf"}), "В бланке есть макросы"),
        (repacked(written("{ученик}"), **{"word/document.xml": BOMB}), "В бланке нет ни одного поля"),
    ],
    ids=["empty", "old", "pdf", "torn", "broken", "macros", "bomb"],
)
def test_files_that_are_no_blanks(data: bytes, words: str) -> None:
    assert complaint(data).startswith(words)


def test_a_small_file_that_unfolds_into_a_huge_one_is_refused() -> None:
    data = repacked(written("{ученик}"), **{"word/media/huge.bmp": bytes(100 * 1024 * 1024)})
    assert len(data) < 1024 * 1024
    assert complaint(data).startswith("Бланк в развёрнутом виде больше 100 МБ")
