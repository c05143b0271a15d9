"""The tree of levels and classes at the left of the list, with how many are in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget
from typing_extensions import override

from profdesk.domain.pupil_list import Branch
from profdesk.gui.common import fonts, icons, theme

_SCOPE = int(Qt.ItemDataRole.UserRole) + 1
_COUNT = int(Qt.ItemDataRole.UserRole) + 2
_ROW = 26
_BAR = 3
_INDENT = 18


class ClassTree(QTreeView):
    """``chosen`` tells the scope of the branch now current; Enter asks to go on in the list.

    The arrows move and fold, a figure typed goes to the class that begins with it.
    """

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self._branches: Sequence[Branch] = ()
        self._wanted = ""
        self.setModel(self._model)
        self.setItemDelegate(_BranchDelegate(self))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(_INDENT)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        quiet = self.palette()
        quiet.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        self.setPalette(quiet)
        self.selectionModel().currentChanged.connect(self._tell)

    def show_branches(self, branches: Sequence[Branch]) -> None:
        """Show the tree; what is chosen and folded stays so, and where only counts differ only they are changed."""
        scope, former = self.scope, [branch for branch, _ in _walk(self._branches)]
        fresh, items = [branch for branch, _ in _walk(branches)], self._items()
        self._branches = branches
        if [(one.scope, one.title) for one in former] == [(one.scope, one.title) for one in fresh]:
            for branch in fresh:
                self._dress(items[branch.scope], branch)
            return
        folded = {scope for scope, item in items.items() if not self.isExpanded(item.index())}
        self.selectionModel().blockSignals(True)
        self._model.clear()
        known = {branch.scope for branch in former}
        places: dict[str, QStandardItem] = {"": self._model.invisibleRootItem()}
        for branch, parent in _walk(branches):
            item = places[branch.scope] = QStandardItem()
            self._dress(item, branch)
            places[parent].appendRow(item)
            self.setExpanded(item.index(), branch.scope not in folded or branch.scope not in known)
        self.selectionModel().blockSignals(False)
        wanted, self._wanted = self._wanted or scope, ""
        if not self.choose(wanted) and fresh:
            self.choose(fresh[0].scope)

    @property
    def scope(self) -> str:
        """The scope of the chosen branch, empty before there is any."""
        return str(self.currentIndex().data(_SCOPE) or "")

    @property
    def title(self) -> str:
        """What the chosen branch is called."""
        return str(self.currentIndex().data() or "")

    def choose(self, scope: str) -> bool:
        """Choose a branch by its scope; False if there is none."""
        item = self._items().get(scope)
        if item is not None:
            self.setCurrentIndex(item.index())
        return item is not None

    def want(self, scope: str) -> None:
        """Choose a branch, be it only shown later."""
        self._wanted = "" if self.choose(scope) else scope

    def _items(self) -> dict[str, QStandardItem]:
        found: dict[str, QStandardItem] = {}
        waiting = [self._model.invisibleRootItem()]
        while waiting:
            parent = waiting.pop()
            for number in range(parent.rowCount()):
                child = parent.child(number)
                found[child.data(_SCOPE)] = child
                waiting.append(child)
        return found

    @staticmethod
    def _dress(item: QStandardItem, branch: Branch) -> None:
        item.setText(branch.title)
        item.setData(branch.scope, _SCOPE)
        item.setData(branch.count, _COUNT)
        item.setAccessibleText(f"{branch.title}, {branch.count}")
        item.setToolTip(branch.title)

    def _tell(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.scope)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def drawRow(
        self, painter: QPainter, options: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index == self.currentIndex():
            colours = theme.tokens()
            area: QRect = options.rect
            painter.fillRect(area, colours.accent_soft)
            painter.fillRect(area.left(), area.top(), _BAR, area.height(), colours.accent)
            if self.hasFocus():
                painter.setPen(colours.accent)
                painter.drawRect(area.adjusted(0, 0, -1, -1))
        super().drawRow(painter, options, index)

    @override
    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        if self._model.hasChildren(index):
            name = "caret-down" if self.isExpanded(index) else "caret-right"
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(rect.right() - 14, rect.center().y() - 5, icons.pixmap(name, "text2", 12, ratio))


class _BranchDelegate(QStyledItemDelegate):
    """The title at left, the count at right."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = theme.tokens()
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        area: QRect = option.rect
        room = area.adjusted(4, 0, -12, 0)
        count = str(index.data(_COUNT))
        caption = fonts.font(fonts.CAPTION)
        painter.save()
        painter.setFont(caption)
        painter.setPen(colours.text2)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        font = fonts.font(fonts.TEXT, bold=chosen)
        left = room.adjusted(0, 0, -QFontMetrics(caption).horizontalAdvance(count) - 8, 0)
        title = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, left.width())
        painter.setFont(font)
        painter.setPen(colours.text)
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()


def _walk(branches: Sequence[Branch], parent: str = "") -> Iterator[tuple[Branch, str]]:
    """Every branch with the scope of its parent, parents first."""
    for branch in branches:
        yield branch, parent
        yield from _walk(branch.children, branch.scope)
