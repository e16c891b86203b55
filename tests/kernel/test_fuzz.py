"""Whatever is sent and whatever is shown, the kernel goes on. `npm run soak` tries more of it."""

import os
from datetime import date

import nbformat
import pytest
import zmq
from fuzz import SHOWN, Fuzz
from kernel_client import PATIENCE

IS_SOAK = bool(os.environ.get("STEMMA_SOAK"))
# Of the day, so that all processes of a run agree on them.
SEEDS = [date.today().toordinal() * 100 + i for i in range(20)] if IS_SOAK else [1]
MESSAGES = 2_000 if IS_SOAK else 300
CELLS = 300 if IS_SOAK else 60
OUTPUTS = {"stream", "display_data", "execute_result", "error"}


def memory_of(kernel):
    """Resident bytes of the kernel's process."""
    with open(f"/proc/{kernel.manager.provisioner.pid}/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("seed", SEEDS)
def test_any_messages(fresh_kernel, seed):
    kernel, fuzz = fresh_kernel, Fuzz(seed)
    kernel.run("import { Dataset } from 'stemma'; await Dataset.range(10).count();")
    before = memory_of(kernel)
    ports = kernel.manager.get_connection_info()
    with zmq.Context() as context:
        sockets = [context.socket(zmq.DEALER) for _ in range(3)]
        for one, name in zip(sockets, ("shell_port", "control_port", "stdin_port")):
            one.linger = 0
            one.connect(f"tcp://127.0.0.1:{ports[name]}")
        for sent in range(MESSAGES):
            fuzz.random.choice(sockets).send_multipart(fuzz.frames(kernel.client.session))
            if sent % 100 == 99:
                assert kernel.answer_to("kernel_info_request", channel="control")[0]["status"] == "ok"
                # An interrupt that was among the messages may still stop this cell.
                while kernel.run("1 + 1")[0]["status"] != "ok":
                    pass
        for one in sockets:
            one.close()
    # The results of what was sent before may still come.
    request = kernel.client.execute("40 + 2")
    results = [m for m in kernel.until_idle(request) if m["msg_type"] == "execute_result"]
    assert [m["content"]["data"]["text/plain"] for m in results if m["parent_header"]["msg_id"] == request] == ["42"]
    assert memory_of(kernel) < before + 300e6


@pytest.mark.parametrize("seed", SEEDS)
def test_any_output(fresh_kernel, seed):
    kernel, fuzz = fresh_kernel, Fuzz(seed)
    kernel.run("import { display } from 'stemma-kernel';")
    for _ in range(CELLS):
        code = fuzz.random.choice(SHOWN).replace("$1", f"({fuzz.expression()})")
        reply, messages = kernel.run(code, PATIENCE)
        assert reply["status"] in ("ok", "error"), code
        if reply["status"] == "error":
            assert all(isinstance(reply[name], str) for name in ("ename", "evalue")), code
        cell = nbformat.v4.new_code_cell(code, outputs=[nbformat.v4.output_from_msg(m) for m in messages if m["msg_type"] in OUTPUTS])
        notebook = nbformat.v4.new_notebook(cells=[cell])
        nbformat.validate(notebook)
        assert nbformat.reads(nbformat.writes(notebook), as_version=4) == notebook, code
    assert kernel.value("1 + 1") == "2"
