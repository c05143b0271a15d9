"""Whatever the journal may hold has words for the screen."""

from __future__ import annotations

import pytest

from profdesk.domain import audit_words, registers
from profdesk.domain.audit import Area, Operation, Verb
from profdesk.domain.audit_subjects import SUBJECTS
from profdesk.storage import unit_of_work
from profdesk.storage.models import BusinessRow
from profdesk.storage.register_models import ROWS

assert unit_of_work, "brings every table with it"
REGISTERS = {row.__tablename__: code for code, row in ROWS.items()}
ROW_KINDS = sorted(
    (m.class_ for m in BusinessRow.registry.mappers if issubclass(m.class_, BusinessRow)),
    key=lambda row: row.__tablename__,
)
UNSAID = frozenset(
    {
        *(
            "title",
            "id",
            "actor",
            "recorded_at",
            "superseded_by",
            "series",
            "verifying_key",
            "address",
            "psy_address",
            "replaced_by",
            "person",
            "device",
            "record",
            "pupil_id",
            "folded",
            "digest",
            "sha256",
            "source",
            "code",
        ),
        *("session_id", "sheet_id", "sheet", "activity_id", "sender_id", "erasure_id", "register", "entry"),
        *("kind", "title"),
        *("issue_year", "sequence", "snapshot", "document", "content", "data", "certificate", "wrapped", "design"),
        *(
            "shape",
            "title",
            "line",
            "span",
            "place",
            "issued_at",
            "counted_at",
            "fingerprint",
            "received_at",
            "school_year",
        ),
        *(
            "first_day",
            "last_day",
            "replaces",
            "done_at",
            "undone_by",
            "made_at",
            "counts",
            "level",
            "words",
            "removed_at",
        ),
    }
)
"""What nobody looks for in the journal: keys, hashes, who and when (these stand with the act), whole documents."""


def operation(table: str, verb: Verb, **fields: tuple[object, object]) -> Operation:
    return Operation(1, table, verb, None, fields, erased=False)


@pytest.mark.parametrize("row", ROW_KINDS, ids=lambda row: row.__tablename__)
def test_every_table_and_field_has_words(row: type[BusinessRow]) -> None:
    table = REGISTERS.get(row.__tablename__, row.__tablename__)
    assert table in registers.ALL or table in SUBJECTS
    named = set(audit_words.subject(table).fields)
    columns = {column.name for column in row.__table__.columns}
    assert columns - named <= UNSAID
    assert table in registers.ALL or named <= columns


def test_no_table_is_named_that_is_not_there() -> None:
    assert set(SUBJECTS) <= {row.__tablename__ for row in ROW_KINDS}


def test_every_table_is_found_by_its_area() -> None:
    found = [table for area in Area for table in audit_words.tables(area)]
    assert sorted(found) == sorted({*SUBJECTS, *registers.ALL})


def test_a_change_tells_both_values_in_words() -> None:
    changed = operation("consent", Verb.UPDATE, withdrawn_on=(None, "2026-11-26"), kind=("personal", "psychological"))
    assert dict(audit_words.lines(changed, {})) == {
        "отозвано": "— → 26.11.2026",
        "на что": "обработку персональных данных → работу психолога",
    }


def test_what_was_added_or_removed_tells_what_it_held() -> None:
    added = operation(
        "app_user", Verb.INSERT, name=(None, "Седова Ольга"), roles=(None, "reader,teacher"), post=(None, "")
    )
    assert list(audit_words.lines(added, {})) == [("имя", "Седова Ольга"), ("роли", "читатель, классный руководитель")]
    removed = operation("group_teacher", Verb.DELETE, group_id=("g", None), user_id=("u", None))
    assert dict(audit_words.lines(removed, {"g": "7 «А»", "u": "Седова Ольга"})) == {
        "класс": "7 «А»",
        "кто": "Седова Ольга",
    }


def test_several_codes_in_one_field_are_each_named() -> None:
    planned = operation("activity", Verb.INSERT, competencies=(None, "planning flexibility"))
    titles = {"planning": "Планирование", "flexibility": "Гибкость"}
    assert list(audit_words.lines(planned, titles)) == [("компетенции", "Планирование, Гибкость")]


def test_ids_moments_and_choices_never_stand_as_they_are_kept() -> None:
    changed = operation(
        "achievements",
        Verb.UPDATE,
        kind=("olympiad", "contest"),
        subject=("0190b6a0-0000-7000-8000-000000000001", None),
        withdrawn_at=(None, "2026-11-26T10:00:00+00:00"),
    )
    told = dict(audit_words.lines(changed, {}))
    assert not any("olympiad" in words or "0190b6a0" in words or "T10" in words for words in told.values())
