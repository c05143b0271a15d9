"""The tables by which a PDF's objects are found, looked through before anything is read by them.

ISO 32000-1, 7.5.4: ``startxref`` leads to the last table, and ``/Prev`` in the trailer after it to the one before. A
file that somebody made to stand a reader still has tables without end, or runs of spaces before them; papers of this
program have one table for what was drawn and one for each signature, none of them packed.
"""

from __future__ import annotations

import re

from profdesk.domain.verification import MOST_SIGNATURES

_MOST_ROWS = 100_000
"""Objects; 3,000 certificates in one file have some 12,000."""
_ROW = 20
_LONGEST_TRAILER = 4096
_END = re.compile(rb"startxref\s{1,2}(\d{1,10})\s{1,2}%%EOF\s{0,2}\Z")
_HEAD = re.compile(rb"xref\s{1,2}")
_ROWS = re.compile(rb"\d{1,10} (\d{1,10})\s{1,2}")
_TRAILER = re.compile(rb"trailer\s{1,2}<<(.*?)>>\s{1,2}startxref", re.DOTALL)
_PREVIOUS = re.compile(rb"/Prev (\d{1,10})\b")
_GAP = re.compile(rb"\s{4096}")


def are_plain(pdf: bytes) -> bool:
    """Whether the tables are as this program writes them, and nothing makes them slow to read."""
    end = _END.search(pdf, max(0, len(pdf) - 64))
    if end is None:
        return False
    place, rows = int(end[1]), 0
    for _ in range(MOST_SIGNATURES + 1):
        after, count = _rows(pdf, place)
        trailer = _TRAILER.match(pdf, after, after + _LONGEST_TRAILER)
        rows += count
        if trailer is None or rows > _MOST_ROWS or b"/XRefStm" in trailer[1]:
            return False
        earlier = [int(one) for one in _PREVIOUS.findall(trailer[1])]
        if not earlier:
            return _GAP.search(pdf) is None
        if len(earlier) > 1 or earlier[0] >= place:
            return False
        place = earlier[0]
    return False


def _rows(pdf: bytes, place: int) -> tuple[int, int]:
    """Where the table at a place ends, and how many rows it has; the end of the file if there is none."""
    head = _HEAD.match(pdf, place)
    if head is None:
        return len(pdf), 0
    after, count = head.end(), 0
    while found := _ROWS.match(pdf, after):
        after = found.end() + _ROW * int(found[1])
        count += int(found[1])
        if after > len(pdf) or count > _MOST_ROWS:
            return len(pdf), count
    return after, count
