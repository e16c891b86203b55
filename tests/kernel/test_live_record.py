"""The record on the comm, while a cell runs: snapshot, patches, samples, the whole document."""

import json
from pathlib import Path

import jsonschema
import pytest
from kernel_client import Comm

SCHEMA = Path(__file__).resolve().parents[2] / "schema"


def slow_cell(items):
    return f"""
        import {{ Dataset }} from 'stemma';
        await Dataset.range({items})
          .map(async (n) => {{
            await new Promise((done) => setTimeout(done, 10));
            return {{ n, image: {{ data: new Uint8Array(784).fill(n), shape: [1, 28, 28] }} }};
          }}, {{ identifier: 'Slow', concurrency: 1 }})
          .count();
        """


def follow(kernel):
    page = Comm(kernel.client, "stemma", {"protocol": 1})
    return page, page.next()[0]


def test_patches_arrive_before_the_cell_ends(fresh_kernel):
    kernel = fresh_kernel
    _, first = follow(kernel)
    assert (first["type"], first["seq"], first["document"]) == ("snapshot", 1, None)

    request = kernel.client.execute(slow_cell(150))
    seen = [m["content"]["data"] for m in kernel.until_idle(request) if m["msg_type"] == "comm_msg"]
    seen = [data for data in seen if data["type"] != "status"]
    # The import in the cell starts the recorder: its snapshot is the first message.
    assert [data["type"] for data in seen] == ["snapshot"] + ["patch"] * (len(seen) - 1)
    assert [data["seq"] for data in seen] == list(range(2, 2 + len(seen)))
    counts = [p["execution"]["itemsOut"] for data in seen for p in data.get("processes", []) if p["label"] == "Slow"]
    assert len(set(counts)) > 4 and counts == sorted(counts) and counts[-1] == 150


BLOCKING = {
    "synchronous functions": "(n) => { const end = performance.now() + 2; while (performance.now() < end) {} return n; }",
    "microtasks only": "async (n) => { const end = performance.now() + 2; while (performance.now() < end) await null; return n; }",
}


@pytest.mark.parametrize("function", BLOCKING.values(), ids=BLOCKING.keys())
def test_patches_arrive_while_functions_keep_the_thread(fresh_kernel, function):
    kernel = fresh_kernel
    follow(kernel)
    request = kernel.client.execute(f"import {{ Dataset }} from 'stemma'; await Dataset.range(500).map({function}, 'Busy').count();")
    seen = [m["content"]["data"] for m in kernel.until_idle(request) if m["msg_type"] == "comm_msg"]
    counts = {p["execution"]["itemsOut"] for data in seen for p in data.get("processes", []) if p["label"] == "Busy"}
    # Eight a second, for a second at least.
    assert len(counts) > 3 and max(counts) == 500


def test_samples_come_as_bytes_for_those_who_watch(fresh_kernel):
    kernel = fresh_kernel
    kernel.run(slow_cell(20))
    page, snapshot = follow(kernel)
    slow = next(p for p in snapshot["document"]["processes"] if p["label"] == "Slow")
    assert slow["execution"]["state"] == "complete"
    [artifact] = slow["outputs"]
    page.send({"type": "watch", "artifacts": [artifact]})
    data, buffers = page.next_of("samples")
    assert data["artifact"] == artifact and len(data["samples"]) > 3
    assert len(buffers) == len(data["bufferPaths"]) > 3
    assert all(buffer.startswith(b"\x89PNG") for buffer in buffers)


