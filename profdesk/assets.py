"""Forms and resources: inside the wheel as ``profdesk/_data``, beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_DATA = _PACKAGE / "_data" if (_PACKAGE / "_data").is_dir() else _PACKAGE.parent


def form(name: str) -> Path:
    """The Qt Designer file of a window, page or dialog, named without its ending."""
    return _DATA / "forms" / f"{name}.ui"


def forms() -> list[Path]:
    """Every form that ships, in the order of their names."""
    return sorted((_DATA / "forms").glob("*.ui"))


def resource(*parts: str) -> Path:
    """A file or folder below ``resources/``."""
    return _DATA.joinpath("resources", *parts)
