"""Whatever leaves the workspace by a user's hand is journaled, and the journal of it names no pupil."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from support import FIRST, mark, pupil_ids

import profdesk
from profdesk.domain import audit_words
from profdesk.domain.audit import Area, Wanted
from profdesk.domain.deeds import DeedKind
from profdesk.domain.people import Group
from profdesk.domain.registers import PARTNERS
from profdesk.errors import WrongInputError
from profdesk.services import audit, certificates, deeds, evidence, references, registers
from profdesk.storage.workspace import Workspace

PACKAGE = Path(profdesk.__file__).parent
WRITERS = frozenset({"write", "writing"})
NOTHING_OF_PUPILS = frozenset(
    {
        *("services.files", "services.deeds", "services.key_files", "services.personal_keys", "services.workspaces"),
        *(
            "services.countersigning",
            "services.roster",
            "services.users",
            "services.erasure",
            "gui.certificates.blank_choice",
            "gui.settings.keys_card",
        ),
        *("gui.diagnostics.instruments_view", "gui.gallery_designs", "gui.reference.fields_dialog"),
    }
)
"""They write keys, samples, rules, empty tables, the act of a journaled erasure, or back what was just given."""


def writes(path: Path) -> bool:
    """Whether a module writes files for the user."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return any(
        isinstance(call, ast.Attribute)
        and call.attr in WRITERS
        and isinstance(call.value, ast.Name)
        and call.value.id == "files"
        for call in calls
    )


def test_every_module_that_writes_files_out_journals_it() -> None:
    silent = set()
    for path in [*(PACKAGE / "services").glob("*.py"), *(PACKAGE / "gui").rglob("*.py")]:
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        if writes(path) and "deeds." not in path.read_text(encoding="utf-8") and not path.stem.startswith("demo"):
            silent.add(name)
    signing = {"services.summary", "services.consolidation", "services.certificates"}
    assert silent - signing <= NOTHING_OF_PUPILS


def done(workspace: Workspace) -> list[tuple[str, int]]:
    """What was done, the latest first, and to how many pupils."""
    found = audit.acts(workspace, workspace.actor, Wanted(area=Area.DEEDS)).acts
    return [(audit_words.what(act), act.done[0].count) for act in found]


def test_what_is_written_out_is_journaled_with_whose_it_is(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    actor, ids = workspace.actor, pupil_ids(workspace, group)
    mark(workspace, FIRST, (ids[0], "planning", 2))
    picture = tmp_path / "работа.pdf"
    picture.write_bytes(b"%PDF-1.4 work")
    kept, _ = evidence.add(workspace, actor, ids[0], None, FIRST, [picture])
    registers.export(workspace, actor, PARTNERS, tmp_path / "партнёры.xlsx")
    certificates.export_register(workspace, actor, [], tmp_path / "сертификаты.xlsx")
    (tmp_path / "класс").mkdir()
    references.write_class(workspace, actor, group.id, tmp_path / "класс")
    evidence.open_copy(workspace, actor, kept.kept[0].id)
    assert done(workspace) == [
        ("Открыт файл: подтверждение", 1),
        ("Выгрузка в файл: характеристики класса", 3),
        ("Выгрузка в файл: реестр сертификатов", 0),
        ("Выгрузка в файл: реестр «Партнёры»", 0),
    ]
    (opened, *_) = audit.acts(workspace, actor, Wanted(area=Area.DEEDS)).acts
    assert opened.pupils == (ids[0],)


def test_a_file_that_cannot_be_written_leaves_no_deed(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(WrongInputError):
        deeds.write_out(workspace, workspace.actor, tmp_path / "нет такой папки" / "файл.pdf", b"x", "карточка")
    assert done(workspace) == []


def test_the_name_of_a_pupil_stands_in_no_deed(workspace: Workspace, group: Group, tmp_path: Path) -> None:
    (first, *_) = pupil_ids(workspace, group)
    deeds.write_out(workspace, workspace.actor, tmp_path / "карточка.pdf", b"x", "карточка", [first])
    deeds.record(workspace, workspace.actor, DeedKind.PRINTED, "карточка", [first])
    assert done(workspace) == [("Печать: карточка", 1), ("Выгрузка в файл: карточка", 1)]
