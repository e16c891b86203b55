"""Runs the cells of `cells.json` in one notebook; prints what each shows, as a JSON array."""

import json
from pathlib import Path

import nbclient
import nbformat

cells = [nbformat.v4.new_code_cell(code) for code in json.loads(Path("cells.json").read_text())]
kernel = {"name": "stemma", "display_name": "TypeScript (Stemma)", "language": "typescript"}
notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
nbclient.NotebookClient(notebook, timeout=120, iopub_timeout=120, allow_errors=True).execute()


def shown(cell):
    """The text of the last output."""
    output = cell.outputs[-1]
    return output["data"]["text/plain"] if "data" in output else output.get("text", "\n".join(output.get("traceback", [])))


print(json.dumps([shown(cell) for cell in notebook.cells]))
