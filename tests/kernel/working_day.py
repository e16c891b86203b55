"""One notebook of a long working day: its folder, its kernel, and cells of which each has an expected outcome."""

import json
import re
import subprocess

from kernel_client import text_of

ANSI = re.compile(r"\x1b\[[0-9;]*m")


class Notebook:
    """Cells are given with what they must show. Those with an id run as JupyterLab runs one again."""

    def __init__(self, kernel, folder):
        self.kernel = kernel
        self.folder = folder
        self.cells = 0

    def cell(self, code, value=None, prints=None, fails=None, cell=None, shows=None):
        """Runs a cell: the text of its value, what it prints, a part of the error that it ends with, the MIME types that it displays."""
        self.cells += 1
        cell = cell or f"cell-{self.cells}"
        self.check(code, *self.kernel.run_cell(code, cell), value, prints, fails, shows)

    def check(self, code, reply, messages, value=None, prints=None, fails=None, shows=None):
        about = f"cell {self.cells} in {self.folder.name}:\n{code}\n"
        if fails is None:
            assert reply["status"] == "ok", about + ANSI.sub("", "\n".join(reply.get("traceback", [str(reply)])))
        else:
            assert reply["status"] == "error", f"{about} did not fail"
            assert fails in f"{reply['ename']}: {reply['evalue']}\n" + "\n".join(reply["traceback"]), about + str(reply)
        if value is not None:
            values = [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]
            assert values == [value], about
        if prints is not None:
            assert text_of(messages) == prints, about
        if shows is not None:
            displays = [list(m["content"]["data"]) for m in messages if m["msg_type"] in ("display_data", "update_display_data", "execute_result")
                        and not is_update_of_record(m)]
            assert displays == shows, about

    def interrupted(self, code, ready="ready"):
        """Runs a cell and interrupts it once it has printed a word."""
        self.cells += 1
        request = self.kernel.client.execute(code)
        self.kernel.wait_for_text(ready)
        self.kernel.interrupt()
        self.check(code, *self.kernel.outcome(request), fails="Interrupted")

    def write(self, name, text):
        """A file beside the notebook, written by another program."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def install(self, name, code, types, **fields):
        """A package, as it lies there after an installation."""
        at = f"node_modules/{name}"
        self.write(f"{at}/index.js", code)
        self.write(f"{at}/index.d.ts", types)
        self.write(f"{at}/package.json", json.dumps({"name": name, "version": "1.0.0", "types": "index.d.ts", **fields}))


def npm_install(folder, package):
    """A real installation, of a folder beside, which needs no network."""
    command = ["npm", "install", "--offline", "--no-audit", "--no-fund", "--install-links", str(package)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)


def is_update_of_record(message):
    """Outputs of datasets are brought up to date when a cell ends, whichever it is."""
    return message["msg_type"] == "update_display_data" and any("stemma" in kind for kind in message["content"]["data"])
