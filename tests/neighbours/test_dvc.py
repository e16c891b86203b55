"""DVC itself, beside what the record says of it."""

import json
import shutil
import subprocess

import pytest
from conftest import ROOT, node
from dvc.cli import main
from dvc.repo import Repo
from dvc.utils.serialize import load_yaml

HOSTILE = ["sp ace", "\"q' \\ $x", "tab\tline\n", "del\x7f", "é😀\u2028", "\ud7ff\ue000", "-dash", "#x: [y]", "a/b/c"]


def git(*arguments):
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments], check=True, capture_output=True)


def dvc(*arguments):
    assert main(list(arguments)) == 0, arguments


def commit():
    git("add", ".")
    git("commit", "-qm", "all")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project of DVC in a repository, which is the working folder."""
    for name in ("SITE_CACHE", "GLOBAL_CONFIG", "SYSTEM_CONFIG"):
        monkeypatch.setenv(f"DVC_{name}_DIR", str(tmp_path / name))
    monkeypatch.setenv("DVC_NO_ANALYTICS", "1")
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "-q")
    dvc("init", "-q")
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    (folder / ".gitignore").write_text("node_modules\n")
    return folder


def make_digits(folder):
    make = "import { makeDigits } from './examples/make-digits.mjs'; makeDigits(process.argv[1], { perClass: 3 });"
    subprocess.run([node(), "--input-type=module", "-e", make, str(folder)], cwd=ROOT, check=True)


def read_document(path):
    return json.loads(path.read_text())


def test_md5_is_that_of_dvc_add(project):
    make_digits(project / "digits")
    (project / "empty").mkdir()
    (project / "one" / "inner").mkdir(parents=True)
    (project / "one" / "inner" / "file.txt").write_text("1")
    for name in HOSTILE:
        file = project / "hostile" / f"{name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    names = ["digits", "empty", "one", "hostile"]
    dvc("add", "-q", *names)
    shutil.copy(ROOT / "tests" / "neighbours" / "digest.mjs", project)
    subprocess.run([node(), "digest.mjs", *names], check=True)

    expected = {name: load_yaml(f"{name}.dvc")["outs"][0]["md5"] for name in names}
    document = read_document(project / "digest.provenance.json")
    sources = [process for process in document["processes"] if process["role"] == "source"]
    read = {process["label"]: process["execution"]["files"] for process in sources}
    written = [file for artifact in document["artifacts"] for file in artifact["execution"].get("written", [])]
    assert {name: read[name]["md5"] for name in names} == expected
    assert {file["path"]: file["md5"] for file in written} == expected
    assert {read[name]["dvc"]["state"] for name in names} == {"same"}
    assert {file["dvc"]["state"] for file in written} == {"same"}


def test_example_is_run_skipped_and_run_again(project):
    shutil.copytree(ROOT / "examples" / "dvc", project, dirs_exist_ok=True)
    make_digits(project / "data" / "digits")
    dvc("add", "-q", "data/digits")
    commit()

    recorded = []

    def repro():
        """What the run recorded; None where DVC skipped it."""
        dvc("repro", "-q")
        document = read_document(project / "prepare.provenance.json")
        recorded.append(document["session"]["id"])
        return document if recorded.count(document["session"]["id"]) == 1 else None

    def states(document):
        sources = [process["execution"] for process in document["processes"] if process["role"] == "source"]
        return {execution["files"]["dvc"]["within"]: execution["files"]["dvc"] for execution in sources}

    first = repro()
    assert {name: facts["state"] for name, facts in states(first).items()} == {str(n): "same" for n in range(10)}
    assert first["environment"]["git"]["dirty"] is False
    commit()
    assert repro() is None

    image = sorted((project / "data" / "digits" / "3").iterdir())[0]
    image.write_bytes(image.read_bytes() + b"\0")
    by_hand = ["run", "prepare.ts", "-o", "by-hand.json", "--params", "folder=data/digits", "perClass=2"]
    subprocess.run([node(), ROOT / "lib" / "bin" / "stemma.mjs", *by_hand], check=True, capture_output=True)
    document = read_document(project / "by-hand.json")
    changed = states(document)
    assert changed["3"]["changed"] == [{"path": f"3/{image.name}", "how": "modified"}]
    assert {name for name, facts in changed.items() if facts["state"] == "changed"} == {"3"}
    (rows,) = [file for artifact in document["artifacts"] for file in artifact["execution"].get("written", [])]
    assert (rows["dvc"]["file"], rows["dvc"]["stage"], rows["dvc"]["state"]) == ("dvc.lock", "prepare", "changed")

    # DVC notes the data of a .dvc file once more before it runs what depends on them.
    second = states(repro())
    assert {facts["state"] for facts in second.values()} == {"same"}
    assert second["3"]["md5"] != changed["3"]["md5"]
    metrics = Repo(".").metrics.show()[""]["data"]["metrics.json"]["data"]
    assert metrics["rows"] == 20
    assert metrics["stemma"]["items"]["Describe"] == 20
