"""While a cell keeps the main thread, the kernel still answers everything that needs no user code."""

import resource
import time
from pathlib import Path

import pytest
from kernel_client import Comm

BLOCKERS = {
    "while (true)": "while (true) {}",
    "microtasks only": "while (true) await null;",
    "one long synchronous call": "JSON.parse('[' + '1,'.repeat(3e7) + '1]').length;",
}


@pytest.fixture(params=BLOCKERS.values(), ids=BLOCKERS.keys())
def blocked(fresh_kernel, request):
    """A kernel with a record, in which a cell blocks; ends the cell afterwards."""
    kernel = fresh_kernel
    kernel.run("import { Dataset } from 'stemma'; await Dataset.range(10).map((n) => n, 'Before').count();")
    running = kernel.client.execute(f"console.log('ready'); await null;\n{request.param}")
    kernel.wait_for_text("ready")
    yield kernel
    kernel.interrupt()
    kernel.outcome(running)


def test_answers(blocked):
    kernel = blocked
    assert kernel.answer_to("kernel_info_request", channel="control")[0]["implementation"] == "stemma-kernel"
    assert kernel.answer_to("kernel_info_request")[0]["status"] == "ok"
    assert kernel.client.hb_channel.is_beating()

    page = Comm(kernel.client, "stemma", {"protocol": 1})
    document = page.next_of("snapshot")[0]["document"]
    assert "Before" in [p["label"] for p in document["processes"]]
    assert kernel.answer_to("comm_info_request")[0]["comms"][page.id] == {"target_name": "stemma"}


def test_the_page_learns_since_when_it_blocks(fresh_kernel):
    kernel = fresh_kernel
    page = Comm(kernel.client, "stemma", {"protocol": 1})
    page.next_of("snapshot")
    kernel.client.execute("while (true) {}")
    status = page.next_of("status")[0]
    while status["blockedSinceMs"] is None:
        status = page.next_of("status")[0]
    assert status["busySinceMs"] <= status["blockedSinceMs"] <= time.time() * 1000
    assert status["cell"]["executionCount"] == 1
    kernel.interrupt()
    while status["busySinceMs"] is not None:
        status = page.next_of("status")[0]
    assert kernel.value("1 + 1") == "2"


def test_a_page_that_opens_later_learns_it_too(fresh_kernel):
    kernel = fresh_kernel
    kernel.client.execute("while (true) {}")
    kernel.wait_for("execute_input")
    opened_ms = time.time() * 1000
    page = Comm(kernel.client, "stemma", {"protocol": 1})
    status = page.next_of("status")[0]
    while status["blockedSinceMs"] is None:
        status = page.next_of("status")[0]
    assert status["blockedSinceMs"] <= opened_ms


def test_the_kernel_shows_as_busy(fresh_kernel):
    """JupyterLab reads it off the status messages: none may say idle for another request while the cell runs."""
    kernel = fresh_kernel
    request = kernel.client.execute("while (true) {}")
    kernel.wait_for("execute_input")
    kernel.answer_to("kernel_info_request", channel="control")
    kernel.interrupt()
    states = []
    while states[-1:] != [(True, "idle")]:
        message = kernel.wait_for("status")
        states.append((message["parent_header"].get("msg_id") == request, message["content"]["execution_state"]))
    # For the kernel_info and for the interrupt: each idle is taken back at once.
    assert states == [(False, "busy"), (False, "idle"), (True, "busy")] * 2 + [(True, "idle")]


def test_output_is_in_order_bounded_and_complete(fresh_kernel):
    kernel = fresh_kernel
    before = resident(kernel)
    reply, messages = kernel.run("for (let i = 0; i < 1e6; i++) console.log(i); console.error('end');")
    assert reply["status"] == "ok"
    streams = [m["content"] for m in messages if m["msg_type"] == "stream"]
    assert "".join(s["text"] for s in streams if s["name"] == "stdout") == "".join(f"{i}\n" for i in range(1_000_000))
    assert streams[-1] == {"name": "stderr", "text": "end\n"}
    # A million small messages would take some gigabytes if they all waited.
    assert resident(kernel) - before < 300


def resident(kernel):
    """The memory of the kernel's process, in MiB."""
    pages = int(Path(f"/proc/{kernel.manager.provisioner.pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def test_what_was_printed_last_leaves_before_a_shutdown(fresh_kernel):
    kernel = fresh_kernel
    kernel.client.execute("for (let i = 0; i < 2000; i++) console.log('line', i); process.exit(0)")
    kernel.wait_for_text("line 1999\n")


def test_a_shutdown_lets_much_output_leave(fresh_kernel):
    kernel = fresh_kernel
    kernel.client.execute("console.log('ready'); for (let i = 0; i < 320; i++) console.log('x'.repeat(64 * 1024)); console.log('the last');")
    # A cell that has not started yet does not start any more.
    kernel.wait_for_text("ready")
    kernel.client.shutdown()
    kernel.wait_for_text("the last")


def test_a_shutdown_of_a_blocked_kernel_lets_output_leave(fresh_kernel):
    kernel = fresh_kernel
    kernel.client.execute("console.log('ready'); for (let i = 0; i < 20_000; i++) console.log('line', i); while (true) {}")
    kernel.wait_for_text("ready")
    kernel.client.shutdown()
    kernel.wait_for_text("line 19999\n")
