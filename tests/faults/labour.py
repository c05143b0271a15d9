"""Real work done in a program that is to be killed: each verb is told of before it begins and after it has returned.

What a verb writes is told as a mapping of places to what stands there: before it begins, where the places are known
(after a kill they hold all of it or nothing of it), and after it has returned (then they hold it for good).
"""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import select
from support import FIRST, LIST, PASSWORD, YEAR

from profdesk.documents import certificate as _certificate  # noqa: F401 - loaded before programs are forked
from profdesk.domain.activities import ActivityEntry
from profdesk.domain.consents import ConsentKind
from profdesk.domain.portfolio import Cell, Mark
from profdesk.domain.registers import PARTNERS
from profdesk.domain.route import LineKind, RouteEntry
from profdesk.domain.talks import TalkEntry, TalkKind
from profdesk.intake import roster_file as _roster_file  # noqa: F401
from profdesk.services import (
    activities,
    backups,
    batches,
    certificates,
    conclusions,
    consents,
    diagnostics,
    evidence,
    instruments,
    notes,
    portfolio,
    registers,
    roster,
    routes,
    talks,
)
from profdesk.signing import certificate_code as _certificate_code  # noqa: F401
from profdesk.signing import pdf as _pdf  # noqa: F401
from profdesk.storage import opening as storage
from profdesk.storage.models import OperationRow, PsyOperationRow
from profdesk.storage.workspace import Session, Workspace

INSTRUMENT = "yovaysha_rezapkina_24"
CODES = ("planning", "flexibility", "initiative", "independence", "speech")
DAY = date(2026, 11, 2)
_SURNAMES = ("Абрамов", "Белкин", "Власов", "Громов", "Дёмин", "Ершов", "Жуков", "Зимин", "Ильин", "Котов")

Places = dict[str, Any]
Imported = tuple[str, str]
"""The place of a list of pupils and the batch that brought it in."""


@dataclass(frozen=True)
class Room:
    """Where the work is done, and on what; ``files`` is a folder for what is brought in and given out."""

    folder: Path
    home: Path
    files: Path
    group: str
    pupils: tuple[str, ...]
    sheets: tuple[str, ...]


def work(told: Connection, room: Room, seed: int, imported: Imported | None) -> None:
    """Open the workspace and do verb after verb until killed; ``imported`` is a list that can be taken back."""
    os.environ["PROFDESK_HOME"] = str(room.home)
    tempfile.tempdir = str(room.files)
    chance = random.Random(seed)  # noqa: S311
    told.send(("opening", {}))
    workspace = storage.open_workspace(room.folder, None, PASSWORD)
    told.send(("open", {}))
    labourer = _Labourer(told, workspace, room, chance, imported)
    while True:
        labourer.do_something()


