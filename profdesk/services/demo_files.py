"""Files of lessons and documents in the demonstration school; all of it is made up."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING

from profdesk import assets
from profdesk.domain.attachments import FileEdits, NewFile
from profdesk.domain.organisation import Organisation
from profdesk.domain.progress import Progress
from profdesk.domain.register import title
from profdesk.domain.registers import ALL
from profdesk.services import kept_files, organisation, registers

if TYPE_CHECKING:
    from profdesk.storage.workspace import Workspace


def attach(workspace: Workspace, today: date, progress: Progress) -> None:
    """Give files to the entries whose titles the shipped list begins with, as their dialog would."""
    actor, school = workspace.actor, organisation.get(workspace, workspace.actor)
    shipped = tomllib.loads(assets.resource("demo-registers", "files.toml").read_text(encoding="utf-8"))["files"]
    for done, one in enumerate(shipped):
        progress(done, len(shipped))
        register = ALL[one["register"]]
        found = registers.book(workspace, actor, register)
        entry = next(
            there.id for there in found.entries if title(register, there.values, found.titles).startswith(one["entry"])
        )
        file = _file(school, one["name"], one["text"].strip(), today)
        registers.change(workspace, actor, register, entry, {}, FileEdits((file,)))
    progress(len(shipped), len(shipped))


def _file(school: Organisation, name: str, text: str, today: date) -> NewFile:
    if not name.endswith(".pdf"):
        return kept_files.new_file(name, text.encode("utf-8-sig"))
    from profdesk.documents import demo_paper

    return kept_files.new_file(name, demo_paper.demo_paper(school, text.splitlines(), today))
