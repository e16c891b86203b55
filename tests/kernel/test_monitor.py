"""A monitor that a cell started: it answers while cells run, are interrupted or block, and goes with its kernel."""

import json
import os
import time
import urllib.error
import urllib.request

import pytest
from kernel_client import PATIENCE, started


@pytest.fixture
def kernel():
    """One for each test, in a folder from which the monitor's package is found."""
    with started() as kernel:
        yield kernel


START = """
import { Dataset } from 'stemma';
import { monitor } from 'stemma-monitor';
const running = await monitor.start(OPTIONS);
"""


def test_lives_as_long_as_its_kernel(kernel):
    kernel.run(START.replace("OPTIONS", ""))
    where = address(kernel)

    kernel.run("await Dataset.range(10).map((n) => n * 2, 'Double').count();")
    assert until(where, lambda document: outputs(document).get("Double") == 10)

    # A cell that keeps the thread, and its interrupt.
    request = kernel.client.execute(
        """
        await Dataset.range(3, 'Blocked rows').map((n) => { console.log('ready'); while (true) {} }, 'Block').count();
        """
    )
    kernel.wait_for_text("ready")
    assert outputs(get(where, "/document")).get("Block") == 0
    kernel.interrupt()
    reply, _ = kernel.outcome(request)
    assert reply["ename"] == "Interrupted"

    # What the interrupted cell left does not keep the monitor from following what comes after.
    kernel.run("await Dataset.range(7, 'After').count();")
    assert until(where, lambda document: outputs(document).get("After") == 7)

    # Once more: the same monitor.
    assert kernel.value("(await monitor.start()).url === running.url") == "true"

    kernel.manager.restart_kernel(now=True)
    with pytest.raises(urllib.error.URLError):
        get(where, "/health")


def test_stays_where_the_cell_that_started_it_is_interrupted(kernel):
    request = kernel.client.execute(START.replace("OPTIONS", "") + "console.log('ready'); await new Promise(() => {});")
    kernel.wait_for_text("ready")
    kernel.interrupt()
    reply, _ = kernel.outcome(request)
    assert reply["ename"] == "Interrupted"

    where = address(kernel)
    kernel.run("await Dataset.range(7, 'After').count();")
    assert until(where, lambda document: outputs(document).get("After") == 7)


def test_a_connection_that_fails_leaves_the_one_that_works(kernel):
    kernel.run(START.replace("OPTIONS", ""))
    where = address(kernel)
    url, token = where["url"], where["token"]
    with started() as other:
        other.run("import { Dataset } from 'stemma';\nimport { monitor } from 'stemma-monitor';")
        assert other.run(f"await monitor.connect({url!r}, {token!r}); null")[0]["status"] == "ok"
        reply, _ = other.run(f"\nawait monitor.connect({url!r}, 'wrongtokenwrongtoken')")
        assert "refused the report: the token is wrong" in reply["evalue"]
        # The cell's line alone.
        assert [line[: line.rindex(":")] for line in reply["traceback"][1:]] == ["    at cell-3.ts:2"], reply
        other.run("await Dataset.range(7, 'After').count();")
        assert until(where, lambda document: outputs(document).get("After") == 7)
        assert {session["state"] for session in get(where, "/sessions")["items"]} == {"live"}


def test_a_restart_frees_its_port_and_leaves_nothing(kernel):
    """The kernel is asked to end, as JupyterLab does it, while the page follows and a pipeline runs."""
    kernel.run(START.replace("OPTIONS", ""))
    where = address(kernel)
    kernel.client.execute("await Dataset.range(1e12, 'Before').map((n) => n, 'Endless').count();")
    assert until(where, lambda document: outputs(document).get("Before", 0) > 0)
    with opened(where, "/events") as events:
        assert events.readline().startswith(b"retry: ")
        process = kernel.manager.provisioner.process
        kernel.manager.restart_kernel(now=False)
        # It ended by itself: where it does not, the manager kills it.
        assert process.returncode == 0
        # The group has the processes that it started, and all of their threads.
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
        with pytest.raises(urllib.error.URLError):
            get(where, "/health")

        kernel.client.wait_for_ready(timeout=PATIENCE)
        port = where["url"].split(":")[-1]
        kernel.run(START.replace("OPTIONS", f"{{ port: {port} }}"))
        again = address(kernel)
        assert again["url"] == where["url"]
        kernel.run("await Dataset.range(7, 'Anew').count();")
        assert until(again, lambda document: outputs(document) == {"Anew": 7, "count": 1})


def address(kernel):
    """Where the monitor listens that a cell has started, and its token."""
    return json.loads(kernel.printed("console.log(JSON.stringify({ url: running.url, token: running.token }));"))


def get(where, path):
    with opened(where, path) as answer:
        return json.load(answer)


def opened(where, path):
    headers = {"Authorization": f"Bearer {where['token']}"}
    return urllib.request.urlopen(urllib.request.Request(f"{where['url']}/api/v1{path}", headers=headers))


def until(where, wanted):
    """Whether the document comes to be as wanted."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if wanted(get(where, "/document")):
            return True
        time.sleep(0.05)
    return False


def outputs(document):
    return {process["label"]: process["execution"]["itemsOut"] for process in document["processes"]}
