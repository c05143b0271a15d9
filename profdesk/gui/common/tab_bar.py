"""The tabs of a page: quiet words with a line under the one in front."""

from __future__ import annotations

from PySide6.QtWidgets import QTabBar, QWidget

from profdesk.gui.common import fonts


class TabBar(QTabBar):
    """Its shape stands in the style sheet; the views it turns are the page's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setFont(fonts.font(fonts.TEXT))
