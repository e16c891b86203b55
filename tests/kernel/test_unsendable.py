"""Values that are no JSON, or that no other thread can be given: the cell is told, and the next one is answered."""

import pytest

SHOWN = "({ [Symbol.for('Jupyter.display')]: () => (%s) })"


@pytest.mark.parametrize("bundle", ["{ 'text/plain': 'shown', 'x/y': () => 1 }", "{ 'text/plain': 'shown', 'x/y': Symbol('s') }",
                                    "new Proxy({ 'text/plain': 'shown' }, {})"])
def test_what_json_leaves_out_is_left_out(kernel, bundle):
    assert kernel.value(SHOWN % bundle) == "shown"


def test_a_big_integer_in_a_bundle_is_an_error_of_the_cell(kernel):
    reply, messages = kernel.run(SHOWN % "{ 'application/json': { n: 1n } }")
    assert reply["status"] == "error" and "BigInt" in reply["evalue"]
    assert [message["msg_type"] for message in messages] == ["error"]
    expressions = kernel.run("1", user_expressions={"big": SHOWN % "{ 'text/plain': 1n }"})[0]["user_expressions"]
    assert "BigInt" in expressions["big"]["evalue"]


def test_an_error_that_is_named_by_no_text(kernel):
    reply, _ = kernel.run("throw Object.assign(new Error(), { name: Symbol('odd'), message: () => 1, stack: 5 });")
    assert reply["ename"] == "Symbol(odd)" and reply["evalue"] == "() => 1"


def test_a_comm_message_that_is_no_json_throws_where_it_is_sent(kernel):
    code = "import { comm } from 'stemma-kernel'; const channel = comm.open('nobody');"
    assert kernel.run(code)[0]["status"] == "ok"
    reply, _ = kernel.run("channel.send({ n: 1n });")
    assert "BigInt" in reply["evalue"] and "cell-" in "".join(reply["traceback"])
