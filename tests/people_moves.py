"""What becomes of people and workspaces in a life: roles, passwords, keys, years, papers, parts put back by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date

from exchange_lives import Pick, Step
from life_desks import PASSWORDS, Desk, password
from support import YEAR

from profdesk.domain.access import Role
from profdesk.domain.mark import MissingRecordsError
from profdesk.domain.pupil_file import Chosen
from profdesk.domain.users import Draft, User
from profdesk.errors import DamagedError, ProfdeskError
from profdesk.services import certificates, class_teachers, pupil_files, pupils, rollover, users, workspaces

ROLES = (
    {Role.COORDINATOR},
    {Role.PSYCHOLOGIST},
    {Role.ADMINISTRATOR},
    {Role.OWNER},
    {Role.TEACHER, Role.COORDINATOR},
    {Role.ADMINISTRATOR, Role.PSYCHOLOGIST},
)


def employ(desk: Desk, pick: Pick) -> None:
    workspace = desk.workspace
    name = f"Новиков {len(users.listed(workspace, workspace.actor))}"
    users.add(workspace, workspace.actor, Draft(name, desk.name, frozenset(ROLES[pick[0] % 6])), PASSWORDS[0])


def dismiss(desk: Desk, pick: Pick) -> None:
    users.remove(desk.workspace, desk.workspace.actor, _somebody(desk, pick[0]).id)


def promote(desk: Desk, pick: Pick) -> None:
    """Change the post, and mostly the roles and the classes led."""
    one = _somebody(desk, pick[0])
    roles = frozenset(ROLES[pick[1] % 6]) if pick[3] % 3 else one.roles
    draft = Draft(one.name, f"должность {pick[2]}", roles, _classes(desk, pick[2]))
    users.change(desk.workspace, desk.workspace.actor, one.id, draft)


def renew_keys(desk: Desk, _pick: Pick) -> None:
    users.renew_keys(desk.workspace, desk.workspace.actor)


def change_password(desk: Desk, pick: Pick) -> None:
    workspace = desk.workspace
    former = password(desk.folder, workspace.actor.id)
    users.change_password(workspace, workspace.actor, former, PASSWORDS[pick[0] % 3])


def give_password(desk: Desk, pick: Pick) -> None:
    users.give_password(desk.workspace, desk.workspace.actor, _somebody(desk, pick[0]).id, PASSWORDS[pick[1] % 3])


def give_class(desk: Desk, pick: Pick) -> None:
    """Let the teacher, or somebody else, lead other classes."""
    workspace, whom = desk.workspace, _somebody(desk, pick[1]).id if pick[2] % 2 else desk.teacher
    class_teachers.give(workspace, workspace.actor, whom, sorted(_classes(desk, pick[0])), YEAR)


def reopen(desk: Desk, pick: Pick) -> None:
    if pick[0] % 2:
        workspaces.leave(desk.workspace, "Рабочий день окончен")
    else:
        desk.close()
    desk.open()


def roll(desk: Desk, _pick: Pick) -> None:
    workspace = desk.workspace
    rollover.apply(
        workspace, workspace.actor, rollover.preview(workspace, workspace.actor, YEAR, date(2027, 6, 15)).plan
    )


def certify(desk: Desk, pick: Pick) -> None:
    """Issue a certificate, or withdraw, put back or replace one."""
    workspace, actor, path = desk.workspace, desk.workspace.actor, desk.folder.parent / "сертификаты.pdf"
    there = certificates.register(workspace, actor)
    number = there[pick[2] % len(there)].number if there else ""
    if number and pick[1] % 4 == 1:
        certificates.withdraw(workspace, actor, number, "ошибка")
    elif number and pick[1] % 4 == 2:
        certificates.put_back(workspace, actor, number)
    elif number and pick[1] % 4 == 3:
        certificates.duplicate(workspace, actor, number, path)
    else:
        groups = pupils.groups(workspace, actor, YEAR)
        group = groups[pick[0] % len(groups)].id
        whom = [one.pupil for one in certificates.candidates(workspace, actor, group)]
        certificates.issue(workspace, actor, group, whom[: 1 + pick[2] % 2], path)


def give_file(desk: Desk, pick: Pick) -> None:
    """Write the file of a pupil."""
    workspace, actor = desk.workspace, desk.workspace.actor
    pupil = _pupils(desk)[pick[0] % len(_pupils(desk))]
    offered = pupil_files.offer(workspace, actor, pupil)
    works, conclusions = (frozenset(one.id for one in found) for found in (offered.works, offered.conclusions))
    path = desk.folder.parent / f"{pupil} {pick[1] % 2}.pupil"
    written, _ = pupil_files.write(workspace, actor, pupil, Chosen(True, works, conclusions), path)
    path.with_suffix(".code").write_text(written.code)


def take_file(desk: Desk, pick: Pick) -> None:
    """Take one in that was written on any of the computers: to the same pupil, to another, or as a new one."""
    workspace, actor, there = desk.workspace, desk.workspace.actor, sorted(desk.folder.parent.glob("*.pupil"))
    if there:
        path = there[pick[0] % len(there)]
        looked = pupil_files.look(workspace, actor, pupil_files.read(path, path.with_suffix(".code").read_text()))
        pupil = (path.name.split()[0], None, _pupils(desk)[pick[3] % len(_pupils(desk))])[pick[2] % 3]
        pupil_files.take(workspace, actor, looked, pupil, "" if pupil else "7А")


def set_aside(desk: Desk, _pick: Pick) -> None:
    """Keep the databases by hand, as somebody does who has no faith in copies."""
    desk.close()
    for name in ("desk.db", "psy.db"):
        shutil.copy2(desk.folder / name, desk.folder.parent / f"{desk.name} {name}")
    desk.open()


def put_by_hand(desk: Desk, pick: Pick) -> None:
    """Put them back by hand, both or one: missing records are told; under former keys they open no more."""
    desk.close()
    for name in (("desk.db",), ("desk.db", "psy.db"), ("psy.db",))[pick[0] % 3]:
        kept, part = desk.folder.parent / f"{desk.name} {name}", desk.folder / name
        if kept.exists():
            shutil.copy2(part, part.with_suffix(".now"))
            shutil.copy2(kept, part)
    try:
        desk.open()
    except MissingRecordsError:
        desk.open(without_lost=True)
    except DamagedError:
        for part in desk.folder.glob("*.now"):
            shutil.copy2(part, part.with_suffix(".db"))
        desk.open()
    for part in desk.folder.glob("*.now"):
        part.unlink()


MOVES: Mapping[str, Callable[[Desk, Pick], object]] = {
    one.__name__: one
    for one in (
        employ, dismiss, promote, renew_keys, change_password, give_password, give_class, reopen, roll, certify,
        give_file, take_file, set_aside, put_by_hand,
    )
}  # fmt: skip


def do(desk: Desk, step: Step) -> bool:
    """Do a step as a user would; what the program refuses writes nothing."""
    try:
        MOVES[step.verb](desk, step.pick)
    except (ProfdeskError, ZeroDivisionError):
        return False
    desk.tune()
    return True


def _somebody(desk: Desk, at: int) -> User:
    """Anybody who works here but the owner, without whom nobody could read all there is."""
    there = users.listed(desk.workspace, desk.workspace.actor)
    able = [one for one in there if one.removed_at is None and one.id != desk.owner]
    return able[at % len(able)]


def _classes(desk: Desk, at: int) -> frozenset[str]:
    groups = pupils.groups(desk.workspace, desk.workspace.actor, YEAR)
    return frozenset(one.id for place, one in enumerate(groups) if (at + 1) >> place & 1)


def _pupils(desk: Desk) -> list[str]:
    with desk.workspace.unit(desk.workspace.actor) as unit:
        return [one.id for group in unit.pupils.groups(YEAR) for one in unit.pupils.in_group(group.id)]
