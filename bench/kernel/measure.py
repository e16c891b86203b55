"""Measures kernels through jupyter_client; prints one JSON object a line: {"group", "what", "values" in ms}."""

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from queue import Empty

import zmq
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "kernel"))
from kernel_client import PATIENCE, Comm, Kernel  # noqa: E402

BLOCKERS = {
    "while (true)": "while (true) {}",
    "microtasks only": "while (true) await null;",
    "synchronous parse": "for (;;) JSON.parse('[' + '1,'.repeat(2e7) + '1]').length;",
}
KERNELS = {"stock tslab": "stock-tslab", "stemma": "stemma"}


def report(group, what, values):
    print(json.dumps({"group": group, "what": what, "values": [1000 * value for value in values]}), flush=True)


def timed(action):
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


class Started(Kernel):
    def __init__(self, name):
        super().__init__(*start_new_kernel(kernel_name=name, startup_timeout=PATIENCE))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def beside(rounds, warm_up=20, cells=40):
    """
    Both kernels in turn, new ones in each round: from the start of the process to the first result, then of one cell after another. The same
    text again costs the compiler little, so that the kernel's own share shows; a new one each time is what people write.
    """
    starts = {label: [] for label in KERNELS}
    latencies = {label: [] for label in KERNELS}
    new_texts = {label: [] for label in KERNELS}
    for _ in range(rounds):
        for label, name in KERNELS.items():
            begin = time.perf_counter()
            with Started(name) as kernel:
                kernel.run("1 + 1")
                starts[label].append(time.perf_counter() - begin)
                try:
                    for cell in range(warm_up + cells):
                        seconds = timed(lambda: kernel.run("1 + 1", patience=5))
                        if cell >= warm_up:
                            latencies[label].append(seconds)
                    for cell in range(cells):
                        new_texts[label].append(timed(lambda: kernel.run(f"1 + {cell + 2}", patience=5)))
                except Empty:
                    print(f"{label} left a cell without an answer, and is started again", file=sys.stderr)
    for group, values in {"start": starts, "latency": latencies, "new text": new_texts}.items():
        for label in KERNELS:
            report(group, label, values[label])


def busy(label, code, samples=100):
    with Started("stemma") as kernel:
        kernel.run("import { Dataset } from 'stemma'; await Dataset.range(1000).map((n) => n).count();")
        kernel.client.execute(f"console.log('ready'); await null;\n{code}")
        kernel.wait_for_text("ready")
        time.sleep(0.5)
        report(label, "kernel_info", [kernel.answer_to("kernel_info_request", channel="control")[1] for _ in range(samples)])
        report(label, "a page's snapshot", [timed(lambda: Comm(kernel.client, "stemma", {"protocol": 1}).next_of("snapshot")) for _ in range(samples)])
        page = Comm(kernel.client, "stemma", {"protocol": 1})
        page.next_of("snapshot")

        def ask():
            page.send({"type": "resync"})
            page.next_of("snapshot")

        report(label, "a comm message's answer", [timed(ask) for _ in range(samples)])
        report(label, "heartbeat", heartbeats(kernel, samples))
        report(label, "until an interrupt is answered", [timed(lambda: (kernel.interrupt(), drain(kernel)))])


def drain(kernel):
    while kernel.client.get_shell_msg(timeout=PATIENCE)["msg_type"] != "execute_reply":
        pass


def heartbeats(kernel, samples):
    info = kernel.manager.get_connection_info()
    with zmq.Context() as context, context.socket(zmq.REQ) as socket:
        socket.connect(f"tcp://{info['ip']}:{info['hb_port']}")

        def beat():
            socket.send(b"ping")
            socket.recv()

        return [timed(beat) for _ in range(samples)]


def main(rounds):
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / "kernels" / "stock-tslab"
        spec.mkdir(parents=True)
        argv = [shutil.which("node"), str(ROOT / "node_modules" / "tslab" / "bin" / "tslab"), "kernel", "--config-path", "{connection_file}"]
        (spec / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "tslab", "language": "typescript"}))
        os.environ["JUPYTER_PATH"] = folder
        assert "stemma" in KernelSpecManager().find_kernel_specs(), "the kernel is not installed: npm run build"
        beside(rounds)
        for label, code in BLOCKERS.items():
            busy(label, code)


main(int(sys.argv[1]))
