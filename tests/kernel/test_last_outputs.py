"""Outputs of what is recorded say how it ended, however it did, before nobody is left to say so."""

import os
import queue
import signal

import nbclient
import nbformat
import pytest
from kernel_client import PATIENCE

MIME_TYPE = "application/vnd.stemma.provenance.v1+json"
SHOW = """
import { Dataset } from 'stemma';
const slow = Dataset.range(1e9).map(async (n) => {
  if (n === 20) console.log('ready');
  await new Promise((done) => setTimeout(done, 1));
  return n;
}, { identifier: 'Slow', concurrency: 2 });
const blocking = Dataset.range(1e9).map((n) => { if (n === 20) { console.log('ready'); for (;;) {} } return n; }, 'Blocking');
const failing = Dataset.range(100).map((n) => { if (n === 20) throw new Error('at twenty'); return n; }, 'Failing');
const short = Dataset.range(30).map((n) => n + 1, 'Short');
import { show } from 'stemma';
show(slow); show(blocking); show(failing); show(short);
"""
LABELS = ["Slow", "Blocking", "Failing", "Short"]


@pytest.fixture
def shown(fresh_kernel):
    """A kernel with four outputs, and what each says last."""
    _, messages = fresh_kernel.run(SHOW)
    displays = [m for m in messages if m["msg_type"] == "display_data"]
    return fresh_kernel, dict(zip(LABELS, (m["content"]["transient"]["display_id"] for m in displays)))


def last_states(messages, displays):
    """State of the operation, and of its run, as the last update of each output says it."""
    names = {display: label for label, display in displays.items()}
    states = {}
    for message in messages:
        label = names.get(message["content"].get("transient", {}).get("display_id"))
        if label is not None:
            document = message["content"]["data"][MIME_TYPE]
            process = next(p for p in document["processes"] if p["label"] == label)
            states[label] = (process["execution"]["state"], [run["state"] for run in document["runs"]])
    return states


def until_end(kernel):
    """All that a kernel still says that is about to end."""
    kernel.manager.provisioner.process.wait(timeout=PATIENCE)
    while True:
        try:
            yield kernel.client.get_iopub_msg(timeout=1)
        except queue.Empty:
            return


@pytest.mark.parametrize("code, label, state, run", [
    ("await short.count();", "Short", "complete", "complete"),
    ("for await (const n of short) if (n > 10) break;", "Short", "stopped", "stopped"),
    ("await failing.count();", "Failing", "failed", "failed"),
    ("for await (const n of short) if (n > 10) throw new Error('in the loop');", "Short", "stopped", "failed"),
    ("const iterator = short[Symbol.asyncIterator](); await iterator.next(); await iterator.return();", "Short", "stopped", "stopped"),
])
def test_before_the_cell_ends(shown, code, label, state, run):
    kernel, displays = shown
    request = kernel.client.execute(code)
    assert last_states(kernel.until_idle(request), displays)[label] == (state, [run])


@pytest.mark.parametrize("label", ["Slow", "Blocking"])
@pytest.mark.parametrize("stops", [True, False])
def test_before_an_interrupted_cell_ends(shown, label, stops):
    kernel, displays = shown
    request = kernel.client.execute(f"await {label.lower()}.count();", stop_on_error=stops)
    kernel.wait_for_text("ready")
    kernel.interrupt()
    messages = list(kernel.until_idle(request))
    assert last_states(messages, displays)[label] == ("aborted", ["aborted"])
    assert [m["content"]["ename"] for m in messages if m["msg_type"] == "error"] == ["Interrupted"]


ENDS = {
    "shut down": lambda kernel: kernel.client.shutdown(),
    "restarted": lambda kernel: kernel.client.shutdown(restart=True),
    "asked by SIGTERM": lambda kernel: os.kill(kernel.manager.provisioner.pid, signal.SIGTERM),
    "asked by SIGHUP": lambda kernel: os.kill(kernel.manager.provisioner.pid, signal.SIGHUP),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_before_a_kernel_ends_that_is(shown, end):
    kernel, displays = shown
    kernel.client.execute("await slow.count();")
    kernel.wait_for_text("ready")
    end(kernel)
    assert last_states(until_end(kernel), displays)["Slow"] == ("aborted", ["aborted"])


def test_before_a_kernel_ends_that_is_shut_down_in_a_loop(shown):
    kernel, displays = shown
    kernel.client.execute("await blocking.count();")
    kernel.wait_for_text("ready")
    kernel.client.shutdown()
    assert last_states(until_end(kernel), displays)["Blocking"] == ("aborted", ["aborted"])


@pytest.mark.parametrize("code", ["void slow.count(); await new Promise((done) => setTimeout(done, 100)); process.exit(0)",
                                  "void slow.count(); setTimeout(() => process.exit(), 100);"])
def test_before_a_cell_ends_the_kernel(shown, code):
    kernel, displays = shown
    kernel.client.execute(code)
    assert last_states(until_end(kernel), displays)["Slow"] == ("aborted", ["aborted"])


def test_of_what_runs_behind_the_cells(shown):
    """It goes on, an interrupt of the idle kernel ends it, an error that nobody caught does not."""
    kernel, displays = shown
    kernel.run("void slow.count().catch(() => undefined); setTimeout(() => { throw new Error('uncaught'); }, 1);")
    _, messages = kernel.run("await new Promise((done) => setTimeout(done, 100));")
    assert last_states(messages, displays)["Slow"] == ("running", ["running"])
    os.kill(kernel.manager.provisioner.pid, signal.SIGINT)
    states = {}
    while states.get("Slow") != ("aborted", ["aborted"]):
        states |= last_states([kernel.wait_for("update_display_data")], displays)
    assert kernel.value("1 + 1") == "2"


def test_of_a_notebook_that_nbclient_ran(tmp_path):
    cells = ["import { Dataset } from 'stemma'; const ds = Dataset.range(2000).map((n) => n + 1, 'Add one'); ds", "await ds.count()"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in cells])
    notebook.metadata.kernelspec = {"name": "stemma", "display_name": "TypeScript (Stemma)", "language": "typescript"}
    nbclient.NotebookClient(notebook, timeout=PATIENCE, iopub_timeout=PATIENCE, resources={"metadata": {"path": str(tmp_path)}}).execute()
    [output] = notebook.cells[0].outputs
    assert [run["state"] for run in output["data"][MIME_TYPE]["runs"]] == ["complete"]
    assert [p["execution"]["itemsOut"] for p in output["data"][MIME_TYPE]["processes"]] == [2000, 2000]
