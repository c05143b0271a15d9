"""The pupil reference for Word: styles that a teacher can change, nothing that has to be undone first."""

from __future__ import annotations

from datetime import datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from profdesk.documents.typography import day, quoted
from profdesk.documents.word_file import clean
from profdesk.documents.word_styles import style, written
from profdesk.domain.reference import Reference

_PAGE = (Mm(210), Mm(297))
_MARGINS = {"left_margin": Mm(30), "right_margin": Mm(15), "top_margin": Mm(20), "bottom_margin": Mm(20)}
_HEAD, _WHOM, _SIGNED = "Шапка школы", "О ком", "Подпись"


def reference(facts: Reference) -> bytes:
    """Write the document; it opens on any Word since 2007 and in LibreOffice."""
    document = blank(facts)
    organisation = facts.facts.organisation
    for words in (organisation.legal_form, organisation.name, organisation.municipality):
        if words:
            whole = organisation.legal_form and words == organisation.name
            document.add_paragraph(clean(quoted(words) if whole else words), _HEAD)
    document.add_paragraph("ХАРАКТЕРИСТИКА", "Title")
    document.add_paragraph(clean(facts.addressed), _WHOM)
    named = document.add_paragraph(style=_WHOM)
    named.add_run(clean(facts.named)).bold = True
    named.paragraph_format.space_after = Pt(12)
    for paragraph in facts.paragraphs:
        document.add_paragraph(clean(paragraph), "Body Text")
    for one in facts.signatories:
        document.add_paragraph(f"{clean(one.post)}\t\t\t{clean(one.name)}", _SIGNED)
    document.add_paragraph(day(facts.facts.dated), _SIGNED)
    return written(document)


def sample(facts: Reference) -> bytes:
    """Write a template that works, for a school to make its own of; ``facts`` give its properties alone."""
    document = blank(facts)
    for words in ("{{ организация }}", "{{ муниципалитет }}"):
        document.add_paragraph(words, _HEAD)
    document.add_paragraph("ХАРАКТЕРИСТИКА", "Title")
    document.add_paragraph("{{ на_кого }}", _WHOM)
    document.add_paragraph(style=_WHOM).add_run("{{ о_ком }}").bold = True
    for words in ("{%p for абзац in абзацы %}", "{{ абзац }}", "{%p endfor %}"):
        document.add_paragraph(words, "Body Text")
    document.add_paragraph("Компетенции за {{ учебный_год }} учебный год", _WHOM)
    table = document.add_table(0, 2, "Table Grid")
    for row in (
        ("Компетенция", "Стадия"),
        ("{%tr for к in компетенции %}", ""),
        ("{{ к.название }}", "{{ к.стадия }}"),
        ("{%tr endfor %}", ""),
    ):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for post, name in (("должность_руководителя", "руководитель"), ("должность_педагога", "педагог")):
        document.add_paragraph(f"{{{{ {post} }}}}\t\t\t{{{{ {name} }}}}", _SIGNED)
    document.add_paragraph("{{ дата }}", _SIGNED)
    return written(document)


def blank(facts: Reference) -> WordDocument:
    """An empty sheet with the styles of a reference."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    for name, width in _MARGINS.items():
        setattr(section, name, width)
    _dress(document)
    about = document.core_properties
    about.title, about.author = clean(facts.title), clean(facts.facts.organisation.short_name)
    about.comments, about.language = "", "ru-RU"
    about.created = about.modified = datetime.combine(facts.facts.dated, datetime.min.time())
    return document


def _dress(document: WordDocument) -> None:
    normal = style(document, "Normal", 12)
    language = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "ru-RU"})
    normal.element.get_or_add_rPr().append(language)
    body = style(document, "Body Text", 12)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.paragraph_format.first_line_indent = Mm(12.5)
    body.paragraph_format.line_spacing = 1.15
    title = style(document, "Title", 14)
    title.font.bold = True
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(24), Pt(4)
    for border in title.element.get_or_add_pPr().findall(qn("w:pBdr")):
        title.element.get_or_add_pPr().remove(border)
    head = style(document, _HEAD, 12)
    whom = style(document, _WHOM, 12)
    for one in (title, head, whom):
        one.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    whom.paragraph_format.space_after = Pt(4)
    style(document, _SIGNED, 12).paragraph_format.space_before = Pt(18)
    for place, align, leader in (
        (Mm(80), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.SPACES),
        (Mm(120), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES),
        (Mm(123), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.SPACES),
    ):
        style(document, _SIGNED, 12).paragraph_format.tab_stops.add_tab_stop(place, align, leader)
