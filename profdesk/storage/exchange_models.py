"""The tables of several computers: which there are, what was corrected or settled, and what this one keeps for itself.

Rows of this computer alone (``Base``) are not journaled and travel nowhere.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from profdesk.storage.models import Base, BusinessRow

_ID = String(36)
_PSY = {"schema": "psy"}


class ComputerRow(BusinessRow):
    """A computer that works on the records; the id names its chains of the journals."""

    __tablename__ = "computer"

    name: Mapped[str]
    person: Mapped[str | None] = mapped_column(_ID)
    """The user for whom it was added; None for the first one."""
    series: Mapped[str]
    """What its numbers of papers end in; empty for the first one."""
    whole: Mapped[bool]
    """Whether it gets all records, and not only those that its person's rights reach."""
    verifying_key: Mapped[str]
    """Ed25519, Base64."""
    address: Mapped[str]
    """The recipient (age, X25519) to which files for it are encrypted."""
    psy_address: Mapped[str | None]
    """The same for what only psychologists read; None where it never gets that."""
    added_at: Mapped[str]
    stopped_at: Mapped[str | None]
    """Since when nothing is sent to it or taken from it."""
    replaced_by: Mapped[str | None] = mapped_column(_ID)


class ClockCorrectionRow(BusinessRow):
    """A computer's clock was wrong: its operations ``after`` a number and ``until`` another count as of a reading."""

    __tablename__ = "clock_correction"

    device: Mapped[str] = mapped_column(_ID)
    after: Mapped[int]
    until: Mapped[int]
    psy_after: Mapped[int]
    """The same in the journal of ``psy``; equal to ``psy_until`` where nobody who made it could look there."""
    psy_until: Mapped[int]
    counts_as: Mapped[str]
    actor: Mapped[str]
    recorded_at: Mapped[str]


class ErasureTallyRow(BusinessRow):
    """How many operations one computer emptied for an erasure, its own ones and those it got."""

    __tablename__ = "erasure_tally"
    __table_args__ = (UniqueConstraint("erasure_id", "device"),)

    erasure_id: Mapped[str] = mapped_column(ForeignKey("erasure.id"))
    device: Mapped[str] = mapped_column(_ID)
    operations: Mapped[int]
    psy_operations: Mapped[int | None]
    """None until it is counted, after what lies in ``psy`` there was gone through."""


class _Settled(BusinessRow):
    """That somebody looked at what one operation put into a field unseen, and left what stands."""

    __abstract__ = True

    table_name: Mapped[str]
    record: Mapped[str] = mapped_column(_ID)
    field: Mapped[str]
    device: Mapped[str] = mapped_column(_ID)
    number: Mapped[int]
    actor: Mapped[str]
    recorded_at: Mapped[str]


class SettledRow(_Settled):
    """Of a field in ``desk``."""

    __tablename__ = "settled"


class PsySettledRow(_Settled):
    """Of a field in ``psy``."""

    __tablename__ = "psy_settled"
    __table_args__ = _PSY


class StandingRow(Base):
    """What merging found of a record and keeps: never journaled, and made anew from the journals at any time."""

    __abstract__ = True

    table_name: Mapped[str] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(_ID, primary_key=True)


class AliasRow(StandingRow):
    """A record that is one thing with another: ``row`` tells of both."""

    __tablename__ = "alias"
    __table_args__ = (Index("ix_alias_row", "row"),)

    row: Mapped[str] = mapped_column(_ID)


class PsyAliasRow(StandingRow):
    """The same in ``psy``."""

    __tablename__ = "alias"
    __table_args__ = (Index("ix_psy_alias_row", "row"), _PSY)

    row: Mapped[str] = mapped_column(_ID)


AnyAlias = AliasRow | PsyAliasRow


class UnsettledRow(StandingRow):
    """A record that every merging looks at again: it was deleted and others name it, or it names what is not here."""

    __tablename__ = "unsettled"


class PsyUnsettledRow(StandingRow):
    """The same in ``psy``."""

    __tablename__ = "unsettled"
    __table_args__ = _PSY


class DifferenceRow(StandingRow):
    """A record some field of which was overwritten unseen, when it was last merged."""

    __tablename__ = "difference"


class PsyDifferenceRow(StandingRow):
    """The same in ``psy``."""

    __tablename__ = "difference"
    __table_args__ = _PSY


class PsyAddressRow(Base):
    """This computer's secret for what other psychologists send it, which their key alone opens."""

    __tablename__ = "own_address"
    __table_args__ = _PSY

    device: Mapped[str] = mapped_column(_ID, primary_key=True)
    secret: Mapped[str]


class PeerRow(Base):
    """What another computer has said that it knows, and, under its own id, what a computer that gets a part knows."""

    __tablename__ = "peer"

    device: Mapped[str] = mapped_column(_ID, primary_key=True)
    seen: Mapped[str]
    """How far the chains are known (JSON of ``domain.exchange.Vector``)."""
    pupils: Mapped[str]
    """Ids of the pupils of whom it has all that it may (JSON); empty where it gets everything."""
    told_at: Mapped[str]


class PackageRow(Base):
    """A file with changes that was sent or taken, and what was in it."""

    __tablename__ = "package"
    __table_args__ = (Index("ix_package_moment", "moment"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    device: Mapped[str] = mapped_column(_ID)
    """The other computer."""
    taken: Mapped[bool]
    sha256: Mapped[str]
    spans: Mapped[str]
    """Where the operations that it brought stand: first and last ``seq`` by journal (JSON)."""
    counts: Mapped[str]
    """What they did, in numbers (JSON)."""
    before: Mapped[str | None]
    """What a computer that gets a part knew before of others' chains and pupils (JSON), to go back to."""
    actor: Mapped[str]
    moment: Mapped[str]
    undone_at: Mapped[str | None]


class QuarantinedRow(Base):
    """An operation whose clock is a day ahead or more, with all that follow it on its computer: not merged yet."""

    __tablename__ = "quarantined"

    device: Mapped[str] = mapped_column(_ID, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    clock: Mapped[str]
    operation: Mapped[str]
    contents: Mapped[str]
    """The bytes of which it speaks, Base64 by what stands for them in the journal (JSON)."""


class PsyQuarantinedRow(Base):
    """The same in ``psy``."""

    __tablename__ = "quarantined"
    __table_args__ = _PSY

    device: Mapped[str] = mapped_column(_ID, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    clock: Mapped[str]
    operation: Mapped[str]
    contents: Mapped[str]


AnyQuarantined = QuarantinedRow | PsyQuarantinedRow


class SeatRow(Base):
    """A user who has or had a password on this computer, and what the vault said when it was last looked at."""

    __tablename__ = "seat"

    user_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    name: Mapped[str]
    post: Mapped[str]
    roles: Mapped[str]
    """Empty for who has no password here any more."""
    owed: Mapped[str]
    """Names of keys, with commas, that the user held here, may hold no more, and that are not renewed since."""
