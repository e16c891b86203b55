"""A long working day in one kernel, in the folders where notebooks lie: all that people do, one after the other, each with its expected outcome."""

import json
import resource
from pathlib import Path

import pytest
from kernel_client import PATIENCE, Comm, started, text_of
from working_day import Notebook, npm_install

ROOT = Path(__file__).resolve().parents[2]
PAUSE = "await new Promise((done) => setTimeout(done, 20));"


def below_a_project(root):
    """As the examples of this repository: the packages lie in the folder above."""
    (root / "node_modules").mkdir()
    (root / "node_modules" / "stemma").symlink_to(ROOT / "lib")
    (root / "package.json").write_text('{ "name": "project", "private": true }')
    return root / "examples"


def empty_folder(root):
    return root / "empty"


def of_a_project(root):
    """A project with sources and notebooks of its own."""
    (root / "package.json").write_text('{ "name": "project", "private": true, "type": "module" }')
    (root / "tsconfig.json").write_text('{ "compilerOptions": { "strict": true } }')
    (root / "src").mkdir()
    (root / "src" / "util.ts").write_text("export const half = (n: number): number => n / 2;\n")
    return root / "notebooks"


@pytest.fixture(params=[below_a_project, empty_folder, of_a_project], ids=["examples", "empty", "notebooks"])
def notebook(request, tmp_path):
    folder = request.param(tmp_path)
    folder.mkdir()
    with started(cwd=str(folder)) as kernel:
        yield Notebook(kernel, folder)


def test_a_long_day(notebook):
    variables(notebook)
    memory = [a_third(notebook, part) for part in range(3)]
    files(notebook)
    packages(notebook)
    a_second_notebook(notebook)
    variables_are_variables(notebook)
    assert notebook.cells > 100
    assert memory[-1] < 1.5 * memory[0], memory


def a_third(notebook, part):
    """What is done again and again; returns the memory that is held then."""
    failures(notebook)
    interrupts(notebook)
    record(notebook, part)
    outputs(notebook)
    questions(notebook, part)
    return resident(notebook)


def variables(notebook):
    cell = notebook.cell
    cell("1 + 1", "2")
    cell("const name = 'Ada'; let visits = 0; function greet(who: string): string { return `hello ${who}`; } greet(name)", "'hello Ada'", cell="greet")
    cell("interface Point { x: number; y: number } const origin: Point = { x: 0, y: 0 }; origin", "{ x: 0, y: 0 }")
    cell("const wrong: Point = { x: 'a', y: 1 };", fails="Type 'string' is not assignable to type 'number'")
    cell("class Counter { #n = 0; add(by = 1) { this.#n += by; return this; } get value() { return this.#n; } } new Counter().add().add(2).value", "3")
    cell("enum Colour { red, green } const [first, ...others] = [1, 2, 3]; const { x, ...rest } = { x: 5, y: 6 }; [Colour.green, first, others, x, rest]",
         "[ 1, 1, [ 2, 3 ], 5, { y: 6 } ]")
    cell("visits += 1; visits", "1", cell="visit")
    cell("visits += 1; visits", "2", cell="visit")
    cell("const later = await Promise.resolve(7); later", "7")
    cell("let sum = 0; for await (const n of (async function* () { yield 1; yield 2; })()) sum += n; sum", "3")
    cell("console.log('to stdout'); console.error('to stderr')", prints="to stdout\n")
    # Renamed: the cell declares another name from now on, and the old one stays.
    cell("const first_name = name; greet(first_name)", "'hello Ada'", cell="greet")
    cell("name + first_name", "'AdaAda'")
    # Out of order, and with another type.
    cell("const name = 5; name * 2", "10")
    cell("const name = 'Eve'; greet(name)", "'hello Eve'")
    cell("type Named = { name: string }; const named: Named[] = [{ name }]; named.map((one) => one.name)", "[ 'Eve' ]")


def failures(notebook):
    cell = notebook.cell
    cell("let kept = 42; throw new Error('half way')", fails="Error: half way", cell="fails")
    cell("kept", "42")
    cell("let kept = 43; kept", "43", cell="fails")
    cell("const broken = ;", fails="Expression expected")
    cell("nowhere", fails="Cannot find name 'nowhere'")
    cell("await Promise.reject(new TypeError('rejected'))", fails="TypeError: rejected")
    cell("setTimeout(() => { throw new Error('stray'); }, 1); Promise.reject(new Error('unhandled')); " + PAUSE)
    client = notebook.kernel.client
    queued = [client.execute(code) for code in ("throw new Error('first')", "kept = 0;", "kept = 0;")]
    # Replies in their order: what waits behind a failed cell is not run.
    statuses = [client.get_shell_msg(timeout=PATIENCE)["content"]["status"] for _ in queued]
    assert statuses == ["error", "aborted", "aborted"]
    notebook.kernel.run("")
    cell("kept", "43")


