"""The sheet with the recovery code of a workspace: printed once, kept apart from the computer."""

from __future__ import annotations

from datetime import UTC, datetime

from profdesk.documents import fonts, palette
from profdesk.documents.sheet import PORTRAIT, Sheet
from profdesk.documents.typography import day

_LEFT, _ROOM = 25.0, 160.0
_ADVICE = (
    "Если пароль забыт, откройте программу, выберите рабочую папку, нажмите «Забыли пароль» и наберите этот код.",
    "Регистр букв, пробелы и дефисы в коде не важны.",
    "Кто знает код, тот откроет все данные. Храните лист отдельно от компьютера, например в сейфе.",
    "Второй раз программа код не покажет. Потеряны и пароль, и код — данные не открыть никому.",
)


def recovery_sheet(code: str, owner: str, folder: str) -> bytes:
    """Draw one page with the code in large letters."""
    today = datetime.now(UTC).astimezone().date()
    sheet = Sheet(PORTRAIT, "Код восстановления", "profdesk", today)
    sheet.text(_LEFT, 35, "Код восстановления", face=fonts.SERIF, size=24, colour=palette.INK)
    y = sheet.paragraph(_LEFT, 46, f"Рабочая папка: {folder}", _ROOM, size=11)
    y = sheet.paragraph(_LEFT, y + 1, f"Владелец: {owner}. Напечатано {day(today)}", _ROOM, size=11)
    sheet.box(_LEFT, y + 4, _ROOM, 24, stroke=palette.INK, line=1, radius=2)
    sheet.text(_LEFT + _ROOM / 2, y + 18.5, code, face=fonts.BOLD, size=17, align="centre")
    y += 40
    for advice in _ADVICE:
        y = sheet.paragraph(_LEFT, y, advice, _ROOM, size=11) + 2
    sheet.next_page()
    return sheet.finish()
