"""What may be done only with a consent, what stops when one is withdrawn, and what counts as publication.

This is the one place that says so; ``services.consent_gates`` asks it before anything is written or leaves, and
``storage.consents`` hides by it.

What is counted. That a session took place with a child on a day is a fact of the past (table ``diagnosed``): coverage,
summaries and the journal of sessions keep it whatever becomes of the consent. A session's own counts leave out a sheet
that is hidden, as they leave out one of a child who was absent. Results, answers, conclusions (released ones too),
consultations and results from elsewhere are hidden while the consent is withdrawn, and shown again when the
withdrawal is taken back or a new paper is entered. A term that is over hides nothing: it stops what would be new.

What is handed out of all that is held of a child (``services.held``) is whole all the same: parents who withdrew may
know what there is (152-ФЗ, art. 14), and the journal tells who took it out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from profdesk.domain.consents import ConsentKind, ConsentState, Standing

_NAMED = 3


class Need(StrEnum):
    """How much of a consent a deed needs."""

    GIVEN = "given"
    """A paper valid on the day of the deed, and not withdrawn since."""
    NOT_WITHDRAWN = "not_withdrawn"
    """No paper at all, but a withdrawal stops it."""


class Deed(StrEnum):
    """What is gated."""

    DIAGNOSE = "diagnose"
    """A sheet, an answer, a mark or conclusion on it, a consultation or result from elsewhere about a child."""
    PUBLISH = "publish"
    """Whatever of ``OUTLETS`` is a publication."""
    KEEP_PORTFOLIO = "keep_portfolio"
    """Stages, notes, files, the route, a certificate."""
    HAND_OVER = "hand_over"
    """The file of a pupil for another organisation; of psychologists' work in it ``DIAGNOSE`` is asked too."""


@dataclass(frozen=True)
class Gate:
    """The consent a deed asks for, and what to say in front of the names of those who lack it."""

    kind: ConsentKind
    need: Need
    missing: str
    withdrawn: str


GATES: Mapping[Deed, Gate] = {
    Deed.DIAGNOSE: Gate(
        ConsentKind.PSYCHOLOGICAL,
        Need.GIVEN,
        "Нет согласия родителей",
        "Согласие на работу психолога отозвано",
    ),
    Deed.PUBLISH: Gate(
        ConsentKind.PUBLICATION,
        Need.GIVEN,
        "Нет согласия на публикацию",
        "Согласие на публикацию отозвано",
    ),
    Deed.KEEP_PORTFOLIO: Gate(
        ConsentKind.PERSONAL,
        Need.NOT_WITHDRAWN,
        "",
        "Согласие на обработку персональных данных отозвано",
    ),
    Deed.HAND_OVER: Gate(
        ConsentKind.PERSONAL,
        Need.GIVEN,
        "Нет согласия на обработку персональных данных",
        "Согласие на обработку персональных данных отозвано",
    ),
}
"""A school may process what education needs without a consent (152-ФЗ, art. 6, part 1, item 2); a portfolio goes
beyond it, so a missing paper is told, and a withdrawn one stops what would be new. Psychological work needs one
beforehand (273-ФЗ, art. 42, part 3), and so does spreading data, where silence is no consent (152-ФЗ, art. 10.1,
parts 1 and 8). What is handed to another organisation is disclosed to it, which takes a consent (152-ФЗ, art. 7)."""


@dataclass(frozen=True)
class Outlet:
    """A way for data to leave the program, whether it is a publication, and why."""

    title: str
    is_publication: bool
    why: str


OUTLETS = (
    Outlet("Цифровой значок (Open Badges)", True, "Файл с именем делают, чтобы показывать кому угодно в интернете."),
    Outlet("Сертификат на бумаге или в PDF", False, "Его отдают самому ученику; код на нём читает тот, кому его дали."),
    Outlet("Файлы и фотографии портфолио", False, "Лежат в рабочей папке; открывает их тот, кто ведёт портфолио."),
    Outlet("Файл ученика", False, "Его передают одной организации, куда переходит ученик; нужно согласие родителей."),
    Outlet("Открытые показатели", False, "В них нет имён, а числа меньше пяти скрыты."),
    Outlet("Уроки для других школ", False, "В них нет сведений об учениках."),
    Outlet("Карточка профессии на стену", False, "В ней нет имён."),
    Outlet("Характеристика, памятка, лист маршрута", False, "Их отдают ученику и родителям или тому, кто их запросил."),
)
"""Spreading is disclosure to an unlimited circle of people (152-ФЗ, art. 3, item 5); a file handed to one is none."""


def quiet_notice(by_kind: Mapping[ConsentKind, Standing]) -> str:
    """What a card says in passing of a paper that would be good to have; empty where there is nothing to say."""
    found = by_kind.get(ConsentKind.PERSONAL)
    lacks = found is not None and found.state in (ConsentState.MISSING, ConsentState.ENDED)
    return "нет согласия на обработку персональных данных" if lacks else ""


def withdrawal_notice(by_kind: Mapping[ConsentKind, Standing]) -> str:
    """What a card says of consents that were withdrawn, and of what that stops or hides."""
    stopped = {
        ConsentKind.PERSONAL: "новых записей в портфолио не будет",
        ConsentKind.PSYCHOLOGICAL: "диагностика скрыта, новой не будет",
    }
    return " ".join(
        f"Согласие на {kind.label} {by_kind[kind].words}: {what}."
        for kind, what in stopped.items()
        if kind in by_kind and by_kind[kind].state is ConsentState.WITHDRAWN
    )


def refusal(deed: Deed, names: Sequence[str], *, withdrawn: bool) -> str:
    """Say of whom a consent is missing or withdrawn and what to do; the names are in the order of the list."""
    gate = GATES[deed]
    more = f" и ещё {len(names) - _NAMED}" if len(names) > _NAMED else ""
    whom = f"{', '.join(names[:_NAMED])}{more}"
    if withdrawn:
        return f"{gate.withdrawn}: {whom}. Новое согласие вносят на странице «Согласия»."
    return f"{gate.missing}: {whom}. Напечатайте бланки и внесите согласия на странице «Согласия»."
