"""What a cell is told, and what is told of it."""

import re
import time

from kernel_client import Comm, started, text_of


def error_of(kernel, code):
    reply, messages = kernel.run(code)
    error = next(m["content"] for m in messages if m["msg_type"] == "error")
    assert {key: reply[key] for key in ("ename", "evalue", "traceback")} == error
    return error


def test_an_error_names_the_lines_of_the_cell(kernel):
    error = error_of(kernel, "const a: number = 1;\n\nfunction fails(): never {\n  throw new RangeError('too far');\n}\nfails();")
    assert (error["ename"], error["evalue"]) == ("RangeError", "too far")
    assert re.search(r"at fails \(cell-\d+\.ts:4:9\)", "\n".join(error["traceback"]))
    assert re.search(r"at cell-\d+\.ts:6:1", "\n".join(error["traceback"]))
    assert "tslab" not in "\n".join(error["traceback"])


def test_an_error_after_an_await_names_them_too(kernel):
    error = error_of(kernel, "const rows = [1];\nawait null;\nawait (async () => {\n  throw new Error('later');\n})();")
    assert re.search(r"cell-\d+\.ts:4:\d+", "\n".join(error["traceback"]))


def test_causes_are_told(kernel):
    error = error_of(kernel, "throw new Error('outer', { cause: new TypeError('inner') })")
    assert "caused by TypeError: inner" in error["traceback"]


def test_the_type_checker_names_line_and_column(kernel):
    error = error_of(kernel, "const one = 1;\nconst two: string = one;")
    assert error["ename"] == "TypeScriptError"
    assert re.fullmatch(r"cell-\d+\.ts:2:7 - Type 'number' is not assignable to type 'string'\.", error["evalue"])


def test_what_is_no_error_can_be_thrown(kernel):
    assert error_of(kernel, "throw { code: 7 }")["evalue"] == "{ code: 7 }"


def test_cells_behind_a_failed_one_are_aborted(kernel):
    requests = [kernel.client.execute(code) for code in ("throw new Error('first')", "globalThis.ran = 1")]
    kernel.outcome(requests[0])
    reply = kernel.client.get_shell_msg(timeout=30)
    assert (reply["parent_header"]["msg_id"], reply["content"]["status"]) == (requests[1], "aborted")
    assert kernel.value("'ran' in globalThis") == "false"


def test_top_level_await_in_all_its_forms(kernel):
    code = """
    async function* numbers() { yield 1; yield 2; }
    let sum = 0;
    for await (const n of numbers()) sum += n;
    sum += await Promise.resolve(10);
    const { x = await Promise.resolve(100) } = {} as { x?: number };
    sum += x;
    (await Promise.resolve([sum]))[0];
    """
    assert kernel.value(code) == "113"


def test_silent_shows_nothing_and_counts_nothing(kernel):
    count = kernel.run("1")[0]["execution_count"]
    reply, messages = kernel.run("console.log('x'); 5", silent=True)
    assert (reply["execution_count"], messages) == (count, [])


def test_user_expressions(kernel):
    kernel.run("const answer = 42;")
    expressions = kernel.run("1", user_expressions={"good": "answer + 1", "bad": "nope"})[0]["user_expressions"]
    assert expressions["good"]["data"]["text/plain"] == "43"
    assert expressions["bad"]["status"] == "error"


def test_text_from_a_later_callback_arrives_at_the_cell_that_made_it(kernel):
    request = kernel.client.execute("setTimeout(() => console.log('late'), 700);")
    kernel.outcome(request)
    other = kernel.client.execute("console.log('between'); await new Promise((done) => setTimeout(done, 1200));")
    owners = {}
    for message in kernel.until_idle(other):
        if message["msg_type"] == "stream":
            owners[message["content"]["text"].strip()] = message["parent_header"]["msg_id"]
    assert owners == {"between": other, "late": request}
    kernel.client.get_shell_msg(timeout=30)


BACKGROUND = """
import { Dataset } from 'stemma';
const loop = { goesOn: true };
void (async () => { while (loop.goesOn) await new Promise((done) => setTimeout(done, 1)); console.log('left behind'); })();
"""


