"""What goes wrong is told, and the next cell is answered."""

import signal
import socket

import pytest
import zmq
from jupyter_client.restarter import KernelRestarter
from kernel_client import PATIENCE, text_of


def test_garbage_on_the_sockets(kernel):
    ports = kernel.manager.get_connection_info()
    frames = [[], [b""], [b"<IDS|MSG>"], [b"<IDS|MSG>", b"0" * 64, b"{}", b"{}", b"{}", b"{}"], [b"x" * 1_000_000], [b"<IDS|MSG>"] * 20]
    context = zmq.Context()
    for name in ("shell_port", "control_port", "stdin_port"):
        dealer = context.socket(zmq.DEALER)
        dealer.connect(f"tcp://127.0.0.1:{ports[name]}")
        for parts in frames:
            dealer.send_multipart(parts or [b""])
        dealer.close(linger=500)
    context.term()
    for name in ("shell_port", "iopub_port", "hb_port"):
        with socket.create_connection(("127.0.0.1", ports[name])) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\n\r\n" + bytes(range(256)))
    assert kernel.answer_to("kernel_info_request", channel="control")[0]["status"] == "ok"
    assert kernel.answer_to("kernel_info_request")[0]["status"] == "ok"
    with zmq.Context() as context, context.socket(zmq.REQ) as heartbeat:
        heartbeat.linger = 0
        heartbeat.connect(f"tcp://127.0.0.1:{ports['hb_port']}")
        heartbeat.send(b"ping")
        assert heartbeat.poll(PATIENCE * 1000) and heartbeat.recv() == b"ping"
    assert kernel.value("1 + 1") == "2"


def test_a_message_that_is_sent_again_is_not_obeyed_again(fresh_kernel):
    kernel = fresh_kernel
    kernel.run("let runs = 0;")
    session = kernel.client.session
    request = session.msg("execute_request", {"code": "runs += 1;"})
    frames = session.serialize(request)
    for channel in ("shell", "control", "shell"):
        getattr(kernel.client, f"{channel}_channel").socket.send_multipart(frames)
    kernel.outcome(request["header"]["msg_id"])
    assert kernel.value("runs") == "1"


def test_messages_that_nest_too_deep(fresh_kernel):
    kernel = fresh_kernel
    deep = b"[" * 200_000 + b"]" * 200_000
    for kind in ("execute_request", "complete_request", "inspect_request", "history_request", "is_complete_request", "comm_info_request",
                 "kernel_info_request", "comm_open", "comm_msg", "input_reply"):
        for part in ("content", "metadata"):
            request = kernel.client.session.msg(kind)
            frames = kernel.client.session.serialize(request)
            frames[-2 if part == "metadata" else -1] = b'{"code": ' + deep + b', "comm_id": "x", "target_name": "stemma"}'
            frames[-5] = kernel.client.session.sign(frames[-4:])
            kernel.client.shell_channel.socket.send_multipart(frames)
            if kind.endswith("_request"):
                reply, messages = kernel.outcome(request["header"]["msg_id"])
                assert (reply["status"], reply["evalue"]) == ("error", f"its {part} has more than 1000 levels")
                errors = [m["content"]["evalue"] for m in messages]
                assert errors == ([reply["evalue"]] if kind == "execute_request" else [])
    assert kernel.value("1 + 1") == "2"


def test_a_message_that_nests_too_deep_does_not_end_the_cell_that_runs(fresh_kernel):
    kernel = fresh_kernel
    running = kernel.client.execute("console.log('ready'); await new Promise(() => {});")
    kernel.wait_for_text("ready")
    request = kernel.client.session.msg("execute_request", {"code": [[[]]] * 2})
    frames = kernel.client.session.serialize(request)
    frames[-1] = b'{"code": ' + b"[" * 2000 + b"]" * 2000 + b"}"
    frames[-5] = kernel.client.session.sign(frames[-4:])
    kernel.client.shell_channel.socket.send_multipart(frames)
    states = []
    while states[-1:] != [(True, "busy")]:
        message = kernel.wait_for("status")
        states.append((message["parent_header"].get("msg_id") == running, message["content"]["execution_state"]))
    assert states == [(False, "busy"), (False, "idle"), (True, "busy")]
    kernel.interrupt()
    assert kernel.outcome(running)[0]["ename"] == "Interrupted"


