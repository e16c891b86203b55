"""Copies the notebooks of the demo into a folder of the user's."""

import shutil
from pathlib import Path

FILES = Path(__file__).parent / "demo" / "files"


def copy_demo(folders: list[str]) -> Path:
    """Copies the notebooks into the folder that was given, and returns where the digits belong. Replaces no file."""
    if len(folders) != 1 or folders[0].startswith("-"):
        raise SystemExit("stemma: expected one folder, as in `stemma demo stemma-demo`")
    folder = Path(folders[0])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SystemExit(f"stemma: {folder} is not an empty folder, and nothing in it is to be replaced: name another one")
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    print(f"notebooks written to {folder}; open them with `jupyter lab {folder}`", flush=True)
    return folder / "data" / "digits"
