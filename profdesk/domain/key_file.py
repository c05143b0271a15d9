"""What a key file tells: an organisation, its key's certificate and those of the persons who may countersign."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from profdesk.domain.organisation import OrganisationKind, full_name
from profdesk.errors import WrongInputError

SCHEMA = "profdesk-key/1"
ENDING = ".profkey"
LARGEST = 64 * 1024
"""Bytes; a certificate has about 800."""
_MOST = 20
_LONGEST = 2_000
_WRONG = "Это не файл ключа profdesk, или его сделала более новая программа. Попросите прислать его ещё раз."


@dataclass(frozen=True)
class KeyFile:
    """Certificates are PEM: the organisation's own first, then those of persons who may countersign."""

    kind: OrganisationKind
    legal_form: str
    name: str
    short_name: str
    municipality: str
    certificates: tuple[bytes, ...]
    made_at: datetime

    @property
    def full_name(self) -> str:
        """As the organisation's papers name it."""
        return full_name(self.legal_form, self.name)


def to_json(file: KeyFile) -> bytes:
    """Write what is sealed (UTF-8); the same each time."""
    told = {
        "schema": SCHEMA,
        "organisation": {
            "kind": file.kind.value,
            "legal_form": file.legal_form,
            "name": file.name,
            "short_name": file.short_name,
            "municipality": file.municipality,
        },
        "certificates": [one.decode() for one in file.certificates],
        "made_at": file.made_at.isoformat(),
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


def read(data: bytes) -> KeyFile:
    """Read what ``to_json`` wrote; WrongInputError for anything that is written in another way."""
    try:
        found = json.loads(data)
        told = found["organisation"]
        file = KeyFile(
            kind=OrganisationKind(told["kind"]),
            legal_form=told["legal_form"],
            name=told["name"],
            short_name=told["short_name"],
            municipality=told["municipality"],
            certificates=tuple(one.encode() for one in found["certificates"]),
            made_at=datetime.fromisoformat(found["made_at"]),
        )
        names = (file.legal_form, file.name, file.short_name, file.municipality)
        if not all(one.isprintable() and len(one) <= _LONGEST for one in names) or to_json(file) != data:
            raise WrongInputError(_WRONG)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WrongInputError(_WRONG) from error
    if not file.name or not file.short_name or not 0 < len(file.certificates) <= _MOST or file.made_at.tzinfo is None:
        raise WrongInputError(_WRONG)
    return file
