"""Word documents that tests give to the program: written in a few words, or with parts of theirs exchanged."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument


def written(*paragraphs: str, build: Callable[[WordDocument], object] | None = None) -> bytes:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if build is not None:
        build(document)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def repacked(document: bytes, **parts: bytes) -> bytes:
    """The document with parts put in place of its own, or added."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for info in source.infolist():
            made.writestr(info, parts.pop(info.filename, None) or source.read(info))
        for name, data in parts.items():
            made.writestr(name, data)
    return buffer.getvalue()


def lines(document: WordDocument) -> list[str]:
    return [paragraph.text.replace("\u00a0", " ") for paragraph in document.paragraphs]
