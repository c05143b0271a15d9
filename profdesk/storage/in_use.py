"""Who has a workspace open, for whoever finds it locked; SQLite's own lock alone decides whether it is."""

from __future__ import annotations

import json
import os
import platform
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from profdesk import atomic
from profdesk.storage.clock import kept_moment

FILE = "in-use.json"


def take(folder: Path, user: str) -> None:
    """Write down who has opened the folder now; a folder that takes no file stays without."""
    fields = {
        "user": user,
        "computer": platform.node(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "process": os.getpid(),
    }
    with suppress(OSError):
        atomic.write(folder / FILE, json.dumps(fields, ensure_ascii=False).encode())


def leave(folder: Path) -> None:
    """Nobody has it open any more."""
    with suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)


def told(folder: Path) -> str:
    """Say who has it, where and since when, as far as that is known."""
    try:
        fields = atomic.read_json(folder / FILE)
        since = kept_moment(fields["since"]).astimezone()
        user, computer = str(fields["user"]), str(fields["computer"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"Папка «{folder}» уже открыта в другом окне profdesk. Закройте его."
    today = since.date() == datetime.now(UTC).astimezone().date()
    when = f"{since:%H:%M}" if today else f"{since:%H:%M} {since:%d.%m.%Y}"
    where = f" на компьютере {computer}" if computer else ""
    return f"С папкой «{folder.name}» работает {_short(user)}{where} с {when}. Сначала закройте её там."


def _short(name: str) -> str:
    """«Климова Т. А.» of a full name."""
    surname, *others = name.split()[:3] or [""]
    return " ".join((surname, *(f"{one[0]}." for one in others)))
