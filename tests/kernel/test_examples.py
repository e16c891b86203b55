"""The examples of docs/how-to/widgets.md, and those beside what the package exports, run as they stand."""

import re
from pathlib import Path

import pytest
from kernel_client import PATIENCE, Comm

ROOT = Path(__file__).resolve().parents[2]
COMMS, WIDGETS = re.findall(r"^```ts\n(.*?)^```", (ROOT / "docs" / "how-to" / "widgets.md").read_text(), re.DOTALL | re.MULTILINE)

COMMENTED = {
    name: example.replace(" * ", "")
    for example, name in re.findall(
        r"@example\n((?: \* .*\n)+) \*/\nexport (?:const|function) (\w+)", (ROOT / "kernel-bridge" / "src" / "index.ts").read_text()
    )
}


def test_channels(fresh_kernel):
    kernel = fresh_kernel
    reply, messages = kernel.run(COMMS)
    assert reply["status"] == "ok", reply
    assert [m["msg_type"] for m in messages] == ["comm_open", "comm_msg", "comm_close"]
    page = Comm(kernel.client, "echo", {"from": "page"})
    assert page.next()[0] == {"hello": {"from": "page"}}
    page.send({"n": 1}, [b"bytes"])
    assert page.next() == ({"n": 1}, [b"bytes"])
    page.close()
    kernel.wait_for_text("the page is gone")


def test_widgets(fresh_kernel):
    kernel = fresh_kernel
    reply, messages = kernel.run(WIDGETS)
    assert reply["status"] == "ok", reply
    opened = next(m["content"] for m in messages if m["msg_type"] == "comm_open")
    page = Comm(kernel.client, "", comm_id=opened["comm_id"])
    page.send({"method": "update", "state": {"value": 8}, "buffer_paths": []})
    kernel.wait_for_text("the page says 8")


@pytest.mark.parametrize("name", COMMENTED)
def test_what_the_package_exports(kernel, name):
    request = kernel.client.execute(f"import {{ {name} }} from 'stemma-kernel';\n{COMMENTED[name]}", allow_stdin=True)
    if name == "input":
        assert kernel.client.get_stdin_msg(timeout=PATIENCE)["content"]["prompt"] == "What is your name? "
        kernel.client.input("Ada")
    reply, messages = kernel.outcome(request)
    assert reply["status"] == "ok", reply
    shown = [m["content"]["data"] for m in messages if m["msg_type"].endswith("display_data")]
    assert shown == ([{"text/html": "<b>3</b> of 10"}, {"text/html": "<b>4</b> of 10"}] if name == "display" else [])


def test_all_that_show_an_example_are_looked_at():
    assert set(COMMENTED) == {"comm", "display", "input"}
