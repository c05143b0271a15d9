"""The tables of the registers: a column for each field of ``domain.registers``, named by its code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from profdesk.storage.models import BusinessRow


class RegisterRow(BusinessRow):
    """An entry of a register; withdrawn, never deleted."""

    __abstract__ = True

    note: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    withdrawn_at: Mapped[str | None]


class PartnerRow(RegisterRow):
    """Whom the organisation works with."""

    __tablename__ = "partner"

    name: Mapped[str]
    kind: Mapped[str]
    person: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]
    site: Mapped[str]


class AgreementRow(RegisterRow):
    """An agreement with a partner; ``valid_until`` null: without an end."""

    __tablename__ = "agreement"
    __table_args__ = (Index("ix_agreement_partner", "partner"),)

    number: Mapped[str]
    partner: Mapped[str | None] = mapped_column(ForeignKey("partner.id"))
    kind: Mapped[str]
    signed_on: Mapped[date | None]
    valid_until: Mapped[date | None]


class StaffRow(RegisterRow):
    """Who works in the organisation."""

    __tablename__ = "staff"

    name: Mapped[str]
    post: Mapped[str]
    kind: Mapped[str]
    involved: Mapped[bool]
    left_on: Mapped[date | None]


class TrainingRow(RegisterRow):
    """A course that somebody of the staff finished."""

    __tablename__ = "training"
    __table_args__ = (Index("ix_training_person", "person"),)

    person: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    title: Mapped[str]
    on_subject: Mapped[bool]
    hours: Mapped[int | None]
    finished_on: Mapped[date | None]
    provider: Mapped[str]
    certificate: Mapped[str]


class WorkingGroupRow(RegisterRow):
    """A member of the programme's working group."""

    __tablename__ = "working_group"

    name: Mapped[str]
    post: Mapped[str]
    role: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]


class DocumentRow(RegisterRow):
    """An order, a plan or another paper of the programme."""

    __tablename__ = "document"

    kind: Mapped[str]
    number: Mapped[str]
    dated: Mapped[date | None]
    title: Mapped[str]


class WebPageRow(RegisterRow):
    """A web page on self-determination."""

    __tablename__ = "web_page"

    title: Mapped[str]
    address: Mapped[str]
    works: Mapped[bool]
    checked_on: Mapped[date | None]


class ProfessionRow(RegisterRow):
    """A profession's card; the id of one that the programme names is its code there."""

    __tablename__ = "profession"

    title: Mapped[str]
    industry: Mapped[str]
    history: Mapped[str]
    subject: Mapped[str]
    area: Mapped[str]
    education: Mapped[str]
    conditions: Mapped[str]
    pay: Mapped[str]
    study: Mapped[str]


class DemandRow(RegisterRow):
    """That a profession is in demand in the municipality in a year."""

    __tablename__ = "demand"
    __table_args__ = (Index("ix_demand_profession", "profession"),)

    profession: Mapped[str | None] = mapped_column(ForeignKey("profession.id"))
    year: Mapped[int | None]
    vacancies: Mapped[int | None]
    source: Mapped[str]


class InstitutionRow(RegisterRow):
    """A college or university."""

    __tablename__ = "institution"

    title: Mapped[str]
    kind: Mapped[str]
    town: Mapped[str]
    site: Mapped[str]
    phone: Mapped[str]


class SpecialityRow(RegisterRow):
    """What a college or university teaches."""

    __tablename__ = "speciality"
    __table_args__ = (
        Index("ix_speciality_institution", "institution"),
        Index("ix_speciality_profession", "profession"),
    )

    title: Mapped[str]
    institution: Mapped[str | None] = mapped_column(ForeignKey("institution.id"))
    basis: Mapped[str]
    profession: Mapped[str | None] = mapped_column(ForeignKey("profession.id"))
    places: Mapped[int | None]
    exams: Mapped[str]


class TrialRow(RegisterRow):
    """What a professional trial is; it is held as an activity."""

    __tablename__ = "trial"
    __table_args__ = (Index("ix_trial_profession", "profession"), Index("ix_trial_partner", "partner"))

    title: Mapped[str]
    profession: Mapped[str | None] = mapped_column(ForeignKey("profession.id"))
    industry: Mapped[str]
    partner: Mapped[str | None] = mapped_column(ForeignKey("partner.id"))
    hours: Mapped[int | None]
    level: Mapped[str]
    grades: Mapped[str]
    description: Mapped[str]
    materials: Mapped[str]


