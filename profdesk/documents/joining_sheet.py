"""The sheet with the code of a workspace package: handed over apart from the file, needed once."""

from __future__ import annotations

from profdesk.documents.code_sheet import CodeSheet

_SHEET = CodeSheet(
    "Код к пакету рабочей папки",
    "На новом компьютере откройте программу, нажмите «Присоединиться к организации», выберите файл и наберите код.",
    (
        "Храните и передавайте лист отдельно от файла: вместе они открывают данные.",
        "Когда компьютер присоединён, лист и файл больше не нужны. Уничтожьте оба.",
    ),
)


def joining_sheet(code: str, organisation: str, computer: str, person: str) -> bytes:
    """Draw one page with the code in large letters."""
    return _SHEET.draw(code, f"{organisation}. Компьютер «{computer}»", f"Для кого: {person}")
