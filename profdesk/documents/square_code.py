"""Square (QR) codes, drawn as one path of runs so that no seams show between their modules.

They are made by zxing-cpp, which weighs all eight masks in a fifth of the time that segno takes for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import zxingcpp
from PIL import Image
from reportlab.pdfgen.pathobject import PDFPathObject

from profdesk.documents import palette
from profdesk.documents.sheet import MM, Sheet

QUIET = 4
"""How many modules around a code must stay white (ISO/IEC 18004, 6.3.8)."""

_BLACK = re.compile(rb"\0+")

Modules = Sequence[bytes]
"""The rows of a code from the top; zeros are black."""


def modules(content: str, level: str = "M") -> Modules:
    """Make the smallest code for a text at a level of correction (L, M, Q, H); ValueError if none is large enough."""
    drawn = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    image = Image.fromarray(drawn.to_image(scale=1, add_quiet_zones=False))
    flat = image.tobytes()
    return [flat[start : start + image.width] for start in range(0, len(flat), image.width)]


def square_code(sheet: Sheet, x: float, y: float, side: float, code: Modules) -> None:
    """Draw a code by its left top corner; in whole modules, so that the file stays small and nothing is rounded."""
    module = side / len(code) * MM
    runs = [
        f"{run.start()} {-place} {run.end() - run.start()} 1 re"
        for place, row in enumerate(code, 1)
        for run in _BLACK.finditer(row)
    ]
    sheet.canvas.saveState()
    sheet.canvas.translate(x * MM, (sheet.height - y) * MM)
    sheet.canvas.scale(module, module)
    sheet.canvas.setFillColor(palette.BLACK)
    path = PDFPathObject(runs)
    path._code_append = runs.append  # a path holds itself until it is given a step, and its runs pile up in memory
    sheet.canvas.drawPath(path, stroke=0, fill=1)
    sheet.canvas.restoreState()
