"""Comms of user code, from either side, as with ipykernel."""

import os

import pytest
from jupyter_client import BlockingKernelClient
from kernel_client import PATIENCE, Comm, started, text_of

ECHO = """
import { comm } from 'stemma-kernel';
comm.registerTarget('echo', (channel, open) => {
  channel.send({ opened: open.data });
  channel.onMsg(({ data, buffers }) => channel.send({ data, lengths: buffers.map((b) => b.byteLength) }, { buffers }));
  channel.onClose(({ data }) => console.log('closed', data));
});
"""


@pytest.fixture(scope="module")
def kernel():
    with started() as kernel:
        assert kernel.run(ECHO)[0]["status"] == "ok"
        yield kernel


def test_opened_by_the_page(kernel):
    comm = Comm(kernel.client, "echo", {"from": "page"})
    assert comm.next()[0] == {"opened": {"from": "page"}}
    comm.send({"n": 1})
    assert comm.next()[0] == {"data": {"n": 1}, "lengths": []}
    info, _ = kernel.answer_to("comm_info_request", {"target_name": "echo"})
    assert info["comms"][comm.id] == {"target_name": "echo"}
    comm.close({"bye": True})
    kernel.wait_for_text("closed { bye: true }")
    info, _ = kernel.answer_to("comm_info_request")
    assert comm.id not in info["comms"]


def test_opened_by_the_kernel(kernel):
    reply, messages = kernel.run(
        """
        const mine = comm.open('mine', { hello: 1 });
        mine.onMsg(({ data }) => { console.log('got', data); mine.close({ done: true }); });
        mine.send({ first: true });
        """
    )
    assert reply["status"] == "ok"
    opened, sent = [m for m in messages if m["msg_type"].startswith("comm_")]
    assert opened["content"]["target_name"] == "mine" and opened["content"]["data"] == {"hello": 1}
    assert sent["content"]["data"] == {"first": True}
    comm = Comm(kernel.client, "mine", comm_id=opened["content"]["comm_id"])
    comm.send({"x": 2})
    kernel.wait_for_text("got { x: 2 }")
    assert comm.next("comm_close")[0] == {"done": True}
    assert kernel.run("mine.send({})")[0]["evalue"] == 'comm "mine" is closed: open another one'


def test_unknown_target_is_closed(kernel):
    comm = Comm(kernel.client, "nobody")
    assert comm.next("comm_close")[0] == {}


@pytest.mark.parametrize("size", [0, 1, 65_537, 16 * 2**20])
def test_buffers_byte_for_byte_both_ways(kernel, size):
    comm = Comm(kernel.client, "echo")
    comm.next()
    sent = [os.urandom(size), b"second"]
    comm.send({}, sent)
    data, received = comm.next()
    assert data["lengths"] == [size, 6]
    assert received == sent


def test_two_clients_with_two_sessions(kernel):
    other = BlockingKernelClient(connection_file=kernel.manager.connection_file)
    other.load_connection_file()
    other.start_channels()
    try:
        other.wait_for_ready(timeout=PATIENCE)
        first, second = Comm(kernel.client, "echo", {"n": 1}), Comm(other, "echo", {"n": 2})
        assert first.next()[0] == {"opened": {"n": 1}}
        assert second.next()[0] == {"opened": {"n": 2}}
        # Both hear of the cells of either, and all of it is of the kernel's one session: JupyterLab drops what is not.
        sessions = set()
        for client, code in ((kernel.client, "'of the first'"), (other, "'of the second'")):
            request = client.execute(code)
            for reader in (kernel.client, other):
                messages = heard_of(request, reader)
                sessions.update(message["header"]["session"] for message in messages)
                assert {message["parent_header"]["session"] for message in messages} == {client.session.session}
                results = [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]
                assert results == [code]
            client.get_shell_msg(timeout=PATIENCE)
        assert len(sessions) == 1
        assert not sessions & {kernel.client.session.session, other.session.session}
    finally:
        other.stop_channels()


def heard_of(request, reader):
    """All that a client hears of a cell."""
    messages = []
    while not messages or messages[-1]["content"].get("execution_state") != "idle":
        message = reader.get_iopub_msg(timeout=PATIENCE)
        if message["parent_header"].get("msg_id") == request:
            messages.append(message)
    return messages


def test_messages_while_an_asynchronous_cell_runs(kernel):
    request = kernel.client.execute("await new Promise((done) => setTimeout(done, 1500)); console.log('end of the cell')")
    comm = Comm(kernel.client, "echo")
    comm.next()
    order = []
    comm.send({"n": 1})
    for message in kernel.until_idle(request):
        if message["msg_type"] == "comm_msg":
            order.append("comm")
        elif message["msg_type"] == "stream":
            order.append("end")
    assert order == ["comm", "end"]
    kernel.client.get_shell_msg(timeout=PATIENCE)


def test_none_of_fifty_thousand_messages_is_lost(kernel):
    """5,000 a second for ten seconds."""
    request = kernel.client.execute(
        """
        const many = comm.open('many');
        for (let second = 0, n = 0; second < 100; second++) {
          for (let i = 0; i < 500; i++) many.send({ n: n++ });
          await new Promise((done) => setTimeout(done, 100));
        }
        """
    )
    numbers = [
        message["content"]["data"]["n"]
        for message in kernel.until_idle(request)
        if message["msg_type"] == "comm_msg"
    ]
    assert numbers == list(range(50_000))
    kernel.client.get_shell_msg(timeout=PATIENCE)


def test_a_handler_that_throws_is_told_and_does_no_harm(kernel):
    kernel.run("comm.registerTarget('bad', (c) => { c.onMsg(() => { throw new Error('in the handler'); }); c.send({}); })")
    comm = Comm(kernel.client, "bad")
    comm.next()
    comm.send({})
    kernel.wait_for_text("in the handler")
    assert kernel.value("1 + 1") == "2"


def test_open_handler_that_throws_closes_with_the_reason(kernel):
    kernel.run("comm.registerTarget('refuses', () => { throw new Error('not today'); })")
    assert Comm(kernel.client, "refuses").next("comm_close")[0] == {"error": "not today"}


def test_messages_wait_for_the_handler_of_a_target_that_takes_its_time(kernel):
    kernel.run(
        """
        let admit = () => {};
        comm.registerTarget('slow', async (channel) => {
          console.log('asked');
          await new Promise<void>((done) => { admit = done; });
          channel.onMsg(({ data }) => channel.send({ got: data }));
        });
        """
    )
    comm = Comm(kernel.client, "slow")
    for n in range(3):
        comm.send({"n": n})
    kernel.wait_for_text("asked")
    kernel.client.execute("admit()")
    comm.send({"n": 3})
    assert [comm.next()[0]["got"]["n"] for _ in range(4)] == [0, 1, 2, 3]
    kernel.client.get_shell_msg(timeout=PATIENCE)


def test_wrong_signature_is_refused(kernel):
    right = kernel.client.session.key
    kernel.client.session.key = b"not the key"
    kernel.client.execute("globalThis.forged = true")
    kernel.client.session.key = right
    assert kernel.value("'forged' in globalThis") == "false"


def test_comms_are_gone_after_a_restart():
    with started() as kernel:
        kernel.run(ECHO)
        comm = Comm(kernel.client, "echo")
        comm.next()
        kernel.manager.restart_kernel(now=False)
        kernel.client.wait_for_ready(timeout=PATIENCE)
        assert kernel.answer_to("comm_info_request")[0]["comms"] == {}
        assert Comm(kernel.client, "echo").next("comm_close")[0] == {}
        assert text_of(kernel.run("console.log('again')")[1]) == "again\n"
