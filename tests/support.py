"""What several tests share: an organisation, a cheap vault, marks set in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hypothesis import settings
from sqlalchemy import select

from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.people import Group
from profdesk.domain.portfolio import Basis, Cell, Mark, StageChange
from profdesk.domain.school_year import Period, SchoolYear, Term
from profdesk.storage.models import BusinessRow
from profdesk.storage.vault import Cost
from profdesk.storage.workspace import Session, Workspace

YEAR = SchoolYear(2026)
FIRST = Period(YEAR, Term.FIRST)
SECOND = Period(YEAR, Term.SECOND)
CHEAP = Cost(memory=64, passes=1, lanes=1)
PASSWORD = "пароль-пароль"
CODES = ("planning", "flexibility", "initiative")
LIST = "Фамилия;Имя;Отчество;Дата рождения;Класс\n{}"
LINES = [
    "Абрамова;Полина;Игоревна;02.06.2013;7А",
    "Белов;Матвей;Сергеевич;18.01.2013;7А",
    "Ёлкина;Дарья;Олеговна;27.09.2013;7А",
]


def often(times: float, **more: Any) -> settings:
    """As many examples as the profile has, so many times: a fifth of them in the quick suite."""
    return settings(max_examples=round(times * settings.default.max_examples), **more)


def listed(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "7А.csv"
    path.write_text(LIST.format("\n".join(lines)), encoding="cp1251")
    return path


def organisation() -> Organisation:
    return Organisation(
        id="",
        kind=OrganisationKind.SCHOOL,
        legal_form="Муниципальное бюджетное общеобразовательное учреждение",
        name="Средняя школа № 12",
        short_name="Школа № 12",
        municipality="Артёмовский городской округ",
        head_post="Директор",
        head_name="Черепанова Нина Васильевна",
        period=FIRST,
    )


def mark(
    workspace: Workspace,
    period: Period,
    *marks: tuple[str, str, int | None],
    basis: Basis = Basis.OBSERVATION,
) -> tuple[StageChange, ...]:
    with workspace.unit(workspace.actor) as unit:
        return unit.portfolio.append(
            [Mark(Cell(pupil, code), stage) for pupil, code, stage in marks],
            period,
            basis,
            date(2026, 11, 2),
            datetime.now(UTC),
        )


def pupil_ids(workspace: Workspace, group: Group) -> list[str]:
    with workspace.unit(workspace.actor) as unit:
        return [pupil.id for pupil in unit.pupils.in_group(group.id)]


def stages(workspace: Workspace, group: Group) -> dict[str, int]:
    """The last stages of a class in the first period, by competency: of one pupil with any."""
    with workspace.unit(workspace.actor) as unit:
        return {cell.competency: stage for cell, stage in unit.portfolio.stages(group.id, FIRST).items()}


def state(workspace: Workspace) -> dict[str, list[str]]:
    """Every row of every business table but acts, deeds and what was learnt about columns."""
    rows: dict[str, list[str]] = {}
    with Session(workspace._engine) as session:
        for mapper in BusinessRow.registry.mappers:
            table = mapper.class_.__table__
            if issubclass(mapper.class_, BusinessRow) and table.name not in ("batch", "deed", "roster_layout"):
                rows[table.name] = sorted(map(repr, session.execute(select(table))))
    return rows
