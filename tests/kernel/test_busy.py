"""While a cell keeps the main thread, the kernel still answers everything that needs no user code."""

import time

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
    time.sleep(0.2)
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


def test_the_kernel_shows_as_busy(fresh_kernel):
    """JupyterLab reads it off the status messages: none may say idle for another request while the cell runs."""
    kernel = fresh_kernel
    request = kernel.client.execute("const end = Date.now() + 1500; while (Date.now() < end) {}")
    states = []
    kernel.answer_to("kernel_info_request", channel="control")
    while True:
        message = kernel.client.get_iopub_msg(timeout=30)
        if message["msg_type"] != "status":
            continue
        states.append((message["parent_header"].get("msg_id") == request, message["content"]["execution_state"]))
        if states[-1] == (True, "idle"):
            break
    assert states[-2][1] == "busy"


def test_output_is_in_order_bounded_and_complete(fresh_kernel):
    kernel = fresh_kernel
    reply, messages = kernel.run(
        """
        for (let i = 0; i < 1e6; i++) console.log(i);
        console.error('end');
        process.memoryUsage().rss / 2 ** 20;
        """
    )
    assert reply["status"] == "ok"
    streams = [m["content"] for m in messages if m["msg_type"] == "stream"]
    assert "".join(s["text"] for s in streams if s["name"] == "stdout") == "".join(f"{i}\n" for i in range(1_000_000))
    assert streams[-1] == {"name": "stderr", "text": "end\n"}
    rss = next(m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result")
    print(f"{len(streams)} messages, {float(rss):.0f} MiB resident at the end")


def test_what_was_printed_last_leaves_before_a_shutdown(fresh_kernel):
    kernel = fresh_kernel
    kernel.client.execute("for (let i = 0; i < 2000; i++) console.log('line', i); process.exit(0)")
    kernel.wait_for_text("line 1999\n")
