"""The certificates this computer's user trusts, like the known hosts of ssh: a file each."""

from __future__ import annotations

from pathlib import Path

from profdesk import atomic, paths
from profdesk.errors import WrongInputError, place_told
from profdesk.signing import keys


def remember(certificate: bytes) -> None:
    """Keep a certificate (PEM or DER); doing it twice is harmless. WrongInputError where the disk takes no file."""
    pem = keys.to_pem(certificate)
    folder = _folder()
    with place_told("Ключ запомнить не удалось."):
        folder.mkdir(parents=True, exist_ok=True)
        atomic.write(folder / f"{keys.describe(pem).fingerprint}.pem", pem)


def forget(fingerprint: str) -> None:
    """Know a certificate no longer; harmless if it is not known."""
    with place_told("Ключ забыть не удалось."):
        (_folder() / f"{fingerprint}.pem").unlink(missing_ok=True)


def known() -> tuple[bytes, ...]:
    """Every known certificate in PEM; a file that is none, or is misnamed, does not count."""
    folder = _folder()
    if not folder.is_dir():
        return ()
    return tuple(path.read_bytes() for path in sorted(folder.glob("*.pem")) if _is_sound(path))


def _is_sound(path: Path) -> bool:
    try:
        return keys.describe(path.read_bytes()).fingerprint == path.stem
    except (WrongInputError, OSError):
        return False


def _folder() -> Path:
    return paths.user_data() / "known-keys"
