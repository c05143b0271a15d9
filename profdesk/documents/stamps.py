"""The signatures at the end of a signed document: the stamp of the key, and an equal frame for a second person's."""

from __future__ import annotations

from datetime import datetime

from profdesk.documents import fonts, palette, signature_field
from profdesk.documents.report import LEFT, ROOM, Report
from profdesk.documents.sheet import MM, Sheet
from profdesk.documents.typography import fitted
from profdesk.domain.verification import SECOND_PLACE, KeyInfo

_HEIGHT, _WIDE, _GAP = 54.0, 86.5, 5.0
_PLACE = "Место для подписи руководителя. Её можно добавить к этому файлу: первая подпись останется верной."
_NOTE = (
    "Подлинность доказывает не бумага, а файл: откройте его в profdesk на странице «Проверка». "
    "Подпись не является квалифицированной."
)
_SIGNED = ("ДОКУМЕНТ ПОДПИСАН", "ЭЛЕКТРОННОЙ ПОДПИСЬЮ")
_UNSIGNED = ("НЕ ПОДПИСАН", "ПРЕДВАРИТЕЛЬНЫЙ ВИД")
_ALSO_SIGNED = ("ПОДПИСАН ТАКЖЕ", "ЭЛЕКТРОННОЙ ПОДПИСЬЮ")

Rows = list[tuple[str, str]]


def signatures(report: Report, key: KeyInfo | None, signed_at: datetime | None, *, numbered: bool) -> None:
    """Draw both frames; a document without a number is a preview, says so in its stamp, and nobody can sign it."""
    report.need(_HEIGHT + 39)
    report.y += 4
    report.heading("Подписи")
    sheet, y, second = report.sheet, report.y, LEFT + _WIDE + _GAP
    for x in (LEFT, second):
        sheet.box(x, y, _WIDE, _HEIGHT, stroke=palette.INK, line=0.55, radius=2)
    _stamp(sheet, LEFT, y, _SIGNED if numbered else _UNSIGNED, _rows(key, signed_at) if key else [])
    sheet.text(second + 5, y + 8, "Вторая подпись", face=fonts.BOLD, size=9, colour=palette.INK)
    sheet.paragraph(second + 5, y + 14, _PLACE, _WIDE - 10, size=8.5, colour=palette.SECOND)
    if numbered:
        corners = (second, sheet.height - y - _HEIGHT, second + _WIDE, sheet.height - y)
        signature_field.place(sheet.canvas, SECOND_PLACE, "Место второй подписи", [one * MM for one in corners])
    report.y = sheet.paragraph(LEFT, y + _HEIGHT + 7, _NOTE, ROOM, size=8, colour=palette.SECOND)


def second(key: KeyInfo, signed_at: datetime) -> bytes:
    """The stamp of a second person as a PDF of its own, as large as the frame it goes into."""
    sheet = Sheet((_WIDE, _HEIGHT), "Вторая подпись", key.organisation, signed_at.date())
    sheet.box(0.5, 0.5, _WIDE - 1, _HEIGHT - 1, fill=palette.WHITE, radius=1.5)
    _stamp(sheet, 0, 0, _ALSO_SIGNED, _rows(key, signed_at))
    sheet.next_page()
    return sheet.finish()


def _stamp(sheet: Sheet, x: float, y: float, title: tuple[str, str], rows: Rows) -> None:
    below = sheet.lines(x + 5, y + 8, title, face=fonts.BOLD, size=9, colour=palette.INK)
    for label, words in rows:
        sheet.text(x + 5, below + 1.5, label, size=7.5, colour=palette.SECOND)
        _, lines = fitted(words, fonts.TEXT, (7.8,), 56 * MM, 2)
        below = sheet.lines(x + 27, below + 1.5, lines, size=7.8, leading=1.2)


def _rows(key: KeyInfo, signed_at: datetime | None) -> Rows:
    rows = [
        ("Сертификат", f"{key.short_fingerprint} …"),
        ("Владелец", key.organisation),
        ("Подписал" if key.post else "Ключ", key.person),
        ("Действителен", f"с {key.valid_from:%d.%m.%Y} по {key.valid_until:%d.%m.%Y}"),
    ]
    if signed_at is not None:
        rows.append(("Подписано", f"{signed_at.astimezone():%d.%m.%Y %H:%M}"))
    return [*rows, ("Вид подписи", "усиленная неквалифицированная")]
