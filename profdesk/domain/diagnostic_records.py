"""What the timeline of a pupil holds for psychologists alone: sheets, conclusions, talks, results from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from profdesk.domain import records, results
from profdesk.domain.diagnostics import Conclusion
from profdesk.domain.history import Diagnosed
from profdesk.domain.instrument import Confidence
from profdesk.domain.questions import Wording
from profdesk.domain.records import Entry, RecordKind
from profdesk.domain.results import Result
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.talks import Talk
from profdesk.domain.wording import quoted

_PRIVATE = "Только для психологов"


def private(
    found: Sequence[Result], wordings: Mapping[str, Wording], concluded: Iterable[Conclusion], talks: Iterable[Talk]
) -> tuple[Entry, ...]:
    """Every record of one child; ``wordings`` by the ids of the sessions."""
    days = {one.sheet.id: one.held_on for one in found}
    made = [_sheet(one, wordings[one.session.id]) for one in found]
    made += [_note("Заключение", one.words, days[one.sheet], one.at, one.actor) for one in concluded if one.words]
    made += [_note(one.entry.kind.label, _talk(one), one.entry.held_on, one.at, one.actor) for one in talks]
    return tuple(made)


def _sheet(one: Result, wording: Wording) -> Entry:
    leading = results.leading_words(one.outcome, wording) if one.state.counts else one.sheet.doubtful
    doubt = "" if one.instrument.confidence is Confidence.HIGH else one.instrument.confidence.label
    words = "; ".join(filter(None, (f"{quoted(one.instrument.short)}, бланк {one.state.label}", leading, doubt)))
    held = records.diagnosed(Diagnosed(one.session.year, one.held_on))
    return replace(held, words=words, basis=_PRIVATE, actor=one.session.actor)


def _note(title: str, words: str, day: date, at: datetime, actor: str) -> Entry:
    return Entry(RecordKind.PSYCHOLOGIST, SchoolYear.containing(day), day, at, title, words, _PRIVATE, actor)


def _talk(one: Talk) -> str:
    entry, file = one.entry, quoted(one.file_name) if one.file_name else ""
    return "; ".join(filter(None, (entry.source, entry.reason, entry.words, entry.outcome, file)))
