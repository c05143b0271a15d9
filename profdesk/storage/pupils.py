"""Pupils, groups and who is in which group in a school year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from profdesk.domain.merging import PupilHistory, SchoolYearOf
from profdesk.domain.people import Group, GroupName, Leave, LeaveReason, PersonName, Pupil, Sex, fold
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import NotFoundError
from profdesk.storage import merging
from profdesk.storage.enrolments import attending
from profdesk.storage.models import EnrolmentRow, GroupRow, PupilRow

_AT_ONCE = 500
_PUPIL = (
    PupilRow.id,
    PupilRow.surname,
    PupilRow.given,
    PupilRow.patronymic,
    PupilRow.birth_date,
    PupilRow.sex,
    EnrolmentRow.left_on,
    EnrolmentRow.left_reason,
    GroupRow.id,
    GroupRow.title,
    GroupRow.grade,
    GroupRow.letter,
    GroupRow.level,
    GroupRow.school_year,
)


class PupilStore:
    """Each reading verb is one query, however many pupils there are."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def groups(self, year: SchoolYear) -> tuple[Group, ...]:
        """Groups of a year with their sizes: kindergarten first, then by grade and letter."""
        size = func.count(EnrolmentRow.id)
        query = (
            select(GroupRow, size)
            .outerjoin(EnrolmentRow, and_(EnrolmentRow.group_id == GroupRow.id, attending()))
            .where(GroupRow.school_year == year.start)
            .group_by(GroupRow.id)
        )
        found = [_group(row, count) for row, count in self._session.execute(query)]
        return tuple(sorted(found, key=lambda group: group.name.sort_key))

    def group(self, group_id: str) -> Group:
        """Read one group with its size; NotFoundError if there is none."""
        row = self._session.get(GroupRow, group_id)
        if row is None:
            raise NotFoundError("Такого класса больше нет. Обновите страницу.")
        counted = select(func.count()).where(EnrolmentRow.group_id == group_id, attending())
        return _group(row, self._session.scalar(counted) or 0)

    def in_group(self, group_id: str) -> tuple[Pupil, ...]:
        """Pupils of a group by name, as in a class register."""
        query = (
            select(*_PUPIL)
            .join(EnrolmentRow, EnrolmentRow.pupil_id == PupilRow.id)
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(GroupRow.id == group_id, attending())
        )
        return self._pupils(query)

    def all(self, year: SchoolYear) -> tuple[Pupil, ...]:
        """Every pupil with the group of that year, by name, those who have left it included, those merged not."""
        return self._pupils(_in_year(year))

    def in_grades(self, year: SchoolYear, grades: Collection[int]) -> tuple[Pupil, ...]:
        """Those in classes of some grades in that year, by name, those who have left included."""
        return self._pupils(_in_year(year).where(GroupRow.grade.in_(grades)))

    def years_of(self, grades: Collection[int]) -> frozenset[SchoolYear]:
        """The school years that have classes of some grades."""
        query = select(GroupRow.school_year).where(GroupRow.grade.in_(grades)).distinct()
        return frozenset(SchoolYear(start) for start in self._session.scalars(query))

    def some(self, ids: Collection[str], year: SchoolYear) -> tuple[Pupil, ...]:
        """Some pupils with the group of that year, by name; NotFoundError if one is no longer there."""
        found = [pupil for part in _parts(ids) for pupil in self._pupils(_in_year(year).where(PupilRow.id.in_(part)))]
        if len(found) < len(ids):
            raise NotFoundError("Такого ученика больше нет. Обновите список.")
        return tuple(sorted(found, key=lambda pupil: fold(pupil.name.full)))

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Those of some ids that ``some`` finds: not merged into another, not erased."""
        rows = (PupilRow.id.in_(part) & PupilRow.merged_into.is_(None) for part in _parts(ids))
        return frozenset(found for there in rows for found in self._session.scalars(select(PupilRow.id).where(there)))

    def last_classes(self, year: SchoolYear) -> dict[str, SchoolYearOf]:
        """Where those were last who are in no class of the year (any more), by their ids."""
        last = func.row_number().over(partition_by=EnrolmentRow.pupil_id, order_by=EnrolmentRow.school_year.desc())
        ranked = (
            select(EnrolmentRow, GroupRow.title, last.label("rank"))
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(EnrolmentRow.school_year <= year.start)
            .subquery()
        )
        row = ranked.c
        gone = or_(row.school_year < year.start, row.left_on.is_not(None))
        query = select(row.pupil_id, row.school_year, row.title, row.left_on, row.left_reason).where(
            row.rank == 1, gone
        )
        return {
            pupil: SchoolYearOf(SchoolYear(start), title, Leave(day, LeaveReason(reason)) if day else None)
            for pupil, start, title, day, reason in self._session.execute(query)
        }

    def attending(self, year: SchoolYear) -> dict[str, str]:
        """Who attends which group in a year, by their ids."""
        query = select(EnrolmentRow.pupil_id, EnrolmentRow.group_id).where(
            EnrolmentRow.school_year == year.start, attending()
        )
        return dict(self._session.execute(query).all())

    def homeless(self, year: SchoolYear) -> frozenset[str]:
        """Whoever is in no class of the year and did not leave before; whoever left during the year is not meant."""
        last = func.row_number().over(partition_by=EnrolmentRow.pupil_id, order_by=EnrolmentRow.school_year.desc())
        earlier = (
            select(EnrolmentRow.pupil_id, EnrolmentRow.left_on, last.label("rank"))
            .where(EnrolmentRow.school_year < year.start)
            .subquery()
        )
        left = select(earlier.c.pupil_id).where(earlier.c.rank == 1, earlier.c.left_on.is_not(None))
        there = select(EnrolmentRow.pupil_id).where(EnrolmentRow.school_year == year.start)
        query = select(PupilRow.id).where(
            PupilRow.merged_into.is_(None), PupilRow.id.not_in(there), PupilRow.id.not_in(left)
        )
        return frozenset(self._session.scalars(query))

    def ensure_group(self, name: GroupName, level: str, year: SchoolYear) -> Group:
        """Find the group of that title in the year, or make it."""
        folded = fold(name.title)
        query = select(GroupRow).where(GroupRow.school_year == year.start, GroupRow.folded == folded)
        row = self._session.scalars(query).one_or_none()
        if row is None:
            row = GroupRow(
                school_year=year.start,
                level=level,
                title=name.title,
                folded=folded,
                grade=name.grade,
                letter=name.letter,
            )
            self._session.add(row)
            self._session.flush()
        return _group(row, 0)

    def add(self, name: PersonName, birth_date: date, sex: Sex | None) -> str:
        """Write a new pupil; gives the id."""
        row = PupilRow()
        _describe(row, name, birth_date, sex)
        self._session.add(row)
        self._session.flush()
        return row.id

    def update(self, pupil_id: str, name: PersonName, birth_date: date, sex: Sex | None) -> None:
        """Write a pupil's own fields; only those that differ reach the journal."""
        row = self._session.get(PupilRow, pupil_id)
        if row is None:
            raise NotFoundError("Такого ученика больше нет. Обновите список.")
        _describe(row, name, birth_date, sex)

    def enrol(self, pupil_id: str, group_id: str, year: SchoolYear) -> None:
        """Put a pupil into a group for the year, out of any other; whoever had left is back."""
        self.enrol_all([pupil_id], group_id, year)

    def enrol_all(self, ids: Collection[str], group_id: str, year: SchoolYear) -> None:
        """The same for several at once."""
        there = self._enrolments(ids, year)
        for pupil_id in ids:
            row = there.get(pupil_id)
            if row is None:
                row = EnrolmentRow(pupil_id=pupil_id, school_year=year.start)
                self._session.add(row)
            row.group_id, row.left_on, row.left_reason = group_id, None, None

    def leave(self, ids: Collection[str], year: SchoolYear, leave: Leave | None) -> None:
        """Note that pupils left the group of the year, or (None) are back in it."""
        there = self._enrolments(ids, year)
        if len(there) < len(ids):
            raise NotFoundError(f"В {year.title} учебном году ученик не был ни в одном классе.")
        for row in there.values():
            row.left_on = leave.day if leave else None
            row.left_reason = leave.reason.value if leave else None

    def _enrolments(self, ids: Collection[str], year: SchoolYear) -> dict[str, EnrolmentRow]:
        of_year = select(EnrolmentRow).where(EnrolmentRow.school_year == year.start)
        found = (self._session.scalars(of_year.where(EnrolmentRow.pupil_id.in_(part))) for part in _parts(ids))
        return {row.pupil_id: row for rows in found for row in rows}

    def history(self, pupil: Pupil) -> PupilHistory:
        """What was recorded of a pupil over the years."""
        return merging.history(self._session, pupil)

    def merge(self, stays: str, goes: str, year: SchoolYear, class_of: str) -> None:
        """Give every record of one pupil to another; see ``merging.give_all``."""
        merging.give_all(self._session, stays, goes, year, class_of)

    def _pupils(self, query: Select[*tuple[Any, ...]]) -> tuple[Pupil, ...]:
        """Read columns rather than rows: a school of thousands is read in a fraction of a second."""
        ordered = query.order_by(PupilRow.folded, PupilRow.birth_date)
        groups: dict[str | None, Group | None] = {None: None}
        found: list[Pupil] = []
        for pupil, surname, given, patronymic, born, sex, left_on, reason, *group in self._session.execute(ordered):
            if group[0] not in groups:
                groups[group[0]] = _group_of(*group)
            name = PersonName(surname, given, patronymic)
            leave = Leave(left_on, LeaveReason(reason)) if left_on else None
            found.append(Pupil(pupil, name, born, Sex(sex) if sex else None, groups[group[0]], leave))
        return tuple(found)


