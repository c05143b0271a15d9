"""Every role against every verb: what the table does not grant is refused, and a teacher meets the own class alone.

The school is built once; what reads is asked of it, what writes of a copy. A verb that is added is tried without
further ado where ``rights_arguments`` knows the names of its parameters, and named here where it does not.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

import diagnostic_school
import pytest
import rights_arguments as arguments
import rights_school
import verbs
from pypdfium2 import PdfDocument
from rights_making import At
from rights_school import OTHERS, TEACHER, OfClass, School
from sqlalchemy import func, select
from support import state

from profdesk.domain import exchange_rights, rights
from profdesk.domain.access import Actor, Reach, Role
from profdesk.domain.rights import TABLE, Right
from profdesk.errors import AccessError, NotFoundError, WrongInputError
from profdesk.services import guard
from profdesk.storage import exchange_authors, exchange_plan
from profdesk.storage import opening as storage
from profdesk.storage.models import OperationRow, PsyOperationRow
from profdesk.storage.workspace import Session, Workspace

VERBS = {name: verb for name, verb in verbs.everything().items() if hasattr(verb, guard.NAMED)}
ON_A_COPY = {
    "backups.put_elsewhere", "certificate_designs.add_picture", "certificate_designs.picture", "erasure.act_again",
}  # fmt: skip
"""Verbs that give no ``Changes``, and keep a file or are about what had to be written for them."""
WRITING = {
    name: verb
    for name, verb in VERBS.items()
    if "Changes" in str(inspect.signature(verb).return_annotation) or name in ON_A_COPY
}
READING = {name: verb for name, verb in VERBS.items() if name not in WRITING}
TOLD = {name for name in VERBS if name.startswith("verification.")}
"""Verbs that say what a paper in the user's hands says itself."""
MORE: Mapping[str, frozenset[Role]] = {
    **dict.fromkeys(("batches.outlook", "batches.take_back", "batches.turn_back"), frozenset({Role.COORDINATOR})),
    **dict.fromkeys(
        ("differences.leave", "differences.take"), frozenset({Role.COORDINATOR, Role.PSYCHOLOGIST, Role.TEACHER})
    ),
    **dict.fromkeys(("attachments.open_copy", "attachments.save_copy"), frozenset(Role) - {Role.ADMINISTRATOR}),
    **dict.fromkeys(("workspaces.check_password", "users.change_password"), frozenset[Role]()),
}
"""Who besides the owner may call verbs that look closer than at one right: at whose act, which register, who asks."""
PREPARED = {
    "certificate_designs.picture", "certificate_designs.put_back", "certificates.put_back", "consents.keep",
    "erasure.act_again", "issued_summaries.withdraw", "consolidation.sign", "senders.confirm", "users.change",
    "users.give_password", "users.remove", "users.renew_keys",
}  # fmt: skip
"""Verbs about what has to be written first: a paper to be put back has to be taken away."""
WITHOUT_PSY = {"diagnostics.candidates"}
"""Who is in a class and whose parents consented does not stand in the psychologists' file."""
OF_OTHERS = {"graduates.mark"}
"""What cannot be done to a class that is led this year: those who finished are in none."""
ROLES = [role for role in Role if role not in (Role.OWNER, Role.TEACHER)]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    patch = pytest.MonkeyPatch()
    patch.setenv("PROFDESK_HOME", str(tmp_path_factory.mktemp("home")))
    made = rights_school.build(tmp_path_factory.mktemp("rights"))
    yield made
    made.workspace.close()
    patch.undo()


@dataclasses.dataclass(frozen=True)
class Asked:
    """A verb with its arguments, and the right that it then needs."""

    right: Right
    ask: Callable[[Workspace, Actor], Any]


@pytest.fixture(scope="module")
def asked(school: School, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Asked]:
    """Every verb as it is asked of the own class; what has to be written for it first is written in a copy."""
    found = {}
    for name in VERBS:
        folder = tmp_path_factory.mktemp("asked")
        used = school.copied(folder / "desk") if name in PREPARED else school
        place = at(used, used.own, used.owner, folder)
        found[name] = asked_of(name, place)
        if used is not school:
            used.workspace.close()
    return found


def actor(role: Role) -> Actor:
    return TEACHER if role is Role.TEACHER else Actor(role.value, f"Некто {role.value}", "", frozenset({role}))


def at(school: School, of: OfClass, who: Actor, folder: Path) -> At:
    folder.mkdir(exist_ok=True)
    return At(school, of, who, folder)


def asked_of(name: str, place: At) -> Asked:
    """The verb with its arguments; the one that decides its right is given by position."""
    verb, given = VERBS[name], arguments.made(name, VERBS[name], place)
    named = [one.name for one in inspect.signature(verb).parameters.values() if one.kind is not one.KEYWORD_ONLY][2:3]
    first = [given.pop(one) for one in named if one in given]
    return Asked(guard.right_of(verb, *first), lambda workspace, who: verb(workspace, who, *first, **given))


