"""Consents entered by whoever is handed the papers, and taken back."""

from __future__ import annotations

from pathlib import Path

from diagnostic_school import DAY, TEACHER, TEACHERS_PASSWORD, add_teacher, new_workspace
from support import YEAR

from profdesk.domain.changes import Kind
from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import GroupName, PersonName
from profdesk.services import batches, consents, pupils
from profdesk.storage import opening as storage

KIND = ConsentKind.PSYCHOLOGICAL


def test_a_teacher_without_the_psychologists_key_enters_consents_and_takes_them_back(tmp_path: Path) -> None:
    workspace = new_workspace(tmp_path / "школа")
    with workspace.unit(workspace.actor) as unit:
        group = unit.pupils.ensure_group(GroupName("8 «Б»", 8, "Б"), "basic", YEAR)
        for surname in ("Алексеева", "Баранов", "Власов"):
            unit.pupils.enrol(unit.pupils.add(PersonName(surname, "Саша"), DAY.replace(2012), None), group.id, YEAR)
    add_teacher(workspace)
    opened = storage.open_workspace(workspace.path, TEACHER.id, TEACHERS_PASSWORD)
    ids = [one.id for one in pupils.pupils(opened, opened.actor, YEAR)]
    assert [one.id for one in consents.missing(opened, opened.actor, ids[:2], KIND, DAY)] == ids[:2]
    step, changes = consents.give(opened, opened.actor, ids[1:], KIND, DAY)
    assert (step.words, step.records) == ("записано 2 согласия", tuple(ids[1:]))
    assert changes.touches(Kind.CONSENTS)
    assert [one.id for one in consents.missing(opened, opened.actor, ids, KIND, DAY)] == ids[:1]
    assert step.batch is not None
    _, turned = batches.turn_back(opened, opened.actor, step.batch)
    assert turned.touches(Kind.CONSENTS)
    assert [one.id for one in consents.missing(opened, opened.actor, ids, KIND, DAY)] == ids
    opened.close()
