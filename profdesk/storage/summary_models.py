"""The tables of summaries: those issued, and in a department the organisations that send theirs."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from profdesk.storage.models import BusinessRow


class SummaryRow(BusinessRow):
    """A signed summary, byte for byte; ``replaces`` is the number of the one it corrects."""

    __tablename__ = "issued_summary"

    number: Mapped[str]
    issue_year: Mapped[int]
    series: Mapped[str] = mapped_column(default="")
    """Of the computer that gave the number; each counts its own."""
    sequence: Mapped[int]
    school_year: Mapped[int]
    issued_at: Mapped[str]
    sha256: Mapped[str]
    document: Mapped[bytes] = mapped_column(LargeBinary)
    actor: Mapped[str]
    span: Mapped[str]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    replaces: Mapped[str | None]
    reason: Mapped[str]


class SummarySignatureRow(BusinessRow):
    """A further signature of an issued summary: bytes appended to the document, or a file that lies beside it."""

    __tablename__ = "summary_signature"
    __table_args__ = (Index("ix_summary_signature_number", "number"),)

    number: Mapped[str]
    place: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    signers: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    withdrawn_at: Mapped[str | None]


class ToldFigureRow(BusinessRow):
    """What an organisation was told of an indicator that its own records cannot answer, in a school year."""

    __tablename__ = "told_figure"
    __table_args__ = (UniqueConstraint("school_year", "indicator"),)

    school_year: Mapped[int]
    indicator: Mapped[str]
    numerator: Mapped[int]
    denominator: Mapped[int]
    source: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]


class SenderRow(BusinessRow):
    """An organisation that a department expects summaries from."""

    __tablename__ = "sender"

    kind: Mapped[str]
    legal_form: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str]
    telephone: Mapped[str]
    note: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]
    withdrawn_at: Mapped[str | None]


class SenderKeyRow(BusinessRow):
    """A key of an organisation; it counts once it is confirmed and until it is revoked, by the department's clock."""

    __tablename__ = "sender_key"
    __table_args__ = (UniqueConstraint("fingerprint"), Index("ix_sender_key_sender_id", "sender_id"))

    sender_id: Mapped[str] = mapped_column(ForeignKey("sender.id"))
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    fingerprint: Mapped[str]
    received_at: Mapped[str]
    confirmed_at: Mapped[str | None]
    confirmed_with: Mapped[str]
    revoked_at: Mapped[str | None]
    revoked_reason: Mapped[str]
    actor: Mapped[str]


class ReceivedSummaryRow(BusinessRow):
    """A summary that an organisation sent, byte for byte, with the data inside it as they were read.

    ``replaces`` is the number of the organisation's summary that it corrects.
    """

    __tablename__ = "received_summary"
    __table_args__ = (UniqueConstraint("sha256"), Index("ix_received_summary_school_year", "school_year"))

    sender_id: Mapped[str] = mapped_column(ForeignKey("sender.id"))
    number: Mapped[str]
    replaces: Mapped[str | None]
    school_year: Mapped[int]
    span: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    counted_at: Mapped[str]
    sha256: Mapped[str]
    name: Mapped[str]
    document: Mapped[bytes] = mapped_column(LargeBinary)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    fingerprint: Mapped[str]
    received_at: Mapped[str]
    actor: Mapped[str]
    withdrawn_at: Mapped[str | None]
