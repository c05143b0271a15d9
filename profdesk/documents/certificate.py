"""The portfolio certificate: a landscape sheet, its owner on a panel at left, the stages at right."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.documents.certificate_body import draw_body
from profdesk.documents.certificate_dress import dress_of
from profdesk.documents.certificate_owner import draw_owner
from profdesk.documents.sheet import LANDSCAPE, Sheet
from profdesk.domain.certificate_design import Certificate
from profdesk.domain.progress import Progress, silent


def certificates(wanted: Sequence[Certificate], progress: Progress = silent) -> bytes:
    """Draw a page for each pupil, at least one, into one PDF with a bookmark for each; not yet sealed.

    Equal certificates give equal bytes; the file bears the first one's date. ``progress`` may stop the work.
    """
    first = wanted[0].facts
    title = f"Сертификаты портфолио, {first.group}" if len(wanted) > 1 else f"Сертификат портфолио, {first.pupil.full}"
    sheet = Sheet(LANDSCAPE, title, first.organisation.full_name, first.issued_on)
    for number, one in enumerate(wanted):
        progress(number, len(wanted))
        sheet.bookmark(one.facts.pupil.full, f"pupil-{number}")
        dress = dress_of(one.facts.level)
        draw_owner(sheet, one.facts, dress)
        draw_body(sheet, one.facts, dress)
        sheet.next_page()
    progress(len(wanted), len(wanted))
    return sheet.finish()
