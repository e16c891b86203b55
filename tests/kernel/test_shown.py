"""What cells show, whatever it is, leaves a notebook that nbclient, papermill and nbconvert can read, and a wrong bundle is an error of its cell."""

import json

import nbformat
import papermill
import pytest
from nbconvert import HTMLExporter, MarkdownExporter

from kernel_client import PATIENCE

DISPLAY = "import { display } from 'stemma-kernel'; "
RESULT_OF = 'the result of [Symbol.for("Jupyter.display")]()'
RESULT = "({ [Symbol.for('Jupyter.display')]: () => (%s) })"

# The data of a bundle, and what a notebook gets of it.
KEPT = {
    "the bytes of a PNG": ("{ 'image/png': Buffer.from('iVBORw==', 'base64') }", {"image/png": "iVBORw=="}),
    "a typed array": ("{ 'image/jpeg': new Uint8Array([1, 2, 3, 4]).subarray(1, 3) }", {"image/jpeg": "AgM="}),
    "an array buffer": ("{ 'application/pdf': new Uint8Array([1, 2]).buffer }", {"application/pdf": "AQI="}),
    "base64": ("{ 'image/png': 'iVBO\\nRw==' }", {"image/png": "iVBO\nRw=="}),
    "bytes of a type of one's own": ("{ 'application/vnd.own': new Uint8Array([255]) }", {"application/vnd.own": "/w=="}),
    "text of a type of one's own": ("{ 'application/vnd.own': 'as it is' }", {"application/vnd.own": "as it is"}),
    "lines": ("{ 'text/html': ['<b>', '3</b>'], 'image/svg+xml': ['<svg/>'] }", {"text/html": "<b>3</b>", "image/svg+xml": "<svg/>"}),
    "JSON": ("{ 'application/json': [1, null, 'a', { b: [true] }] }", {"application/json": [1, None, "a", {"b": [True]}]}),
    "JSON that is a text": ("{ 'application/json': '{}' }", {"application/json": "{}"}),
    "members that are undefined": ("{ 'text/html': undefined, 'application/geo+json': { a: undefined, b: 1 } }", {"application/geo+json": {"b": 1}}),
    "toJSON": ("{ 'application/json': { at: new Date(0) } }", {"application/json": {"at": "1970-01-01T00:00:00.000Z"}}),
    "the same object twice": ("(() => { const one = { n: 1 }; return { 'application/json': [one, one] }; })()", {"application/json": [{"n": 1}, {"n": 1}]}),
    "a proxy": ("new Proxy({ 'text/plain': 'shown' }, {})", {"text/plain": "shown"}),
    "half a character": ("{ 'text/plain': 'a\\ud83d', 'application/json': ['\\ude00', '\\\\ud83d', '😀'] }",
                         {"text/plain": "a\ufffd", "application/json": ["\ufffd", "\\ud83d", "😀"]}),
    "200 levels": ("(() => { let v: unknown = 1; for (let i = 0; i < 200; i++) v = [v]; return { 'application/json': v }; })()", None),
}

