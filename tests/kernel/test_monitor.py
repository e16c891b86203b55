"""A monitor that a cell started: it answers while cells run, are interrupted or block, and goes with its kernel."""

import json
import time
import urllib.error
import urllib.request

import pytest
from kernel_client import PATIENCE, started


def test_lives_as_long_as_its_kernel():
    with started() as kernel:
        printed = kernel.printed(
            """
            import { Dataset } from 'stemma';
            import { monitor } from 'stemma-monitor';
            const running = await monitor.start();
            console.log(JSON.stringify({ url: running.url, token: running.token }));
            """
        )
        where = json.loads(printed)

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


def get(where, path):
    headers = {"Authorization": f"Bearer {where['token']}"}
    with urllib.request.urlopen(urllib.request.Request(f"{where['url']}/api/v1{path}", headers=headers)) as answer:
        return json.load(answer)


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
