"""Tables of an HTML page, which many journals save under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

_START = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body|table|meta|div)",
    re.IGNORECASE,
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "caption", "div", "title"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_WIDEST = 50


def is_html(data: bytes) -> bool:
    """Whether a file is a page with a table in it."""
    bare = data.removeprefix(b"\xef\xbb\xbf")
    if bare.startswith((b"\xff\xfe", b"\xfe\xff")):
        bare = bare.decode("utf-16", errors="replace").encode()
    return bool(_START.match(bare[:2000])) and b"<t" in bare.lower()


def rows(data: bytes) -> Iterator[tuple[int, list[Any]]]:
    """Rows of all tables one after another, with the headings between them as rows of one cell."""
    root = html.document_fromstring(_decoded(data))
    line = 0
    for element in root.iter("tr", *_HEADINGS):
        if element.tag == "tr":
            line += 1
            yield line, _cells(element)
        elif not _inside_table(element):
            words = " ".join((element.text or "").split())
            if words:
                line += 1
                yield line, [words]


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    named = _CHARSET.search(data[:2000])
    for encoding in ((named.group(1).decode("ascii"),) if named else ()) + ("utf-8-sig", "cp1251"):
        try:
            return re.sub(r"^\s*<\?xml[^>]*>", "", data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1251", errors="replace")


def _cells(row: html.HtmlElement) -> list[Any]:
    cells: list[Any] = []
    for cell in row:
        if cell.tag in ("td", "th"):
            cells.append(" ".join(cell.text_content().split()) or None)
            cells.extend([None] * (min(_span(cell), _WIDEST) - 1))
    return cells


def _span(cell: html.HtmlElement) -> int:
    span = cell.get("colspan") or "1"
    return int(span) if span.isdigit() and int(span) > 0 else 1


def _inside_table(element: html.HtmlElement) -> bool:
    return any(parent.tag == "table" for parent in element.iterancestors()) and element.tag != "caption"
