"""Puts the npm packages of kernel, command and monitor, and the demo, into the wheel; `npm run wheel` lays them out in `staged`."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StagedModules(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        # The sdist has `staged` as it is: moved, the wheel could not be built from it.
        if self.target_name != "wheel" or version == "editable":
            return
        modules = Path(self.root) / "staged" / "node_modules"
        if not modules.is_dir():
            raise RuntimeError(f"{modules} is missing: run `npm run wheel` in the repository, or build from the sdist")
        build_data["force_include"][str(modules)] = "jupyterlab_stemma/node_modules"
        build_data["force_include"][str(modules.with_name("demo"))] = "jupyterlab_stemma/demo"