def call(name: str, place: At, who: Actor) -> Any:
    return asked_of(name, place).ask(place.school.workspace, who)


def allowed(role: Role, name: str, place: At) -> bool:
    """Whether a role may call a verb, by the table and by what the verb looks at besides."""
    named = getattr(VERBS[name], guard.NAMED)
    needed = named if isinstance(named, Right) else asked_of(name, place).right
    return needed in TABLE[role] and (role is Role.OWNER or role in MORE.get(name, Role))


def written(workspace: Workspace) -> tuple[int, ...]:
    """How much stands in both journals, and how many files there are."""
    with Session(workspace._engine) as session:
        counts = [session.scalar(select(func.count()).select_from(one)) or 0 for one in (OperationRow, PsyOperationRow)]
    return *counts, sum(path.is_file() for path in workspace.path.rglob("*"))


# -- what was shown, as text -----------------------------------------------------------------------


def shown(value: Any, seen: set[int] | None = None) -> Iterator[str]:
    """All words and ids in a value: of its fields, keys and items, of papers, workbooks and files it names."""
    seen = set() if seen is None else seen
    if isinstance(value, str) or value is None:
        yield str(value)
    elif isinstance(value, bytes):
        yield from _of_bytes(value)
    elif isinstance(value, Path):
        yield from _of_bytes(value.read_bytes()) if value.is_file() else ()
    elif id(value) in seen or isinstance(value, Enum | type):
        return
    else:
        seen.add(id(value))
        for one in _parts(value):
            yield from shown(one, seen)


def _parts(value: Any) -> Iterator[Any]:
    if dataclasses.is_dataclass(value):
        yield from (getattr(value, one.name) for one in dataclasses.fields(value))
    elif isinstance(value, Mapping):
        yield from value.keys()
        yield from value.values()
    elif hasattr(value, "__iter__"):
        yield from value


def _of_bytes(data: bytes) -> Iterator[str]:
    if data.startswith(b"%PDF"):
        with PdfDocument(data) as document:
            yield from (page.get_textpage().get_text_bounded() for page in document)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield from (archive.read(one).decode("utf-8", "replace") for one in archive.namelist())
    else:
        yield data.decode("utf-8", "replace")


def strangers(school: School, *values: Any) -> set[str]:
    """What of the other class is in some values."""
    words = "\n".join(one for value in values for one in shown(value)).replace("\xad", "")
    return {one for one in (OTHERS, *school.other.pupils) if one in words}


def test_the_search_finds_what_is_shown(school: School, tmp_path: Path) -> None:
    place = at(school, school.other, school.owner, tmp_path)
    for name in ("pupils.listing", "choices.sheet", "pupil_card.card", "pupil_card.paper", "portfolio.grid"):
        assert strangers(school, call(name, place, school.owner)), name


# -- the matrix ------------------------------------------------------------------------------------


def test_every_verb_can_be_called() -> None:
    lacking = {name: found for name, verb in VERBS.items() if (found := arguments.missing(name, verb))}
    assert not lacking, "say in tests/rights_arguments.py what these are called with"
    assert set(arguments.OF_VERB) <= VERBS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(READING))
def test_whoever_may_reads(school: School, tmp_path: Path, name: str) -> None:
    for role in (Role.OWNER, *ROLES):
        who = school.owner if role is Role.OWNER else actor(role)
        for of in (school.own, school.other):
            place = at(school, of, school.owner, tmp_path / f"{role}-{of.surname}")
            if allowed(role, name, place):
                call(name, dataclasses.replace(place, actor=who), who)


@pytest.mark.parametrize("role", [*ROLES, Role.TEACHER])
def test_whoever_may_not_is_refused_and_nothing_written(school: School, asked: Mapping[str, Asked], role: Role) -> None:
    who, before, refused = actor(role), written(school.workspace), 0
    for one in asked.values():
        if not rights.may(who, one.right):
            with pytest.raises(AccessError, match="У вас нет права"):
                one.ask(school.workspace, who)
            refused += 1
    assert written(school.workspace) == before
    assert refused > 20


@pytest.mark.parametrize("name", sorted(READING.keys() - TOLD))
def test_a_teacher_sees_nothing_of_another_class(school: School, tmp_path: Path, name: str) -> None:
    if not allowed(Role.TEACHER, name, at(school, school.own, school.owner, tmp_path)):
        return
    own, other = (at(school, of, TEACHER, tmp_path / of.surname) for of in (school.own, school.other))
    found = call(name, own, TEACHER)
    assert not strangers(school, found, *own.folder.iterdir()), "of the own class"
    try:
        found = call(name, other, TEACHER)
    except (AccessError, NotFoundError):
        return
    assert not strangers(school, found, *other.folder.iterdir()), "of the other class"


