"""The register of issued summaries: exact bytes, corrections, further signatures."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest
from support import FIRST, YEAR

from profdesk.domain.span import Span
from profdesk.domain.summary import Replaced
from profdesk.errors import NotFoundError, WorkspaceError, WrongInputError
from profdesk.services import issued_summaries, summary
from profdesk.storage.workspace import Workspace


def issue(workspace: Workspace, span: Span | None = None, replaces: Replaced | None = None) -> summary.SignedSummary:
    counted = summary.compute(workspace, workspace.actor, YEAR)
    if span is not None:
        counted = dataclasses.replace(counted, span=span)
    return summary.sign(workspace, workspace.actor, counted, lambda _: None, replaces)[0]


def numbered(signed: summary.SignedSummary) -> str:
    assert signed.summary.number is not None
    return signed.summary.number


def test_the_register_gives_back_the_exact_bytes_and_tells_of_a_spoiled_row(workspace: Workspace) -> None:
    signed = issue(workspace)
    (line,) = issued_summaries.register(workspace, workspace.actor)
    assert (line.number, line.span, line.actor) == (numbered(signed), Span.of_year(YEAR), workspace.actor.id)
    assert line.sha256 == hashlib.sha256(signed.pdf).hexdigest()
    assert issued_summaries.document(workspace, workspace.actor, line.number) == signed.pdf
    with workspace._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE issued_summary SET document = ?", (signed.pdf[:-1] + b"!",))
    with pytest.raises(WorkspaceError, match="испорчена"):
        issued_summaries.document(workspace, workspace.actor, line.number)
    with pytest.raises(NotFoundError, match="2020/77"):
        issued_summaries.document(workspace, workspace.actor, "2020/77")


def test_a_correction_takes_the_place_of_a_summary_of_the_same_span(workspace: Workspace) -> None:
    first = issue(workspace)
    number = numbered(first)
    wrong = Replaced(number, "  исправлено число  обученных ")
    term = Span.of_term(YEAR, FIRST.term)
    with pytest.raises(WrongInputError, match="нужен тот же период"):
        issue(workspace, term, wrong)
    with pytest.raises(WrongInputError, match="что исправлено"):
        issue(workspace, replaces=Replaced(number, " "))
    with pytest.raises(NotFoundError):
        issue(workspace, replaces=Replaced("2020/77", "нет такой"))
    second = issue(workspace, replaces=wrong)
    assert second.summary.replaces == Replaced(number, "исправлено число обученных")
    fresh, former = issued_summaries.register(workspace, workspace.actor, YEAR)
    assert (fresh.number, fresh.replaces, fresh.state) == (numbered(second), second.summary.replaces, "действует")
    assert former.replaced_by == Replaced(fresh.number, "исправлено число обученных")
    assert former.state == f"заменена № {fresh.number}"
    assert issued_summaries.document(workspace, workspace.actor, number) == first.pdf
    with pytest.raises(WrongInputError, match=f"уже заменена сводкой № {fresh.number}"):
        issue(workspace, replaces=wrong)
    assert len(issued_summaries.register(workspace, workspace.actor)) == 2
    assert former.matches(f"заменена {number}")
    assert not issued_summaries.register(workspace, workspace.actor, YEAR.previous)