class _Labourer:
    def __init__(
        self, told: Connection, workspace: Workspace, room: Room, chance: random.Random, imported: Imported | None
    ) -> None:
        self._told = told
        self._workspace = workspace
        self._actor = workspace.actor
        self._room = room
        self._chance = chance
        self._imported = imported
        self._files = count()
        self._instrument = instruments.called(INSTRUMENT)

    def do_something(self) -> None:
        verb = self._chance.choices([verb for verb, _ in _VERBS], [often for _, often in _VERBS])[0]
        self._told.send(("trying", {}))
        self._told.send(("done", {**verb(self), **self._heads()}))

    def _try(self, places: Places) -> Places:
        self._told.send(("trying", places))
        return places

    def _heads(self) -> Places:
        with Session(self._workspace._engine) as session:
            return {
                f"journal/{name}/{session.scalars(select(kind.hash).order_by(kind.seq.desc()).limit(1)).one()}": True
                for name, kind in (("desk", OperationRow), ("psy", PsyOperationRow))
            }

    def _pupil(self) -> str:
        return self._chance.choice(self._room.pupils)

    def _words(self) -> str:
        return f"Слова {self._chance.getrandbits(64):x}"

    def _file(self, ending: str) -> Path:
        """A new file of some random bytes, of a few to a few hundred kilobytes."""
        path = self._room.files / f"{os.getpid()}-{next(self._files)}.{ending}"
        path.write_bytes(self._chance.randbytes(self._chance.randrange(1, 300_000)))
        return path

    def stages(self) -> Places:
        cells = [Cell(pupil, code) for pupil in self._room.pupils for code in CODES]
        chosen = self._chance.sample(cells, self._chance.randrange(1, 16))
        marks = [Mark(cell, self._chance.randrange(4)) for cell in chosen]
        places = self._try({f"stage/{one.cell.pupil}/{one.cell.competency}": one.stage for one in marks})
        portfolio.set_stages(self._workspace, self._actor, FIRST, marks)
        return places

    def note(self) -> Places:
        cell, words = Cell(self._pupil(), self._chance.choice(CODES)), self._words()
        places = self._try({f"note/{cell.pupil}/{cell.competency}": words})
        notes.write(self._workspace, self._actor, cell, FIRST, words)
        return places

    def answers(self) -> Places:
        sheet, first = self._chance.choice(self._room.sheets), self._chance.randrange(1, 20)
        answers = {item: self._chance.choice("abc") for item in range(first, first + self._chance.randrange(1, 5))}
        places = self._try({f"answer/{sheet}/{item}": words for item, words in answers.items()})
        diagnostics.put_answers(self._workspace, self._actor, self._instrument, sheet, answers)
        return places

    def conclusion(self) -> Places:
        sheet, words = self._chance.choice(self._room.sheets), self._words()
        places = self._try({f"conclusion/{sheet}": words})
        conclusions.write(self._workspace, self._actor, sheet, words, "")
        return places

    def talk(self) -> Places:
        file = self._file("docx")
        entry = TalkEntry(TalkKind.EXTERNAL, DAY, self._pupil(), source="Центр", words=self._words())
        made, _ = talks.write(self._workspace, self._actor, entry, file=file)
        return {f"talk/{made}": _digest(file.read_bytes())}

    def evidence(self) -> Places:
        files = [self._file("pdf") for _ in range(self._chance.randrange(1, 3))]
        added, _ = evidence.add(self._workspace, self._actor, self._pupil(), None, FIRST, files)
        return {f"evidence/{one.id}": _digest(file.read_bytes()) for one, file in zip(added.kept, files, strict=True)}

    def load(self) -> Places:
        """A list of new pupils, which this program or the next may take back."""
        stamp = "".join(self._chance.choice("абвгдежзиклмнопрст") for _ in range(10))
        names = [f"{surname}{stamp}" for surname in _SURNAMES]
        path = self._room.files / f"{stamp}.csv"
        path.write_text(LIST.format("\n".join(f"{name};Иван;Петрович;06.05.2013;7Б" for name in names)), "cp1251")
        plan = roster.preview(self._workspace, self._actor, path, YEAR)
        places = self._try({f"list/{stamp}": len(names)})
        applied, _ = roster.apply(self._workspace, self._actor, plan)
        assert applied.batch is not None
        self._imported = (f"list/{stamp}", applied.batch)
        return {**places, "imported": self._imported}

    def unload(self) -> Places:
        if self._imported is None:
            return self.load()
        (place, batch), self._imported = self._imported, None
        places = self._try({place: None, "imported": None})
        batches.take_back(self._workspace, self._actor, batch)
        return places

    def certificate(self) -> Places:
        target = self._room.files / f"{os.getpid()}-{next(self._files)}-сертификат.pdf"
        numbers, _ = certificates.issue(self._workspace, self._actor, self._room.group, [self._pupil()], target)
        return {f"certificate/{number}": [target.name, _digest(target.read_bytes())] for number in numbers}

    def entry(self) -> Places:
        name = self._words()
        values = {**dict.fromkeys((one.code for one in PARTNERS.fields), ""), "name": name, "kind": "enterprise"}
        made, _ = registers.add(self._workspace, self._actor, PARTNERS, values)
        return {f"partner/{made.id}": name}

    def activity(self) -> Places:
        entry = ActivityEntry("meeting", self._words(), DAY, groups=(self._room.group,))
        made, _ = activities.write(self._workspace, self._actor, entry)
        self._try({f"held/{made.id}": len(self._room.pupils)})
        activities.hold(self._workspace, self._actor, made.id)
        return {f"held/{made.id}": len(self._room.pupils)}

    def route(self) -> Places:
        entry = RouteEntry(LineKind.NEAR, self._words())
        line, _ = routes.write(self._workspace, self._actor, self._pupil(), entry)
        return {f"route/{line.line}": line.entry.words}

    def consent(self) -> Places:
        step, _ = consents.give(self._workspace, self._actor, self._room.pupils, ConsentKind.PSYCHOLOGICAL, DAY)
        return {f"batch/{step.batch}": len(self._room.pupils)}

    def copy(self) -> Places:
        made, _ = backups.make(self._workspace, self._actor)
        return {f"copy/{made.name}": True}


_VERBS: tuple[tuple[Callable[[_Labourer], Mapping[str, Any]], int], ...] = (
    (_Labourer.stages, 8),
    (_Labourer.note, 4),
    (_Labourer.answers, 8),
    (_Labourer.conclusion, 3),
    (_Labourer.talk, 3),
    (_Labourer.evidence, 4),
    (_Labourer.load, 2),
    (_Labourer.unload, 2),
    (_Labourer.certificate, 3),
    (_Labourer.entry, 2),
    (_Labourer.activity, 2),
    (_Labourer.route, 2),
    (_Labourer.consent, 1),
    (_Labourer.copy, 1),
)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
