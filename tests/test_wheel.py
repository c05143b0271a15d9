"""The wheel carries forms and resources: installed into an empty environment it does the main job."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from profdesk import assets

ROOT = Path(__file__).resolve().parent.parent


def build(folder: Path) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.mark.slow
def test_wheel_does_the_main_job_in_an_empty_environment(tmp_path: Path) -> None:
    wheel = build(tmp_path / "dist")
    names = set(zipfile.ZipFile(wheel).namelist())
    for form in assets.forms():
        assert f"profdesk/_data/forms/{form.name}" in names
    assert any(name.startswith("profdesk/_data/resources/programmes/") for name in names)
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    bin_folder = environment / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(bin_folder / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], check=True, capture_output=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True, capture_output=True)
    env = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "DISPLAY", "WAYLAND_DISPLAY")}
    env |= {"PROFDESK_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    answer = subprocess.run(
        [bin_folder / "profdesk", "demo", "--out", tmp_path / "demo"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "ключ известен" in answer.stdout
    pictures = subprocess.run(
        [bin_folder / "profdesk", "gallery", tmp_path / "gallery"],
        cwd=tmp_path,
        env=env,
        check=True,
        capture_output=True,
    )
    assert len(list((tmp_path / "gallery").glob("*.png"))) >= 20, pictures.stdout
