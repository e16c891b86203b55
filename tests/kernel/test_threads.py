"""What becomes of the kernel when the thread of the sockets cannot go on."""

import os
import time

from jupyter_client.manager import KernelManager
from kernel_client import PATIENCE

WITHOUT_ZEROMQ = """
const { isMainThread } = require('node:worker_threads');
const Module = require('node:module');
const load = Module._load;
if (!isMainThread) Module._load = (name, ...rest) => { if (name === 'zeromq') throw new Error('no zeromq here'); return load(name, ...rest); };
"""


def test_a_kernel_without_sockets_ends(tmp_path):
    preload = tmp_path / "preload.cjs"
    preload.write_text(WITHOUT_ZEROMQ)
    manager = KernelManager(kernel_name="stemma")
    manager.start_kernel(cwd=str(tmp_path), env={**os.environ, "NODE_OPTIONS": f"--require {preload}"})
    try:
        end = time.monotonic() + PATIENCE
        while manager.is_alive():
            assert time.monotonic() < end, "the kernel is alive and deaf"
            time.sleep(0.1)
    finally:
        manager.shutdown_kernel(now=True)
