"""The errors a user is shown in words; anything else that is raised is a bug."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

NO_ROOM = "На диске не осталось места. Освободите место и повторите."
READ_ONLY = (
    "На диске осталось меньше 50 МБ, поэтому рабочую папку можно только читать. "
    "Освободите место: запись продолжится сама."
)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


class ProfdeskError(Exception):
    """A failure whose message is a Russian sentence for the user, saying what to do next."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongInputError(ProfdeskError):
    """What the user gave (a file, a value, a name) cannot be taken; nothing was written."""


class AccessError(ProfdeskError):
    """The password is wrong, or the acting user may not do this."""


class RefusedError(AccessError):
    """A wrong password or code, or one that came too early: ``reason``, and the next is looked at after ``seconds``."""

    def __init__(self, message: str, reason: str, seconds: int) -> None:
        super().__init__(message)
        self.reason = reason
        self.seconds = seconds


class CodeNeededError(AccessError):
    """The acting user lacks a key of the workspace, which the code of the recovery sheet would give."""

    def __init__(self) -> None:
        super().__init__("У вас нет нужных ключей. Введите код с листа восстановления: он хранится у владельца.")


class WorkspaceError(ProfdeskError):
    """The workspace folder is missing, damaged, in use, or made by a newer program."""


class DamagedError(WorkspaceError):
    """A part of the workspace is lost or is not as it was written: a copy can put it right."""


class NotFoundError(ProfdeskError):
    """A named class, pupil or document does not exist in this workspace."""


class CancelledError(Exception):
    """The user stopped long work; whatever unit of work was open is rolled back."""


def advice(error: OSError) -> str:
    """Say why a place cannot be written and what to do about it."""
    if error.errno in _FULL:
        return NO_ROOM
    if error.errno in _CLOSED:
        return "Запись сюда закрыта, или файл открыт в другой программе. Закройте его или выберите другую папку."
    return "Проверьте, что папка есть, диск подключён и имя не слишком длинное."


def is_of_the_place(error: OSError) -> bool:
    """Whether the disk or its rights are to blame, and so no program can help it."""
    return error.errno in _FULL | _CLOSED | {errno.EIO}


@contextmanager
def place_told(what: str, kind: type[ProfdeskError] = WrongInputError) -> Iterator[None]:
    """Turn an OSError met inside the block into ``what`` failed, why, and what to do."""
    try:
        yield
    except OSError as error:
        raise kind(f"{what} {advice(error)}") from error
