"""The demonstration school: a workspace built from shipped class lists, and the main job done on it.

Everything goes through the same verbs that people use; names and stages are made up and the same
every time.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import assets, paths
from profdesk.domain import demo_stages
from profdesk.domain.access import NewUser, Role
from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.people import Group, Leave, LeaveReason
from profdesk.domain.portfolio import Cell, Mark
from profdesk.domain.programme import Programme
from profdesk.domain.progress import Report, saying
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.domain.span import Span
from profdesk.domain.verification import Verification
from profdesk.errors import WrongInputError
from profdesk.services import (
    certificates,
    demo_activities,
    demo_choices,
    demo_consents,
    demo_diagnostics,
    demo_files,
    demo_graduates,
    demo_registers,
    demo_routes,
    demo_satisfaction,
    demo_users,
    files,
    portfolio,
    programmes,
    pupils,
    roster,
    summary,
    verification,
    workspaces,
)

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace

FOLDER = "Рабочая папка"
_PHRASE = "demo-school"
_YEARS = (SchoolYear(2025), SchoolYear(2026))
_PERIODS = {
    Period(_YEARS[0], Term.FIRST): date(2025, 12, 12),
    Period(_YEARS[0], Term.SECOND): date(2026, 5, 15),
    Period(_YEARS[1], Term.FIRST): date(2026, 11, 13),
}
_UNPLACED = 3
_CERTIFIED = "7 «А»"
_KINDERGARTEN = "Подготовительная «Солнышко»"


def password() -> str:
    """Tell the password of the demonstration school: it protects nobody and is told to everybody."""
    return _PHRASE


@dataclass(frozen=True)
class Written:
    """A file of the main job and what it is, in words."""

    path: Path
    what: str


@dataclass(frozen=True)
class MainJob:
    """What the main job wrote, and the verdict on the signed summary."""

    written: tuple[Written, ...]
    verdict: Verification


def organisation() -> Organisation:
    """Name the demonstration school; it is not a real one."""
    return Organisation(
        id="",
        kind=OrganisationKind.SCHOOL,
        legal_form="Муниципальное автономное общеобразовательное учреждение",
        name="Демонстрационная школа № 12 с дошкольными группами",
        short_name="Школа № 12",
        municipality="Артёмовский городской округ",
        head_post="Директор",
        head_name="Черепанова Нина Васильевна",
        period=Period(_YEARS[1], Term.FIRST),
    )


def folder() -> Path:
    """Say where this computer's own demonstration school lives."""
    return paths.user_data() / "demo" / FOLDER


def ready(report: Report) -> Workspace:
    """Open this computer's demonstration school, building it first where there is none yet."""
    path = folder()
    if not path.exists():
        half = path.with_name(f"{path.name} (строится)")
        shutil.rmtree(half, ignore_errors=True)
        build(half, report).close()
        half.rename(path)
    return open_demo(path)


def open_demo(path: Path) -> Workspace:
    """Open a demonstration school as its owner."""
    return workspaces.open_workspace(path, demo_users.of_role(path, Role.OWNER).id, password())


def build(path: Path, report: Report) -> Workspace:
    """Make the workspace: two school years of lists, assessments and diagnostics, and one pupil's whole past."""
    report("Создаём рабочую папку", 0, 1)
    owner = NewUser("Климова Татьяна Аркадьевна", "координатор", _PHRASE)
    workspace = workspaces.create(path, organisation(), owner).workspace
    try:
        for year in _YEARS:
            for source in lists(year):
                _import(workspace, source, year, report)
        _see_off(workspace)
        for period, day in _PERIODS.items():
            _assess(workspace, period, day, report)
        known = _give_a_past(workspace, report)
        demo_diagnostics.hold(workspace, known, saying(report, "Проводим диагностику"))
        demo_registers.fill(workspace, pupils.today(), saying(report, "Заполняем реестры"))
        demo_files.attach(workspace, pupils.today(), saying(report, "Прикладываем файлы"))
        demo_choices.choose(workspace, pupils.today(), saying(report, "Записываем выбор профиля и профессии"))
        demo_consents.collect(workspace, _YEARS[-1], pupils.today(), saying(report, "Записываем согласия"))
        report("Записываем достижения и выпускников", 0, 1)
        demo_graduates.write(workspace, pupils.today(), known)
        demo_routes.plan(workspace, known, pupils.today(), saying(report, "Составляем маршруты"))
        demo_activities.hold(workspace, pupils.today(), saying(report, "Проводим пробы и события"))
        demo_satisfaction.collect(workspace, _YEARS, pupils.today())
        report("Записываем пользователей", 0, 1)
        demo_users.join(workspace, _YEARS[-1])
        report("Записываем пользователей", 1, 1)
    except BaseException:
        workspace.close()
        raise
    return workspace


def lists(year: SchoolYear) -> Sequence[Path]:
    """Find the shipped class lists of a school year."""
    folder = assets.resource("demo", year.title.replace("/", "-"))
    return sorted(path for path in folder.iterdir() if path.is_file())


