"""The library on tslab's own kernel: everything but the live view."""

import json
import shutil
from pathlib import Path

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[2]

PIPELINE = """
import { Dataset, provenance } from 'stemma';
const doubled = await Dataset.range(10).map((n) => 2 * n, 'Double').toArray();
await provenance.save('record.json');
console.log(doubled.length);
"""


def test_records_and_saves(tmp_path, monkeypatch):
    spec = tmp_path / "data" / "kernels" / "stock-tslab"
    spec.mkdir(parents=True)
    tslab = ROOT / "node_modules" / "tslab" / "bin" / "tslab"
    argv = [shutil.which("node"), str(tslab), "kernel", "--config-path", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "tslab", "language": "typescript"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "data"))
    # tslab resolves packages from the notebook's folder.
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (notebooks / "node_modules").symlink_to(ROOT / "node_modules")

    manager, client = start_new_kernel(kernel_name="stock-tslab", startup_timeout=60, cwd=str(notebooks))
    try:
        printed = []
        client.execute_interactive(PIPELINE, timeout=60, output_hook=lambda m: printed.append(m["content"].get("text")))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)

    assert "".join(filter(None, printed)).strip() == "10"
    document = json.loads((notebooks / "record.json").read_text())
    double = next(p for p in document["processes"] if p["label"] == "Double")
    assert double["execution"]["itemsOut"] == 10