def interrupts(notebook):
    notebook.interrupted("let steps_done = 0; for (;;) if (++steps_done === 10) console.log('ready');")
    notebook.cell("steps_done >= 10", "true")
    notebook.interrupted("console.log('ready'); await new Promise(() => {});")
    notebook.interrupted("for (;;) { console.log('ready'); await new Promise((done) => setTimeout(done, 5)); }")
    notebook.cell("kept", "43")


def record(notebook, part):
    cell, kernel = notebook.cell, notebook.kernel
    cell("import { Dataset, provenance, show } from 'stemma';", cell="import")
    cell("const numbers = Dataset.range(1000, 'Numbers'); const even = numbers.filter((n) => n % 2 === 0, 'Even'); await even.count()", "500", cell="even")
    cell("await even.map((n) => n / 2, 'Half').take(3).toArray()", "[ 0, 1, 2 ]", cell="half")
    cell("const failing = numbers.map((n) => { if (n === 500) throw new Error('at 500'); return n; }, 'Fails'); await failing.count()",
         fails='map "Fails" failed', cell="failing")
    cell("let epochs = 0; const training = numbers.shuffle({ seed: 1 }).batch(100); for (let epoch = 0; epoch < 3; epoch++) for await (const b of training) epochs++; epochs",
         "30", cell="train")
    cell("for await (const n of even) { if (n > 10) break; }", cell="break")
    cell("writeFileSync('table.csv', 'a,b\\n1,x\\n2,y\\n'); await Dataset.fromCsv('table.csv').toArray()"
         if part else "import { writeFileSync, unlinkSync, readFileSync } from 'node:fs'; writeFileSync('table.csv', 'a,b\\n1,x\\n2,y\\n'); await Dataset.fromCsv('table.csv').toArray()",
         "[ { a: 1, b: 'x' }, { a: 2, b: 'y' } ]", cell="csv")
    page = Comm(kernel.client, "stemma", {"protocol": 1})
    assert page.next_of("snapshot")[0]["document"]["processes"]
    request = kernel.client.execute("await Dataset.range(1e9).map(async (n) => { if (n === 20) console.log('ready'); " + PAUSE + " return n; }, 'Watched').count();")
    kernel.wait_for_text("ready")
    # The panel is closed in mid-run, and opened by another page.
    page.close()
    page = Comm(kernel.client, "stemma", {"protocol": 1, "paused": True})
    kernel.interrupt()
    notebook.check("Watched", *kernel.outcome(request), fails="Interrupted")
    page.send({"type": "resume"})
    document = page.next_of("snapshot")[0]["document"]
    assert [run["state"] for run in document["runs"]][-1] == "aborted"
    page.send({"type": "document", "request": "export"})
    assert page.next_of("document")[0]["document"]["processes"][-1]["label"] == "count"
    page.close()
    cell("await provenance.save('record.json');", cell="save")
    cell("1 + 1", "2")
    assert json.loads((notebook.folder / "record.json").read_text())["processes"]
    (notebook.folder / "record.json").unlink()
    cell("numbers", shows=[["application/vnd.stemma.provenance.v1+json", "text/html", "text/plain"]], cell="shown")
    cell("even.length", cell="length")


