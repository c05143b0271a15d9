"""A square code of short content, drawn as one path of runs so that no seams show between its modules."""

from __future__ import annotations

import segno

from profdesk.documents import palette
from profdesk.documents.sheet import MM, Sheet


def square_code(sheet: Sheet, x: float, y: float, side: float, content: str) -> None:
    """Draw a QR code (level M) by its left top corner; four modules around it must stay white."""
    rows = [bytes(row) for row in segno.make_qr(content, error="m").matrix]
    module = side / len(rows)
    path = sheet.canvas.beginPath()
    for place, row in enumerate(rows):
        low = (sheet.height - y - (place + 1) * module) * MM
        start = 0
        while (start := row.find(1, start)) >= 0:
            end = row.find(0, start) if 0 in row[start:] else len(row)
            path.rect((x + start * module) * MM, low, (end - start) * module * MM, module * MM)
            start = end
    sheet.canvas.setFillColor(palette.BLACK)
    sheet.canvas.drawPath(path, stroke=0, fill=1)
