import itertools
import os
import socket

import pytest
from jupyter_client.connect import LocalPortCache

from kernel_client import started

# Processes that start kernels at the same moment may be given the same ports by the system, which knows of none until the
# kernels listen. So each has a range of its own, below those that the system deals out.
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
_PORTS = itertools.count(20_000 + 4_000 * _WORKER)


def _find_own_port(_cache, ip):
    for port in _PORTS:
        with socket.socket() as probe:
            try:
                probe.bind((ip, port))
            except OSError:
                continue
        return port


LocalPortCache.find_available_port = _find_own_port


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A test of jupyter_kernel_test that lacks its sample skips itself: here that is a failure."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="module")
def kernel():
    """One kernel for the tests of a file."""
    with started() as kernel:
        yield kernel


@pytest.fixture
def fresh_kernel(tmp_path):
    """A kernel of the test's own, in an empty folder."""
    with started(cwd=str(tmp_path)) as kernel:
        yield kernel
