"""A program that lives through a school's year with words that must not be found anywhere in clear afterwards."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from support import CHEAP, FIRST, PASSWORD, YEAR

from profdesk import settings
from profdesk.domain.access import NewUser, Role
from profdesk.domain.activities import ActivityEntry
from profdesk.domain.consents import ConsentKind
from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.people import Pupil
from profdesk.domain.portfolio import Cell, Mark
from profdesk.domain.registers import PARTNERS
from profdesk.domain.route import LineKind, RouteEntry
from profdesk.domain.span import Span
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.domain.users import Draft
from profdesk.gui.common import crash
from profdesk.services import (
    activities,
    backups,
    batches,
    certificates,
    conclusions,
    consents,
    diagnostics,
    evidence,
    instruments,
    kept_files,
    notes,
    portfolio,
    pupil_card,
    pupils,
    registers,
    roster,
    routes,
    summary,
    talks,
    users,
    workspaces,
)
from profdesk.storage import vault
from profdesk.storage.workspace import Workspace

DAY = date(2026, 11, 2)
MARKERS = (
    "Приметнова",
    "Серафимия",
    "Игнатьевнина",
    "Громобоева",
    "заметкаодва",
    "выводтрипять",
    "выпискасемь",
    "беседавосемь",
    "источникдевять",
    "файлдесять",
    "партнёрнадежда",
    "мероприятиеволна",
    "целькомета",
    "родительветров",
    "бумагатысяча",
    "сотрудницазорина",
    "возвращённаяова",
    "итогмаяк",
    "причинаокеан",
    "паролькаштан",
)
(SURNAME, GIVEN, PATRONYMIC, OTHER, NOTE, CONCLUSION, RELEASED, TALK, SOURCE, FILE, PARTNER, ACTIVITY, GOAL, PARENT,
 PAPER, STAFF, UNDONE, OUTCOME, REASON, SECRET) = MARKERS  # fmt: skip


def main(home: Path, given: Path, out: Path) -> None:
    """``given`` is where the user's own files lie and ``out`` where exports go, both of the user's choice."""
    vault.Cost.__init__.__defaults__ = (CHEAP.memory, CHEAP.passes, CHEAP.lanes)
    school = Organisation(
        "", OrganisationKind.SCHOOL, "Школа", "Школа № 12", "Школа № 12", "Район", "Директор", "Иванова Анна", FIRST
    )
    made = workspaces.create(home / "школа", school, NewUser("Лаптева Ирина", "психолог", SECRET)).workspace
    pupil = _list(made, given)
    work = given / f"{FILE}.txt"
    work.write_text(f"{FILE} " * 3_000, encoding="utf-8")
    _diagnose(made, pupil)
    _write(made, pupil.id, work)
    _give_out(made, pupil.id, out)
    settings.save(settings.load().with_recent(made.path))
    try:
        _fail()
    except ValueError as error:
        crash.record(error)
    made.close()
    kept_files.forget_copies()
    workspaces.open_workspace(home / "школа", None, SECRET).close()


def _list(made: Workspace, given: Path) -> Pupil:
    actor, path, head = made.actor, given / "8А.csv", "Фамилия;Имя;Отчество;Дата рождения;Класс\n"
    lines = [f"{SURNAME};{GIVEN};{PATRONYMIC};06.05.2012;8А", f"{OTHER};Иван;Петрович;07.05.2012;8А"]
    path.write_text(head + "\n".join(lines), encoding="utf-8")
    roster.apply(made, actor, roster.preview(made, actor, path, YEAR))
    path.write_text(f"{head}{UNDONE};Пётр;Ильич;07.05.2012;8А", encoding="utf-8")
    applied, _ = roster.apply(made, actor, roster.preview(made, actor, path, YEAR))
    batches.take_back(made, actor, applied.batch or "")
    return next(one for one in pupils.pupils(made, actor, YEAR) if one.name.surname == SURNAME)


def _diagnose(made: Workspace, pupil: Pupil) -> None:
    actor, instrument = made.actor, instruments.called("yovaysha_rezapkina_24")
    kind = ConsentKind.PSYCHOLOGICAL
    consents.give(made, actor, [pupil.id], kind, date(2026, 9, 1), given_by=PARENT, number=PAPER)
    session, _ = diagnostics.plan(made, actor, instrument, [pupil], DAY)
    sheet = diagnostics.session(made, actor, session.id).sheets[0].sheet.id
    diagnostics.put_answers(made, actor, instrument, sheet, dict.fromkeys(range(1, 25), "a"))
    diagnostics.mark_doubtful(made, actor, sheet, REASON)
    conclusions.write(made, actor, sheet, CONCLUSION, "")
    conclusions.release(made, actor, sheet, RELEASED)


def _write(made: Workspace, pupil: str, work: Path) -> None:
    actor = made.actor
    portfolio.set_stages(made, actor, FIRST, [Mark(Cell(pupil, "planning"), 2)])
    notes.write(made, actor, Cell(pupil, "planning"), FIRST, NOTE)
    added, _ = evidence.add(made, actor, pupil, None, FIRST, [work])
    entry = TalkEntry(TalkKind.EXTERNAL, DAY, pupil, source=SOURCE, words=TALK, outcome=OUTCOME)
    talk, _ = talks.write(made, actor, entry, file=work)
    values = {**dict.fromkeys((one.code for one in PARTNERS.fields), ""), "name": PARTNER, "kind": "enterprise"}
    registers.add(made, actor, PARTNERS, values)
    group = pupils.group_called(made, actor, YEAR, "8а")
    activities.write(made, actor, ActivityEntry("meeting", ACTIVITY, DAY, groups=(group.id,)))
    routes.write(made, actor, pupil, RouteEntry(LineKind.NEAR, GOAL))
    evidence.open_copy(made, actor, added.kept[0].id)
    talks.open_copy(made, actor, talk)


def _give_out(made: Workspace, pupil: str, out: Path) -> None:
    actor, group = made.actor, pupils.group_called(made, made.actor, YEAR, "8а")
    certificates.issue(made, actor, group.id, [pupil], out / "Сертификат.pdf")
    pupil_card.paper(made, actor, pupil_card.card(made, actor, pupil, YEAR), None)
    summary.sign(made, actor, summary.compute(made, actor, Span.of_year(YEAR)), (out / "Сводка.pdf").write_bytes)
    backups.make(made, actor)
    gone, _ = users.add(made, actor, Draft(STAFF, "учитель", frozenset({Role.TEACHER})), PASSWORD)
    users.remove(made, actor, gone)


def _fail() -> None:
    raise ValueError(f"{SURNAME} {GIVEN}: {NOTE}, {CONCLUSION}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
