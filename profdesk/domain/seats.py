"""What becomes of passwords at one computer when users were changed or removed at another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from profdesk.domain.access import Actor

_OWN_GONE = (
    "Вас удалили из пользователей на другом компьютере: войти снова вы не сможете. "
    "Отправьте изменения, пока программа открыта."
)
_OWN_OTHER = "Ваши роли или сведения о вас изменили на другом компьютере: закройте программу и войдите снова."
_TO_GO = "Здесь больше не войдут, их удалили: {}."
_TO_CHANGE = "Роли или сведения о пользователях станут другими: {}."
_GONE = "На другом компьютере удалили, здесь больше не войдут: {}."
_OTHER = "На другом компьютере изменили: {}. Новые роли начнут действовать при следующем входе."
_STAYS = (
    "Здесь вход и роли остались прежними: {}. Иначе на этом компьютере было бы некому вести пользователей, "
    "отправлять изменения или читать диагностику. Дайте эти роли кому-нибудь ещё."
)
_WAITING = (
    "На другом компьютере дали роли, для которых здесь ещё не выдан ключ: {}. Если всё верно, выдайте его: "
    "«Пользователи», «Изменить…», «Сохранить»."
)
_BACK = "Снова среди пользователей: {}. Прежнего пароля здесь нет: выдайте новый на странице «Пользователи»."
RENEWED = "Ключи рабочей папки сменены."
_OWED = "Ключи рабочей папки ещё знают: {}. Их сменит тот, кто ведёт пользователей, на странице «Пользователи»."


@dataclass(frozen=True)
class Followed:
    """Who has no password here any more, and of whom this computer now says something else than before.

    Slots of those who are ``kept`` stay as they were: nobody else could do here what somebody must. Those who are
    ``waiting`` have got roles there that need a key, which somebody has to give here knowingly.
    """

    removed: Sequence[Actor] = ()
    changed: Sequence[Actor] = ()
    kept: Sequence[Actor] = ()
    waiting: Sequence[Actor] = ()

    def concerns(self, user: str) -> bool:
        """Whether that user is removed or said to be otherwise."""
        return any(one.id == user for one in (*self.removed, *self.changed))

    @property
    def outlook(self) -> Sequence[str]:
        """What is said of it before it is done."""
        removed, changed = ([one.name for one in of] for of in (self.removed, self.changed))
        return [*filter(None, (_of(_TO_GO, removed), _of(_TO_CHANGE, changed)))]

    def told(self, own: str) -> str:
        """What is told of it to the user ``own``, who goes on working as before."""
        sentences = [
            _OWN_GONE if any(one.id == own for one in self.removed) else "",
            _OWN_OTHER if any(one.id == own for one in self.changed) else "",
            _of(_GONE, [one.name for one in self.removed if one.id != own]),
            _of(_OTHER, [one.name for one in self.changed if one.id != own]),
        ]
        return " ".join(filter(None, sentences))

    def left(self, owed: Sequence[str]) -> str:
        """What stays to be done; ``owed`` are names of those who know keys that are theirs no more."""
        kept, waiting = ([one.name for one in of] for of in (self.kept, self.waiting))
        return " ".join(filter(None, (_of(_STAYS, kept), _of(_WAITING, waiting), _of(_OWED, owed))))


def came_back(names: Sequence[str]) -> str:
    """What is told of those who are users again and have no password any more; empty where there is nobody."""
    return _of(_BACK, names)


def _of(words: str, names: Iterable[str]) -> str:
    told = ", ".join(names)
    return words.format(told) if told else ""