# The data of a bundle, and the error that its cell gets.
REFUSED = {
    "nothing": ("undefined", "invalid {}: expected an object such as { 'text/html': '<b>3</b>' }, got undefined"),
    "null": ("null", "invalid {}: expected an object such as { 'text/html': '<b>3</b>' }, got null"),
    "text": ("'<b>3</b>'", "invalid {}: expected an object such as { 'text/html': '<b>3</b>' }, got text"),
    "a list": ("[1, 2]", "invalid {}: expected an object such as { 'text/html': '<b>3</b>' }, got [ 1, 2 ]"),
    "no data": ("{ 'text/html': undefined }", "invalid {}: expected an object such as { 'text/html': '<b>3</b>' }, got one without data"),
    "a name that is no MIME type": ("{ html: '<b>3</b>' }", "invalid {}: expected MIME types such as \"text/html\", got \"html\""),
    "a number as text": ("{ 'text/html': 5 }", 'invalid data of "text/html": expected text, got 5'),
    "null as text": ("{ 'text/plain': null }", 'invalid data of "text/plain": expected text, got null'),
    "bytes as text": ("{ 'image/svg+xml': Buffer.from('<svg/>') }",
                      'invalid data of "image/svg+xml": expected text, got <Buffer 3c 73 76 67 2f 3e>: decode it, e.g. with toString("utf8")'),
    "a list of numbers as text": ("{ 'text/markdown': ['a', 1] }", "invalid data of \"text/markdown\": expected text, got [ 'a', 1 ]"),
    "a function": ("{ 'text/plain': 'shown', 'x/y': () => 1 }", 'invalid data of "x/y": expected text or bytes, got a function'),
    "an object as a picture": ("{ 'image/png': { type: 'Buffer', data: [1] } }",
                               "invalid data of \"image/png\": expected bytes (a Buffer or Uint8Array) or base64 text, got { type: 'Buffer', data: [Array] }"),
    "text as a picture": ("{ 'image/png': 'data:image/png;base64,iVBORw==' }",
                          'invalid data of "image/png": expected bytes or base64 text, got text that is not base64'),
    "base64 that is cut off": ("{ 'image/png': 'iVBORw' }", 'invalid data of "image/png": expected bytes or base64 text, got text that is not base64'),
    "a JSON type that notebooks keep as text": ("{ 'model/gltf+json': {} }", 'invalid data of "model/gltf+json": expected text or bytes, got {}'),
    "a big integer": ("{ 'application/json': { n: [1n] } }", 'invalid data of "application/json": expected JSON, got 1n at n[0]'),
    "NaN": ("{ 'application/vnd.plotly.v1+json': { data: [{ y: [1, NaN] }] } }",
            'invalid data of "application/vnd.plotly.v1+json": expected JSON, got NaN at data[0].y[1]'),
    "infinity": ("{ 'application/json': -Infinity }", 'invalid data of "application/json": expected JSON, got -Infinity'),
    "undefined in a list": ("{ 'application/json': [1, undefined] }", 'invalid data of "application/json": expected JSON, got undefined at [1]'),
    "a hole": ("{ 'application/json': [1, , 2] }", 'invalid data of "application/json": expected JSON, got undefined at [1]'),
    "a function in JSON": ("{ 'application/json': { 'on click': () => 1 } }", 'invalid data of "application/json": expected JSON, got a function at ["on click"]'),
    "a symbol": ("{ 'application/json': { s: Symbol('s') } }", 'invalid data of "application/json": expected JSON, got Symbol(s) at s'),
    "a map": ("{ 'application/json': new Map([[1, 2]]) }", 'invalid data of "application/json": expected JSON, got Map(1) { 1 => 2 }'),
    "a typed array in JSON": ("{ 'application/json': { y: new Float32Array(2) } }",
                              'invalid data of "application/json": expected JSON, got Float32Array(2) [ 0, 0 ] at y'),
    "a cycle": ("(() => { const a: any = { b: [] }; a.b.push(a); return { 'application/json': a }; })()",
                'invalid data of "application/json": expected JSON, got a cycle at b[0]'),
    "201 levels": ("(() => { let v: unknown = 1; for (let i = 0; i < 201; i++) v = [v]; return { 'application/json': v }; })()",
                   'invalid data of "application/json": expected JSON, got more than 200 levels'),
    "200,000 levels": ("(() => { let v: unknown = 1; for (let i = 0; i < 200_000; i++) v = [v]; return { 'application/json': v }; })()",
                       'invalid data of "application/json": expected JSON, got more than 200 levels'),
}

OPTIONS = {
    "metadata that is no object": ("{ metadata: 5 as any }", "invalid metadata of an output: expected an object, got 5"),
    "metadata that is no JSON": ("{ metadata: { width: NaN } }", "invalid metadata of an output: expected JSON, got NaN at width"),
    "metadata that is null": ("{ metadata: null as any }", "invalid metadata of an output: expected an object, got null"),
    "an id that is no text": ("{ id: [1] as any }", "invalid id of display: expected text, got [ 1 ]"),
    "an update of nothing": ("{ update: true }", 'an update needs the "id" of the display that it replaces'),
    "no options": ("null as any", "invalid options of display: expected an object, got null"),
}

