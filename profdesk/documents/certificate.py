"""The portfolio certificate: a landscape sheet, its owner on a panel at left, the stages at right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import chain
from typing import IO

from profdesk.documents.certificate_body import draw_body
from profdesk.documents.certificate_dress import dress_of
from profdesk.documents.certificate_owner import draw_owner
from profdesk.documents.sheet import LANDSCAPE, Sheet
from profdesk.domain.certificate_design import Certificate
from profdesk.domain.progress import Progress, silent


def certificates(wanted: Sequence[Certificate], progress: Progress = silent) -> bytes:
    """As ``draw``, for a few that the memory holds."""
    file = BytesIO()
    draw(wanted, len(wanted), file, progress)
    return file.getvalue()


def draw(wanted: Iterable[Certificate], count: int, file: IO[bytes], progress: Progress = silent) -> None:
    """Draw a page for each pupil, at least one, into an empty file with a bookmark for each; not yet sealed.

    They are taken one at a time and not kept. Equal certificates give equal bytes; the file bears the first
    one's date. ``progress`` may stop the work.
    """
    rest = iter(wanted)
    opening = next(rest)
    first = opening.facts
    title = f"Сертификаты портфолио, {first.group}" if count > 1 else f"Сертификат портфолио, {first.pupil.full}"
    sheet = Sheet(LANDSCAPE, title, first.organisation.full_name, first.issued_on, file)
    for number, one in enumerate(chain([opening], rest)):
        progress(number, count)
        sheet.bookmark(one.facts.pupil.full)
        dress = dress_of(one.facts.level)
        draw_owner(sheet, one.facts, dress)
        draw_body(sheet, one.facts, dress)
        sheet.next_page()
    progress(count, count)
    sheet.close()
