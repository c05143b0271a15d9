"""What the page says of a plan, and what it offers to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from profdesk.domain.rollover import RolloverPlan, Step
from profdesk.gui.common.tones import Tone
from profdesk.gui.rollover.draft import Draft
from profdesk.services.rollover import Rolled


class Offer(StrEnum):
    """The quiet action of a message, in the words of its button."""

    NOTHING = ""
    BEGIN = "Переводить сейчас"
    TAKE_BACK = "Отменить перевод"
    OPEN = "Открыть файл"


@dataclass(frozen=True)
class Said:
    """A message of the page."""

    sentence: str
    tone: Tone = Tone.INFO
    offer: Offer = Offer.NOTHING


def of_draft(draft: Draft) -> Said:
    """What to know before the plan is written."""
    plan, act = draft.plan, draft.preview.act
    waiting = len(plan.with_step(Step.UNDECIDED))
    if act is not None:
        rest = f" Не решено: {waiting}. Решите и переведите остальных." if waiting else ""
        return Said(f"Переведено {act.made_at.astimezone():%d.%m.%Y в %H:%M}.{rest}", Tone.OK, Offer.TAKE_BACK)
    if draft.asks:
        still = f"Учебный год {plan.year.title} ещё идёт."
        usual = "Переводят обычно с конца мая по август, а проверить план можно уже сейчас."
        return Said(f"{still} {usual}", Tone.WARN, Offer.BEGIN)
    if waiting:
        return Said("Кого сейчас не решите, переведёте потом: повторный перевод запишет только недостающее.")
    if not plan.pending:
        return Said(f"Все уже в классах {plan.year.next.title} учебного года.", Tone.OK)
    return Said("Запишем всех разом. Отменить перевод целиком можно и после перезапуска.")


def verb(draft: Draft) -> str:
    """What the primary button does; empty if there is nothing to do."""
    count = len(draft.plan.pending)
    if count:
        return f"Перевести {count}"
    return f"Начать {draft.plan.year.next.title} учебный год" if draft.preview.begins else ""


def done(rolled: Rolled, plan: RolloverPlan) -> Said:
    """What was written."""
    began = f"{plan.year.next.title} учебный год"
    words = f"{began}: {rolled.words}." if rolled.words else f"Начат {began}."
    waiting = len(plan.with_step(Step.UNDECIDED))
    rest = f" Не решено: {waiting}." if waiting else ""
    return Said(words + rest, Tone.OK, Offer.TAKE_BACK)
