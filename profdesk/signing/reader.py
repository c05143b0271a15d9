"""Reading a PDF that anybody may have written: strictly, and without unpacking more than papers of ours hold.

What is attached is not unpacked here (``signing.attached``), nor what pages show.
"""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.reader import PdfFileReader

_MIB = 1 << 20
_LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=_MIB),
    document_budget=DocumentDecodeBudget(base_allowance=16 * _MIB, max_ratio=1),
)


def opened(pdf: bytes) -> PdfFileReader:
    """Open a PDF; pyHanko's errors say that it is none, or would take too much memory."""
    return PdfFileReader(BytesIO(pdf), strict=True, decode_limits=_LIMITS)
