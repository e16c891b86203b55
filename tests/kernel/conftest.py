import pytest

from kernel_client import started


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
