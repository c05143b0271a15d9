"""What is the matter with a damaged workspace, and which copies can put it right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from profdesk.domain.backups import Copy
from profdesk.domain.plural import counted

_PARTS = {
    "desk.db": "база данных (desk.db)",
    "psy.db": "база психолога (psy.db)",
    "vault.json": "файл пользователей и ключей (vault.json)",
    "files": "приложенные файлы (files)",
    "files-psy": "файлы психолога (files-psy)",
}


@dataclass(frozen=True)
class Damage:
    """``parts`` are seen to be damaged; ``copies`` are whole, the newest first, and ``spoiled`` are not.

    ``away`` is the second place of copies, where it is not connected.
    """

    folder: Path
    parts: tuple[str, ...]
    copies: tuple[Copy, ...]
    spoiled: int
    away: Path | None = None

    def told(self) -> str:
        """What is damaged, in a sentence."""
        if not self.parts:
            return "Рабочая папка открылась не вся: часть записей в базе данных не читается."
        named = ", ".join(_PARTS.get(part, part) for part in self.parts)
        return f"Повреждено или потеряно: {named}."


@dataclass(frozen=True)
class Saved:
    """What could be read of a damaged workspace: a workspace in a folder of its own; ``torn`` tables lack rows."""

    folder: Path
    rows: int
    torn: int

    def told(self) -> str:
        """Where it is and how much of it."""
        rows = counted(self.rows, "строка", "строки", "строк")
        lacking = f" Не до конца прочитано таблиц: {self.torn}." if self.torn else " Прочитаны все таблицы."
        return f"В папке «{self.folder}» новая рабочая папка, в ней {rows}.{lacking} Откройте её тем же паролем."
