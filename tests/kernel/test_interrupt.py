"""The stop button ends whatever runs, and nothing but that."""

import os
import signal
import time

import pytest
from kernel_client import Comm, started

# Far beyond what it takes (a quarter of a second and a turn of the event loop): a hang must fail.
SOON = 30

ENDLESS = {
    "a synchronous loop": "console.log('ready'); while (true) {}",
    "a loop of calls into native code": "const text = '[' + '1,'.repeat(1e5) + '1]'; console.log('ready'); while (true) JSON.parse(text);",
    "a loop of microtasks": "console.log('ready'); while (true) await null;",
    "an awaited timer": "console.log('ready'); await new Promise((done) => setTimeout(done, 1e6));",
    "a loop after an await": "await new Promise((done) => setTimeout(done, 20)); console.log('ready'); while (true) {}",
    "a loop in a function after an await": """
        async function spin() { await new Promise((done) => setTimeout(done, 20)); console.log('ready'); for (;;) {} }
        await spin();
        """,
    "a pipeline": """
        import { Dataset } from 'stemma';
        await Dataset.range(1e12).map((n) => { if (n === 1000) console.log('ready'); return n; }).count();
        """,
    "a pipeline with asynchronous calls": """
        await Dataset.range(1e12).map(async (n) => {
          await new Promise((done) => setTimeout(done, 1));
          if (n === 50) console.log('ready');
          return n;
        }, 'Endless').count();
        """,
    "a for await over a pipeline": """
        for await (const n of Dataset.range(1e12)) if (n === 1000) console.log('ready');
        """,
    "a loop in a timer": "setTimeout(() => { console.log('ready'); for (;;) {} }, 5); await new Promise(() => {});",
    "a loop in an immediate": "setImmediate(() => { console.log('ready'); for (;;) {} }); await new Promise(() => {});",
    "bound timers": """
        const ticker = { tick() { ticks++; setTimeout(this.tick.bind(this), 1); } };
        ticker.tick();
        console.log('ready');
        await new Promise(() => {});
        """,
    "a bound interval": "setInterval((() => { ticks++; }).bind(null), 1); console.log('ready'); await new Promise(() => {});",
    "a recursion of promises over timers": """
        const again = (): Promise<void> => new Promise<void>((done) => setTimeout(done, 1)).then(() => { ticks++; return again(); });
        console.log('ready');
        await again();
        """,
    "an interval beside a loop of awaits": """
        setInterval(() => { ticks++; }, 1);
        console.log('ready');
        for (;;) { await new Promise((done) => setTimeout(done, 1)); ticks++; }
        """,
    "a value that is shown for ever": "({ [Symbol.for('Jupyter.display')]() { console.log('ready'); for (;;) {} } })",
    "a value that is never shown": "({ [Symbol.for('Jupyter.display')]() { console.log('ready'); return new Promise(() => {}); } })",
    "a value whose text takes for ever": "({ [Symbol.for('nodejs.util.inspect.custom')]() { console.log('ready'); for (;;) {} } })",
}


@pytest.fixture(scope="module", autouse=True)
def variable(kernel):
    kernel.run("import { Dataset } from 'stemma'; let kept = 42; let ticks = 0;")


@pytest.mark.parametrize("code", ENDLESS.values(), ids=ENDLESS.keys())
def test_ends_and_nothing_goes_on(kernel, code):
    code = code.replace("import { Dataset } from 'stemma';", "")
    request = kernel.client.execute(code)
    kernel.wait_for_text("ready")
    begin = time.perf_counter()
    kernel.interrupt()
    reply, messages = kernel.outcome(request)
    elapsed = time.perf_counter() - begin
    print(f"stopped after {elapsed:.3f} s")
    assert elapsed < SOON
    assert (reply["status"], reply["ename"]) == ("error", "Interrupted")
    assert "interrupted" in reply["evalue"]
    assert [m["content"]["ename"] for m in messages if m["msg_type"] == "error"] == ["Interrupted"]
    assert kernel.value("kept") == "42"
    # What was under way settles, and finds that it must not go on.
    assert kernel.value(f"{PAUSE}; const before = ticks; {PAUSE}; ticks - before") == "0"


PAUSE = "await new Promise((done) => setTimeout(done, 150))"

# Takes the compiler longer than what a cell gets to stop by itself.
LONG = "".join(f"const row{i} = {{ a: [{i}], b: {{ c: '{i}' }} }};\nconst twice{i} = [row{i}, row{i}].map(({{ a }}) => a);\n" for i in range(800))


def test_while_a_cell_is_compiled(fresh_kernel):
    kernel = fresh_kernel
    assert kernel.value("1 + 1") == "2"
    request = kernel.client.execute(LONG)
    kernel.wait_for("execute_input")
    kernel.interrupt()
    reply, _ = kernel.outcome(request)
    assert (reply["status"], reply["ename"]) == ("error", "Interrupted")
    assert kernel.value("1 + 1") == "2"