def _in_year(year: SchoolYear) -> Select[*tuple[Any, ...]]:
    """Whoever was not merged into another, with the group of a year if there is one."""
    enrolled = and_(EnrolmentRow.pupil_id == PupilRow.id, EnrolmentRow.school_year == year.start)
    return (
        select(*_PUPIL)
        .outerjoin(EnrolmentRow, enrolled)
        .outerjoin(GroupRow, GroupRow.id == EnrolmentRow.group_id)
        .where(PupilRow.merged_into.is_(None))
    )


def _parts(ids: Collection[str]) -> Iterable[Sequence[str]]:
    ordered = sorted(ids)
    return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))


def _describe(row: PupilRow, name: PersonName, birth_date: date, sex: Sex | None) -> None:
    row.surname = name.surname
    row.given = name.given
    row.patronymic = name.patronymic
    row.folded = fold(name.full)
    row.birth_date = birth_date
    row.sex = sex.value if sex else None


def _group(row: GroupRow, size: int) -> Group:
    return _group_of(row.id, row.title, row.grade, row.letter, row.level, row.school_year, size)


def _group_of(
    group_id: str, title: str, grade: int | None, letter: str | None, level: str, year: int, size: int = 0
) -> Group:
    return Group(group_id, GroupName(title, grade, letter), level, year, size)
