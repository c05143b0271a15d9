"""Sessions of any shipped instrument, with every state of a sheet, as the papers get them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from support import YEAR, organisation

from profdesk.domain.diagnostic_papers import SessionFacts
from profdesk.domain.diagnostics import Attendance, PupilSheet, Session, SessionView, Sheet, SheetMode
from profdesk.domain.instrument import Instrument, Kind
from profdesk.domain.people import Group, GroupName, PersonName, Pupil
from profdesk.domain.questions import Wording
from profdesk.domain.results import SessionResult
from profdesk.services import instruments

DAY = date(2026, 10, 14)
GROUP = Group("g", GroupName("8 «Б»", 8, "Б"), "basic", 2026)
LONGEST = PersonName("Константинопольская-Преображенская", "Александра-Виктория", "Владиславовна кызы")
CODES = tuple(one.code for one in instruments.shipped())
SESSION = str(uuid.UUID(int=7))
DOUBT = "все ответы в одном столбце, бланк сдан через минуту"


def session(code: str, pupils: int = 5, *, answered: bool = True, wording: Wording | None = None) -> SessionFacts:
    """The first pupil has the longest name; of five or more, one each is absent, doubtful and incomplete."""
    instrument = instruments.called(code)
    found = []
    for number in range(pupils):
        name = PersonName(f"Ильин{number}", "Лев", "Павлович") if number else LONGEST
        pupil = Pupil(str(number), name, date(2012, 1, 1), None, GROUP)
        sheet = Sheet(str(uuid.UUID(int=100 + number)), SESSION, pupil.id, number + 1)
        if answered:
            sheet = replace(sheet, mode=SheetMode.PAPER, answers=answers(instrument, number))
        found.append(PupilSheet(sheet, pupil))
    if answered and pupils >= 5:
        found[1] = changed(found[1], attendance=Attendance.ABSENT, answers={})
        found[2] = changed(found[2], doubtful=DOUBT)
        kept = dict(list(found[3].sheet.answers.items())[1:])
        found[3] = changed(found[3], answers=kept)
    view = SessionView(
        Session(SESSION, instrument.digest, YEAR, DAY, "кабинет 27", "8 «Б»", "a"), instrument, tuple(found)
    )
    return SessionFacts(organisation(), SessionResult(view, {}, wording or Wording()), "Лисицына Татьяна Викторовна")


def with_sheets(facts: SessionFacts, sheets: Iterable[PupilSheet]) -> SessionFacts:
    """The same session with other sheets."""
    view = replace(facts.result.view, sheets=tuple(sheets))
    return replace(facts, result=replace(facts.result, view=view))


def changed(one: PupilSheet, **what: object) -> PupilSheet:
    return replace(one, sheet=replace(one.sheet, **what))  # type: ignore[arg-type]


def answers(instrument: Instrument, seed: int) -> dict[int, str]:
    """Possible answers to all questions, others for another seed."""
    made: dict[int, str] = {}
    if instrument.kind is Kind.RANKING:
        for scale in instrument.scales:
            count = len(scale.items)
            made |= {item: str((place * 5 + seed) % count + 1) for place, item in enumerate(scale.items)}
        return made
    for item in range(1, instrument.items + 1):
        codes = [option.code for option in instrument.options_of(item)]
        turn = (item * item + seed * 5 + item * seed) // 3
        if instrument.kind is Kind.SHARING:
            first = turn % (instrument.answering.total + 1)
            made[item] = f"{first}-{instrument.answering.total - first}"
        elif instrument.kind is Kind.TRIPLE:
            aspects = enumerate(instrument.answering.aspects)
            made[item] = "/".join(("210-" if aspect.dash else "210")[(turn + k) % 3] for k, aspect in aspects)
        elif instrument.kind is Kind.RECORD:
            made[item] = "Назвал врача и лётчика"
        else:
            made[item] = codes[turn % len(codes)]
    return made


def worded(instrument: Instrument, words: str = "Ухаживать за животными и растениями") -> Wording:
    """A text for every question, answer and cell."""
    items = range(1, instrument.items + 1)
    options = instrument.answering.options if instrument.kind in (Kind.CHOICE, Kind.SHARING) else ()
    return Wording(
        {item: f"{words}, {item}" for item in items},
        {(item, option.code): f"{words} {option.label}" for item in items for option in options},
        {(row, column): f"профессия {row}-{column}" for row in range(1, 11) for column in range(1, 11)},
    )
