"""A school's own template: what its tags are filled with, and what is said of one that cannot be filled."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from reference_cases import codes, facts, reference
from word_documents import lines, repacked, written

from profdesk.documents import reference_docx, reference_template
from profdesk.documents.word_file import clean
from profdesk.domain import reference_fields, reference_text
from profdesk.domain.people import PersonName, Sex
from profdesk.domain.reference import Reference
from profdesk.errors import WrongInputError

FULL = facts(stages=[3, 2, 1, 0] * 5, teacher="Седова Ольга Ивановна")


def fields(made: Reference) -> list[reference_fields.Field]:
    return list(reference_fields.fields(made, reference_text.TITLES))


def filled(data: bytes, made: Reference | None = None) -> WordDocument:
    return Document(BytesIO(reference_template.fill(data, fields(made or reference(FULL)))))


def complaint(data: bytes) -> str:
    with pytest.raises(WrongInputError) as told:
        reference_template.fill(data, fields(reference(FULL)))
    return told.value.message


def test_every_field_is_filled_with_its_value() -> None:
    made = reference(FULL)
    plain = [field for field in fields(made) if isinstance(field.value, str)]
    shown = lines(filled(written(*(f"{field.name}: {field.tag}" for field in plain)), made))
    assert len(plain) > 30
    text = "\n".join(shown)
    for field in plain:
        assert f"{field.name}: {field.value}".replace("\u00a0", " ") in text


def test_every_tag_of_the_help_works() -> None:
    made = reference(FULL)
    for field in fields(made):
        if isinstance(field.value, str):
            tags = [field.tag]
        else:
            begin, inner, end = field.tag.split("} ")[0] + "}", "", "{%p endfor %}"
            inner = field.tag[len(begin) + 1 : -len(end) - 1]
            tags = [begin, inner, end]
        assert lines(filled(written(*tags), made))


def test_cases_of_the_name() -> None:
    tags = [f"{{{{ фио_{case} }}}}" for case in ("родительный", "дательный", "винительный", "творительный")]
    assert lines(filled(written(*tags))) == [
        "Ильина Даниила Евгеньевича",
        "Ильину Даниилу Евгеньевичу",
        "Ильина Даниила Евгеньевича",
        "Ильиным Даниилом Евгеньевичем",
    ]


def test_a_name_that_is_not_declined_stays_as_it_is() -> None:
    made = reference(facts(name=PersonName("Ан", "Саша"), sex=None))
    assert lines(filled(written("{{ фио_дательный }}", "{{ о_ком }}"), made)) == ["Ан Саша", "Фамилия, имя: Ан Саша"]


def test_text_comes_in_paragraphs_with_and_without_a_loop() -> None:
    made = reference(FULL)
    looped = lines(filled(written("{%p for абзац in абзацы %}", "{{ абзац }}", "{%p endfor %}"), made))
    whole = lines(filled(written("{{ текст }}"), made))
    listed = lines(filled(written("{{ абзацы }}"), made))
    assert looped == whole == listed == [words.replace("\u00a0", " ") for words in made.paragraphs]


def test_a_table_of_competencies() -> None:
    def build(document: WordDocument) -> None:
        table = document.add_table(0, 2)
        for row in (("{%tr for к in компетенции %}", ""), ("{{ loop.index }}. {{ к.название }}", "{{ к.стадия }}")):
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
        table.add_row().cells[0].text = "{%tr endfor %}"

    (table,) = filled(written(build=build)).tables
    assert len(table.rows) == len(codes("basic"))
    assert [cell.text for cell in table.rows[0].cells] == ["1. Анализ проблемы", "сформирована"]


def test_conditions_and_filters() -> None:
    words = "{% if отчество %}{{ отчество|upper }}{% else %}нет{% endif %}"
    assert lines(filled(written(words))) == ["ЕВГЕНЬЕВИЧ"]
    assert lines(filled(written(words), reference(facts(name=PersonName("Ан", "Ян"))))) == ["нет"]


def test_headers_and_footers_are_filled_too() -> None:
    def build(document: WordDocument) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ организация_кратко }}"
        document.sections[0].footer.paragraphs[0].text = "{{ дата }}"

    section = filled(written("x", build=build)).sections[0]
    assert section.header.paragraphs[0].text == "Школа № 12"
    assert section.footer.paragraphs[0].text.replace("\u00a0", " ") == "20 мая 2027 г."


def test_tags_that_word_has_torn_into_runs_are_read() -> None:
    def build(document: WordDocument) -> None:
        paragraph = document.add_paragraph()
        for part in ("{", "{ фио", "_дате", "льный }", "}"):
            paragraph.add_run(part).bold = part == "_дате"

    assert lines(filled(written(build=build))) == ["Ильину Даниилу Евгеньевичу"]


@pytest.mark.parametrize(
    "surname", ["=СУММ(A1)", "<w:p>", "А&Б", "{{ фио }}", "{% for %}", '"кавычки"', "'", "\x0bИль\x00ин", "😀"]
)
def test_names_are_only_words(surname: str) -> None:
    made = reference(facts(name=PersonName(surname, "Имя"), sex=Sex.MALE))
    assert lines(filled(written("{{ фамилия }}"), made)) == [clean(surname)]


def test_the_sample_is_a_template_that_works() -> None:
    made = reference(FULL)
    document = filled(reference_docx.sample(made), made)
    shown = lines(document)
    assert "на обучающегося 7 «А» класса" in shown
    assert "Ильина Даниила Евгеньевича" in shown
    assert {words.replace("\u00a0", " ") for words in made.paragraphs} <= set(shown)
    assert len(document.tables[0].rows) == 1 + len(codes("basic"))
    assert not any("{" in words for words in shown)


# -- templates that cannot be filled ----------------------------------------------------------------


def test_an_unknown_field_is_named_with_the_nearest() -> None:
    assert complaint(written("{{ фио_дателный }}")) == (
        "В шаблоне названо поле «фио_дателный», такого поля нет. Похожее: «фио_дательный»."
    )
    assert complaint(written("{{ zzz }}")).endswith("Все поля есть в справке о шаблоне.")


def test_an_unknown_part_of_a_row_is_named() -> None:
    words = complaint(written("{%p for к in компетенции %}", "{{ к.стадии }}", "{%p endfor %}"))
    assert words == "В шаблоне после точки названо «стадии», такого там нет. Похожее: «стадия»."


@pytest.mark.parametrize("broken", ["Имя: {{ фио", "фио }} и ещё", "{% for к in компетенции", "{{ фио }", "{ { фио }}"])
def test_brackets_without_a_pair_are_quoted(broken: str) -> None:
    assert complaint(written("Текст", broken)) == f"В шаблоне у метки нет пары скобок: «{broken}»."


@pytest.mark.parametrize("broken", ["{{ фио родительный }}", "{{ }}", "{{ фио. }}", "{% если фио %}"])
def test_a_tag_that_cannot_be_read_is_quoted(broken: str) -> None:
    words = complaint(written("Текст", f"До {broken} после", "Текст"))
    assert words.startswith(f"В шаблоне не читается метка «{broken}».")


def test_an_unfinished_block_is_told() -> None:
    assert "не закончен блок" in complaint(written("{% if фио %}", "текст"))


@pytest.mark.parametrize(
    "words",
    [
        "{{ фио.__class__ }}",
        "{{ фио.format }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ фио['__class__'] }}",
        "{{ компетенции[0] }}",
        "{{ фио() }}",
        "{{ range(9) }}",
        "{{ cycler }}",
        "{{ self }}",
        "{{ фио|attr('x') }}",
        "{{ 'а' * 1000000000 }}",
        "{{ 2 ** 999999 }}",
        "{% include 'x' %}",
        "{% import 'x' as x %}",
        "{% extends 'x' %}",
        "{% macro x() %}{% endmacro %}",
        "{% set фио = 1 %}",
        "{{ абзацы.append }}",
        "{% for к in компетенции %}{{ к.items }}{% endfor %}",
        "{% for к in компетенции %}{{ loop.__init__ }}{% endfor %}",
    ],
)
def test_a_template_reaches_nothing_but_the_fields(words: str) -> None:
    assert complaint(written(words)).startswith(("В шаблоне", "Шаблон"))


def test_a_loop_that_tears_the_paper_is_told() -> None:
    def build(document: WordDocument) -> None:
        table = document.add_table(1, 1)
        table.rows[0].cells[0].text = "{% for абзац in абзацы %}"
        document.add_paragraph("{{ абзац }}{% endfor %}")

    assert "рвут таблицу или абзац" in complaint(written(build=build))


def test_macros_are_refused() -> None:
    assert complaint(repacked(written("x"), **{"word/vbaProject.bin": b"\xd0\xcf"})).startswith(
        "В шаблоне есть макросы"
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Файл шаблона пустой"),
        (b"\xd0\xcf\x11\xe0 old Word", "Шаблон в старом формате Word"),
        (b"%PDF-1.7", "Шаблон не читается как документ Word"),
        (b"PK\x03\x04 torn", "Шаблон не читается как документ Word"),
        (repacked(written("x"), **{"word/document.xml": b"<w:document"}), "Шаблон не читается как документ Word"),
    ],
)
def test_files_that_are_no_templates(data: bytes, words: str) -> None:
    assert complaint(data).startswith(words)


def test_another_zip_is_no_template() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("readme.txt", "x")
    assert complaint(buffer.getvalue()).startswith("Шаблон не читается как документ Word")


def test_a_word_template_is_to_be_saved_as_a_document() -> None:
    with zipfile.ZipFile(BytesIO(written("x"))) as source:
        types = source.read("[Content_Types].xml")
    kind = b"wordprocessingml.document.main+xml"
    data = repacked(written("x"), **{"[Content_Types].xml": types.replace(kind, b"wordprocessingml.template.main+xml")})
    assert "сохраните как «Документ Word (*.docx)»" in complaint(data)
