"""What erasure does with every table: which rows speak of a pupil, and which free texts of others may name one.

Whatever table or column of words is added has to be given its place here; a test counts them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import String, Text

from profdesk.domain import certificate_data
from profdesk.domain.retention import RecordKind
from profdesk.storage import activity_models, models, people_models, psy_models, register_models
from profdesk.storage.models import BusinessRow
from profdesk.storage.pupil_file_models import PupilFileRecordRow, PupilFileRow
from profdesk.storage.route_models import RouteLineRow

Table = type[BusinessRow]


@dataclass(frozen=True)
class Child:
    """A table whose rows belong to rows of another one by a column without a foreign key or over it."""

    table: Table
    column: str
    parents: tuple[Table, ...]


OF_PUPIL: Mapping[RecordKind, tuple[Table, ...]] = {
    RecordKind.CARD: (models.PupilRow, models.EnrolmentRow),
    RecordKind.CONSENTS: (models.ConsentRow,),
    RecordKind.PORTFOLIO: (
        models.AssessmentRow,
        models.NoteRow,
        models.EvidenceRow,
        PupilFileRow,
        PupilFileRecordRow,
    ),
    RecordKind.ACTIVITIES: (activity_models.ParticipationRow,),
    RecordKind.ACHIEVEMENTS: (register_models.AchievementRow,),
    RecordKind.CHOICES: (
        register_models.ProfileChoiceRow,
        register_models.ProfileStudyRow,
        register_models.ProfessionChoiceRow,
        register_models.DestinationRow,
    ),
    RecordKind.ROUTES: (RouteLineRow,),
    RecordKind.DIAGNOSTICS: (
        models.DiagnosedRow,
        models.ReleasedRow,
        psy_models.SheetRow,
        psy_models.ExternalResultRow,
    ),
    RecordKind.TALKS: (psy_models.ConsultationRow,),
    RecordKind.CERTIFICATES: (models.CertificateRow,),
}
"""Tables whose rows speak of one pupil, by ``pupil_id`` (the pupil's own by ``id``)."""

CHILDREN = (
    Child(psy_models.AnswerRow, "sheet_id", (psy_models.SheetRow,)),
    Child(psy_models.ConclusionRow, "sheet_id", (psy_models.SheetRow,)),
    Child(
        register_models.AttachmentRow,
        "entry",
        (
            register_models.AchievementRow,
            register_models.ProfileChoiceRow,
            register_models.ProfileStudyRow,
            register_models.ProfessionChoiceRow,
            register_models.DestinationRow,
        ),
    ),
)
"""Rows that go with the row they belong to."""

ANONYMOUS: Mapping[Table, Mapping[str, object]] = {
    models.CertificateRow: {
        "pupil_id": None,
        "snapshot": certificate_data.ERASED,
        "code": "",
        "withdrawn_reason": "",
    }
}
"""Tables whose rows stay with nothing in them that speaks of anybody: a register has no gaps in its numbers."""

FILES = (models.EvidenceRow, register_models.AttachmentRow, psy_models.ExternalResultRow)
"""Tables whose ``sha256`` names a kept file."""

BY_ID_ALONE: frozenset[Table] = frozenset({people_models.DeedRow, people_models.ErasedPupilRow})
"""Tables that keep the id of a pupil of whom nothing is left: who looked, and what must not come back."""

SEARCHED: Mapping[str, frozenset[str]] = {
    "activity": frozenset({"title", "place", "note"}),
    "achievement": frozenset({"title", "place", "subject", "note"}),
    "agreement": frozenset({"note"}),
    "attachment": frozenset({"name"}),
    "batch": frozenset({"title"}),
    "certificate_design": frozenset({"title"}),
    "deed": frozenset({"title"}),
    "demand": frozenset({"source", "note"}),
    "destination": frozenset({"speciality", "note"}),
    "document": frozenset({"title", "note"}),
    "institution": frozenset({"note"}),
    "issued_summary": frozenset({"reason"}),
    "lesson": frozenset({"title", "outline", "note"}),
    "own_type": frozenset({"note"}),
    "participation": frozenset({"result", "mark", "feedback"}),
    "partner": frozenset({"note"}),
    "profession": frozenset({"note"}),
    "profession_choice": frozenset({"goal", "note"}),
    "profile_choice": frozenset({"wish", "interview", "note"}),
    "profile_study": frozenset({"note"}),
    "pupil_file_record": frozenset({"title", "words"}),
    "received_summary": frozenset({"name"}),
    "released_conclusion": frozenset({"words"}),
    "route_line": frozenset({"words", "way"}),
    "sender": frozenset({"note"}),
    "speciality": frozenset({"note"}),
    "staff": frozenset({"note"}),
    "note": frozenset({"words"}),
    "evidence": frozenset({"title", "name"}),
    "told_figure": frozenset({"source"}),
    "training": frozenset({"note"}),
    "trial": frozenset({"title", "description", "materials", "note"}),
    "web_page": frozenset({"title", "note"}),
    "working_group": frozenset({"note"}),
    "diagnostic_session": frozenset({"place", "group_title"}),
    "conclusion": frozenset({"words", "draft"}),
    "external_result": frozenset({"source", "words", "file_name"}),
    "consultation": frozenset({"reason", "words", "outcome"}),
}
"""Free texts, by table, in which somebody may have written another pupil's name: it is blotted out there."""

PLAIN: Mapping[str, frozenset[str]] = {
    "organisation": frozenset(
        {"kind", "legal_form", "name", "short_name", "municipality", "head_post", "head_name", "certificate_numbers"}
    ),
    "programme": frozenset({"source"}),
    "study_group": frozenset({"level", "title", "folded", "letter"}),
    "pupil": frozenset({"surname", "given", "patronymic", "folded", "sex", "merged_into"}),
    "enrolment": frozenset({"left_reason"}),
    "assessment": frozenset({"competency", "basis", "strand"}),
    "note": frozenset({"competency", "strand"}),
    "evidence": frozenset({"competency"}),
    "consent": frozenset({"kind", "given_by", "number", "withdrawn_by"}),
    "pupil_file": frozenset({"organisation", "fingerprint", "people", "classes"}),
    "pupil_file_record": frozenset({"kind", "basis", "author"}),
    "released_conclusion": frozenset({"sheet"}),
    "batch": frozenset({"kind", "undone_by"}),
    "roster_layout": frozenset({"shape", "fields"}),
    "certificate": frozenset({"number", "series", "snapshot", "code", "design", "withdrawn_reason", "duplicate_of"}),
    "certificate_design": frozenset({"code", "source"}),
    "app_user": frozenset({"name", "post", "roles"}),
    "deed": frozenset({"kind"}),
    "erasure": frozenset({"number", "kind", "basis", "counts"}),
    "erased_pupil": frozenset({"kinds"}),
    "retention": frozenset({"source"}),
    "computer": frozenset({"name", "person", "series", "verifying_key", "address", "psy_address", "replaced_by"}),
    "clock_correction": frozenset({"device", "counts_as"}),
    "erasure_tally": frozenset({"device"}),
    "settled": frozenset({"table_name", "record", "field", "device"}),
    "psy_settled": frozenset({"table_name", "record", "field", "device"}),
    "activity": frozenset({"type", "state", "direction", "responsible", "competencies", "audience", "at"}),
    "participation": frozenset({"presence"}),
    "satisfaction": frozenset({"question", "answer"}),
    "partner": frozenset({"name", "kind", "person", "phone", "email", "site"}),
    "agreement": frozenset({"number", "kind"}),
    "staff": frozenset({"name", "post", "kind"}),
    "training": frozenset({"title", "provider", "certificate"}),
    "working_group": frozenset({"name", "post", "role"}),
    "document": frozenset({"kind", "number"}),
    "web_page": frozenset({"address"}),
    "profession": frozenset(
        {"title", "industry", "history", "subject", "area", "education", "conditions", "pay", "study"}
    ),
    "institution": frozenset({"title", "kind", "town", "site", "phone"}),
    "speciality": frozenset({"title", "basis", "exams"}),
    "trial": frozenset({"industry", "level", "grades"}),
    "lesson": frozenset({"subject", "grades", "author"}),
    "own_type": frozenset({"title", "audience"}),
    "achievement": frozenset({"kind", "level"}),
    "profile_choice": frozenset({"profile", "reserve", "subjects", "basis", "conscious", "judged_by"}),
    "profile_study": frozenset({"profile", "subjects"}),
    "profession_choice": frozenset({"basis", "conscious", "judged_by"}),
    "destination": frozenset({"grade", "kind"}),
    "attachment": frozenset({"register"}),
    "route_line": frozenset({"line", "kind", "state"}),
    "issued_summary": frozenset({"number", "series", "span", "replaces"}),
    "summary_signature": frozenset({"number", "place", "name", "signers"}),
    "told_figure": frozenset({"indicator"}),
    "sender": frozenset({"kind", "legal_form", "name", "short_name", "telephone"}),
    "sender_key": frozenset({"fingerprint", "confirmed_with", "revoked_reason"}),
    "received_summary": frozenset({"number", "replaces", "span", "fingerprint"}),
    "instrument_file": frozenset({"code", "source"}),
    "wording": frozenset({"code", "words"}),
    "answer_sheet": frozenset({"attendance", "doubtful", "mode"}),
    "answer": frozenset({"words"}),
    "external_result": frozenset(),
    "consultation": frozenset({"kind", "whom"}),
}
"""Columns of words that tell of no pupil but the one of their own row: codes, titles of classes, adults' names."""

_BOOKKEEPING = frozenset({"actor", "sha256", "digest", "id"})


def words(table: Table) -> frozenset[str]:
    """The columns of a table that hold words: no ids, days, moments, hashes or links."""
    return frozenset(
        column.name
        for column in table.__table__.columns
        if isinstance(column.type, Text | String)
        and not column.foreign_keys
        and column.name not in _BOOKKEEPING
        and not column.name.endswith(("_at", "_id"))
        and column.name not in ("entry", "superseded_by")
    )


def tables() -> Mapping[str, Table]:
    """Every business table by its name."""
    return {
        mapper.class_.__tablename__: mapper.class_
        for mapper in BusinessRow.registry.mappers
        if issubclass(mapper.class_, BusinessRow)
    }


def is_psy(table: Table) -> bool:
    """Whether a table lies under the psychologists' key."""
    return table.__table__.schema == "psy"


def code(table: Table) -> str:
    """The name by which words for a table are known: a register's is its code."""
    codes = {row: code for code, row in register_models.ROWS.items()}
    return next((found for row, found in codes.items() if row is table), table.__tablename__)
