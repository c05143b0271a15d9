"""A department takes summaries in: what each file is, which of them count, and what becomes of it when keys change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kept_workspaces import create
from sent_summaries import COUNTED, key_file_of, key_of, of_school, signed
from support import PASSWORD, YEAR, organisation, state

from profdesk.domain.access import NewUser
from profdesk.domain.changes import Kind
from profdesk.domain.detached import LABEL
from profdesk.domain.organisation import OrganisationKind
from profdesk.domain.received_answers import State
from profdesk.domain.school_year import SchoolYear, Term
from profdesk.domain.senders import KeyState, SenderDraft, SenderKey
from profdesk.domain.span import Span
from profdesk.domain.summary import Replaced
from profdesk.domain.verification import Verdict
from profdesk.errors import CancelledError, WrongInputError
from profdesk.services import batches, received, senders, verification
from profdesk.services.received import Answer
from profdesk.signing import keys
from profdesk.signing.pdf import countersign
from profdesk.storage.workspace import Workspace

SPAN = Span.of_year(YEAR)
SIGNATURES = Path(__file__).parents[1] / "data" / "signatures"


@pytest.fixture
def department(tmp_path: Path) -> Iterator[Workspace]:
    owner = NewUser("Панова Ольга Ивановна", "специалист", PASSWORD)
    own = replace(organisation(), kind=OrganisationKind.DEPARTMENT, legal_form="", name="Управление образования")
    made = create(tmp_path / "department", owner, own).workspace
    own_key = keys.make_key("Управление образования", "Управление", datetime.now(UTC))
    with made.unit(made.actor) as unit:
        unit.keys.add(own_key.certificate_pem, own_key.private_pem)
    yield made
    made.close()


def known(desk: Workspace, which: int, *, confirmed: bool = True, spare: int = 0) -> SenderKey:
    """Put a school on the list with its key."""
    own = of_school(which).organisation
    draft = SenderDraft(own.kind, own.legal_form, own.name, own.short_name, "8 (34363) 2-11-00")
    there = [one.sender for one in senders.listed(desk, desk.actor) if one.sender.name == own.short_name]
    sender = there[0] if there else senders.add(desk, desk.actor, draft)[0]
    key, _ = senders.take_key(desk, desk.actor, sender.id, key_of(which, spare).certificate_pem)
    return senders.confirm(desk, desk.actor, key.record.id, "директор Черепанова")[0] if confirmed else key


def drop(desk: Workspace, folder: Path, **made: bytes) -> dict[str, Answer]:
    folder.mkdir(exist_ok=True)
    for name, data in made.items():
        (folder / f"{name}.pdf").write_bytes(data)
    answers, _ = received.take(desk, desk.actor, [folder])
    return {one.path.stem: one for one in answers}


def by(which: int, spare: int = 0, **changed: object) -> bytes:
    return signed(of_school(which, **changed), key_of(which, spare))


def test_each_file_is_answered_for_and_only_the_good_ones_are_kept(department: Workspace, tmp_path: Path) -> None:
    for which in (1, 2, 4):
        known(department, which)
    known(department, 3, confirmed=False)
    changed = bytearray(by(4))
    changed[len(changed) // 2] ^= 1
    folder = tmp_path / "пришло"
    folder.mkdir()
    (folder / "заметки.txt").write_text("не сводка", encoding="utf-8")
    (folder / "архив.pdf").write_bytes(b"PK\3\4" + bytes(200))
    shutil.copy(SIGNATURES / "document.txt", folder / "бумага")
    shutil.copy(SIGNATURES / "256A.sig", folder / "бумага.sig")
    term = Span.of_term(YEAR, Term.FIRST)
    told = drop(
        department, folder, good=by(1), term=by(2, span=term), waiting=by(3), changed=bytes(changed), unlisted=by(5),
        other=by(4, spare=1), posing=signed(of_school(1), key_of(4)),
    )  # fmt: skip
    assert {name: one.state for name, one in told.items()} == {
        "good": State.TAKEN, "term": State.TAKEN, "waiting": State.WAITING, "changed": State.REFUSED,
        "unlisted": State.UNLISTED, "other": State.UNKNOWN_KEY, "posing": State.FOREIGN, "архив": State.REFUSED,
        "бумага": State.SIGNATURE,
    }  # fmt: skip
    assert "изменён после подписания" in told["changed"].words
    assert LABEL in told["бумага"].words
    assert "Школа № 1" in told["posing"].words
    assert sorted("Период другой" in told[name].words for name in ("good", "term")) == [False, True]
    whole = received.of_span(department, department.actor, SPAN)
    assert [one.summary.short_name for one in whole.counted] == ["Школа № 1"]
    assert [one.name for one in whole.missing] == ["Школа № 2", "Школа № 3", "Школа № 4"]
    assert received.spans(department, department.actor) == [SPAN, term]
    kept = whole.counted[0]
    assert received.document(department, department.actor, kept.receipt.id) == (folder / "good.pdf").read_bytes()
    offer = told["unlisted"].offer
    assert offer is not None
    listed, _ = senders.accept(department, department.actor, offer)
    assert (listed.sender.name, listed.state(datetime.now(UTC))) == ("Школа № 5", KeyState.WAITING)
    senders.confirm(department, department.actor, listed.keys[0].record.id, "директор")
    again, _ = received.take(department, department.actor, [folder / "unlisted.pdf", folder / "good.pdf"])
    assert [one.state for one in again] == [State.TAKEN, State.SAME]


def test_the_latest_and_the_correction_count(department: Workspace, tmp_path: Path) -> None:
    known(department, 1)
    drop(department, tmp_path / "1", first=by(1))
    before, after = COUNTED - timedelta(days=3), COUNTED + timedelta(days=3)
    told = drop(
        department,
        tmp_path / "2",
        older=by(1, number="2026/00", counted_at=before),
        newer=by(1, number="2026/02", counted_at=after),
    )
    assert (told["older"].state, told["newer"].state) == (State.OLDER, State.NEWER)
    assert "есть новее: № 2026/02" in told["older"].words
    assert "№ 2026/01 от 16.11.2026" in told["newer"].words
    wrong_year = Span.of_year(SchoolYear(2026).previous)
    last = after + timedelta(days=1)
    fix = by(1, number="2026/03", counted_at=last, replaces=Replaced("2026/02", "Не тот класс"), span=SPAN)
    told = drop(department, tmp_path / "3", fix=fix, other=by(1, number="2026/04", span=wrong_year))
    assert told["fix"].state is State.CORRECTION
    assert "исправляет № 2026/02" in told["fix"].words
    assert wrong_year.title in told["other"].words
    found = received.of_span(department, department.actor, SPAN)
    assert [one.receipt.number for one in found.counted] == ["2026/03"]
    assert {one.receipt.number: one.reason for one in found.not_counted}["2026/02"] == "исправлена сводкой № 2026/03"
    step, changes = received.withdraw(department, department.actor, found.counted[0].receipt.id)
    assert changes.touches(Kind.RECEIVED)
    found = received.of_span(department, department.actor, SPAN)
    assert [one.receipt.number for one in found.counted] == ["2026/02"]
    assert step.batch is not None
    batches.turn_back(department, department.actor, step.batch)
    found = received.of_span(department, department.actor, SPAN)
    assert [one.receipt.number for one in found.counted] == ["2026/03"]


def test_a_revoked_key_counts_for_what_came_before(department: Workspace, tmp_path: Path) -> None:
    key = known(department, 1)
    drop(department, tmp_path / "1", first=by(1))
    senders.revoke(department, department.actor, key.record.id, "компьютер украден")
    (kept,) = received.of_span(department, department.actor, SPAN).counted
    assert "ключ отозван" in kept.note
    after = drop(department, tmp_path / "2", second=by(1, number="2026/02"))["second"]
    assert (after.state, "компьютер украден" in after.words) == (State.REVOKED, True)
    known(department, 1, spare=1)
    assert drop(department, tmp_path / "3", third=by(1, 1, number="2026/03"))["third"].state is State.NEWER
    with pytest.raises(WrongInputError, match="отозван"):
        senders.confirm(department, department.actor, key.record.id, "директор")


def test_what_is_taken_away_can_come_again(department: Workspace, tmp_path: Path) -> None:
    known(department, 1)
    kept = drop(department, tmp_path / "1", first=by(1))["first"].receipt
    assert kept is not None
    received.withdraw(department, department.actor, kept.id)
    assert received.spans(department, department.actor) == []
    again, _ = received.take(department, department.actor, [tmp_path / "1" / "first.pdf"])
    assert [(one.state, one.receipt and one.receipt.id) for one in again] == [(State.TAKEN, kept.id)]


def test_stopping_leaves_nothing(department: Workspace, tmp_path: Path) -> None:
    known(department, 1)
    for name in ("1", "2"):
        (tmp_path / f"{name}.pdf").write_bytes(by(1, number=f"2026/0{name}"))
    before = state(department)

    def stop(done: int, total: int) -> None:
        if done:
            raise CancelledError

    with pytest.raises(CancelledError):
        received.take(department, department.actor, [tmp_path / "1.pdf", tmp_path / "2.pdf"], stop)
    assert state(department) == before


def test_organisations_are_written_withdrawn_and_put_back(department: Workspace, tmp_path: Path) -> None:
    key, actor = known(department, 1), department.actor
    drop(department, tmp_path / "1", first=by(1))
    (one,) = senders.listed(department, actor)
    draft = replace(one.sender.draft, short_name="  Первая  школа ", telephone="2-00-00")
    changed, _, _ = senders.change(department, actor, one.sender.id, draft)
    assert changed.name == "Первая школа"
    with pytest.raises(WrongInputError, match="уже есть"):
        senders.add(department, actor, replace(draft, name="«школа № 1»"))
    with pytest.raises(WrongInputError, match="Название"):
        senders.add(department, actor, replace(draft, name=" "))
    second, _, _ = senders.add(department, actor, replace(draft, name="Вторая", short_name=""))
    assert second.name == "Вторая"
    with pytest.raises(WrongInputError, match="Первая школа"):
        senders.take_key(department, actor, second.id, key_of(1).certificate_pem)
    with pytest.raises(WrongInputError, match="сертификат"):
        senders.take_key(department, actor, second.id, b"nothing")
    step, _ = senders.withdraw(department, actor, one.sender.id)
    assert [entry.sender.name for entry in senders.listed(department, actor)] == ["Вторая"]
    found = received.of_span(department, actor, SPAN)
    assert [entry.reason for entry in found.not_counted] == ["организация убрана из списка"]
    assert step.batch is not None
    batches.turn_back(department, actor, step.batch)
    assert [entry.receipt.number for entry in received.of_span(department, actor, SPAN).counted] == ["2026/01"]
    assert senders.listed(department, actor)[1].keys[0].record.confirmed_with == "директор Черепанова"
    assert key.state(key.info.valid_until + timedelta(days=1)) is KeyState.EXPIRED
    unconfirmed = replace(key, record=replace(key.record, confirmed_at=None))
    assert unconfirmed.state(key.info.valid_until + timedelta(days=1)) is KeyState.EXPIRED
    senders.withdraw(department, actor, one.sender.id)
    again, _, _ = senders.add(department, actor, replace(draft, telephone="2-00-09"))
    assert (again.id, again.draft.telephone) == (one.sender.id, "2-00-09")
    assert [entry.receipt.number for entry in received.of_span(department, actor, SPAN).counted] == ["2026/01"]


def test_a_key_that_is_not_compared_does_not_count(department: Workspace, tmp_path: Path) -> None:
    key = known(department, 1, confirmed=False)
    told = drop(department, tmp_path / "1", first=by(1))["first"]
    assert (told.state, told.offer, told.receipt) == (State.WAITING, None, None)
    first = tmp_path / "1" / "first.pdf"
    assert verification.verify_here(department, department.actor, first).verdict is Verdict.UNKNOWN_KEY
    with pytest.raises(WrongInputError, match="с кем"):
        senders.confirm(department, department.actor, key.record.id, " ")
    _, step, _ = senders.confirm(department, department.actor, key.record.id, "директор")
    assert drop(department, tmp_path / "1")["first"].state is State.TAKEN
    assert verification.verify_here(department, department.actor, first).verdict is Verdict.TRUSTED
    assert step.batch is not None
    batches.turn_back(department, department.actor, step.batch)
    (out,) = received.of_span(department, department.actor, SPAN).not_counted
    assert out.reason == "ключ не сверен по телефону"


def test_a_key_file_brings_the_keys_of_persons_that_the_organisation_vouches_for(
    department: Workspace, tmp_path: Path
) -> None:
    person = keys.make_key(of_school(1).organisation.full_name, "Черепанова Нина Васильевна", COUNTED)
    alone, both = (tmp_path / f"{name}.profkey" for name in ("ключ", "ключ директора"))
    alone.write_bytes(key_file_of(1))
    both.write_bytes(key_file_of(1, person.certificate_pem))
    actor, now = department.actor, datetime.now(UTC)
    listed, _ = senders.take_key_file(department, actor, both)
    assert listed.sender.draft.full_name == of_school(1).organisation.full_name
    assert [one.state(now) for one in listed.keys] == [KeyState.WAITING] * 2
    senders.confirm(department, actor, listed.keys[0].record.id, "директор")
    again, _ = senders.take_key_file(department, actor, both)
    assert [one.state(datetime.now(UTC)) for one in again.keys] == [KeyState.GOOD] * 2
    second = keys.make_key(of_school(1).organisation.full_name, "Зотов Андрей Львович", COUNTED)
    both.write_bytes(key_file_of(1, second.certificate_pem))
    taken, _ = senders.take_key_files(department, actor, [both, alone, tmp_path / "нет.profkey"])
    assert [one.state(datetime.now(UTC)) for one in taken.taken[0].keys] == [KeyState.GOOD] * 2
    assert (len(taken.taken), len(taken.refused)) == (2, 1)
    assert len(senders.listed(department, actor)[0].keys) == 3


def test_a_second_signature_counts_if_its_key_is_of_the_same_organisation(
    department: Workspace, tmp_path: Path
) -> None:
    names = of_school(1).organisation
    head = keys.make_key(names.full_name, names.head_name, COUNTED, "Директор")
    known(department, 1)
    both = countersign(by(1), head, reason="Проверено", at=COUNTED + timedelta(hours=1))
    told = drop(department, tmp_path / "1", one=by(1), both=both)
    assert (told["one"].state, told["both"].state) == (State.TAKEN, State.UNKNOWN_KEY)
    assert "Черепанова Нина Васильевна, Директор" in told["both"].words
    offer = told["both"].offer
    assert offer is not None
    listed, _ = senders.accept(department, department.actor, offer)
    assert [one.sender.name for one in senders.listed(department, department.actor)] == ["Школа № 1"]
    waiting = drop(department, tmp_path / "1")["both"]
    assert (waiting.state, names.head_name in waiting.words) == (State.WAITING, True)
    senders.confirm(department, department.actor, listed.keys[0].record.id, "директор")
    taken = drop(department, tmp_path / "1")["both"]
    assert taken.state is State.NEWER
    assert "та же сводка с другими подписями" in taken.words
    assert f"Подписана также: {names.head_name}" in taken.words
    known(department, 2)
    stranger = keys.make_key("Другая организация", "Чужой Иван Иванович", COUNTED, "Директор")
    signed_by = {"school": key_of(2), "person": stranger}
    posing = {
        name: countersign(by(1, number="2026/02"), key, reason="Проверено", at=COUNTED + timedelta(hours=1))
        for name, key in signed_by.items()
    }
    told = drop(department, tmp_path / "2", alone=signed(of_school(1), head), **posing)
    assert {one.state for one in told.values()} == {State.FOREIGN}
    assert "первым её подписал Черепанова" in told["alone"].words


def test_a_date_that_is_yet_to_come_and_a_number_that_is_none_are_refused(
    department: Workspace, tmp_path: Path
) -> None:
    known(department, 1)
    later = datetime.now(UTC) + timedelta(days=2)
    told = drop(department, tmp_path / "1", later=by(1, counted_at=later), bare=by(1, number=" "))
    assert {one.state for one in told.values()} == {State.REFUSED}
    assert "день ещё не наступил" in told["later"].words
    assert "«number»" in told["bare"].words


def test_a_summary_that_names_its_organisation_otherwise_says_so(department: Workspace, tmp_path: Path) -> None:
    known(department, 1)
    there = senders.listed(department, department.actor)[0].sender
    draft = replace(there.draft, name="Школа № 1 посёлка Буланаш")
    senders.change(department, department.actor, there.id, draft)
    told = drop(department, tmp_path / "1", one=by(1))["one"]
    assert (told.state, "названа иначе" in told.words) == (State.TAKEN, True)


def test_a_key_that_was_not_compared_goes_over_to_whose_it_is(department: Workspace, tmp_path: Path) -> None:
    actor, path = department.actor, tmp_path / "ключ.profkey"
    path.write_bytes(key_file_of(1))
    wrong, *_ = senders.add(department, actor, SenderDraft(OrganisationKind.SCHOOL, "", "Школа № 8", "Школа № 8"))
    key, _ = senders.take_key_file(department, actor, path, wrong.id)
    senders.revoke(department, actor, key.keys[0].record.id, "отпечаток не совпал")
    listed, _ = senders.take_key_file(department, actor, path)
    assert (listed.sender.name, listed.state(datetime.now(UTC))) == ("Школа № 1", KeyState.WAITING)
    senders.confirm(department, actor, listed.keys[0].record.id, "директор")
    with pytest.raises(WrongInputError, match="уже сверен с организацией «Школа № 1»"):
        senders.take_key_file(department, actor, path, wrong.id)


def test_a_list_of_organisations_is_taken_from_a_table_and_undone(department: Workspace, tmp_path: Path) -> None:
    before = state(department)
    path = tmp_path / "Список.csv"
    path.write_text("Название;Телефон\nШкола № 5;2-00-05\nДетский сад № 7;2-00-07\n", encoding="cp1251")
    (found, step), _ = senders.take_table(department, department.actor, path)
    assert [one.kind.value for one in found.added] == ["school", "kindergarten"]
    assert [one.sender.draft.telephone for one in senders.listed(department, department.actor)] == [
        "2-00-07",
        "2-00-05",
    ]
    assert step.batch is not None
    batches.turn_back(department, department.actor, step.batch)
    assert state(department) == before
    (_, idle), _ = senders.take_table(department, department.actor, path)
    assert idle.batch is not None
    (found, idle), changes = senders.take_table(department, department.actor, path)
    assert (found.same, idle.batch, changes.batch) == (2, None, None)
