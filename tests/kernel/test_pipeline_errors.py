"""What a cell is told of a pipeline that fails: the cell's own lines, the files that it imports, and nothing of the engine."""

import re

import pytest

from test_cells import error_of

# Of the cell, of a module that it imports, of a worker's module.
OWN = re.compile(r"^ +at .*(cell-\d+\.ts|/parse\.ts|/worker\.mjs):\d+:\d+\)?$")
FOREIGN = re.compile(r"node_modules|node:|/dist/|<anonymous>|\(index \d+\)|\$\w+\.")


@pytest.fixture(scope="module")
def pipelines(kernel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("modules")
    (folder / "no-image.png").write_text("no image")
    (folder / "bad.csv").write_text("a,b\n1,2\n3\n")
    (folder / "parse.ts").write_text(
        "export interface Row { n: number }\n\nexport function parse(n: number): Row {\n"
        "  if (n === 2) throw new RangeError(`no ${n}`);\n  return { n };\n}\n"
    )
    (folder / "worker.mjs").write_text("export default (n) => { throw new Error('in the worker'); };\n")
    reply, _ = kernel.run(
        f"import {{ Dataset, decodeImage }} from 'stemma';import {{ createReadStream }} from 'node:fs';\nimport {{ parse }} from {str(folder / 'parse')!r};\n"
        f"const folder = {str(folder)!r};\nconst five = Dataset.range(5);\nconst limit = 1;\n"
        "function check(n: number) { if (n > limit) throw new Error('over'); return n; }"
    )
    assert reply["status"] == "ok", reply
    return kernel


# The declaration stands in line 2, the sink in line 3, and a function of the cell's that fails in line 2, too.
@pytest.mark.parametrize(
    "source, operation",
    [
        ("five", ".map((n) => (null as any).x)"),
        ("five", ".map(async (n) => { await null; throw new Error('late'); })"),
        ("five", ".filter(() => { throw new Error('no'); })"),
        ("five", ".map((n) => parse(n))"),
        ("five", ".map(check)"),
        ("five.map((n) => (n === 3 ? { n } : n) as any)", ".batch(5)"),
        ("five", ".flatMap((n) => Dataset.range(3).map(() => { throw new Error('inner'); }))"),
        ("five", ".interleave((n) => Dataset.range(3).map(() => { throw new Error('inner'); }))"),
        ("five", ".through(async function* (items) { for await (const n of items) throw new Error('stream'); })"),
        ("five", ".mapInWorkers(`${folder}/worker.mjs`)"),
        ("Dataset.fromFolder(folder, { extensions: ['.png'] })", ".map((file) => decodeImage(file))"),
        ("Dataset", ".fromGenerator(async function* () { yield 1; throw new Error('source'); })"),
        ("Dataset", ".fromCsv(`${folder}/parse.ts`, { types: { n: 'number' } } as any)"),
    ],
)
def test_it_names_the_declaration_and_the_sink(pipelines, source, operation):
    cell = f"await {source}\n  {operation}\n  .toArray();"
    error = error_of(pipelines, cell)
    text = "\n".join(error["traceback"])
    assert error["ename"] == "PipelineError", text
    assert re.search(r"at cell-\d+\.ts:2:\d+", text), text
    assert re.search(r"at cell-\d+\.ts:3:\d+", text), text
    frames = [line for line in error["traceback"] if line.startswith("    at ")]
    assert not FOREIGN.search("\n".join(frames)), text
    assert [line for line in frames if not OWN.match(line)] == []


# Code, the frames of which the traceback names at least one, and what it says only once.
CASES = {
    "reduce": ("await Dataset.range(3).reduce((s) => { throw new Error('red'); }, 0);", "cell-N.ts:1", None),
    "a loop": ("for await (const n of Dataset.range(3)) {\n  throw new Error('loop'); }", "cell-N.ts:2", None),
    "a cause": ("await Dataset.range(2).map(() => { throw new Error('outer', {\n cause: new Error('inner') }); }).count();", "cell-N.ts:2", "inner"),
    "a wrong option": ("\nDataset.range(3).batch(2, { dropRemaider: true } as any);", "cell-N.ts:2", None),
    "a missing file": ("\nDataset.fromCsv('none.csv');", "cell-N.ts:2", None),
    "items that differ": ("await Dataset.fromArray<any>([{ a: 1 }, { b: 2 }]).batch(2).count();", "cell-N.ts:1", "items of a batch differ"),
    "a file with a bad line": ("await Dataset.fromCsv(`${folder}/bad.csv`).count();", "cell-N.ts:1", "line 3 has 1 field"),
    "no image": ("await Dataset.fromFolder(folder, { extensions: ['.png'] }).map((file) => decodeImage(file)).count();", "cell-N.ts:1", "it is a text, not an image"),
    "a stream": ("await Dataset.fromStream(() => createReadStream('none')).count();", "cell-N.ts:1", "no such file or directory"),
    "a cyclic item": ("const c: any = {}; c.c = c; await Dataset.fromArray([c, c]).batch(2).count();", "cell-N.ts:1", "nested too deeply"),
}


@pytest.mark.parametrize("code, own, once", CASES.values(), ids=CASES.keys())
def test_the_places_and_the_reason_are_told_once(pipelines, code, own, once):
    lines = error_of(pipelines, code)["traceback"]
    frames = [line for line in lines if re.match(r"^ +at ", line)]
    assert [line for line in frames if not OWN.match(line)] == []
    assert any(own in re.sub(r"cell-\d+", "cell-N", line) for line in frames), lines
    if once is not None:
        assert "\n".join(lines).count(once) == 1, lines


def test_a_function_of_another_cell_and_one_of_a_file_are_named(pipelines):
    assert re.search(r"at check \(cell-\d+\.ts:6:\d+\)", "\n".join(error_of(pipelines, "await five.map(check).count()")["traceback"]))
    lines = "\n".join(error_of(pipelines, "await five.map((n) => parse(n)).count()")["traceback"])
    assert re.search(r"at parse \(.*parse\.ts:4:\d+\)", lines), lines


def test_each_cause_is_told_once(pipelines):
    lines = error_of(
        pipelines,
        "const root = new Error('root');\nawait five.map(() => {\n  const parts = [new Error('one', { cause: root }), root];\n"
        "  throw new AggregateError(parts, 'several', { cause: root });\n}).count();",
    )["traceback"]
    causes = [line for line in lines if line.startswith("caused by")]
    assert causes == ["caused by AggregateError: several", "caused by Error: root", "caused by Error: one"]


def test_a_cause_that_says_nothing_new_is_left_out(pipelines):
    lines = error_of(pipelines, "await Dataset.zip([five, five.filter((n) => n > 2)]).count()")["traceback"]
    assert not [line for line in lines if line.startswith("caused by")], lines


def test_an_interrupt_ends_background_pipelines_in_plain_words(pipelines):
    kernel = pipelines
    kernel.run(
        "const background = five.repeat().forEach(() => new Promise((r) => setTimeout(r, 5)), "
        "{ signal: new AbortController().signal });\nbackground.catch(() => {}); null"
    )
    request = kernel.client.execute("console.log('waits'); await new Promise(() => {})")
    for message in kernel.until_idle(request):
        if message["msg_type"] == "stream":
            kernel.interrupt()
    assert kernel.client.get_shell_msg(timeout=60)["content"]["ename"] == "Interrupted"
    error = error_of(kernel, "await background")
    message = "the kernel was interrupted, which ends all pipelines that run, background ones too"
    assert (error["evalue"], error["traceback"]) == (message, [f"Interrupted: {message}"])
