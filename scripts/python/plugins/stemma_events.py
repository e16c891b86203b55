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
        self.reasons = {}
        self.reruns = {}

    def note(self, **event):
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(event) + "\n")

    def pytest_collectreport(self, report):
        if report.failed:
            self.note(test=report.nodeid, state="failed", why=end_of(report))

    def pytest_runtest_logreport(self, report):
        """A test has three phases, of which the last tells that it is done; one whose worker died has another."""
        if report.outcome == "rerun":  # it failed, and pytest-rerunfailures runs it again
            self.reasons[report.nodeid] = end_of(report)
            self.reruns[report.nodeid] = report.rerun
            return
        if report.nodeid in self.reruns and report.rerun == self.reruns[report.nodeid]:  # the rest of that attempt
            return
        if report.failed:
            self.outcomes[report.nodeid] = "failed"
            self.reasons[report.nodeid] = end_of(report)
        elif report.skipped:
            self.outcomes.setdefault(report.nodeid, "skipped")
        if report.when not in ("setup", "call"):
            state = self.outcomes.pop(report.nodeid, "passed")
            why = self.reasons.pop(report.nodeid, None)
            flaky = {"flaky": True} if why and state == "passed" else {}
            self.note(test=report.nodeid, state=state, **flaky, **({"why": why} if why else {}))

    def pytest_sessionfinish(self):
        self.note(end=True)


def end_of(report):
    """The last lines of what pytest prints of a failure: the error and its place."""
    return "\n".join(report.longreprtext.strip().splitlines()[-12:])
