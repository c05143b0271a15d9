"""A file of changes on its way into the databases, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import computers, exchange_words
from profdesk.domain.access import Actor
from profdesk.domain.computers import Computer
from profdesk.domain.exchange import DESK, PSY, Head, Kind, Package, Preview
from profdesk.domain.progress import Meter, Report, saying
from profdesk.errors import WrongInputError, place_told
from profdesk.services import clocks, erasure
from profdesk.services.exchange_frames import Incoming

if TYPE_CHECKING:
    from profdesk.signing.exchange_file import Frame
    from profdesk.storage.computers import Secrets
    from profdesk.storage.exchange import Taken, Travelling
    from profdesk.storage.unit_of_work import UnitOfWork

READING = "Читаем файл, МБ"
_CHECKING = "Проверяем права"
STOPPED = "Обмен с компьютером «{}» прекращён. Выберите другой или присоедините этот заново."
_OTHER_ORGANISATION = "Этот файл сделан в другой организации. Здесь его принять нельзя."
_FOR_ANOTHER = "Этот файл сделан для другого компьютера{}. Попросите отправить изменения для этого: «{}»."
_UNKNOWN = (
    "Файл сделал компьютер, о котором здесь ещё не знают. Сначала примите изменения с того компьютера, "
    "на котором его присоединяли."
)
_NEWER = "Файл сделан более новой программой. Обновите profdesk на этом компьютере и примите файл ещё раз."
_WORKSPACE = "Это пакет рабочей папки: им присоединяют новый компьютер. Изменения принимают из файла с изменениями."


class Taking:
    """Reads a file, merges it and can say what that did; ``keep``: its files are to stay."""

    def __init__(self, unit: UnitOfWork, actor: Actor, path: Path, report: Report, *, keep: bool = False) -> None:
        self._unit = unit
        self._actor = actor
        self._path = path
        self._report = report
        self._keep = keep
        self._files = 0
        self._incoming: Incoming
        self._taken: dict[str, Taken] = {}
        self.head: Head
        self.sender: Computer
        self._sha256 = ""

    def run(self) -> Preview:
        """Take everything in and say what it did; whatever is raised, nothing of it may be kept."""
        differed, known = self._unit.exchange.differences(), self._unit.computers.all()
        with place_told(f"Файл «{self._path.name}» не открывается."):
            self._read()
        self._incoming.finish()
        taken = self._taken.values()
        merged = [one.merged for one in taken]
        return Preview(
            head=self.head,
            sender=self.sender,
            counts=exchange_words.counts(
                [place for one in merged for place in one.made],
                [place for one in merged for place in one.changed],
                [place for one in merged for place in one.gone],
                self._unit.exchange.registers,
            ),
            pupils=self._unit.exchange.pupils(merged, self._actor),
            operations=sum(one.operations for one in taken),
            known=sum(one.known for one in taken),
            postponed=sum(one.postponed for one in taken),
            sealed=0 if PSY in self._opened else self._incoming.manifest.counts[PSY],
            differences=len(self._unit.exchange.differences() - differed),
            files=self._files,
            warnings=(
                *computers.outlook(known, self._unit.computers.all()),
                *clocks.warnings(self._unit, datetime.fromisoformat(self.head.made_at)),
            ),
        )

    def package(self, found: Preview) -> Package:
        """What is remembered of the file."""
        return Package(
            id="",
            device=self.sender.id,
            taken=True,
            sha256=self._sha256,
            spans={name: one.span for name, one in self._taken.items() if one.span is not None},
            operations=found.operations,
            files=found.files,
            counts=found.counts,
            actor=self._actor.id,
            moment=datetime.now(UTC),
        )

    @property
    def tables(self) -> frozenset[str]:
        """Those with rows that are not as they were."""
        return frozenset(table for one in self._taken.values() for table, _ in one.merged.touched)

    def acknowledge(self) -> None:
        """Remember what the sender says that it knows, unless a later file has said more already."""
        told, store = self._incoming.manifest, self._unit.computers
        sender = store.now_of(self.sender.id).id
        known = store.seen(sender)
        store.learn(self.sender, told.seen, told.pupils, datetime.now(UTC))
        if told.seen.get(DESK, {}).get(sender, 0) >= known.get(DESK, {}).get(sender, 0):
            store.note(sender, {**known, **told.seen}, told.pupils, datetime.now(UTC))

    def forget_files(self, folder: Path) -> bool:
        """Remember which kept files go with what was erased on another computer; gives whether anything was."""
        from profdesk.storage import erased

        found = self._unit.exchange.erased
        if found.acts:
            erased.before_commit(folder, found.files["main"], found.files["psy"])
        return bool(found.acts)

    def _read(self) -> None:
        from profdesk.signing import exchange_file
        from profdesk.storage.computers import key_bytes

        self.head = exchange_file.head(self._path)
        self.sender, secrets = self._proven()
        self._opened = (DESK,) if secrets.psy is None else (DESK, PSY)
        opening = None if secrets.psy is None else partial(exchange_file.open_piece, secret=secrets.psy)
        self._incoming = Incoming(opening, self._merge, self._take_file)
        meter = Meter(saying(self._report, READING), self._path.stat().st_size)

        def take(frame: Frame) -> None:
            meter.add(len(frame.data))
            self._incoming.take(frame)

        self._sha256 = exchange_file.read(self._path, key_bytes(self.sender.verifying_key), secrets.desk, take)

    def _proven(self) -> tuple[Computer, Secrets]:
        """Who made the file, if it is one for this computer, and what opens it."""
        from profdesk.storage.migrate import HEAD

        head, unit = self.head, self._unit
        if head.workspace != unit.organisation.get().id:
            raise WrongInputError(_OTHER_ORGANISATION)
        if head.kind is not Kind.CHANGES:
            raise WrongInputError(_WORKSPACE)
        if head.schema > HEAD:
            raise WrongInputError(_NEWER)
        secrets, own = unit.computers.secrets(), unit.computers.own_id
        known = {one.id: one for one in unit.computers.all()}
        if head.receiver not in unit.computers.own_chains or secrets is None:
            other = f", «{known[head.receiver].name}»" if head.receiver in known else ""
            here = known[own].name if own in known else unit.computers.own_name
            raise WrongInputError(_FOR_ANOTHER.format(other, here))
        sender = known.get(head.sender)
        if sender is None:
            raise WrongInputError(_UNKNOWN)
        if sender.stopped_at is not None:
            raise WrongInputError(STOPPED.format(sender.name))
        return sender, secrets

    def _merge(self) -> None:
        """Merge what was gathered, now that all of it is here."""
        incoming, store = self._incoming, self._unit.exchange
        store.refuse_gap(incoming.manifest.base)
        store.erased.forms = erasure.forms
        for name in store.names:
            self._check(name, incoming.operations[name])
            self._taken[name] = store.take(name, incoming.operations[name], incoming.contents[name], self._report)

    def _check(self, name: str, operations: Sequence[Travelling]) -> None:
        store = self._unit.exchange
        found = store.refused(name, operations, saying(self._report, _CHECKING))
        if found is not None:
            who = self._unit.users.names().get(found.actor, "неизвестный пользователь")
            raise WrongInputError(exchange_words.not_entitled(who, exchange_words.title(found.table, store.registers)))
        if not store.can_send(name, operations, self.sender):
            raise WrongInputError(exchange_words.not_of_sender(self.sender.name))
        beyond = store.beyond_reach(operations, self.sender)
        if beyond is not None:
            who = self._unit.users.names().get(beyond.actor, "неизвестный пользователь")
            what = exchange_words.title(beyond.table, store.registers)
            raise WrongInputError(exchange_words.beyond_reach(who, what))

    def _take_file(self, name: str, content: bytes) -> None:
        self._files += 1
        if self._keep:
            self._unit.kept[name].put(content)
