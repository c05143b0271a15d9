"""This user's settings on this computer: each declared once with its default and its meaning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from profdesk import atomic, paths

_RECENT = 8
_APART = 500
_LOGINS = 500
SHORTEST_IDLE, LONGEST_IDLE = 1, 60
"""Minutes without work before the lock."""


@dataclass(frozen=True)
class Settings:
    """``recent`` are workspace folders, the last opened first; ``geometry`` is Qt's, in hex.

    ``pages`` are the names of the pages on which users (ids) closed the window.
    ``second_places`` are the folders where copies of workspaces (ids) go once more.
    ``grid_zoom`` is the size of the class grid in percent.
    ``apart`` are pairs of pupils' ids that look like one child entered twice and were told to be two.
    ``scope`` is whose affairs the overview shows, empty for everybody's.
    ``summary_span`` and ``summary_scope`` are the days and whose figures the summary shows, as its page codes them.
    ``certificate_blank`` is the file of the school's own blank of certificates, empty where there is none.
    ``certificate_files`` is the pattern that names files of certificates, empty for the usual one.
    ``logins`` are when each user (the id) last opened a workspace here, and ``organisations`` whose a folder is.
    ``lock_minutes`` is after how long without work the workspace is locked.
    ``reference_template`` is the file of the school's own template of references, empty where there is none.
    """

    recent: tuple[str, ...] = ()
    geometry: str = ""
    pages: Mapping[str, str] = field(default_factory=dict)
    second_places: Mapping[str, str] = field(default_factory=dict)
    grid_zoom: int = 100
    apart: tuple[str, ...] = ()
    scope: str = ""
    summary_span: str = ""
    summary_scope: str = ""
    certificate_blank: str = ""
    certificate_files: str = ""
    reference_template: str = ""
    logins: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    lock_minutes: int = 10

    def with_recent(self, workspace: Path) -> Settings:
        """Put a workspace first among the recent ones."""
        opened = str(workspace.resolve())
        others = tuple(path for path in self.recent if path != opened)
        return replace(self, recent=(opened, *others)[:_RECENT])

    def page_of(self, user: str, otherwise: str) -> str:
        """The page a user was last on, ``otherwise`` before there was any."""
        return self.pages.get(user, otherwise)

    def with_page(self, user: str, page: str) -> Settings:
        """Remember the page a user was on."""
        return replace(self, pages={**self.pages, user: page})

    def with_login(self, user: str, moment: datetime, workspace: Path, organisation: str) -> Settings:
        """Remember who opened which workspace when; the last come first."""
        came = {user: moment.isoformat(), **{one: at for one, at in self.logins.items() if one != user}}
        known = {one: name for one, name in self.organisations.items() if one in self.recent}
        return replace(
            self,
            logins=dict(islice(came.items(), _LOGINS)),
            organisations={**known, str(workspace.resolve()): organisation},
        )

    def with_apart(self, pair: str) -> Settings:
        """Remember a pair, the last told first."""
        return replace(self, apart=(pair, *(one for one in self.apart if one != pair))[:_APART])


def load() -> Settings:
    """Read the settings; a missing or spoiled file gives the defaults, since nothing depends on it."""
    try:
        raw = atomic.read_json(paths.settings_file())
    except (OSError, ValueError):
        return Settings()
    return _checked(raw) if isinstance(raw, dict) else Settings()


def save(settings: Settings) -> None:
    """Write the settings by atomic replace; OSError as the system says it."""
    target = paths.settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic.write(target, json.dumps(asdict(settings), ensure_ascii=False, indent=2).encode())


def remember(settings: Settings) -> None:
    """Save what is mere convenience: a full or closed disk stops nobody from logging in, locking or leaving."""
    with suppress(OSError):
        save(settings)


def _checked(raw: dict[str, object]) -> Settings:
    zoom, idle = raw.get("grid_zoom"), raw.get("lock_minutes")
    return Settings(
        recent=_texts(raw, "recent"),
        geometry=_text(raw, "geometry"),
        pages=_named(raw, "pages"),
        second_places=_named(raw, "second_places"),
        grid_zoom=zoom if isinstance(zoom, int) else Settings.grid_zoom,
        apart=_texts(raw, "apart"),
        scope=_text(raw, "scope"),
        summary_span=_text(raw, "summary_span"),
        summary_scope=_text(raw, "summary_scope"),
        certificate_blank=_text(raw, "certificate_blank"),
        certificate_files=_text(raw, "certificate_files"),
        reference_template=_text(raw, "reference_template"),
        logins=_named(raw, "logins"),
        organisations=_named(raw, "organisations"),
        lock_minutes=min(LONGEST_IDLE, max(SHORTEST_IDLE, idle)) if isinstance(idle, int) else Settings.lock_minutes,
    )


def _texts(raw: dict[str, object], name: str) -> tuple[str, ...]:
    values = raw.get(name)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def _named(raw: dict[str, object], name: str) -> Mapping[str, str]:
    values = raw.get(name)
    pairs = values.items() if isinstance(values, dict) else ()
    return {key: value for key, value in pairs if isinstance(key, str) and isinstance(value, str)}


def _text(raw: dict[str, object], name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else ""
