"""Summaries that invented schools sign, for whoever takes them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from published_schools import school

from profdesk.documents.summary_pdf import summary_pdf
from profdesk.domain import key_file, summary_data
from profdesk.domain.key_file import KeyFile
from profdesk.domain.published import publish
from profdesk.domain.senders import SenderDraft
from profdesk.domain.summary import Summary
from profdesk.services import received, senders
from profdesk.signing import keys, parcel
from profdesk.signing.keys import SigningKey
from profdesk.signing.pdf import sign
from profdesk.storage.workspace import Workspace

COUNTED = datetime(2026, 11, 16, 12, tzinfo=UTC)


def of_school(which: int, **changed: object) -> Summary:
    made = school(Random(which), 30)  # noqa: S311  # a school to look at, not a key
    named = replace(made.organisation, name=f"Школа № {which}", short_name=f"Школа № {which}")
    fields: Mapping[str, object] = {"organisation": named, "number": "2026/01", "counted_at": COUNTED, **changed}
    return replace(made, **fields)  # type: ignore[arg-type]


def key_of(which: int, spare: int = 0) -> SigningKey:
    """The school's key; ``spare`` tells several apart."""
    return _made(which, spare)


@cache
def _made(which: int, _spare: int) -> SigningKey:
    organisation = of_school(which).organisation
    return keys.make_key(organisation.full_name, organisation.short_name, datetime.now(UTC) - timedelta(days=400))


def key_file_of(which: int, *persons: bytes) -> bytes:
    """The key file that the school sends to its department, with certificates of persons."""
    own, key = of_school(which).organisation, key_of(which)
    names = (own.kind, own.legal_form, own.name, own.short_name, own.municipality)
    told = KeyFile(*names, (key.certificate_pem, *persons), COUNTED)
    return parcel.seal(key_file.to_json(told), key, COUNTED)


def signed(summary: Summary, key: SigningKey) -> bytes:
    told = publish(summary)
    return sign(summary_pdf(told, summary_data.to_json(told)), key, reason="Сводка", at=COUNTED)


def come(desk: Workspace, folder: Path, *schools: int, **changed: object) -> None:
    """Let schools send, the department calling each «Своя № …» in its list."""
    folder.mkdir(exist_ok=True)
    for which in schools:
        own = of_school(which).organisation
        names = [one.sender.name for one in senders.listed(desk, desk.actor)]
        if f"Своя № {which}" not in names:
            draft = SenderDraft(own.kind, own.legal_form, own.name, f"Своя № {which}")
            sender, *_ = senders.add(desk, desk.actor, draft)
            key, _ = senders.take_key(desk, desk.actor, sender.id, key_of(which).certificate_pem)
            senders.confirm(desk, desk.actor, key.record.id, "директор")
        (folder / f"{which}.pdf").write_bytes(signed(of_school(which, **changed), key_of(which)))
    received.take(desk, desk.actor, [folder])
