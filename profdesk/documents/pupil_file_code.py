"""The sheet with the code of a pupil's file: it goes another way than the file."""

from __future__ import annotations

from profdesk.documents.code_sheet import CodeSheet

_SHEET = CodeSheet(
    "Код к файлу ученика",
    "На странице «Обучающиеся» откройте «Ещё», «Принять из другой организации…», выберите файл, наберите этот код.",
    (
        "Кто знает код и держит файл, тот прочтёт всё, что в нём есть. Передавайте код отдельно от файла.",
        "Когда файл принят, лист больше не нужен: уничтожьте его.",
    ),
)


def code_sheet(code: str, name: str, organisation: str) -> bytes:
    """Draw one page with the code in large letters; ``name`` is what the file is called."""
    return _SHEET.draw(code, f"Файл: {name}", f"Откуда: {organisation}", organisation)
