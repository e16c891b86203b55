"""What a cell is told of a pipeline that fails: the cell's own lines, the files that it imports, and nothing of the engine."""

import re

import pytest

from test_cells import error_of

FOREIGN = re.compile(r"node_modules|node:|/dist/|<anonymous>|\(index \d+\)|\$\w+\.")


@pytest.fixture(scope="module")
def pipelines(kernel, tmp_path_factory):
    folder = tmp_path_factory.mktemp("modules")
    (folder / "no-image.png").write_text("no image")
    (folder / "parse.ts").write_text(
        "export interface Row { n: number }\n\nexport function parse(n: number): Row {\n"
        "  if (n === 2) throw new RangeError(`no ${n}`);\n  return { n };\n}\n"
    )
    (folder / "worker.mjs").write_text("export default (n) => { throw new Error('in the worker'); };\n")
    reply, _ = kernel.run(
        f"import {{ Dataset, decodeImage }} from 'stemma';\nimport {{ parse }} from {str(folder / 'parse')!r};\n"
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
    assert not FOREIGN.search("\n".join(line for line in error["traceback"] if line.startswith("    at "))), text


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
