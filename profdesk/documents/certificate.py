"""The portfolio certificate: a landscape sheet, its owner on a panel at left, the stages at right."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.documents.certificate_body import draw_body
from profdesk.documents.certificate_dress import dress_of
from profdesk.documents.certificate_owner import draw_owner
from profdesk.documents.sheet import LANDSCAPE, Sheet
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.progress import Progress, silent


def certificates(facts: Sequence[CertificateFacts], progress: Progress = silent) -> bytes:
    """Draw a page for each pupil, at least one, into one PDF with a bookmark for each; not yet sealed.

    Equal facts give equal bytes; the file bears the first certificate's date. ``progress`` may stop the work.
    """
    first = facts[0]
    title = f"Сертификаты портфолио, {first.group}" if len(facts) > 1 else f"Сертификат портфолио, {first.pupil.full}"
    sheet = Sheet(LANDSCAPE, title, first.organisation.full_name, first.issued_on)
    for number, one in enumerate(facts):
        progress(number, len(facts))
        sheet.bookmark(one.pupil.full, f"pupil-{number}")
        dress = dress_of(one.level)
        draw_owner(sheet, one, dress)
        draw_body(sheet, one, dress)
        sheet.next_page()
    progress(len(facts), len(facts))
    return sheet.finish()
