"""Two classes of whom everything is recorded: one that a class teacher leads, and one that is none of the teacher's.

Surnames of the other class all begin alike, so that whatever shows one of them can be found.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from diagnostic_school import INCLINATIONS, some_answers
from exchange_rooms import bring_unseen
from kept_workspaces import create
from sent_summaries import come
from support import FIRST, PASSWORD, YEAR, organisation

from profdesk.domain.access import Actor, NewUser, Role
from profdesk.domain.activities import ActivityEntry, Participation, Presence, Sort
from profdesk.domain.attachments import FileEdits
from profdesk.domain.batch import BatchKind
from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import GroupName, Leave, LeaveReason, PersonName
from profdesk.domain.portfolio import Basis, Cell, Mark
from profdesk.domain.programme import Indicator
from profdesk.domain.register import Value
from profdesk.domain.registers_of_pupils import (
    ACHIEVEMENTS,
    DESTINATIONS,
    PROFESSION_CHOICES,
    PROFILE_CHOICES,
    PUPIL,
)
from profdesk.domain.registers_of_work import LESSONS
from profdesk.domain.route import LineKind, RouteEntry
from profdesk.domain.satisfaction import Tally
from profdesk.domain.senders import SenderDraft
from profdesk.domain.span import Span
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.domain.told_figures import NUMBERS
from profdesk.services import (
    activities,
    attachments,
    backups,
    certificate_blanks,
    certificate_designs,
    certificates,
    class_teachers,
    conclusions,
    consents,
    diagnostics,
    evidence,
    instruments,
    kept_files,
    notes,
    portfolio,
    programmes,
    pupils,
    registers,
    routes,
    satisfaction,
    senders,
    summary,
    talks,
    told_figures,
)
from profdesk.signing import keys as signing_keys
from profdesk.signing import known_keys
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

OTHERS = "Чужанин"
"""How every surname of the other class begins."""
TEACHER = Actor("teacher", "Своева Ольга Ивановна", "классный руководитель", frozenset({Role.TEACHER}))
TODAY = date(2026, 11, 20)
WORDS = "записано о том, чей это ученик: {}"
SPAN = Span.of_year(YEAR)


@dataclass
class OfClass:
    """What is recorded of a class, by ids: of its first pupil where it is of one."""

    surname: str
    group: str
    former: str
    """The class of the year before; the other one is of the teacher's pupils too."""
    pupils: tuple[str, ...]
    activity: str = ""
    evidence: str = ""
    achievement: str = ""
    line: str = ""
    certificate: str = ""
    session: str = ""
    sheet: str = ""
    empty_sheet: str = ""
    in_word: str = ""
    """The number of the certificate that was issued on a blank."""
    talk: str = ""
    batch: str = ""
    """What wrote the stages."""
    act: str = ""
    """An act that the list of acts shows."""
    paper: Path = field(default_factory=Path)

    @property
    def pupil(self) -> str:
        return self.pupils[0]


@dataclass
class School:
    """The workspace, opened as its owner, and what verbs are called with beside a class."""

    workspace: Workspace
    own: OfClass
    other: OfClass
    folder: Path
    code: str
    lesson: str = ""
    design: str = ""
    summary: str = ""
    sender: str = ""
    key: str = ""
    receipt: str = ""
    copy: Path = field(default_factory=Path)

    @property
    def owner(self) -> Actor:
        return self.workspace.actor

    @cached_property
    def strangers(self) -> tuple[str, ...]:
        """What tells that somebody of the other class is shown: ids and the beginning of every surname."""
        return OTHERS, *self.other.pupils

    def copied(self, folder: Path) -> School:
        """The same school in a copy of the folder, opened as its owner."""
        shutil.copytree(self.workspace.path, folder)
        opened = storage.open_workspace(folder, self.owner.id, PASSWORD)
        copy = folder / self.copy.relative_to(self.workspace.path)
        return School(**{**vars_of(self), "workspace": opened, "copy": copy})

    def indicator(self) -> Indicator:
        found = programmes.current(self.workspace, self.owner).indicators
        return next(one for one in found if one.rule.measure == NUMBERS)


def vars_of(school: School) -> Mapping[str, Any]:
    return {name: value for name, value in vars(school).items() if name != "strangers"}