def test_the_whole_document_on_request(fresh_kernel):
    kernel = fresh_kernel
    kernel.run(slow_cell(20))
    page, _ = follow(kernel)
    page.send({"type": "document", "request": "one"})
    data, _ = page.next_of("document")
    assert data["request"] == "one"
    schema = json.loads((SCHEMA / "provenance.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(data["document"])
    samples = [s for a in data["document"]["artifacts"] for s in a["execution"]["samples"]]
    assert len(samples) > 3


def current_labels(kernel):
    page, snapshot = follow(kernel)
    page.close()
    return [p["label"] for p in snapshot["document"]["processes"] if not p["superseded"]]


def test_a_cell_that_runs_again_supersedes_its_operations_once_it_compiles(fresh_kernel):
    kernel = fresh_kernel
    kernel.run_cell("import { Dataset } from 'stemma'; const a = Dataset.range(3, 'First');", "one")
    kernel.run_cell("const b = a.map((n) => n, 'Second');", "two")
    assert current_labels(kernel) == ["First", "Second"]
    # A typo: the variables of the run before still live.
    reply, _ = kernel.run_cell("import { Dataset } from 'stemma'; const a = Dataset.rnge(3, 'Third');", "one")
    assert reply["ename"] == "TypeScriptError"
    assert current_labels(kernel) == ["First", "Second"]
    kernel.run_cell("import { Dataset } from 'stemma'; const a = Dataset.range(4, 'Third');", "one")
    assert current_labels(kernel) == ["Second", "Third"]
    kernel.run_cell("// Nothing any more.", "one")
    assert current_labels(kernel) == ["Second"]


def test_a_gap_is_answered_with_a_snapshot(fresh_kernel):
    kernel = fresh_kernel
    kernel.run(slow_cell(5))
    page, _ = follow(kernel)
    page.send({"type": "resync"})
    data, _ = page.next()
    assert data["type"] == "snapshot"
    assert [p["label"] for p in data["document"]["processes"]][:2] == ["range", "Slow"]


def test_every_message_is_of_the_protocol(fresh_kernel):
    kernel = fresh_kernel
    follow(kernel)
    request = kernel.client.execute(slow_cell(50))
    schema = json.loads((SCHEMA / "protocol.schema.json").read_text())
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/KernelMessage", "$defs": schema["$defs"]})
    messages = [m["content"]["data"] for m in kernel.until_idle(request) if m["msg_type"] == "comm_msg"]
    assert len(messages) > 3
    for data in messages:
        validator.validate(data)


def test_a_page_of_another_version_is_refused_with_the_reason(fresh_kernel):
    page = Comm(fresh_kernel.client, "stemma", {"protocol": 99})
    assert "version 1" in page.next("comm_close")[0]["error"]
    page = Comm(fresh_kernel.client, "stemma", {"protocol": 1})
    page.next_of("snapshot")
    page.send({"type": "watch", "artifacts": "no list"})
    assert page.next_of("error")[0]["message"] == '"artifacts" of "watch": expected a list of ids, got "no list"'


def test_a_page_that_opens_hidden_hears_nothing_until_it_is_shown(fresh_kernel):
    kernel = fresh_kernel
    kernel.run(slow_cell(20))
    page = Comm(kernel.client, "stemma", {"protocol": 1, "paused": True})
    page.send({"type": "watch", "artifacts": ["a1", "a2"]})
    request = kernel.client.execute("import { Dataset } from 'stemma'; await Dataset.range(50, 'Later').count();")
    heard = [m for m in kernel.until_idle(request) if m["msg_type"] == "comm_msg"]
    assert heard == []
    kernel.client.get_shell_msg(timeout=10)
    page.send({"type": "resume"})
    data, _ = page.next()
    assert (data["type"], data["seq"]) == ("snapshot", 1)
    assert "Later" in [p["label"] for p in data["document"]["processes"]]
    assert page.next_of("samples")[0]["artifact"] in ("a1", "a2")


def test_a_page_learns_how_the_session_ended(fresh_kernel):
    kernel = fresh_kernel
    page, _ = follow(kernel)
    kernel.run("import { Dataset } from 'stemma'; await Dataset.range(3).count();")
    kernel.client.shutdown()
    while "frame" not in (data := page.next_of("patch")[0]):
        pass
    assert data["frame"]["session"]["end"]["how"] == "completed"
