"""What the register keeps of a certificate draws the same paper again, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from certificate_pages import paper

from profdesk.domain import certificate_data
from profdesk.domain.certificate import CertificateFacts
from profdesk.errors import WrongInputError

Facts = Callable[..., CertificateFacts]
LEVELS = ("preschool", "primary", "basic", "secondary")


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_paper_is_drawn_from_what_was_kept(facts: Facts, level: str) -> None:
    one = replace(facts(level), number="2026-0203")
    kept = certificate_data.to_json(one)
    again = certificate_data.from_json(kept)
    assert certificate_data.to_json(again) == kept
    assert paper([again]) == paper([one])


def test_an_earlier_snapshot_is_told_of() -> None:
    with pytest.raises(WrongInputError, match="прежняя версия"):
        certificate_data.from_json('{"schema":"profdesk-certificate/1"}')
