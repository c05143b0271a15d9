"""An inline message pushes and never covers, in a dialog too."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout

from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.tones import Tone


def test_a_dialog_grows_for_what_is_told_in_it(qapp: QApplication) -> None:
    dialog = QDialog()
    column, field, message = QVBoxLayout(dialog), QLineEdit(), InlineMessage()
    for part in (field, message):
        column.addWidget(part)
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
