"""What the user has no right to is not there: verbs withheld for good, and fields that may be read but not written."""

from __future__ import annotations

from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from profdesk.domain.rights import Right
from profdesk.gui.common.desk import Desk

Verb = QWidget | QAction | QShortcut
_CHOOSERS = (QComboBox, QCheckBox, QAbstractSpinBox)
_LINES = (QLineEdit, QPlainTextEdit, QTextEdit)


def allow(desk: Desk, right: Right, *verbs: Verb) -> bool:
    """Whether the user has a right; the verbs that need it are withheld from one who has not."""
    if desk.may(right):
        return True
    withhold(*verbs)
    return False


def withhold(*verbs: Verb) -> None:
    """Take verbs away for good: whatever a page shows, enables or clicks later, they stay out of sight and dead."""
    for verb in verbs:
        if isinstance(verb, QWidget):
            _hide(verb)
        elif isinstance(verb, QAction):
            for home in verb.associatedObjects():
                if isinstance(home, QWidget):
                    home.removeAction(verb)
        else:
            verb.setKeys([])


def show_only(*parts: QWidget) -> None:
    """Let fields, and those inside of what holds some, be read, selected and copied, but not changed."""
    for field in (one for part in parts for one in (part, *part.findChildren(QWidget))):
        if isinstance(field, _CHOOSERS):
            field.setEnabled(False)
        elif isinstance(field, _LINES):
            field.setReadOnly(True)
            field.style().unpolish(field)
            field.style().polish(field)


def _hide(verb: QWidget) -> None:
    """Put a widget where nothing is ever visible or enabled; a layout lets go of it by itself."""
    home = verb.parentWidget()
    nowhere = QWidget(home)
    nowhere.setEnabled(False)
    nowhere.hide()
    verb.setParent(nowhere)