def test_while_the_compiler_proposes_completions(fresh_kernel):
    kernel = fresh_kernel
    kernel.value("1 + 1")
    code = f"{LONG}\nMath.sq"
    message = kernel.client.session.msg("complete_request", {"code": code, "cursor_pos": len(code)})
    kernel.client.shell_channel.send(message)
    kernel.wait_for("status")
    kernel.interrupt()
    reply = kernel.client.get_shell_msg(timeout=60)
    assert reply["content"]["matches"][:1] == ["sqrt"]
    assert kernel.value("1 + 1") == "2"


def test_while_the_kernel_starts():
    with started() as kernel:
        kernel.interrupt()
        assert kernel.value("1 + 1") == "2"


def test_at_any_moment_of_many_short_cells(fresh_kernel):
    """Each ends in one way or the other, and is answered."""
    kernel = fresh_kernel
    kernel.run("let runs = 0;")
    states = set()
    for i in range(60):
        request = kernel.client.execute(f"{{ const end = performance.now() + {i % 6}; while (performance.now() < end) {{}} }} ++runs;")
        kernel.wait_for("execute_input")
        time.sleep(i % 7 / 1000)
        kernel.interrupt()
        states.add(kernel.outcome(request)[0]["status"])
    assert "error" in states
    assert kernel.value("1 + 1") == "2"


def test_cells_behind_it_are_not_run(kernel):
    first = kernel.client.execute("console.log('ready'); while (true) {}")
    second = kernel.client.execute("globalThis.second = true")
    kernel.wait_for_text("ready")
    kernel.interrupt()
    kernel.outcome(first)
    reply = kernel.client.get_shell_msg(timeout=30)
    assert (reply["parent_header"]["msg_id"], reply["content"]["status"]) == (second, "aborted")
    assert kernel.value("'second' in globalThis") == "false"


@pytest.mark.parametrize("how", ["message", "signal"])
def test_an_idle_kernel_ends_background_pipelines(kernel, how):
    # What tore down a loop must not have taken the kernel's ear for signals.
    looping = kernel.client.execute(ENDLESS["a synchronous loop"])
    kernel.wait_for_text("ready")
    kernel.interrupt()
    kernel.outcome(looping)
    kernel.run("import { Dataset } from 'stemma';\nimport { setTimeout as sleep } from 'node:timers/promises';")
    kernel.client.execute(
        "const background = { calls: 0, ended: '' };\n"
        "const endless = Dataset.range(1e9).forEach(async () => { if (++background.calls === 5) console.log('ready'); await sleep(1); });\n"
        "endless.catch((error) => { background.ended = error.name; console.log('ended'); }); null"
    )
    kernel.wait_for_text("ready")
    kernel.client.get_shell_msg(timeout=SOON)
    assert kernel.value("background.ended") == "''"
    if how == "message":
        reply, _ = kernel.answer_to("interrupt_request", channel="control")
        assert reply == {"status": "ok"}
    else:
        os.kill(int(kernel.value("process.pid")), signal.SIGINT)
    kernel.wait_for_text("ended")
    assert kernel.value("background.ended") == "'Interrupted'"


def test_an_interrupt_between_cells_is_harmless(kernel):
    kernel.interrupt()
    time.sleep(0.5)
    assert kernel.value("1 + 1") == "2"


PIPELINE = """
import { Dataset } from 'stemma';
const counted = { calls: 0 };
await Dataset.range(1e12).map((n) => { STEP; return n; }, 'Endless').count();
"""


def recorded(kernel, step):
    """The pipeline's process, after the pipeline was interrupted; and how often its function was called."""
    page = Comm(kernel.client, "stemma", {"protocol": 1})
    request = kernel.client.execute(PIPELINE.replace("STEP", step))
    kernel.wait_for_text("ready")
    kernel.interrupt()
    kernel.outcome(request)
    calls = int(kernel.value("counted.calls"))
    page.send({"type": "document", "request": "after"})
    document = page.next_of("document")[0]["document"]
    assert {p["execution"]["state"] for p in document["processes"]} == {"aborted"}
    return next(p for p in document["processes"] if p["label"] == "Endless")["execution"], calls


def test_the_record_says_aborted_with_exact_counts(fresh_kernel):
    # A hundred thousand calls are past the first turn of the event loop, in which an interrupt tears the code down.
    execution, calls = recorded(fresh_kernel, "if (++counted.calls === 100_000) console.log('ready')")
    assert execution["itemsOut"] == calls


def test_a_function_that_never_returns_is_recorded_as_aborted(fresh_kernel):
    step = "if (++counted.calls === 100) { console.log('ready'); for (;;) {} }"
    execution, calls = recorded(fresh_kernel, step)
    assert calls == 100
    assert execution["itemsOut"] < 100


def test_variables_that_had_their_value_are_kept(fresh_kernel):
    kernel = fresh_kernel
    reply, _ = kernel.run("import { sep } from 'node:path'; const before = [1]; throw new Error('stop'); const after = 2;")
    assert reply["status"] == "error"
    assert kernel.value("[before, sep.length]") == "[ [ 1 ], 1 ]"
    assert "Cannot find name 'after'" in kernel.run("after")[0]["evalue"]
