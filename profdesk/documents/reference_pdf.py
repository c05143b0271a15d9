"""The pupil reference on paper: the school above, the title, the text, the lines to be signed."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.documents import fonts, palette
from profdesk.documents.report import LEFT, RIGHT, ROOM, Report
from profdesk.documents.sheet import MM
from profdesk.documents.typography import bind, day, fitted, quoted, wrap
from profdesk.domain.reference import Reference

_MIDDLE = (LEFT + RIGHT) / 2
_INDENT = 10.0
_SIZE = 11.0
_LINE = _SIZE * 1.36 / MM
_SIGN = (LEFT + 84, LEFT + 122)
_UNKNOWN = "?"


def reference(facts: Reference) -> bytes:
    """Draw two passes, the first to know how many pages there are; a letter no face has becomes «?»."""
    pages = _draw(facts, 0).page
    return _draw(facts, pages).finish()


def _draw(facts: Reference, total: int) -> Report:
    organisation = facts.facts.organisation
    head = (_known(facts.title), _known(organisation.short_name))
    report = Report(_known(facts.title), _known(organisation.full_name), head, "", facts.facts.dated, total)
    report.y = 18
    _letterhead(report, organisation.legal_form, organisation.name, organisation.municipality)
    report.y += 9
    _centred(report, ["ХАРАКТЕРИСТИКА"], fonts.BOLD, 15)
    _centred(report, _lines(facts.addressed, fonts.TEXT, 12), fonts.TEXT, 12)
    _centred(report, _lines(facts.named, fonts.BOLD, 12), fonts.BOLD, 12)
    report.y += 6
    for paragraph in facts.paragraphs:
        _paragraph(report, bind(_known(paragraph)))
    _signatures(report, facts)
    return report


def _letterhead(report: Report, form: str, name: str, municipality: str) -> None:
    if form:
        _centred(report, _lines(form, fonts.TEXT, 10), fonts.TEXT, 10)
    _centred(report, _lines(quoted(name) if form else name, fonts.BOLD, 12), fonts.BOLD, 12)
    if municipality:
        _centred(report, _lines(municipality, fonts.TEXT, 10), fonts.TEXT, 10)
    report.sheet.rule(LEFT, report.y, RIGHT, report.y, colour=palette.INK, width=0.8)


def _lines(words: str, face: str, size: float) -> Sequence[str]:
    _, lines = fitted(bind(_known(words, face)), face, (size,), ROOM * MM, 3)
    return lines


def _centred(report: Report, lines: Sequence[str], face: str, size: float) -> None:
    for line in lines:
        report.sheet.text(_MIDDLE, report.y + size * 0.36, line, face=face, size=size, align="centre")
        report.y += size * 1.34 / MM
    report.y += 1


def _paragraph(report: Report, words: str) -> None:
    """Wrap a paragraph whose first line is indented, and part it between pages by whole lines."""
    lines = wrap(words, fonts.TEXT, _SIZE, (ROOM - _INDENT) * MM)
    if len(lines) > 1 and words.startswith(f"{lines[0]} "):
        lines = [lines[0], *wrap(words[len(lines[0]) + 1 :], fonts.TEXT, _SIZE, ROOM * MM)]
    for number, line in enumerate(lines):
        report.need(_LINE)
        report.sheet.text(LEFT + (0 if number else _INDENT), report.y + 4, line, size=_SIZE)
        report.y += _LINE
    report.y += 1.4


def _signatures(report: Report, facts: Reference) -> None:
    """A line for each who signs, and the date, kept together on one page."""
    signatories = facts.signatories
    report.need(14 + 13 * len(signatories))
    report.y += 8
    for one in signatories:
        post = wrap(_known(one.post), fonts.TEXT, _SIZE, (_SIGN[0] - LEFT - 4) * MM)
        report.sheet.lines(LEFT, report.y + 4, post, size=_SIZE)
        bottom = report.y + 4 + (len(post) - 1) * _LINE
        report.sheet.rule(_SIGN[0], bottom + 1, _SIGN[1], bottom + 1, colour=palette.TEXT)
        if one.name:
            report.sheet.text(_SIGN[1] + 4, bottom, _known(one.name), size=_SIZE)
        else:
            report.sheet.rule(_SIGN[1] + 4, bottom + 1, RIGHT, bottom + 1, colour=palette.TEXT)
        report.y = bottom + 7
    report.y += 3
    report.sheet.text(LEFT, report.y + 4, day(facts.facts.dated), size=_SIZE)


def _known(words: str, face: str = fonts.TEXT) -> str:
    """Words as a face can print them: what the user typed may hold any sign there is."""
    words = words.replace("\t", " ")
    return words.translate({ord(letter): _UNKNOWN for letter in fonts.missing(words, face)})
