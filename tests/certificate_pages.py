"""Certificates drawn as they are issued, and what is found on their pages: words, and where in millimetres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

from PIL import Image
from pypdfium2 import PdfDocument

from profdesk.documents.certificate import certificates
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_design import Certificate, CertificateDesign, Direction, first_for
from profdesk.domain.progress import Progress, silent
from profdesk.services.certificate_designs import shipped

Box = tuple[float, float, float, float]
MM = 72 / 25.4
TEXT, CELLS = 17.0, 10.0


def shipped_for(level: str) -> CertificateDesign:
    return first_for(level, shipped())


def paper(facts: Sequence[CertificateFacts], progress: Progress = silent) -> bytes:
    """Each by the design that ships for its level."""
    return certificates([Certificate(one, shipped_for(one.level.code)) for one in facts], {}.__getitem__, progress)


def designed(
    one: CertificateFacts,
    design: CertificateDesign,
    pictures: Mapping[str, bytes] | None = None,
    *,
    preview: bool = False,
) -> bytes:
    return certificates([Certificate(one, design)], (pictures or {}).__getitem__, preview=preview)


def texts(pdf: bytes) -> list[str]:
    with PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def words(pdf: bytes) -> str:
    return " ".join(texts(pdf)[0].replace("\u00a0", " ").split())


def boxes(pdf: bytes, width: float | None = None) -> list[Box]:
    """Left, top, right, bottom of the texts of the first page, in millimetres of a page so wide."""
    with PdfDocument(pdf) as document:
        page, found = document[0], document[0].get_textpage()
        wide, high = page.get_size()
        by = wide / width if width else MM
        rects = [found.get_rect(number) for number in range(found.count_rects())]
        return [(left / by, (high - top) / by, right / by, (high - low) / by) for left, low, right, top in rects]


@cache
def scan(pdf: bytes, dpi: int) -> Image.Image:
    with PdfDocument(pdf) as document:
        return document[0].render(scale=dpi / 72).to_pil().convert("L")


def check_apart(pdf: bytes, width: float | None = None) -> list[Box]:
    """No two texts lie on each other; gives where they are."""
    found = [box for box in boxes(pdf, width) if box[2] - box[0] > 0.4]
    for one, other in combinations(found, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert across <= 0.2 or down <= 0.9, (one, other)
    return found


def check_room(pdf: bytes, design: CertificateDesign) -> None:
    """Every text stays inside the margins of a design and off the edges, no two lie on each other."""
    margins, wide = design.page.margins, design.page.direction is Direction.LANDSCAPE
    width, height = (297.0, 210.0) if wide else (210.0, 297.0)
    for left, top, right, bottom in check_apart(pdf, width):
        assert left >= max(TEXT, margins.left) - 0.2
        assert top >= max(TEXT, margins.top) - 0.2
        assert right <= width - max(CELLS if wide else TEXT, margins.right) + 0.2
        assert bottom <= height - max(TEXT, margins.bottom) + 0.7
