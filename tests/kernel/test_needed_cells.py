"""The cells of a record: a notebook of those that it needs does the same again, in another kernel."""

import hashlib
import json

from kernel_client import started

RECORD = "await provenance.save('record.json');"
NEEDED = """
const read = await import('stemma');
const record = read.readDocument('record.json');
console.log(JSON.stringify([read.neededCells(record).map(({ source }) => source), read.canonicalHash(record)]));
"""


def needed(kernel):
    """The sources of the needed cells, and the hash of the definition."""
    kernel.run(RECORD)
    return json.loads(kernel.printed(NEEDED))


def ran(kernel, *cells):
    for cell in cells:
        reply, _ = kernel.run(cell)
        assert reply["status"] == "ok", reply


def check_rebuilt(cells, wanted, folder, hash):
    """The needed cells are these, and run in a new kernel; what they record has this hash."""
    assert cells == wanted
    with started(cwd=str(folder)) as kernel:
        ran(kernel, *cells)
        assert needed(kernel)[1] == hash


IMPORTS = "import { Dataset, provenance } from 'stemma';"
HELPER = "const limit = 3;\nfunction scale(n: number): number { return n * limit; }"
TYPES = "interface Row { n: number }"
PIPELINE = "const rows = Dataset.range(9).map((n): Row => ({ n: scale(n) }), 'Scale');"
RUN = "const all = await rows.toArray();"


def test_imports_types_and_helpers_in_cells_of_their_own(fresh_kernel, tmp_path):
    ran(fresh_kernel, "const early = 1;", IMPORTS, HELPER, "const other = 'nothing to do with it';", TYPES, PIPELINE, RUN)
    cells, hash = needed(fresh_kernel)
    check_rebuilt(cells, [IMPORTS, HELPER, TYPES, PIPELINE, RUN], tmp_path, hash)


def test_of_a_cell_that_ran_again_the_version_that_the_function_saw(fresh_kernel, tmp_path):
    kernel = fresh_kernel
    edited = HELPER.replace("3", "4")
    kernel.run_cell(IMPORTS, "a")
    kernel.run_cell(HELPER, "b")
    kernel.run_cell(PIPELINE.replace(": Row", ""), "c")
    kernel.run_cell(RUN, "d")
    kernel.run_cell(edited, "b")
    cells, hash = needed(kernel)
    check_rebuilt(cells, [IMPORTS, HELPER, PIPELINE.replace(": Row", ""), RUN], tmp_path, hash)
    kernel.run_cell(RUN, "d")
    # Names are live: the functions of the pipeline saw both.
    assert needed(kernel)[0] == [IMPORTS, HELPER, PIPELINE.replace(": Row", ""), edited, RUN]


def test_cells_that_change_what_others_declared(fresh_kernel, tmp_path):
    settings = "const settings = { by: 2 }; const seen: number[] = []; let count = 0;"
    changes = ["settings.by = 5;", "seen.push(7);", "count++;", "(globalThis as any).extra = 1;"]
    pipeline = "const sum = await Dataset.range(4).map((n) => n * settings.by + seen[0] + count, 'Sum').toArray();"
    harmless = ["settings.by;", "const copy = { ...settings };"]
    ran(fresh_kernel, IMPORTS, settings, *harmless, *changes, pipeline, "settings.by = 9;")
    cells, hash = needed(fresh_kernel)
    check_rebuilt(cells, [IMPORTS, settings, *changes, pipeline], tmp_path, hash)


def test_files_that_cells_import_have_hashes(fresh_kernel, tmp_path):
    data = '{"by": 3}'
    code = "import data from './data.json';\nexport const scale = (n: number): number => n * data.by;\n"
    lock = '{"lockfileVersion": 3}'
    for name, text in {"data.json": data, "local.ts": code, "package-lock.json": lock}.items():
        (tmp_path / name).write_text(text)
    ran(fresh_kernel, IMPORTS, "import { scale } from './local';", "await Dataset.range(4).map((n) => scale(n)).toArray()")
    printed = fresh_kernel.printed(
        "const { session, environment } = provenance.document();"
        "console.log(JSON.stringify([session.files, environment.lockFile]));"
    )
    files, locked = json.loads(printed)
    assert {one["path"]: one["sha256"] for one in [*files, locked]} == {
        name: hashlib.sha256(text.encode()).hexdigest()
        for name, text in {"data.json": data, "local.ts": code, "package-lock.json": lock}.items()
    }
