"""Errors of pipelines show the user's own code, and nothing of Stemma, Node or the packages that work for Stemma."""

import re

import pytest
from kernel_client import started

OWN_FRAME = re.compile(r"^ +at .*(cell-\d+\.ts|/own\.mjs):\d+:\d+\)?$")

# Code, the frames of which the traceback names at least one, and what it says only once.
CASES = {
    "map": ("await Dataset.range(3).map(\n  (n) => { throw new Error('in map'); }).count();", "cell-N.ts:2", None),
    "an asynchronous map": ("await Dataset.range(3).map(async () => { await null;\n throw new Error('later'); }).count();", "cell-N.ts:2", None),
    "filter": ("await Dataset.range(3).filter((n) => (null as any).x).count();", "cell-N.ts:1", None),
    "flatMap": ("await Dataset.range(3).flatMap((n): number[] => { throw new Error('flat'); }).count();", "cell-N.ts:1", None),
    "a generator": ("await Dataset.fromGenerator(function* () {\n yield 1;\n throw new Error('in it'); }).count();", "cell-N.ts:3", None),
    "through": ("await Dataset.range(3).through(async function* (items) {\n throw new Error('through'); }).count();", "cell-N.ts:2", None),
    "reduce": ("await Dataset.range(3).reduce((s) => { throw new Error('red'); }, 0);", "cell-N.ts:1", None),
    "a loop": ("for await (const n of Dataset.range(3)) {\n  throw new Error('loop'); }", "cell-N.ts:2", None),
    "a cause": ("await Dataset.range(2).map(() => { throw new Error('outer', {\n cause: new Error('inner') }); }).count();", "cell-N.ts:2", "inner"),
    "a wrong option": ("\nDataset.range(3).batch(2, { dropRemaider: true } as any);", "cell-N.ts:2", None),
    "a missing file": ("\nDataset.fromCsv('none.csv');", "cell-N.ts:2", None),
    "a worker": ("await Dataset.range(3).mapInWorkers('own.mjs').count();", "own.mjs:1", None),
    "items that differ": ("await Dataset.fromArray<any>([{ a: 1 }, { b: 2 }]).batch(2).count();", "cell-N.ts:1", "items of a batch differ"),
    "a file with a bad line": ("await Dataset.fromCsv('bad.csv').count();", "cell-N.ts:1", "line 3 has 1 field"),
    "no image": ("await Dataset.fromFolder('.', { extensions: ['.png'] }).map((file) => decodeImage(file)).count();", "cell-N.ts:1", "it is a text, not an image"),
    "a stream": ("await Dataset.fromStream(() => createReadStream('none')).count();", "cell-N.ts:1", "no such file or directory"),
    "a cyclic item": ("const c: any = {}; c.c = c; await Dataset.fromArray([c, c]).batch(2).count();", "cell-N.ts:1", "nested too deeply"),
}
FILES = {"bad.csv": "a,b\n1,2\n3\n", "a.png": "no image", "own.mjs": "export default () => { throw new Error('in a worker'); };\n"}


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tracebacks")
    for name, text in FILES.items():
        (folder / name).write_text(text)
    with started(cwd=str(folder)) as kernel:
        kernel.run("import { Dataset, decodeImage } from 'stemma'; import { createReadStream } from 'node:fs';")
        yield kernel


@pytest.mark.parametrize("code, own, once", CASES.values(), ids=CASES.keys())
def test_of(kernel, code, own, once):
    reply, _ = kernel.run(code)
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in reply["traceback"]]
    frames = [line for line in lines if re.match(r"^ +at ", line)]
    assert [line for line in frames if not OWN_FRAME.match(line)] == []
    if own is not None:
        assert any(re.sub(r"cell-\d+", "cell-N", line).find(own) >= 0 for line in frames), lines
    if once is not None:
        assert "\n".join(lines).count(once) == 1, lines