def test_a_loop_left_behind_takes_nothing_from_the_cell_that_runs(fresh_kernel):
    kernel = fresh_kernel
    first = kernel.client.execute(BACKGROUND)
    kernel.outcome(first)
    second = kernel.client.execute(
        """
        const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
        await Dataset.range(50).map((n) => { console.log('row'); return wait(2); }, 'Waits').count();
        loop.goesOn = false;
        await wait(50);
        const failing = (): never => { throw new Error('in the second cell'); };
        failing();
        """
    )
    reply, messages = kernel.outcome(second)
    owners = {"row": set(), "left behind": set()}
    for message in messages:
        if message["msg_type"] == "stream":
            for line in message["content"]["text"].splitlines():
                owners[line].add(message["parent_header"]["msg_id"])
    assert owners == {"row": {second}, "left behind": {first}}
    assert "cell-2.ts:" in "\n".join(reply["traceback"])
    page = Comm(kernel.client, "stemma", {"protocol": 1})
    document = page.next_of("snapshot")[0]["document"]
    assert next(p for p in document["processes"] if p["label"] == "Waits")["cell"]["executionCount"] == 2


def test_silent_executions_and_expressions_leave_no_trace(fresh_kernel):
    kernel = fresh_kernel
    expressions = {"name": "'not shown'"}
    first = kernel.client.execute(
        "import { createServer, connect } from 'node:net';\n"
        "const server = createServer(() => console.log('a visitor')).listen(0, '127.0.0.1');\n"
        "await new Promise((done) => server.once('listening', done));\n"
        "const fails = (): never => { throw new Error('line 4'); };",
        user_expressions=expressions,
    )
    kernel.outcome(first)
    kernel.run("\n\n\n\n1", silent=True)
    kernel.run("\n\n\n\n2", store_history=False)
    # Nobody knows whose callback that is: it counts for the latest cell that shows something.
    reply, _ = kernel.run("void connect((server.address() as any).port, '127.0.0.1');", silent=True)
    assert reply["status"] == "ok"
    kernel.wait_for_text("a visitor")
    # The silent ones had the number of the first cell, and have not taken its place.
    assert "fails (cell-1.ts:4:36)" in "\n".join(error_of(kernel, "fails()")["traceback"])


def test_a_rejection_after_the_cell_is_told_there_and_does_no_harm(kernel):
    request = kernel.client.execute("setTimeout(() => { void Promise.reject(new Error('too late')); }, 200);")
    kernel.outcome(request)
    time.sleep(0.5)
    message = kernel.client.get_iopub_msg(timeout=10)
    assert message["parent_header"]["msg_id"] == request
    assert "too late" in message["content"]["text"]
    assert kernel.value("1 + 1") == "2"


def test_the_user_can_be_asked(kernel):
    client = kernel.client
    request = client.execute("import { input } from 'stemma-kernel'; await input('Who? ')", allow_stdin=True)
    question = client.get_stdin_msg(timeout=30)
    assert question["content"] == {"prompt": "Who? ", "password": False}
    client.input("Ada")
    _, messages = kernel.outcome(request)
    assert [m["content"]["data"]["text/plain"] for m in messages] == ["'Ada'"]


CELL = """import { Dataset } from 'stemma';
const later = async (n: number): Promise<number> => n + (await Promise.resolve(1)); // one more
const ds = Dataset.range(3)
  .map(later, 'Plus one');
await ds.count();"""


PREPARE = """import type { Dataset } from 'stemma';

interface Item { n: number }
export function prepare(rows: Dataset<number>): Dataset<Item> {
  return rows.map((n: number): Item => ({ n }), 'Wrap')
    .filter(({ n }) => n > 0, 'Positive');
}
"""
NATIVE = "await null;\nexport const big = (rows) =>\n  rows.filter(({ n }) => n > 1, 'Big');\n"
IMPORTING = """import { Dataset } from 'stemma';
import { prepare } from './src/prepare';
const { big } = await import('./src/native.mjs');
await big(prepare(Dataset.range(3, 'Rows'))).count('Count');"""


def test_operators_know_the_file_that_a_cell_imports(tmp_path):
    (tmp_path / "src").mkdir()
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "src" / "prepare.ts").write_text(PREPARE)
    (tmp_path / "src" / "native.mjs").write_text(NATIVE)
    with started(cwd=str(tmp_path)) as kernel:
        page = Comm(kernel.client, "stemma", {"protocol": 1})
        reply, _ = kernel.run(IMPORTING)
        assert reply["status"] == "ok", reply
        page.send({"type": "document", "request": "x"})
        document = page.next_of("document")[0]["document"]
    assert {p["label"]: p["position"] for p in document["processes"]} == {
        "Rows": {"line": 4, "column": 27},
        "Wrap": {"file": "src/prepare.ts", "line": 5, "column": 15},
        "Positive": {"file": "src/prepare.ts", "line": 6, "column": 6},
        "Big": {"file": "src/native.mjs", "line": 3, "column": 8},
        "Count": {"line": 4, "column": 46},
    }


