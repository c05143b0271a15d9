"""A second person's signature under a document that is signed already."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from profdesk.domain.verification import MOST_SIGNATURES, KeyInfo, Verdict, Verification
from profdesk.errors import WrongInputError
from profdesk.services import files

_LARGEST = 50 * 1024 * 1024
_REASON = "Вторая подпись"


def countersign(document: bytes, p12: bytes, password: str, at: datetime) -> bytes:
    """Add the signature of a personal key (``services.personal_keys``) to a whole document of this program.

    AccessError if the password is wrong; WrongInputError says why the key or the document will not do. Whether the
    keys of those who signed before are known is not asked.
    """
    from profdesk.documents import stamps
    from profdesk.signing import pdf, personal_key, verify
    from profdesk.signing.keys import describe

    answer = verify.verify(document, [])
    if answer.verdict is Verdict.REFUSED:
        raise WrongInputError(answer.reason)
    key = personal_key.unpack(p12, password)
    info = describe(key.certificate_pem)
    _ensure_may_sign(info, answer, at)
    stamp = stamps.second(info, at)
    return pdf.countersign(document, key, reason=_REASON, at=at, stamp=stamp)


def countersign_file(document: Path, key: Path, password: str, target: Path) -> KeyInfo:
    """The same with files, now; gives whose signature was added. The document itself is left as it is."""
    from profdesk.signing import personal_key, verify

    if target.exists() and target.samefile(document):
        raise WrongInputError("Назовите новый файл иначе: прежний останется, каким был.")
    p12 = files.read(key, personal_key.LARGEST)
    signed = countersign(files.read(document, _LARGEST), p12, password, datetime.now(UTC))
    files.write(target, signed)
    return verify.verify(signed, []).signatures[-1].key


def _ensure_may_sign(key: KeyInfo, answer: Verification, at: datetime) -> None:
    if not key.valid_from <= at <= key.valid_until:
        raise WrongInputError(
            f"Личный ключ действовал с {key.valid_from:%d.%m.%Y} по {key.valid_until:%d.%m.%Y}. "
            "Сделайте новый в «Настройках»."
        )
    own = answer.signatures[0].key.organisation
    if key.organisation != own:
        raise WrongInputError(
            f"В личном ключе названа другая организация: {key.organisation}. Управление такую подпись не примет. "
            f"Сделайте в «Настройках» ключ, где организация названа так: {own}."
        )
    if len(answer.signatures) == MOST_SIGNATURES:
        raise WrongInputError("Подписей под документом уже столько, сколько он вмещает.")
    for one in answer.signatures:
        if (one.key.organisation, one.key.holder) == (key.organisation, key.holder):
            raise WrongInputError(f"Этот документ уже подписан: {key.person}.")
        if at < one.signed_at:
            raise WrongInputError("По часам этого компьютера документ ещё не подписан. Поправьте дату и время.")
