"""This user's settings on this computer: each declared once with its default and its meaning."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from profdesk import paths

_RECENT = 8
_APART = 500


@dataclass(frozen=True)
class Settings:
    """``recent`` are workspace folders, the last opened first; ``geometry`` is Qt's, in hex.

    ``grid_zoom`` is the size of the class grid in percent.
    ``apart`` are pairs of pupils' ids that look like one child entered twice and were told to be two.
    ``scope`` is whose affairs the overview shows, empty for everybody's.
    ``summary_span`` and ``summary_scope`` are the days and whose figures the summary shows, as its page codes them.
    ``certificate_blank`` is the file of the school's own blank of certificates, empty where there is none.
    ``certificate_files`` is the pattern that names files of certificates, empty for the usual one.
    ``reference_template`` is the file of the school's own template of references, empty where there is none.
    """

    recent: tuple[str, ...] = ()
    geometry: str = ""
    page: str = ""
    grid_zoom: int = 100
    apart: tuple[str, ...] = ()
    scope: str = ""
    summary_span: str = ""
    summary_scope: str = ""
    certificate_blank: str = ""
    certificate_files: str = ""
    reference_template: str = ""

    def with_recent(self, workspace: Path) -> Settings:
        """Put a workspace first among the recent ones."""
        opened = str(workspace.resolve())
        others = tuple(path for path in self.recent if path != opened)
        return replace(self, recent=(opened, *others)[:_RECENT])

    def with_apart(self, pair: str) -> Settings:
        """Remember a pair, the last told first."""
        return replace(self, apart=(pair, *(one for one in self.apart if one != pair))[:_APART])


def load() -> Settings:
    """Read the settings; a missing or spoiled file gives the defaults, since nothing depends on it."""
    try:
        raw = json.loads(paths.settings_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    return _checked(raw) if isinstance(raw, dict) else Settings()


def save(settings: Settings) -> None:
    """Write the settings by atomic replace."""
    target = paths.settings_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=2), encoding="utf-8")
    fresh.replace(target)


def _checked(raw: dict[str, object]) -> Settings:
    zoom = raw.get("grid_zoom")
    return Settings(
        recent=_texts(raw, "recent"),
        geometry=_text(raw, "geometry"),
        page=_text(raw, "page"),
        grid_zoom=zoom if isinstance(zoom, int) else Settings.grid_zoom,
        apart=_texts(raw, "apart"),
        scope=_text(raw, "scope"),
        summary_span=_text(raw, "summary_span"),
        summary_scope=_text(raw, "summary_scope"),
        certificate_blank=_text(raw, "certificate_blank"),
        certificate_files=_text(raw, "certificate_files"),
        reference_template=_text(raw, "reference_template"),
    )


def _texts(raw: dict[str, object], name: str) -> tuple[str, ...]:
    values = raw.get(name)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def _text(raw: dict[str, object], name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else ""
