"""How computers, files of exchange and what is in them are told in rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from profdesk.domain.computers import Computer, Peer
from profdesk.domain.exchange import Count, Exchanged, Package, Preview
from profdesk.domain.plural import counted, word
from profdesk.domain.wording import NBSP
from profdesk.gui.common.columns import Column, Look
from profdesk.gui.common.tones import Tone

_FORTNIGHT, _SEASON = 14, 60
"""Days: whoever is not heard of for the first is marked; from the second on months are counted."""


_WITHOUT_NETWORK = (
    ("Без сети", "изменения едут файлом на флешке или по почте, зашифрованные для одного компьютера"),
    ("Ничего не теряется", "записанное на двух компьютерах объединяется, удалённое остаётся в истории"),
)


def alone(*, department: bool, may_add: bool) -> tuple[str, Sequence[tuple[str, str]]]:
    """What to do as long as there is no other computer, and what is to be known of it."""
    if not may_add:
        words = "Второй добавит владелец, администратор или координатор: на странице «Обмен», у себя."
    elif department:
        words = "Добавьте второй: ноутбук или компьютер коллеги."
    else:
        words = "Добавьте второй: ноутбук психолога или компьютер в классе."
    fit = "каждому едет то, что ему видно по его ролям"
    if not department:
        fit = "классному руководителю едут его классы, психологу то, с чем он работает"
    return words, (*_WITHOUT_NETWORK, ("Только нужное", fit))


def moment(at: datetime | None) -> str:
    """A day and time as people here see it; «ещё нет» for what has not happened."""
    return "ещё нет" if at is None else f"{at.astimezone():%d.%m.%Y %H:%M}"


def ago(at: datetime | None, today: date) -> str:
    """How many days ago something was, as one says it; empty for what has not happened."""
    if at is None:
        return ""
    days = (today - at.astimezone().date()).days
    if days < 1:
        return "сегодня"
    if days == 1:
        return "вчера"
    if days < _FORTNIGHT:
        return f"{counted(days, 'день', 'дня', 'дней')} назад"
    if days < _SEASON:
        return f"{counted(days // 7, 'неделю', 'недели', 'недель')} назад"
    return f"{counted(days // 30, 'месяц', 'месяца', 'месяцев')} назад"


def whence(found: Preview) -> str:
    """Who sent a file and when it was made."""
    made = moment(datetime.fromisoformat(found.head.made_at))
    return f"Файл сделан {made}. {found.told}"


def warnings(found: Preview) -> str:
    """What has to be known besides the counts, each by itself on a line; empty for nothing."""
    told = [*found.warnings]
    if found.differences:
        records = counted(found.differences, "запись изменили", "записи изменили", "записей изменили")
        told.append(f"{records} по-разному здесь и там: останется более позднее, другое будет в «Расхождениях».")
    return "\n".join(told)


def whose(peer: Peer) -> str:
    """For whom a computer was added, or that it is no longer exchanged with."""
    if peer.computer.stopped_at is not None:
        return f"обмен прекращён {peer.computer.stopped_at.astimezone():%d.%m.%Y}"
    return peer.person or "первый компьютер организации"


def gets(computer: Computer) -> str:
    """What is sent to a computer."""
    return "все сведения" if computer.whole else "только нужное"


def answered(peer: Peer) -> str:
    """Whether what was sent has arrived, in a few words."""
    if peer.sent_at is None:
        return ""
    return "там приняли" if peer.confirmed else "ответа ещё нет"


def confirmation(peer: Peer) -> str:
    """Whether what was sent has arrived."""
    if peer.sent_at is None:
        return "Изменений ещё не отправляли."
    told = f"Отправили {moment(peer.sent_at)}"
    if peer.confirmed:
        return f"{told}, там их приняли."
    return f"{told}, ответа ещё нет. До него в каждый файл войдёт и это."


def heard(peer: Peer) -> str:
    """When it was heard of last."""
    if peer.taken_at is None:
        joining = " Не присоединились там? Передайте пакет и код." if peer.computer.series else ""
        return f"От него ещё ничего не принимали.{joining}"
    return f"Приняли от него {moment(peer.taken_at)}, {ago(peer.taken_at, _today())}."


def waits(peer: Peer) -> str:
    """How much there is to be sent."""
    return figure(peer.waiting) if peer.waiting else "ничего"


def figure(number: int) -> str:
    """A number with its thousands apart."""
    return f"{number:_}".replace("_", NBSP)


def deed(one: Exchanged) -> str:
    """What was done with a file."""
    if not one.package.taken:
        return "Отправлено"
    undone = one.package.undone_at
    return "Принято" if undone is None else f"Приём отменён {undone.astimezone():%d.%m.%Y}"


def inside(package: Package) -> str:
    """What was in a file, in a line."""
    if package.counts:
        return counts_in_line(package.counts)
    return counted(package.operations, "запись", "записи", "записей") if package.operations else "ничего нового"


def counts_in_line(counts: Sequence[Count]) -> str:
    """The largest counts, in a line."""
    told = sorted(counts, key=lambda one: one.made + one.changed + one.gone, reverse=True)
    words = [f"{one.title}: {one.made + one.changed + one.gone}" for one in told[:3]]
    return ", ".join(words) + (" и другое" if len(told) > 3 else "")


def queue(peer: Peer) -> str:
    """What there is to be sent, in a sentence."""
    if not peer.waiting:
        return "Всё отправлено и принято." if peer.confirmed and peer.sent_at else "Новых изменений для него нет."
    waits = word(peer.waiting, "Ждёт", "Ждут", "Ждут")
    return f"{waits} отправки {figure(peer.waiting)} {word(peer.waiting, 'запись', 'записи', 'записей')}."


def _number(count: int) -> str:
    return figure(count) if count else ""


def _today() -> date:
    return datetime.now().astimezone().date()


def _sent_look(peer: Peer) -> Look:
    if peer.sent_at is None:
        return Look()
    return Look("check-circle-fill", Tone.OK) if peer.confirmed else Look("clock")


def _taken_look(peer: Peer) -> Look:
    if (
        peer.taken_at is None
        or peer.computer.stopped_at is not None
        or (_today() - peer.taken_at.astimezone().date()).days < _FORTNIGHT
    ):
        return Look()
    return Look("clock", Tone.WARN)


def _deed_look(one: Exchanged) -> Look:
    if not one.package.taken:
        return Look("export")
    return Look("check-circle-fill", Tone.OK) if one.can_be_undone else Look("arrow-counter-clockwise")


COMPUTERS = (
    Column[Peer]("Компьютер", lambda one: one.computer.name, sort=lambda one: one.computer.name, second=whose),
    Column[Peer]("Получает", lambda one: gets(one.computer), width=130),
    Column[Peer]("Отправили", lambda one: moment(one.sent_at), width=165, look=_sent_look, second=answered),
    Column[Peer](
        "Приняли",
        lambda one: moment(one.taken_at),
        width=165,
        look=_taken_look,
        second=lambda one: ago(one.taken_at, _today()),
    ),
    Column[Peer]("Ждёт отправки", waits, width=115, right=True, sort=lambda one: one.waiting),
)
PAST = (
    Column[Exchanged]("Когда", lambda one: moment(one.package.moment), width=130, sort=lambda one: one.package.moment),
    Column[Exchanged]("Что", deed, width=190, look=_deed_look),
    Column[Exchanged]("Компьютер", lambda one: one.computer, width=200),
    Column[Exchanged]("Внутри", lambda one: inside(one.package)),
    Column[Exchanged]("Кто", lambda one: one.person, width=200),
)
COUNTS = (
    Column[Count]("Сведения", lambda one: one.title),
    Column[Count]("Новых", lambda one: _number(one.made), width=90, right=True),
    Column[Count]("Изменится", lambda one: _number(one.changed), width=100, right=True),
    Column[Count]("Скроется", lambda one: _number(one.gone), width=90, right=True),
)
