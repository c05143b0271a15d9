"""Pupils, groups and who is in which group in a school year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import Session

from profdesk.domain.people import Group, GroupName, Leave, LeaveReason, PersonName, Pupil, Sex, fold
from profdesk.domain.school_year import SchoolYear
from profdesk.errors import NotFoundError
from profdesk.storage.enrolments import attending
from profdesk.storage.models import EnrolmentRow, GroupRow, PupilRow


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
            select(PupilRow, GroupRow, EnrolmentRow)
            .join(EnrolmentRow, EnrolmentRow.pupil_id == PupilRow.id)
            .join(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(GroupRow.id == group_id, attending())
            .order_by(PupilRow.folded, PupilRow.birth_date)
        )
        return self._pupils(self._session.execute(query).all())

    def all(self, year: SchoolYear) -> tuple[Pupil, ...]:
        """Every pupil with the group of that year, by name, those who have left it included, those merged not."""
        enrolled = and_(EnrolmentRow.pupil_id == PupilRow.id, EnrolmentRow.school_year == year.start)
        query = (
            select(PupilRow, GroupRow, EnrolmentRow)
            .outerjoin(EnrolmentRow, enrolled)
            .outerjoin(GroupRow, GroupRow.id == EnrolmentRow.group_id)
            .where(PupilRow.merged_into.is_(None))
            .order_by(PupilRow.folded, PupilRow.birth_date)
        )
        return self._pupils(self._session.execute(query).all())

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
        query = select(EnrolmentRow).where(EnrolmentRow.pupil_id == pupil_id, EnrolmentRow.school_year == year.start)
        row = self._session.scalars(query).one_or_none()
        if row is None:
            row = EnrolmentRow(pupil_id=pupil_id, school_year=year.start)
            self._session.add(row)
        row.group_id, row.left_on, row.left_reason = group_id, None, None

    def leave(self, pupil_id: str, year: SchoolYear, leave: Leave | None) -> None:
        """Note that a pupil left the group of the year, or (None) is back in it."""
        query = select(EnrolmentRow).where(EnrolmentRow.pupil_id == pupil_id, EnrolmentRow.school_year == year.start)
        row = self._session.scalars(query).one_or_none()
        if row is None:
            raise NotFoundError(f"В {year.title} учебном году ученик не был ни в одном классе.")
        row.left_on = leave.day if leave else None
        row.left_reason = leave.reason.value if leave else None

    def _pupils(self, rows: Sequence[Row[PupilRow, GroupRow, EnrolmentRow]]) -> tuple[Pupil, ...]:
        groups: dict[str, Group] = {}
        for _, group, _ in rows:
            if group is not None and group.id not in groups:
                groups[group.id] = _group(group, 0)
        return tuple(
            Pupil(
                id=row.id,
                name=PersonName(row.surname, row.given, row.patronymic),
                birth_date=row.birth_date,
                sex=Sex(row.sex) if row.sex else None,
                group=groups[group.id] if group is not None else None,
                leave=_leave(enrolment),
            )
            for row, group, enrolment in rows
        )


def _describe(row: PupilRow, name: PersonName, birth_date: date, sex: Sex | None) -> None:
    row.surname = name.surname
    row.given = name.given
    row.patronymic = name.patronymic
    row.folded = fold(name.full)
    row.birth_date = birth_date
    row.sex = sex.value if sex else None


def _leave(row: EnrolmentRow | None) -> Leave | None:
    if row is None or row.left_on is None or row.left_reason is None:
        return None
    return Leave(row.left_on, LeaveReason(row.left_reason))


def _group(row: GroupRow, size: int) -> Group:
    name = GroupName(row.title, row.grade, row.letter)
    return Group(row.id, name, row.level, row.school_year, size)
