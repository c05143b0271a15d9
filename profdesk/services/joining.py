"""A workspace package taken at the new computer: looked at by its code, then a workspace made of it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk import paths
from profdesk.domain.exchange import AHEAD_MS, Head, Kind
from profdesk.domain.joining import Invitation
from profdesk.domain.progress import Meter, Report, mute, saying
from profdesk.errors import WrongInputError, place_told
from profdesk.services import erasure, invitations
from profdesk.services.exchange_frames import Incoming
from profdesk.services.exchange_taking import READING
from profdesk.services.workspaces import NewWorkspace

if TYPE_CHECKING:
    from profdesk.signing.exchange_file import Frame
    from profdesk.storage.computers import Secrets
    from profdesk.storage.keys import Kept
    from profdesk.storage.unit_of_work import UnitOfWork
    from profdesk.storage.workspace import Workspace

_CHANGES = "Это файл с изменениями. Присоединяют пакетом рабочей папки: его делают кнопкой «Добавить компьютер»."
_NEWER = "Пакет сделан более новой программой. Обновите profdesk на этом компьютере и присоединитесь снова."
_CLOCK = (
    "Пакет сделан {:%d.%m.%Y в %H:%M}, а часы этого компьютера показывают {:%d.%m.%Y, %H:%M}. Поставьте здесь верные "
    "дату и время и присоединитесь снова. Если спешат часы там, поправьте их и сделайте пакет заново."
)
_WRONG_CODE = "Код не подходит. Сверьте его с тем, что показал компьютер, где сделан пакет."
_SPOILED = "Пакет рабочей папки составлен не по правилам. Попросите сделать его ещё раз."


def look(path: Path, code: str) -> Invitation:
    """What a package is for and holds; RefusedError for a code that comes too early after wrong ones."""
    return _opened(_head(path), code)[0]


def join(path: Path, code: str, folder: Path, password: str, report: Report = mute) -> NewWorkspace:
    """Make a workspace of a package in an absent or empty folder; a failure leaves nothing.

    WrongInputError if a byte of the package is not as its maker wrote it.
    """
    from profdesk.signing import known_keys
    from profdesk.storage import joining as storage
    from profdesk.storage.joining import Newcomer

    head = _head(path)
    invitation, secrets, maker_key = _opened(head, code)
    arrival = _Arrival(path, head, secrets, maker_key, report)
    newcomer = Newcomer(invitation.computer, secrets, invitation.user)
    made = storage.join(folder, newcomer, password, arrival.bring)
    for key in arrival.keys:
        with suppress(WrongInputError):
            known_keys.remember(key.certificate)
    return NewWorkspace(made.workspace, made.recovery_code)


def _head(path: Path) -> Head:
    from profdesk.signing import exchange_file
    from profdesk.storage.migrate import HEAD

    with place_told(f"Файл «{path.name}» не открывается."):
        head = exchange_file.head(path)
    if head.kind is not Kind.WORKSPACE:
        raise WrongInputError(_CHANGES)
    if head.schema > HEAD:
        raise WrongInputError(_NEWER)
    _check_clock(head)
    return head


def _check_clock(head: Head) -> None:
    """Meet early that the records would wait for their time here, and with them whoever is to work here."""
    try:
        made, now = datetime.fromisoformat(head.made_at).astimezone(), datetime.now().astimezone()
    except (ValueError, OverflowError) as error:
        raise WrongInputError(_SPOILED) from error
    if made - now > timedelta(milliseconds=AHEAD_MS):
        raise WrongInputError(_CLOCK.format(made, now))


def _opened(head: Head, code: str) -> tuple[Invitation, Secrets, str]:
    """What the code opens; wrong codes are counted among this user's own files, by the package."""
    from profdesk.signing import code_lock
    from profdesk.storage import attempts, vault

    try:
        locked = base64.b64decode(head.lock, validate=True)
    except ValueError as error:
        raise WrongInputError(_SPOILED) from error
    own = paths.user_data()
    with suppress(OSError):
        own.mkdir(parents=True, exist_ok=True)
    with attempts.counted(own, head.receiver):
        opened = code_lock.unlock(locked, vault.plain_code(code), _WRONG_CODE)
    attempts.forget(own, head.receiver)
    invitation, secrets, maker_key = invitations.read(opened)
    if invitation.computer.id != head.receiver:
        raise WrongInputError(_SPOILED)
    return invitation, secrets, maker_key


class _Arrival:
    """The records of a package on their way into a workspace that is being made."""

    def __init__(self, path: Path, head: Head, secrets: Secrets, maker_key: str, report: Report) -> None:
        self._path = path
        self._head = head
        self._secrets = secrets
        self._maker_key = maker_key
        self._report = report
        self.keys: Sequence[Kept] = ()

    def bring(self, workspace: Workspace) -> None:
        """Read the package through and merge all of it, in one transaction."""
        with workspace.unit(workspace.actor) as unit, place_told(f"Файл «{self._path.name}» не открывается."):
            incoming = self._read(unit)
            incoming.finish()
            unit.keys.bring_in(self.keys)
            unit.users.get(workspace.actor.id)
            maker, told, now = unit.computers.get(self._head.sender), incoming.manifest, datetime.now(UTC)
            unit.computers.learn(maker, told.seen, told.pupils, now)
            unit.computers.note(maker.id, told.seen, told.pupils, now)
        if unit.exchange.erased.acts:
            erasure.finish(workspace, workspace.actor)

    def _read(self, unit: UnitOfWork) -> Incoming:
        from profdesk.signing import exchange_file
        from profdesk.storage.computers import key_bytes

        psy = self._secrets.psy
        opening = None if psy is None else partial(exchange_file.open_piece, secret=psy)

        def keep(name: str, content: bytes) -> None:
            unit.kept[name].put(content)

        incoming = Incoming(opening, lambda: self._merge(unit, incoming), keep)
        meter = Meter(saying(self._report, READING), self._path.stat().st_size)

        def take(frame: Frame) -> None:
            meter.add(len(frame.data))
            if frame.kind == invitations.KEYS and not self.keys:
                self.keys = invitations.keys_read(frame.data)
            else:
                incoming.take(frame)

        exchange_file.read(self._path, key_bytes(self._maker_key), self._secrets.desk, take)
        return incoming

    def _merge(self, unit: UnitOfWork, incoming: Incoming) -> None:
        for name in unit.exchange.names:
            unit.exchange.take(name, incoming.operations[name], incoming.contents[name], self._report)
