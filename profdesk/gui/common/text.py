"""Labels by what they are: title, card title, text, caption; each one font and one palette role.

They show words as they are, whatever signs people write or files hold; a label that is to read HTML asks for it.
"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from profdesk.gui.common import fonts

_LONG, _PIECES, _BREAK = re.compile(r"\S{32,}"), re.compile(r".{1,16}"), "\u200b"
_ROLES = {
    "title": (fonts.TITLE, True, QPalette.ColorRole.WindowText),
    "card": (fonts.CARD, True, QPalette.ColorRole.WindowText),
    "strong": (fonts.TEXT, True, QPalette.ColorRole.WindowText),
    "text": (fonts.TEXT, False, QPalette.ColorRole.WindowText),
    "second": (fonts.TEXT, False, QPalette.ColorRole.PlaceholderText),
    "caption": (fonts.CAPTION, False, QPalette.ColorRole.PlaceholderText),
}


def set_role(label: QLabel, role: str) -> None:
    """Give a label the font and colour of a role: title, card, strong, text, second or caption."""
    px, bold, colour = _ROLES[role]
    label.setFont(fonts.font(px, bold))
    label.setForegroundRole(colour)
    label.setProperty("role", role)


def label(text: str, role: str = "text", *, wrap: bool = False) -> QLabel:
    """A new label of a role; give a wrapping one a stretch factor, or it takes its narrowest width."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    set_role(made, role)
    return made


def breakable(words: str) -> str:
    """Words of which one too long for a line, an address perhaps, can be broken by a label that wraps."""
    return _LONG.sub(lambda found: _BREAK.join(_PIECES.findall(found[0])), words)


def dress(root: QWidget) -> None:
    """Apply the property ``role`` of labels and ``kind`` of buttons as set in a form; labels read no HTML."""
    for found in root.findChildren(QLabel):
        if found.textFormat() is Qt.TextFormat.AutoText:
            found.setTextFormat(Qt.TextFormat.PlainText)
        role = found.property("role")
        if isinstance(role, str):
            set_role(found, role)
    for button in root.findChildren(QPushButton):
        if button.property("kind") == "primary":
            button.setFont(fonts.font(fonts.TEXT, bold=True))
