"""One unit of work: every store over one transaction and one batch of the journal."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from profdesk.errors import AccessError
from profdesk.storage.activities import ActivityStore
from profdesk.storage.attachments import AttachmentStore
from profdesk.storage.batches import BatchStore
from profdesk.storage.blobs import PSY_FOLDER, Blobs
from profdesk.storage.certificate_designs import DesignStore
from profdesk.storage.certificates import CertificateStore
from profdesk.storage.conclusions import ConclusionStore, ReleasedStore
from profdesk.storage.consents import ConsentStore
from profdesk.storage.diagnostics import DiagnosticStore
from profdesk.storage.evidence import EvidenceStore
from profdesk.storage.histories import HistoryStore
from profdesk.storage.journal import Journal
from profdesk.storage.keys import KeyStore
from profdesk.storage.notes import NoteStore
from profdesk.storage.organisation import OrganisationStore
from profdesk.storage.portfolio import PortfolioStore
from profdesk.storage.programme import ProgrammeStore
from profdesk.storage.pupils import PupilStore
from profdesk.storage.received_summaries import ReceivedSummaryStore
from profdesk.storage.registers import RegisterStore
from profdesk.storage.roster_layouts import RosterLayoutStore
from profdesk.storage.route import RouteStore
from profdesk.storage.satisfaction import SatisfactionStore
from profdesk.storage.senders import SenderStore
from profdesk.storage.summaries import SummaryStore
from profdesk.storage.talks import TalkStore
from profdesk.storage.told_figures import ToldFigureStore
from profdesk.storage.vault import Keys

Store = TypeVar("Store")


class UnitOfWork:
    """Stores that give and take domain values; ``workspace.unit`` commits or rolls back."""

    def __init__(self, session: Session, journal: Journal, keys: Keys, folder: Path) -> None:
        actor = journal.actor
        self.batch = journal.batch
        self.organisation = OrganisationStore(session)
        self.programme = ProgrammeStore(session)
        self.pupils = PupilStore(session)
        self.portfolio = PortfolioStore(session, actor)
        self.notes = NoteStore(session, actor)
        self.evidence = EvidenceStore(session, actor, Blobs(folder, keys.desk))
        self.attachments = AttachmentStore(session, actor, Blobs(folder, keys.desk))
        self.histories = HistoryStore(session)
        self.batches = BatchStore(session, actor, journal.batch)
        self.roster_layouts = RosterLayoutStore(session)
        self.activities = ActivityStore(session, actor)
        self.routes = RouteStore(session, actor)
        self.satisfaction = SatisfactionStore(session, actor)
        self.registers = RegisterStore(session, actor)
        self.certificates = CertificateStore(session, actor)
        self.designs = DesignStore(session, actor, Blobs(folder, keys.desk))
        self.told_figures = ToldFigureStore(session, actor)
        self.summaries = SummaryStore(session, actor)
        self.senders = SenderStore(session, actor)
        self.received = ReceivedSummaryStore(session, actor)
        self.keys = KeyStore(session, keys.seal)
        self.consents = ConsentStore(session, actor)
        self.released = ReleasedStore(session, actor)
        self._diagnostics = DiagnosticStore(session, actor) if keys.psy is not None else None
        self._conclusions = ConclusionStore(session, actor) if keys.psy is not None else None
        self._talks = None if keys.psy is None else TalkStore(session, actor, Blobs(folder, keys.psy, PSY_FOLDER))

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


def _held(store: Store | None) -> Store:
    if store is None:
        raise AccessError("Диагностику видят только психологи. Войдите под психологом.")
    return store
