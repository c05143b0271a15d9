"""The rows of «Выдача»: who may get a certificate, and what is to be said before it is issued."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.domain import plural
from profdesk.domain.certificate import Candidate
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone


def _state(candidate: Candidate) -> str:
    if candidate.issued:
        return "уже выдан"
    if candidate.completeness.complete:
        return "заполнено"
    if candidate.completeness.assessed == 0:
        return "не начато"
    return f"не хватает {candidate.completeness.missing}"


def _look(candidate: Candidate) -> Look:
    if candidate.issued:
        return Look("medal", Tone.MUTED)
    if candidate.completeness.complete:
        return Look("check-circle-fill", Tone.OK)
    return Look(tone=Tone.MUTED)


COLUMNS: tuple[Column[Candidate], ...] = (
    Column("Фамилия, имя", lambda candidate: candidate.name.short),
    Column("Портфолио", _state, width=126, look=_look),
)


def warning(candidates: Sequence[Candidate]) -> str:
    """Who would get a second one, and whose portfolio is not complete; empty if there is nobody such."""
    issued = sum(one.issued for one in candidates)
    incomplete = sum(not (one.completeness.complete or one.issued) for one in candidates)
    told = []
    if issued:
        words = plural.counted(issued, "ученику", "ученикам", "ученикам")
        told.append(f"{words} сертификат этого года уже выдан: если отметить, выйдет второй.")
    if incomplete:
        words = plural.counted(incomplete, "портфолио не заполнено", *["портфолио не заполнены"] * 2)
        told.append(f"{words}. Если отметить их, пустые клетки выйдут с пометкой «не оценено».")
    return " ".join(told)
