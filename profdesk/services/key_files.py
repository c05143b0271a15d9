"""Sealed files that travel between a school and its department: keys (.profkey) and programmes (.profprogramme)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import key_file
from profdesk.domain.access import Actor
from profdesk.domain.changes import Changes
from profdesk.domain.key_file import KeyFile
from profdesk.domain.programme import Programme
from profdesk.domain.rights import Right
from profdesk.domain.verification import KeyInfo
from profdesk.errors import WrongInputError
from profdesk.services import files, keys, programmes
from profdesk.services.guard import needs

if TYPE_CHECKING:
    from profdesk.signing.parcel import Parcel
    from profdesk.storage.workspace import Workspace

PROGRAMME = ".profprogramme"
"""How sealed programme files end."""
_ENVELOPE = 8 * 1024


@needs(Right.HOUSE_READ)
def save_key_file(workspace: Workspace, actor: Actor, path: Path) -> KeyFile:
    """Save the organisation's key file; it names the persons of this organisation whose keys are known here.

    AccessError where the user's role does not sign.
    """
    from profdesk.signing import keys as signing
    from profdesk.signing import known_keys

    now = datetime.now(UTC).replace(microsecond=0)
    with workspace.unit(actor) as unit:
        organisation = unit.organisation.get()
        own = unit.keys.certificate()
    info = signing.describe(own)
    if not signing.belongs(info, organisation.full_name, organisation.short_name):
        raise WrongInputError(f"Ключ сделан для организации, названной иначе: {info.organisation}. Проверьте название.")
    persons = [pem for pem in known_keys.known() if pem != own and _is_persons(signing.describe(pem), info, now)]
    told = KeyFile(
        organisation.kind,
        organisation.legal_form,
        organisation.name,
        organisation.short_name,
        organisation.municipality,
        (own, *persons),
        now,
    )
    files.write(path, _sealed(workspace, actor, key_file.to_json(told), now))
    return told


def read_key_file(path: Path) -> KeyFile:
    """Read a key file that its own first key sealed; WrongInputError if it is not whole, or names other organisations.

    Who may be trusted is not said: the fingerprint of the first key has to be compared by telephone.
    """
    from profdesk.signing import keys as signing

    parcel = _opened(path, key_file.LARGEST)
    told = key_file.read(parcel.content)
    infos = [signing.describe(pem) for pem in told.certificates]
    if told.certificates[0] != parcel.certificate_pem or not signing.belongs(infos[0], told.full_name, told.short_name):
        raise WrongInputError("Файл ключа подписан не тем ключом, что в нём назван. Попросите прислать его ещё раз.")
    if len({info.organisation for info in infos}) > 1:
        raise WrongInputError("В файле ключа есть ключи других организаций: так его profdesk не составляет.")
    return told


def certificates(path: Path) -> Sequence[bytes]:
    """The certificates (PEM) in a key file, the one that vouches for all first, or a bare certificate."""
    from profdesk.signing import keys as signing

    if path.suffix.lower() == key_file.ENDING:
        return read_key_file(path).certificates
    return [signing.to_pem(files.read(path, key_file.LARGEST))]


def remember(path: Path) -> Sequence[KeyInfo]:
    """Make every key in such a file known on this computer."""
    return [keys.remember(pem) for pem in certificates(path)]


@needs(Right.HOUSE_READ)
def save_programme_file(workspace: Workspace, actor: Actor, path: Path) -> None:
    """Save the programme that the workspace works by, sealed; AccessError where the user's role does not sign."""
    with workspace.unit(actor) as unit:
        text = unit.programme.text()
    files.write(path, _sealed(workspace, actor, text.encode(), datetime.now(UTC)))


@needs(Right.HOUSE_WRITE)
def take_programme_file(workspace: Workspace, actor: Actor, path: Path) -> tuple[Programme, Changes]:
    """Take a programme file into the workspace: bare TOML, or sealed by a key that is known here.

    WrongInputError says what is the matter with the file, or which key is to be compared by telephone first.
    """
    if path.suffix.lower() != PROGRAMME:
        return programmes.choose(workspace, actor, path)
    parcel = _opened(path, programmes.LARGEST + _ENVELOPE)
    known = {key.fingerprint for key in (*keys.known(), keys.current(workspace, actor))}
    if parcel.key.post:
        raise WrongInputError("Программу подписал человек личным ключом: она принимается с ключом организации.")
    if parcel.key.fingerprint not in known:
        raise WrongInputError(
            f"Программу подписал ключ, который здесь неизвестен; он назван так: {parcel.key.organisation}. "
            f"Возьмите файл ключа этой организации, сверьте по телефону отпечаток {parcel.key.spoken_fingerprint} "
            "и откройте программу ещё раз."
        )
    return programmes.take(workspace, actor, parcel.content, path.name)


def _is_persons(key: KeyInfo, own: KeyInfo, now: datetime) -> bool:
    return bool(key.post) and key.organisation == own.organisation and now <= key.valid_until


def _sealed(workspace: Workspace, actor: Actor, content: bytes, now: datetime) -> bytes:
    from profdesk.signing import parcel
    from profdesk.signing.keys import SigningKey

    with workspace.unit(actor) as unit:
        return parcel.seal(content, SigningKey(unit.keys.private(), unit.keys.certificate()), now)


def _opened(path: Path, largest: int) -> Parcel:
    from profdesk.signing import parcel

    return parcel.opened(files.read(path, largest), largest)
