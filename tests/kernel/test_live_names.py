"""Variables are variables: one live binding for each top-level name, whoever holds it and whatever becomes of a cell."""

import json
import re

import pytest
from kernel_client import Comm


def error_of(kernel, code):
    reply, _ = kernel.run(code)
    assert reply["status"] == "error", reply
    return reply


def test_functions_pipelines_timers_and_comms_see_later_values(fresh_kernel):
    kernel = fresh_kernel
    kernel.run(
        """
        import { Dataset } from 'stemma';
        import { comm } from 'stemma-kernel';
        let limit = 5;
        const below = (n: number) => n < limit;
        const ds = Dataset.range(10).filter((n) => n < limit);
        comm.registerTarget('limit', (channel) => channel.onMsg(() => channel.send({ limit })));
        const told: number[] = [];
        const timer = setInterval(() => told.push(limit), 5);
        """
    )
    assert kernel.value("await ds.count()") == "5"
    kernel.run("limit = 8;")
    assert kernel.value("below(6)") == "true"
    assert kernel.value("await ds.count()") == "8"
    page = Comm(kernel.client, "limit")
    page.send({})
    assert page.next()[0] == {"limit": 8}
    kernel.run("while (told.at(-1) !== 8) await new Promise((done) => setTimeout(done, 5)); clearInterval(timer);")
    kernel.run("let limit = 3;")
    assert kernel.value("[below(6), await ds.count()]") == "[ false, 3 ]"


LOOP = "console.log('ready'); const model = await new Promise<string>(() => {})"
BUSY = "const model = (() => { console.log('ready'); for (;;); })()"
HALF = "let steps = 0; console.log('ready'); while (true) steps++;"


@pytest.mark.parametrize("code", [LOOP, BUSY])
def test_an_interrupted_run_keeps_the_value_of_what_it_would_have_set(kernel, code):
    kernel.run("const model = 'trained'; const read = () => model;")
    request = kernel.client.execute(code)
    kernel.wait_for_text("ready")
    kernel.interrupt()
    reply, _ = kernel.outcome(request)
    assert reply["status"] == "error"
    assert kernel.value("model + read()") == "'trainedtrained'"


def test_an_interrupted_loop_keeps_what_it_has_counted(kernel):
    kernel.run("let steps = -1; const counted = () => steps;")
    request = kernel.client.execute(HALF)
    kernel.wait_for_text("ready")
    kernel.interrupt()
    assert kernel.outcome(request)[0]["ename"] in ("Interrupted", "Error")
    assert kernel.value("steps >= 0 && counted() === steps") == "true"


def test_a_failed_run_and_one_that_does_not_compile_keep_values_and_types(kernel):
    kernel.run("let old = 'kept'; const lengthOfOld = () => old.length;")
    assert error_of(kernel, "throw new Error('x'); let old = 5;")["evalue"] == "x"
    assert error_of(kernel, "let old: number = 'text'")["ename"] == "TypeScriptError"
    assert kernel.value("old.toUpperCase() + lengthOfOld()") == "'KEPT4'"


def test_errors_name_things_as_they_were_written(kernel):
    kernel.run("let thing: any; const obj: any = undefined;")
    assert error_of(kernel, "thing()")["evalue"] == "thing is not a function"
    assert error_of(kernel, "new thing()")["evalue"] == "thing is not a constructor"
    assert error_of(kernel, "new (class extends thing {})()")["evalue"].startswith("Class extends value undefined")
    assert error_of(kernel, "for (const x of thing) ;")["evalue"] == "thing is not iterable"
    assert re.search(r"cell-\d+\.ts:2:3", "\n".join(error_of(kernel, "\n  thing()")["traceback"]))
    assert kernel.printed("try { thing() } catch (error) { console.log(error) }").startswith("TypeError: thing is not a function")
    assert error_of(kernel, "const early = () => late; early(); const late = 1;")["evalue"] == "Cannot access 'late' before initialization"


