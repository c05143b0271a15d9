"""A paper of the demonstration school: what stands in place of the scan of an order or of a lesson's plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import bind, fitted
from profdesk.domain.organisation import Organisation


def demo_paper(organisation: Organisation, lines: Sequence[str], dated: date) -> bytes:
    """Draw one page: the first line is the heading, each other a paragraph."""
    heading, *rest = lines
    report = Report(heading, organisation.full_name, ("", ""), "", dated, 1)
    report.sheet.paragraph(LEFT, 20, bind(organisation.full_name), ROOM, size=9.5, colour=palette.SECOND)
    size, broken = fitted(bind(heading), fonts.BOLD, (16, 14, 12), ROOM * MM, 2)
    report.y = report.sheet.lines(LEFT, 40, broken, face=fonts.BOLD, size=size, colour=palette.INK)
    for line in rest:
        report.paragraph(bind(line), size=11)
    return report.finish()