def outputs(notebook):
    cell, kernel = notebook.cell, notebook.kernel
    cell("import { display, clearOutput, widget, comm } from 'stemma-kernel';", cell="kernel import")
    cell("display({ 'text/html': '<b>1</b>' }, { id: 'bar' }); display({ 'text/html': '<b>2</b>' }, { id: 'bar', update: true })", shows=[["text/html"], ["text/html"]])
    cell("display({ 'text/html': NaN as any })", fails='invalid data of "text/html": expected text, got NaN')
    cell("import * as tslab from 'tslab'; tslab.display.png(new Uint8Array([1, 2]))", shows=[["image/png"]])
    cell("const slider = widget({ state: { value: 3 }, render: ({ el, model }) => { el.textContent = model.get('value'); } }); slider",
         shows=[["text/plain", "application/vnd.jupyter.widget-view+json"]], cell="slider")
    cell("slider.set({ value: 5 }); slider.get('value')", "5")
    cell("slider.close();")
    cell("comm.registerTarget('echo', (channel) => channel.onMsg(({ data }) => channel.send(data)));", cell="echo")
    page = Comm(kernel.client, "echo")
    page.send({"n": 1})
    assert page.next()[0] == {"n": 1}
    page.close()
    reply, messages = kernel.run("for (let i = 0; i < 20_000; i++) console.log('line', i);")
    assert reply["status"] == "ok" and text_of(messages).count("\n") == 20_000
    cell("'x'.repeat(2_000_000).length", "2000000")
    cell("Array.from({ length: 500 }, (_, i) => i).length", "500")
    cell("setTimeout(() => console.log('late'), 5); " + PAUSE, prints="late\n")


def questions(notebook, part):
    kernel = notebook.kernel
    reply, _ = kernel.answer_to("complete_request", {"code": "greet(name).toUpp", "cursor_pos": 17})
    assert reply["matches"] == ["toUpperCase"]
    reply, _ = kernel.answer_to("inspect_request", {"code": "greet", "cursor_pos": 3, "detail_level": 0})
    assert "greet(who: string): string" in reply["data"]["text/plain"]
    assert kernel.answer_to("is_complete_request", {"code": "for (;;) {"})[0]["status"] == "incomplete"
    history, _ = kernel.answer_to("history_request", {"hist_access_type": "search", "pattern": "*Ada*", "n": 10, "output": False, "raw": True})
    assert "greet(name)" in history["history"][0][2]
    assert kernel.answer_to("kernel_info_request")[0]["implementation"] == "stemma-kernel"
    assert kernel.answer_to("comm_info_request", {"target_name": "stemma"})[0]["comms"] == {}


def files(notebook):
    cell, write = notebook.cell, notebook.write
    cell("import { twice } from './helper'; twice(4)", fails="Cannot find module './helper'")
    write("helper.ts", "export const twice = (n: number): number => 2 * n;\n")
    cell("import { twice } from './helper'; twice(4)", "8", cell="helper")
    write("helper.ts", "export const twice = (n: number): number => 2 * n + 1;\nexport const thrice = (n: number) => 3 * n;\n")
    cell("import { twice, thrice } from './helper'; [twice(4), thrice(4)]", "[ 9, 12 ]", cell="helper")
    cell("thrice('a')", fails="not assignable to parameter of type 'number'")
    write("helper.ts", "export const twice = (n: number): number => ;\n")
    cell("import { twice } from './helper'; twice(4)", fails="Expression expected")
    write("helper.ts", "export const twice = (n: number): number => 2 * n;\n")
    cell("import { twice } from './helper'; twice(5)", "10", cell="helper")
    (notebook.folder / "helper.ts").rename(notebook.folder / "tools.ts")
    cell("import { twice } from './tools'; twice(6)", "12")
    cell("import { twice } from './helper'; twice(4)", fails="Cannot find module './helper'")
    (notebook.folder / "tools.ts").unlink()
    cell("twice(7)", "14")
    for name in ("data.json", "script.js", "types.d.ts", "deep/inner/part.ts", "notes.txt"):
        write(name, "{}")
        cell(f"'after {name}'", f"'after {name}'")
        (notebook.folder / name).unlink()
        cell("1 + 1", "2")
    cell("writeFileSync('made.json', JSON.stringify({ n: 3 })); JSON.parse(readFileSync('made.json', 'utf8')).n", "3")
    cell("unlinkSync('made.json'); 1", "1")
    write("loop-a.ts", "import { b } from './loop-b';\nexport const a = (n: number): number => (n === 0 ? 0 : b(n - 1));\n")
    write("loop-b.ts", "import { a } from './loop-a';\nexport const b = (n: number): number => a(n);\n")
    cell("import { a } from './loop-a'; a(5)", "0")
    write("throws.ts", "export function fail(): never {\n  throw new Error('in a file');\n}\n")
    cell("import { fail } from './throws'; fail()", fails="Error: in a file")