def main_job(workspace: Workspace, out: Path, report: Report) -> MainJob:
    """Write the class lists, the certificates of a class, the signed summary and its tables; verify."""
    year = _YEARS[-1]
    named = f"Сводка {year.title.replace('/', '-')}"
    certified, signed, tables = out / "Сертификаты 7А.pdf", out / f"{named}.pdf", out / f"{named}.xlsx"
    written = [_copied(source, out) for source in lists(year)]
    _certify(workspace, certified, report)
    written.append(Written(certified, f"сертификаты {_CERTIFIED}, заверены ключом школы"))
    report("Считаем и подписываем сводку", 0, 1)
    counted = summary.compute(workspace, workspace.actor, Span.of_year(year))
    answer, _ = summary.sign(workspace, workspace.actor, counted, partial(files.write, signed))
    number = answer.summary.number
    written.append(Written(signed, f"сводка № {number}, подписана, данные вложены"))
    files.write(tables, summary.workbook(answer.summary))
    written.append(Written(tables, "те же таблицы для Excel"))
    report("Проверяем подпись", 0, 1)
    verdict = verification.verify(signed)
    report("Проверяем подпись", 1, 1)
    return MainJob(tuple(written), verdict)


def _copied(source: Path, out: Path) -> Written:
    target = out / source.name
    files.write(target, source.read_bytes())
    return Written(target, "список классов, как его выгружает школа")


def _import(workspace: Workspace, source: Path, year: SchoolYear, report: Report) -> None:
    step = f"Загружаем список «{source.name}»"
    report(step, 0, 1)
    plan = roster.preview(workspace, workspace.actor, source, year)
    if plan.refused:
        line = plan.refused[0]
        raise WrongInputError(f"Список «{source.name}», строка {line.line}: {line.reason}.")
    roster.apply(workspace, workspace.actor, plan, progress=saying(report, step))


def _see_off(workspace: Workspace) -> None:
    """Note who left after the first year: those of grades 9 and 11, others elsewhere; some are still to be placed."""
    before, year = _YEARS
    there = {one.id for one in pupils.pupils(workspace, workspace.actor, year) if one.group}
    gone = [one for one in pupils.pupils(workspace, workspace.actor, before) if one.group and one.id not in there]
    graduates = {one.id for one in gone if one.group and one.group.name.grade in (9, 11)}
    others = [one.id for one in gone if one.id not in graduates]
    for ids, reason in ((graduates, LeaveReason.GRADUATED), (others[_UNPLACED:], LeaveReason.TRANSFERRED)):
        pupils.leave(workspace, workspace.actor, ids, Leave(before.last_day, reason), before)


def _assess(workspace: Workspace, period: Period, day: date, report: Report) -> None:
    programme = programmes.current(workspace, workspace.actor)
    groups = pupils.groups(workspace, workspace.actor, period.year)
    for done, group in enumerate(groups):
        report(f"Отмечаем портфолио: {period.title}", done, len(groups))
        marks = _marks(workspace, programme, group, period)
        portfolio.set_stages(workspace, workspace.actor, period, marks, made_on=day)
    report(f"Отмечаем портфолио: {period.title}", len(groups), len(groups))


def _give_a_past(workspace: Workspace, report: Report) -> str:
    """Let one pupil of a class (gives the id) have been here since the kindergarten: the card then shows growth."""
    actor, (before, year) = workspace.actor, _YEARS
    group = pupils.group_called(workspace, actor, year, _CERTIFIED)
    there = certificates.candidates(workspace, actor, group.id)
    pupil = next(one.pupil for one in there if one.completeness.complete)
    grade = (group.name.grade or 0) - 1
    while grade > 0:
        grade, before = grade - 1, before.previous
        title = f"{grade} «{group.name.letter}»" if grade else _KINDERGARTEN
        pupils.move(workspace, actor, [pupil], title, before)
        _assess(workspace, Period(before, Term.FIRST), date(before.start, 12, 12), report)
        _assess(workspace, Period(before, Term.SECOND), date(before.start + 1, 5, 15), report)
    return pupil


def _marks(workspace: Workspace, programme: Programme, group: Group, period: Period) -> list[Mark]:
    grid = portfolio.grid(workspace, workspace.actor, group.id, period)
    return [
        Mark(Cell(pupil.id, code), stage)
        for pupil in grid.pupils
        for code, stage in demo_stages.stages(programme, group, pupil, period).items()
    ]


def _certify(workspace: Workspace, target: Path, report: Report) -> None:
    group = pupils.group_called(workspace, workspace.actor, _YEARS[-1], _CERTIFIED)
    there = certificates.candidates(workspace, workspace.actor, group.id)
    certificates.issue(
        workspace,
        workspace.actor,
        group.id,
        [one.pupil for one in there if one.completeness.complete],
        target,
        saying(report, f"Готовим сертификаты {_CERTIFIED}"),
    )
