"""Certificates drawn as they are issued, each by the design that ships for its level."""

from __future__ import annotations

from collections.abc import Sequence

from profdesk.documents.certificate import certificates
from profdesk.domain.certificate import CertificateFacts
from profdesk.domain.certificate_design import Certificate, first_for
from profdesk.domain.progress import Progress, silent
from profdesk.services.certificate_designs import shipped


def paper(facts: Sequence[CertificateFacts], progress: Progress = silent) -> bytes:
    return certificates([Certificate(one, first_for(one.level.code, shipped())) for one in facts], progress)
