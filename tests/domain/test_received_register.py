"""Whatever an organisation sends, one summary of a span counts, and never one that a later one corrects."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.received_register import Receipt, standings
from profdesk.domain.school_year import SchoolYear, Term
from profdesk.domain.senders import KeyRecord, Sender, SenderDraft, SenderKey
from profdesk.domain.span import Span
from profdesk.domain.verification import KeyInfo

NOW = datetime(2026, 11, 26, tzinfo=UTC)
YEAR = SchoolYear(2026)
SPANS = (Span.of_year(YEAR), Span.of_term(YEAR, Term.FIRST))
SENDERS = {"a": Sender("a", SenderDraft(OrganisationKind.SCHOOL, "", "Школа", "Школа"))}
INFO = KeyInfo("Школа", "Школа", "f", NOW - timedelta(days=9), NOW + timedelta(days=9))
KEYS = {"f": SenderKey(KeyRecord("k", "a", b"", "f", NOW, confirmed_at=NOW), INFO)}
NUMBERS = st.integers(1, 4).map(str)


@st.composite
def receipts(draw: st.DrawFn) -> list[Receipt]:
    return [
        Receipt(
            id=str(place),
            sender_id="a",
            number=draw(NUMBERS),
            replaces=draw(st.none() | NUMBERS),
            span=draw(st.sampled_from(SPANS)),
            counted_at=NOW + timedelta(hours=draw(st.integers(0, 3))),
            received_at=NOW,
            sha256="",
            name="",
            fingerprint="f",
            is_withdrawn=draw(st.booleans()),
        )
        for place in range(draw(st.integers(1, 6)))
    ]


@settings(max_examples=60)
@given(receipts())
def test_one_of_a_span_counts_and_never_a_corrected_one(there: list[Receipt]) -> None:
    found = standings(there, SENDERS, KEYS)
    live = [one for one in there if not one.is_withdrawn]
    assert sorted(one.receipt.id for one in found) == sorted(one.id for one in live)
    counted = [one.receipt for one in found if not one.reason]
    assert len({one.span for one in counted}) == len(counted)
    for one in counted:
        assert not any(other.replaces == one.number and other.order > one.order for other in live)
    if live:
        assert max(live, key=lambda one: one.order) in counted
