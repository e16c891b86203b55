"""Widgets of a cell, by the protocol of ipywidgets; the test is the front end. tests/browser/widgets.test.ts has the real one."""

import pytest
from kernel_client import Comm

MAKE = """
import { widget } from 'stemma-kernel';
const slider = widget({
  state: { value: 3, bytes: new Uint8Array([1, 2, 3]) },
  render: ({ model, el }) => { el.textContent = model.get('value'); },
});
slider.on('value', (value) => console.log('now', value));
slider
"""


@pytest.fixture
def widget(fresh_kernel):
    """The kernel, the message that opened the widget's comm, the front end's end of it, and what the cell showed."""
    reply, messages = fresh_kernel.run(MAKE)
    assert reply["status"] == "ok", reply
    opened = next(m for m in messages if m["msg_type"] == "comm_open")
    shown = next(m["content"]["data"] for m in messages if m["msg_type"] == "execute_result")
    return fresh_kernel, opened, Comm(fresh_kernel.client, "", comm_id=opened["content"]["comm_id"]), shown


def test_opens_a_model_of_anywidget_and_shows_a_view_of_it(widget):
    _, opened, comm, shown = widget
    assert opened["content"]["target_name"] == "jupyter.widget"
    assert opened["metadata"]["version"] == "2.1.0"
    data = opened["content"]["data"]
    assert data["state"]["_model_module"] == "anywidget" and data["state"]["_model_name"] == "AnyModel"
    assert "export default" in data["state"]["_esm"] and "el.textContent" in data["state"]["_esm"]
    assert data["state"]["value"] == 3
    assert data["buffer_paths"] == [["bytes"]] and bytes(opened["buffers"][0]) == b"\x01\x02\x03"
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == comm.id


def test_a_change_in_the_page_reaches_the_cell_and_other_pages(widget):
    kernel, _, comm, _ = widget
    comm.send({"method": "update", "state": {"value": 8}, "buffer_paths": []})
    assert comm.next()[0] == {"method": "echo_update", "state": {"value": 8}, "buffer_paths": []}
    kernel.wait_for_text("now 8")
    assert kernel.value("slider.get('value')") == "8"


def test_bytes_from_the_page(widget):
    kernel, _, comm, _ = widget
    comm.send({"method": "update", "state": {"bytes": None}, "buffer_paths": [["bytes"]]}, [b"\x07"])
    comm.next()
    assert "[ 7 ]" in kernel.value("[...slider.get('bytes')]")
    comm.send({"method": "update", "state": {}, "buffer_paths": [["__proto__", "polluted"], 5, []]}, [b"x"] * 3)
    comm.next()
    assert kernel.value("'polluted' in {}") == "false"


def test_a_change_in_a_cell_reaches_the_page(widget):
    kernel, _, comm, _ = widget
    _, messages = kernel.run("slider.set({ value: 5 })")
    [update] = [m["content"]["data"] for m in messages if m["msg_type"] == "comm_msg"]
    assert update == {"method": "update", "state": {"value": 5}, "buffer_paths": []}


def test_a_page_that_is_loaded_again_finds_it(widget):
    kernel, _, comm, _ = widget
    kernel.run("slider.set({ value: 11 })")
    comm.send({"method": "request_state"})
    data, buffers = comm.next()
    while data["state"] == {"value": 11}:
        data, buffers = comm.next()
    assert data["state"]["value"] == 11 and data["state"]["_view_name"] == "AnyView" and buffers == [b"\x01\x02\x03"]

    control = Comm(kernel.client, "jupyter.widget.control")
    control.send({"method": "request_states"})
    data, buffers = control.next()
    assert data["states"][comm.id]["model_name"] == "AnyModel"
    assert data["states"][comm.id]["state"]["value"] == 11
    assert data["buffer_paths"] == [[comm.id, "state", "bytes"]]


def test_messages_of_ones_own(widget):
    kernel, _, comm, _ = widget
    kernel.run("slider.onCustom((content) => slider.send({ got: content }))")
    comm.send({"method": "custom", "content": {"n": 1}})
    assert comm.next()[0] == {"method": "custom", "content": {"got": {"n": 1}}}


def test_closing_it_takes_it_out_of_the_page(widget):
    kernel, _, comm, _ = widget
    _, messages = kernel.run("slider.close()")
    assert [m["content"]["comm_id"] for m in messages if m["msg_type"] == "comm_close"] == [comm.id]
    assert comm.id not in kernel.answer_to("comm_info_request")[0]["comms"]