class LessonRow(RegisterRow):
    """A lesson of the bank; it is held as an activity."""

    __tablename__ = "lesson"
    __table_args__ = (Index("ix_lesson_profession", "profession"),)

    title: Mapped[str]
    subject: Mapped[str]
    grades: Mapped[str]
    profession: Mapped[str | None] = mapped_column(ForeignKey("profession.id"))
    author: Mapped[str]
    outline: Mapped[str]


class OwnTypeRow(RegisterRow):
    """A type of activity that the school added."""

    __tablename__ = "own_type"

    title: Mapped[str]
    audience: Mapped[str]


class AchievementRow(RegisterRow):
    """What a pupil achieved at an olympiad, a contest or elsewhere."""

    __tablename__ = "achievement"
    __table_args__ = (Index("ix_achievement_pupil_id", "pupil_id"),)

    pupil_id: Mapped[str | None] = mapped_column(ForeignKey("pupil.id"))
    title: Mapped[str]
    kind: Mapped[str]
    level: Mapped[str]
    place: Mapped[str]
    held_on: Mapped[date | None]
    subject: Mapped[str]
    on_profile: Mapped[bool]


class ProfileChoiceRow(RegisterRow):
    """The study profile that a pupil chose; the latest one holds."""

    __tablename__ = "profile_choice"
    __table_args__ = (Index("ix_profile_choice_pupil_id", "pupil_id"),)

    pupil_id: Mapped[str | None] = mapped_column(ForeignKey("pupil.id"))
    decided_on: Mapped[date | None]
    wish: Mapped[str]
    interview: Mapped[str]
    profile: Mapped[str]
    reserve: Mapped[str]
    subjects: Mapped[str]
    basis: Mapped[str]
    conscious: Mapped[str]
    judged_by: Mapped[str]


class ProfileStudyRow(RegisterRow):
    """The study profile of a pupil of grades 10-11; the latest one holds."""

    __tablename__ = "profile_study"
    __table_args__ = (Index("ix_profile_study_pupil_id", "pupil_id"),)

    pupil_id: Mapped[str | None] = mapped_column(ForeignKey("pupil.id"))
    since: Mapped[date | None]
    profile: Mapped[str]
    subjects: Mapped[str]


class ProfessionChoiceRow(RegisterRow):
    """The profession that a pupil chose, and one in reserve; the latest choice holds."""

    __tablename__ = "profession_choice"
    __table_args__ = (
        Index("ix_profession_choice_pupil_id", "pupil_id"),
        Index("ix_profession_choice_profession", "profession"),
        Index("ix_profession_choice_reserve", "reserve"),
    )

    pupil_id: Mapped[str | None] = mapped_column(ForeignKey("pupil.id"))
    decided_on: Mapped[date | None]
    profession: Mapped[str | None] = mapped_column(ForeignKey("profession.id"))
    reserve: Mapped[str | None] = mapped_column(ForeignKey("profession.id"))
    goal: Mapped[str]
    basis: Mapped[str]
    conscious: Mapped[str]
    judged_by: Mapped[str]


class DestinationRow(RegisterRow):
    """Where a graduate of grade 9 or 11 went."""

    __tablename__ = "destination"
    __table_args__ = (
        Index("ix_destination_pupil_id", "pupil_id"),
        Index("ix_destination_institution", "institution"),
        Index("ix_destination_profession", "profession"),
    )

    pupil_id: Mapped[str | None] = mapped_column(ForeignKey("pupil.id"))
    grade: Mapped[str]
    year: Mapped[int | None]
    kind: Mapped[str]
    institution: Mapped[str | None] = mapped_column(ForeignKey("institution.id"))
    profession: Mapped[str | None] = mapped_column(ForeignKey("profession.id"))
    speciality: Mapped[str]


class AttachmentRow(BusinessRow):
    """A file of an entry of a register (the register's code and the entry's id); its bytes lie below ``files/``."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_entry", "register", "entry"),)

    register: Mapped[str]
    entry: Mapped[str] = mapped_column(String(36))
    name: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    withdrawn_at: Mapped[str | None]


ROWS: Mapping[str, type[RegisterRow]] = {
    "partners": PartnerRow,
    "agreements": AgreementRow,
    "staff": StaffRow,
    "trainings": TrainingRow,
    "working_group": WorkingGroupRow,
    "documents": DocumentRow,
    "web_pages": WebPageRow,
    "professions": ProfessionRow,
    "demand": DemandRow,
    "institutions": InstitutionRow,
    "specialities": SpecialityRow,
    "trials": TrialRow,
    "lessons": LessonRow,
    "own_types": OwnTypeRow,
    "achievements": AchievementRow,
    "profile_choices": ProfileChoiceRow,
    "profile_studies": ProfileStudyRow,
    "profession_choices": ProfessionChoiceRow,
    "destinations": DestinationRow,
}
"""The table of each register by its code."""
