"""One unit of work: every store over one transaction and one batch of the journal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TypeVar

from sqlalchemy.orm import Session

from profdesk.domain.exchange import DESK, PSY
from profdesk.errors import AccessError
from profdesk.storage import arriving, reach
from profdesk.storage.activities import ActivityStore
from profdesk.storage.arriving import Arriving, Files
from profdesk.storage.attachments import AttachmentStore
from profdesk.storage.audit import AuditStore
from profdesk.storage.batches import BatchStore
from profdesk.storage.blobs import PSY_FOLDER, Blobs
from profdesk.storage.certificate_designs import DesignStore
from profdesk.storage.certificates import CertificateStore
from profdesk.storage.class_teachers import ClassTeacherStore
from profdesk.storage.clock_corrections import SCHEMAS
from profdesk.storage.clocks import ClockStore
from profdesk.storage.computers import ComputerStore
from profdesk.storage.conclusions import ConclusionStore, ReleasedStore
from profdesk.storage.consents import ConsentStore
from profdesk.storage.copies import CopyStore
from profdesk.storage.deeds import DeedStore
from profdesk.storage.diagnostics import DiagnosticStore
from profdesk.storage.differences import DifferenceStore
from profdesk.storage.erasure import ErasureStore
from profdesk.storage.evidence import EvidenceStore
from profdesk.storage.exchange import ExchangeStore
from profdesk.storage.held import HeldStore
from profdesk.storage.histories import HistoryStore
from profdesk.storage.journal import Journal
from profdesk.storage.keys import KeyStore
from profdesk.storage.notes import NoteStore
from profdesk.storage.organisation import OrganisationStore
from profdesk.storage.packages import PackageStore
from profdesk.storage.portfolio import PortfolioStore
from profdesk.storage.programme import ProgrammeStore
from profdesk.storage.pupil_files import PupilFileStore
from profdesk.storage.pupils import PupilStore
from profdesk.storage.received_summaries import ReceivedSummaryStore
from profdesk.storage.registers import RegisterStore
from profdesk.storage.retention import RetentionStore
from profdesk.storage.roster_layouts import RosterLayoutStore
from profdesk.storage.route import RouteStore
from profdesk.storage.satisfaction import SatisfactionStore
from profdesk.storage.senders import SenderStore
from profdesk.storage.summaries import SummaryStore
from profdesk.storage.talks import TalkStore
from profdesk.storage.told_figures import ToldFigureStore
from profdesk.storage.users import UserStore
from profdesk.storage.vault import Keys

Store = TypeVar("Store")


class UnitOfWork:
    """Stores that give and take domain values; ``workspace.unit`` commits or rolls back."""

    def __init__(self, session: Session, journal: Journal, keys: Keys, arriving: Arriving) -> None:
        actor = journal.actor
        if actor.sees_own_only:
            reach.attach(session, actor)
        self.batch = journal.batch
        self._session, self._journal, self.holds_psy = session, journal, keys.psy is not None
        self._arriving, self.kept = arriving, _kept(keys, arriving)
        """The kept files that each journal speaks of."""
        self.organisation = OrganisationStore(session)
        self.programme = ProgrammeStore(session)
        self.pupils = PupilStore(session)
        self.class_teachers = ClassTeacherStore(session)
        self.portfolio = PortfolioStore(session, actor)
        self.notes = NoteStore(session, actor)
        self.evidence = EvidenceStore(session, actor, self.kept[DESK])
        self.attachments = AttachmentStore(session, actor, self.kept[DESK])
        self.histories = HistoryStore(session)
        self.batches = BatchStore(session, actor, journal.batch, psy=self.holds_psy)
        self.roster_layouts = RosterLayoutStore(session)
        self.activities = ActivityStore(session, actor)
        self.routes = RouteStore(session, actor)
        self.satisfaction = SatisfactionStore(session, actor)
        self.registers = RegisterStore(session, actor)
        self.certificates = CertificateStore(session, actor)
        self.designs = DesignStore(session, actor, self.kept[DESK])
        self.told_figures = ToldFigureStore(session, actor)
        self.summaries = SummaryStore(session, actor)
        self.senders = SenderStore(session, actor)
        self.received = ReceivedSummaryStore(session, actor)
        self.keys = KeyStore(session, keys.seal)
        self.consents = ConsentStore(session, actor)
        self.users = UserStore(session)
        self.deeds = DeedStore(session, actor)
        self.audit = AuditStore(session, psy=keys.psy is not None)
        self.erasure = ErasureStore(session, actor, psy=keys.psy is not None)
        self.retention = RetentionStore(session, actor, psy=keys.psy is not None)
        self.released = ReleasedStore(session, actor)
        self._diagnostics = DiagnosticStore(session, actor) if keys.psy is not None else None
        self._conclusions = ConclusionStore(session, actor) if keys.psy is not None else None
        self._talks = TalkStore(session, actor, self.kept[PSY]) if keys.psy is not None else None

    @cached_property
    def held(self) -> HeldStore:
        """All that is held on one pupil."""
        return HeldStore(self._session)

    @cached_property
    def copies(self) -> CopyStore:
        """What a copy holds, in counts."""
        return CopyStore(self._session, psy=self.holds_psy)

    @cached_property
    def computers(self) -> ComputerStore:
        """The register of computers, and this one's secrets."""
        return ComputerStore(self._session, psy=self.holds_psy)

    @cached_property
    def pupil_files(self) -> PupilFileStore:
        """What goes into a pupil's file, and what came with one."""
        return PupilFileStore(self._session, self._journal.actor, self.kept[DESK])

    @cached_property
    def exchange(self) -> ExchangeStore:
        """The journals as other computers are sent them."""
        return ExchangeStore(self._session, self._journal.clock, psy=self.holds_psy)

    @cached_property
    def clocks(self) -> ClockStore:
        """What is ahead of this computer's clock."""
        journal = self._journal
        return ClockStore(self._session, journal.clock, journal.actor.id, journal.device, psy=self.holds_psy)

    @cached_property
    def packages(self) -> PackageStore:
        """The files of changes that were sent and taken."""
        return PackageStore(self._session)

    @cached_property
    def differences(self) -> DifferenceStore:
        """What computers wrote unseen of one another."""
        return DifferenceStore(self._session, self._journal.actor, psy=self.holds_psy)

    def leave(self, name: str, files: Collection[str]) -> None:
        """Have those of some files that a journal spoke of looked into at ``Workspace.sweep_files``."""
        kept = self.kept[name]
        self._arriving.leave(kept.folder, sorted(one for one in files if kept.holds(one)))

    def spoken_of(self, files: Files) -> Files:
        """Those of some kept files of which a journal, what waits for it, or a record speaks; where it is known."""
        found: dict[str, Collection[str]] = {}
        for name, kept in self.kept.items():
            digests = files.get(kept.folder, ())
            of_records = self.erasure.kept_files(digests, psy=name == PSY)
            found[kept.folder] = of_records | arriving.spoken_of(self._session, SCHEMAS[name], digests)
        return found

    @property
    def diagnostics(self) -> DiagnosticStore:
        """Sessions, sheets and answers; AccessError for whoever does not hold the psychologists' key."""
        return _held(self._diagnostics)

    @property
    def talks(self) -> TalkStore:
        """Consultations and results from elsewhere; AccessError for whoever does not hold the psychologists' key."""
        return _held(self._talks)

    @property
    def conclusions(self) -> ConclusionStore:
        """What psychologists conclude; AccessError for whoever does not hold their key."""
        return _held(self._conclusions)


def _kept(keys: Keys, arriving: Arriving) -> Mapping[str, Blobs]:
    found = {DESK: Blobs(arriving.workspace, keys.desk, before=arriving.note)}
    return found if keys.psy is None else {**found, PSY: Blobs(arriving.workspace, keys.psy, PSY_FOLDER, arriving.note)}


def _held(store: Store | None) -> Store:
    if store is None:
        raise AccessError("Диагностику видят только психологи. Войдите под психологом.")
    return store
