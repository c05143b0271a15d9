"""Two organisations with keys of their own, and a child of whom the first has something in every part of a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from kept_workspaces import PROGRAMME, create
from rights_making import achievement
from support import FIRST, PASSWORD, SECOND, YEAR, mark, organisation

from profdesk.domain.access import Actor, NewUser
from profdesk.domain.consents import ConsentKind, NewConsent
from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.people import PersonName
from profdesk.domain.portfolio import Basis, Cell
from profdesk.domain.pupil_entry import PupilEntry
from profdesk.domain.pupil_file import Chosen
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS
from profdesk.domain.route import LineKind, RouteEntry
from profdesk.services import consents, evidence, notes, pupil_files, pupils, registers, routes
from profdesk.signing import keys as signing_keys
from profdesk.storage.workspace import Workspace

NAME = PersonName("Зорина", "Вера", "Павловна")
BORN = date(2019, 5, 14)
NOTE = "Сама распределила роли в игре\nи довела её до конца."
CONCLUSION = "Охотно берётся за новое; любит работать руками."
WORK = b"drawing of a garden"


@dataclass(frozen=True)
class House:
    """A workspace whose owner has every right, and what of it is asked for."""

    workspace: Workspace

    @property
    def both(self) -> tuple[Workspace, Actor]:
        return self.workspace, self.workspace.actor

    def pupil(self, name: PersonName = NAME) -> str:
        found = [one.id for one in pupils.pupils(self.workspace, self.workspace.actor, YEAR) if one.name == name]
        (only,) = found
        return only


def kindergarten() -> Organisation:
    return replace(
        organisation(),
        kind=OrganisationKind.KINDERGARTEN,
        legal_form="Муниципальное дошкольное образовательное учреждение",
        name="Детский сад № 5",
        short_name="Детский сад № 5",
    )


def house(folder: Path, whose: Organisation | None = None, programme: str = PROGRAMME) -> House:
    """A new workspace with a key; its owner's name goes along with what it recorded."""
    whose = whose or organisation()
    owner = NewUser("Климова Татьяна Аркадьевна", "старший воспитатель", PASSWORD)
    made = create(folder, owner, whose, programme).workspace
    key = signing_keys.make_key(whose.full_name, whose.short_name, datetime.now(UTC))
    with made.unit(made.actor) as unit:
        unit.keys.add(key.certificate_pem, key.private_pem)
    return House(made)


def add_child(here: House, name: PersonName = NAME, group: str = "Группа «Радуга»") -> str:
    entry = PupilEntry(name.surname, name.given, name.patronymic or "", f"{BORN:%d.%m.%Y}", None, group)
    step, _ = pupils.add(here.workspace, here.workspace.actor, entry, YEAR)
    return step.records[0]


def consent(here: House, child: str, kind: ConsentKind = ConsentKind.PERSONAL) -> None:
    paper = NewConsent(child, kind, "Зорина Ольга Петровна", "14")
    consents.enter(here.workspace, here.workspace.actor, [paper], date(2026, 9, 2), None)


def fill(here: House, child: str, folder: Path) -> None:
    """Three assessments of which one superseded another, a note, a work, an achievement, a route, a conclusion."""
    workspace, actor = here.workspace, here.workspace.actor
    mark(workspace, FIRST, (child, "planning", 1), (child, "flexibility", 2))
    mark(workspace, FIRST, (child, "planning", 2))
    mark(workspace, SECOND, (child, "planning", 3), basis=Basis.SELF)
    notes.write(workspace, actor, Cell(child, "planning"), FIRST, NOTE)
    picture = folder / "Рисунок сада.png"
    picture.write_bytes(WORK)
    evidence.add(workspace, actor, child, None, FIRST, [picture])
    registers.add(workspace, actor, ACHIEVEMENTS, achievement(child))
    routes.write(workspace, actor, child, RouteEntry(LineKind.STEP, "Кружок лепки", "мастер", date(2026, 12, 10)))
    consent(here, child, ConsentKind.PSYCHOLOGICAL)
    with workspace.unit(actor) as unit:
        unit.released.release(child, "0" * 36, date(2026, 10, 20), CONCLUSION, datetime.now(UTC))


def everything(here: House, child: str) -> Chosen:
    offered = pupil_files.offer(here.workspace, here.workspace.actor, child)
    works, conclusions = (one.id for one in offered.works), (one.id for one in offered.conclusions)
    return Chosen(notes=True, works=frozenset(works), conclusions=frozenset(conclusions))


def send(here: House, child: str, path: Path, chosen: Chosen | None = None) -> str:
    """Write the file of a child; gives the code."""
    written, _ = pupil_files.write(
        here.workspace, here.workspace.actor, child, everything(here, child) if chosen is None else chosen, path
    )
    return written.code
