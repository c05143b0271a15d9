"""The demonstration department: organisations that do not exist, their keys, and what they sent of two terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from profdesk.domain import demo_summaries, file_names, summary_data
from profdesk.domain.access import NewUser
from profdesk.domain.organisation import Organisation, OrganisationKind
from profdesk.domain.progress import Report
from profdesk.domain.published import publish
from profdesk.domain.school_year import Period
from profdesk.domain.senders import SenderDraft
from profdesk.domain.span import Span
from profdesk.domain.summary import Replaced
from profdesk.services import consolidation, files, programmes, pupils, received, senders, workspaces

if TYPE_CHECKING:
    from profdesk.signing.keys import SigningKey
    from profdesk.storage.workspace import Workspace

FOLDER = "Рабочая папка управления"
MAIL = "Сводки из школ"
_SCHOOL = (OrganisationKind.SCHOOL, "Муниципальное автономное общеобразовательное учреждение")
_GARDEN = (OrganisationKind.KINDERGARTEN, "Муниципальное бюджетное дошкольное образовательное учреждение")
_THERE = (
    (*_SCHOOL, "Демонстрационная школа № 3", "Школа № 3", "8 (34363) 5-41-03", "Белова Ирина Петровна, директор"),
    (*_SCHOOL, "Демонстрационная школа № 7", "Школа № 7", "8 (34363) 5-41-07", "Зотов Андрей Львович, директор"),
    (*_SCHOOL, "Демонстрационная школа № 16", "Школа № 16", "8 (34363) 5-41-16", "Юрьева Анна Ильинична, завуч"),
    (*_SCHOOL, "Демонстрационный лицей № 21", "Лицей № 21", "8 (34363) 5-41-21", ""),
    (*_SCHOOL, "Демонстрационная школа № 30", "Школа № 30", "8 (34363) 5-41-30", "Громов Олег Юрьевич, директор"),
    (*_GARDEN, "Демонстрационный детский сад «Родничок»", "Сад «Родничок»", "8 (34363) 5-42-01", "Ким Вера Павловна"),
    (*_GARDEN, "Демонстрационный детский сад «Солнышко»", "Сад «Солнышко»", "8 (34363) 5-42-02", "Титова Инна Юрьевна"),
    (*_GARDEN, "Демонстрационный детский сад «Теремок»", "Сад «Теремок»", "8 (34363) 5-42-03", "Орлова Яна Игоревна"),
)  # fmt: skip
_UNCOMPARED, _REVOKED, _SILENT, _CORRECTED = "Лицей № 21", "Школа № 30", "Сад «Теремок»", "Школа № 7"
_STRANGER = (*_SCHOOL, "Демонстрационная школа № 99", "Школа № 99")


@dataclass(frozen=True)
class Demonstration:
    """The workspace, files yet to be taken in (a good one and those that are not taken), and what it signed."""

    workspace: Workspace
    mail: Sequence[Path]
    signed: Path


def build(folder: Path, password: str, report: Report) -> Demonstration:
    """Make the workspace and the files beside it in a folder; the spans are the term of today and the one before."""
    report("Создаём папку управления", 0, 1)
    owner = NewUser("Панова Ольга Ивановна", "главный специалист", password)
    now = pupils.today()
    workspace = workspaces.create(folder / FOLDER, _department(Period.containing(now)), owner).workspace
    mail = folder / MAIL
    mail.mkdir()
    try:
        keys = _list(workspace, now)
        sent = _Sent(workspace, mail, keys)
        before, span = _spans(now)
        _take(workspace, sent, before, _day(before, now), report)
        signed = _sign(workspace, before, folder)
        _take(workspace, sent, span, _day(span, now), report)
        _revoke(workspace)
        return Demonstration(workspace, sent.to_come(span, _day(span, now)), signed)
    except BaseException:
        workspace.close()
        raise


def _spans(today: date) -> tuple[Span, Span]:
    period = Period.containing(today)
    before = period.previous
    return Span.of_term(before.year, before.term), Span.of_term(period.year, period.term)


def _day(span: Span, today: date) -> datetime:
    """When the summaries of a span were counted: two days ago, or ten days before its end."""
    day = min(today - timedelta(days=2), span.last_day - timedelta(days=10))
    return datetime.combine(max(day, span.first_day), time(9, 30), UTC)


def _department(period: Period) -> Organisation:
    return Organisation(
        id="",
        kind=OrganisationKind.DEPARTMENT,
        legal_form="",
        name="Управление образования Демонстрационного городского округа",
        short_name="Управление образования",
        municipality="Демонстрационный городской округ",
        head_post="Начальник управления",
        head_name="Багдасарян Наталья Валентиновна",
        period=period,
    )


def _list(workspace: Workspace, today: date) -> Mapping[str, SigningKey]:
    """Put the organisations on the list with their keys, all compared but one; gives the keys by name."""
    from profdesk.signing.keys import make_key

    actor, made = workspace.actor, {}
    begin = datetime.combine(_spans(today)[0].first_day, time(8), UTC)
    for kind, form, name, short, telephone, whom in _THERE:
        draft = SenderDraft(kind, form, name, short, telephone)
        sender, _, _ = senders.add(workspace, actor, draft)
        made[short] = make_key(draft.full_name, short, begin)
        key, _ = senders.take_key(workspace, actor, sender.id, made[short].certificate_pem)
        if short != _UNCOMPARED:
            senders.confirm(workspace, actor, key.record.id, whom)
    kind, form, name, short = _STRANGER
    made[short] = make_key(SenderDraft(kind, form, name, short).full_name, short, begin)
    return made


def _take(workspace: Workspace, sent: _Sent, span: Span, day: datetime, report: Report) -> None:
    """Take in what all but the silent one sent in the first span, and but the last three in the second."""
    is_last = span == _spans(pupils.today())[1]
    out = {_UNCOMPARED, *((_SILENT, "Сад «Солнышко»") if is_last else ())}
    names = [short for *_, short, _, _ in _THERE if short not in out]
    paths = []
    for place, name in enumerate(names):
        report(f"Собираем сводки за {span.title}", place, len(names))
        paths.append(sent.write(name, span, f"{day.year}/{1 + is_last:02d}", day))
    if is_last:
        fix = Replaced(f"{day.year}/02", "Исправлены оценки в 7 «А»")
        paths.append(sent.write(_CORRECTED, span, f"{day.year}/03", day + timedelta(hours=3), fix))
    report(f"Собираем сводки за {span.title}", len(names), len(names))
    received.take(workspace, workspace.actor, paths)


def _sign(workspace: Workspace, span: Span, folder: Path) -> Path:
    """Sign what came of a span, added up."""
    target = folder / f"{file_names.tidy(f'Свод за {span.title}')}.pdf"
    gathered = consolidation.of_span(workspace, workspace.actor, span)
    if gathered is not None:
        consolidation.sign(workspace, workspace.actor, gathered.paper, partial(files.write, target))
    return target


def _revoke(workspace: Workspace) -> None:
    key = next(one for one in senders.listed(workspace, workspace.actor) if one.sender.name == _REVOKED).keys[0]
    senders.revoke(workspace, workspace.actor, key.record.id, "украден компьютер директора")


class _Sent:
    """Summaries written as files, each signed by its organisation's key."""

    def __init__(self, workspace: Workspace, folder: Path, keys: Mapping[str, SigningKey]) -> None:
        self._folder = folder
        self._keys = keys
        self._programme = programmes.current(workspace, workspace.actor)
        self._own = _department(Period.containing(pupils.today()))

    def write(self, name: str, span: Span, number: str, day: datetime, replaces: Replaced | None = None) -> Path:
        """Sign a made-up summary of an organisation and save it."""
        from profdesk.documents.summary_pdf import summary_pdf
        from profdesk.signing import pdf as signing
        from profdesk.signing.keys import describe

        kind, form, full, short = next(one[:4] for one in (*_THERE, (*_STRANGER, "", "")) if one[3] == name)
        organisation = replace(
            self._own, kind=kind, legal_form=form, name=full, short_name=short, head_post="Директор", head_name=""
        )
        told = publish(demo_summaries.invent(organisation, self._programme, span, number, day, replaces))
        key = self._keys[name]
        drawn = summary_pdf(told, summary_data.to_json(told), describe(key.certificate_pem), day)
        bare = "".join(letter for letter in name if letter not in "«»")
        path = self._folder / f"Сводка {number.replace('/', '-')}, {bare}.pdf"
        files.write(path, signing.sign(drawn, key, reason="Сводка для управления", at=day))
        return path

    def to_come(self, span: Span, day: datetime) -> Sequence[Path]:
        """A good summary, a changed one, and those of a key not compared, of a revoked one and of a stranger."""
        number = f"{day.year}/05"
        names = ("Сад «Солнышко»", "Школа № 3", _UNCOMPARED, _REVOKED, _STRANGER[3])
        paths = [self.write(name, span, number, day + timedelta(hours=5)) for name in names]
        changed = bytearray(paths[1].read_bytes())
        changed[len(changed) // 2] ^= 1
        files.write(paths[1], bytes(changed))
        return paths
