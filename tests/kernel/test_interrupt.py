"""The stop button ends whatever runs, and nothing but that."""

import time

import pytest
from kernel_client import Comm

ENDLESS = {
    "a synchronous loop": "console.log('ready'); while (true) {}",
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
}


@pytest.fixture(scope="module", autouse=True)
def variable(kernel):
    kernel.run("import { Dataset } from 'stemma'; let kept = 42; let ticks = 0;")


@pytest.mark.parametrize("code", ENDLESS.values(), ids=ENDLESS.keys())
def test_ends(kernel, code):
    code = code.replace("import { Dataset } from 'stemma';", "")
    request = kernel.client.execute(code)
    kernel.wait_for_text("ready")
    time.sleep(0.3)
    begin = time.perf_counter()
    kernel.interrupt()
    reply, messages = kernel.outcome(request)
    print(f"stopped after {time.perf_counter() - begin:.3f} s")
    assert (reply["status"], reply["ename"]) == ("error", "Interrupted")
    assert "interrupted" in reply["evalue"]
    assert [m["content"]["ename"] for m in messages if m["msg_type"] == "error"] == ["Interrupted"]
    assert kernel.value("kept") == "42"


def test_nothing_goes_on_behind_the_reply(kernel):
    request = kernel.client.execute(
        """
        setInterval(() => { ticks++; }, 5);
        console.log('ready');
        for (;;) { await new Promise((done) => setTimeout(done, 5)); ticks++; }
        """
    )
    kernel.wait_for_text("ready")
    time.sleep(0.1)
    kernel.interrupt()
    kernel.outcome(request)
    before = kernel.value("ticks")
    time.sleep(0.3)
    assert kernel.value("ticks") == before


def test_cells_behind_it_are_not_run(kernel):
    first = kernel.client.execute("console.log('ready'); while (true) {}")
    second = kernel.client.execute("globalThis.second = true")
    kernel.wait_for_text("ready")
    kernel.interrupt()
    kernel.outcome(first)
    reply = kernel.client.get_shell_msg(timeout=30)
    assert (reply["parent_header"]["msg_id"], reply["content"]["status"]) == (second, "aborted")
    assert kernel.value("'second' in globalThis") == "false"


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
