"""What the record says of a loop in a cell: read to its end, left early, or failed in its body."""

import json

import pytest

SETUP = """
import { Dataset, provenance, tensors } from 'stemma';
const rows = Dataset.fromArray([5, 6, 7, 8], 'Rows').map((n) => n + 1, 'Add');
const tf = { tensor: () => ({ dispose() {} }) } as any;
const quiet = async (work: () => Promise<unknown>) => { try { await work(); } catch {} };
const check = async (n: number) => { await null; if (n > 6) throw new Error(`no ${n}`); };
"""
REPORT = """
console.log(JSON.stringify(provenance.document().runs.slice(seen).map(({ state, failure: f }) => [state, f && f.message, f && f.index, f && f.origin])));
"""


@pytest.fixture(scope="module")
def loops(kernel):
    reply, _ = kernel.run(SETUP)
    assert reply["status"] == "ok", reply
    return kernel


STOPPED = ["stopped", None, None, None]
COMPLETE = ["complete", None, None, None]


def failed(message, index=2, origin="Rows item 2"):
    return ["failed", message, index, origin]


@pytest.mark.parametrize("code, runs", [
    ("for await (const n of rows) if (n === 8) break;", [STOPPED]),
    ("for await (const n of rows) { if (n < 9) continue; }", [COMPLETE]),
    ("const find = async () => { for await (const n of rows) { if (n === 8) return n; } }; await find();", [STOPPED]),
    ("for await (const n of rows) if (n === 8) throw new TypeError('eight');", [failed("eight")]),
    ("for await (const n of rows) { if (n === 8) { const m: any = null; m.x; } }", [failed("Cannot read properties of null (reading 'x')")]),
    ("for await (const n of rows) { await check(n); }", [failed("no 7", 1, "Rows item 1")]),
    ("for await (const n of rows) try { await check(n); } catch {}", [COMPLETE]),
    ("for await (const n of rows) { try { await check(n); } catch { break; } }", [STOPPED]),
    ("await quiet(async () => { for await (const n of rows) if (n === 8) throw new Error('caught'); });", [failed("caught")]),
    ("try { for await (const n of rows) break; throw new Error('after'); } catch {}", [STOPPED]),
    ("for await (const n of rows) break;\nthrow new Error('after');", [STOPPED]),
    ("outer: for (const epoch of [0, 1]) for await (const n of rows) { if (epoch === 0) continue outer; break outer; }", [STOPPED, STOPPED]),
    ("for await (const n of rows) for await (const m of rows) if (m === 8) throw new Error('inner');", [failed("inner", 0, "Rows item 0"), failed("inner")]),
    ("for await (const n of rows) { for await (const m of [1, 2]) try { throw new Error('of a list'); } catch {} break; }", [STOPPED]),
    ("for await (const t of tensors(tf, rows.batch(2))) throw new Error('diverged');", [failed("diverged", 0, "Rows item 0 and 1 more")]),
    ("await rows.forEach((n) => { if (n === 8) throw new Error('sink'); });", [failed("sink")]),
    ("const first = async function* () { for await (const n of rows) yield n; };\nfor await (const n of first()) throw new Error('of a generator');", [STOPPED]),
])
def test_a_loop_ends(loops, code, runs):
    loops.run("globalThis.seen = provenance.document().runs.length; declare global { var seen: number }")
    loops.run(code)
    assert json.loads(loops.printed(REPORT)) == runs


def test_a_file_that_a_cell_imports_is_no_different(loops, tmp_path):
    (tmp_path / "train.ts").write_text(
        "export async function train(rows: AsyncIterable<number>, at: number) {\n  for await (const n of rows) {\n"
        "    if (n === at) throw new Error('in a file');\n    if (n > at) break;\n  }\n}\n"
    )
    loops.run(f"globalThis.seen = provenance.document().runs.length; import {{ train }} from {str(tmp_path / 'train')!r};")
    loops.run("await train(rows, 8).catch(() => undefined); await train(rows, 7.5);")
    assert json.loads(loops.printed(REPORT)) == [failed("in a file"), STOPPED]
