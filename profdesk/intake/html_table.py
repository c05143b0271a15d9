"""Tables of an HTML page, which many journals save under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from profdesk.domain.roster import Sheet
from profdesk.intake.limits import DAMAGED, Cell, Unreadable, sheet
from profdesk.intake.spans import MOST_SPANNED, Spanning, Spans

_START = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div|style|h\d|p\b)",
    re.IGNORECASE | re.DOTALL,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "br", "table", "tr", "center", "li", "body"}
_SILENT = {"script", "style", "title", "head"}
_CELLS = {"td", "th"}


def is_html(words: str) -> bool:
    """Whether a text is a page with a table in it."""
    return _START.match(words[:4000]) is not None and re.search(r"<t(?:able|r|d)\b", words, re.IGNORECASE) is not None


def read(words: str) -> Sheet:
    """Rows of all tables one after another, with the words between them as rows of one cell."""
    try:
        root = html.document_fromstring(_DECLARATION.sub("", words).replace("\x00", ""))
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable(DAMAGED) from error
    return sheet("", ((line, cells, continued) for line, (cells, continued) in enumerate(_rows(root), 1)))


def _rows(root: html.HtmlElement) -> Iterator[tuple[list[Cell], frozenset[int]]]:
    """Walk the page once: words outside of cells end at a block, a row ends with its tag."""
    page = _Page()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "start":
            yield from page.open(element)
        elif event == "end":
            yield from page.close(element)
        else:
            page.say(element.tail)


class _Page:
    """What is open at one point of a page: tables, rows and cells, the innermost last."""

    def __init__(self) -> None:
        self._words: list[list[str]] = [[]]
        self._rows: list[list[Spanning]] = []
        self._tables: list[Spans] = [Spans()]
        self._silent = 0

    def say(self, words: str | None) -> None:
        if words and not self._silent:
            self._words[-1].append(words)

    def open(self, element: html.HtmlElement) -> Iterator[tuple[list[Cell], frozenset[int]]]:
        tag = element.tag
        yield from self._between(tag)
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._tables.append(Spans())
        elif tag == "tr":
            self._rows.append([])
        elif tag in _CELLS:
            self._words.append([])
        self.say(element.text)

    def close(self, element: html.HtmlElement) -> Iterator[tuple[list[Cell], frozenset[int]]]:
        tag = element.tag
        if tag in _CELLS and len(self._words) > 1:
            words = " ".join("".join(self._words.pop()).split()) or None
            if self._rows:
                self._rows[-1].append(Spanning(words, _span(element, "colspan"), _span(element, "rowspan")))
        elif tag == "tr" and self._rows:
            yield self._tables[-1].row(self._rows.pop())
        elif tag == "table" and len(self._tables) > 1:
            self._tables.pop()
        elif tag in _SILENT:
            self._silent -= 1
        else:
            yield from self._between(tag)
        self.say(element.tail)

    def _between(self, tag: str) -> Iterator[tuple[list[Cell], frozenset[int]]]:
        """At a block's edge, what was said outside of cells is a row; inside of one, a space."""
        if tag not in _BLOCKS:
            return
        if len(self._words) > 1:
            self._words[-1].append(" ")
            return
        said = " ".join("".join(self._words[0]).split())
        self._words[0].clear()
        if said:
            yield [said], frozenset()


def _span(element: html.HtmlElement, name: str) -> int:
    span = (element.get(name) or "1").strip()
    return max(1, min(int(span), MOST_SPANNED)) if span.isdecimal() and len(span) < 6 else 1
