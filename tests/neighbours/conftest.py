import json
import os
import subprocess
import time
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def monitored():
    """Where a monitor listens that shows a run: its address below /api/v1, and the headers that let in."""
    program = [node(), str(ROOT / "tests" / "neighbours" / "monitored.mjs")]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        try:
            where = json.loads(process.stdout.readline())
            url, headers = where["url"] + "/api/v1", {"Authorization": f"Bearer {where['token']}"}
            # A monitor follows its program in a thread of its own.
            while not all(run["state"] == "complete" for run in get_runs(url, headers)):
                time.sleep(0.05)
            yield url, headers
        finally:
            process.stdin.close()


@pytest.fixture(scope="session")
def digits(tmp_path_factory):
    """A folder with the demo notebook and a few of its digits."""
    folder = tmp_path_factory.mktemp("digits")
    make = "import { makeDigits } from './examples/make-digits.mjs'; makeDigits(process.argv[1], { perClass: 20 });"
    subprocess.run([node(), "--input-type=module", "-e", make, str(folder / "data" / "digits")], cwd=ROOT, check=True)
    (folder / "digits.ipynb").write_bytes((ROOT / "examples" / "digits.ipynb").read_bytes())
    return folder


def get_runs(url, headers):
    return requests.get(f"{url}/document", headers=headers, timeout=60).json()["runs"] or [{"state": "none"}]


def node():
    """The Node that runs the tests."""
    return os.environ.get("STEMMA_NODE", "node")
