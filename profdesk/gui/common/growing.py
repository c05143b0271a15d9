"""Room for what appears in a dialog that is open already, and none for what has gone from it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget


def make_room(widget: QWidget) -> None:
    """Let the dialog of a widget grow, so that what stands in it is not pressed together; a page scrolls by itself.

    A dialog that has no size yet takes the right one when it opens: before, it is as narrow as a word.
    """
    window = widget.window()
    if isinstance(window, QDialog) and (window.isVisible() or window.testAttribute(Qt.WidgetAttribute.WA_Resized)):
        window.resize(window.width(), max(window.height(), _needed(window, window.width())))


def fit(dialog: QDialog) -> None:
    """Let a dialog be as small as what is left in it."""
    width = dialog.minimumWidth()
    dialog.resize(width, _needed(dialog, width))


def _needed(dialog: QDialog, width: int) -> int:
    """The least height at which nothing is pressed together."""
    layout = dialog.layout()
    if layout is None:
        return dialog.height()
    layout.activate()
    return max(layout.minimumHeightForWidth(width), layout.minimumSize().height())
