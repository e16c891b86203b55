"""Files that appear, change and go beside a notebook while its kernel runs."""

import json
import shutil
import time
from pathlib import Path

import pytest
from kernel_client import PATIENCE, started

ROOT = Path(__file__).resolve().parents[2]


def example(tmp_path):
    """A folder of a project whose own package is `stemma`'s workspace, as `examples/` here."""
    folder = tmp_path / "examples"
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "stemma").symlink_to(ROOT / "lib")
    folder.mkdir()
    return folder


def empty(tmp_path):
    return tmp_path


def notebooks(tmp_path):
    """A folder of a project that has installed `stemma`."""
    folder = tmp_path / "project" / "notebooks"
    folder.mkdir(parents=True)
    installed = tmp_path / "project" / "node_modules"
    installed.mkdir()
    (tmp_path / "project" / "package.json").write_text('{"name": "project"}')
    shutil.copytree(ROOT / "lib" / "dist", installed / "stemma" / "dist")
    shutil.copy(ROOT / "lib" / "package.json", installed / "stemma")
    for dependency in json.loads((ROOT / "lib" / "package.json").read_text()).get("dependencies", {}):
        (installed / dependency).parent.mkdir(exist_ok=True)
        (installed / dependency).symlink_to(ROOT / "node_modules" / dependency)
    return folder


@pytest.fixture(params=[example, empty, notebooks], ids=lambda layout: layout.__name__)
def folder(request, tmp_path):
    return request.param(tmp_path)




def until(kernel, code, wanted):
    """Runs the cell until it has this value: the system tells of changed files when it likes."""
    deadline = time.monotonic() + PATIENCE
    while True:
        reply, messages = kernel.run(code)
        shown = [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]
        if shown == [wanted]:
            return
        assert time.monotonic() < deadline, reply
        # It may not have been noticed yet; nothing but that may be wrong.
        assert "Cannot find module" in reply["evalue"]


WATCH = """
import { watch } from 'node:fs';
const named = new Set<string | null>();
watch('.', (_event, name) => named.add(name)).unref();
"""


def notice(kernel, folder):
    """Waits until the kernel has heard of all that happened to the folder's files: they are told in order."""
    marker = folder / f"marker-{time.monotonic_ns()}"
    marker.touch()
    reply, _ = kernel.run(f"while (!named.has('{marker.name}')) await new Promise((done) => setTimeout(done, 5));")
    assert reply["status"] == "ok", reply


def test_cells_run_after_a_save(folder):
    with started(cwd=str(folder)) as kernel:
        kernel.run(WATCH)
        assert kernel.value("import { Dataset, provenance } from 'stemma'; const ds = Dataset.range(10); await ds.count()") == "10"
        for name in ("record.json", "record.json", "other.json"):
            assert kernel.run(f"await provenance.save('{name}')")[0]["status"] == "ok"
            notice(kernel, folder)
            assert kernel.value("await ds.count()") == "10"
        assert json.loads((folder / "record.json").read_text())["processes"]


@pytest.mark.parametrize("ending", ["json", "ts", "js", "d.ts", "tsx", "mjs"])
def test_cells_run_after_files_came_and_went(folder, ending):
    with started(cwd=str(folder)) as kernel:
        kernel.run(WATCH)
        kernel.value("import { Dataset } from 'stemma'; const ds = Dataset.range(3); 1")
        file = folder / f"beside.{ending}"
        for change in (lambda: file.write_text("{}"), lambda: file.write_text("[]"), lambda: file.rename(folder / f"moved.{ending}"),
                       lambda: (folder / f"moved.{ending}").unlink()):
            change()
            notice(kernel, folder)
            assert kernel.value("await ds.count()") == "3"


def test_a_file_that_was_missing_is_found_once_it_is_there(folder):
    with started(cwd=str(folder)) as kernel:
        kernel.run(WATCH)
        assert "Cannot find module './late'" in kernel.run("import { late } from './late'; late()")[0]["evalue"]
        (folder / "late.ts").write_text("export const late = () => 4;")
        until(kernel, "import { late } from './late'; late()", "4")
        (folder / "late.ts").unlink()
        notice(kernel, folder)
        assert kernel.value("1 + 1") == "2"


def test_a_package_that_was_missing_is_found_once_it_is_installed(folder):
    with started(cwd=str(folder)) as kernel:
        assert "Cannot find module 'added'" in kernel.run("import { added } from 'added'; added(1, 2)")[0]["evalue"]
        # As npm does: into a folder with another name first.
        staged = folder / "node_modules" / ".added-x1y2"
        staged.mkdir(parents=True)
        (staged / "package.json").write_text('{"name": "added", "version": "1.0.0", "main": "index.js", "types": "index.d.ts"}')
        (staged / "index.js").write_text("exports.added = (a, b) => a + b;")
        (staged / "index.d.ts").write_text("export declare function added(a: number, b: number): number;")
        (folder / "package.json").write_text('{"dependencies": {"added": "1.0.0"}}')
        staged.rename(folder / "node_modules" / "added")
        (folder / "package-lock.json").write_text("{}")
        until(kernel, "import { added } from 'added'; added(1, 2)", "3")
        assert "not assignable to parameter of type 'number'" in kernel.run("added('1', 2)")[0]["evalue"]
