"""An inline message pushes and never covers, in a dialog too; what people write is shown as it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout

from profdesk.gui.common.issued.details import IssuedDetails
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone


@pytest.mark.parametrize("given", [True, False])
def test_a_dialog_grows_for_what_is_told_in_it(qapp: QApplication, given: bool) -> None:
    dialog = QDialog()
    column, field, message = QVBoxLayout(dialog), QLineEdit(), InlineMessage()
    for part in (field, message):
        column.addWidget(part)
    dialog.setMinimumWidth(300)
    if given:
        dialog.resize(300, 60)
    dialog.show()
    qapp.processEvents()
    before, height = dialog.height(), field.height()
    message.say("Этот ключ сделала другая программа: здесь подписывают только своими ключами. " * 2, Tone.BAD)
    qapp.processEvents()
    assert dialog.height() > before
    assert field.height() == height
    assert message.label.height() >= message.label.heightForWidth(message.label.width())
    grown = dialog.height()
    message.clear()
    message.say("Готово")
    assert dialog.height() == grown
    dialog.close()
    dialog.deleteLater()


def test_a_dialog_that_is_told_something_before_it_opens_is_no_higher_than_it_must_be(qapp: QApplication) -> None:
    dialog = QDialog()
    column, field, message = QVBoxLayout(dialog), QLineEdit(), InlineMessage()
    field.setMinimumWidth(520)
    for part in (field, message):
        column.addWidget(part)
    message.say("Этот ключ сделала другая программа: здесь подписывают только своими ключами. " * 2, Tone.BAD)
    dialog.show()
    qapp.processEvents()
    assert message.label.height() >= message.label.heightForWidth(message.label.width())
    assert dialog.height() < 160
    dialog.close()
    dialog.deleteLater()


def test_labels_read_no_html_in_the_words_of_others(qapp: QApplication) -> None:
    details, message = IssuedDetails(), InlineMessage()
    for label in (details.note, details.signature_told, message.label):
        assert label.textFormat() is Qt.TextFormat.PlainText
    details.deleteLater()
