"""What stacks show wherever a user meets one: their own calls, and nothing of the kernel, Node, Stemma or packages."""

import re

import pytest

from kernel_client import started, text_of
from test_cells import error_of

FOREIGN = re.compile(r"node_modules|node:|/(dist|src)/|\(<anonymous>\)|\(index \d+\)|__cells?__")
FAILS = "Dataset.range(3).map(() => { throw new Error('boom') }, 'Boom')"


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stacks")
    package = folder / "node_modules" / "thrower"
    package.mkdir(parents=True)
    (package / "index.js").write_text(
        "exports.call = (f) => inner(f);\nfunction inner(f) { return f(); }\n"
        "exports.later = () => new Promise((_, no) => setTimeout(() => no(new Error('of the package')), 1));\n"
    )
    (folder / "waits.ts").write_text("export const v = await Promise.resolve(1);\n")
    (folder / "broken.json").write_text("{ 'no' }")
    (folder / "fails.ts").write_text("\nexport const made = (() => { throw new Error('at load'); })();\n")
    (folder / "asks.ts").write_text("import './nothere';\nexport const asked = 1;\n")
    (folder / "reads.mjs").write_text("export const value = await Promise.reject(new Error('waited'));\n")
    with started(cwd=str(folder)) as kernel:
        assert kernel.run("import { Dataset } from 'stemma'; import { call, later } from 'thrower';")[0]["status"] == "ok"
        yield kernel


# Code that prints or shows an error, and the line of the cell that it names.
SHOWN = {
    "a failed item, printed": (f"try {{\n  await {FAILS}.toArray() }} catch (e) {{ console.log(e) }}", 2),
    "a text that was thrown, printed": ("try {\n await Dataset.range(3).map(() => { throw 'text' }).toArray() } catch (e) { console.log(e) }", 2),
    "a failed item, to stderr": (f"try {{\n  await {FAILS}.toArray() }} catch (e) {{ console.error(e) }}", 2),
    "the stack alone": (f"try {{\n  await {FAILS}.count() }} catch (e: any) {{ console.log(e.stack) }}", 2),
    "a loop": (f"try {{\n  for await (const n of {FAILS}) n; }} catch (e) {{ console.log(e) }}", 2),
    "an error": ("\nconsole.log(new Error('x'))", 2),
    "an error as value": ("\nnew Error('x')", 2),
    "a list of them": ("\n[new Error('x')]", 2),
    "a rejected promise as value": ("\nconst no = Promise.reject(new Error('x')); no.catch(() => {}); no", 2),
    "a cause": ("\nnew Error('x', { cause: new Error('y') })", 2),
    "a wrong option": ("try {\n  Dataset.range(3).batch(0) } catch (e) { console.log(e) }", 2),
    "by Array.map": ("\ntry { [1].map(() => { throw new Error('x') }) } catch (e) { console.log(e) }", 2),
    "through a package": ("try {\n  call(() => { throw new Error('x') }) } catch (e) { console.log(e) }", 2),
    "captured": ("const holder: any = {};\nError.captureStackTrace(holder); holder.stack", 2),
    "traced": ("\nconsole.trace('here')", 2),
    "a callback": ("await new Promise((r) => setTimeout(() => {\n  console.log(new Error('x')); r(0) }, 1))", 2),
    "a required file of data": ("\ntry { require('./broken.json') } catch (e) { console.log(e) }", 2),
    "a required file": ("\ntry { require('./fails') } catch (e) { console.log(e) }", 2),
}


def shown(messages):
    results = [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]
    return "".join([text_of(messages), text_of(messages, "stderr"), *results])


@pytest.mark.parametrize("code, line", SHOWN.values(), ids=SHOWN.keys())
def test_errors_that_are_shown_have_the_users_own_calls(kernel, code, line):
    reply, messages = kernel.run(code)
    assert reply["status"] == "ok", reply
    text = shown(messages)
    assert re.search(rf"cell-\d+\.ts:{line}:\d+", text), text
    assert not FOREIGN.search(text), text


# An import that fails, what its message says, and what of the files is named.
IMPORTS = {
    "no file": ("import './nothere'", "Cannot find module './nothere'", None),
    "no package": ("import 'no-such-package'", "Cannot find module 'no-such-package'", None),
    "a file that fails": ("import './fails'", "at load", "fails.ts:2:"),
    "a file without its import": ("import './asks'", "Cannot find module './nothere'", "asks.ts"),
    "a file that waits": ("import { v } from './waits'; v", "waits.ts has a top-level await", None),
    "a module that fails late": ("import './reads.mjs'", "waited", "reads.mjs:1:"),
}


@pytest.mark.parametrize("code, message, file", IMPORTS.values(), ids=IMPORTS.keys())
def test_an_import_that_fails_names_the_import(kernel, code, message, file):
    error = error_of(kernel, f"\n{code}")
    text = "\n".join(error["traceback"])
    assert message in error["evalue"] and "__cells__" not in error["evalue"]
    assert re.search(r"^    at cell-\d+\.ts:2:1$", text, re.M), text
    frames = [line for line in error["traceback"] if line.startswith("    at ")]
    assert not FOREIGN.search("\n".join(frames)), text
    if file is not None:
        assert file in text


@pytest.mark.parametrize("call", ["await import('./nothere' as string)", "require('./nothere')"])
def test_a_call_that_finds_no_file_names_no_file_of_the_kernels(kernel, call):
    for code in (f"try {{ {call} }} catch (e) {{ console.log(e) }}", f"try {{ {call} }} catch (e: any) {{ console.log(e.message) }}"):
        text = kernel.printed(code)
        assert "Cannot find module './nothere'" in text
        assert not FOREIGN.search(text), text
    error = error_of(kernel, call)
    assert "there is no such file" in error["traceback"][-1]
    assert not FOREIGN.search("\n".join(error["traceback"])), error


def test_the_calls_of_a_package_stay_where_they_are_the_only_trace(kernel):
    text = kernel.printed("await later().catch((e: Error) => console.log(e.stack))")
    assert re.search(r"thrower/index\.js:3:\d+", text), text
    assert "node:" not in text


def test_a_rejection_names_the_cell_that_made_the_promise_though_another_runs(fresh_kernel):
    kernel = fresh_kernel
    kernel.run("import { Dataset } from 'stemma';")
    kernel.run(
        "const late = Dataset.range(9).map(async (n) => { await new Promise((r) => setTimeout(r, 20));"
        " if (n === 5) throw new Error('five'); return n; }).toArray(); 1"
    )
    _, messages = kernel.run("await new Promise((r) => setTimeout(r, 800)); 2")
    printed = text_of(messages, "stderr")
    assert "nobody handled it, in code of cell [2]" in printed
