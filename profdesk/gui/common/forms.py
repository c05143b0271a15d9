"""Qt Designer forms, loaded into the widget they belong to and checked against its annotations."""

from __future__ import annotations

from typing import get_type_hints

from PySide6.QtCore import QFile, QIODevice, QObject
from PySide6.QtGui import QAction
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QButtonGroup, QLayout, QWidget
from typing_extensions import override

from profdesk import assets
from profdesk.gui.common import text
from profdesk.gui.common.card import Card
from profdesk.gui.common.chip import Chip
from profdesk.gui.common.count_filter import CountFilter
from profdesk.gui.common.empty import EmptyState
from profdesk.gui.common.fields import FieldNote
from profdesk.gui.common.header import PageHeader
from profdesk.gui.common.message import InlineMessage
from profdesk.gui.common.pdf_pages import Magnifier, PageTurner, PdfPages
from profdesk.gui.common.progress import ProgressStrip, TargetBar
from profdesk.gui.common.search import SearchField
from profdesk.gui.common.segmented import Segmented
from profdesk.gui.common.status_bar import StatusBar
from profdesk.gui.common.table import DeskTable

_COMMON: tuple[type[QWidget], ...] = (
    Card,
    Chip,
    CountFilter,
    DeskTable,
    EmptyState,
    FieldNote,
    InlineMessage,
    Magnifier,
    PageHeader,
    PageTurner,
    PdfPages,
    ProgressStrip,
    SearchField,
    Segmented,
    StatusBar,
    TargetBar,
)
_CHILD = (QWidget, QLayout, QAction, QButtonGroup)
_WANTED: dict[type[QWidget], dict[str, type[QObject]]] = {}


def fill(widget: QWidget, form: str) -> None:
    """Load ``forms/<form>.ui`` into the widget and set every public annotated child by its object name.

    ``table: DeskTable`` in the class's body makes the form's child ``table`` an attribute of that type;
    TypeError for a child that is missing or of another type. A form's custom widgets are those annotated,
    on the widget itself or anywhere in ``gui.common``.
    """
    wanted = _wanted(type(widget))
    loader = _Loader(widget, _own_widgets(wanted))
    file = QFile(str(assets.form(form)))
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(f"{assets.form(form)}: {file.errorString()}")
    loaded = loader.load(file)
    file.close()
    if loaded is None:
        raise ValueError(f"{form}.ui: {loader.errorString()}")
    for name, kind in wanted.items():
        setattr(widget, name, _child(widget, form, name, kind))
    for header in widget.findChildren(PageHeader):
        header.adopt()
    text.dress(widget)


def _wanted(owner: type[QWidget]) -> dict[str, type[QObject]]:
    if owner not in _WANTED:
        _WANTED[owner] = {
            name: kind
            for name, kind in get_type_hints(owner).items()
            if not name.startswith("_") and isinstance(kind, type) and issubclass(kind, _CHILD)
        }
    return _WANTED[owner]


def _own_widgets(wanted: dict[str, type[QObject]]) -> dict[str, type[QWidget]]:
    annotated = (kind for kind in wanted.values() if issubclass(kind, QWidget))
    return {kind.__name__: kind for kind in (*_COMMON, *annotated) if not kind.__module__.startswith("PySide6")}


def _child(widget: QWidget, form: str, name: str, kind: type[QObject]) -> QObject:
    found = widget.findChild(QObject, name)
    if not isinstance(found, kind):
        actual = "nothing" if found is None else type(found).__name__
        raise TypeError(f"{form}.ui: {name} is {actual}, {type(widget).__name__} wants {kind.__name__}")
    return found


class _Loader(QUiLoader):
    """Takes the given widget for the form's root, and makes the house's own widgets by class name."""

    def __init__(self, root: QWidget, own: dict[str, type[QWidget]]) -> None:
        super().__init__()
        self._root = root
        self._own = own

    @override
    def createWidget(self, class_name: str, parent: QWidget | None = None, name: str = "") -> QWidget:
        if parent is None:
            return self._root
        kind = self._own.get(class_name)
        if kind is None:
            return super().createWidget(class_name, parent, name)
        made = kind(parent)
        made.setObjectName(name)
        return made
