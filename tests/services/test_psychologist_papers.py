"""The verbs of the psychologist's papers on a real workspace; nothing of them stays in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from paper_checks import raw_pages
from support import CHEAP, PASSWORD, YEAR, state

from profdesk.domain.access import Actor, Role
from profdesk.domain.consents import ConsentKind
from profdesk.domain.people import Group
from profdesk.errors import AccessError, WrongInputError
from profdesk.services import consents, diagnostic_papers, diagnostics, instruments
from profdesk.storage import opening as storage
from profdesk.storage import vault
from profdesk.storage.workspace import Workspace

DAY = date(2026, 11, 20)


def planned(workspace: Workspace, group: Group, code: str) -> str:
    actor = workspace.actor
    with workspace.unit(actor) as unit:
        pupils = list(unit.pupils.in_group(group.id))
    consents.give(workspace, actor, [one.id for one in pupils], ConsentKind.PSYCHOLOGICAL, date(2026, 9, 1))
    made, _ = diagnostics.plan(workspace, actor, instruments.called(code), pupils, DAY, "каб. 12", group.name.title)
    return made.id


def answer(workspace: Workspace, session: str, answers: dict[int, str | None]) -> None:
    view = diagnostics.session(workspace, workspace.actor, session)
    for one in view.sheets:
        diagnostics.put_answers(workspace, workspace.actor, view.instrument, one.sheet.id, answers)


def test_papers_are_drawn_from_the_workspace_and_leave_nothing_in_it(
    workspace: Workspace, group: Group, tmp_path: Path
) -> None:
    actor = workspace.actor
    session = planned(workspace, group, "yovaysha_rezapkina_24")
    answer(workspace, session, dict.fromkeys(range(1, 25), "a"))
    before = state(workspace)
    surnames = ("Абрамова", "Белов", "Ёлкина")
    for verb in (diagnostic_papers.answer_sheets, diagnostic_papers.protocol, diagnostic_papers.class_report):
        text = " ".join(raw_pages(verb(workspace, actor, session), tmp_path))
        assert all(surname in text for surname in surnames)
    text = " ".join(raw_pages(diagnostic_papers.leaflets(workspace, actor, session), tmp_path))
    assert all(f"{given}, это твой профиль" in text for given in ("Полина", "Матвей", "Дарья"))
    assert "каб. 12" in " ".join(raw_pages(diagnostic_papers.journal(workspace, actor, YEAR), tmp_path))
    assert diagnostic_papers.results_workbook(workspace, actor, session).startswith(b"PK")
    assert state(workspace) == before
    text = " ".join(raw_pages(diagnostic_papers.protocol(workspace, actor, session), tmp_path))
    assert actor.name in text
    assert "Абрамова Полина Игоревна" in text


def test_leaflets_are_drawn_for_chosen_sheets_and_refused_with_a_reason(workspace: Workspace, group: Group) -> None:
    actor = workspace.actor
    session = planned(workspace, group, "ddo_klimov_20")
    with pytest.raises(WrongInputError, match="полных бланков нет"):
        diagnostic_papers.leaflets(workspace, actor, session)
    answer(workspace, session, dict.fromkeys(range(1, 21), "a"))
    chosen = diagnostics.session(workspace, actor, session).sheets[1].sheet.id
    one = diagnostic_papers.leaflets(workspace, actor, session, [chosen])
    assert len(one) < len(diagnostic_papers.leaflets(workspace, actor, session))
    ranked = planned(workspace, group, "rokeach_18_18")
    with pytest.raises(WrongInputError, match="Загрузите тексты"):
        diagnostic_papers.leaflets(workspace, actor, ranked)
    with pytest.raises(WrongInputError, match="записи беседы"):
        diagnostic_papers.leaflets(workspace, actor, planned(workspace, group, "early_records"))


def test_who_is_no_psychologist_draws_none(workspace: Workspace, group: Group) -> None:
    session = planned(workspace, group, "ddo_klimov_20")
    keys = vault.load(workspace.path).unlock(workspace.actor.id, PASSWORD)
    teacher = Actor("teacher", "Седова Ольга", "учитель", frozenset({Role.TEACHER}))
    vault.save(workspace.path, vault.load(workspace.path).with_user(teacher, "пароль-учителя", keys, CHEAP))
    workspace.close()
    opened = storage.open_workspace(workspace.path, teacher.id, "пароль-учителя")
    for verb in (
        diagnostic_papers.answer_sheets,
        diagnostic_papers.protocol,
        diagnostic_papers.class_report,
        diagnostic_papers.leaflets,
        diagnostic_papers.results_workbook,
    ):
        with pytest.raises(AccessError, match="права вести диагностику"):
            verb(opened, opened.actor, session)
    with pytest.raises(AccessError, match="права вести диагностику"):
        diagnostic_papers.journal(opened, opened.actor, YEAR)
    opened.close()
