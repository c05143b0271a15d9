"""The psychologist's year in the demonstration school: consents, sessions of every kind, conclusions, talks.

Like all of the demonstration it goes through the verbs that people use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from profdesk.domain import conclusion_draft, demo_answers
from profdesk.domain.answer_table import AnswerTable, MatchedSheet
from profdesk.domain.answers import Answers
from profdesk.domain.conclusion_draft import Part
from profdesk.domain.consents import ConsentKind
from profdesk.domain.demo_chance import chance, seed
from profdesk.domain.diagnostics import Attendance, PupilSheet, SessionView, SheetMode
from profdesk.domain.people import Pupil
from profdesk.domain.progress import Progress
from profdesk.domain.school_year import SchoolYear
from profdesk.domain.talks import TalkEntry, TalkKind, Whom
from profdesk.services import answer_files, conclusions, consents, diagnostics, instruments, programmes, pupils, talks

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

_CONSENTED = 0.88
_DOUBT = "все ответы в одном столбце, бланк сдан через минуту"
_OFFICE = "кабинет психолога"


@dataclass(frozen=True)
class _Meeting:
    """A session; ``gaps``, ``absent``, ``refused`` and ``doubtful`` are numbers of its sheets.

    At most ``most`` pupils are invited. ``keyed`` is how many sheets are entered so far, two more being begun; None
    where all are and the session is closed.
    """

    instrument: str
    group: str
    day: date
    place: str
    mode: SheetMode
    most: int = 40
    keyed: int | None = None
    gaps: tuple[int, ...] = ()
    absent: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    doubtful: tuple[int, ...] = ()

    def answers(self, one: PupilSheet, view: SessionView) -> Answers:
        """What is written on a sheet, nothing where it is not begun."""
        number, keyed = one.sheet.number, len(view.sheets) if self.keyed is None else self.keyed
        if number in (*self.absent, *self.refused) or not keyed or number > keyed + 2:
            return {}
        if number in self.doubtful:
            return demo_answers.one_column(view.instrument)
        whole = demo_answers.answers(view.instrument, one.pupil, view.session.year)
        if number > keyed:
            return {
                item: words for item, words in whole.items() if item <= view.instrument.items // (number - keyed + 1)
            }
        return {item: words for item, words in whole.items() if number not in self.gaps or item % 10 != 7}


_BEFORE = _Meeting("yovaysha_rezapkina_24", "8 «А»", date(2025, 11, 14), "каб. 14", SheetMode.FILE, absent=(4,))
_INTERESTS = _Meeting("profil_50", "7 «А»", date(2026, 11, 10), "кабинет информатики", SheetMode.FILE, absent=(5, 16))
_NOW = _Meeting(
    "yovaysha_rezapkina_24", "9 «А»", date(2026, 11, 20), "каб. 12", SheetMode.PAPER,
    gaps=(5,), absent=(9,), refused=(18,), doubtful=(7,),
)  # fmt: skip
_MEETINGS = (
    _BEFORE,
    _Meeting("opg_kabardova_50", "10 «А»", date(2026, 10, 14), "каб. 21", SheetMode.FILE, most=10),
    _Meeting("early_records", "Подготовительная «Солнышко»", date(2026, 10, 22), _OFFICE, SheetMode.PAPER, most=8),
    _Meeting("rokeach_18_18", "11 «А»", date(2026, 11, 5), "каб. 30", SheetMode.FILE, absent=(3,)),
    _INTERESTS,
    _Meeting("azbel_identity_20", "9 «А»", date(2026, 11, 13), "каб. 12", SheetMode.FILE, absent=(9,)),
    _Meeting("matrix_rezapkina", "8 «Б»", date(2026, 11, 17), "каб. 8", SheetMode.FILE),
    _NOW,
    _Meeting("yovaysha_30", "9 «Б»", date(2026, 11, 23), "каб. 11", SheetMode.PAPER, keyed=7, absent=(4,)),
    _Meeting("ddo_klimov_20", "8 «А»", date(2026, 11, 27), "каб. 14", SheetMode.PAPER, keyed=0),
)


def hold(workspace: Workspace, known: str, progress: Progress) -> None:
    """Hold every session; ``known`` is the id of a pupil of 7 «А» of whom more is told than of others."""
    held = {}
    for done, meeting in enumerate(_MEETINGS):
        progress(done, len(_MEETINGS))
        held[meeting] = _hold(workspace, meeting, known)
    _conclude(workspace, held[_INTERESTS], [known], "В беседе называет те же предметы, на пробы ходит охотно.")
    compared = _in_both(held[_BEFORE], held[_NOW])
    _conclude(workspace, held[_NOW], compared[:3], "В беседе то же самое: выбор обдуман, спешки нет.")
    _conclude(workspace, held[_NOW], compared[3:4], "Вернуться к беседе в феврале.", release=False)
    _talk(workspace, known, compared)
    progress(len(_MEETINGS), len(_MEETINGS))


def _hold(workspace: Workspace, meeting: _Meeting, known: str) -> SessionView:
    actor, instrument = workspace.actor, instruments.called(meeting.instrument)
    invited = _invited(workspace, meeting, known)[: meeting.most]
    made, _ = diagnostics.plan(workspace, actor, instrument, invited, meeting.day, meeting.place, meeting.group)
    view = diagnostics.session(workspace, actor, made.id)
    filled = [(one, found) for one in view.sheets if (found := meeting.answers(one, view))]
    if meeting.mode is SheetMode.FILE:
        lines = (MatchedSheet(n, one.pupil.name.full, one.pupil, found) for n, (one, found) in enumerate(filled, 2))
        answer_files.apply(workspace, actor, made.id, AnswerTable(instrument, tuple(lines), (), (), ()))
    else:
        for one, found in filled:
            diagnostics.put_answers(workspace, actor, instrument, one.sheet.id, found, meeting.mode)
    _mark(workspace, meeting, view)
    if meeting.keyed is None:
        diagnostics.close(workspace, actor, made.id)
    return view


def _invited(workspace: Workspace, meeting: _Meeting, known: str) -> Sequence[Pupil]:
    """The pupils of the class whose parents agreed; who has not brought the paper yet brings it now."""
    actor, year = workspace.actor, SchoolYear.containing(meeting.day)
    group = pupils.group_called(workspace, actor, year, meeting.group)
    there = diagnostics.candidates(workspace, actor, group.id, meeting.day)
    agreed = [one for one in there if one.pupil.id == known or chance(seed(one.pupil), "consent") < _CONSENTED]
    given = [one.pupil.id for one in agreed if not one.consented]
    day = min(date(year.start, 9, 4), pupils.today())
    consents.give(workspace, actor, given, ConsentKind.PSYCHOLOGICAL, day)
    return [one.pupil for one in agreed]


def _mark(workspace: Workspace, meeting: _Meeting, view: SessionView) -> None:
    actor, sheets = workspace.actor, {one.sheet.number: one.sheet.id for one in view.sheets}
    for numbers, why in ((meeting.absent, Attendance.ABSENT), (meeting.refused, Attendance.REFUSED)):
        for number in numbers:
            diagnostics.mark_attendance(workspace, actor, sheets[number], why)
    for number in meeting.doubtful:
        diagnostics.mark_doubtful(workspace, actor, sheets[number], _DOUBT)


def _in_both(before: SessionView, now: SessionView) -> Sequence[str]:
    """The ids of pupils with a whole sheet now and an earlier one to compare it with."""
    absent = {*_BEFORE.absent, *_BEFORE.refused}
    earlier = {one.pupil.id for one in before.sheets if one.sheet.number not in absent}
    apart = {*_NOW.gaps, *_NOW.absent, *_NOW.refused, *_NOW.doubtful}
    return [one.pupil.id for one in now.sheets if one.sheet.number not in apart and one.pupil.id in earlier]


def _conclude(
    workspace: Workspace, view: SessionView, those: Sequence[str], note: str, *, release: bool = True
) -> None:
    """Write conclusions as the page drafts them with a note of one's own; what leads and what to try is released."""
    actor = workspace.actor
    for one in view.sheets:
        if one.pupil.id not in those:
            continue
        found = conclusions.of_sheet(workspace, actor, one.sheet.id)
        former = found.earlier[0] if found.earlier else None
        words = f"{conclusion_draft.draft(found.shown, former, found.wording)} {note}".replace("\u00a0", " ")
        told = (conclusion_draft.part(found.shown, which, found.wording) for which in (Part.LEADING, Part.ADVICE))
        seen = " ".join(filter(None, told)).replace("\u00a0", " ")
        conclusions.write(workspace, actor, one.sheet.id, words, seen)
        if release:
            conclusions.release(workspace, actor, one.sheet.id, seen)