def packages(notebook):
    cell = notebook.cell
    cell("import { area } from 'shapes'; area(2)", fails="Cannot find module 'shapes'")
    notebook.install("shapes", "exports.area = (r) => r * r * 3;", "export declare function area(r: number): number;")
    cell("import { area } from 'shapes'; area(2)", "12")
    # Into the folder that has the notebook, as its user would.
    notebook.write("package.json", '{ "name": "notebook", "private": true, "dependencies": {} }')
    local = notebook.folder.parent / "local-package"
    local.mkdir()
    (local / "package.json").write_text('{ "name": "local-package", "version": "1.0.0", "main": "main.js", "types": "main.d.ts" }')
    (local / "main.js").write_text("exports.volume = (a) => a ** 3;\n")
    (local / "main.d.ts").write_text("export declare function volume(a: number): number;\n")
    cell("import { volume } from 'local-package'; volume(2)", fails="Cannot find module 'local-package'")
    npm_install(notebook.folder, local)
    cell("import { volume } from 'local-package'; volume(2)", "8")
    cell("volume('a')", fails="not assignable to parameter of type 'number'")
    cell("const { area: again } = require('shapes'); again(1)", "3")
    cell("const dynamic = await import('local-package'); dynamic.volume(3)", "27")


def a_second_notebook(notebook):
    with started(cwd=str(notebook.folder)) as kernel:
        other = Notebook(kernel, notebook.folder)
        other.cell("import { Dataset, provenance } from 'stemma'; await Dataset.range(5, 'Of the other').count()", "5")
        notebook.write("shared.ts", "export const shared = 'both';\n")
        for one in (notebook, other):
            one.cell("import { shared } from './shared'; shared", "'both'")
        for one in (notebook, other, notebook):
            one.cell("await provenance.save('shared.json');")
            one.cell("1 + 1", "2")
        other.cell("name", fails="Cannot find name 'name'")
    labels = [p["label"] for p in json.loads((notebook.folder / "shared.json").read_text())["processes"]]
    assert "Even" in labels and "Of the other" not in labels
    notebook.cell("visits", "2")


def variables_are_variables(notebook):
    """A name has one binding for the whole session."""
    cell = notebook.cell
    cell("let limit = 5; const below = Dataset.range(100).filter((n) => n < limit, 'Below'); await below.count()", "5", cell="limit")
    cell("limit = 8;")
    cell("await below.count()", "8")
    cell("let limit = 3;")
    cell("await below.count()", "3")
    cell("function scale(n: number) { return 2 * n; } const scaled = Dataset.range(3).map((n) => scale(n), 'Scaled'); await scaled.toArray()", "[ 0, 2, 4 ]")
    cell("function scale(n: number) { return 10 * n; }")
    cell("await scaled.toArray()", "[ 0, 10, 20 ]")
    cell("let ticks = 0; const ticker = setInterval(() => { ticks += limit; }, 1); " + PAUSE + " ticks % 3", "0")
    cell("clearInterval(ticker); limit = 0; ticks = 1; ticks", "1")
    cell("const model = { weight: 1 };", cell="model")
    cell("const model = (() => { throw new Error('diverged'); })() as { weight: number };", fails="diverged", cell="model")
    cell("model.weight", "1")
    notebook.interrupted("const model = { weight: await new Promise<number>(() => { console.log('ready'); }) };")
    cell("model.weight", "1")
    cell("const model = { weight: 'a' } satisfies { weight: number };", fails="not assignable to type 'number'")
    cell("model.weight", "1")
    notebook.write("inner.ts", "export const factor = 2;\n")
    notebook.write("outer.ts", "import { factor } from './inner';\nexport const times = (n: number) => factor * n;\n")
    cell("import { times } from './outer'; times(4)", "8")
    notebook.write("inner.ts", "export const factor = 3;\n")
    cell("import { times } from './outer'; times(4)", "12")
    if (notebook.folder.parent / "src").exists():
        cell("import { half } from '../src/util'; half(4)", "2")
        (notebook.folder.parent / "src" / "util.ts").write_text("export const half = (n: number): number => n / 2 + 1;\n")
        cell("import { half } from '../src/util'; half(4)", "3")


def resident(notebook):
    """Memory of the kernel's process after collections, in MiB: what V8 gives back it gives back at the second one."""
    collect = "import { setFlagsFromString } from 'node:v8'; import { runInNewContext } from 'node:vm'; setFlagsFromString('--expose-gc'); runInNewContext('gc')();"
    notebook.cell(collect)
    notebook.cell(collect)
    pages = int(Path(f"/proc/{notebook.kernel.manager.provisioner.pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
