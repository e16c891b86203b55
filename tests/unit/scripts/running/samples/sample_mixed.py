"""One test of each kind, for the test of the plugin: one passes, one fails, one is skipped, one fails before it starts, one afterwards."""

import pytest


@pytest.fixture
def broken():
    raise RuntimeError("the fixture has failed")


@pytest.fixture
def untidy():
    yield
    raise RuntimeError("the fixture has failed afterwards")


def test_passes():
    pass


def test_fails():
    assert False


@pytest.mark.skip
def test_is_skipped():
    pass


def test_cannot_start(broken):
    pass


def test_cannot_end(untidy):
    pass