# Cells that show something odd by other ways, and how they end.
ODD = {
    "console.log('half a character', '\\ud800', 'and NUL \\0')": "half a character \ufffd and NUL \0\n",
    "void process.stdout.write('\\x1b[31mred\\x1b[0m\\r\\b')": "\x1b[31mred\x1b[0m\r\b",
    "void process.stdout.write(new Uint8Array([0xff, 0xfe, 0x41]))": "\ufffd\ufffdA",
    "void process.stdout.write('f09f9880', 'hex')": "😀",
    "console.log('x'.repeat(5_000_000))": "x" * 5_000_000 + "\n",
    "console.log('😀'.repeat(3_000_000))": "😀" * 3_000_000 + "\n",
    "let deep: unknown = 1; for (let i = 0; i < 100_000; i++) deep = { deep }; console.log(deep)": "{ deep: { deep: { deep: [Object] } } }\n",
    "new Proxy({ a: 1 }, { get() { throw new Error('do not look'); } })": {"text/plain": "{ a: 1 }"},
    "({ get [Symbol.for('Jupyter.display')]() { throw new Error('no'); } })":
        {"text/plain": "{ [Symbol(Jupyter.display)]: [Getter] }"},
    "({ get a() { throw new Error('no'); } })": {"text/plain": "{ a: [Getter] }"},
    "({ [Symbol.for('Jupyter.display')]: () => new Proxy({}, { ownKeys() { throw new Error('no keys'); } }) })": ("Error", "no keys"),
    "({ [Symbol.for('Jupyter.display')]: async () => { throw undefined; } })": ("Thrown", "undefined"),
    "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw null; } })": ("Thrown", "null"),
    "throw undefined": ("Thrown", "undefined"),
    "throw null": ("Thrown", "null"),
    "throw Symbol('s')": ("Thrown", "Symbol(s)"),
    "throw '\\ud800'": ("Thrown", "\ufffd"),
    "throw () => 1": ("Thrown", "[Function (anonymous)]"),
    "throw Object.create(null)": ("Thrown", "[Object: null prototype] {}"),
    "throw Object.freeze({ a: 1 })": ("Thrown", "{ a: 1 }"),
    "throw Object.freeze(new RangeError('frozen'))": ("RangeError", "frozen"),
    "const c: any = {}; c.c = c; throw c": ("Thrown", "<ref *1> { c: [Circular *1] }"),
    "throw new Proxy({}, { getPrototypeOf() { throw new Error('no'); } })":
        ("Thrown", "what was thrown cannot be shown: it throws an error itself when it is looked at"),
    "throw { [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no'); } }":
        ("Thrown", "what was thrown cannot be shown: it throws an error itself when it is looked at"),
    "throw Object.assign(new Error(), { name: Symbol('odd'), message: () => 1, stack: 5 })": ("Symbol(odd)", "() => 1"),
    "throw Object.assign(new Error('m'), { name: null, stack: { a: 1 } })": ("null", "m"),
    "throw Object.assign(new Error('m'), { name: Object.create(null), message: [1, { a: 2 }] })": ("[Object: null prototype] {}", "[ 1, { a: 2 } ]"),
    "throw Object.defineProperty(new Error('m'), 'stack', { get() { throw 1; } })": ("Error", "m"),
    "throw Object.defineProperty(new Error('m'), 'message', { get() { throw 1; } })": ("Error", "(its message cannot be read)"),
    "throw Object.defineProperty(new Error('m'), 'cause', { get() { throw 1; } })": ("Error", "m"),
    "throw Object.defineProperty(new Error('m'), 'name', { get() { throw 1; } })": ("(its name cannot be read)", "m"),
    "const e: any = new Error('own cause'); e.cause = e; throw e": ("Error", "own cause"),
    "const a: any = new AggregateError([], 'all'); a.errors = Array(8).fill(0).map(() => Object.assign(new AggregateError([], 'part'), { errors: [a, a, a] })); throw a":
        ("AggregateError", "all"),
    "throw Object.assign(new AggregateError([], 'no list'), { errors: 5 })": ("AggregateError", "no list"),
    "throw new Error('\\ud800 \\0')": ("Error", "\ufffd \0"),
    "throw new Error('m'.repeat(1_000_000))": ("Error", "m" * 200_000 + "… (800000 more characters)"),
    "Promise.reject(new Proxy(new Error('stray'), { get() { throw 1; } })); await new Promise((done) => setTimeout(done, 20)); 'alive'":
        {"text/plain": "'alive'"},
}


def notebook_of(cells):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in cells])
    notebook.metadata.kernelspec = {"name": "stemma", "display_name": "TypeScript (Stemma)", "language": "typescript"}
    return notebook


