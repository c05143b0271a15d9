"""The demonstration department shows each thing that can become of a summary."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from profdesk.domain.received_answers import State
from profdesk.domain.senders import KeyState
from profdesk.services import demo_department, issued_summaries, received, senders
from profdesk.services.demo import password


@pytest.mark.slow
def test_each_thing_that_can_become_of_a_summary_is_there(tmp_path: Path) -> None:
    made = demo_department.build(tmp_path, password(), lambda *_: None)
    desk = made.workspace
    span, before = received.spans(desk, desk.actor)
    assert span.previous == before
    now = received.of_span(desk, desk.actor, span)
    assert [one.name for one in now.missing] == ["Лицей № 21", "Сад «Солнышко»", "Сад «Теремок»"]
    correction = next(one.receipt.number for one in now.counted if one.receipt.replaces)
    assert [one.reason for one in now.not_counted] == [f"исправлена сводкой № {correction}"]
    assert sum(bool(one.note) for one in now.counted) == 1
    then = received.of_span(desk, desk.actor, before)
    assert len(then.counted) == 7
    at = datetime.now(UTC)
    states = [one.state(at) for one in senders.listed(desk, desk.actor)]
    good = [KeyState.GOOD] * 6
    assert sorted(state for state in states if state) == sorted([*good, KeyState.WAITING, KeyState.REVOKED])
    (signed,) = issued_summaries.register(desk, desk.actor)
    assert (signed.span, len(list(tmp_path.glob("Свод*.pdf")))) == (before, 1)
    answers, _ = received.take(desk, desk.actor, made.mail)
    assert [one.state for one in answers] == [
        State.TAKEN, State.REFUSED, State.WAITING, State.REVOKED, State.UNLISTED,
    ]  # fmt: skip
    desk.close()
