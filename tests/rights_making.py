"""What verbs are called with that takes some making: papers, keys, entries, things that others wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import exchange_files
from diagnostic_school import INCLINATIONS
from PIL import Image
from pypdfium2 import PdfDocument
from rights_school import SPAN, TODAY, OfClass, School
from sent_summaries import key_file_of, key_of, of_school
from support import PASSWORD, YEAR

from profdesk import assets
from profdesk.domain import key_file
from profdesk.domain.access import Actor, Role
from profdesk.domain.activities import ActivityEntry
from profdesk.domain.computers import Computer
from profdesk.domain.diagnostics import Released
from profdesk.domain.erasure import ErasureKind, Target
from profdesk.domain.exchange import AHEAD_MS, DESK
from profdesk.domain.issued_summaries import FurtherSignature
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.people import PersonName
from profdesk.domain.portfolio import Cell
from profdesk.domain.pupil_file import PupilFile, SentFrom, SentPupil, SentRecord
from profdesk.domain.registers_of_pupils import ACHIEVEMENTS, PUPIL
from profdesk.domain.senders import SenderDraft
from profdesk.domain.users import Draft
from profdesk.services import (
    activities,
    attachments,
    conclusions,
    consolidation,
    differences,
    erasure,
    exchange,
    instruments,
    issued_summaries,
    lesson_exchange,
    organisation,
    personal_keys,
    programmes,
    pupil_files,
    pupils,
    rollover,
    senders,
    users,
)
from profdesk.services.pupil_files import Opened
from profdesk.signing import keys as signing_keys
from profdesk.signing import pdf
from profdesk.signing.keys import describe
from profdesk.storage import journal, seats
from profdesk.storage.clock import HybridClock
from profdesk.storage.models import new_id

LIST = "Фамилия;Имя;Дата рождения;Класс\nНовый;Саша;02.06.2013;7А\n"
LESSON_TABLE = "Название;Предмет;Для кого\nМасштаб;технология;7 класс\n"


@dataclass(frozen=True)
class At:
    """Where a verb is tried: of which class, who reads what it is given, and a folder for its files."""

    school: School
    of: OfClass
    actor: Actor
    folder: Path

    def read(self, verb: Callable[..., Any], *args: Any) -> Any:
        """What another verb gives, to whoever tries this one."""
        return verb(self.school.workspace, self.actor, *args)

    def owned(self, verb: Callable[..., Any], *args: Any) -> Any:
        """The same as the owner reads it."""
        return verb(self.school.workspace, self.school.owner, *args)

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    @property
    def cell(self) -> Cell:
        return Cell(self.of.pupil, self.owned(programmes.current).codes["secondary"][0])

    @property
    def profession(self) -> str:
        return str(self.owned(programmes.current).professions[0].code)

    @property
    def user(self) -> str:
        """A user added for the occasion, so that there is somebody to be changed."""
        draft = Draft("Ким Анна", "завуч", frozenset({Role.READER}))
        return str(self.owned(users.add, draft, "бако-рими-туса-лено-47", self.school.code)[0])


Maker = Callable[[At], Any]


def code_for_keys_known_to_another(at: At) -> str:
    """The recovery code, once somebody was removed on another computer who knew keys of this one."""
    workspace, owner, user = at.school.workspace, at.school.owner, at.user
    with workspace.unit(owner) as unit:
        unit.users.remove(user, datetime.now(UTC))
    seats.follow(workspace, owner)
    return at.school.code


def computer(at: At) -> str:
    """Another computer that is known of."""
    return another(at, "ноутбук")


def another(at: At, device: str) -> str:
    made = Computer(device, "Ноутбук психолога", None, "К2", False, "", "", None, datetime(2026, 11, 23, tzinfo=UTC))
    with at.school.workspace.unit(at.school.owner) as unit:
        unit.computers.put(made)
    return made.id


def differing(at: At) -> list[Any]:
    """What another computer wrote of the pupil unseen."""
    return [one for one in at.owned(differences.all_of) if one.found.pupil == at.of.pupil]


def computer_ahead(at: At) -> str:
    """The same, some of whose operations wait: its clock is ahead."""
    device = another(at, new_id())
    told = {
        "id": "поправка",
        "clock": HybridClock().reading_in(2 * AHEAD_MS),
        "device": device,
        "actor": at.school.owner.id,
        "batch": "поправка",
        "verb": "update",
        "table_name": "computer",
        "record": device,
        "fields": '{"name":["Ноутбук психолога","Ноутбук"]}',
        "previous": journal.FIRST,
    }
    with at.school.workspace.unit(at.school.owner) as unit:
        unit.exchange.take(DESK, [{**told, "hash": journal.hash_of(told), "number": 1, "erased": None}], {})
    return device


def joined_computer(at: At) -> str:
    """Another computer that is known with its keys."""
    return exchange_files.added(at.school.workspace, "Ноутбук", "К2")[0]


def changes(at: At) -> Path:
    """A file of changes that another computer has made for this one: there was work on it."""
    return exchange_files.made(at.school.workspace, at.folder / "изменения.profdesk")


def package(at: At) -> str:
    """The acceptance of such a file."""
    return str(at.owned(exchange.accept, changes(at))[0].package)


def picture(at: At) -> Path:
    path = at.folder / "герб.png"
    Image.new("RGB", (300, 400), "#8B6A35").save(path, "PNG")
    return path


def consolidated(at: At) -> Any:
    """What a department signs: the workspace becomes one."""
    own = at.owned(organisation.get)
    at.owned(organisation.save, replace(own, kind=OrganisationKind.DEPARTMENT))
    return at.owned(consolidation.of_span, SPAN).paper


def scan(at: At) -> Path:
    """The certificate's page as a scanner gives it."""
    path = at.folder / "скан.png"
    with PdfDocument(at.of.paper) as document:
        document[0].render(scale=3).to_pil().save(path)
    return path


