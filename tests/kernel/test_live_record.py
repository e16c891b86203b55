"""The record on the comm, while a cell runs: snapshot, patches, samples, the whole document."""

import json
import uuid
from pathlib import Path

import jsonschema
import pytest
from jupyter_client.manager import start_new_kernel

SCHEMA = Path(__file__).resolve().parents[2] / "schema"
SLOW_CELL = """
import { Dataset } from 'stemma';
await Dataset.range(150)
  .map(async (n) => { await new Promise((done) => setTimeout(done, 10)); return { n, bytes: new Uint8Array(784).fill(n % 255) }; },
       { identifier: 'Slow', concurrency: 1 })
  .count();
"""


@pytest.fixture
def client():
    manager, client = start_new_kernel(kernel_name="stemma", startup_timeout=60)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


class Page:
    """One open comm, as the panel opens it."""

    def __init__(self, client):
        self.client = client
        self.id = uuid.uuid4().hex
        self._send("comm_open", {"target_name": "stemma", "data": {"protocol": 1}})

    def send(self, data):
        self._send("comm_msg", {"data": data})

    def _send(self, kind, content):
        message = self.client.session.msg(kind, {"comm_id": self.id, **content})
        self.client.shell_channel.send(message)

    def next(self, kind=None):
        """The next message for this page, or the next of a type."""
        while True:
            message = self.client.get_iopub_msg(timeout=30)
            if message["msg_type"] == "comm_msg" and message["content"]["comm_id"] == self.id:
                data = message["content"]["data"]
                if kind in (None, data["type"]):
                    return data, message["buffers"]


def test_patches_arrive_before_the_cell_ends(client):
    page = Page(client)
    data, _ = page.next()
    assert (data["type"], data["seq"], data["document"]) == ("snapshot", 1, None)

    request = client.execute(SLOW_CELL)
    seen, counts = [], []
    while True:
        message = client.get_iopub_msg(timeout=30)
        if message["msg_type"] == "comm_msg":
            data = message["content"]["data"]
            if data["type"] != "status":
                seen.append(data)
            slow = [p for p in data.get("processes", []) if p["label"] == "Slow"]
            counts += [p["execution"]["itemsOut"] for p in slow]
        idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
        if idle and message["parent_header"]["msg_id"] == request:
            break

    assert len(set(counts)) > 4 and counts == sorted(counts) and counts[-1] == 150
    assert sum(data["type"] == "patch" for data in seen) > 4
    # The import in the cell starts the recorder: its snapshot is the first message.
    first = seen[0]["seq"]
    assert seen[0]["type"] == "snapshot"
    assert [data["seq"] for data in seen] == list(range(first, first + len(seen)))


def test_samples_and_document(client):
    client.execute_interactive(SLOW_CELL.replace("150", "20"), timeout=60)
    page = Page(client)
    data, _ = page.next("snapshot")
    slow = next(p for p in data["document"]["processes"] if p["label"] == "Slow")
    assert slow["execution"]["state"] == "complete"

    [artifact] = slow["outputs"]
    page.send({"type": "watch", "artifacts": [artifact]})
    data, _ = page.next("samples")
    assert data["artifact"] == artifact and len(data["samples"]) > 3

    page.send({"type": "document", "request": "one"})
    data, _ = page.next("document")
    assert data["request"] == "one"
    schema = json.loads((SCHEMA / "provenance.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(data["document"])


def test_a_gap_is_answered_with_a_snapshot(client):
    client.execute_interactive(SLOW_CELL.replace("150", "5"), timeout=60)
    page = Page(client)
    page.next("snapshot")
    page.send({"type": "resync"})
    data, _ = page.next("snapshot")
    assert [p["label"] for p in data["document"]["processes"]][:2] == ["range", "Slow"]
