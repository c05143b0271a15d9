"""Files dropped on a widget or anything inside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class FileDrop(QObject):
    """Takes any files of this computer; while they hang over ``home``, ``shown`` have the property ``over``."""

    dropped = Signal(object)
    """A list of Path."""

    def __init__(self, home: QWidget, shown: Sequence[QWidget]) -> None:
        super().__init__(home)
        self._shown = shown
        home.setAcceptDrops(True)
        home.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragLeave:
            self._show(over=False)
        elif isinstance(event, QDropEvent) and (files := _files(event)):
            event.acceptProposedAction()
            self._show(over=event.type() != QEvent.Type.Drop)
            if event.type() == QEvent.Type.Drop:
                self.dropped.emit(files)
            return True
        return super().eventFilter(watched, event)

    def _show(self, *, over: bool) -> None:
        for part in self._shown:
            if part.property("over") is not over:
                part.setProperty("over", over)
                part.style().unpolish(part)
                part.style().polish(part)


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
