"""What each verb is called with: by the name of its parameter, and for some verbs by what they are.

A verb that is added needs a line here only where none of the names says enough; ``test_rights_matrix`` names it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import rights_making as make
from diagnostic_school import INCLINATIONS
from rights_making import At, Maker
from rights_school import SPAN, TEACHER, TODAY, blank, sender_draft
from sent_summaries import key_of, of_school, signed
from support import FIRST, PASSWORD, YEAR

from profdesk import assets
from profdesk.domain.access import Role
from profdesk.domain.activities import Participation, Presence, State
from profdesk.domain.answer_table import AnswerTable
from profdesk.domain.audit import Wanted
from profdesk.domain.backups import CopyKind
from profdesk.domain.consents import ConsentKind, NewConsent
from profdesk.domain.deeds import DeedKind
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.merging import Merge
from profdesk.domain.people import Leave, LeaveReason, PersonName
from profdesk.domain.portfolio import Mark
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.domain.pupil_file import Chosen
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS
from profdesk.domain.registers_of_work import LESSONS
from profdesk.domain.route import LineKind, LineState, RouteEntry
from profdesk.domain.satisfaction import Tally
from profdesk.domain.scope import WHOLE
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.domain.users import Draft
from profdesk.services import (
    activities,
    audit,
    backups,
    certificate_blanks,
    certificate_designs,
    certificates,
    choices,
    class_papers,
    consents,
    consolidation,
    graduates,
    instruments,
    issued_summaries,
    lesson_exchange,
    organisation,
    overview,
    profession_card,
    professions,
    pupil_card,
    pupils,
    registers,
    roster,
    satisfaction,
    summary,
)

NAMED: Mapping[str, Maker] = {
    "about": lambda _: "все мероприятия",
    "activity": lambda at: at.of.activity,
    "basis": lambda _: "приказ № 5",
    "batch": lambda at: at.of.batch,
    "blank": lambda at: certificate_blanks.read(blank(at.folder)),
    "card": lambda at: at.read(pupil_card.card, at.of.pupil, YEAR),
    "cell": lambda at: at.cell,
    "code": lambda at: at.school.design,
    "competency": lambda at: at.cell.competency,
    "copy": lambda at: at.school.copy,
    "data": lambda _: b"data",
    "day": lambda _: TODAY,
    "denominator": lambda _: 40,
    "digest": lambda at: at.owned(certificate_designs.add_picture, make.picture(at)),
    "entries": lambda _: [RouteEntry(LineKind.STEP, "шаг", "мастер", date(2026, 12, 10))],
    "entry": lambda at: at.of.achievement,
    "erasure": make.erased,
    "evidence_id": lambda at: at.of.evidence,
    "file": make.attachment,
    "files": lambda at: [at.file("работа.txt", "работа")],
    "folder": lambda at: at.folder,
    "four": lambda _: False,
    "given_on": lambda _: TODAY,
    "group": lambda at: at.of.group,
    "group_id": lambda at: at.of.group,
    "held_on": lambda _: TODAY,
    "ids": lambda at: at.of.pupils[:2],
    "indicator": lambda at: at.school.indicator(),
    "instrument": lambda _: instruments.called(INCLINATIONS),
    "kind": lambda _: ConsentKind.PERSONAL,
    "left": lambda _: Leave(date(2026, 11, 3), LeaveReason.TRANSFERRED),
    "lessons": lambda at: [at.school.lesson],
    "level": lambda _: "secondary",
    "line": lambda at: at.of.line,
    "long": lambda _: False,
    "marks": lambda at: [Mark(at.cell, 3)],
    "named": lambda _: True,
    "number": lambda at: at.of.certificate,
    "numbers": lambda at: [at.of.certificate],
    "numerator": lambda _: 12,
    "organisation": lambda at: replace(at.owned(organisation.get), head_name="Ким Олег"),
    "password": lambda _: PASSWORD,
    "path": lambda at: at.folder / "файл",
    "period": lambda _: FIRST,
    "profession": lambda at: at.profession,
    "pupil": lambda at: at.of.pupil,
    "pupil_id": lambda at: at.of.pupil,
    "pupil_ids": lambda at: at.of.pupils[:1],
    "pupils": lambda at: at.of.pupils[:2],
    "reading": lambda at: at.read(overview.read, TODAY),
    "reason": lambda _: "ошибка в имени",
    "receipt": lambda at: at.school.receipt,
    "register": lambda _: ACHIEVEMENTS,
    "released": make.released,
    "save": lambda at: lambda data: at.file("подписано.pdf", data),
    "scope": lambda _: WHOLE,
    "sender": lambda at: at.school.sender,
    "session_id": lambda at: at.of.session,
    "sheet_id": lambda at: at.of.sheet,
    "source": lambda _: "письмо",
    "span": lambda _: SPAN,
    "summary": lambda at: at.owned(summary.compute, SPAN),
    "talk_id": lambda at: at.of.talk,
    "target": lambda at: at.folder / "файл.xlsx",
    "targets": lambda at: [Target(at.of.pupil)],
    "title": lambda _: "список",
    "user": lambda at: at.user,
    "values": lambda at: {**make.achievement(at.of.pupil)},
    "wanted": lambda _: Wanted(),
    "whom": lambda _: "директор",
    "whose": lambda _: "вся школа",
    "with_earlier": lambda _: True,
    "words": lambda _: "слова",
    "year": lambda _: YEAR,
}
"""What a parameter of that name is given, in whatever verb."""

OF_VERB: Mapping[str, Mapping[str, Maker]] = {
    "activities.plan_paper": {
        "found": lambda at: at.read(activities.plan, YEAR),
        "shown": lambda at: at.read(activities.plan, YEAR).activities,
    },
    "activities.record": {"some": lambda at: [Participation(at.of.pupil, Presence.ABSENT)]},
    "activities.record_stages": {"stages": lambda at: {at.cell: 3}},
    "activities.set_state": {"state": lambda _: State.CANCELLED},
    "activities.write": {"entry": make.event},
    "answer_files.apply": {"found": lambda _: AnswerTable(instruments.called(INCLINATIONS), (), (), (), ())},
    "audit.details": {"act": lambda at: at.owned(audit.acts, Wanted()).acts[0]},
    "backups.choose_second_place": {"place": lambda _: None},
    "backups.difference": {"copy": lambda at: at.owned(backups.copies)[0]},
    "backups.make_due": {"kind": lambda _: CopyKind.DAY},
    "backups.put_elsewhere": {"place": lambda at: at.folder},
    "batches.outlook": {"batch": lambda at: at.of.act},
    "batches.take_back": {"batch": lambda at: at.of.act},
    "certificate_blanks.reprint": {"number": lambda at: at.of.in_word},
    "certificate_blanks.reprint_each": {"numbers": lambda at: [at.of.in_word]},
    "certificate_designs.add_picture": {"path": make.picture},
    "certificate_designs.preview": {"design": lambda _: certificate_designs.shipped()[0]},
    "certificate_designs.put_back": {
        "code": lambda at: (at.owned(certificate_designs.withdraw, at.school.design), at.school.design)[1]
    },
    "certificate_designs.save": {
        "design": lambda _: certificate_designs.copied(certificate_designs.shipped()[1], certificate_designs.shipped())
    },
    "certificates.export_register": {"shown": lambda at: at.read(certificates.register)},
    "certificates.issue": {"target": lambda at: at.folder / "выдано.pdf"},
    "certificates.put_back": {
        "number": lambda at: (at.owned(certificates.withdraw, at.of.certificate, "ошибка"), at.of.certificate)[1]
    },
    "certificates.register_paper": {"shown": lambda at: at.read(certificates.register)},
    "clocks.bring_forward": {"computer": make.computer_ahead},
    "computers.stop": {"computer": make.computer},
    "computers.rename": {"computer": make.computer, "name": lambda _: "Кабинет 12"},
    "computers.code_sheet": {"computer": lambda _: "Кабинет 12", "person": lambda _: "Лаптева Ирина Сергеевна"},
    "computers.kit": {"person": lambda at: at.school.owner.id, "name": lambda _: "Кабинет 12", "whole": lambda _: True},
    "choices.sheet": {"found": lambda at: at.read(choices.facts, at.of.pupil, YEAR)},
    "class_papers.overview_paper": {"found": lambda at: at.read(class_papers.overview, at.of.group, FIRST)},
    "class_teachers.give": {"user": lambda _: TEACHER.id, "groups": lambda at: [at.of.group]},
    "conclusions.write": {"draft": lambda _: "черновик"},
    "consents.enter": {"papers": lambda at: [NewConsent(at.of.pupil, ConsentKind.PERSONAL, "мать", "1")]},
    "consents.forms": {"kinds": lambda _: [*ConsentKind], "pupils": lambda at: at.of.pupils[:2]},
    "consents.keep": {
        "kind": lambda at: (
            at.owned(consents.withdraw, at.of.pupil, ConsentKind.PUBLICATION, TODAY),
            ConsentKind.PUBLICATION,
        )[1]
    },
    "consents.list_paper": {
        "found": lambda at: at.read(consents.book, YEAR),
        "groups": lambda at: at.read(pupils.groups, YEAR),
    },
    "consents.withdraw": {"kind": lambda _: ConsentKind.PUBLICATION},
    "consolidation.preview": {"paper": lambda at: at.owned(consolidation.of_span, SPAN).paper},
    "consolidation.sign": {"paper": make.consolidated},
    "deeds.record": {"kind": lambda _: DeedKind.PRINTED},
    "diagnostic_papers.leaflets": {"sheets": lambda at: [at.of.sheet]},
    "diagnostics.add_instrument": {"path": make.instrument_file},
    "diagnostics.add_sheets": {"pupils": make.people},
    "diagnostics.add_wording": {"path": make.wording},
    "diagnostics.mark_attendance": {"attendance": lambda _: None},
    "diagnostics.plan": {"pupils": make.people},
    "diagnostics.put_answers": {"answers": lambda _: {1: None}},
    "differences.leave": {"some": make.differing},
    "differences.take": {"some": make.differing},
    "erasure.erase": {"kind": lambda _: ErasureKind.UNLAWFUL},
    "erasure.take_rules": {"source": lambda _: assets.resource("retention.toml")},
    "exchange.accept": {"path": make.changes},
    "exchange.look": {"path": make.changes},
    "exchange.send": {"computer": make.joined_computer, "path": lambda at: at.folder / "изменения.profdesk"},
    "exchange.undo": {"package": make.package},
    "graduates.export": {"found": lambda at: at.read(graduates.read, 2026)},
    "graduates.mark": {
        "some": lambda at: at.owned(graduates.read, 2026).graduates,
        "kind": lambda _: "school",
    },
    "graduates.paper": {"found": lambda at: at.read(graduates.read, 2026)},
    "issued_summaries.correct": {"reason": lambda _: "исправлено число обученных"},
    "issued_summaries.countersign": {"key": make.personal_key},
    "issued_summaries.export_register": {"shown": lambda at: at.read(issued_summaries.register)},
    "issued_summaries.take": {"paths": lambda at: [at.file("вторая.pdf", make.countersigned(at))]},
    "issued_summaries.take_countersigned": {"countersigned": make.countersigned},
    "issued_summaries.withdraw": {"signature": make.further},
    "key_files.save_key_file": {"path": lambda at: at.folder / "ключ.profkey"},
    "key_files.take_programme_file": {"path": make.programme},
    "lesson_exchange.apply": {"plan": lambda at: at.owned(lesson_exchange.preview, make.lesson_pack(at))},
    "lesson_exchange.preview": {"path": make.lesson_pack},
    "pupil_card.paper": {
        "found": lambda at: at.read(pupil_card.card, at.of.pupil, YEAR),
        "earlier": lambda _: None,
    },
    "pupil_files.look": {"opened": make.pupil_file},
    "pupil_files.preview": {"looked": make.looked},
    "pupil_files.take": {"looked": make.looked},
    "pupil_files.write": {"chosen": lambda _: Chosen()},
    "profession_card.paper": {"found": lambda at: at.read(profession_card.card, at.profession)},
    "professions.class_paper": {
        "found": lambda at: at.read(professions.by_class, YEAR),
        "one": lambda at: at.read(professions.by_class, YEAR).classes[0],
    },
    "programmes.choose": {"path": make.programme},
    "programmes.take": {"data": lambda at: make.programme(at).read_bytes(), "name": lambda _: "программа.toml"},
    "pupil_screen.read": {"sheet_id": lambda at: at.of.empty_sheet},
    "pupils.add": {"entry": lambda _: PupilEntry("Новый", "Саша", "", "02.06.2013")},
    "pupils.edit": {"entry": lambda _: PupilEntry("Новый", "Саша", "", "02.06.2011", group="9А")},
    "pupils.group_called": {"title": lambda at: "9А" if at.of is at.school.own else "9Б"},
    "pupils.group_meant": {"title": lambda at: "9А" if at.of is at.school.own else "9Б"},
    "pupils.merge": {
        "wanted": lambda at: Merge(*at.of.pupils[:2], PersonName("Новый", "Саша"), date(2011, 5, 1), None, at.of.pupil)
    },
    "pupils.move": {"title": lambda _: "9В"},
    "received.take": {"paths": lambda at: [at.file("2.pdf", signed(of_school(2), key_of(2)))]},
    "registers.apply": {
        "plan": lambda at: at.owned(registers.preview, LESSONS, at.file("уроки.csv", make.LESSON_TABLE)),
    },
    "registers.preview": {"register": lambda _: LESSONS, "path": lambda at: at.file("уроки.csv", make.LESSON_TABLE)},
    "rollover.apply": {"plan": make.rollover_plan},
    "rollover.save_leavers": {"plan": make.rollover_plan},
    "roster.apply": {"chosen": lambda at: at.owned(roster.preview, at.file("список.csv", make.LIST), YEAR)},
    "roster.preview": {"path": lambda at: at.file("список.csv", make.LIST)},
    "routes.set_state": {"state": lambda _: LineState.DONE},
    "routes.write": {"entry": lambda _: RouteEntry(LineKind.STEP, "шаг", "мастер", date(2026, 12, 10))},
    "satisfaction.write": {"tally": lambda _: Tally(4, {("whole", "yes"): 4})},
    "satisfaction.year": {"wanted": lambda _: YEAR},
    "satisfaction.year_paper": {"found": lambda at: at.read(satisfaction.year, YEAR)},
    "senders.accept": {"offer": make.offer},
    "senders.add": {"draft": lambda _: sender_draft()},
    "senders.change": {"draft": lambda _: sender_draft("Лицей № 3")},
    "senders.confirm": {"key": make.sender_key},
    "senders.revoke": {"key": lambda at: at.school.key},
    "senders.take_key": {"certificate": lambda _: key_of(1, 1).certificate_pem},
    "senders.take_key_file": {"path": lambda at: make.file_of_key(at, 1)},
    "senders.take_key_files": {"paths": lambda at: [make.file_of_key(at, 1)]},
    "senders.take_table": {"path": lambda at: at.file("школы.csv", "Название;Телефон\nЛицей № 5;2-11-00\n")},
    "talks.write": {"entry": lambda at: TalkEntry(TalkKind.INTERVIEW, TODAY, at.of.pupil, words="слова")},
    "users.add": {
        "draft": lambda _: Draft("Ким Анна Олеговна", "завуч", frozenset({Role.READER})),
        "password": lambda _: "бако-рими-туса-лено-47",
        "code": lambda at: at.school.code,
    },
    "users.change": {
        "draft": lambda _: Draft("Ким Анна Олеговна", "завуч", frozenset({Role.COORDINATOR})),
        "code": lambda at: at.school.code,
    },
    "users.change_password": {"old": lambda _: PASSWORD, "new": lambda _: "новый длинный пароль"},
    "users.give_password": {"password": lambda _: "другой-пароль-бако-47", "code": lambda at: at.school.code},
    "users.remove": {"code": lambda at: at.school.code},
    "users.renew_keys": {"code": make.code_for_keys_known_to_another},
    "users.renew_recovery": {"code": lambda at: at.school.code},
    "verification.verify_badge_here": {"path": make.badge},
    "verification.verify_code_here": {"text": make.code},
    "verification.verify_here": {"path": lambda at: at.of.paper},
    "verification.verify_picture_here": {"path": make.scan},
}
"""What a verb is given where the name of a parameter does not say enough, or one that has a default is wanted."""


def missing(name: str, verb: Callable[..., Any]) -> list[str]:
    """The parameters of a verb that nothing is known to give."""
    own = OF_VERB.get(name, {})
    return [one.name for one in _wanted(verb) if one.name not in own and one.name not in NAMED]


def made(name: str, verb: Callable[..., Any], at: At) -> dict[str, Any]:
    """What to call a verb with, by the parameters' names."""
    own = OF_VERB.get(name, {})
    found = {one.name: (own.get(one.name) or NAMED[one.name])(at) for one in _wanted(verb)}
    found |= {key: maker(at) for key, maker in own.items() if key not in found}
    if name.startswith("issued_summaries.") and "number" in found:
        found["number"] = at.school.summary
    return found


def _wanted(verb: Callable[..., Any]) -> list[inspect.Parameter]:
    return [one for one in [*inspect.signature(verb).parameters.values()][2:] if one.default is one.empty]