def test_ten_megabytes_printed_in_a_loop(kernel):
    code = "for (let i = 0; i < 10_000; i++) process.stdout.write('x'.repeat(1023) + '\\n');"
    assert len(kernel.printed(code)) == 10_000 * 1024


def test_an_error_in_a_callback(kernel):
    request = kernel.client.execute("setTimeout(() => { throw new Error('in a timer'); }, 50); await new Promise((done) => setTimeout(done, 300));")
    _, messages = kernel.outcome(request)
    assert "in a timer" in text_of(messages, "stderr")
    assert kernel.value("1 + 1") == "2"


def test_values_that_cannot_be_shown(kernel):
    reply, messages = kernel.run("({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no picture'); } })")
    assert reply["status"] == "error" and reply["evalue"] == "no picture"
    assert [m["msg_type"] for m in messages] == ["error"]
    assert kernel.value("1 + 1") == "2"


def test_a_cell_of_a_megabyte(kernel):
    assert kernel.value("'" + "a" * 2**20 + "'.length") == str(2**20)


def test_user_code_that_replaces_what_the_kernel_uses(kernel):
    kernel.run("globalThis.setImmediate = null as any; globalThis.queueMicrotask = null as any; JSON.stringify = () => 'no'; console.log = () => {};")
    assert kernel.value("1 + 1") == "2"
    timers = "setTimeout(() => process.stdout.write('a'), 5); setTimeout(() => process.stdout.write('b'), 10);"
    assert kernel.printed(timers + "await new Promise((done) => setTimeout(done, 50)); process.stdout.write('c')") == "abc"


def test_a_recorder_that_throws_is_no_reason_for_a_cell_to_fail(fresh_kernel):
    kernel = fresh_kernel
    kernel.run("import 'stemma'; (globalThis as any)[Symbol.for('stemma.session')].enterCell = () => { throw new Error('broken'); };")
    assert kernel.value("1 + 1") == "2"
    assert kernel.value("2 + 2") == "4"


def test_process_exit_restarts_cleanly(fresh_kernel):
    kernel = fresh_kernel
    kernel.client.execute("const before = 1;")
    kernel.client.execute("console.log('last words'); process.exit(3)")
    error = None
    while error is None:
        message = kernel.client.get_iopub_msg(timeout=PATIENCE)
        error = message["content"] if message["msg_type"] == "error" else None
    assert error["evalue"] == "process.exit(3) ends the kernel: Jupyter starts it again, and all variables are gone"
    assert kernel.manager.provisioner.process.wait(timeout=PATIENCE) == 3
    # What Jupyter's server asks every three seconds.
    KernelRestarter(kernel_manager=kernel.manager).poll()
    kernel.client.wait_for_ready(timeout=PATIENCE)
    assert "Cannot find name 'before'" in kernel.run("before")[0]["evalue"]


@pytest.mark.parametrize("handler", ["() => { throw new Error('in the handler'); }", "() => { for (;;) {} }"])
def test_an_exit_handler_that_fails_leaves_no_deaf_kernel(fresh_kernel, handler):
    fresh_kernel.client.execute(f"process.on('exit', {handler}); process.exit(3)")
    assert fresh_kernel.manager.provisioner.process.wait(timeout=PATIENCE) == (3 if "throw" in handler else -signal.SIGKILL)


def test_shutdown_ends_a_blocked_kernel(fresh_kernel):
    kernel = fresh_kernel
    kernel.client.execute("console.log('ready'); while (true) {}")
    kernel.wait_for_text("ready")
    kernel.client.shutdown()
    kernel.manager.provisioner.process.wait(timeout=PATIENCE)
