"""What the functions of a notebook capture: names of other cells by their bindings, variables of functions, imports."""

import json

CODES = """
console.log(JSON.stringify(provenance.document().processes.map(({ label, code }) => [label, code && code.captures])));
"""


def captures(kernel, label):
    """What the function of a step captures, by name."""
    found = dict(json.loads(kernel.printed(CODES)))[label]
    return {capture["name"]: capture for capture in found}


def test_names_of_cells_and_of_functions(fresh_kernel, tmp_path):
    kernel = fresh_kernel
    (tmp_path / "local.ts").write_text("const offset = 7;\nexport const shift = (n: number): number => n + offset;\n")
    for cell in [
        "import { Dataset, decodeImage, provenance } from 'stemma'; import { join } from 'node:path';",
        "import { shift } from './local';",
        "let limit = 5; const scale = (n: number): number => n * limit; const $ = 'dollar';",
        "const add = (by: number) => (n: number) => scale(n) + by + $.length;",
        "const ds = Dataset.range(3).map(add(2), 'Add').map((n) => shift(n), 'Shift');",
        "const other = Dataset.range(3).map((n) => [n, typeof decodeImage, join('a', 'b')], 'Packages');",
        "limit = 6;",
        "await ds.count(); await other.count();",
    ]:
        reply, _ = kernel.run(cell)
        assert reply["status"] == "ok", reply
    add = captures(kernel, "Add")
    assert add["by"]["value"] == 2
    assert add["$"]["value"] == "dollar"
    assert add["scale"]["code"]["source"] == "(n: number): number => n * limit"
    assert add["scale"]["captures"] == [{"name": "limit", "type": "number", "value": 6}]
    (shift,) = captures(kernel, "Shift").values()
    assert shift["name"] == "shift"
    assert shift["captures"] == [{"name": "offset", "type": "number", "value": 7}]
    packages = captures(kernel, "Packages")
    assert packages["decodeImage"] == {"name": "decodeImage", "type": "function", "package": "stemma"}
    kernel.run("limit = 9;")
    kernel.run("await ds.count()")
    assert captures(kernel, "Add")["scale"]["captures"][0]["value"] == 9
