"""A person's own key, kept by that person in a file under a password."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from profdesk.domain.verification import KeyInfo
from profdesk.errors import WrongInputError
from profdesk.services import files, keys

ENDING = ".p12"
_CERTIFICATE = ".pem"


def make(path: Path, password: str, name: str, post: str, organisation: str) -> KeyInfo:
    """Make a new key, save it, and its certificate beside it; the key becomes known on this computer.

    WrongInputError if the password is too short, something is not told, or one of the two files is there already: a
    key that is lost cannot be made again.
    """
    from profdesk.signing import personal_key
    from profdesk.signing.keys import make_key

    told = [" ".join(words.split()) for words in (organisation, name, post)]
    if not all(told):
        raise WrongInputError("Укажите имя, должность и организацию: ими будет подписан документ.")
    certificate = path.with_suffix(_CERTIFICATE)
    for place in (path, certificate):
        if place.exists():
            raise WrongInputError(f"Файл «{place.name}» уже есть. Назовите ключ иначе: прежний не заменяется.")
    key = make_key(told[0], told[1], datetime.now(UTC), told[2])
    packed = personal_key.pack(key, password)
    with files.with_commit():
        files.write(path, packed)
        files.write(certificate, key.certificate_pem)
    return keys.remember(key.certificate_pem)