def achievement(pupil: str) -> dict[str, Any]:
    level = ACHIEVEMENTS.field("level").choices[0].code
    told = {"title": "Диплом", "kind": "contest", "level": level, "place": "winner", "held_on": date(2026, 10, 2)}
    return {PUPIL: pupil, **told}


def pupil_file(_: At) -> Opened:
    """A child's file of another organisation, as its code has opened it."""
    key = describe(key_of(1).certificate_pem)
    sender = SentFrom("", "Лицей № 1", "Лицей № 1", "", key.fingerprint)
    child, now = SentPupil(PersonName("Новый", "Саша"), date(2011, 5, 1), None), datetime.now(UTC)
    record = SentRecord(str(uuid4()), "certificate", YEAR, date(2026, 10, 1), "Сертификат", "№ 1", "", "", now)
    return Opened(PupilFile(str(uuid4()), now, "Ким", sender, child, (), {}, {}, {}, records=(record,)), {}, key)


def looked(at: At) -> Any:
    return at.owned(pupil_files.look, pupil_file(at))


def attachment(at: At) -> Any:
    return at.owned(attachments.of_entry, ACHIEVEMENTS, at.of.achievement)[0]


def released(at: At) -> Released:
    found: Released = at.owned(conclusions.told, at.of.pupil).released[0]
    return found


def erased(at: At) -> str:
    kind, basis = ErasureKind.UNLAWFUL, "приказ № 5"
    return str(at.owned(erasure.erase, [Target(at.of.pupils[1])], kind, basis)[0].done.id)


def countersigned(at: At) -> bytes:
    key = signing_keys.make_key("Школа № 12", "Черепанова Н. В.", datetime.now(UTC) - timedelta(hours=1))
    document = at.owned(issued_summaries.document, at.school.summary)
    return pdf.countersign(document, key, reason="Директор", at=datetime.now(UTC))


def further(at: At) -> FurtherSignature:
    found: FurtherSignature = at.owned(issued_summaries.take_countersigned, at.school.summary, countersigned(at))[0]
    return found


def personal_key(at: At) -> Path:
    path = at.folder / "ключ.p12"
    personal_keys.make(path, PASSWORD, "Черепанова Нина Васильевна", "директор", at.owned(organisation.get).full_name)
    return path


def lesson_pack(at: At) -> Path:
    path = at.folder / "уроки.pdlessons"
    at.owned(lesson_exchange.export, [at.school.lesson], path)
    return path


def event(at: At) -> ActivityEntry:
    kind = activities.shipped_types()[0].code
    return ActivityEntry(kind, "Встреча", date(2026, 12, 1), groups=(at.of.group,))


def file_of_key(at: At, which: int) -> Path:
    return at.file(f"{which}{key_file.ENDING}", key_file_of(which))


def offer(at: At) -> senders.Offer:
    return senders.Offer(SenderDraft(*names(3)), key_of(3).certificate_pem)


def names(which: int) -> tuple[Any, ...]:
    own = of_school(which).organisation
    return own.kind, own.legal_form, own.name, own.short_name


def sender_key(at: At) -> str:
    taken = at.owned(senders.take_key, at.school.sender, key_of(1, 1).certificate_pem)
    return str(taken[0].record.id)


def people(at: At) -> list[Any]:
    there = at.owned(pupils.pupils, YEAR)
    return [one for one in there if one.id in at.of.pupils[:2]]


def code(at: At) -> str:
    with at.school.workspace.unit(at.school.owner) as unit:
        return unit.certificates.get(at.of.certificate).code


def instrument_file(at: At) -> Path:
    source = instruments.source(instruments.called(INCLINATIONS)) or ""
    return at.file("методика.toml", source)


def wording(at: At) -> Path:
    head, *lines = (
        instruments.template(instruments.called(INCLINATIONS), as_workbook=False).decode("utf-8-sig").splitlines()
    )
    return at.file("тексты.csv", "\n".join([head, *(line.replace(";", ";вопрос", 1) for line in lines)]))


def programme(_: At) -> Path:
    return assets.resource("programmes", "artemovsky-2022-2025.toml")


def rollover_plan(at: At) -> Any:
    return at.owned(rollover.preview, YEAR, TODAY).plan


def badge(at: At) -> Path:
    from profdesk.services import badges

    path = at.folder / "значок.json"
    at.owned(badges.export_one, at.of.certificate, path)
    return path
