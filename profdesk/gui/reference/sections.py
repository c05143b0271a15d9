"""The sections of a draft, each to be ticked and written over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSizeF, Qt, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QTextEdit, QVBoxLayout, QWidget

from profdesk.domain.reference import Left, Section
from profdesk.gui.common import fonts

_LINE_HEIGHT = 125.0
_FRAME = 14
_LINE_END = re.compile("[\u2028\u2029]")


class SectionEditor(QWidget):
    """A box with the section's title, and below it, while it is ticked, the words, as high as they are."""

    changed = Signal()

    def __init__(self, section: Section, left: Left | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._drafted = Left(section.included, section.text)
        shown = left or self._drafted
        self.box = QCheckBox(section.title)
        self.box.setChecked(shown.included)
        self.words = _Words()
        self.words.setAccessibleName(section.title)
        self.words.setPlainText(shown.text)
        self.words.set_line_height()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(2)
        column.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.words)
        self.words.setVisible(shown.included)  # only now: shown without a parent it would be a window
        self.box.toggled.connect(self.words.setVisible)
        self.box.toggled.connect(lambda _: self.changed.emit())
        self.words.textChanged.connect(self.changed)

    @property
    def left(self) -> Left:
        """As it stands now."""
        return Left(self.box.isChecked(), self.words.text())

    @property
    def touched(self) -> bool:
        """Whether the user has changed anything of the draft."""
        return self.left != self._drafted

    def restore(self) -> None:
        """Bring the draft back; Ctrl+Z in the field brings back what was written over it."""
        self.box.setChecked(self._drafted.included)
        if self.words.text() != self._drafted.text:
            cursor = self.words.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(self._drafted.text)


class SectionList(QScrollArea):
    """All sections of one draft, one below another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.editors: Sequence[SectionEditor] = ()
        self.show_sections((), {})

    def show_sections(self, sections: Sequence[Section], left: Mapping[str, Left]) -> None:
        """Show a draft, with what the user has left of it before, by keys; the cursor stays in its section."""
        stop = next((place for place, widget in self._places().items() if widget.hasFocus()), None)
        canvas = QWidget()
        canvas.setObjectName("canvas")
        column = QVBoxLayout(canvas)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(0)
        self.editors = [SectionEditor(section, left.get(section.key)) for section in sections]
        for editor in self.editors:
            column.addWidget(editor)
            editor.changed.connect(self.changed)
        column.addStretch(1)
        self.setWidget(canvas)
        if stop is not None:
            self._places().get(stop, self.editors[0].box).setFocus()

    def touched(self) -> Mapping[str, Left]:
        """Those that are no longer as drafted."""
        return {one.section.key: one.left for one in self.editors if one.touched}

    def restore(self) -> None:
        """Bring the whole draft back."""
        for editor in self.editors:
            editor.restore()

    def stops(self) -> Sequence[QWidget]:
        """What the tab key stops at, from the top."""
        return list(self._places().values())

    def _places(self) -> Mapping[tuple[str, str], QWidget]:
        return {
            (editor.section.key, name): widget
            for editor in self.editors
            for name, widget in (("box", editor.box), ("words", editor.words))
        }


class _Words(QTextEdit):
    """A field of plain words that is as high as they are and leaves the tab key to the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(fonts.font(fonts.TEXT))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def text(self) -> str:
        """The words with their no-break spaces, which ``toPlainText`` takes away; a line end parts paragraphs."""
        return _LINE_END.sub("\n", self.document().toRawText())

    def set_line_height(self) -> None:
        """Give long text room between its lines; not a step that Ctrl+Z would take back."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        form = QTextBlockFormat()
        form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self.document().setUndoRedoEnabled(False)
        cursor.mergeBlockFormat(form)
        self.document().setUndoRedoEnabled(True)

    def _grow(self, size: QSizeF) -> None:
        self.setFixedHeight(round(size.height()) + _FRAME)
