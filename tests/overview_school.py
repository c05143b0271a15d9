"""Random schools written straight into the tables: two years of pupils, stages, choices, activities, papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from rollover_school import named, programme
from support import YEAR

from profdesk.domain.school_year import SchoolYear
from profdesk.storage import register_models as registers
from profdesk.storage.activity_models import ActivityGroupRow, ActivityRow, ParticipationRow
from profdesk.storage.models import (
    AssessmentRow,
    BusinessRow,
    CertificateRow,
    ConsentRow,
    EnrolmentRow,
    GroupRow,
    PupilRow,
)
from profdesk.storage.workspace import Workspace

TODAY = date(2026, 11, 23)
PROGRAMME = programme()
CODES = PROGRAMME.codes
TITLES = ("Подготовительная «Солнышко»", *(f"{grade}{letter}" for grade in (1, 4, 5, 8, 9, 10, 11) for letter in "АБ"))
TYPES = ("lesson", "labour_market", "parents_meeting", "seminar", "trial", "practice", "gone")
_WRITTEN = {"actor": "somebody", "recorded_at": "2026-09-01T10:00:00+00:00"}
Row = dict[str, Any]


class School:
    """Rows waiting for their tables; ``chance`` decides everything, so that a seed is a school."""

    def __init__(self, seed: int, pupils: int, titles: Sequence[str] = TITLES) -> None:
        self.chance = Random(seed)  # noqa: S311 - made-up schools, no secrets
        self.rows: dict[type[BusinessRow], list[Row]] = {}
        groups = {year: self._groups(year, titles) for year in (YEAR.previous, YEAR)}
        self.professions = self._professions()
        for number in range(pupils):
            self._pupil(f"pupil{number}", groups)
        self._activities(groups[YEAR], pupils)
        self._agreements()
        self._staff()

    def write(self, workspace: Workspace) -> None:
        """Put everything into the tables, as many rows at once as there are."""
        with workspace._engine.begin() as connection:
            for table, rows in self.rows.items():
                connection.execute(table.__table__.insert(), rows)

    def _add(self, table: type[BusinessRow], **values: Any) -> str:
        rows = self.rows.setdefault(table, [])
        rows.append({"id": f"{table.__tablename__}{len(rows)}", **values})
        return str(rows[-1]["id"])

    def _often(self, share: float) -> bool:
        return self.chance.random() < share

    def _day(self, year: SchoolYear = YEAR) -> date:
        return year.first_day + timedelta(self.chance.randrange(-3, 300))

    def _groups(self, year: SchoolYear, titles: Sequence[str]) -> list[tuple[str, str]]:
        made = []
        for title in titles:
            name = named(title)
            level = PROGRAMME.level_of_grade(name.grade)
            assert level is not None
            values = {"title": name.title, "folded": title, "grade": name.grade, "letter": name.letter}
            made.append((self._add(GroupRow, school_year=year.start, level=level.code, **values), level.code))
        return made

    def _pupil(self, pupil: str, groups: dict[SchoolYear, list[tuple[str, str]]]) -> None:
        merged = "pupil0" if pupil != "pupil0" and self._often(0.03) else None
        names = {"surname": "Ан", "given": "Саша", "patronymic": None, "folded": "ан саша"}
        self.rows.setdefault(PupilRow, []).append(
            {"id": pupil, **names, "birth_date": date(2012, 5, 6), "sex": None, "merged_into": merged}
        )
        for year, there in groups.items():
            if self._often(0.9):
                group, level = self.chance.choice(there)
                gone = self._day(year) if self._often(0.1) else None
                reason = self.chance.choice(("graduated", "transferred", "left")) if gone else None
                where = {"pupil_id": pupil, "group_id": group, "school_year": year.start}
                self._add(EnrolmentRow, **where, left_on=gone, left_reason=reason)
                if self._often(0.7):
                    self._stages(pupil, level, year)
        self._papers(pupil)
        self._choices(pupil)

    def _stages(self, pupil: str, level: str, year: SchoolYear) -> None:
        codes = [*CODES[level], "foreign"]
        some = codes if self._often(0.4) else self.chance.sample(codes, self.chance.randrange(4))
        for code in some:
            strand = "self" if self._often(0.05) else "staff"
            self._add(
                AssessmentRow,
                pupil_id=pupil,
                competency=code,
                stage=None if self._often(0.02) else self.chance.randrange(4),
                basis="observation",
                strand=strand,
                school_year=year.start,
                term=1 if self._often(0.7) else 2,
                made_on=self._day(year),
                superseded_by="another" if self._often(0.02) else None,
                **_WRITTEN,
            )

    def _papers(self, pupil: str) -> None:
        for kind in ("psychological", "personal"):
            if self._often(0.6):
                until = self._day() if self._often(0.3) else None
                withdrawn = self._day() if self._often(0.1) else None
                day = {"given_on": self._day(YEAR.previous), "valid_until": until, "withdrawn_on": withdrawn}
                self._add(ConsentRow, pupil_id=pupil, kind=kind, given_by="", number="", **day, **_WRITTEN)
        if self._often(0.2):
            number = len(self.rows.get(CertificateRow, []))
            year = YEAR if self._often(0.7) else YEAR.previous
            numbered = {"number": f"2026-{number}", "issue_year": 2026, "sequence": number, "actor": "somebody"}
            facts = {"pupil_id": pupil, "school_year": year.start, "issued_on": TODAY, "snapshot": "", "sha256": ""}
            withdrawn = TODAY if self._often(0.3) else None
            self._add(CertificateRow, **numbered, **facts, withdrawn_on=withdrawn)

    def _choices(self, pupil: str) -> None:
        """Choices of a profile and a profession, studies by one, and where the pupil went."""
        profiles = ("natural", "universal")

        def add(table: type[BusinessRow], **values: Any) -> None:
            standing = {"note": "", "withdrawn_at": "2026-10-01" if self._often(0.1) else None, **_WRITTEN}
            self._add(table, pupil_id=pupil, **values, **standing)

        def judged() -> Row:
            return {"conscious": self.chance.choice(("yes", "yes", "no", "")), "judged_by": "Петрова"}

        for _ in range(self.chance.randrange(3)):
            words = {"wish": "", "interview": "", "reserve": "", "subjects": ""}
            basis = {"profile": self.chance.choice((*profiles, "")), "basis": "беседа" if self._often(0.8) else ""}
            day = self._day(self.chance.choice((YEAR.previous, YEAR)))
            add(registers.ProfileChoiceRow, decided_on=day, **words, **basis, **judged())
        for _ in range(self.chance.randrange(2)):
            add(registers.ProfileStudyRow, since=self._day(), profile=self.chance.choice(profiles), subjects="")
        if self._often(0.6):
            goal, basis = ("колледж" if self._often(0.8) else "", "проба" if self._often(0.8) else "")
            reserve = self.chance.choice((*self.professions, None))
            what = {
                "profession": self.chance.choice(self.professions),
                "reserve": reserve,
                "goal": goal,
                "basis": basis,
            }
            add(registers.ProfessionChoiceRow, decided_on=self._day(YEAR.previous), **what, **judged())
        if self._often(0.3):
            where = {"grade": "nine", "year": self.chance.choice((2025, 2026)), "institution": None, "speciality": ""}
            profession = self.chance.choice((*self.professions, None))
            kind = self.chance.choice(("college", "college", "school"))
            add(registers.DestinationRow, kind=kind, profession=profession, **where)

    def _professions(self) -> tuple[str, ...]:
        """Three professions, of which some are in demand in some years."""
        blank = ("industry", "history", "subject", "area", "education", "conditions", "pay", "study", "note")
        some = []
        for title in ("сварщик", "повар", "врач"):
            standing = {**dict.fromkeys(blank, ""), "withdrawn_at": None, **_WRITTEN}
            some.append(self._add(registers.ProfessionRow, title=title, **standing))
        for one in some[:2]:
            for year in (2025, 2026):
                gone = "2026-10-01" if self._often(0.3) else None
                said = {"vacancies": 3, "source": "центр занятости", "note": "", "withdrawn_at": gone, **_WRITTEN}
                self._add(registers.DemandRow, profession=one, year=year, **said)
        return tuple(some)

    def _activities(self, groups: Sequence[tuple[str, str]], pupils: int) -> None:
        for _ in range(24):
            begins = self._day(self.chance.choice((YEAR, YEAR, YEAR.previous)))
            kind = self.chance.choice(TYPES)
            empty = dict.fromkeys(("at", "place", "direction", "responsible", "competencies", "note"), "")
            nothing = dict.fromkeys(("hours", "partner", "trial", "lesson", "parents_reached"))
            activity = self._add(
                ActivityRow,
                type=kind,
                title=f"Дело {kind}",
                state=self.chance.choice(("planned", "held", "held", "cancelled")),
                begins_on=begins,
                ends_on=begins + timedelta(5) if self._often(0.3) else None,
                audience="parents" if kind == "parents_meeting" else "pupils",
                labour_market=self._often(0.1),
                withdrawn_at="2026-10-01" if self._often(0.1) else None,
                **empty,
                **nothing,
                **_WRITTEN,
            )
            for group in self.chance.sample(groups, self.chance.randrange(3)):
                self._add(ActivityGroupRow, activity_id=activity, group_id=group[0])
            for number in self.chance.sample(range(pupils), pupils // 6):
                presence = self.chance.choice(("present", "present", "absent", "invited"))
                said = {"hours": None, "result": "", "mark": "", "feedback": "", "product": None}
                who = {"activity_id": activity, "pupil_id": f"pupil{number}", "presence": presence}
                self._add(ParticipationRow, **who, **said)

    def _agreements(self) -> None:
        kinds = ("college", "university", "enterprise")
        partners = [
            self._add(registers.PartnerRow, name=f"Партнёр {number}", **self._partner(kinds)) for number in range(6)
        ]
        for number in range(9):
            until = TODAY + timedelta(self.chance.randrange(-90, 150)) if self._often(0.8) else None
            self._add(
                registers.AgreementRow,
                number=f"{number}",
                partner=self.chance.choice(partners),
                kind="cooperation",
                signed_on=date(2025, 9, 1),
                valid_until=until,
                note="",
                withdrawn_at="2026-10-01" if self._often(0.1) else None,
                **_WRITTEN,
            )

    def _staff(self) -> None:
        standing = {"note": "", "withdrawn_at": None, **_WRITTEN}
        for number in range(12):
            gone = self._day() if self._often(0.3) else None
            who = {"name": f"Педагог {number}", "post": "учитель", "kind": "teaching"}
            person = self._add(registers.StaffRow, **who, involved=self._often(0.5), left_on=gone, **standing)
            for _ in range(self.chance.randrange(3)):
                finished = self._day(self.chance.choice((YEAR.previous, YEAR)))
                said = {"title": "Курс", "hours": 16, "provider": "", "certificate": ""}
                subject = {"on_subject": self._often(0.6), "finished_on": finished, "person": person}
                self._add(registers.TrainingRow, **said, **subject, **standing)
        for number in range(2):
            checked = {"works": self._often(0.6), "checked_on": self._day(self.chance.choice((YEAR.previous, YEAR)))}
            self._add(registers.WebPageRow, title="Страница", address=f"https://{number}", **checked, **standing)

    def _partner(self, kinds: Sequence[str]) -> Row:
        plain = {"person": "", "phone": "", "email": "", "site": "", "note": "", "withdrawn_at": None}
        return {"kind": self.chance.choice(kinds), **plain, **_WRITTEN}