@pytest.mark.slow
def test_the_owner_would_have_seen_it(school: School, tmp_path: Path) -> None:
    """What the class teacher is not shown is there: the verbs that show it to the owner are many."""
    seen = []
    for number, name in enumerate(sorted(READING.keys() - TOLD)):
        place = at(school, school.other, school.owner, tmp_path / str(number))
        ready = asked_of(name, place)
        if rights.reach(TEACHER.roles, ready.right) is Reach.OWN:
            found = ready.ask(school.workspace, school.owner)
            seen += [name] if strangers(school, found, *place.folder.iterdir()) else []
    assert len(seen) > 40


def test_without_the_psychologists_key_no_role_helps(
    school: School, asked: Mapping[str, Asked], tmp_path: Path
) -> None:
    """A class teacher's password opens the workspace; whoever then says to be a psychologist is none the wiser."""
    copy = school.copied(tmp_path / "desk")
    diagnostic_school.add_teacher(copy.workspace)
    opened = storage.open_workspace(copy.workspace.path, TEACHER.id, diagnostic_school.TEACHERS_PASSWORD)
    psychologist, tried = dataclasses.replace(TEACHER, roles=frozenset({Role.PSYCHOLOGIST})), 0
    for name, one in asked.items():
        if one.right is Right.DIAGNOSTICS:
            for who, words in (
                (TEACHER, "У вас нет права вести диагностику"),
                (psychologist, "Диагностику видят только"),
            ):
                if who is psychologist and name in WITHOUT_PSY:
                    assert one.ask(opened, who) is not None
                    continue
                with pytest.raises(AccessError, match=words):
                    one.ask(opened, who)
            tried += 1
    opened.close()
    assert tried > 30


# -- writing, of a copy ----------------------------------------------------------------------------


@pytest.fixture
def copies(school: School, tmp_path: Path) -> Iterator[Callable[[], School]]:
    """Copies of the school as it was built, one after the other, each in a folder of its own."""
    opened: list[School] = []

    def copied() -> School:
        for one in opened:
            one.workspace.close()
        opened.append(school.copied(tmp_path / f"copy{len(opened)}"))
        return opened[-1]

    yield copied
    for one in opened:
        one.workspace.close()


def about(school: School, of: OfClass) -> dict[str, list[str]]:
    """Every row that speaks of a class or its pupils, by table."""
    ids = [one for value in vars(of).values() for one in (value if isinstance(value, tuple) else [value])]
    named = {one for one in ids if isinstance(one, str) and len(one) == len(of.pupil)} - {of.former}
    return {
        table: [row for row in rows if any(one in row for one in named)] for table, rows in state_of(school).items()
    }


def state_of(school: School) -> dict[str, list[str]]:
    return state(school.workspace)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(WRITING))
def test_whoever_may_writes(copies: Callable[[], School], tmp_path: Path, name: str) -> None:
    for role in (Role.OWNER, *ROLES):
        school = copies()
        place = at(school, school.other, school.owner, tmp_path / role.value)
        if allowed(role, name, place):
            school = copies()
            place = at(school, school.other, school.owner, tmp_path / f"{role.value} пишет")
            asked_of(name, place).ask(school.workspace, school.owner if role is Role.OWNER else actor(role))
            assert not_taken(school) is None, "another computer would not take what was written"


def not_taken(school: School) -> exchange_rights.Refused | None:
    """The first operation that another computer would say its author had no right to; none of a closed workspace."""
    if not school.workspace.is_open:
        return None
    known = {actor(role).id: frozenset({role}) for role in Role} | {school.owner.id: school.owner.roles}
    with Session(school.workspace._engine) as session:
        rows = [row for kind in (OperationRow, PsyOperationRow) for row in session.scalars(select(kind))]
        done = [exchange_authors.told(vars(row), json.loads(row.fields), {}) for row in rows]
    return exchange_rights.refused(done, known, exchange_plan.REGISTERS)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(WRITING))
def test_a_teacher_writes_nothing_of_another_class(copies: Callable[[], School], tmp_path: Path, name: str) -> None:
    school = copies()
    if not allowed(Role.TEACHER, name, at(school, school.own, school.owner, tmp_path / "можно")):
        return
    if name not in OF_OTHERS:
        school = copies()
        call(name, at(school, school.own, school.owner, tmp_path / "свой"), TEACHER)
    school = copies()
    ask = asked_of(name, at(school, school.other, school.owner, tmp_path / "чужой")).ask
    before = about(school, school.other)
    with suppress(AccessError, NotFoundError, WrongInputError):
        ask(school.workspace, TEACHER)
    assert about(school, school.other) == before
