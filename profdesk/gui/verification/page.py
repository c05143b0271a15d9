"""The page «Проверка»: a signed document, a certificate's code from a picture or as text, or a digital badge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from profdesk.domain.certificate_claim import CodeAnswer
from profdesk.domain.detached import OutsideVerdict
from profdesk.domain.verification import KeyInfo, Verdict, Verification
from profdesk.errors import ProfdeskError, WrongInputError
from profdesk.gui.common import file_dialogs
from profdesk.gui.common.desk import Desk
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.file_drop import FileDrop
from profdesk.gui.common.forms import fill
from profdesk.gui.common.page import Page, Status
from profdesk.gui.common.second_signature import SecondSignatureDialog
from profdesk.gui.verification import answer_card
from profdesk.gui.verification.answer_card import AnswerCard
from profdesk.services import countersigning, verification

Answer = TypeVar("Answer")


class VerificationPage(Page):
    """Nothing is written here; the keys known on this computer decide whose signature counts."""

    name = "verification"
    title = "Проверка"
    icon = "shield-check"
    help = (("Ctrl+O", "выбрать файл"),)

    file_button: QPushButton
    empty: EmptyState
    area: QScrollArea
    answers: QVBoxLayout
    code_field: QLineEdit
    code_button: QPushButton

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        fill(self, "verification_page")
        self.cards: Sequence[AnswerCard] = ()
        self.answers.addStretch(1)
        self.empty.set_content(
            "shield-check",
            "Перетащите сюда документ, снимок кода или значок",
            "Подписанный PDF, код на снимке или в документе Word, цифровой значок, подпись .sig. Файл никуда не уйдёт.",
            (
                ("Цел ли файл", "Замечаем любой изменённый байт и любую приписку после подписи."),
                ("Чей ключ", "Ваша организация известна сразу, другие добавляются в настройках."),
                ("Что заверено", "Код на бумаге говорит, кому и что выдано, реестр — не отозвано ли."),
            ),
        )
        self.empty.set_buttons("Выбрать файл…", icon="upload-simple")
        self.empty.accept_files(".pdf", verification.BADGE, *verification.PICTURES, *verification.SIGNATURES)
        self._connect()
        self.area.hide()
        self.file_button.hide()

    def _connect(self) -> None:
        self.empty.dropped.connect(self.check)
        self.empty.primary.clicked.connect(self._ask_file)
        self.file_button.clicked.connect(self._ask_file)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._ask_file)
        FileDrop(self, ()).dropped.connect(self._take)
        self.code_field.textChanged.connect(lambda words: self.code_button.setEnabled(bool(words.strip())))
        self.code_button.setEnabled(False)
        self.code_field.returnPressed.connect(self.code_button.click)
        self.code_button.clicked.connect(lambda: self.check_code(self.code_field.text()))

    @override
    def status(self) -> Status:
        return Status("Проверка ничего не записывает")

    def check(self, path: Path) -> None:
        """Verify a signed document, codes on a picture, a digital badge or a signature file, and show the answer."""
        workspace, actor, kind = self.desk.workspace, self.desk.actor, path.suffix.lower()
        if kind in verification.SIGNATURES:
            self._check_outside(path, self._document_of(path))
        elif kind in verification.PICTURES:
            self._tell(
                lambda: verification.verify_picture_here(workspace, actor, path),
                lambda answers: [answer_card.of_code(one, path) for one in answers],
                lambda error: [_no_code(error)],
            )
        elif kind == verification.BADGE:
            self._tell(
                lambda: verification.verify_badge_here(workspace, actor, path),
                lambda answer: [answer_card.of_badge(path, answer)],
                _no_code,
            )
        else:
            self._tell(
                lambda: verification.verify_here(workspace, actor, path),
                lambda answer: [self._document_card(path, answer)],
                _refusal,
            )

    def _document_card(self, path: Path, answer: Verification) -> AnswerCard:
        card = answer_card.of_document(path, answer)
        card.countersign_button.clicked.connect(partial(self._countersign, path))
        return card

    def _countersign(self, path: Path) -> None:
        dialog = SecondSignatureDialog(self, f"Вторая подпись: {path.name}", "Подписать и сохранить…")
        dialog.given.connect(partial(self._sign, dialog, path))
        dialog.open()

    def _sign(self, dialog: SecondSignatureDialog, path: Path, key: Path, password: str) -> None:
        target = file_dialogs.file_to_save(
            dialog, "Сохранить со второй подписью", f"{path.stem}, вторая подпись.pdf", file_dialogs.PDF
        )
        if target is None:
            dialog.release()
            return

        def done(_: KeyInfo) -> None:
            dialog.accept()
            self.check(target)

        self.desk.run(
            lambda: countersigning.countersign_file(path, key, password, target),
            owner=dialog,
            done=done,
            failed=dialog.fail,
            stopped=dialog.release,
        )

    def _check_outside(self, signature: Path, document: Path | None) -> None:
        self._tell(
            lambda: verification.verify_outside(signature, document),
            lambda answer: [answer_card.of_outside(signature, document, answer)],
            lambda error: OutsideVerdict(False, error.message),
        )

    def _document_of(self, signature: Path) -> Path | None:
        """What a signature belongs to: the file beside it, else it is asked for; None if it holds its document."""
        beside = verification.document_of(signature)
        try:
            if beside is not None or verification.holds_document(signature):
                return beside
        except WrongInputError:
            return None
        return file_dialogs.file_to_open(self, f"К какому документу подпись «{signature.name}»?", file_dialogs.ANY)

    def _take(self, paths: Sequence[Path]) -> None:
        """Check what was dropped: one file, or a signature together with its document."""
        signatures = [path for path in paths if path.suffix.lower() in verification.SIGNATURES]
        others = [path for path in paths if path not in signatures]
        if signatures and others:
            self._check_outside(signatures[0], others[0])
        else:
            self.check(paths[0])

    def check_code(self, words: str) -> None:
        """Verify the text of a certificate's code and show the answer."""
        workspace, actor = self.desk.workspace, self.desk.actor
        self._tell(
            lambda: verification.verify_code_here(workspace, actor, words),
            lambda answer: [answer_card.of_code(answer)],
            _no_code,
        )

    def _tell(
        self,
        verify: Callable[[], Answer],
        cards: Callable[[Answer], Sequence[AnswerCard]],
        refused: Callable[[ProfdeskError], Answer],
    ) -> None:
        """Show the answer, or why there is none in the form of one."""
        self.desk.run(
            verify,
            owner=self,
            done=lambda answer: self._show(cards(answer)),
            failed=lambda error: self._show(cards(refused(error))),
        )

    def _ask_file(self) -> None:
        path = file_dialogs.file_to_open(self, "Подписанный документ, снимок кода или значок", file_dialogs.PROOFS)
        if path is not None:
            self.check(path)

    def _show(self, cards: Sequence[AnswerCard]) -> None:
        for old in self.cards:
            old.hide()
            old.deleteLater()
        self.cards = cards
        for place, card in enumerate(cards):
            self.answers.insertWidget(place, card)
        self.empty.hide()
        self.area.show()
        self.area.verticalScrollBar().setValue(0)
        self.file_button.setText("Проверить другой файл…")
        self.file_button.show()


def _refusal(error: ProfdeskError) -> Verification:
    return Verification(Verdict.REFUSED, error.message)


def _no_code(error: ProfdeskError) -> CodeAnswer:
    return CodeAnswer(Verdict.REFUSED, error.message)