def test_operators_know_their_cell(fresh_kernel):
    kernel = fresh_kernel
    page = Comm(kernel.client, "stemma", {"protocol": 1})
    kernel.run_cell(CELL, "the-cell")
    # A front end that sends no cell id.
    kernel.run("await ds.filter((n) => n > 1, 'Big').count()")

    page.send({"type": "document", "request": "x"})
    document = page.next_of("document")[0]["document"]
    assert document["cells"][0]["source"] == CELL
    plus, big = (next(p for p in document["processes"] if p["label"] == label) for label in ("Plus one", "Big"))
    assert plus["cell"] == {"id": "the-cell", "executionCount": 1}
    assert big["cell"] == {"id": None, "executionCount": 2}
    assert plus["position"] == {"line": 4, "column": 4}
    assert big["position"] == {"line": 1, "column": 10}
    # As it was written, not as it was compiled.
    assert plus["code"]["source"] == "async (n: number): Promise<number> => n + (await Promise.resolve(1))"


def test_a_warning_is_printed_below_the_cell_in_each_execution(kernel):
    kernel.run("import { Dataset } from 'stemma';")
    for _ in range(2):
        reply, messages = kernel.run(
            "const shuffled = Dataset.range(9).shuffle('All');\nfor (const _ of [1, 2]) [shuffled.take(3), shuffled.skip(3, 'Rest')];"
        )
        assert reply["status"] == "ok"
        printed = text_of(messages, "stderr")
        assert printed.count("\n") == 1, printed
        assert 'stemma: skip "Rest": shuffle "All" feeds both take and skip' in printed


def test_a_syntax_error_of_an_imported_file_comes_before_problems_of_types(fresh_kernel, tmp_path):
    kernel = fresh_kernel
    (tmp_path / "util.ts").write_text("export function scale(x: number { return x }\n")
    (tmp_path / "between.ts").write_text("export * from './util';\nexport const wrong: number = 'text';\n")
    for cell in ("import { scale } from './util'; scale(2)", "import { scale, wrong } from './between';\nscale(wrong, 'a')"):
        lines = error_of(kernel, cell)["traceback"]
        assert lines[0] == "util.ts:1:33 - ',' expected."
        assert all(line.startswith("util.ts:") for line in lines), lines
    # The cell's own syntax is still the first that is told, and the rest works once the file does.
    assert error_of(kernel, "import { scale } from './util'; scale(")["evalue"].startswith("cell-3.ts:")
    (tmp_path / "util.ts").write_text("export function scale(x: number) { return x }\n")
    assert error_of(kernel, "import { scale } from './util'; scale('a')")["evalue"].startswith("cell-4.ts:1:39 - Argument of type")
    assert kernel.value("import { scale } from './util'; scale(2)") == "2"


VARIABLES = """import { Dataset, canonicalHash, provenance } from 'stemma';
const rows = Dataset.range(10);
const CLEAN = rows.filter((n) => n > 1);
const named = CLEAN.map((n) => n + 1, 'Plus one');
const double = (n: number) => 2 * n;
const doubled = named.map(double);
await doubled.count();
canonicalHash(provenance.document())"""


def test_what_nobody_named_has_the_name_of_its_variable_which_no_hash_depends_on(fresh_kernel):
    kernel = fresh_kernel
    page = Comm(kernel.client, "stemma", {"protocol": 1})
    def result(code):
        _, messages = kernel.run_cell(code, "a")
        return next(m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result")

    first = result(VARIABLES)
    page.send({"type": "document", "request": "x"})
    document = page.next_of("document")[0]["document"]
    variables = {p["label"]: p["position"].get("variable") for p in document["processes"]}
    assert variables == {
        "range": "rows",
        "(n) => n > 1": "CLEAN",
        "Plus one": None,
        "double": None,
        "count": None,
    }
    assert len(first) > 60
    assert result(VARIABLES.replace("CLEAN", "kept")) == first