def _talk(workspace: Workspace, known: str, others: Sequence[str]) -> None:
    titles = {one.code: one.title for one in programmes.current(workspace, workspace.actor).concerns}
    for entry in _talks(known, others, titles):
        talks.write(workspace, workspace.actor, replace(entry, held_on=min(entry.held_on, pupils.today())))


def _talks(known: str, others: Sequence[str], titles: Mapping[str, str]) -> Iterable[TalkEntry]:
    first, second, third, *_ = others
    yield from _elsewhere(known, first)
    yield from _with_pupils(first, third, titles)
    yield from _with_adults(second, titles)


def _elsewhere(known: str, first: str) -> Iterable[TalkEntry]:
    yield TalkEntry(
        TalkKind.EXTERNAL,
        date(2026, 10, 16),
        known,
        source="Билет в будущее",
        words="Пройдена онлайн-диагностика «Примерочная профессий». Отмечены сферы: здравоохранение, инженерное дело.",
    )
    yield TalkEntry(
        TalkKind.EXTERNAL,
        date(2026, 9, 25),
        first,
        source="Россия — мои горизонты",
        words="Рекомендованы встречи с профессионалами: медицина, фармация. Просит пробу в районной больнице.",
    )


def _with_pupils(first: str, third: str, titles: Mapping[str, str]) -> Iterable[TalkEntry]:
    yield TalkEntry(
        TalkKind.CONSULTATION,
        date(2026, 11, 24),
        first,
        reason=titles["self_esteem"],
        words="Выбирает между медицинским и химическим классом, о работе врача знает по сериалам.",
        outcome="Сходить на пробу в районную больницу, вернуться к разговору 8 декабря.",
    )
    yield TalkEntry(
        TalkKind.CONSULTATION,
        date(2026, 10, 27),
        third,
        reason=titles["idealising"],
        words="Мечтает стать лётчиком, о требованиях к здоровью слышит впервые.",
        outcome="Прочитать вместе памятку училища, подобрать запасной вариант.",
    )
    yield TalkEntry(
        TalkKind.INTERVIEW,
        date(2026, 11, 25),
        third,
        words="По душе физика и информатика, экзамены по ним выбраны.",
        outcome="Рекомендован технологический профиль, запасной вариант — универсальный.",
    )


def _with_adults(second: str, titles: Mapping[str, str]) -> Iterable[TalkEntry]:
    yield TalkEntry(
        TalkKind.CONSULTATION,
        date(2026, 11, 19),
        second,
        Whom.PARENTS,
        titles["elders_choice"],
        words="Дома решили: экономический класс. Самому ребёнку интереснее опыты и физика, вслух об этом говорит мало.",
        outcome="Прийти вместе 3 декабря и посмотреть результаты двух сеансов.",
    )
    yield TalkEntry(
        TalkKind.CONSULTATION,
        date(2026, 11, 12),
        None,
        Whom.TEACHER,
        titles["friends"],
        words="Трое из 9 «А» собираются в один колледж за компанию.",
        outcome="Классный час «Кем работают наши родители», потом беседы по одному.",
    )
