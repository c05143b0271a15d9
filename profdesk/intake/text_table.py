"""Text files with cells between ; , tab or |, in any encoding Russian files come in."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from charset_normalizer import from_bytes

from profdesk.domain.roster import Sheet
from profdesk.intake.limits import FOREIGN, Unreadable, sheet

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ONE_BYTE = ["cp1251", "cp866", "koi8_r", "mac_cyrillic", "iso8859_5"]
_SAMPLE = 64 * 1024
_DELIMITERS = ";\t,|"
_SAMPLE_LINES = 300
_LONGEST_RECORD = 30
_MOSTLY = 0.85


def decoded(data: bytes) -> str:
    """Decode a text by its mark, as UTF-8, as UTF-16 without a mark, else by the likeliest Russian code page."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _sound(data.decode(encoding, errors="replace"))
    head = data[:_SAMPLE]
    if b"\x00" in head:
        wide = _wide(head)
        if wide is not None:
            return _sound(data.decode(wide, errors="replace"))
        data = data.replace(b"\x00", b"")
    try:
        return _sound(data.decode("utf-8"))
    except UnicodeDecodeError:
        telling = b"\n".join(line for line in data[: 4 * _SAMPLE].splitlines() if not line.isascii())[:_SAMPLE]
        best = from_bytes(telling, cp_isolation=_ONE_BYTE).best()
        return _sound(data.decode(best.encoding if best else "cp1251", errors="replace"))


def read(words: str) -> Sheet:
    """Split a text into rows; ``line`` is where a row begins in the text, from 1."""
    delimiter, first = _delimiter(words)
    try:
        return sheet("", _records(words, delimiter, first))
    except csv.Error:
        return sheet("", _lines(words, delimiter, first))


def _wide(head: bytes) -> str | None:
    """UTF-16 by which of two bytes is zero, or the high byte of Russian letters; None where zeros are only dirt."""
    even = sum(byte in (0, 4) for byte in head[::2])
    odd = sum(byte in (0, 4) for byte in head[1::2])
    if max(even, odd) < len(head) // 4:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _sound(words: str) -> str:
    """Refuse what is no text: control characters, or signs that no encoding explains."""
    head = words[:_SAMPLE]
    strange = sum((letter < " " and letter not in "\r\n\t\f\v") or letter == "\ufffd" for letter in head)
    if strange > len(head) // 100 or not any(map(str.isalpha, head)):
        raise Unreadable(FOREIGN)
    return words


def _delimiter(words: str) -> tuple[str, int]:
    """The delimiter that splits most lines into equally many cells, and how many lines to leave out for it."""
    lines = [line for line in words[: 8 * _SAMPLE].splitlines()[:_SAMPLE_LINES] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) <= 5:
        return (lines[0][4:5] or "\t"), 1
    scores = {delimiter: _agreement(lines, delimiter) for delimiter in _DELIMITERS}
    best = max(scores.values())
    return next(delimiter for delimiter in _DELIMITERS if scores[delimiter] >= _MOSTLY * best), 0


def _agreement(lines: Sequence[str], delimiter: str) -> int:
    """How many lines fall into the commonest number of cells above one."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
    except csv.Error:
        widths = [line.count(delimiter) + 1 for line in lines if delimiter in line]
    return widths.count(max(set(widths), key=widths.count)) if widths else 0


def _records(words: str, delimiter: str, first: int) -> Iterator[tuple[int, list[str | None], frozenset[int]]]:
    lines = StringIO(words, newline="").readlines()
    reader = csv.reader(lines, delimiter=delimiter)
    line = 1
    for row in reader:
        over = lines[line - 1 : reader.line_num] if reader.line_num > line else ()
        if len(over) > _LONGEST_RECORD or sum(one.count('"') for one in over) % 2:
            raise csv.Error("a quote that is never closed")
        if line > first:
            yield line, [_plain(cell) for cell in row], frozenset()
        line = reader.line_num + 1


def _lines(words: str, delimiter: str, first: int) -> Iterator[tuple[int, list[str | None], frozenset[int]]]:
    """Line by line, quotes taken as they are: for a file in which a quote is never closed."""
    for number, line in enumerate(words.splitlines(), 1):
        if number > first:
            yield number, [_plain(cell) for cell in line.split(delimiter)], frozenset()


def _plain(cell: str) -> str | None:
    """A cell without the signs by which programs keep Excel from making a number of it: ="6602"."""
    bare = cell.strip()
    return (bare[2:-1] if bare.startswith('="') and bare.endswith('"') else bare) or None
