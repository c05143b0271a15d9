"""Where a signed PDF's bytes lie: every byte but a signature's own digits is under a signature.

ISO 32000-1, 12.8.1: /ByteRange names two runs around the hexadecimal string /Contents. Here the last
signature must cover the file from its first to its last byte, and the string must hold one DER
value followed by zeros only, in upper-case digits as pyHanko writes them, so that no digit is free.
"""

from __future__ import annotations

import re
from itertools import islice

from profdesk.domain.verification import MOST_SIGNATURES
from profdesk.signing import tables

_HEADER = b"%PDF-"
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
_LONGEST = 64 * 1024
_HEX = re.compile(rb"<(?:[0-9A-F]{2})+>")
_CHANGED = "Файл изменён после подписания. Попросите прислать подписанный файл ещё раз."
_ADDED = "К файлу что-то приписали после подписания. Попросите прислать подписанный файл ещё раз."
_FOREIGN = "Файл сделала или пересохранила другая программа. Попросите прислать подписанный файл ещё раз."
_CUT = "Файл обрезан или пересохранён другой программой. Попросите прислать подписанный файл ещё раз."


def complaint(pdf: bytes) -> str | None:
    """Say what is wrong with the bytes of a signed PDF in Russian; None if nothing is."""
    if not pdf.startswith(_HEADER):
        return "Это не документ PDF."
    found = islice(_BYTE_RANGE.finditer(pdf), MOST_SIGNATURES + 1)
    ranges = [tuple(int(number) for number in one.groups()) for one in found]
    if not ranges:
        return "В файле нет подписи."
    end = max(resume + after for _, _, resume, after in ranges)
    if end > len(pdf):
        return _CUT
    if len(ranges) > MOST_SIGNATURES or not all(
        start == 0 and _holds_one_value(pdf[before:resume]) for start, before, resume, _ in ranges
    ):
        return _CHANGED
    if end < len(pdf):
        return _ADDED
    return None if tables.are_plain(pdf) else _FOREIGN


def _holds_one_value(contents: bytes) -> bool:
    """Whether a hexadecimal string is one DER value in its full length and then only zeros."""
    if len(contents) > _LONGEST or not _HEX.fullmatch(contents):
        return False
    raw = bytes.fromhex(contents[1:-1].decode("ascii"))
    length = _der_length(raw)
    return length is not None and not any(raw[length:])


def _der_length(raw: bytes) -> int | None:
    """The whole length of the DER sequence at the beginning; None if there is none in definite form."""
    if len(raw) < 2 or raw[0] != 0x30:
        return None
    if raw[1] < 0x80:
        return 2 + raw[1]
    size = raw[1] & 0x7F
    if not 1 <= size <= 4 or len(raw) < 2 + size:
        return None
    total = 2 + size + int.from_bytes(raw[2 : 2 + size], "big")
    return total if total <= len(raw) else None
