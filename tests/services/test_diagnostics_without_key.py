"""Every verb of diagnostics on a workspace opened without the psychologists' key: a sentence, and nothing told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from inspect import getmembers, isfunction, signature
from pathlib import Path
from types import ModuleType

import pytest
from diagnostic_school import DAY, INCLINATIONS, TEACHER, TEACHERS_PASSWORD, add_class, add_teacher, new_workspace
from support import YEAR

from profdesk.domain.answer_table import AnswerTable
from profdesk.domain.diagnostics import Released
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.errors import AccessError
from profdesk.services import (
    answer_files,
    conclusions,
    diagnostic_papers,
    diagnostics,
    instruments,
    pupil_screen,
    pupils,
    talks,
)
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

MODULES = (answer_files, conclusions, diagnostic_papers, diagnostics, pupil_screen, talks)
FOR_EVERYBODY = {conclusions.told, diagnostics.candidates}
"""Days and released words; a class with the consents that coordinators themselves enter."""


def verbs(module: ModuleType) -> Iterator[Callable[..., object]]:
    """The module's own functions that take a workspace and an actor."""
    for name, verb in getmembers(module, isfunction):
        takes = list(signature(verb).parameters)[:2]
        if verb.__module__ == module.__name__ and not name.startswith("_") and takes == ["workspace", "actor"]:
            yield verb


VERBS = [verb for module in MODULES for verb in verbs(module) if verb not in FOR_EVERYBODY]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    workspace = new_workspace(tmp_path / "школа")
    add_class(workspace)
    add_teacher(workspace)
    found = storage.open_workspace(workspace.path, TEACHER.id, TEACHERS_PASSWORD)
    yield found
    found.close()


@pytest.fixture
def given(opened: Workspace, tmp_path: Path) -> dict[str, object]:
    """Something for every parameter that a verb may have."""
    instrument = instruments.called(INCLINATIONS)
    path = tmp_path / "методика.toml"
    path.write_text(instruments.source(instrument) or "", encoding="utf-8")
    table = tmp_path / "тексты.csv"
    head, *lines = instruments.template(instrument, as_workbook=False).decode("utf-8-sig").splitlines()
    table.write_text("\n".join([head, *(f"{line}слова" for line in lines)]), encoding="utf-8")
    there = pupils.pupils(opened, opened.actor, YEAR)
    nothing = AnswerTable(instrument, (), (), (), ())
    return {
        "instrument": instrument,
        "pupils": there,
        "held_on": DAY,
        "day": DAY,
        "year": YEAR,
        "path": path,
        "words": "слова",
        "draft": "слова",
        "reason": "спешил",
        "answers": {1: "a"},
        "attendance": None,
        "group_id": there[0].group.id if there[0].group else "",
        "pupil_id": there[0].id,
        "sheet_id": "s",
        "session_id": "s",
        "talk_id": "t",
        "released": Released("r", there[0].id, "s", DAY, "слова", "a", datetime.now(UTC)),
        "entry": TalkEntry(TalkKind.CONSULTATION, date(2026, 11, 20), there[0].id, words="слова"),
        "found": nothing,
        "table": table,
    }


def test_every_module_has_verbs_to_try() -> None:
    assert len(VERBS) > 30


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: f"{verb.__module__.rpartition('.')[2]}.{verb.__name__}")
def test_verb_refuses_in_a_sentence(verb: Callable[..., object], opened: Workspace, given: dict[str, object]) -> None:
    wanted = [one for one in signature(verb).parameters.values() if one.default is one.empty]
    chosen = {one.name: given[one.name] for one in wanted[2:]}
    if verb is diagnostics.add_wording:
        chosen["path"] = given["table"]
    with pytest.raises(AccessError) as refused:
        verb(opened, opened.actor, **chosen)
    assert refused.value.message == "У вас нет права вести диагностику. Его имеют: владелец, психолог."


def test_what_is_for_everybody_tells_days_and_released_words_alone(opened: Workspace) -> None:
    told = conclusions.told(opened, opened.actor, pupils.pupils(opened, opened.actor, YEAR)[0].id)
    assert (told.held, told.released) == ((), ())
