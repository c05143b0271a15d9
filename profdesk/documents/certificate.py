"""The portfolio certificate, as its design says: upright or wide, on A4 or larger on A3."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from itertools import chain
from typing import IO

from profdesk.documents.certificates import code, frame
from profdesk.documents.certificates.landscape import draw_landscape
from profdesk.documents.certificates.paper import Look, Paper
from profdesk.documents.certificates.portrait import draw_portrait
from profdesk.documents.sheet import PORTRAIT, Sheet
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_design import SHEETS, Certificate, Direction, PaperSize
from profdesk.domain.progress import Progress, silent

_LARGER = {PaperSize.A4: 1.0, PaperSize.A3: math.sqrt(2)}


def certificates(
    wanted: Sequence[Certificate],
    picture: Callable[[str], bytes],
    progress: Progress = silent,
    *,
    preview: bool = False,
) -> bytes:
    """As ``draw``, for a few that the memory holds."""
    file = BytesIO()
    draw(wanted, len(wanted), picture, file, progress, preview=preview)
    return file.getvalue()


def draw(
    wanted: Iterable[Certificate],
    count: int,
    picture: Callable[[str], bytes],
    file: IO[bytes],
    progress: Progress = silent,
    *,
    preview: bool = False,
) -> None:
    """Draw a page for each pupil, at least one, into an empty file with a bookmark for each; not yet sealed.

    They are taken one at a time and not kept. Equal certificates give equal bytes; the file bears the first
    one's date. ``picture`` gives one of a design by its SHA-256. A blank that lies in the printer is
    drawn on a ``preview`` alone. ``progress`` may stop the work.
    """
    rest = iter(wanted)
    opening = next(rest)
    first = opening.facts
    title = f"Сертификаты портфолио, {first.group}" if count > 1 else f"Сертификат портфолио, {first.pupil.full}"
    sheet = Sheet(PORTRAIT, title, first.organisation.full_name, first.issued_on, file)
    for number, one in enumerate(chain([opening], rest)):
        progress(number, count)
        _draw_page(Paper(sheet, one.facts, one.design, Look(one.design.style), picture), preview=preview)
    progress(count, count)
    sheet.close()


def check(facts: CertificateFacts) -> None:
    """WrongInputError if the text of the code is too long for the paper."""
    code.fitting(facts)


def _draw_page(paper: Paper, *, preview: bool) -> None:
    sheet, page = paper.sheet, paper.design.page
    by = _LARGER[page.size]
    wide, high = SHEETS[page.direction]
    sheet.resize((wide * by, high * by))
    sheet.bookmark(paper.facts.pupil.full)
    with sheet.enlarged(by):
        frame.draw_blank(paper, preview=preview)
        (draw_portrait if page.direction is Direction.PORTRAIT else draw_landscape)(paper)
    sheet.next_page()
