"""Who may do what: one table of role by right by reach.

A right is what a service verb needs (``services.guard.needs``); a reach says whose records it may touch with it.
Least right: an administrator keeps users and copies and reads no pupil, a class teacher sees the own classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from profdesk.domain.access import Actor, Reach, Role
from profdesk.errors import AccessError


class Right(StrEnum):
    """A kind of deed; the value is in Russian as «право …» continues."""

    HOUSE_READ = "видеть сведения об организации"
    HOUSE_WRITE = "менять сведения об организации и программу"
    USERS_WRITE = "вести пользователей"
    CLASSES_GIVE = "назначать классных руководителей"
    AUDIT_READ = "читать журнал действий"
    COPIES_MAKE = "делать копии"
    COPIES_RESTORE = "восстанавливать из копии"
    PUPILS_READ = "видеть учеников"
    PUPILS_WRITE = "вести списки учеников"
    PUPILS_ERASE = "уничтожать сведения об ученике"
    PUPILS_EXPORT = "выгружать всё об ученике"
    CONSENTS_READ = "видеть согласия"
    CONSENTS_WRITE = "вести согласия"
    PORTFOLIO_READ = "видеть портфолио"
    PORTFOLIO_WRITE = "заполнять портфолио"
    DIAGNOSTICS = "вести диагностику"
    CONCLUSIONS_READ = "видеть выводы психолога для классного руководителя"
    ROUTES_READ = "видеть маршруты"
    ROUTES_WRITE = "вести маршруты"
    CHOICES_READ = "видеть выбор профиля и профессии"
    CHOICES_WRITE = "отмечать выбор и путь выпускников"
    REFERENCES = "составлять характеристики"
    ACTIVITIES_READ = "видеть мероприятия"
    ACTIVITIES_WRITE = "вести мероприятия"
    REGISTERS_READ = "видеть реестры организации"
    REGISTERS_WRITE = "вести реестры"
    LESSONS_WRITE = "пополнять банк уроков"
    CERTIFICATES_READ = "видеть сертификаты"
    CERTIFICATES_ISSUE = "выдавать сертификаты"
    SUMMARY_READ = "видеть сводку"
    SUMMARY_SIGN = "подписывать сводку"
    SENDERS_READ = "видеть организации и их сводки"
    SENDERS_WRITE = "вести организации и принимать сводки"
    CONSOLIDATION_SIGN = "подписывать свод"
    EXCHANGE = "обмениваться изменениями с другими компьютерами"
    COMPUTERS = "присоединять компьютеры"
    UNDO = "отменять сделанное"


_READ = (
    Right.PUPILS_READ,
    Right.CONSENTS_READ,
    Right.PORTFOLIO_READ,
    Right.CONCLUSIONS_READ,
    Right.ROUTES_READ,
    Right.CHOICES_READ,
    Right.ACTIVITIES_READ,
    Right.REGISTERS_READ,
    Right.CERTIFICATES_READ,
    Right.SUMMARY_READ,
    Right.SENDERS_READ,
)
_OWN_CLASSES = (
    Right.PUPILS_READ,
    Right.CONSENTS_READ,
    Right.CONSENTS_WRITE,
    Right.PORTFOLIO_READ,
    Right.PORTFOLIO_WRITE,
    Right.CONCLUSIONS_READ,
    Right.ROUTES_READ,
    Right.ROUTES_WRITE,
    Right.CHOICES_READ,
    Right.CHOICES_WRITE,
    Right.REFERENCES,
    Right.ACTIVITIES_READ,
    Right.ACTIVITIES_WRITE,
    Right.CERTIFICATES_READ,
)


def _everywhere(*rights: Right) -> Mapping[Right, Reach]:
    """Rights over everybody, with what every user has: the house is seen, and what one did oneself is taken back."""
    return {Right.UNDO: Reach.OWN, **dict.fromkeys((Right.HOUSE_READ, *rights), Reach.ALL)}


TABLE: Mapping[Role, Mapping[Right, Reach]] = {
    Role.OWNER: _everywhere(*Right),
    Role.ADMINISTRATOR: _everywhere(
        Right.HOUSE_WRITE,
        Right.USERS_WRITE,
        Right.CLASSES_GIVE,
        Right.AUDIT_READ,
        Right.COPIES_MAKE,
        Right.COPIES_RESTORE,
        Right.EXCHANGE,
        Right.COMPUTERS,
    ),
    Role.COORDINATOR: _everywhere(
        *_READ,
        Right.EXCHANGE,
        Right.COMPUTERS,
        Right.HOUSE_WRITE,
        Right.CLASSES_GIVE,
        Right.COPIES_MAKE,
        Right.PUPILS_WRITE,
        Right.PUPILS_ERASE,
        Right.PUPILS_EXPORT,
        Right.CONSENTS_WRITE,
        Right.PORTFOLIO_WRITE,
        Right.ROUTES_WRITE,
        Right.CHOICES_WRITE,
        Right.REFERENCES,
        Right.ACTIVITIES_WRITE,
        Right.REGISTERS_WRITE,
        Right.LESSONS_WRITE,
        Right.CERTIFICATES_ISSUE,
        Right.SUMMARY_SIGN,
        Right.SENDERS_WRITE,
        Right.CONSOLIDATION_SIGN,
        Right.UNDO,
    ),
    Role.PSYCHOLOGIST: _everywhere(
        Right.EXCHANGE,
        Right.PUPILS_READ,
        Right.CONSENTS_READ,
        Right.CONSENTS_WRITE,
        Right.PORTFOLIO_READ,
        Right.PORTFOLIO_WRITE,
        Right.DIAGNOSTICS,
        Right.CONCLUSIONS_READ,
        Right.ROUTES_READ,
        Right.ROUTES_WRITE,
        Right.CHOICES_READ,
        Right.ACTIVITIES_READ,
        Right.COPIES_MAKE,
    ),
    Role.TEACHER: {
        **_everywhere(Right.COPIES_MAKE, Right.EXCHANGE, Right.LESSONS_WRITE),
        **dict.fromkeys(_OWN_CLASSES, Reach.OWN),
    },
    Role.HEAD: _everywhere(*_READ, Right.EXCHANGE, Right.AUDIT_READ, Right.SUMMARY_SIGN, Right.CONSOLIDATION_SIGN),
    Role.READER: _everywhere(*_READ, Right.EXCHANGE),
}
"""What each role may do, and whose records it may touch in doing so; a right not named is not given."""


def reach(roles: Iterable[Role], right: Right) -> Reach | None:
    """The widest reach that any of the roles gives with a right; None where none has it."""
    given = {TABLE[role].get(right) for role in roles}
    return Reach.ALL if Reach.ALL in given else Reach.OWN if Reach.OWN in given else None


def may(actor: Actor, right: Right) -> bool:
    """Whether the user has a right, be it for the own classes alone."""
    return reach(actor.roles, right) is not None


def recoverers(users: Sequence[Actor]) -> Sequence[Actor]:
    """Who of those with a password here may put a damaged workspace right.

    Everybody where nobody has the right to restore: on a computer that one person joined it would be lost else, with
    what was recorded there and not sent yet.
    """
    return [one for one in users if may(one, Right.COPIES_RESTORE)] or users


def granted(actor: Actor, right: Right) -> Actor:
    """The user as a verb that needs the right may act; AccessError, naming who has it, where the user has not."""
    found = reach(actor.roles, right)
    if found is None:
        having = ", ".join(role.label for role in Role if right in TABLE[role])
        raise AccessError(f"У вас нет права {right}. Его имеют: {having}.")
    return replace(actor, reach=found)
