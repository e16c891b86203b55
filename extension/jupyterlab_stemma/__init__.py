"""Stemma for Jupyter: the provenance panel of JupyterLab, the kernel "TypeScript (Stemma)" and the command `stemma`."""


def _jupyter_labextension_paths():
    return [{"src": "labextension", "dest": "jupyterlab-stemma"}]
