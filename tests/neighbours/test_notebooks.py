"""The demo notebook in the hands of programs that run and convert notebooks."""

import json
from pathlib import Path

import nbformat
import papermill
import pytest
from jsonschema import Draft202012Validator
from nbclient import NotebookClient
from nbconvert import HTMLExporter, MarkdownExporter, PythonExporter, ScriptExporter

SCHEMAS = Path(__file__).resolve().parents[2] / "schema"
PROVENANCE = "application/vnd.stemma.provenance.v1+json"
# A busy machine shows outputs later than the four seconds for which nbclient waits after a cell has ended.
PATIENCE = 120


@pytest.fixture(scope="module")
def executed(digits):
    """The notebook as papermill has run it."""
    target = digits / "executed.ipynb"
    papermill.execute_notebook(
        str(digits / "digits.ipynb"), str(target), cwd=str(digits), kernel_name="stemma", progress_bar=False,
        start_timeout=PATIENCE, iopub_timeout=PATIENCE,
    )
    return nbformat.read(target, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_papermill_runs_every_cell(executed, digits):
    nbformat.validate(executed)
    assert [cell.metadata.papermill.status for cell in code_cells(executed)] == ["completed"] * len(code_cells(executed))
    assert not [o for cell in code_cells(executed) for o in cell.outputs if o.output_type == "error"]
    schema = json.loads((SCHEMAS / "provenance.schema.json").read_text())
    document = json.loads((digits / "digits.provenance.json").read_text())
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []


def test_nbclient_gives_what_a_cell_shows(tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("import { Dataset } from 'stemma';\nDataset.range(20, 'Rows').map((n) => n * n, 'Square')"),
            nbformat.v4.new_code_cell("throw new Error('on purpose');"),
            nbformat.v4.new_code_cell("1 + 1"),
        ]
    )
    client = NotebookClient(
        notebook, kernel_name="stemma", iopub_timeout=PATIENCE, resources={"metadata": {"path": str(tmp_path)}}, allow_errors=True
    )
    client.execute()
    nbformat.validate(notebook)
    [shown] = notebook.cells[0].outputs
    assert set(shown.data) == {PROVENANCE, "text/html", "text/plain"}
    [error] = notebook.cells[1].outputs
    assert (error.output_type, error.evalue) == ("error", "on purpose")
    assert notebook.cells[2].outputs[0].data["text/plain"] == "2"


def test_nbconvert_makes_pages_and_a_script_of_it(executed):
    page, _ = HTMLExporter().from_notebook_node(executed)
    assert "Dataset" in page and "<script>alert" not in page
    text, _ = MarkdownExporter().from_notebook_node(executed)
    assert "```typescript" in text
    script, resources = ScriptExporter().from_notebook_node(executed)
    assert resources["output_extension"] == ".ts"
    assert "from 'stemma'" in script
    # One for another language takes it for comments and code; it must not fail.
    assert PythonExporter().from_notebook_node(executed)[0]
