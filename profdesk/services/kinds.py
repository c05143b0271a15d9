"""Which pages have to read again when rows of some tables changed."""

from __future__ import annotations

from collections.abc import Iterable

from profdesk.domain.changes import Kind

_REGISTERS = (
    "partner", "agreement", "staff", "training", "working_group", "document", "web_page",
    "profession", "demand", "institution", "speciality", "trial", "lesson", "own_type",
    "achievement", "profile_choice", "profile_study", "profession_choice", "destination",
)  # fmt: skip
_ACTIVITIES = ("activity", "activity_group", "activity_profession", "participation", "satisfaction")
_DIAGNOSTICS = (
    "diagnosed", "released_conclusion", "instrument_file", "wording", "diagnostic_session", "answer_sheet", "answer",
    "conclusion", "consultation", "external_result",
)  # fmt: skip
_KINDS = {
    **dict.fromkeys(_ACTIVITIES, Kind.ACTIVITIES),
    **dict.fromkeys(_REGISTERS, Kind.REGISTERS),
    **dict.fromkeys(_DIAGNOSTICS, Kind.DIAGNOSTICS),
    "attachment": Kind.REGISTERS,
    "organisation": Kind.ORGANISATION,
    "programme": Kind.PROGRAMME,
    "study_group": Kind.GROUPS,
    "app_user": Kind.USERS,
    "group_teacher": Kind.USERS,
    "pupil": Kind.PUPILS,
    "enrolment": Kind.PUPILS,
    "assessment": Kind.ASSESSMENTS,
    "note": Kind.ASSESSMENTS,
    "evidence": Kind.EVIDENCE,
    "pupil_file": Kind.PUPILS,
    "pupil_file_record": Kind.PUPILS,
    "route_line": Kind.ROUTES,
    "certificate": Kind.CERTIFICATES,
    "certificate_design": Kind.DESIGNS,
    "consent": Kind.CONSENTS,
    "retention": Kind.ERASURES,
    "erasure": Kind.ERASURES,
    "erased_pupil": Kind.ERASURES,
    "erasure_tally": Kind.ERASURES,
    "told_figure": Kind.FIGURES,
    "issued_summary": Kind.SUMMARIES,
    "summary_signature": Kind.SUMMARIES,
    "sender": Kind.SENDERS,
    "sender_key": Kind.SENDERS,
    "received_summary": Kind.RECEIVED,
    "computer": Kind.COMPUTERS,
    "clock_correction": Kind.COMPUTERS,
    "settled": Kind.COMPUTERS,
    "psy_settled": Kind.COMPUTERS,
    "batch": Kind.BATCHES,
    "deed": Kind.DEEDS,
}


def kinds_of(tables: Iterable[str]) -> frozenset[Kind]:
    """The kinds of things that rows of some tables are shown as."""
    return frozenset(_KINDS[table] for table in tables if table in _KINDS)
