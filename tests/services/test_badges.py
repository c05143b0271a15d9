"""Badges written from the register, and proven: by known keys, by what the register says, on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support import pupil_ids

from profdesk.domain import certificate_data
from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import Group, PersonName
from profdesk.domain.verification import Verdict
from profdesk.errors import AccessError, CancelledError, NotFoundError, WrongInputError
from profdesk.services import badges, certificates, consents, keys, verification
from profdesk.signing import keys as signing_keys
from profdesk.signing import open_badge
from profdesk.signing.keys import SigningKey
from profdesk.storage.workspace import Workspace


@pytest.fixture
def numbers(workspace: Workspace, group: Group, tmp_path: Path) -> tuple[str, ...]:
    ids = pupil_ids(workspace, group)
    consents.give(workspace, workspace.actor, ids, ConsentKind.PUBLICATION, date(2026, 9, 1))
    return tuple(certificates.issue(workspace, workspace.actor, group.id, ids, tmp_path / "7А.pdf")[0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "значки"
    made.mkdir()
    return made


def export(workspace: Workspace, numbers: tuple[str, ...], folder: Path) -> list[Path]:
    return list(badges.export(workspace, workspace.actor, numbers, folder))


def test_badges_of_a_class_are_named_and_proven(workspace: Workspace, numbers: tuple[str, ...], folder: Path) -> None:
    written = export(workspace, numbers, folder)
    assert [path.name for path in written] == [
        "7 А Абрамова Полина.json",
        "7 А Белов Матвей.json",
        "7 А Ёлкина Дарья.json",
    ]
    for number, path in zip(numbers, written, strict=True):
        answer = verification.verify_badge(path)
        assert answer.claim is not None
        assert (answer.verdict, answer.claim.number, answer.looked_up) == (Verdict.TRUSTED, number, False)
        assert answer.lines[3][0] != "Компетенция 4"
    again = export(workspace, numbers, folder)
    assert again[1].name == "7 А Белов Матвей (2).json"
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in written]


def test_the_register_says_what_became_of_it(workspace: Workspace, numbers: tuple[str, ...], folder: Path) -> None:
    path = folder / "значок.json"
    badges.export_one(workspace, workspace.actor, numbers[1], path)
    assert verification.verify_badge_here(workspace, workspace.actor, path).standing == "действует"
    certificates.withdraw(workspace, workspace.actor, numbers[1], "ошибка в фамилии")
    answer = verification.verify_badge_here(workspace, workspace.actor, path)
    assert (answer.verdict, answer.withdrawn) == (Verdict.TRUSTED, True)
    with pytest.raises(WrongInputError, match=rf"№ {numbers[1]} отозван \d\d\.\d\d\.\d{{4}}: значок по нему"):
        badges.export_one(workspace, workspace.actor, numbers[1], path)


def test_without_the_key_nothing_is_proven(workspace: Workspace, numbers: tuple[str, ...], folder: Path) -> None:
    (path, *_) = export(workspace, numbers, folder)
    (own,) = keys.known()
    keys.forget([own])
    answer = verification.verify_badge(path)
    assert (answer.verdict, answer.key) == (Verdict.UNKNOWN_KEY, None)
    assert answer.claim is not None
    path.write_bytes(path.read_bytes().replace("Абрамова".encode(), "Абрамова-".encode()))
    assert verification.verify_badge(path).verdict is Verdict.REFUSED


def test_words_of_another_pupil_are_refused(workspace: Workspace, numbers: tuple[str, ...], folder: Path) -> None:
    with workspace.unit(workspace.actor) as unit:
        facts = certificate_data.from_json(unit.certificates.snapshot(numbers[0]))
        key = SigningKey(unit.keys.private(), unit.keys.certificate())
    path = folder / "значок.json"
    path.write_bytes(open_badge.write(replace(facts, pupil=PersonName("Ким", "Ян")), key))
    answer = verification.verify_badge(path)
    assert (answer.verdict, answer.claim) == (Verdict.REFUSED, None)
    assert answer.reason == "Значок говорит не то, что код сертификата в нём. Не сходится: имя."
    stranger = signing_keys.make_key("Лицей № 3", "Лицей № 3", datetime.now(UTC))
    path.write_bytes(open_badge.write(facts, stranger))
    assert verification.verify_badge(path).reason.startswith("Значок изменён")


def test_a_batch_that_is_stopped_or_fails_leaves_nothing(
    workspace: Workspace, numbers: tuple[str, ...], folder: Path
) -> None:
    def stop_at_the_last(done: int, total: int) -> None:
        if done == total - 1:
            raise CancelledError

    with pytest.raises(CancelledError):
        badges.export(workspace, workspace.actor, numbers, folder, progress=stop_at_the_last)
    with pytest.raises(NotFoundError):
        export(workspace, (*numbers, "1999-0001"), folder)
    assert not list(folder.iterdir())
    with pytest.raises(WrongInputError, match="Папка"):
        export(workspace, numbers, folder / "нет")


def test_badges_stand_or_fall_with_the_papers_they_lie_beside(
    workspace: Workspace, group: Group, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "7 а БЕЛОВ матвей.json").write_bytes(b"")
    ids = pupil_ids(workspace, group)
    with pytest.raises(WrongInputError, match="Нет согласия на публикацию: Абрамова Полина, Белов Матвей, Ёлкина"):
        certificates.issue_each(workspace, workspace.actor, group.id, ids, folder, with_badges=True)
    consents.give(workspace, workspace.actor, ids, ConsentKind.PUBLICATION, date(2026, 9, 1))

    def fail(_: object, number: str) -> bytes:
        raise WrongInputError(f"no badge {number}")

    with monkeypatch.context() as broken:
        broken.setattr(badges, "of_issued", fail)
        with pytest.raises(WrongInputError, match="no badge"):
            certificates.issue_each(workspace, workspace.actor, group.id, ids, folder, with_badges=True)
    assert len(list(folder.iterdir())) == 1
    assert not certificates.register(workspace, workspace.actor)
    made, _ = certificates.issue_each(workspace, workspace.actor, group.id, ids, folder, with_badges=True)
    badge = folder / "7 А Белов Матвей (2).json"
    answer = verification.verify_badge(badge)
    assert answer.claim is not None
    assert (answer.verdict, answer.claim.number) == (Verdict.TRUSTED, made[1])
    badges.export_one(workspace, workspace.actor, made[1], folder / "ещё раз.json")
    assert (folder / "ещё раз.json").read_bytes() == badge.read_bytes()


def test_who_may_not_sign_may_not_give_badges(workspace: Workspace, numbers: tuple[str, ...], folder: Path) -> None:
    with workspace.unit(workspace.actor) as unit:
        unit.keys._seal = None
        with pytest.raises(AccessError, match="Подписывать может"):
            badges.of_issued(unit, numbers[0])


def test_the_command_tells_what_was_certified(workspace: Workspace, numbers: tuple[str, ...], folder: Path) -> None:
    (path, *_) = export(workspace, numbers, folder)
    (folder / "ключ.pem").write_bytes(keys.certificate(workspace, workspace.actor))

    def shell(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "profdesk", "verify", path, *words]
        return subprocess.run(
            [*map(str, command)], capture_output=True, text=True, encoding="utf-8", check=False, timeout=60
        )

    told = shell("--key", folder / "ключ.pem")
    assert (told.returncode, told.stdout.partition("\n")[0]) == (0, "Значок подлинный.")
    assert "Кому: Абрамова Полина Игоревна, 7 «А», 2026/27 учебный год" in told.stdout
    (answer,) = json.loads(shell("--json").stdout)
    assert answer["claim"]["number"] == numbers[0]
    path.write_text("{}", encoding="utf-8")
    refused = shell()
    assert (refused.returncode, refused.stdout.partition("\n")[0]) == (2, "Значок не принят.")
