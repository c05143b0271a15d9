"""A rule of the programme that changes counts the next summary and leaves every issued one as it is."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

from pypdfium2 import PdfDocument
from support import CODES, FIRST, YEAR, mark, pupil_ids

from profdesk import assets
from profdesk.domain.people import Group
from profdesk.domain.span import Span
from profdesk.domain.verification import Verdict
from profdesk.services import issued_summaries, programmes, summary
from profdesk.storage.workspace import Workspace

RULE = ('code = "PF-3"', "edition = 1", 'measure = "portfolio_complete"')
CHANGED = ('code = "PF-3"', "edition = 2", 'measure = "portfolio_begun"')


def issued(workspace: Workspace) -> tuple[str, bytes, dict[str, Any]]:
    """Sign a summary: its number, its bytes, and the data of the indicator of that rule."""
    counted = summary.compute(workspace, workspace.actor, Span.of_year(YEAR))
    signed, _ = summary.sign(workspace, workspace.actor, counted, lambda _: None)
    with PdfDocument(BytesIO(signed.pdf)) as document:
        data = json.loads(bytes(document.get_attachment(0).get_data()))
    (told,) = (one for one in data["indicators"] if one["rule"]["code"] == "PF-3")
    return signed.summary.number or "", signed.pdf, {**told, "programme": data["programme"]["sha256"]}


def test_a_changed_rule_leaves_what_was_issued(workspace: Workspace, group: Group) -> None:
    with workspace.unit(workspace.actor) as unit:
        others = [unit.pupils.add(one.name, one.birth_date, None) for one in unit.pupils.in_group(group.id) * 3]
        for pupil in others:
            unit.pupils.enrol(pupil, group.id, YEAR)
    begun = pupil_ids(workspace, group)[:7]
    mark(workspace, FIRST, *((pupil, code, 2) for pupil in begun for code in CODES))
    number, before, told = issued(workspace)
    assert (told["rule"]["edition"], told["numerator"], told["denominator"]) == (1, 0, 12)
    (line,) = issued_summaries.register(workspace, workspace.actor)
    text = assets.resource("programmes", "artemovsky-2022-2025.toml").read_text(encoding="utf-8")
    assert text.count("\n".join(RULE)) == 1
    changed = text.replace("\n".join(RULE), "\n".join(CHANGED))
    programmes.take(workspace, workspace.actor, changed.encode(), "программа.toml")
    again, after, now = issued(workspace)
    assert (now["rule"]["edition"], now["numerator"], now["denominator"]) == (2, 7, 12)
    assert now["programme"] != told["programme"]
    assert after != before
    assert list(issued_summaries.register(workspace, workspace.actor))[1:] == [replace(line, newer=again)]
    assert issued_summaries.document(workspace, workspace.actor, number) == before
    assert issued_summaries.document(workspace, workspace.actor, again) == after
    checked = issued_summaries.check(workspace, workspace.actor, number)
    assert checked.document.verdict is Verdict.TRUSTED
    with PdfDocument(BytesIO(after)) as paper:
        words = " ".join(page.get_textpage().get_text_bounded() for page in paper).replace("\u00a0", " ")
    assert "Правило PF-3, редакция 2." in " ".join(words.split())
