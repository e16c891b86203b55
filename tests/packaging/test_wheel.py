"""The wheel: what it is made of, and what one can do who has nothing but it and JupyterLab."""

import hashlib
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT

FIXTURES = ROOT / "tests" / "fixtures"
MAX_BYTES = 16_000_000


def bytes_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_is_one_file_for_all_platforms_of_at_most_16_mb(wheel):
    assert wheel.name.endswith("-py3-none-any.whl")
    assert wheel.stat().st_size <= MAX_BYTES


def test_is_what_checkers_accept(wheel, sdist):
    subprocess.run([sys.executable, "-m", "twine", "check", "--strict", wheel, sdist], check=True)
    # W002: packages of npm have the same licence texts and empty files.
    checker = [str(Path(sys.executable).with_name("check-wheel-contents")), "--ignore", "W002", str(wheel)]
    subprocess.run(checker, check=True)


def test_is_built_from_the_sdist_to_the_same_bytes(sdist, wheel, tmp_path):
    subprocess.run(["tar", "-xzf", sdist, "-C", tmp_path], check=True)
    [source] = tmp_path.iterdir()
    # No Node and no network are needed: hatchling alone.
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=source, env={"SOURCE_DATE_EPOCH": "1767225600", "PATH": ""}, check=True)
    assert bytes_of(tmp_path / "dist" / wheel.name) == bytes_of(wheel)


def test_has_the_licence_of_everything_that_it_carries(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        [texts] = [name for name in names if name.endswith("THIRD-PARTY-LICENSES.txt")]
        listed = archive.read(texts).decode()
        about = [name for name in names if "node_modules/" in name and name.endswith("package.json")]
        packages = [json.loads(archive.read(name)) for name in about]
    # Some packages have further files of that name, which say how a folder is to be read.
    carried = {f"{one['name']} {one['version']}" for one in packages if {"name", "version"} <= one.keys()}
    own = {name for name in carried if name.startswith(("stemma ", "stemma-", "@tslab/typescript-for-tslab "))}
    assert len(own) == 5
    assert {name for name in carried - own if f"\n{name}\nlicence: " not in listed} == set()
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_jupyter_finds_panel_and_kernel(environment):
    [line] = [line for line in environment.run("jupyter", "labextension", "list").splitlines() if "jupyterlab-stemma v" in line]
    assert "enabled" in line and "OK" in line
    specs = json.loads(environment.run("jupyter", "kernelspec", "list", "--json"))["kernelspecs"]
    assert specs["stemma"]["spec"]["display_name"] == "TypeScript (Stemma)"


CELLS = [
    ("import { Dataset, decodeImage, provenance } from 'stemma'; await Dataset.range(3).map((n) => n * 2).toArray()", "[ 0, 2, 4 ]"),
    ("await Dataset.fromCsv('people.csv').toArray()", "[ { name: 'Ada', born: 1815 } ]"),
    ("(await Dataset.fromParquet('numbers.parquet').toArray()).length", "3"),
    ("(await Dataset.fromFolder('images').map((file) => decodeImage(file)).toArray()).map(({ shape }) => shape.join('x')).sort()", None),
    ("import * as tslab from 'tslab'; tslab.versions.typescript.split('.').length", "3"),
    ("import { monitor } from 'stemma-monitor'; const running = await monitor.start(); await running.stop(); 'stopped'", "'stopped'"),
    ("provenance.document().processes.length > 4", "true"),
    ("const wrong: number = 'text';", None),
]


def test_a_notebook_runs_without_node(environment, tmp_path):
    (tmp_path / "people.csv").write_text("name,born\nAda,1815\n")
    (tmp_path / "images").mkdir()
    for name in ("photo.jpg", "drawing.png", "picture.webp", "numbers.parquet"):
        target = tmp_path if name.endswith("parquet") else tmp_path / "images"
        (target / name).write_bytes((FIXTURES / "packaging" / name).read_bytes())
    (tmp_path / "cells.json").write_text(json.dumps([code for code, _ in CELLS]))
    results = json.loads(environment.run("python", str(Path(__file__).with_name("run_cells.py")), cwd=tmp_path).splitlines()[-1])
    for (code, expected), result in zip(CELLS, results, strict=True):
        if expected is not None:
            assert result == expected, code
    assert results[3] == "[ '3x10x20', '3x10x20', '3x10x20' ]"
    assert "Type 'string' is not assignable to type 'number'" in results[-1]


def test_the_command_runs_a_pipeline_anywhere(environment, tmp_path):
    (tmp_path / "numbers.ts").write_text(
        "import { Dataset } from 'stemma';\n"
        "export default ({ to = 10 }: { to?: number }) => Dataset.range(to).map((n: number) => n + 1, 'Plus one').batch(4);\n"
    )
    printed = environment.run("stemma", "run", "numbers.ts", "-p", "to=8", "--monitor", cwd=tmp_path)
    assert "watch it at http://127.0.0.1:" in printed and "Plus one" in printed
    document = json.loads((tmp_path / "numbers.provenance.json").read_text())
    assert document["runs"][0]["state"] == "complete"


def test_the_demo_is_there_without_npm(environment, tmp_path):
    printed = environment.run("stemma", "demo", "try it", cwd=tmp_path)
    assert "3009 files written to" in printed
    folder = tmp_path / "try it"
    assert len(list((folder / "data" / "digits" / "7").glob("*.png"))) == 301
    for name in ("digits.ipynb", "tutorials/tables.ipynb", "tutorials/images.ipynb"):
        environment.run("jupyter", "execute", "--inplace", str(folder / name), cwd=tmp_path)
    record = json.loads((folder / "digits.provenance.json").read_text())
    assert {run["state"] for run in record["runs"]} == {"complete"}
    assert "is not an empty folder" in environment.run("stemma", "demo", "try it", cwd=tmp_path, check=False)


def test_packages_of_npm_are_installed_without_node(environment, tmp_path):
    version = environment.run("stemma", "npm", "--version", cwd=tmp_path).strip()
    assert version.split(".")[0].isdigit()


@pytest.mark.parametrize("place", ["--user", "--sys-prefix"])
def test_the_kernelspec_of_another_jupyter_names_this_python(environment, place):
    where = environment.run("stemma", "kernel", "install", place, VIRTUAL_ENV=str(environment.prefix)).strip().split(" in ")[-1]
    spec = json.loads((Path(where) / "kernel.json").read_text())
    assert Path(spec["argv"][0]).is_absolute() and Path(spec["argv"][0]).exists()
    assert spec["argv"][1:] == ["-m", "jupyterlab_stemma", "kernel", "{connection_file}"]
    if place == "--user":
        environment.run("stemma", "kernel", "uninstall", place)


def test_a_node_that_is_not_there_is_one_sentence(environment):
    printed = environment.run("stemma", "--version", check=False, STEMMA_NODE="/no/such/node")
    assert printed.startswith("stemma: expected Node 20.19 or newer, got /no/such/node does not exist.")
    assert printed.count("\n") == 1


def test_zz_nothing_stays_when_it_is_uninstalled(environment):
    environment.run("pip", "uninstall", "--yes", "jupyterlab_stemma")
    share = environment.prefix / "share" / "jupyter"
    left = [path for path in environment.prefix.rglob("*stemma*") if path.is_file()]
    assert left == [] and not (share / "kernels" / "stemma" / "kernel.json").exists()
