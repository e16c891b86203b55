"""What a cell can import, from a folder that has no node_modules, and from one that has its own."""

import json

import pytest
from kernel_client import started


def package(folder, name, files, **fields):
    at = folder / "node_modules" / name
    at.mkdir(parents=True)
    (at / "package.json").write_text(json.dumps({"name": name, "version": "1.0.0", **fields}))
    for file, text in files.items():
        (at / file).write_text(text)


@pytest.fixture
def project(tmp_path):
    """A kernel in a folder below one that has packages of its own."""
    package(tmp_path, "plain", {"index.js": "exports.half = (n) => n / 2;", "index.d.ts": "export declare function half(n: number): number;"}, types="index.d.ts")
    package(tmp_path, "modern", {"index.mjs": "export const twice = (n) => 2 * n;", "index.d.ts": "export declare const twice: (n: number) => number;"},
            type="module", exports={".": {"types": "./index.d.ts", "import": "./index.mjs", "default": "./index.mjs"}}, types="index.d.ts")
    package(tmp_path, "waits", {"index.mjs": "export const value = await Promise.resolve(1);", "index.d.ts": "export declare const value: number;"},
            type="module", main="index.mjs", types="index.d.ts")
    package(tmp_path, "exported", {"all.mjs": "export const all = 1;", "all.d.mts": "export declare const all: number;",
                                   "part.mjs": "export const part = 2;", "part.d.mts": "export declare const part: number;"},
            type="module", exports={".": {"types": "./all.d.mts", "default": "./all.mjs"}, "./part": {"types": "./part.d.mts", "default": "./part.mjs"}})
    package(tmp_path, "half-exported", {"run.cjs": "exports.third = (n) => n / 3;", "types.d.ts": "export declare function third(n: number): number;"},
            exports="./run.cjs", types="types.d.ts")
    notebooks = tmp_path / "deep" / "notebooks"
    notebooks.mkdir(parents=True)
    (notebooks / "helper.ts").write_text("import { polite } from './manners';\nexport const greet = (name: string): string => polite(`hello ${name}`);")
    (notebooks / "manners.ts").write_text("export const polite = (text: string): string => `${text}!`;")
    with started(cwd=str(notebooks)) as kernel:
        yield kernel


def test_stemma_from_any_folder(fresh_kernel):
    assert fresh_kernel.value("import { Dataset } from 'stemma'; await Dataset.range(3).toArray()") == "[ 0, 1, 2 ]"
    reply, _ = fresh_kernel.run("const wrong: string = Dataset.range(3);")
    assert "Type 'Dataset<number>' is not assignable to type 'string'" in reply["evalue"]


def test_entry_points_of_what_the_kernel_brings(fresh_kernel):
    assert fresh_kernel.value("import { HOST_KEY } from 'stemma/host'; HOST_KEY") == "Symbol(stemma.host)"
    reply, _ = fresh_kernel.run("const wrong: string = HOST_KEY;")
    assert "HOST_KEY' is not assignable to type 'string'" in reply["evalue"]
    reply, _ = fresh_kernel.run("import { defineNode } from 'stemma/dist/graph/node'; defineNode")
    assert "Cannot find module 'stemma/dist/graph/node'" in reply["evalue"]
    assert "not defined by \"exports\"" in fresh_kernel.run("require('stemma/dist/graph/node')")[0]["evalue"]


def test_packages_of_the_folder(project):
    assert project.value("import { half } from 'plain'; half(4)") == "2"
    assert "not assignable to parameter of type 'number'" in project.run("half('a')")[0]["evalue"]


def test_es_modules(project):
    assert project.value("import { twice } from 'modern'; twice(4)") == "8"


def test_packages_whose_types_are_in_their_exports(project):
    assert project.value("import { all } from 'exported'; import { part } from 'exported/part'; all + part") == "3"
    assert "not assignable to type 'string'" in project.run("const wrong: string = part;")[0]["evalue"]


def test_packages_whose_exports_say_nothing_of_their_types(project):
    assert project.value("import { third } from 'half-exported'; third(9)") == "3"
    assert "not assignable to parameter of type 'number'" in project.run("third('a')")[0]["evalue"]


def test_d3(kernel):
    assert kernel.value("import * as d3 from 'd3'; d3.max([1, 3, 2])") == "3"
    assert "not assignable to type 'number'" in kernel.run("const wrong: number = d3.format('.1f')(2);")[0]["evalue"]


def test_es_modules_with_a_top_level_await(project):
    assert project.value("import { value } from 'waits'; value") == "1"
    assert project.value("(await import('waits')).value") == "1"


def test_a_missing_package_says_where_it_was_looked_for(project):
    reply, _ = project.run("import nothing from 'no-such-package'; nothing;")
    assert "no-such-package" in reply["evalue"]
    reply, _ = project.run("require('no-such-package')")
    assert "install it there" in reply["traceback"][-1]


def test_files_beside_the_notebook(project):
    assert project.value("import { greet } from './helper'; greet('Ada')") == "'hello Ada!'"


def test_completion_and_hover_know_stemma(fresh_kernel):
    kernel = fresh_kernel
    kernel.run("import { Dataset } from 'stemma'; const ds = Dataset.range(3);")
    assert "shuffle" in kernel.answer_to("complete_request", {"code": "ds.shu", "cursor_pos": 6})[0]["matches"]
    hover = kernel.answer_to("inspect_request", {"code": "ds.shuffle", "cursor_pos": 8, "detail_level": 0})[0]
    assert hover["found"]
    assert "ShuffleOptions" in hover["data"]["text/plain"]
    assert "bufferSize" in hover["data"]["text/plain"]
