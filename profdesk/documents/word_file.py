"""Users' own Word documents: opened with distrust, and told of in words when they cannot be."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from profdesk.errors import WrongInputError

_LARGEST = 100 * 1024 * 1024
_LARGEST_WORDS = 6 * 1024 * 1024
"""Bytes of XML, each of which may cost thirty of memory; a hundred pages of text have less."""
_OLD = b"\xd0\xcf\x11\xe0"
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TORN = (
    AttributeError, KeyError, ValueError, PackageNotFoundError, etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What python-docx meets in parts that are missing, damaged or of another kind than they say."""
_SAVE = "Откройте его в Word и сохраните как «Документ Word (*.docx)»."


def opened(data: bytes, called: str) -> WordDocument:
    """Open a document without macros; ``called`` is what it is to the user: «шаблон».

    WrongInputError says what is the matter with it and what to do.
    """
    if not data:
        raise WrongInputError(f"Файл {called}а пустой: в нём нет ни одного байта.")
    if data.startswith(_OLD):
        raise WrongInputError(f"{called.capitalize()} в старом формате Word или под паролем. {_SAVE}")
    unreadable = f"{called.capitalize()} не читается как документ Word. {_SAVE}"
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = packed.infolist()
    except zipfile.BadZipFile as error:
        raise WrongInputError(unreadable) from error
    if sum(part.file_size for part in parts) > _LARGEST:
        raise WrongInputError(
            f"{called.capitalize()} в развёрнутом виде больше 100 МБ. Уберите из него лишние рисунки."
        )
    if sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels"))) > _LARGEST_WORDS:
        raise WrongInputError(f"{called.capitalize()} слишком велик: в нём больше 6 МБ разметки. Сократите его.")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise WrongInputError(f"В {called}е есть макросы, такие файлы не заполняем. {_SAVE}")
    try:
        document = Document(BytesIO(data))
        _ = list(document.styles), list(document.sections)
    except TORN as error:
        raise WrongInputError(unreadable) from error
    return document


def clean(words: str) -> str:
    """Words without the few characters that no XML may hold."""
    return _NOT_XML.sub("", words)
