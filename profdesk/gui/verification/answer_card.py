"""A card with one answer: the verdict, why, what is told for sure, and the competencies of a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QFrame, QGridLayout, QLabel, QPushButton, QWidget

from profdesk.domain.certificate_claim import Claim, CodeAnswer
from profdesk.domain.detached import OutsideVerdict
from profdesk.domain.verification import MOST_SIGNATURES, KeyInfo, Verdict, Verification
from profdesk.gui.common import icons, text
from profdesk.gui.common.card import Card
from profdesk.gui.common.forms import fill

Facts = list[tuple[str, str]]
_ICONS = {
    Verdict.TRUSTED: ("shield-check", "ok"),
    Verdict.UNKNOWN_KEY: ("warning", "warn"),
    Verdict.REFUSED: ("x-circle", "bad"),
}
_DOCUMENTS = {
    Verdict.TRUSTED: "Документ цел, ключ известен",
    Verdict.UNKNOWN_KEY: "Документ цел, но ключ неизвестен",
    Verdict.REFUSED: "Документ не принят",
}
_CODES = {
    Verdict.TRUSTED: "Код подлинный",
    Verdict.UNKNOWN_KEY: "Код прочитан, но его ключ неизвестен",
    Verdict.REFUSED: "Код не принят",
}
_BADGES = {
    Verdict.TRUSTED: "Значок подлинный",
    Verdict.UNKNOWN_KEY: "Значок прочитан, но его ключ неизвестен",
    Verdict.REFUSED: "Значок не принят",
}
_OUTSIDE = {
    Verdict.UNKNOWN_KEY: "Подпись сходится с документом",
    Verdict.REFUSED: "Подпись не принята",
}


class AnswerCard(Card):
    """Made anew for each answer."""

    verdict_icon: QLabel
    verdict: QLabel
    reason: QLabel
    rule_line: QFrame
    facts: QFormLayout
    stages: QGridLayout
    countersign_button: QPushButton

    def __init__(self, words: str, icon: tuple[str, str], reason: str, facts: Facts) -> None:
        super().__init__()
        fill(self, "verification_answer")
        self.verdict.setText(words)
        self.reason.setText(reason)
        self.verdict_icon.setPixmap(icons.pixmap(*icon, 40, self.devicePixelRatioF()))
        self.verdict_icon.setAccessibleName(words)
        self.rule_line.setVisible(bool(facts))
        for name, value in facts:
            self.facts.addRow(text.label(name, "second"), _told(value))

    def show_stages(self, answer: CodeAnswer) -> None:
        """List the competencies with their stages, as they run on the paper."""
        for row, (name, stage) in enumerate(answer.lines):
            shown = text.label(stage)
            self.stages.addWidget(text.label(name, "second", wrap=True), row, 0)
            self.stages.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.stages.setColumnStretch(0, 1)
        self.stages.setRowStretch(len(answer.lines), 1)


def of_document(path: Path, answer: Verification) -> AnswerCard:
    """What a signed file proves."""
    facts = [("Файл", path.name)]
    if answer.title:
        facts.append(("Документ", answer.title))
    for key, signed_at in answer.signers:
        facts += _key(key)
        if signed_at:
            facts.append(("Когда", f"{signed_at.astimezone():%d.%m.%Y в %H:%M}"))
    card = AnswerCard(_DOCUMENTS[answer.verdict], _ICONS[answer.verdict], answer.reason, facts)
    card.countersign_button.setVisible(0 < len(answer.signatures) < MOST_SIGNATURES)
    return card


def of_code(answer: CodeAnswer, path: Path | None = None) -> AnswerCard:
    """What a certificate's code proves; ``path`` is the picture it was found on."""
    return _of_certificate(answer, _CODES, path)


def of_badge(path: Path, answer: CodeAnswer) -> AnswerCard:
    """What a digital badge proves."""
    return _of_certificate(answer, _BADGES, path)


def of_outside(signature: Path, document: Path | None, answer: OutsideVerdict) -> AnswerCard:
    """What a signature file made outside proves of a document."""
    facts = [("Подпись", signature.name)]
    if document:
        facts.append(("Документ", document.name))
    for one in answer.signers:
        facts += [
            ("Подписал", ", ".join(filter(None, (one.name, one.post, one.organisation)))),
            ("Сертификат", f"{one.serial}, {one.validity}"),
            ("Кто его выдал", one.issuer),
            ("Вид подписи", one.algorithm),
        ]
        if one.signed_at:
            facts.append(("Когда, по часам подписавшего", f"{one.signed_at.astimezone():%d.%m.%Y в %H:%M}{one.doubt}"))
    verdict = Verdict.UNKNOWN_KEY if answer.holds else Verdict.REFUSED
    return AnswerCard(_OUTSIDE[verdict], _ICONS[verdict], answer.reason, facts)


def _of_certificate(answer: CodeAnswer, verdicts: Mapping[Verdict, str], path: Path | None) -> AnswerCard:
    facts = [("Файл", path.name)] if path else []
    if answer.claim:
        facts += _claimed(answer.claim)
    if answer.standing:
        facts.append(("По реестру", answer.standing))
    if answer.key:
        facts += _key(answer.key)
    words, icon = verdicts[answer.verdict], _ICONS[answer.verdict]
    if answer.verdict is Verdict.TRUSTED and answer.withdrawn:
        words, icon = f"{words}, но сертификат отозван", _ICONS[Verdict.UNKNOWN_KEY]
    card = AnswerCard(words, icon, answer.reason, facts)
    card.show_stages(answer)
    return card


def _claimed(claim: Claim) -> Facts:
    return [
        ("Сертификат", f"№ {claim.number} от {claim.issued_on:%d.%m.%Y}"),
        ("Кому", claim.pupil),
        ("Класс или группа", claim.group),
        ("Учебный год", claim.year.title),
        ("Организация", claim.organisation),
    ]


def _key(key: KeyInfo) -> Facts:
    return [
        *([("Подписал", key.person)] if key.post else []),
        ("Организация" if key.post else "Подписала организация", key.organisation),
        *([("Владелец ключа", key.holder)] if not key.post else []),
        ("Отпечаток ключа", key.spoken_fingerprint),
    ]


def _told(value: str) -> QWidget:
    shown = text.label(value, wrap=True)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return shown
