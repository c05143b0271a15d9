"""docs/pupil-file.md is enough: a reader and a writer made by it alone understand the program, and it them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from pathlib import Path

import pupil_file_reader as own
import pytest
from pupil_file_rooms import (
    BORN,
    CONCLUSION,
    NAME,
    NOTE,
    WORK,
    House,
    add_child,
    consent,
    fill,
    house,
    kindergarten,
    send,
)
from support import FIRST

from profdesk.domain.records import RecordKind
from profdesk.errors import WrongInputError
from profdesk.services import pupil_card, pupil_files
from profdesk.services.pupil_files import Looked
from profdesk.storage.models import AssessmentRow, EvidenceRow, NoteRow
from profdesk.storage.pupil_file_models import PupilFileRecordRow
from profdesk.storage.workspace import Session

CODE = "K7QX-4MHW-9RTA-2EYC-PV6D-UJ3N-B8ZF"
SENDER = "Лицей № 3"
WHO = "0b0a7a4e-5a53-4f0e-9d1c-7b0f3f6f0c01"
AT = "2026-11-02T09:30:00+00:00"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path / "здесь", kindergarten())
    yield made
    made.workspace.close()


def test_a_reader_made_by_the_document_reads_what_the_program_wrote(here: House, tmp_path: Path) -> None:
    child, path = add_child(here), tmp_path / "файл.profpupil"
    consent(here, child)
    fill(here, child, tmp_path)
    code = send(here, child, path)
    told, works = own.read(path.read_bytes(), f" {code.lower()} ")
    assert (told["schema"], told["version"], told["sender"]["short_name"]) == ("profdesk-pupil", 1, "Детский сад № 5")
    assert told["pupil"] == {
        "surname": NAME.surname,
        "given": NAME.given,
        "patronymic": NAME.patronymic,
        "birth_date": BORN.isoformat(),
        "sex": None,
    }
    stages = [(one["competency"], one["stage"]) for one in told["assessments"] if one["basis"] == "observation"]
    assert sorted(stages) == [("flexibility", 2), ("planning", 1), ("planning", 2)]
    assert stages.index(("planning", 1)) < stages.index(("planning", 2)), "in the order in which they stood"
    assert [one["words"] for one in (*told["notes"], *told["conclusions"])] == [NOTE, CONCLUSION]
    assert {one["kind"] for one in told["records"]} == {"achievement", "route"}
    assert list(works.values()) == [WORK]
    assert set(told["people"].values()) == {"Климова Татьяна Аркадьевна"}


def written() -> own.Told:
    """A file of another program, with something in every part."""
    fact = {"by": WHO, "at": AT}
    period = {"year": 2026, "term": 1}
    digest = hashlib.sha256(WORK).hexdigest()
    work = {"competency": None, **period, "title": "Макет", "name": "макет.jpg", "size": len(WORK), "sha256": digest}
    return {
        "schema": "profdesk-pupil",
        "version": 1,
        "id": str(uuid.uuid4()),
        "made_at": "2026-11-20T12:00:00+05:00",
        "made_by": "Ли Олег",
        "sender": {"legal_form": "", "name": "Лицей", "short_name": SENDER, "municipality": "", "key": ""},
        "pupil": {
            "surname": "Ким", "given": "Юлия", "patronymic": None, "birth_date": "2012-04-03", "sex": "ж",
        },
        "classes": [{"year": 2025, "title": "6 «Б»", "organisation": "Школа № 1"}],
        "competencies": {"planning": "Планирование", "x-1": "Умение мечтать"},
        "stages": {"2": "формируется"},
        "people": {WHO: "Ли Олег"},
        "assessments": [
            {"id": str(uuid.uuid4()), "competency": code, "stage": 2, "basis": "trial", **period,
             "made_on": "2026-10-30", **fact}
            for code in ("planning", "x-1")
        ],
        "notes": [{"id": str(uuid.uuid4()), "competency": "planning", "strand": "staff", **period,
                   "words": "Две\nстроки", **fact}],
        "works": [
            {"id": str(uuid.uuid4()), **work, "inside": True, **fact},
            {"id": str(uuid.uuid4()), **work, "inside": False, "by": "", "at": AT},
        ],
        "records": [{"id": str(uuid.uuid4()), "kind": "visit", "year": 2026, "day": None, "title": "Завод",
                     "words": "побывала", "basis": "проба", **fact}],
        "conclusions": [{"id": str(uuid.uuid4()), "held_on": "2026-10-20", "words": CONCLUSION, **fact}],
    }  # fmt: skip


def looked(here: House, told: own.Told, folder: Path) -> Looked:
    key, path = own.key_for(SENDER), folder / "чужой программой.profpupil"
    told["sender"]["key"] = key.fingerprint
    path.write_bytes(own.write(told, [WORK], CODE, key))
    return pupil_files.look(*here.both, pupil_files.read(path, CODE.lower()))


def test_a_writer_made_by_the_document_is_understood(here: House, tmp_path: Path) -> None:
    told = written()
    taken, _ = pupil_files.take(*here.both, looked(here, told, tmp_path), None, "Группа «Радуга»")
    card = pupil_card.card(*here.both, taken.pupil, FIRST.year)
    assert card.pupil.name.full == "Ким Юлия"
    assert {one.kind for one in card.history.brought} == {RecordKind.STAFF, RecordKind.FILE, RecordKind.VISIT}
    kept = {AssessmentRow: told["assessments"][:1], NoteRow: told["notes"], EvidenceRow: told["works"][:1]}
    kept[PupilFileRecordRow] = [told["assessments"][1], told["works"][1], *told["records"]]
    with Session(here.workspace._engine) as session:
        for table, facts in kept.items():
            assert all(session.get(table, own.kept_under(one["id"])) for one in facts), table


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("made_at", "2026-11-20T12:00:00Z"),
        ("id", "621EEA73-B63F-4F0A-8A0C-635DCAAA3300"),
        ("classes", [{"year": 1989, "title": "1 «А»", "organisation": ""}]),
        ("people", {}),
        ("stages", {}),
        ("competencies", {"planning": "Планирование"}),
        ("more", 1),
    ],
)
def test_what_the_document_forbids_is_refused(here: House, tmp_path: Path, place: str, value: object) -> None:
    with pytest.raises(WrongInputError, match="составлен с ошибкой"):
        looked(here, {**written(), place: value}, tmp_path)
