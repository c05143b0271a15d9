"""Signed papers and their signatures as tables and sentences show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from profdesk.domain import plural
from profdesk.domain.detached import OutsideSigner
from profdesk.domain.issued_summaries import FurtherSignature, IssuedSummary
from profdesk.domain.summary import Replaced
from profdesk.domain.verification import Verdict
from profdesk.domain.wording import NBSP
from profdesk.gui.common import who
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone
from profdesk.services.issued_summaries import Checked


@dataclass(frozen=True)
class SignatureRow:
    """A signature of a paper; ``further`` is None for the organisation's own, which the paper was issued with."""

    signer: OutsideSigner
    further: FurtherSignature | None = None

    @property
    def key(self) -> str:
        """What tells the rows of one summary apart."""
        return f"{self.further.id if self.further else ''} {self.signer.serial}"

    @property
    def name(self) -> str:
        """Who signed."""
        return self.signer.name or self.signer.organisation or "имя не названо"

    @property
    def kind(self) -> str:
        """Where it stands, and by whose clock when it was made."""
        place = self.further.kind if self.further else "организация, внутри файла"
        signed_at = self.signer.signed_at
        return f"{place}, {signed_at.astimezone():%d.%m.%Y}" if signed_at else place

    @property
    def told(self) -> str:
        """All that the signature says of itself, beginning with what is not said of it."""
        one, further = self.signer, self.further
        person = ", ".join(filter(None, (one.name, one.post, one.organisation)))
        issuer = f" ({one.issuer})" if one.issuer and one.issuer != one.name else ""
        told = [
            f"Подпись {further.label}." if further else "С этой подписью файл выпущен.",
            f"{person}.",
            f"Подписано {one.signed_at.astimezone():%d.%m.%Y в %H:%M}{one.doubt}." if one.signed_at else "",
            f"{one.algorithm}; сертификат{issuer} {one.validity}, №{NBSP}{one.serial}.",
        ]
        return " ".join(filter(None, told))


def signatures(summary: IssuedSummary, own: Sequence[OutsideSigner]) -> list[SignatureRow]:
    """The organisation's own signature, then those added since, in their order."""
    further = [SignatureRow(signer, one) for one in summary.signatures for signer in one.signers]
    return [*map(SignatureRow, own), *further]


def state(one: IssuedSummary) -> tuple[Tone, str]:
    """How what became of it looks: tone and icon."""
    if one.stands:
        return Tone.OK, "check-circle-fill"
    return Tone.MUTED, "arrow-counter-clockwise" if one.replaced_by else "clock-counter-clockwise"


def _look(one: IssuedSummary) -> Look:
    tone, icon = state(one)
    return Look(icon, tone)


def _short(one: IssuedSummary) -> str:
    return "есть замена" if one.replaced_by else "есть новее" if one.newer else "действует"


def _below(one: IssuedSummary) -> str:
    if one.stands:
        return one.signed_further
    return f"№ {one.replaced_by.number if one.replaced_by else one.newer}"


def columns(names: Mapping[str, str]) -> tuple[Column[IssuedSummary], ...]:
    """The columns; ``names`` are those of users by id."""
    return (
        Column("Номер", lambda one: one.number, width=80, sort=lambda one: one.order),
        Column(
            "За какой период",
            lambda one: one.span.title.removeprefix("период "),
            sort=lambda one: (one.span.first_day, one.span.last_day),
            second=lambda one: f"{one.issued_at.astimezone():%d.%m.%Y}, {who.with_initials(names, one.actor)}",
        ),
        Column(
            "Состояние",
            _short,
            width=148,
            sort=lambda one: one.state,
            second=_below,
            look=_look,
        ),
    )


SIGNATURES: tuple[Column[SignatureRow], ...] = (
    Column(
        "Кто подписал",
        lambda row: row.name,
        second=lambda row: row.kind,
        look=lambda row: Look("pen-nib" if row.further else "shield-check"),
    ),
)


def issued(summary: IssuedSummary, names: Mapping[str, str]) -> str:
    """Of what a summary is, when and by whom it was issued."""
    moment = f"{summary.issued_at.astimezone():%d.%m.%Y в %H:%M}"
    return f"За {summary.span.title}. Подписано {moment}, {names.get(summary.actor, who.UNKNOWN)}."


def note(summary: IssuedSummary) -> str:
    """What it corrects or what corrected it; empty for most."""
    if summary.replaced_by:
        return f"Вместо № {summary.number} действует № {_because(summary.replaced_by)}"
    return f"Исправляет № {_because(summary.replaces)}" if summary.replaces else ""


def _because(other: Replaced) -> str:
    return f"{other.number}: {other.reason.rstrip('.')}."


def digest(summary: IssuedSummary) -> str:
    """The file's SHA-256 in groups that the eye can follow."""
    groups = [summary.sha256[place : place + 8] for place in range(0, 64, 8)]
    return f"SHA-256 файла: {' '.join(groups)}"


def checked(found: Checked) -> tuple[str, Tone]:
    """What proving everything again has shown."""
    wrong = next(((one, reason) for one, reason in found.further if reason), None)
    if found.document.verdict is Verdict.REFUSED:
        return found.document.reason, Tone.BAD
    if wrong:
        return f"Подпись не проходит проверку ({wrong[0].who}): {wrong[1]}", Tone.BAD
    words = "Проверено: файл тот же, что был выпущен, ни один байт не изменён."
    if found.further:
        told = plural.counted(len(found.further), "подпись", "подписи", "подписей")
        words += f" Ещё {told}: {'каждая ' if found.further[1:] else ''}{found.further[0][0].label}."
    if found.document.verdict is Verdict.UNKNOWN_KEY:
        return f"{words} {found.document.reason}", Tone.WARN
    return words, Tone.OK
