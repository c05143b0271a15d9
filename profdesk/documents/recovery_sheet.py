"""The sheet with the recovery code of a workspace: printed once, kept apart from the computer."""

from __future__ import annotations

from profdesk.documents.code_sheet import CodeSheet

_SHEET = CodeSheet(
    "Код восстановления",
    "Если пароль забыт, откройте программу, выберите рабочую папку, нажмите «Забыли пароль» и наберите этот код.",
    (
        "Кто знает код, тот откроет все данные. Храните лист отдельно от компьютера, например в сейфе.",
        "Второй раз программа код не покажет. Потеряны и пароль, и код — данные не открыть никому.",
    ),
)


def recovery_sheet(code: str, owner: str, folder: str) -> bytes:
    """Draw one page with the code in large letters."""
    return _SHEET.draw(code, f"Рабочая папка: {folder}", f"Владелец: {owner}")
