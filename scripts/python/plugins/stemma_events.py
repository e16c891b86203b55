"""A plugin of pytest that notes each test as soon as it is done: see scripts/support/running/events.mjs."""

import json
import os


def pytest_configure(config):
    path = os.environ.get("STEMMA_TEST_EVENTS")
    # The workers of pytest-xdist report to the process that has started them.
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Events(path))


class Events:
    def __init__(self, path):
        self.path = path
        self.outcomes = {}

    def note(self, **event):
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(event) + "\n")

    def pytest_collectreport(self, report):
        if report.failed:
            self.note(test=report.nodeid, state="failed")

    def pytest_runtest_logreport(self, report):
        """A test has three phases, of which the last tells that it is done; one whose worker died has another."""
        if report.failed:
            self.outcomes[report.nodeid] = "failed"
        elif report.skipped:
            self.outcomes.setdefault(report.nodeid, "skipped")
        if report.when not in ("setup", "call"):
            self.note(test=report.nodeid, state=self.outcomes.pop(report.nodeid, "passed"))

    def pytest_sessionfinish(self):
        self.note(end=True)
