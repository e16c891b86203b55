"""The packages as npm would publish them: installed from their archives into an empty folder."""

import json
import os
import shutil
import subprocess
import tarfile

import pytest

from conftest import ROOT

TYPED = """
import { Dataset, provenance } from 'stemma';
const squares = Dataset.range(10).map((n) => ({ n, square: n * n }), 'Square').batch(4);
for await (const batch of squares) {
  const numbers: number[] = batch.square;
  console.log(numbers.length);
}
await provenance.save('squares.provenance.json');
"""
OPTIONS = {"strict": True, "module": "nodenext", "target": "es2022", "noEmit": True}


def npm(*arguments, cwd):
    done = subprocess.run(["npm", *arguments], cwd=cwd, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(folder, *packages):
    npm("install", "--no-audit", "--no-fund", "--ignore-scripts", *packages, cwd=folder)


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archives")
    packed = json.loads(npm("pack", "--workspaces", "--json", "--ignore-scripts", "--pack-destination", str(folder), cwd=ROOT))
    listed = packed if isinstance(packed, list) else packed.values()
    return {one["name"]: folder / one["filename"] for one in listed}


@pytest.fixture(scope="module")
def app(tmp_path_factory, archives):
    folder = tmp_path_factory.mktemp("app")
    (folder / "package.json").write_text('{ "private": true }\n')
    install(folder, str(archives["stemma"]), str(archives["stemma-document"]))
    return folder


def run(*command, cwd):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


def test_each_package_has_its_licence_and_readme(archives):
    licence = (ROOT / "LICENSE").read_bytes()
    for name, path in archives.items():
        with tarfile.open(path) as archive:
            names = archive.getnames()
            assert archive.extractfile("package/LICENSE").read() == licence, name
            assert name == "stemma-style" or "package/README.md" in names, name


def test_installs_at_most_50_packages(app):
    folders = [*app.glob("node_modules/*/package.json"), *app.glob("node_modules/@*/*/package.json")]
    assert len(folders) <= 50


def test_is_loaded_by_require_and_by_import(app):
    assert run("node", "-e", "console.log(typeof require('stemma').Dataset)", cwd=app) == (0, "function\n", "")
    module = "import { Dataset } from 'stemma'; console.log(await Dataset.range(3).toArray())"
    assert run("node", "--input-type=module", "-e", module, cwd=app) == (0, "[ 0, 1, 2 ]\n", "")
    assert run("npx", "--no-install", "stemma", "--version", cwd=app)[:2] == (0, "0.1.0\n")


def test_decodes_jpeg_without_the_optional_decoder(app):
    shutil.copy(ROOT / "tests" / "fixtures" / "packaging" / "photo.jpg", app)
    code = "require('stemma').decodeImage('photo.jpg', { width: 8, height: 8 }).then(({ shape }) => console.log(shape.join()))"
    assert run("node", "-e", code, cwd=app) == (0, "3,8,8\n", "")


@pytest.mark.parametrize("version", ["5.0.4", "5.9.3", "7.0.2"])
def test_types_compile_in_an_empty_folder(app, version):
    (app / "squares.mts").write_text(TYPED)
    (app / "tsconfig.json").write_text(json.dumps({"compilerOptions": OPTIONS, "files": ["squares.mts"]}))
    install(app, "--no-save", f"typescript@{version}")
    assert run(str(app / "node_modules" / ".bin" / "tsc"), cwd=app) == (0, "", "")


def test_refuses_an_old_node_in_one_sentence(app, archives, tmp_path_factory):
    old = tmp_path_factory.mktemp("old")
    (old / "package.json").write_text('{ "private": true }\n')
    platform = json.loads(run("node", "-p", "JSON.stringify([process.platform, process.arch])", cwd=app)[1])
    install(old, f"node-{platform[0]}-{platform[1]}@18.20.8")
    [node] = old.glob("node_modules/node-*/bin/node*")
    expected = "stemma: expected Node 20.19 or newer, got 18.20.8; install a newer Node.\n"
    install(old, *(str(archives[name]) for name in ("stemma", "stemma-document", "stemma-kernel")))
    for program in ("stemma/bin/stemma.mjs", "stemma-kernel/dist/cli.js"):
        assert run(str(node), str(old / "node_modules" / program), "--help", cwd=old) == (1, "", expected)
    code, _, errors = run(str(node), "-e", "require('stemma')", cwd=old)
    assert code == 1
    assert expected.strip() in errors