def build(folder: Path) -> School:
    """Record everything of both classes, as the owner; the files that verbs write go below ``folder``."""
    owner = NewUser("Климова Татьяна Аркадьевна", "владелец", PASSWORD)
    created = create(folder / "desk", owner)
    workspace = created.workspace
    key = signing_keys.make_key(organisation().full_name, organisation().short_name, datetime.now(UTC))
    with workspace.unit(workspace.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
    known_keys.remember(key.certificate_pem)
    own, other = _classes(workspace)
    school = School(workspace, own, other, folder, created.recovery_code)
    class_teachers.give(workspace, workspace.actor, TEACHER.id, [own.group], YEAR)
    _record_house(school)
    for number, one in enumerate((own, other)):
        _record(school, one, number)
    bring_unseen(
        workspace, *(("achievement", one.achievement, "title", f"Диплом: {one.surname}") for one in (own, other))
    )
    _finish(school)
    return school


def _classes(workspace: Workspace) -> tuple[OfClass, OfClass]:
    """9 «А» and 9 «Б»; both were in 8 «А» together, and of the other one somebody has left school."""
    made = []
    with workspace.unit(workspace.actor) as unit:
        former = unit.pupils.ensure_group(GroupName("8 «А»", 8, "А"), "basic", YEAR.previous).id
        for letter, begins in (("А", "Своев"), ("Б", OTHERS)):
            group = unit.pupils.ensure_group(GroupName(f"9 «{letter}»", 9, letter), "secondary", YEAR).id
            ids = [
                unit.pupils.add(PersonName(f"{begins}{end}", "Саша"), date(2011, 5, number + 1), None)
                for number, end in enumerate(("", "ко", "ский"))
            ]
            unit.pupils.enrol_all(ids, former, YEAR.previous)
            unit.pupils.enrol_all(ids, group, YEAR)
            made.append(OfClass(begins, group, former, tuple(ids)))
        gone = unit.pupils.add(PersonName(f"{OTHERS}ич", "Саша"), date(2010, 5, 6), None)
        finished = unit.pupils.ensure_group(GroupName("9 «В»", 9, "В"), "secondary", YEAR.previous).id
        unit.pupils.enrol(gone, finished, YEAR.previous)
        unit.pupils.leave([gone], YEAR.previous, Leave(YEAR.previous.last_day, LeaveReason.GRADUATED))
        made[1].pupils = (*made[1].pupils, gone)
    return made[0], made[1]


def _record_house(school: School) -> None:
    workspace, actor = school.workspace, school.owner
    plan = kept_files.new_file("план.txt", b"plan")
    lesson = {"title": "Сварщик", "subject": "физика", "grades": "8 класс"}
    school.lesson = registers.add(workspace, actor, LESSONS, lesson, FileEdits(added=(plan,)))[0].id
    shipped = certificate_designs.shipped()
    design = certificate_designs.copied(shipped[0], shipped)
    certificate_designs.save(workspace, actor, design)
    school.design = design.code


def _record(school: School, one: OfClass, number: int) -> None:
    """Everything of the pupils who attend the class, most of it of the first."""
    workspace, actor, there = school.workspace, school.owner, one.pupils[:3]
    words = WORDS.format(one.surname)
    for kind in ConsentKind:
        consents.give(workspace, actor, there, kind, date(2026, 9, 1))
    codes = programmes.current(workspace, actor).codes["secondary"]
    marks = [Mark(Cell(pupil, code), 2) for pupil in there for code in codes]
    saved = portfolio.set_stages(workspace, actor, FIRST, marks, Basis.OBSERVATION, date(2026, 11, 2))
    one.batch = saved[1].batch or ""
    notes.write(workspace, actor, Cell(one.pupil, codes[0]), FIRST, words)
    file = school.folder / f"{one.surname}.txt"
    file.write_text(words, encoding="utf-8")
    one.evidence = evidence.add(workspace, actor, one.pupil, codes[0], FIRST, [file])[0].kept[0].id
    _record_registers(school, one, file)
    step = RouteEntry(LineKind.STEP, words, "мастер", date(2026, 12, 10))
    one.line = routes.write(workspace, actor, one.pupil, step)[0].line
    entry = ActivityEntry(_trial(), f"Проба: {one.surname}", date(2026, 10, 12), hours=2, groups=(one.group,))
    one.activity = activities.write(workspace, actor, entry)[0].id
    said = [Participation(one.pupil, Presence.PRESENT, result=words)]
    activities.hold(workspace, actor, one.activity, said=said, parents_reached=5)
    satisfaction.write(workspace, actor, one.activity, Tally(3, {("whole", "yes"): 3}))
    one.paper = school.folder / f"{one.surname}.pdf"
    (one.certificate,), _ = certificates.issue(workspace, actor, one.group, [one.pupil], one.paper)
    form, folder = certificate_blanks.read(blank(school.folder)), school.folder / one.surname
    folder.mkdir()
    (one.in_word,), _ = certificates.issue_each(workspace, actor, one.group, [one.pupils[1]], folder, blank=form)
    _diagnose(school, one, number, words)


def _trial() -> str:
    return next(one.code for one in activities.shipped_types() if one.sort is Sort.TRIAL)


def _record_registers(school: School, one: OfClass, file: Path) -> None:
    workspace, actor = school.workspace, school.owner
    kept = attachments.take([file], ())
    level = ACHIEVEMENTS.field("level").choices[0].code
    achievement: dict[str, Value] = {PUPIL: one.pupil, "title": f"Грамота: {one.surname}", "held_on": date(2026, 10, 1)}
    achievement |= {"kind": "contest", "level": level, "place": "winner"}
    made, _ = registers.add(workspace, actor, ACHIEVEMENTS, achievement, FileEdits(added=kept.files))
    one.achievement = made.id
    profile = {PUPIL: one.pupil, "decided_on": TODAY, "profile": "natural", "basis": "портфолио"}
    registers.add(workspace, actor, PROFILE_CHOICES, profile)
    profession = programmes.current(workspace, actor).professions[0].code
    chosen = {PUPIL: one.pupil, "decided_on": TODAY, "profession": profession, "basis": "портфолио"}
    registers.add(workspace, actor, PROFESSION_CHOICES, chosen)
    left = {PUPIL: one.pupils[-1], "grade": "nine", "year": 2026, "kind": "school"}
    registers.add(workspace, actor, DESTINATIONS, left)


def _diagnose(school: School, one: OfClass, number: int, words: str) -> None:
    workspace, actor = school.workspace, school.owner
    instrument = instruments.called(INCLINATIONS)
    diagnostics.add_wording(workspace, actor, instrument, _wording(school.folder))
    with workspace.unit(actor) as unit:
        there = unit.pupils.in_group(one.group)
    planned, _ = diagnostics.plan(workspace, actor, instrument, there, TODAY, "каб. 12", f"9 {one.surname}")
    one.session = planned.id
    sheets = {view.pupil.id: view.sheet.id for view in diagnostics.session(workspace, actor, planned.id).sheets}
    one.sheet, one.empty_sheet = sheets[one.pupil], sheets[one.pupils[2]]
    for seed, sheet in enumerate(sheets[pupil] for pupil in one.pupils[:2]):
        diagnostics.put_answers(workspace, actor, instrument, sheet, some_answers(instrument, seed + number))
    conclusions.write(workspace, actor, one.sheet, words, words)
    conclusions.release(workspace, actor, one.sheet, words)
    file = school.folder / f"{one.surname}.txt"
    entry = TalkEntry(TalkKind.EXTERNAL, TODAY, one.pupil, source="Билет в будущее", words=words)
    one.talk = talks.write(workspace, actor, entry, None, file)[0]


def _wording(folder: Path) -> Path:
    path = folder / "тексты.csv"
    template = instruments.template(instruments.called(INCLINATIONS), as_workbook=False).decode("utf-8-sig")
    head, *lines = template.splitlines()
    path.write_text("\n".join([head, *(line.replace(";", ";вопрос", 1) for line in lines)]), encoding="utf-8")
    return path


def _finish(school: School) -> None:
    workspace, actor = school.workspace, school.owner
    told_figures.write(workspace, actor, YEAR, school.indicator(), 12, 40, "письмо колледжа")
    signed, _ = summary.sign(workspace, actor, summary.compute(workspace, actor, SPAN), lambda _: None)
    school.summary = signed.summary.number or ""
    come(workspace, school.folder / "пришло", 1)
    (listed,) = senders.listed(workspace, actor)
    school.sender, school.key = listed.sender.id, listed.keys[0].record.id
    with workspace.unit(actor) as unit:
        school.receipt = unit.received.of_year(YEAR)[0].id
    pupils.leave(workspace, actor, school.other.pupils[2:3], Leave(date(2026, 11, 1), LeaveReason.TRANSFERRED), YEAR)
    for one in (school.own, school.other):
        with workspace.unit(actor) as unit:
            unit.batches.note(BatchKind.RECORD, f"Записано: {one.surname}", YEAR)
            step = RouteEntry(LineKind.STEP, WORDS.format(one.surname), "мастер", date(2026, 12, 11))
            unit.routes.begin(one.pupils[1], step, datetime.now(UTC))
            one.act = unit.batch
    school.copy, _ = backups.make(workspace, actor)


def blank(folder: Path) -> Path:
    """A Word file with the fields of a certificate."""
    path = folder / "бланк.docx"
    path.write_bytes(certificate_blanks.sample())
    return path


def sender_draft(school: str = "Лицей") -> SenderDraft:
    own = organisation()
    return SenderDraft(own.kind, own.legal_form, school, school)
