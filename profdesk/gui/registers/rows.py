"""Registers and their entries as tables show them: columns made from fields, as many as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QFontMetrics

from profdesk.domain import register_state
from profdesk.domain.people import fold
from profdesk.domain.register import Entry, Field, FieldKind, Register, order, shown, title
from profdesk.domain.register_state import State
from profdesk.domain.school_year import SchoolYear
from profdesk.gui.common import chip, fonts
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone
from profdesk.services.registers import Book

ICONS = {
    "partners": "handshake",
    "agreements": "pen-nib",
    "staff": "users",
    "trainings": "graduation-cap",
    "working_group": "users-three",
    "documents": "files",
    "web_pages": "globe",
    "professions": "briefcase",
    "demand": "trend-up",
    "institutions": "bank",
    "specialities": "books",
    "trials": "wrench",
    "lessons": "chalkboard-teacher",
    "own_types": "list-plus",
    "achievements": "trophy",
    "profile_choices": "compass",
    "profile_studies": "student",
    "profession_choices": "target",
    "destinations": "flag",
}
_NOTE = "note"
_AROUND = 28
_CARET = 16
_WIDEST, _NAME, _LONGEST, _NOTED = 150, 250, 200, 150
"""The most a column takes at first, one of the name, the least the longest is left, and a note is put under."""
_FLAGS = {True: Look("check", Tone.NEUTRAL), False: Look(tone=Tone.MUTED)}


@dataclass(frozen=True)
class RegisterRow:
    """A register in the list at the left; ``count`` is None until it is known."""

    register: Register
    count: int | None

    @property
    def counted(self) -> str:
        """The count in figures."""
        return "" if self.count is None else str(self.count)


CHOICE: tuple[Column[RegisterRow], ...] = (
    Column("Реестр", lambda row: row.register.title, look=lambda row: Look(ICONS[row.register.code])),
    Column("Записей", lambda row: row.counted, width=44, right=True, look=lambda _: Look(tone=Tone.MUTED)),
)


@dataclass(frozen=True)
class EntryRow:
    """An entry with the words of its fields, what to tell of it today, the names of its files.

    ``folded`` are all its words for the search.
    """

    entry: Entry
    title: str
    words: dict[str, str]
    state: State | None
    past: bool
    folded: str
    files: tuple[str, ...] = ()

    def matches(self, words: str) -> bool:
        """Whether the entry holds every searched word."""
        return all(word in self.folded for word in fold(words).split())


_FILES: Column[EntryRow] = Column(
    "Файлов",
    lambda row: str(len(row.files)) if row.files else "",
    width=76,
    sort=lambda row: -len(row.files),
    look=lambda row: Look("paperclip", Tone.MUTED) if row.files else Look(),
)


def rows(book: Book, today: date, year: SchoolYear) -> list[EntryRow]:
    """Every entry of a register by its name."""
    return [_row(book, entry, today, year) for entry in book.entries]


def columns(register: Register, there: Sequence[EntryRow], room: int) -> tuple[Column[EntryRow], ...]:
    """The columns of a register that fit into ``room`` pixels: long texts are left to the dialog, then the last fields.

    The one with the longest words takes what is left, a long name before all. A note stands under the name.
    """
    fields = [field for field in register.fields if field.kind is not FieldKind.TEXT]
    wanted = {field.code: _width(field, there) for field in fields}
    longest = max(fields, key=lambda field: wanted[field.code])
    name = max((field for field in fields if field.names), key=lambda field: wanted[field.code])
    longest = name if wanted[name.code] > _NAME else longest
    noted = name if wanted[name.code] >= _NOTED else longest
    has_notes = any(row.words[_NOTE] for row in there)
    widths = {field.code: min(wanted[field.code], _NAME if field.names else _WIDEST) for field in fields}
    head = register_state.HEADS.get(register.code, "")
    state = _state_column(head, there)
    has_files = any(row.files for row in there)
    beside = (state.width if head else 0) + (_FILES.width if has_files else 0)
    left = room - beside - sum(widths.values()) + widths.pop(longest.code) - _LONGEST
    while left < 0 and widths:
        left += widths.popitem()[1]
    left -= min(left, wanted[longest.code] - _LONGEST)
    for code, width in widths.items():
        more = max(0, min(left, wanted[code] - width))
        widths[code], left = width + more, left - more
    shown = [field for field in fields if field is longest or field.code in widths]
    made = [_column(field, widths.get(field.code, 0), noted=has_notes and field is noted) for field in shown]
    if head:
        made.insert(sum(field.names for field in shown), state)
    return (*made, _FILES) if has_files else tuple(made)


def _row(book: Book, entry: Entry, today: date, year: SchoolYear) -> EntryRow:
    register, values = book.register, entry.values
    words = {field.code: shown(field, values[field.code], book.titles) for field in register.fields}
    state = register_state.state(register, values, today, year)
    files = tuple(one.name for one in book.files.get(entry.id, ()))
    told = [word for field in register.fields if field.kind is not FieldKind.FLAG and (word := words[field.code])]
    folded = fold(" ".join((*told, state.words if state else "", *files)))
    past = register_state.is_past(register, values, today)
    return EntryRow(entry, title(register, values, book.titles), words, state, past, folded, files)


def _column(field: Field, width: int, *, noted: bool) -> Column[EntryRow]:
    def look(row: EntryRow) -> Look:
        return _FLAGS[bool(row.entry.values[field.code])] if field.kind is FieldKind.FLAG else Look()

    return Column(
        field.title,
        lambda row: row.words[field.code],
        width=width,
        right=field.kind is FieldKind.NUMBER,
        sort=_order(field),
        second=(lambda row: row.words[_NOTE].replace("\n", " ")) if noted else None,
        look=look,
    )


def _state_column(head: str, there: Sequence[EntryRow]) -> Column[EntryRow]:
    widest = max((chip.width(row.state.words, "clock") for row in there if row.state), default=0)
    return Column(
        head,
        lambda row: row.state.words if row.state else "",
        width=max(widest + 20, 110),
        sort=lambda row: (row.state is None, not (row.state and row.state.late), row.folded),
        look=lambda row: Look("clock", Tone.BAD if row.state.late else Tone.WARN, chip=True) if row.state else Look(),
    )


def _order(field: Field) -> Callable[[EntryRow], object]:
    """Days and numbers in their own order, what is not known first; words by the alphabet."""
    if field.kind is FieldKind.DAY:
        return lambda row: row.entry.values[field.code] or date.min
    if field.kind is FieldKind.NUMBER:
        return lambda row: -1 if row.entry.values[field.code] is None else row.entry.values[field.code]
    return lambda row: order(row.words[field.code])


def _width(field: Field, there: Sequence[EntryRow]) -> int:
    text, caption = QFontMetrics(fonts.font(fonts.TEXT)), QFontMetrics(fonts.font(fonts.CAPTION))
    widest = max((text.horizontalAdvance(row.words[field.code]) for row in there), default=0)
    icon = 22 if field.kind is FieldKind.FLAG else 0
    return max(widest + icon, caption.horizontalAdvance(field.title) + _CARET) + _AROUND
