"""The page «Проверка»: drop a signed document in, see whose it is and whether it is whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from profdesk.domain.verification import Verdict, Verification
from profdesk.errors import ProfdeskError
from profdesk.gui.common import file_dialogs, icons, text
from profdesk.gui.common.card import Card
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.forms import fill
from profdesk.gui.common.page import Page, Status
from profdesk.services import verification

_VERDICTS = {
    Verdict.TRUSTED: ("Документ цел, ключ известен", "shield-check", "ok"),
    Verdict.UNKNOWN_KEY: ("Документ цел, но ключ неизвестен", "warning", "warn"),
    Verdict.REFUSED: ("Документ не принят", "x-circle", "bad"),
}


class VerificationPage(Page):
    """Nothing is written; the keys known on this computer decide whose signature counts."""

    name = "verification"
    title = "Проверка"
    icon = "shield-check"
    help = (("Ctrl+O", "выбрать файл"),)

    file_button: QPushButton
    empty: EmptyState
    result_card: Card
    verdict_icon: QLabel
    verdict: QLabel
    reason: QLabel
    facts: QFormLayout

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "verification_page")
        self.empty.set_content(
            "shield-check",
            "Перетащите сюда подписанный документ",
            "Сводку или сертификаты в PDF. Файл не изменится и никуда не уйдёт.",
            (
                ("Цел ли файл", "Замечаем любой изменённый байт и любую приписку после подписи."),
                ("Чей ключ", "Ваша организация известна сразу, другие добавляются в настройках."),
                ("Когда подписан", "Дату и время ставит компьютер подписавшего."),
            ),
        )
        self.empty.set_buttons("Выбрать файл…", icon="upload-simple")
        self.empty.accept_files(".pdf")
        self.empty.dropped.connect(self.check)
        self.empty.primary.clicked.connect(self._ask_file)
        self.file_button.clicked.connect(self._ask_file)
        self.file_button.setShortcut("Ctrl+O")
        self.result_card.hide()
        self.file_button.hide()

    @override
    def status(self) -> Status:
        return Status("Проверка ничего не записывает")

    def check(self, path: Path) -> None:
        """Verify a file and show the answer."""
        workspace, actor = self.desk.workspace, self.desk.actor
        self.desk.run(
            lambda: verification.verify_here(workspace, actor, path),
            owner=self,
            done=lambda answer: self._show(path, answer),
            failed=lambda error: self._show(path, _refusal(error)),
        )

    def _ask_file(self) -> None:
        path = file_dialogs.file_to_open(self, "Подписанный документ", file_dialogs.PDF)
        if path is not None:
            self.check(path)

    def _show(self, path: Path, answer: Verification) -> None:
        words, icon, colour = _VERDICTS[answer.verdict]
        self.empty.hide()
        self.file_button.setText("Проверить другой файл…")
        self.file_button.show()
        self.verdict.setText(words)
        self.reason.setText(answer.reason)
        self.verdict_icon.setPixmap(icons.pixmap(icon, colour, 40, self.devicePixelRatioF()))
        self.verdict_icon.setAccessibleName(words)
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for name, value in _facts(path, answer):
            shown = text.label(value, wrap=True)
            self.facts.addRow(text.label(name, "second"), shown)
        self.result_card.show()


def _refusal(error: ProfdeskError) -> Verification:
    return Verification(Verdict.REFUSED, error.message)


def _facts(path: Path, answer: Verification) -> list[tuple[str, str]]:
    facts = [("Файл", path.name)]
    if answer.title:
        facts.append(("Документ", answer.title))
    if answer.key:
        facts.append(("Подписала организация", answer.key.organisation))
        facts.append(("Владелец ключа", answer.key.holder))
        facts.append(("Отпечаток ключа", answer.key.spoken_fingerprint))
    if answer.signed_at:
        facts.append(("Когда", f"{answer.signed_at.astimezone():%d.%m.%Y в %H:%M}"))
    return facts
