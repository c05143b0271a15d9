"""Figures are kept with ``--figures`` alone, so that an ordinary run leaves the tree as it is."""

from __future__ import annotations

import pytest
from figures import Figures


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    return Figures(kept=request.config.getoption("--figures"))
