"""Deeds that change no record and are journaled all the same: logging in, printing, exporting, opening files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeedKind(StrEnum):
    """What was done; the value is what the database keeps."""

    LOGGED_IN = "logged_in"
    LOGIN_REFUSED = "login_refused"
    LOCKED = "locked"
    ENTRY_CHANGED = "entry_changed"
    ENTRY_GIVEN = "entry_given"
    ENTRY_RESTORED = "entry_restored"
    SHEET_RENEWED = "sheet_renewed"
    REKEYED = "rekeyed"
    PRINTED = "printed"
    EXPORTED = "exported"
    OPENED_FILE = "opened_file"
    COPIED = "copied"
    RESTORED = "restored"
    WENT_ON = "went_on"
    SENT = "sent"
    ACCEPTED = "accepted"
    UNDONE = "undone"

    @property
    def label(self) -> str:
        """As the journal of deeds names it."""
        return _LABELS[self]


_LABELS = {
    DeedKind.LOGGED_IN: "вход",
    DeedKind.LOGIN_REFUSED: "неверный пароль",
    DeedKind.LOCKED: "выход",
    DeedKind.ENTRY_CHANGED: "смена своего пароля",
    DeedKind.ENTRY_GIVEN: "выдача нового пароля",
    DeedKind.ENTRY_RESTORED: "пароль по листу восстановления",
    DeedKind.SHEET_RENEWED: "новый лист восстановления",
    DeedKind.REKEYED: "смена ключей",
    DeedKind.PRINTED: "печать",
    DeedKind.EXPORTED: "выгрузка в файл",
    DeedKind.OPENED_FILE: "открыт файл",
    DeedKind.COPIED: "копия рабочей папки",
    DeedKind.RESTORED: "восстановление из копии",
    DeedKind.WENT_ON: "работа продолжена без пропавших записей",
    DeedKind.SENT: "отправка изменений",
    DeedKind.ACCEPTED: "приём изменений",
    DeedKind.UNDONE: "отмена приёма изменений",
}


@dataclass(frozen=True)
class Deed:
    """``title`` says what without names of pupils; ``pupil`` is the id of the only one it was about."""

    id: str
    kind: DeedKind
    title: str
    pupil: str | None
    count: int
    actor: str
    done_at: datetime
