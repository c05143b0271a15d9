"""Figures of the fault tests, written into docs/reliability.md where they are asked for."""

from __future__ import annotations

import re
from pathlib import Path

FILE = Path(__file__).parents[2] / "docs" / "reliability.md"


class Figures:
    """Puts what a test measured under its heading in place of what stood there; else only prints it."""

    def __init__(self, *, kept: bool) -> None:
        self._kept = kept

    def tell(self, heading: str, *lines: str) -> None:
        print(heading, *lines, sep="\n")
        if self._kept:
            FILE.write_text(put(FILE.read_text(encoding="utf-8"), heading, lines), encoding="utf-8")


def put(text: str, heading: str, lines: tuple[str, ...]) -> str:
    """The text with other lines between a heading and the next one."""
    section = re.compile(rf"(?<=^## {re.escape(heading)}\n).*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if not section.search(text):
        raise LookupError(f"docs/reliability.md has no heading «{heading}»")
    body = "\n".join(f"- {line}" for line in lines)
    return section.sub(lambda _: f"\n{body}\n\n", text, count=1).rstrip() + "\n"
