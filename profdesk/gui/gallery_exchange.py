"""Pictures of exchange: a page with other computers, files before they are taken, wrong clocks, and files refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget

from profdesk.domain import exchange_words
from profdesk.domain.clocks import AHEAD, Postponed, corrected_told
from profdesk.domain.computers import Computer
from profdesk.domain.exchange import Count, Head, Kind, Preview
from profdesk.errors import WrongInputError
from profdesk.gui.common.page import Page
from profdesk.gui.exchange.page import ExchangePage
from profdesk.gui.exchange.preview import PreviewDialog
from profdesk.services import computers, exchange, exchange_standing, users

_COMPUTERS = (("Ноутбук психолога", "Соколова Ирина Павловна"), ("Кабинет 204", "Белова Анна Сергеевна"))
_COUNTS = (
    Count("Оценки компетенций", 214, 0, 0),
    Count("Заметки к оценкам", 18, 0, 0),
    Count("Ученики", 1, 2, 0),
    Count("Зачисления в класс", 1, 3, 0),
    Count("Участие в мероприятиях", 26, 4, 1),
)
_PUPILS = ("Абрамова Полина", "Белов Матвей", "Ёлкина Дарья", "Жуков Тимофей")
_FIRST_LINES = 2


def shots(page: Page) -> Iterator[tuple[str, QWidget | None]]:
    """The page with two computers as they come and go, with what it has to warn of, previews, and refusals."""
    if not isinstance(page, ExchangePage):
        return
    laptop = _add_some(page)
    yield "exchange-computers", None
    _let_go_on(page)
    yield "exchange-under-way", None
    yield from _previews(page, laptop)
    yield from _clocks(page, laptop)
    yield from _refused(page, laptop)
    page.show_place(is_on_network=True)
    yield "exchange-shared-disk", None
    page.show_place(is_on_network=False)


def _add_some(page: ExchangePage) -> Computer:
    """Two computers for people of the school, unless they are there already; the first was sent changes."""
    workspace, actor = page.desk.workspace, page.desk.actor
    if not computers.all_of(workspace, actor):
        people = {one.name: one.id for one in users.listed(workspace, actor)}
        for name, person in _COMPUTERS:
            place = workspace.path.with_name(f"{name}.profdesk")
            computers.kit(workspace, actor, people[person], name, False, place)
    laptop = next(one for one in computers.all_of(workspace, actor) if one.name == _COMPUTERS[0][0])
    exchange.send(workspace, actor, laptop.id, workspace.path.with_name("изменения.profdesk"))
    page.activate()
    page.desk.settle()
    return laptop


def _let_go_on(page: ExchangePage) -> None:
    """One was sent everything and has answered, of the other nothing was heard for long, a third was stopped."""
    found, now = exchange_standing.read(page.desk.workspace, page.desk.actor), datetime.now(UTC)
    first, second, *_ = found.peers
    lost = replace(first.computer, id="", name="Старый ноутбук", stopped_at=now - timedelta(days=120))
    peers = (
        replace(first, sent_at=now - timedelta(hours=2), taken_at=now - timedelta(hours=1), confirmed=True, waiting=0),
        replace(second, sent_at=now - timedelta(days=1), taken_at=now - timedelta(days=25), waiting=1318),
        replace(first, computer=lost, taken_at=now - timedelta(days=130), sent_at=None),
    )
    page.show_standing(replace(found, peers=peers))
    page.table.choose(second.computer.id)


def _previews(page: ExchangePage, sender: Computer) -> Iterator[tuple[str, QWidget | None]]:
    plain = _preview(sender)
    clocks = tuple(one.told(elsewhere=True) for one in _waiting(sender)[:1])
    warned = replace(plain, postponed=14, sealed=3, differences=2, warnings=clocks)
    corrected = (corrected_told("Кабинет завуча", timedelta(days=2)),)
    known = replace(plain, counts=(), pupils=(), operations=0, known=1474, warnings=corrected)
    for name, found in (("preview", plain), ("preview-warned", warned), ("preview-known", known)):
        dialog = PreviewDialog(page, page.desk, page.desk.workspace.path, found)
        dialog.open()
        yield f"exchange-{name}", dialog
        dialog.reject()


def _clocks(page: ExchangePage, laptop: Computer) -> Iterator[tuple[str, QWidget | None]]:
    other, own = _waiting(laptop)
    for name, one in (("ahead", other), ("own-clock", own)):
        page.show_postponed([one])
        yield f"exchange-{name}", None
    page.show_postponed([])


def _refused(page: ExchangePage, laptop: Computer) -> Iterator[tuple[str, QWidget | None]]:
    """A gap, and a file that says it is of a newer program."""
    page.fail(WrongInputError(exchange_words.gap(37)))
    yield "exchange-gap", None
    workspace, actor = page.desk.workspace, page.desk.actor
    path = workspace.path.with_name("новее.profdesk")
    exchange.send(workspace, actor, laptop.id, path)
    first, head, rest = path.read_bytes().split(b"\n", _FIRST_LINES)
    path.write_bytes(b"\n".join((first, head.replace(b'"schema":"0', b'"schema":"9'), rest)))
    page.take(path)
    page.desk.settle()
    yield "exchange-newer", None
    page.message.clear()


def _waiting(laptop: Computer) -> tuple[Postponed, Postponed]:
    ahead = timedelta(days=1, hours=3)
    until = datetime.now(UTC) + ahead - AHEAD
    return (
        Postponed(laptop.id, laptop.name, own=False, count=14, ahead=ahead, until=until),
        Postponed("", "этот компьютер", own=True, count=6, ahead=ahead, until=until),
    )


def _preview(sender: Computer) -> Preview:
    made = datetime.now(UTC) - timedelta(hours=3)
    head = Head(Kind.CHANGES, "", sender.id, "", "0009", "", made.isoformat())
    return Preview(head, sender, _COUNTS, _PUPILS, 270, 1204, 0, 0, 0, 3)
