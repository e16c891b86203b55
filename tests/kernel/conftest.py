import pytest

from kernel_client import started


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