def test_the_record_has_the_code_as_it_was_written(fresh_kernel):
    kernel = fresh_kernel
    kernel.run("import { Dataset } from 'stemma'; let limit = 5; const helper = (n: number) => n < limit;")
    page = Comm(kernel.client, "stemma", {"protocol": 1})
    kernel.run("await Dataset.range(9).filter((n) => n < limit && helper(n)).map((n): number => n * limit).filter(helper).count()")
    page.send({"type": "document", "request": "x"})
    document = page.next_of("document")[0]["document"]
    labels = [process["label"] for process in document["processes"]]
    assert "(n) => n < limit && helper(n)" in labels
    assert "helper" in labels
    sources = [process["code"]["source"] for process in document["processes"] if process.get("code")]
    assert "(n): number => n * limit" in sources
    assert "(n: number) => n < limit" in sources
    assert "$" not in json.dumps([labels, sources])


def test_completion_and_hover_know_the_latest_declaration(kernel):
    kernel.run("let shape = 1")
    kernel.run("let shape = { width: 1, height: 2 }")
    assert kernel.answer_to("complete_request", {"code": "shape.wi", "cursor_pos": 8})[0]["matches"] == ["width"]
    hover = kernel.answer_to("inspect_request", {"code": "shape", "cursor_pos": 2, "detail_level": 0})[0]
    assert "width: number" in hover["data"]["text/plain"]
    assert "shape" in kernel.answer_to("complete_request", {"code": "sha", "cursor_pos": 3})[0]["matches"]


def test_cells_for_tslab_run(kernel):
    _, messages = kernel.run("import * as tslab from 'tslab'; tslab.display.html('<b>x</b>'); tslab.newDisplay().text('y');")
    shown = [m["content"]["data"] for m in messages if m["msg_type"] == "display_data"]
    assert shown == [{"text/html": "<b>x</b>"}, {"text/plain": "y"}]
    kernel.run("/** @module shapes */\nexport const area = (r: number): number => r * r;")
    assert kernel.value("import { area } from './shapes'; area(3)") == "9"


def test_errors_of_imported_files_name_their_lines(fresh_kernel, tmp_path):
    kernel = fresh_kernel
    (tmp_path / "lib.ts").write_text("interface Row {\n  n: number;\n}\nexport function half(row: Row): number {\n  if (row.n < 0) throw new RangeError('negative');\n  return row.n / 2;\n}\n")
    (tmp_path / "wrong.ts").write_text("\nexport const wrong: number = 'text';\n")
    traceback = "\n".join(error_of(kernel, "import { half } from './lib';\nhalf({ n: -1 })")["traceback"])
    assert f"at half ({tmp_path}/lib.ts:5:24)" in traceback
    assert "cell-1.ts:2:1" in traceback
    assert error_of(kernel, "import { wrong } from './wrong'")["evalue"] == "wrong.ts:2:14 - Type 'string' is not assignable to type 'number'."
    (tmp_path / "fails.ts").write_text("type T = 1;\n\nthrow new Error('at load');\n")
    assert f"{tmp_path}/fails.ts:3:7" in "\n".join(error_of(kernel, "import './fails'")["traceback"])


def test_the_documentation_says_what_is_thrown_and_shows_the_example(kernel):
    kernel.run(
        "/** Halves it.\n * @param n a number\n * @returns its half\n * @throws where it is odd\n"
        " * @example\n * halve(4); // 2 */\nfunction halve(n: number): number { return n / 2; }"
    )
    hover = kernel.answer_to("inspect_request", {"code": "halve", "cursor_pos": 3, "detail_level": 0})[0]
    lines = hover["data"]["text/plain"].split("\n")
    assert lines[0] == "function halve(n: number): number" and "Halves it." in lines
    assert {"@param n a number", "@returns its half", "@throws where it is odd"} <= set(lines)
    assert lines[lines.index("@example") + 1] == "halve(4); // 2"
