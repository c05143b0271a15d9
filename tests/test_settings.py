"""What is remembered of the windows on this computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from profdesk import paths, settings


def test_each_user_begins_on_the_own_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROFDESK_HOME", str(tmp_path))
    settings.save(settings.load().with_page("one", "summary").with_page("other", "portfolio"))
    known = settings.load()
    assert [known.page_of(user, "overview") for user in ("one", "other", "third")] == [
        "summary",
        "portfolio",
        "overview",
    ]


def test_a_test_that_takes_its_changes_back_stays_out_of_the_users_own_files(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mark of an earlier run, left there, told of records missing in a workspace made anew at the same place."""
    monkeypatch.undo()
    assert paths.user_data() == home