def executed(folder, cells):
    """What papermill makes of a notebook of these cells (each may fail), read back from its file."""
    nbformat.write(notebook_of(cells), folder / "in.ipynb")
    for cell in (notebook := nbformat.read(folder / "in.ipynb", 4)).cells:
        cell.metadata.tags = ["raises-exception"]
    nbformat.write(notebook, folder / "in.ipynb")
    try:
        papermill.execute_notebook(str(folder / "in.ipynb"), str(folder / "out.ipynb"), cwd=str(folder), progress_bar=False,
                                   start_timeout=PATIENCE, iopub_timeout=PATIENCE)
    except papermill.PapermillExecutionError:
        pass  # Of a cell that is to fail; the file has all of them, and a note of papermill's own.
    notebook = nbformat.read(folder / "out.ipynb", 4)
    nbformat.validate(notebook)
    for exporter in (HTMLExporter(), MarkdownExporter()):
        text, _ = exporter.from_notebook_node(notebook)
        text.encode()
    return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]


def data_of(outputs):
    return [output["data"] for output in outputs]


def error_of(outputs):
    [error] = outputs
    return error["ename"], error["evalue"]


def test_bundles_that_are_kept(tmp_path):
    data = [code for code, _ in KEPT.values()]
    outputs = executed(tmp_path, [f"{DISPLAY}display({code} as any)" for code in data] + [RESULT % code for code in data])
    for (name, (_, wanted)), shown, result in zip(KEPT.items(), outputs, outputs[len(data):]):
        assert len(data_of(shown)) == 1 and data_of(shown) == data_of(result), name
        assert wanted is None or data_of(shown) == [wanted], name


def test_bundles_that_are_errors_of_their_cell(tmp_path):
    cases = {name: case for name, case in REFUSED.items() if name != "nothing"}
    results = executed(tmp_path, [RESULT % code for code, _ in cases.values()])
    for (name, (_, wanted)), outputs in zip(cases.items(), results):
        assert error_of(outputs) == ("TypeError", wanted.replace("invalid {}:", f"invalid {RESULT_OF}:")), name
    results = executed(tmp_path, [f"{DISPLAY}display({code} as any)" for code, _ in REFUSED.values()])
    for (name, (_, wanted)), outputs in zip(REFUSED.items(), results):
        assert error_of(outputs) == ("TypeError", wanted.replace("invalid {}:", "invalid output:")), name
        assert "cell-" in "".join(outputs[0]["traceback"]), name
    results = executed(tmp_path, [f"{DISPLAY}display({{ 'text/plain': 'a' }}, {options})" for options, _ in OPTIONS.values()])
    for (name, (_, wanted)), outputs in zip(OPTIONS.items(), results):
        assert error_of(outputs) == ("TypeError", wanted), name


def test_displays_of_tslab(tmp_path):
    cells = ["tslab.display.png(new Uint8Array([1, 2, 3]))", "tslab.display.html('<b>3</b>')", "tslab.display.raw('application/json', '{}')",
             "const shown = tslab.newDisplay(); shown.text('a'); shown.text('b')", "tslab.display.html(5 as any)", "tslab.display.html(undefined as any)"]
    outputs = executed(tmp_path, ["import * as tslab from 'tslab'; " + cells[0], *cells[1:]])
    assert [data_of(shown) for shown in outputs[:4]] == [
        [{"image/png": "AQID"}], [{"text/html": "<b>3</b>"}], [{"application/json": "{}"}], [{"text/plain": "b"}]]
    assert error_of(outputs[4]) == ("TypeError", 'invalid data of "text/html": expected text, got 5')
    assert error_of(outputs[5])[0] == "TypeError"


def test_whatever_else_a_cell_shows(tmp_path):
    outputs = executed(tmp_path, ODD)
    for (code, wanted), shown in zip(ODD.items(), outputs):
        if isinstance(wanted, str):
            assert "".join(output.get("text", str(output)) for output in shown) == wanted, code
        elif isinstance(wanted, dict):
            assert [output["data"] for output in shown if output["output_type"] == "execute_result"] == [wanted], code
        else:
            assert error_of(shown) == wanted, code
            assert all(isinstance(line, str) for line in shown[0]["traceback"]), code


@pytest.mark.parametrize("code, wanted", [("{ 'text/plain': 1n }", 'expected text, got 1n'), ("{ 'application/json': [NaN] }", "expected JSON, got NaN at [0]")])
def test_expressions_of_a_request(kernel, code, wanted):
    expressions = kernel.run("1", user_expressions={"odd": RESULT % code, "fine": "1 + 1"})[0]["user_expressions"]
    assert wanted in expressions["odd"]["evalue"] and expressions["fine"]["data"] == {"text/plain": "2"}
    json.dumps(expressions)
