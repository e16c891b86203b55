"""Values that are no JSON, or that no other thread can be given: the cell is told, and the next one is answered."""


def test_an_error_that_is_named_by_no_text(kernel):
    reply, _ = kernel.run("throw Object.assign(new Error(), { name: Symbol('odd'), message: () => 1, stack: 5 });")
    assert reply["ename"] == "Symbol(odd)" and reply["evalue"] == "() => 1"


def test_a_comm_message_that_is_no_json_throws_where_it_is_sent(kernel):
    code = "import { comm } from 'stemma-kernel'; const channel = comm.open('nobody');"
    assert kernel.run(code)[0]["status"] == "ok"
    reply, _ = kernel.run("channel.send({ n: 1n });")
    assert "BigInt" in reply["evalue"] and "cell-" in "".join(reply["traceback"])
