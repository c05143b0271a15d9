"""A folder from elsewhere may hold whatever somebody wrote into it: nothing outside it is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from support import PASSWORD

from profdesk.errors import DamagedError, WorkspaceError
from profdesk.storage import backup, copies_state, in_use, manifest, mark, sealing, swap, vault
from profdesk.storage import opening as storage
from profdesk.storage.workspace import Workspace

INFINITE = "1e999"
NEVER = "9999-12-31T23:59:59-14:00"


def test_a_plan_of_exchange_names_parts_of_the_workspace_alone(tmp_path: Path) -> None:
    folder, outside = tmp_path / "школа", tmp_path / "чужое"
    (folder / ".next").mkdir(parents=True)
    outside.mkdir()
    (outside / "письмо.txt").write_text("важное", encoding="utf-8")
    (folder / "desk.db").write_bytes(b"old")
    (folder / ".next" / "desk.db").write_bytes(b"new")
    (folder / ".next" / "x").write_bytes(b"x")
    plan = {"put": ["desk.db", "x", "../чужое/x"], "gone": ["../чужое", str(outside), "письмо.txt"]}
    (folder / ".next" / "swap.json").write_text(json.dumps(plan), encoding="utf-8")
    swap.finish(folder)
    assert (folder / "desk.db").read_bytes() == b"new"
    assert [path.name for path in outside.iterdir()] == ["письмо.txt"]
    assert not (folder / "x").exists()


@pytest.mark.parametrize("plan", ["", "[", "[" * 100_000, "{}", "[]", '{"put": 1, "gone": 2}'])
def test_a_plan_that_is_none_is_told(tmp_path: Path, plan: str) -> None:
    (tmp_path / ".next").mkdir()
    (tmp_path / ".next" / "swap.json").write_text(plan, encoding="utf-8")
    with pytest.raises(WorkspaceError, match="из копии"):
        swap.finish(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"format":' * 50_000, " " * 5_000_000, "null", '{"format": 2, "workspace": "x", "slots": []}'],
)
def test_a_vault_of_brackets_or_without_end_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / vault.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError):
        vault.load(tmp_path)


@pytest.mark.parametrize("cost", [(16 << 20, 1, 1), (64, 4_000_000_000, 1), (1 << 20, 3, 100_000)])
def test_a_password_costs_no_more_than_one_written_here(cost: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidTag):
        sealing.derive("пароль-пароль", "AAAAAAAAAAAAAAAAAAAAAA==", *cost)


@pytest.mark.parametrize(
    "text",
    [
        f'[{INFINITE}, [1, "aa", "2026-11-26T00:00:00+00:00"], null]',
        f'[1, [{INFINITE}, "aa", "2026-11-26T00:00:00+00:00"], null]',
        f'[1, [{10**30}, "aa", "2026-11-26T00:00:00+00:00"], null]',
        '[1, [1, "aa", "2026-11-26"], null]',
    ],
)
def test_a_mark_that_no_program_wrote_hinders_no_opening(workspace: Workspace, folder: Path, text: str) -> None:
    workspace.close()
    (folder / mark.FILE).write_bytes(f"{'0' * 64} {text}".encode().ljust(511) + b"\n")
    storage.open_workspace(folder, None, PASSWORD).close()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", INFINITE),
        ("made_at", '"2026-11-26"'),
        ("made_at", f'"{NEVER}"'),
        ("holds", '{"pupils": "x", "assessments": 1, "sessions": null}'),
        ("holds", '{"pupils": [], "assessments": 1, "sessions": null}'),
    ],
)
def test_a_copy_with_a_manifest_that_no_program_wrote_is_listed(workspace: Workspace, field: str, value: str) -> None:
    workspace.back_up("проверка")
    copy = workspace.back_up("проверка")
    raw = json.loads((copy / manifest.FILE).read_text(encoding="utf-8"))
    text = json.dumps({**raw, field: "HERE"}).replace('"HERE"', value)
    (copy / manifest.FILE).write_text(text, encoding="utf-8")
    assert manifest.read(copy) is None
    assert copy in [one.folder for one in backup.all_of(workspace.path)]


def test_who_has_it_open_and_what_failed_are_told_without_a_moment_that_is_none(tmp_path: Path) -> None:
    for moment in (NEVER, "2026-11-26", "0001-01-01T00:00:00+14:00"):
        told = {"user": "Климова Татьяна", "computer": "учительская", "since": moment}
        (tmp_path / in_use.FILE).write_text(json.dumps(told), encoding="utf-8")
        assert "уже открыта в другом окне" in in_use.told(tmp_path)
        place = tmp_path / backup.FOLDER
        place.mkdir(exist_ok=True)
        state = {"failure": {"at": moment, "told": "x"}, "trial": {"at": moment, "copy": "", "whole": True, "told": ""}}
        (place / "state.json").write_text(json.dumps(state), encoding="utf-8")
        assert copies_state.failure(tmp_path) is None
        assert copies_state.trial(tmp_path) is None


@pytest.mark.parametrize(("name", "value"), [("memory", 256 * 1024), ("passes", 0), ("lanes", -1)])
def test_a_cost_that_no_program_wrote_is_damage_and_no_wrong_password(
    workspace: Workspace, folder: Path, name: str, value: int
) -> None:
    workspace.close()
    raw = json.loads((folder / vault.FILE).read_text(encoding="utf-8"))
    del raw["sha256"]
    raw["slots"][0][name] = value
    (folder / vault.FILE).write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(DamagedError):
        vault.load(folder)


def test_a_computer_without_memory_is_told_from_a_wrong_password(
    workspace: Workspace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.close()

    def starved(**_: object) -> Argon2id:
        raise MemoryError

    monkeypatch.setattr(sealing, "Argon2id", starved)
    with pytest.raises(WorkspaceError, match="не хватает памяти"):
        storage.open_workspace(folder, None, PASSWORD)
    monkeypatch.undo()
    again = storage.open_workspace(folder, None, PASSWORD)
    assert again.refused_before == 0
    again.close()
