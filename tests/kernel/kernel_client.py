"""A kernel and one client of it, with what the tests ask of both."""

import time
import uuid
from contextlib import contextmanager

from jupyter_client.manager import start_new_kernel

PATIENCE = 120


class Kernel:
    def __init__(self, manager, client):
        self.manager = manager
        self.client = client

    def run(self, code, patience=PATIENCE, **options):
        """Runs a cell to its end: the reply's content, and the messages between `busy` and `idle`."""
        return self.outcome(self.client.execute(code, **options), patience)

    def run_cell(self, code, cell):
        """As `run`, with the cell's id as JupyterLab sends it."""
        request = self.client.session.msg("execute_request", {"code": code})
        request["metadata"]["cellId"] = cell
        self.client.shell_channel.send(request)
        return self.outcome(request["header"]["msg_id"])

    def outcome(self, request, patience=PATIENCE):
        """Waits for the end of a cell that was started before."""
        messages = list(self.until_idle(request, patience))
        while True:
            reply = self.client.get_shell_msg(timeout=patience)
            if reply["parent_header"]["msg_id"] == request:
                return reply["content"], messages

    def until_idle(self, request, patience=PATIENCE):
        """iopub messages as they come, those of other requests too, until this one is done."""
        while True:
            message = self.client.get_iopub_msg(timeout=patience)
            is_status = message["msg_type"] == "status"
            if is_status and message["parent_header"].get("msg_id") == request:
                if message["content"]["execution_state"] == "idle":
                    return
            elif not is_status and message["msg_type"] != "execute_input":
                yield message

    def value(self, code):
        """Text of a cell's value."""
        reply, messages = self.run(code)
        assert reply["status"] == "ok", reply
        return next(m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result")

    def printed(self, code):
        """What a cell prints to stdout."""
        reply, messages = self.run(code)
        assert reply["status"] == "ok", reply
        return text_of(messages)

    def interrupt(self):
        """By message, as JupyterLab does."""
        self.client.control_channel.send(self.client.session.msg("interrupt_request", {}))

    def wait_for(self, kind):
        """The next iopub message of this kind."""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == kind:
                return message

    def wait_for_text(self, text):
        """Until a cell has printed it."""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == "stream" and text in message["content"]["text"]:
                return

    def answer_to(self, kind, content=None, channel="shell"):
        """Sends a request; the reply's content, and the seconds until it was there."""
        channel = getattr(self.client, f"{channel}_channel")
        message = self.client.session.msg(kind, content or {})
        begin = time.perf_counter()
        channel.send(message)
        while True:
            reply = channel.get_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply["content"], time.perf_counter() - begin


class Comm:
    """A front end's end of a comm."""

    def __init__(self, client, target, data=None, comm_id=None):
        self.client = client
        self.id = comm_id or uuid.uuid4().hex
        if comm_id is None:
            self._send("comm_open", {"target_name": target, "data": data or {}}, [])

    def send(self, data, buffers=()):
        self._send("comm_msg", {"data": data}, list(buffers))

    def close(self, data=None):
        self._send("comm_close", {"data": data or {}}, [])

    def next(self, kind="comm_msg"):
        """The next message of the kernel on this comm: its data and its buffers."""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == kind and message["content"]["comm_id"] == self.id:
                return message["content"]["data"], [bytes(buffer) for buffer in message["buffers"]]

    def next_of(self, kind):
        """The next message of Stemma's protocol that has this type."""
        while True:
            data, buffers = self.next()
            if data["type"] == kind:
                return data, buffers

    def _send(self, kind, content, buffers):
        message = self.client.session.msg(kind, {"comm_id": self.id, **content})
        self.client.session.send(self.client.shell_channel.socket, message, buffers=buffers)


@contextmanager
def started(**options):
    manager, client = start_new_kernel(kernel_name="stemma", startup_timeout=PATIENCE, **options)
    try:
        yield Kernel(manager, client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def text_of(messages, name="stdout"):
    streams = (m["content"] for m in messages if m["msg_type"] == "stream")
    return "".join(content["text"] for content in streams if content["name"] == name)
