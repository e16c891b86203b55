"""A Python environment with JupyterLab and our wheel, made without a network, in which there is no Node but the wheel's."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHEELS = Path(os.environ["STEMMA_WHEELS"])
WHEELHOUSE = Path(os.environ["STEMMA_WHEELHOUSE"])
BIN = "Scripts" if os.name == "nt" else "bin"


class Environment:
    """A virtual environment and an empty home; its programs find each other and nothing else."""

    def __init__(self, folder: Path):
        self.prefix = folder / "environment"
        self.home = folder / "home"
        self.home.mkdir()
        subprocess.run([sys.executable, "-m", "venv", self.prefix], check=True)

    @property
    def variables(self):
        return {"PATH": str(self.prefix / BIN), "HOME": str(self.home), "LANG": "C.UTF-8"}

    def run(self, program, *arguments, cwd=None, check=True, **variables):
        """Standard output and error together."""
        done = subprocess.run(
            [self.prefix / BIN / program, *arguments],
            cwd=cwd or self.home,
            env={**self.variables, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        assert not check or done.returncode == 0, done.stdout
        return done.stdout


@pytest.fixture(scope="session")
def wheel():
    [path] = WHEELS.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def sdist():
    [path] = WHEELS.glob("*.tar.gz")
    return path


@pytest.fixture(scope="session")
def environment(tmp_path_factory, wheel):
    made = Environment(tmp_path_factory.mktemp("installed"))
    offline = ["--no-index", "--find-links", str(WHEELHOUSE), "--disable-pip-version-check"]
    made.run("pip", "install", *offline, "jupyterlab", "nbclient", str(wheel))
    return made
