"""Word documents that the program writes: their styles, which users can change, and their bytes."""

from __future__ import annotations

from io import BytesIO

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

_FACE = "Times New Roman"


def style(document: WordDocument, name: str, size: float) -> ParagraphStyle:
    """A paragraph style of that name in the face of all documents, made if Word has none of its own; size in points."""
    known = name in document.styles
    found = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not isinstance(found, ParagraphStyle):
        raise TypeError(f"{name} is no paragraph style")
    found.font.size = Pt(size)
    found.font.color.rgb = RGBColor(0, 0, 0)
    found.paragraph_format.space_after = Pt(0)
    faces = found.element.get_or_add_rPr().get_or_add_rFonts()
    faces.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        faces.set(qn(f"w:{script}"), _FACE)
    return found


def written(document: WordDocument) -> bytes:
    """The document's bytes."""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
