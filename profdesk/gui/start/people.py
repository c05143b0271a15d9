"""The names to choose from: two lines each, and at right when that user was last here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from profdesk.domain import logins
from profdesk.domain.access import Actor, Role
from profdesk.gui.common import fonts, theme

ROW = 52
_SHOWN = 5
_PAD, _BAR, _GAP = 18, 3, 12
_SECOND = Qt.ItemDataRole.UserRole + 1
_SEEN = Qt.ItemDataRole.UserRole + 2


class PeopleList(QListWidget):
    """Arrows and first letters choose; the one who was here last is chosen to begin with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setItemDelegate(_PersonDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)

    def set_people(self, people: Sequence[Actor], seen: Mapping[str, str]) -> None:
        """Show users by name; ``seen`` gives by id when each was last here (ISO 8601)."""
        self.clear()
        now = datetime.now(UTC).astimezone()
        for actor in sorted(people, key=lambda one: one.name.casefold().replace("ё", "е")):
            item = QListWidgetItem(actor.name, self)
            second, when = _post(actor), _when(seen.get(actor.id, ""), now)
            item.setData(Qt.ItemDataRole.UserRole, actor)
            item.setData(_SECOND, second)
            item.setData(_SEEN, when)
            told = ", ".join(filter(None, (actor.name, second, when)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        last = max(people, key=lambda one: seen.get(one.id, ""))
        self.choose(last.id if last.id in seen else self.person(0).id)
        self.setFixedHeight(ROW * min(_SHOWN, len(people)))

    def person(self, row: int | None = None) -> Actor:
        """The chosen user, or the one of a row."""
        actor: Actor = self.item(self.currentRow() if row is None else row).data(Qt.ItemDataRole.UserRole)
        return actor

    def choose(self, user: str) -> None:
        """Choose a user by id; nothing happens if there is none."""
        for row in range(self.count()):
            if self.person(row).id == user:
                self.setCurrentRow(row)

    def step(self, by: int) -> None:
        """Go up or down, as the arrows do."""
        self.setCurrentRow(min(self.count() - 1, max(0, self.currentRow() + by)))


class _PersonDelegate(QStyledItemDelegate):
    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        colours = theme.tokens()
        painter.save()
        if index.row() and not chosen:
            painter.fillRect(area.adjusted(_PAD - 2, 0, 2 - _PAD, 1 - area.height()), colours.line)
        if chosen:
            painter.fillRect(area, colours.accent_soft)
            painter.fillRect(QRect(area.left(), area.top(), _BAR, area.height()), colours.accent)
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(colours.accent, 2))
                painter.drawRect(area.adjusted(1, 1, -1, -1))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area.adjusted(0, 1, 0, 0), colours.alt)
        inside = area.adjusted(_PAD, 7, 2 - _PAD, -7)
        when = str(index.data(_SEEN))
        width = QFontMetrics(fonts.font(fonts.CAPTION)).horizontalAdvance(when)
        line = inside.height() // 2
        first = QRect(inside.left(), inside.top(), inside.width() - (width + _GAP if when else 0), line)
        second = QRect(inside.left(), inside.top() + line, inside.width(), inside.height() - line)
        painter.setPen(colours.text)
        _write(painter, first, str(index.data()), fonts.TEXT, bold=chosen)
        painter.setPen(colours.text2)
        _write(painter, second, str(index.data(_SECOND)), fonts.CAPTION)
        _write(painter, QRect(inside.right() - width, inside.top(), width + 1, line), when, fonts.CAPTION)
        painter.restore()


def _write(painter: QPainter, area: QRect, words: str, px: int, *, bold: bool = False) -> None:
    font = fonts.font(px, bold)
    painter.setFont(font)
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _post(actor: Actor) -> str:
    """The post as it was written, else the roles."""
    return actor.post or ", ".join(role.label for role in Role if role in actor.roles)


def _when(iso: str, now: datetime) -> str:
    try:
        return logins.seen(datetime.fromisoformat(iso).astimezone(), now)
    except (ValueError, OverflowError):
        return ""
