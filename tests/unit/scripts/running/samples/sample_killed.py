"""A run that ends in its second test."""

import os


def test_passes():
    pass


def test_takes_all_with_it():
    os.kill(os.getpid(), 9)
