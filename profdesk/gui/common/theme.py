"""Colours: light and dark tokens, the palette and the sheet of shapes made of them.

Indigo is what can be pressed or is selected, petrol is data, green, amber and red are states and never
stand without an icon and a word.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from string import Template

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from profdesk import assets
from profdesk.gui.common import fonts, phosphor

Stages = tuple[QColor, QColor, QColor, QColor]


@dataclass(frozen=True)
class Tokens:
    """Every colour of one theme; ``past`` is earlier data, ``paper_well`` lies behind a page preview."""

    window: QColor
    base: QColor
    alt: QColor
    text: QColor
    text2: QColor
    accent: QColor
    on_accent: QColor
    accent_text: QColor
    control: QColor
    border: QColor
    line: QColor
    nav: QColor
    accent_soft: QColor
    accent_hover: QColor
    ok: QColor
    ok_soft: QColor
    warn: QColor
    warn_soft: QColor
    bad: QColor
    bad_soft: QColor
    data: QColor
    past: QColor
    data_soft: QColor
    paper_well: QColor
    stage_fill: Stages
    stage_digit: Stages

    def named(self, name: str) -> QColor:
        """A colour by the name of its field; an error for any other name."""
        colour = getattr(self, name)
        if not isinstance(colour, QColor):
            raise TypeError(f"{name} is not one colour")
        return colour


def _stages(*values: str) -> Stages:
    zero, one, two, three = (QColor(value) for value in values)
    return zero, one, two, three


LIGHT = Tokens(
    window=QColor("#F3F4F6"),
    base=QColor("#FFFFFF"),
    alt=QColor("#F8F9FB"),
    text=QColor("#191D24"),
    text2=QColor("#525B67"),
    accent=QColor("#3A57C4"),
    on_accent=QColor("#FFFFFF"),
    accent_text=QColor("#2F49AB"),
    control=QColor("#828B98"),
    border=QColor("#D3D8DF"),
    line=QColor("#E5E8EC"),
    nav=QColor("#E8EAEE"),
    accent_soft=QColor("#E3E8FA"),
    accent_hover=QColor("#2F49AB"),
    ok=QColor("#1B6E45"),
    ok_soft=QColor("#E0F1E7"),
    warn=QColor("#7D510A"),
    warn_soft=QColor("#FAEED3"),
    bad=QColor("#A8261C"),
    bad_soft=QColor("#FBE5E2"),
    data=QColor("#1A6B7C"),
    past=QColor("#7E8794"),
    data_soft=QColor("#CFE6EA"),
    paper_well=QColor("#DFE2E7"),
    stage_fill=_stages("#EEF0F2", "#C2E0E6", "#86C0CC", "#22707F"),
    stage_digit=_stages("#4A525D", "#0F3C46", "#062A33", "#FFFFFF"),
)

DARK = Tokens(
    window=QColor("#16181C"),
    base=QColor("#1D2025"),
    alt=QColor("#21252B"),
    text=QColor("#E4E7EB"),
    text2=QColor("#A6AFBB"),
    accent=QColor("#8FA6FF"),
    on_accent=QColor("#0D1330"),
    accent_text=QColor("#AFC0FF"),
    control=QColor("#7A838F"),
    border=QColor("#383E47"),
    line=QColor("#2B3037"),
    nav=QColor("#111316"),
    accent_soft=QColor("#272F50"),
    accent_hover=QColor("#A9BBFF"),
    ok=QColor("#6FCB9A"),
    ok_soft=QColor("#173427"),
    warn=QColor("#E3B663"),
    warn_soft=QColor("#382B12"),
    bad=QColor("#F39C91"),
    bad_soft=QColor("#43221E"),
    data=QColor("#7CCBD8"),
    past=QColor("#89929E"),
    data_soft=QColor("#20444D"),
    paper_well=QColor("#101215"),
    stage_fill=_stages("#292D34", "#1C4650", "#2A7080", "#86CEDA"),
    stage_digit=_stages("#C3CAD3", "#D2EFF4", "#F2FBFC", "#05252C"),
)

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "base",
    QPalette.ColorRole.Button: "base",
    QPalette.ColorRole.ToolTipBase: "base",
    QPalette.ColorRole.AlternateBase: "alt",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.BrightText: "text",
    QPalette.ColorRole.PlaceholderText: "text2",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "control",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Light: "base",
}
_FADED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)

# Marks the sheet of shapes needs as image files: file, icon, colour, size in pixels.
_MARKS = (
    ("caret-down", "caret-down", "text2", 12),
    ("caret-down-off", "caret-down", "border", 12),
    ("caret-up", "caret-up", "text2", 12),
    ("check", "check-bold", "on_accent", 12),
    ("check-off", "check-bold", "text2", 12),
)


class Notifier(QObject):
    """Tells that the colours changed, for what does not follow the palette by itself."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.chosen: bool | None = None
        self._marks = QTemporaryDir()

    def follow(self) -> None:
        """Take the colours chosen by ``apply``, or the system's if none were."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        scheme = app.styleHints().colorScheme()
        dark = scheme is Qt.ColorScheme.Dark if self.chosen is None else self.chosen
        self.tokens = DARK if dark else LIGHT
        app.setPalette(palette(self.tokens))
        sheet = self._sheet()
        if sheet != app.styleSheet():
            app.setStyleSheet(sheet)
        self.changed.emit()

    def _sheet(self) -> str:
        theme = "dark" if self.tokens is DARK else "light"
        for file, name, colour, size in _MARKS:
            for ratio, suffix in ((1, ""), (2, "@2x")):
                image = phosphor.draw(name, self.tokens.named(colour), size, ratio)
                image.save(self._marks.filePath(f"{file}-{theme}{suffix}.png"))
        names = {f.name: self.tokens.named(f.name).name() for f in fields(Tokens) if "stage" not in f.name}
        template = assets.resource("style", "profdesk.qss").read_text(encoding="utf-8")
        return Template(template).substitute(names, marks=self._marks.path(), theme=theme)


@cache
def notifier() -> Notifier:
    """The one notifier of the process."""
    return Notifier()


def tokens() -> Tokens:
    """The colours in force; ask for them while painting, never keep them."""
    return notifier().tokens


def palette(colours: Tokens) -> QPalette:
    """Qt's palette of a theme; a disabled text takes ``text2``."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, colours.named(name))
    for role in _FADED:
        made.setColor(QPalette.ColorGroup.Disabled, role, colours.text2)
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, colours.border)
    return made


def apply(app: QApplication, dark: bool | None = None) -> None:
    """Dress the application: style, font, colours; ``None`` follows the system and its changes."""
    theme = notifier()
    theme.chosen = dark
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(fonts.font(fonts.TEXT))
    app.styleHints().colorSchemeChanged.connect(theme.follow, Qt.ConnectionType.UniqueConnection)
    theme.follow()
